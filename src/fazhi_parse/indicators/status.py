"""Whether a figure is this report's achieved level, and which year it is about."""

from __future__ import annotations

import re

from ..deferred import deferred
from ..prefilter import Ending, Guarded
from .context import LONGEST_SENTENCE, Context
from .dating import (
    EARLIER,
    GOALS,
    SUMS,
    as_of,
    by_named_year,
    in_year,
    is_cumulative,
    respective_year,
    year_before,
)
from .faults import is_due
from .figures import Figure
from .intentions import INTENTIONS, REQUIRED, intended, is_coming, is_demanded, is_goal, is_standard, is_told
from .leads import LEADS
from .means import EACH_YEAR, is_mean, is_of_each, is_of_each_place
from .months import is_of_some_months
from .places import Places, last_clause
from .roles import Roles
from .subjects import AGAIN, REACHES, starts_change

__all__ = ["NO_LEVEL", "Statuses", "words_of"]

NO_LEVEL = frozenset(["change", "complaint", "mark", "mean", "other place", "part of year", "unpaired"])
"""Statuses of figures that are no value of any indicator."""


# Alternatives begin with literals wherever that is possible: `re` then skips to them at the speed of C.
_CHANGE = Ending(
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低|降幅|增幅|上涨|回落|压减|压缩|缩短|缩减|精简|减|降|增|多了?|少了?|高出|高|低|净增|新增|翻)(?:了|近|约|达|超|超过|逾|将近)*$"
)
_COMPARED = deferred(r"(?:同比|环比|较|比|与)[^，,。；;]{0,14}$")
_TO = Ending(r"(?:至|到|为|达|成)(?:了|近|约)*$")
_FROM = deferred(r"(?:由|从)[^，,。；;到至]{0,16}$")
_FROM_TO = deferred(
    r"^[^，,。；;]{0,10}?(?:压缩|压减|缩短|缩减|提高|提升|增加|增长|增|上升|扩展|发展|下降|降|减少|减|精简|调整|上涨|扩|添|补充|充实|变|压|跃|攀升|提|整合|合并|撤并)[^，,。；;]{0,4}(?:至|到|为|成)?(?=[^，,。；;]{0,6}\d)"
)
_MARKS = ("突破", "超", "破", "逾")
"""How a mark begins that is passed; 3余件 is none."""
_PASSES = deferred(
    "(?:大关|关口)?，(?:全年|年内|今年|本年度?|过去一年|一年来|已)*(?:新收|收到)?(?:(?:达到?|为|升?至)(?:了|约|近)?)?(?<!，)"
)
"""What stands between a mark and the figure that has passed it."""
_BUT_ONE_YEAR = deferred(r"[，,；;](?:仅|光|单)(?:今年|本年|当年|(?:19|20)\d\d年)[^，。；\d]{0,10}")
"""What stands between the sum of several years and the share of one: 累计640场，仅2023年就有215场."""
_PREVIOUS = Ending(
    r"(?:上年|去年|上一年|上年度|前一年|上年同期|去年同期|同期|往年|年初|此前|原来|原(?<![还高平草中]原)|以前|改革前|过去)(?:的|为|是|共|有|仅|度)*$"
)
_COMPARED_WITH = deferred(
    r"(?:比|较|与)(?:(?:上年|去年|上一年|前一年)[^，,。；;]{0,14}|(?:19|20)\d\d年(?:度|同期)?的)$"
)
_LONG_AGO = deferred(
    r"(?:(?:[一两三四五六七八九十]|\d{1,2})年(?:以|之)?前(?!来)|[上往]一?届|以往|往年|(?:改革|整合|调整)前(?!后))(?![^，。；]{0,8}的|[^，。；]{0,4}(?:基础|做法))"
)
"""What opens a clause that looks back: 五年前只有12名."""
_TO_NONE = deferred(
    r"[^，。；\d]{0,6}(?:降|减|下降|减少)(?:至|到|为)零|(?!全部|已|均)[^，。；\d部]{0,2}(?:归|清)零"
)
"""What stands behind the start of a change that ends with none: 由3件降为零."""
_OLD_ONES = Ending(r"(?:(?:往年|历年|以前|过去)的|原有)$")
"""What dates the objects that are gone through today: 往年的7件文件逐件清理."""
_BASIS = Guarded(
    r"^(?!同比|环比|[比较])[^，,。；;：（(【〔\[]{0,4}?(?:基础上|相比|增长[至到为]|上升[至到为])"
)
"""What follows a figure that was the start of a change; behind 同比, 比 or a bracket it is the change of this one."""
_THEN_THIS_YEAR = deferred(
    r"。[ ]?(?:而)?(?:今年|本年度?)(?!初|\d|是|的|[，]?我们|工作|下一步)(?![^。；]*(?:将|要|计划|力争|拟|目标|打算))([^。；\d]{0,30})\d"
)
"""What follows a sentence on 去年 that is the year before: 去年受理122件。今年受理130件。 In January it is the report's own."""
_DEEDS = deferred("受理|收到|审结|办结|办理|审[查核]|调[解处]|化解|培训|制[定发]|印发|评查|查处|举办")
"""What the two sentences must both tell of."""
_FRAME = deferred(
    r"(?:自?(?:19|20)\d\d年(?:以来|度|[至到—－～~-]{1,2}(?:19|20)\d\d年)?(?=[，全])|[上去]年度?(?=[，全])|(?:近|过去)?(?:[两三四五六七八九]|几|[2-9])年来?(?:间|里)?(?=，)|全[国省市州])[^\d。]*(?=\d)"
)
"""What a sentence opens with that is said of the next one, too."""
_SUMS_UP = ("先后", "累计", "共计", "总计", "合计")
"""How a sentence begins that may sum up what the one before is about."""
_SPAN = deferred(
    r"[ \t]*((?:自?(?:19|20)\d\d年(?:以来|[至到—－～~-]{1,2}(?:19|20)\d\d年)|(?:近|过去)?(?:[两三四五六七八九]|[2-9])年多?来|“?[一二三四五六七八九]五”?普法以来)，)"
)
_COUNTED = deferred(r"\d[\d.,]*万?[余多]?[^\W\d年月日]|今年|本年|全年")
_OUTCOMES = frozenset(
    [
        "办结",
        "审结",
        "结案",
        "办复",
        "答复",
        "回复",
        "化解",
        "调解",
        "调处",
        "整改",
        "维持",
        "撤销",
        "驳回",
        "废止",
        "修改",
        "修订",
        "保留",
        "经审",
        "经过",
        "其中",
    ]
)
"""How a sentence begins that tells what came of the one before."""
_OWN_MATTER = deferred("我[省市县区州旗]|本级")
"""What a sentence turns with from 全省 to the report's own place."""
_RANKED = deferred("首|率先|排名|考核|第")
"""What tells of a rank in a wider place or a year (2022年，在全省考核中列第3位), and of no cases."""
_ANOTHER_TIME = deferred(r"今年|本年|全年|年内|目前|(?:19|20)\d\d年")
"""What turns a sentence from the time that it opened with: 2022年，受理86件，2023年受理92件。"""


