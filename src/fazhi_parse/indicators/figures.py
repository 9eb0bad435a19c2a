"""A figure and what surrounds it: its sentence, the words left and right of it, its section."""

from __future__ import annotations

from collections.abc import Iterator

from ..deferred import deferred
from .context import LONGEST_SENTENCE, Context, Passage
from .leads import LEADS, LIGHT
from .plain import REMARK, in_usual_words, terse, without_remarks
from .subjects import LeftOff, Subjects

__all__ = ["FORBIDS_TO", "Figure", "figures", "to_pause", "usual_unit"]

_LONGEST_LEFT, _LONGEST_RIGHT, _LONGEST_AROUND, _LONGEST_TAIL = 70, 40, 24, 60
_NEAR_BEGINNING = 12
_LONGEST_TITLED = 240
"""So far back titles and long lists are left out of the words before a figure."""
FORBIDS_TO = 40
"""So many characters from a figure words of its half sentence may forbid a rule; sentences of officials go on."""
_STOPS = "，,。；;：:！？、\n"
_LISTED = deferred(r"[^，,。；;：:！？、\n（）()]{0,12}[（(][^，,。；;：:！？\n（）()]{1,8}[)）]")
"""A list in brackets, which parts no words: 县（市、区）."""
_STOP = deferred(f"[{_STOPS}]")
_WHOLE = deferred("(?<![其集年空途手])中(?![心央小介标国华医学期间等级型共])")
"""In 审结案件97件中直接纠错23件 what follows 中 is about the next figure, a part of this one."""
_AMONG = deferred("[，；](?:其中[：，]?|(?:其中)?(?:主要)?包括[：，]?)")
_NO_RATE = deferred("率[先队领]|[效表]率")
"""What names no rate: 率先办理, 高效率办理."""
_BRACKETS = ("(", "（")
_WITH_FIGURES = deferred(r"（[^（）\n]{0,24}\d[^（）\n]{0,24}）(?=[^\W\x00-\x7f])")
"""A bracket between a number and what it counts: 12件（含部门5件）规范性文件."""
_LONGEST_NOUN, _FEW = 8, 3
_WHO_JOIN = deferred(
    "的?(?:行政)?(?:部门|单位|机关|乡镇|执法(?:人员|主体|队员|部门|机关)|工作人员|承办人|评审|专家评)"
)
_NO_NOUN = deferred(
    r"^.$|^(?:部门|单位|乡镇|街道|镇街|社区)[^，。；]{2}|[均都已未不拟被由以经将在对各有为（(的了“]|参[加与训]|签|完成|实施|开展|进行|学习|征求|调解|调成|办理|接受|获|取得"
)
"""What stands behind a figure and is more than a noun: 18件提案列入计划."""


_GOES_OVER = deferred(
    r"(?:案件|案卷|案)?(?:进行|开展|逐[案件宗一个]|组织|集中|全面|深入|认真)[^，。；]{0,6}(?:复盘|分析|评析|剖析|研判|回访|回头看|“回头看”|评查|复查)"
)
_EARLIER_ONES = deferred(
    r"(?:并|还|又|再)?(?:对|就|针对|围绕)(?:((?:19|20)\d\d)年|近[^，。；]{0,2}年|上年|去年|往年|历年)"
)
_PAUSES = "，；。"
_TIME_BACK = deferred("(?:以|之)?前的|(?:以|之)?前，|来的?|以来|间，")
"""What makes a duration a point in time, which says nothing of the figures beside it: 由五年前的38%升至92%."""

_ANYTHING = frozenset(["个", "项", "部", "则"])
"""Classifiers that stand for others where the thing is named."""
_USUAL = {
    "事项": "项", "文件": "件", "草案": "件", "合同": "件", "协议": "件", "案件": "件", "纠纷": "件", "意见": "条", "建议": "条", "问题": "条",
    "信息": "条",
}  # fmt: skip
"""The classifier of a thing: 证明事项52个 is read as 52项, too."""
_OTHER_THING = deferred("规章|法规|条例|制度|预案|方案|清单|平台|中心|站|室|点|队|车|记录仪|片|剧")
"""What a figure names anew: 文件6部，执法记录仪12部."""


