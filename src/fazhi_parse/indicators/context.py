"""What surrounds a figure: its sentence, the words left and right of it, its section."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from ..deferred import deferred
from ..metadata import Metadata
from ..outline import Section
from ..quantities import Quantity
from ..quantities.scan import Found
from ..source import SourceText
from ..spans import Nested, SpanSet
from .dress import in_digits, spacing, unspaced, wide
from .plain import REMARK, terse, unpraised, without_remarks
from .subjects import LEADS, LIGHT, Subjects

__all__ = ["FORBIDS_TO", "Breaks", "Context", "Figure", "Passage", "figures", "to_pause"]

_LONGEST_LEFT, _LONGEST_RIGHT, _LONGEST_AROUND, _LONGEST_TAIL, _LONGEST_SENTENCE = 70, 40, 24, 60, 400
_NEAR_BEGINNING = 12
_LONGEST_TITLED = 240
"""So far back titles are left out of the words before a figure."""
FORBIDS_TO = 40
"""So many characters from a figure words of its half sentence may forbid a rule; sentences of officials go on."""
_BREAK = deferred(r"[。！？!?\n；;]")
_STOPS = "，,。；;：:！？、\n"
_LISTED = deferred(r"[^，,。；;：:！？、\n（）()]{0,12}[（(][^，,。；;：:！？\n（）()]{1,8}[)）]")
"""A list in brackets, which parts no words: 县（市、区）."""
_STOP = deferred(f"[{_STOPS}]")
_WHOLE = deferred("(?<![其集年空途手])中(?![心央小介标国华医学期间等级型共])")
"""In 审结案件97件中直接纠错23件 what follows 中 is about the next figure, a part of this one."""
_FIRST = deferred(r"\s*([^。！？!?\n]{1,80})")


class Passage:
    """A sentence or half sentence; its text is cut out when somebody asks for it."""

    __slots__ = ("_praise", "_source", "_terse", "_text", "end", "start")

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._text: str | None = None
        self._terse: str | None = None
        self._praise = -1
        self.start = start
        """Clean offset of its first character."""
        self.end = end
        """One behind its last."""

    @property
    def text(self) -> str:
        """What it says, without the remarks in its brackets."""
        if self._text is None:
            self._text = without_remarks(self._source[self.start : self.end])
        return self._text

    @property
    def terse(self) -> str:
        """The same without what adds nothing to its figures."""
        if self._terse is None:
            self._terse = terse(self.text)
        return self._terse

    @property
    def praise(self) -> int:
        """Where in its text the praise begins that it closes with."""
        if self._praise < 0:
            self._praise = len(unpraised(self.text))
        return self._praise


class Breaks:
    """Where the lines, sentences and half sentences of a text begin and end; a section's text begins one."""

    def __init__(self, text: str, bodies: Sequence[int]) -> None:
        self._text = text
        halves = [match.start() for match in _BREAK.finditer(text)]
        sentences = [at for at in halves if text[at] not in "；;"]
        starts = [0, *(at + 1 for at in sentences if text[at] not in "!?"), *bodies]
        self._lines = [0, *(at + 1 for at in sentences if text[at] == "\n")]
        self._sentence_ends, self._sentence_starts = [*sentences, len(text)], sorted(starts)
        self._half_ends = [*halves, len(text)]
        self._half_starts = sorted([*starts, *(at + 1 for at in halves if text[at] in "；;")])

    def around(self, start: int, end: int) -> tuple[Passage, Passage, int]:
        """The sentence around a figure (as much of it as is looked at), its half, and where the next half begins."""
        text, starts, half_starts = self._text, self._sentence_starts, self._half_starts
        first = max(starts[bisect_right(starts, start) - 1], start - _LONGEST_SENTENCE)
        last = min(self._sentence_ends[bisect_left(self._sentence_ends, end)], end + _LONGEST_SENTENCE)
        following = bisect_right(half_starts, start)
        half_first = max(half_starts[following - 1], first)
        half_last = min(self._half_ends[bisect_left(self._half_ends, end)], last)
        until = half_starts[following] if following < len(half_starts) else len(text) + 1
        return Passage(text, first, last), Passage(text, half_first, half_last), until

    def line(self, at: int) -> int:
        """Start of the line that holds an offset."""
        return self._lines[bisect_right(self._lines, at) - 1]

    def next_line(self, at: int) -> int:
        """Start of the line behind the one that holds an offset; the end of the text behind the last one."""
        behind = bisect_right(self._lines, at)
        return self._lines[behind] if behind < len(self._lines) else len(self._text)