class Statuses:
    """The statuses of a report's figures, asked for in the order of the figures."""

    def __init__(self, context: Context, roles: Roles) -> None:
        self._context = context
        self._year = context.metadata.year
        self._places = Places(context)
        self._roles = roles

    def of(self, figure: Figure, *, change: bool, since: bool, summed: bool) -> tuple[str, int | None]:
        """Status and year of a figure; what is no level of the year has a status of `NO_LEVEL`.

        Args:
            figure: The figure.
            change: Whether the indicator is itself a change (压减78%).
            since: Whether 20XX年以来 dates the objects, not the figure.
            summed: Whether the indicator's values of a year are added up, those of its parts among them.
        """
        year, found, text = self._year, figure.found, self._context.text
        sentence = _without_asides(text[figure.sentence.start : found.start])
        clause = last_clause(sentence)
        if status := self._by_itself(figure, clause, change=change):
            return status, year
        if (_is_earlier(clause, figure, text) or self._is_start(clause, figure)) and not (
            (since and _OLD_ONES.search(clause)) or _is_gone_through(clause, figure)
        ):
            return "previous", year_before(clause, year)
        role = self._roles.at(found.start, figure.section)
        if role == "plan" and not is_told(sentence, clause, year):
            return "planned", None if year is None else year + 1
        if found.kind == "count" and is_of_each_place(clause, figure, text):  # a plan may be for each of them
            return "mean", year
        if role == "problem" and _is_complaint(clause, figure):
            return "complaint", year
        if not summed and is_of_some_months(sentence, clause):
            return "part of year", year
        worded = clause + self._context.read.text[found.start : found.end] if found.approx else clause
        if (found.kind == "percent" and self._places.is_one_below(clause, worded)) or (
            found.kind == "count" and self._places.tells_of_one_below(sentence)
        ):
            return "other place", year
        told = self._opening_before(figure, sentence) + sentence
        said = self._said(sentence, clause, worded, self._with_this_year(figure), told, since=since)
        if said[0] == "actual" and (is_due(clause, figure) or is_standard(clause, figure)):
            said = "required", year
        elif said[0] == "actual" and is_coming(figure):
            said = "planned", year
        return ("cumulative", None) if self._goes_to(figure, _BUT_ONE_YEAR) else said

    def _by_itself(self, figure: Figure, clause: str, *, change: bool) -> str:
        """What makes a figure no level, whatever its section tells of: a mean, a change, a mark; else empty."""
        found, text = figure.found, self._context.text
        if self._context.read.text.startswith("一", found.start) and (
            _NOT_ONCE.search(clause) or _EVERY.search(text, figure.half.start, found.start)
        ):
            return "complaint"
        if found.kind == "count" and (is_mean(clause) or self._is_among_means(figure)):
            return "mean"
        if not change and (
            _is_change(clause, figure) or (found.value_max is not None and _FROM.search(clause))
        ):
            return "change"
        return "mark" if self._is_passed(figure) or is_goal(clause, figure) else ""

    def of_zero(self, before: str, whole: str, at: int, section: int | None) -> tuple[str, int | None]:
        """Status and year of a zero that is stated.

        Args:
            before: Its sentence, as far as the words that state it.
            whole: The sentence.
            at: Where the words begin.
            section: The section that they are in.
        """
        if self._roles.at(at, section) == "plan":
            return "planned", None if self._year is None else self._year + 1
        sentence = _without_asides(before)
        clause = last_clause(sentence)
        if is_of_some_months(sentence, clause):
            return "part of year", self._year
        return self._said(sentence, clause, clause, whole, sentence, since=False)

    def _is_start(self, clause: str, figure: Figure) -> bool:
        """Whether a figure is the one that a change started from, or but one of its steps: the next one, of the same unit, is what it came to."""
        if starts_change(clause) and (self._goes_to(figure, REACHES) or _TO_NONE.match(figure.tail)):
            return True
        return self._goes_to(figure, AGAIN)

    def _is_passed(self, figure: Figure) -> bool:
        """Whether a figure is but a mark that the next one has passed: 首次突破500件，达536件."""
        found = figure.found
        return (
            found.approx == "above"
            and self._context.read.text.startswith(_MARKS, found.start)
            and self._goes_to(figure, _PASSES)
            and self._context.figures[figure.number + 1].value > found.value
        )

    def _is_among_means(self, figure: Figure) -> bool:
        """Whether its half sentence opened with a mean and names no other time since (每年调解5万件，办理公证1万件)."""
        start, found, number = figure.half.start, self._context.figures, figure.number
        opening = self._context.text[start : figure.found.start]
        if not ("每" in opening or "均" in opening) or (mean := EACH_YEAR.match(opening)) is None:
            return False
        while number and found[number - 1].start >= start:
            number -= 1
        first = found[number]
        if first.start >= start + mean.end():
            return False  # 每年12月4日开展宣传: what stood there is no figure
        return first.unit != figure.found.unit or first.value >= figure.found.value  # else it is the year's

    def _goes_to(self, figure: Figure, between: re.Pattern[str]) -> bool:
        """Whether another figure of the same unit follows, with certain words between them."""
        found, figures = figure.found, self._context.figures
        if figure.number + 1 == len(figures):
            return False
        reached = figures[figure.number + 1]
        words = self._context.text[found.end : min(reached.start, figure.sentence.end)]
        same = (reached.kind, reached.unit) == (found.kind, found.unit)
        return same and between.fullmatch(words) is not None

    def _with_this_year(self, figure: Figure) -> str:
        """A figure's sentence, with 今年 where the next one sets this year against its 去年."""
        said = figure.sentence.text
        following = _THEN_THIS_YEAR.match(self._context.text, figure.sentence.end) if "去年" in said else None
        against = following is not None and not set(_DEEDS.findall(said)).isdisjoint(
            _DEEDS.findall(following[1])
        )
        return said + "今年" if against else said

    def _opening_before(self, figure: Figure, sentence: str) -> str:
        """What opened the sentence before, where this one tells what came of the same (2022年，全县受理19件。办结18件)."""
        start, found = figure.sentence.start, self._context.figures
        if sentence.startswith(_SUMS_UP):
            return self._span_before(start)
        if sentence[:2] not in _OUTCOMES or figure.number == 0:
            return ""
        text, before = self._context.text, found[figure.number - 1]
        since = max(self._context.breaks.line(start), start - LONGEST_SENTENCE)
        first = max(since, text.rfind("。", since, start - 1) + 1)
        if before.start < first or before.unit != figure.found.unit:
            return ""
        opening = _FRAME.match(text, first, start)
        if (
            opening is None
            or _RANKED.search(opening.group())
            or _ANOTHER_TIME.search(text, opening.end(), start)
        ):
            return ""
        of_wider = opening.group().startswith("全")
        return "" if of_wider and _OWN_MATTER.search(text, first, start) else opening.group()

    def _span_before(self, start: int) -> str:
        """The years that the sentence before is about, where it tells no figures of theirs (五年来，成效明显。先后举办260场)."""
        text = self._context.text
        since = max(self._context.breaks.line(start), start - LONGEST_SENTENCE)
        first = max(since, text.rfind("。", since, start - 1) + 1)
        span = _SPAN.match(text, first, start)
        return span[1] if span is not None and _COUNTED.search(text, span.end(), start) is None else ""

    def _said(
        self, sentence: str, clause: str, worded: str, whole: str, told: str, *, since: bool
    ) -> tuple[str, int | None]:
        """Status and year as the words say that come before in the sentence; `told` is what tells place and years."""
        year = self._year
        if is_of_each(clause):
            return "mean", year
        if (plan := intended(sentence, clause, year)) is not None:
            return plan
        if is_demanded(worded):
            return "required", year
        if self._places.is_another(told, clause if told == sentence else last_clause(told)):
            return "other place", year
        if self._places.is_another_level(sentence):
            return "unpaired", year
        if year is not None and (paired := respective_year(sentence, whole, year)) is not None:
            return in_year(paired, year) if paired else ("unpaired", year)
        if not since and is_cumulative(told, clause, year):
            return "cumulative", None
        if "年" not in told or (since and year is None):
            return "actual", year
        if since and year is not None:
            return in_year(as_of(told, clause, year), year)
        return by_named_year(told, clause, whole, year)