class Figure:
    """One figure with its surroundings; what few rules ask for is looked up when they do."""

    __slots__ = (
        "_around", "_behind", "_context", "_section", "_tail", "after", "alike", "before", "found", "half", "inherited", "lefts", "like", "number",
        "over_years", "plainly", "right", "sentence", "summed", "sums", "thing", "whole",
    )  # fmt: skip

    def __init__(
        self,
        context: Context,
        number: int,
        sentence: Passage,
        half: Passage,
        before: str,
        right: str,
        after: str,
    ) -> None:
        self._context = context
        self._section: int | None = -1
        self._around = ("", "")
        self._tail: str | None = None
        self.number = number
        """Which of the report's figures it is."""
        self.found = context.figures[number]
        """The quantity."""
        self.sentence = sentence
        """Its sentence."""
        self.half = half
        """The half sentence (between 。 and ；) that it stands in."""
        self.before = before
        """Words between the figure before (or the sentence's start) and this one."""
        self._behind = self.found.end + len(right)
        self.right = right
        """Words behind it, up to the next punctuation or figure."""
        self.after = after
        """The one character behind it, empty at the end of the half sentence."""
        self.lefts: tuple[str, ...] = (before,)
        """The same without what only leads to the number (共, 达, 为), in one or two readings: that of the figure
        before where nothing is left, the own subject where several share a verb (甲、乙分别为3件和5件)."""
        self.whole = ""
        """What stands before it where `lefts` do without what adds nothing to a statement."""
        self.plainly = False
        """Whether it is read without what adds nothing to a statement."""
        self.inherited = False
        """Whether `lefts` are those of the figure before."""
        self.over_years = False
        """Whether it may sum up years: 累计 behind those that have come anew."""
        self.alike: tuple[tuple[str, ...], ...] = ()
        """What `lefts` are for each of several subjects that have the same count (建议、提案各12件)."""
        self.sums: tuple[int, ...] = ()
        """Numbers of the figures that it is the sum of, where they are listed right before it."""
        self.summed = ""
        """What those count, if they have a noun in common."""
        self.like = ""
        """The usual classifier of the thing that the figure before it counts, if that is in the same unit."""
        self.thing = ""
        """What it counts where that stands behind it and the act before it: 案件 in 受理6件案件."""

    @property
    def tail(self) -> str:
        """Words behind it up to the sentence's or half sentence's end, across other figures."""
        if self._tail is None:
            end = self.found.end
            tail = self._context.text[end : min(self.half.end, end + _LONGEST_TAIL)]
            self._tail = without_remarks(tail) if self.sentence.remarked else tail
        return terse(self._tail) if self.plainly else self._tail

    def read_plainly(self, words: str) -> None:
        """Read it in usual words and without what adds nothing; `words` are those before it."""
        self.whole, self.lefts, self.plainly = self.lefts[0], (words,), True
        self.right = in_usual_words(self.right)

    @property
    def said(self) -> str:
        """What its sentence says."""
        return self.sentence.terse if self.plainly else self.sentence.text

    @property
    def sentence_before(self) -> str:
        """The sentence before its own in its line, where a rate or its sentence's first figure stands near the beginning (…58件。办结率100%)."""
        start, at, text = self.sentence.start, self.found.start, self._context.text
        line = self._context.breaks.line(at)
        first = self.found.kind == "percent" or at - len(self.before) == start
        if not first or at - start > _NEAR_BEGINNING or start <= line:
            return ""
        return text[max(line, text.rfind("。", line, start - 1) + 1, start - LONGEST_SENTENCE) : start]

    def around(self, left: str) -> str:
        """The words around it in its clause, with ＃ in its place; `left` is the reading of what stands before it."""
        if self._around[0] != left or not self._around[1]:
            # what a shorter reading leaves out forbids all the same: 清理，保留12件
            full = self.whole or self.lefts[0]
            words = full if self.plainly or full.startswith(left) else left
            read = words if self.plainly else left
            # a pause right before a number without a noun behind it parts nothing: 抽取执法人员，共24名
            last = len(read) if self.right else len(read) - 1
            find = read.rfind
            clause = max(find("，", 0, last), find("；", 0, last), find("。", 0, last)) + 1
            # a bracket behind a figure explains it (61名（新增12名）) and forbids nothing
            right = "" if self.right[:1] in _BRACKETS else self.right[:_LONGEST_AROUND]
            words = words[clause:] if self.right else words[clause:].removesuffix("，")
            if (place := self._context.metadata.region) and place in words:  # 新 in 新桥乡 says nothing
                words = words.replace(place, "")
            if "率" in words:
                words = _NO_RATE.sub("", words)
            self._around = left, f"{in_usual_words(words)}＃{right}"
        return self._around[1]

    def turn(self) -> bool:
        """Read its noun before it, where nothing else stands behind it: 转来的16件诉求 as 转来诉求, 16件.

        What this allows is less sure, so it is for figures of which no rule says anything as they stand.

        Returns:
            Whether it can be read so.
        """
        left, noun, context = self.lefts[0], self.right, self._context
        if (
            self.thing  # it has been read so
            or len(noun) > _LONGEST_NOUN
            or context.text[self._behind : self._behind + 1] not in _STOPS
            or self.inherited
            or not left
            or self.found.kind != "count"
            or _NO_NOUN.search(noun)
        ):
            return False
        self.lefts, self.right = (left.removesuffix("的") + noun,), ""
        return True

    @property
    def tells_several(self) -> bool:
        """Whether it only says that there is more than one (由两个以上部门联合开展), which counts nothing."""
        few = self.found.approx == "above" and self.found.value <= _FEW
        return few and _WHO_JOIN.match(self.right) is not None and "每" not in self.before

    @property
    def looked_back_on(self) -> bool:
        """Whether it counts cases of earlier years that are gone through again (对2022年败诉案件12件进行复盘分析)."""
        if _GOES_OVER.match(self.right) is None:
            return False
        clause = self._context.text[self.sentence.start : self.found.start]
        earlier = _EARLIER_ONES.match(clause, max(map(clause.rfind, _PAUSES)) + 1)
        return earlier is not None and (earlier[1] is None or int(earlier[1]) != self._context.metadata.year)

    @property
    def section(self) -> int | None:
        """Index of its section."""
        if self._section == -1:
            self._section = self._context.section_at(self.found.start)
        return self._section