def _text_of(context: Context) -> str:
    return in_digits(wide(context.read.text), context.figures)


def _breaks_of(context: Context) -> Breaks:
    return Breaks(context.text, [body for _, body, _ in context.nodes])


def _extents_of(context: Context) -> Nested:
    return Nested((start, end) for start, _, end in context.nodes)


def _first_of(context: Context) -> str:
    first = _FIRST.match(context.text)
    return first[1] if first else ""


@attrs.frozen
class Context:
    """A report as the rules see it: text, figures, sections. All offsets are those of `text`."""

    source: SourceText
    """The clean text and its map."""
    read: SourceText
    """What the rules read and its map to the clean text: numbers that spaces set apart are not (受理 6 件)."""
    figures: tuple[Found, ...]
    """Quantities in order."""
    quantities: tuple[Quantity, ...]
    """The same as public records, with raw offsets."""
    nodes: tuple[tuple[int, int, int], ...]
    """Extent (marker, body, end) of each section in document order."""
    sections: tuple[Section, ...]
    """The sections in the same order."""
    skip: SpanSet
    """Chrome, title, signature, in clean offsets: not the report's text."""
    metadata: Metadata
    """Place and year."""
    text: str = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_text_of, takes_self=True)
    )
    """The text as rules read it: with full-width punctuation."""
    breaks: Breaks = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_breaks_of, takes_self=True)
    )
    """Where lines and sentences begin and end."""
    _extents: Nested = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_extents_of, takes_self=True)
    )
    _first: str = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_first_of, takes_self=True)
    )

    @classmethod
    def of(
        cls,
        source: SourceText,
        figures: tuple[Found, ...],
        quantities: tuple[Quantity, ...],
        nodes: tuple[tuple[int, int, int], ...],
        sections: tuple[Section, ...],
        skip: SpanSet,
        metadata: Metadata,
    ) -> Context:
        """The context of a report whose figures and sections are given in clean offsets."""
        spaces = spacing(source.text)
        read = unspaced(source.text, spaces)
        if spaces:
            gone = [at for span in spaces for at in range(*span)]

            def at(offset: int) -> int:
                return offset - bisect_left(gone, offset)

            new: Any = tuple.__new__  # half the time of calling the class  # pyright: ignore[reportUnknownVariableType]
            figures = tuple([new(Found, (at(start), at(end), *rest)) for start, end, *rest in figures])
            nodes = tuple([(at(start), at(body), at(end)) for start, body, end in nodes])
        return cls(source, read, figures, quantities, nodes, sections, skip, metadata)

    def clean(self, start: int, end: int) -> tuple[int, int]:
        """Clean range of a range of `text`."""
        return self.read.to_raw(start, end)

    def section_at(self, offset: int) -> int | None:
        """Index of the innermost section that holds an offset."""
        return self._extents.at(offset)

    def sentence_before(self, figure: Figure) -> str:
        """The sentence before a figure's own in its line, where a rate or its first figure stands near the beginning of its own (…58件。办结率100%)."""
        start, at = figure.sentence.start, figure.found.start
        line = self.breaks.line(at)
        first = figure.found.kind == "percent" or at - len(figure.before) == start
        if not first or at - start > _NEAR_BEGINNING or start <= line:
            return ""
        return self.text[
            max(line, self.text.rfind("。", line, start - 1) + 1, start - _LONGEST_SENTENCE) : start
        ]

    def headings(self, section: int | None) -> str:
        """The headings above a section's text, in one string; of a text without sections its first sentence."""
        return "＞".join(self.path(section)) if self.sections else self._first

    def path(self, section: int | None) -> tuple[str, ...]:
        """Titles of the sections that hold a section's text, and its own."""
        return self.sections[section].path if section is not None else ()


_BRACKETS = ("(", "（")
_LONGEST_NOUN, _FEW = 8, 2
_NO_NOUN = deferred(
    r"^.$|[均都已未不拟被由以经将在对各有为（(的了“]|参[加与训]|签|完成|实施|开展|进行|学习|征求|调解|调成|办理|接受|获|取得"
)
"""What stands behind a figure and is more than a noun: 18件提案列入计划."""