_NOT_ONCE = deferred(r"(?<!前所)(?:未|没有?|从不)[^，,。；;、]{0,4}$")
"""What comes before 一 that makes it none: 未开展一次培训 is a complaint, not one session."""
_EVERY = deferred(r"每(?:半年|年|个?季度?|个?月|周)")
"""每半年听取一次汇报、召开一次会议 is a rule and no count."""
_ONLY = deferred(r"(?:仅|只)(?:有|设|配)?[^，,。；;]{0,10}$")


def _is_complaint(clause: str, figure: Figure) -> bool:
    """Whether a figure among the problems says what is missing and no level: 不足3人, 仅有9人, 败诉率超过15%."""
    found = figure.found
    if found.kind == "percent" and found.approx:
        return True
    return found.approx == "below" or (found.kind == "count" and _ONLY.search(clause) is not None)


def _is_earlier(clause: str, figure: Figure, text: str) -> bool:
    """Whether a figure is the one before a change (由7个工作日压缩至3个) or of the year before (上年的6件)."""
    end = figure.found.end
    if _FROM.search(clause) and _FROM_TO.match(text[end : end + 20]):
        return True
    if _COMPARED_WITH.search(clause) and not _TO.search(clause):
        return True
    return bool(
        _PREVIOUS.search(LEADS.stripped(clause))
        or _BASIS.search(figure.right)
        or clause.startswith("原有")
        or _LONG_AGO.match(clause)
    )