def figures(context: Context) -> Iterator[Figure]:
    """Every figure of a report with its surroundings."""
    text, breaks = context.text, context.breaks
    subjects = Subjects(text, context.figures)
    brackets = _Brackets(text, subjects)
    sentence = half = Passage(text, 0, 0)
    until = earlier = 0
    last: Figure | None = None
    for i, found in enumerate(context.figures):
        at, end = found.start, found.end
        if at >= until or end > half.end or sentence.end - sentence.start > LONGEST_SENTENCE:
            sentence, half, until = breaks.around(at, end)
        if last is None or last.found.start != at:  # else it is a second reading of the same words
            earlier = 0 if last is None else last.found.end
        start = sentence.start
        if last is None or last.found.start != at:
            before, earlier = brackets.words_before(earlier, start, at)
        else:
            before = last.before
        if sentence.remarked:
            before = without_remarks(before)
        if "其中" in before or "包括" in before:
            before = _AMONG.sub("，其中", before)
        after = text[end : end + 1]
        if (
            after == "（"
            and (remark := REMARK.match(text, end))
            and (behind := text[remark.end() : remark.end() + 1]) in _STOPS
        ):
            after = behind
        right = "" if after in _STOPS or after == "）" else _behind(context, i)
        figure = Figure(context, i, sentence, half, before, right, after if end < half.end else "")
        if found.kind == "duration" and _TIME_BACK.match(text, end):
            yield figure
            continue
        figure.lefts, figure.inherited = subjects.of(i, figure, follows=earlier > start)
        is_cut = len(before) == _LONGEST_LEFT and before.count("、") >= _LONG_LIST
        if "）" in before or "》" in before or is_cut:
            shorter = (
                LEADS.stripped(_ASIDE.sub("", before)),
                _shortened(text[max(start, earlier, at - _LONGEST_TITLED) : at]),
            )
            figure.lefts += tuple(words for words in dict.fromkeys(shorter) if words not in figure.lefts)
        if last is not None and _goes_on_like(last, figure):
            figure.like = usual_unit(last)
        last = figure
        yield figure


def _goes_on_like(last: Figure, figure: Figure) -> bool:
    """Whether a figure may count the same things as the one before it: 清理文件30部，废止3部."""
    return (
        last.sentence is figure.sentence
        and last.found.unit == figure.found.unit in _ANYTHING
        and not _OTHER_THING.search(figure.before)
    )