class Figure:
    """One figure with its surroundings; what few rules ask for is looked up when they do."""

    __slots__ = (
        "_around", "_context", "_section", "_tail", "after", "before", "found", "half", "inherited", "lefts", "number", "plainly",
        "right", "sentence", "thing", "whole",
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
        self.thing = ""
        """What it counts where that stands behind it and the act before it: 案件 in 受理6件案件."""

    @property
    def tail(self) -> str:
        """Words behind it up to the sentence's or half sentence's end, across other figures."""
        if self._tail is None:
            end = self.found.end
            self._tail = without_remarks(self._context.text[end : min(self.half.end, end + _LONGEST_TAIL)])
        return terse(self._tail) if self.plainly else self._tail

    @property
    def said(self) -> str:
        """What its sentence says."""
        return self.sentence.terse if self.plainly else self.sentence.text

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
            words = words[clause:]
            if (place := self._context.metadata.region) and place in words:  # 新 in 新桥乡 says nothing
                words = words.replace(place, "")
            self._around = left, f"{words}＃{right}"
        return self._around[1]

    def turn(self) -> bool:
        """Read its noun before it, where nothing else stands behind it: 转来的16件诉求 as 转来诉求, 16件.

        What this allows is less sure, so it is for figures of which no rule says anything as they stand.

        Returns:
            Whether it can be read so.
        """
        left, noun, context = self.lefts[0], self.right, self._context
        end = self.found.end + len(noun)
        if (
            self.thing  # it has been read so
            or len(noun) > _LONGEST_NOUN
            or context.text[end : end + 1] not in _STOPS
            or self.inherited
            or not left
            or self.found.kind != "count"
            or _NO_NOUN.search(noun)
            or (self.found.approx == "above" and self.found.value <= _FEW)
        ):
            return False
        self.lefts, self.right = (left.removesuffix("的") + noun,), ""
        return True

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
    sentence = half = Passage(text, 0, 0)
    until = earlier = 0
    last: Figure | None = None
    for i, found in enumerate(context.figures):
        at, end = found.start, found.end
        if at >= until or end > half.end or sentence.end - sentence.start > _LONGEST_SENTENCE:
            sentence, half, until = breaks.around(at, end)
        if last is None or last.found.start != at:  # else it is a second reading of the same words
            earlier = 0 if last is None else last.found.end
        start = sentence.start
        before = text[max(start, earlier, at - _LONGEST_LEFT) : at]
        before = without_remarks(before)
        after = text[end : end + 1]
        if (
            after == "（"
            and (remark := REMARK.match(text, end))
            and (behind := text[remark.end() : remark.end() + 1]) in _STOPS
        ):
            after = behind
        right = "" if after in _STOPS else _behind(context, i)
        figure = Figure(context, i, sentence, half, before, right, after if end < half.end else "")
        figure.lefts, figure.inherited = subjects.of(i, figure, follows=earlier > start)
        if "）" in before or "》" in before:
            shorter = (
                LEADS.stripped(_ASIDE.sub("", before)),
                _untitled(text[max(start, earlier, at - _LONGEST_TITLED) : at]),
            )
            figure.lefts += tuple(words for words in dict.fromkeys(shorter) if words not in figure.lefts)
        if "了" in before and (plain := _DONE.sub("", figure.lefts[0])) != figure.lefts[0]:
            figure.lefts += (plain,)
        last = figure
        yield figure


_TITLE = deferred(r"《[^《》]{1,60}》[、，,和及]?")


def _untitled(before: str) -> str:
    """Words before a figure without titles: 审查《甲办法》《乙办法》等文件 is read as 审查等文件, too."""
    return LIGHT.stripped(_TITLE.sub("", before))[-_LONGEST_LEFT:]


_ASIDE = deferred(r"（[^（）\d]{1,14}）")
"""What only explains: 县政府（含办公室）印发文件 is read as 县政府印发文件, too."""


_DONE = deferred(r"(?<=[受办审调化培发举处召组开审办评][理结查核解训放办置开织展处审评])了(?![解如结断])")
"""What only says that an act is done: 受理了复议案件 is read as 受理复议案件, too."""


def _behind(context: Context, number: int) -> str:
    """Words behind a figure up to the next punctuation or figure, or up to 中 before a part of it."""
    text, end = context.text, context.figures[number].end
    later = context.figures[number + 1].start if number + 1 < len(context.figures) else len(text)
    limit = min(later, end + _LONGEST_RIGHT)
    words = to_pause(text, end, limit)
    if end + len(words) == later and (whole := _WHOLE.search(text, end, limit)):
        return text[end : whole.end()]
    return words


def to_pause(text: str, start: int, limit: int) -> str:
    """The words from an offset up to the next punctuation, or to another offset.

    >>> to_pause("名县（市、区）局局长、副局长述法", 0, 16)
    '名县（市、区）局局长'
    """
    stop = _STOP.search(text, start, limit)
    if stop is not None and (bracket := _LISTED.match(text, start, limit)):
        stop = _STOP.search(text, bracket.end(), limit)
    return text[start : stop.start() if stop else limit]