_TURNED_INTO = deferred(r"[^，。；]*(?:压缩|精简|整合|合并|归并|调整|优化|减|增|扩)")
"""What makes of what there was something else: 对原有58个窗口进行整合."""


def _is_gone_through(clause: str, figure: Figure) -> bool:
    """Whether all that there was is gone through today, and is not made more or fewer: 对原有46名调解员重新登记."""
    return clause.endswith("对原有") and _TURNED_INTO.match(figure.tail) is None


_ASIDE = deferred(r"[（(][^（()）]{0,80}[)）]|《[^》]{0,60}》")


def _without_asides(text: str) -> str:
    """The text without brackets that are closed and titles: what they say is not about what follows."""
    return _ASIDE.sub("", text) if ")" in text or "）" in text or "》" in text else text


_QUOTES = Ending(r"[\s“”]+$")


_BY_COMPARISON = deferred(
    r"(?:同比|环比|[较比与][上去]年(?:同期|度)?(?:相比)?)(?:[多少增减](?!举|措|方|元|渠道|种|部门|次|名|年|发|处|点)[^，。；\d至到为达]{0,14}|(?![均都也])[^，。；\d至到为达共有持的%]{1,4}(?<![举办展理结]))$"
)
"""By how much it is more or less, whatever the verb: 同比攀升12%, 较上年多受理案件6件."""


def _is_change(clause: str, figure: Figure) -> bool:
    bare = _QUOTES.stripped(clause)
    if _BY_COMPARISON.search(bare):
        return True
    if _TO.search(bare):
        return False
    match = _CHANGE.search(bare)
    if match is None:
        return False
    counted = figure.found.kind in ("count", "money")
    return not counted or bool(_COMPARED.search(bare, 0, match.start())) or not _RISEN.search(bare)


_RISEN = deferred(r"新增$|精简$|压减$")


def words_of(status: str, before: str) -> str:
    """The words before a figure in its sentence that give it its status; empty where something else does.

    >>> words_of("previous", "受理案件56件，上年"), words_of("planned", "2024年力争受理率达到"), words_of("planned", "开展宣传")
    ('上年', '力争', '')
    """
    searched = (pattern.search(before) for pattern in _DECIDING.get(status, ()))
    found = [match for match in searched if match]
    return max(found, key=lambda match: match.end()).group().strip("，；：。 ") if found else ""


_DECIDING = {
    "previous": (_PREVIOUS, _COMPARED_WITH, _FROM, *EARLIER),
    "planned": (*INTENTIONS, *GOALS),
    "required": (REQUIRED,),
    "cumulative": SUMS,
}