def usual_unit(figure: Figure) -> str:
    """The usual classifier of what a figure counts, where its own could be that of anything: 文件9部, 报备9部 is 9件; else empty."""
    if figure.found.unit not in _ANYTHING:
        return ""
    return _USUAL.get(figure.lefts[-1][-2:]) or figure.like


class _Brackets:
    """The bracket that the figures of a text stand in, if it opens right behind another one or with words of its own."""

    def __init__(self, text: str, subjects: Subjects) -> None:
        self._text, self._subjects = text, subjects
        self._opened: tuple[LeftOff, int, int] | None = None

    def words_before(self, earlier: int, start: int, at: int) -> tuple[str, int]:
        """The words between a figure and the one before it, and where that one ends.

        Behind such a bracket the one before is that in front of it, and what stands between them is
        what is outside: 61件（新增12件），办结58件 goes on like 61件，办结58件.

        Args:
            earlier: Where the figure before ends.
            start: Where the sentence begins.
            at: Where the figure begins.
        """
        before = self._text[max(start, earlier, at - _LONGEST_LEFT) : at]
        if "（" not in before and "）" not in before:
            return before, earlier
        opens, closes = before.rfind("（"), before.find("）")
        if closes >= 0 and self._opened is not None:
            left_off, end, bracket = self._opened
            self._opened = None
            if end >= start and not 0 <= opens < closes:
                self._subjects.resume(left_off)
                before = (self._text[end:bracket] + before[closes + 1 :])[-_LONGEST_LEFT:]
                earlier = end
        if opens > before.rfind("）"):
            bracket = at - len(before) + opens
            behind_a_figure = earlier > start and _STOP.search(self._text, earlier, bracket) is None
            aside = behind_a_figure or opens + 1 < len(before)  # else it tells how many: 复议案件（121件）
            self._opened = (self._subjects.left_off(), max(earlier, start), bracket) if aside else None
        return before, earlier


_TITLE = deferred(r"《[^《》]{1,60}》[、，,和及]?")


def _shortened(before: str) -> str:
    """Words before a figure without titles and long lists: 审查《甲办法》《乙办法》等文件 is read as 审查等文件, too."""
    return LIGHT.stripped(_LIST.sub("等", _TITLE.sub("", before)))[-_LONGEST_LEFT:]


_LONG_LIST = 3
_LIST = deferred(r"(?:、[^，,。；;：:、\d]{1,24}){3,}等")
"""What a list names behind its first item: 检查商超、餐饮店、药店、网吧等经营单位 is read as 检查商超等经营单位, too."""
_ASIDE = deferred(r"（[^（）\d]{1,14}）")
"""What only explains: 县政府（含办公室）印发文件 is read as 县政府印发文件, too."""


def _behind(context: Context, number: int) -> str:
    """Words behind a figure up to the next punctuation or figure, or up to 中 before a part of it; brackets with figures are left out."""
    text, found, end = context.text, context.figures, context.figures[number].end
    number, head = number + 1, ""
    later = found[number].start if number < len(found) else len(text)
    bracket = text.find("（", end, min(later, end + _LONGEST_RIGHT))
    if (
        bracket >= 0
        and (aside := _WITH_FIGURES.match(text, bracket))
        and not _STOP.search(text, end, bracket)
    ):
        head, end = text[end:bracket], aside.end()
        while number < len(found) and found[number].start < end:
            number += 1
        later = found[number].start if number < len(found) else len(text)
    limit = min(later, end + _LONGEST_RIGHT)
    words = to_pause(text, end, limit)
    if end + len(words) == later and (whole := _WHOLE.search(text, end, limit)):
        words = text[end : whole.end()]
    return head + words


def to_pause(text: str, start: int, limit: int) -> str:
    """The words from an offset up to the next punctuation, or to another offset.

    >>> to_pause("名县（市、区）局局长、副局长述法", 0, 16)
    '名县（市、区）局局长'
    """
    stop = _STOP.search(text, start, limit)
    if stop is not None and (bracket := _LISTED.match(text, start, limit)):
        stop = _STOP.search(text, bracket.end(), limit)
    return text[start : stop.start() if stop else limit]
