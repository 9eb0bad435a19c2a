"""Which years the words before a figure or a stated zero name: of a goal, of what is summed up, of the value itself."""

from __future__ import annotations

import re

from ..deferred import deferred
from ..prefilter import Guarded

__all__ = [
    "BY_NOW",
    "EARLIER",
    "GOALS",
    "NUMBER",
    "SUMS",
    "THIS_YEAR",
    "as_of",
    "by_named_year",
    "by_then",
    "in_year",
    "is_cumulative",
    "respective_year",
    "year_before",
]

# Alternatives begin with literals wherever that is possible: `re` then skips to them at the speed of C.
_SINCE = Guarded(
    r"((?:19|20)\d\d)(?:年?(?:度|\d{1,2}月|[^，,。；;\d]{2,8})?(?:份)?(?:以来|至今)|年来(?!的))|(?:成立|改革|启动|开展|建成|实施|取得|获得|运行|设立|组建|开通|上线|创建|施行|“?[一二三四五六七八九十]+五”?(?:普法|规划|时期)?)[^，,。；;]{0,6}以来|自(?!今|本|去|年初|元月|[一1]月)[^，,。；;\d]{2,16}以来"
)
_SEVERAL_YEARS = Guarded(
    r"(?<![^\W\x00-\x7f])(?<!\d)近?[两三四五六七八九2-9]年(?:里|内)?[，,]?(?:累计|共|合计|总)"
    r"|(?<![^\W\x00-\x7f])近[两三四五六七八九2-9]年(?:里|内)?[，,]?(?![^，,。；;]{0,8}(?:最|首|平均|新[高低]))[^，,。；;]{2,16}(?:，(?:一?共|累计|[合总]计)计?(?:达到?)?)?$"
)
"""What sums up several years right before a figure: 三年共, 近三年开展培训."""
_WHOLE_YEARS = Guarded(
    r"党的[一二十]{1,2}[^，。；\d]{1,8}以来|(?:机构改革|撤[县市区乡镇][^，。；\d]{0,4}|区划调整|换届|任职|履新|到任)以来|(?:长期|多年|历年)以?来(?!的)|任期内"
    r"|(?:[两三四五六七八九]|(?<!\d)[2-9])年(?:行动|攻坚|普法|规划|计划|任期)[^，。；\d]{0,4}期间|“?[一二三四五六七八九]五”?普法(?!迎检|检查|验收|终期|中期|总结)[^，。；\d]{0,4}期间|[一二三四五六七八九]五”?普法五年(?:来|间)?(?=累计|共|总)"
    r"|(?:[两三四五六七八九]|(?<!\d)[2-9])年多?(?:以?来|间|的?时间里)(?![^，,。；;]{0,8}(?:最|首|平均|新[高低]))|一年多(?:以?来|的?时间里)|近几?年来|近几年(?=[，,])|过去的?[两三四五六七八九]年|本届政府(?:成立)?以来|历年累计|建[县区市州旗镇乡]以来(?![^，,。；;]{0,6}的(?![^，。；]{0,8}累计))"
    r"|(?<!年)(?:揭牌|挂牌|建站|建所|建库)(?:运行|运营|办公)?(?:至今|以来)|(?:19|20)\d\d年?(?:[、和](?:19|20)\d\d年?)+(?:共|累计|合计)"
    r"|(?:成立|组建|设立|创办|开办|挂牌|开通|运行)(?:至今|以来)(?<=[中站会所局院点心处队庭厅台线自从式].{4})"
    r"|(?:担任|从事|任职|扎根|坚守)[^，。；\d]{0,12}\d{1,2}[多余]?年(?=[，,来间])"
    r"|(?<![（(\d])(?:19|20)\d\d年?度?[至到—－～~-]{1,2}(?:19|20)\d\d年(?![^，。；]{0,12}[规纲方计])"
)
"""What sums up several years where it opens the half sentence, with 累计 or without: 三年来, 中心成立以来 (a 工作室 is mostly new), 2021年至2023年."""
_FROM_A_YEAR = deferred(
    r"(?:^|[，：])(?:(?:自|从)(?P<open>(?:19|20)\d\d)年度?(?=[，,])|(?:自|从)?(?P<year>(?:19|20)\d\d)年(?:度|(?P<month>\d{1,2})月(?:\d{1,2}日)?)?"
    r"(?:以来|至今|(?P<span>起?，?[至到—－～~-]{1,2}(?:19|20)\d\d年\d{1,2}月)|(?:开始|起)(?![^，。；]{0,3}[施实推执]行)))"
)
"""The year that the figures of a half sentence are counted from: 2021年起, 2021年1月至2023年12月."""
_FIVE_YEARS = deferred(r"十[一二三四五六]五”?(?:规划)?(?:期间|时期)")
_BY_THEN = deferred(r"[到至]((?:19|20)\d\d)年|((?:19|20)\d\d)年[底末]?前")
_BY_END_OF_PLAN = deferred(
    "[到至]“十([一二三四五六])五”末(?!.*(?:全年|今年|本年|年内|目前|现有|截[至止]|已))"
)
"""What opens a goal by the last year of a plan: 到“十四五”末 is 2025."""
_GOAL_OF_YEAR = deferred(
    r"[到至]((?:19|20)\d\d)年[底末]?[，,](?!.*(?:全年|今年|本年|年内|目前|现有|截[至止]|已))"
)
"""What opens a goal (到2025年，…达到98%), but not before words of the present."""
_PLAN_OF_YEAR = deferred(r"\W*((?:19|20)\d\d)年[^。；，,]{0,4}(?:计划|拟|力争|将|预计)")
THIS_YEAR = deferred(r"今年|本年|全年|年内|当年")
"""What turns from several years, or from the next one, to the year of the report."""
_YEAR = deferred(
    r"((?:19|20)\d\d)(?<![〔\[\d比较是与同对至止到自从由焦绕据照继]\d{4})(?<!(?:结合|贯彻|落实)\d{4})(?<!(?:清理|评估|梳理|审查|修订|修改|废止|复查|对照)\d{4})年(?!以来|版|以前|之前|前|底前|\d{1,2}月\d{0,2}日?(?:以?前|之前|以来)|(?:出台|制[发定])[^，。；\d]{0,30}[的，后]|度?考核|度?反馈|度?(?:结转|转结|遗留|未结|积存)"
    r"|度?(?:行政执法)?案卷|度?[^，,。；;]{0,12}(?:述[法职]|督察)|度?(?:办结|作出|归档|签订)的|[^，,。；;]{0,6}基础上|疫情|\d{1,2}月(?:\d{1,2}日)?份?[至到—－~～-]{1,2}(?:19|20)\d\d|\d{1,2}月[^，,。；;\d]{0,8}(?:成立|挂牌|设立|组建|启用|开通|实施|施行|印发|出台))"
)
_TO_YEAR = deferred(r"\d年?度?[至到—－～~-]{1,2}((?:19|20)\d\d)年(?![末底度]?(?:前|的)|以前|之前|度?考核)")
"""The last of several years that a sentence is about: 2016年至2020年."""
_AS_OF = deferred(r"截[至止]((?:19|20)\d\d)年(?!(?:\d{1,2}月(?:\d{1,2}日)?|[底末])的)")
"""Up to when a level is counted; reports of January count up to their own month, which dates nothing."""
_ITS_YEAR = deferred(r"[降升增减至到为](?:((?:19|20)\d\d)年度?|今年|本年度?|目前)的?$")
"""The year right before a figure that something came to: 由2021年的21%降至2023年的12%, 降至今年的7%."""
_COURSE = deferred(r"(?:由|从|继(?=(?:19|20)\d\d年))[^，。；]*[升降落跌涨高低加长少缩减增](?:至|到|为)")
"""How something came to a figure: what years that names are those of the figures before (由2021年的61%、2022年的83%提高到97%)."""
_RELATIVE = deferred(
    r"(?:^|(?<=[，,；;：:。])|(?<=[一二三四五六七八九十]是))(?:去年|上一?年度?)(?![度同底以来相末的之结转遗积存])|今年|本年"
)
"""去年 opens a clause that goes on about last year; in 比去年 and 去年同期 it only compares."""
_ALWAYS_EARLIER = deferred(
    r"(?:^|(?<=[，,；;：:。（(]))(?:(?:去年|上一?年度?)同期|前一?年|上一?年度?)(?![度同底以来相末的之结转遗积存比基])"
)
"""What tells of an earlier year in whatever month a report is written: 上年, 去年同期, 前年; not 去年."""
_SET_AGAINST = deferred(
    r"(?<=[\w%])，(?:去年|上年|上一?年度?)(?:同期)?(?:为|是|仅有?|只有|有)?\d[\d.,]*[万亿]?[余多]?[^\W\d]{0,2}(?=，)"
)
"""Last year's figure beside this year's, which dates no more than itself: 查办3418件，去年同期为2996件，罚没款……"""
_AFTER_A_FIGURE = deferred(r"\d[^，,；;。]*[，,；;](?:去年|上一?年度?)(?![度同底以来相末的之结转遗积存])")
_TODAY = deferred(r"今年|本年度?|全年|年内|目前|截至")


def by_then(sentence: str, clause: str) -> int:
    """The year by which something is to be reached (到2025年), or that a plan opens the sentence with; else 0."""
    if "五”末" in sentence and (five := _BY_END_OF_PLAN.search(sentence)):
        return 2010 + 5 * "一二三四五六".index(five[1])
    if "年" not in sentence:
        return 0
    match = _BY_THEN.search(clause) or _PLAN_OF_YEAR.match(sentence) or _GOAL_OF_YEAR.search(sentence)
    return int(match[match.lastindex or 0]) if match else 0


_RESPECTIVELY = deferred(
    r"((?:19|20)\d\d)年?度?((?:[、和与及至到—－~～-]{1,2}(?:19|20)\d\d年?度?)+)[^。；]{0,40}?分别"
)
_LAST_YEARS = deferred(r"(?:近|过去)([两三四五])年(?!.*(?:今年|全年|本年|年内|(?:19|20)\d\d年))")
"""Years that are only counted, back from the report's."""
_LISTED = deferred(r"分别[^\d，；。]{0,14}([^，；。]*)")
"""The figures of a list, one for each year or subject."""
_NUMERALS = "零一两三四五"
_SPANS = frozenset("至到—－~～-")
_NAMED = deferred(r"(?:19|20)\d\d")
NUMBER = deferred(r"(?<![\d.])\d[\d,.]*")
"""A number, as rules read them."""


def respective_year(sentence: str, whole: str, year: int) -> int | None:
    """The year that is a figure's own where years and figures are paired in order; 0 where they do not go together.

    Args:
        sentence: What stands before the figure.
        whole: The sentence.
        year: Year of the report.

    Returns:
        None where no years are paired with it.

    >>> said = "2022年、2023年分别受理案件56件、48件"
    >>> respective_year("2022年、2023年分别受理案件56件、", said, 2023)
    2023
    >>> said = "近三年应诉率分别为85%、92%、98%，败诉率分别为18%、12%、8%"
    >>> respective_year("近三年应诉率分别为85%、92%、98%，败诉率分别为18%、", said, 2023)
    2022
    """
    at = sentence.rfind("分别")
    years = _years_to_pair(sentence, at, whole, year) if at >= 0 else []
    if not years:
        return None
    number = len(NUMBER.findall(sentence, at))
    return years[number] if number < len(years) else 0


def _years_to_pair(sentence: str, at: int, whole: str, year: int) -> list[int]:
    """The years that the figures behind an offset are of, each of one."""
    if named := _RESPECTIVELY.search(sentence):
        if _NAMED.search(sentence, named.end()):
            return []  # another year opens what follows
        years = [int(named[1]), *map(int, _NAMED.findall(named[2]))]
        return years if _SPANS.isdisjoint(named[2]) else list(range(years[0], years[-1] + 1))
    last = _LAST_YEARS.search(sentence, 0, at)
    if last is None:
        return []
    several = _NUMERALS.index(last[1])
    listed = [len(NUMBER.findall(each[1])) for each in _LISTED.finditer(whole)]
    number = sentence.count("分别", 0, at)
    paired = number < len(listed) and listed[number] == several
    return list(range(year - several + 1, year + 1)) if paired else []


def by_named_year(sentence: str, clause: str, whole: str, year: int | None) -> tuple[str, int | None]:
    """Status and year by the years that the clause names, else the sentence so far.

    >>> by_named_year("2018年度，全镇调处", "全镇调处", "", None), by_named_year("2018年以来，调处", "调处", "", None)
    (('actual', 2018), ('actual', None))
    """
    if year is None:
        stated = _YEAR.findall(clause) or _YEAR.findall(sentence)
        return "actual", int(stated[-1]) if stated else None
    if own := _ITS_YEAR.search(clause):
        return in_year(int(own[1] or year), year)
    if "由" in clause or "从" in clause or "继" in clause:
        sentence, clause = _COURSE.sub("", sentence), _COURSE.sub("", clause)
    this_year = year if "今年" in whole or "本年" in whole or _is_set_against(whole) else None
    named = _named_years(clause, year, this_year)
    if not named and not _TODAY.search(clause):
        named = _named_years(_SET_AGAINST.sub("", sentence), year, this_year)
        if named and named[-1] < year:
            named = _named_years(_dating(sentence), year, this_year)
    if not named:
        return "actual", year
    return in_year(named[-1], year) if named[-1] <= year + 1 else ("actual", year)


def _is_set_against(sentence: str) -> bool:
    """Whether last year's figure stands behind this year's: 全年受理6件，去年受理5件, 受理6件，上年受理5件."""
    if ("去年" not in sentence and "上年" not in sentence and "上一年" not in sentence) or (
        match := _AFTER_A_FIGURE.search(sentence)
    ) is None:
        return False
    return (
        "上" in match.group()[-4:] or "全年" in sentence[: match.end()] or "年内" in sentence[: match.end()]
    )


_YEAR_BEFORE = deferred("上年|去年|上一年|前一年|同期")


def year_before(clause: str, year: int | None) -> int | None:
    """The year of the figure that one is set against: that which the clause names, the year before where it says so, else unknown.

    >>> year_before("败诉率较2021年的", 2023), year_before("由上年的", 2023), year_before("顾问由", 2023)
    (2021, 2022, None)
    """
    if named := _NAMED.findall(clause):
        return int(named[-1])
    return year - 1 if year is not None and _YEAR_BEFORE.search(clause) else None


_GOES_THROUGH = deferred(
    r"(?<!\d)((?:19|20)\d\d)年度?(?!以来|至今|起|来|底|前|末)[，,]?[^，。；的\d]{0,8}(?:清理|梳理|审查)"
)
"""The year in which things were gone through; 清理2018年的文件 names theirs."""


def as_of(sentence: str, clause: str, year: int) -> int:
    """The earlier year up to whose end a level is counted (截至2022年底，共有60个), or that opens its clause; else the report's."""
    if named := _GOES_THROUGH.match(clause):
        return min(int(named[1]), year)
    match = _AS_OF.search(sentence) if "截" in sentence else None
    return min(int(match[1]), year) if match else year


def in_year(named: int, year: int) -> tuple[str, int]:
    """Status and year of a figure of a named year in the report on another."""
    return ("planned" if named > year else "previous" if named < year else "actual"), named


_LONGEST_HEAD = 9
_HEAD = deferred(r"[^\d，]?(?:19|20)\d\d|[^，]{0,3}(?:去年|上一?年|今年|本年|前年)")
"""What a half sentence opens with that dates those behind it, too; 完成2015年文件评估7件 dates the documents."""


def _dating(sentence: str) -> str:
    """What may date the end of a sentence: its own half, and the heads of those before (2021年排名第3 dates no more than that)."""
    *before, own = sentence.split("；")
    return "；".join([*(half[:_LONGEST_HEAD] for half in before if _HEAD.match(half)), own])


def _named_years(text: str, year: int, this_year: int | None) -> list[int]:
    """Years that date what follows: not those of comparisons (比2016年) or of objects (2015年以前的文件).

    去年 is the year before only where this year stands against it: a report written in January
    calls the year that it reports on 去年.
    """
    if "年" not in text:
        return []
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    found += [(match.start(1), int(match[1])) for match in _TO_YEAR.finditer(text)]
    if "截" in text:
        found += [(m.start(), int(m[1])) for m in _AS_OF.finditer(text) if int(m[1]) < year]
    if "上" in text or "前" in text or "同期" in text:
        found += [
            (match.start(), year - (2 if match.group() == "前年" else 1))
            for match in _ALWAYS_EARLIER.finditer(text)
        ]
    if this_year is not None:
        found += [
            (match.start(), this_year - (match.group()[0] in "去上")) for match in _RELATIVE.finditer(text)
        ]
    return [named for _, named in sorted(found)]


_SUMMED_UP_TO = deferred(r"截[至止][^，。；]{2,14}[，,]?(?=[^，。；\d]{0,8}累计)")
BY_NOW = deferred(r"现有|现共?有|现任|目前|截[至止]|如今")
"""What turns to what there is."""


def _goes_on_about(words: str, year: int | None) -> bool:
    """Whether words turn to the year of the report, or to what there is today; 截至2023年底累计 does not."""
    words = _SUMMED_UP_TO.sub("", words) if "截" in words else words
    return THIS_YEAR.search(words) is not None or f"{year}年" in words or BY_NOW.search(words) is not None


_DATES_THINGS = deferred(r"的|制[发定]|出台|印发|形成|签订")
"""What follows 2018年以来 where it dates things that exist (2018年以来制定的文件)."""


def _is_long_ago(since: re.Match[str], year: int) -> bool:
    """Whether a year opens more than the report's; 2022年12月至2023年11月 is what a report on 2023 counts from."""
    first = int(since["open"] or since["year"])
    late = since["span"] is not None and since["month"] is not None and int(since["month"]) > _EARLY
    return first < (year - 1 if late else year)


_GONE_THROUGH = ("清理", "梳理", "审查", "评估", "对")
"""Behind these a span dates what is gone through: 清理建县以来的文件."""
_EARLY = 9
"""Up to this month a span that ends in the next year is more than a year."""


def is_cumulative(sentence: str, clause: str, year: int | None) -> bool:
    """Whether a figure sums up several years: 2018年以来累计, 改革以来."""
    if not (
        "年" in sentence
        or "以来" in sentence
        or "至今" in sentence
        or "期间" in sentence
        or "时期" in sentence
    ):
        return False
    half = sentence[sentence.rfind("；") + 1 :]
    if year is not None and (since := _FROM_A_YEAR.search(half)) and _is_long_ago(since, year):
        return not (_DATES_THINGS.match(half, since.end()) or _goes_on_about(half[since.end() :], year))
    spans = (_WHOLE_YEARS.search(half), _SEVERAL_YEARS.search(half), _FIVE_YEARS.search(half))
    if ends := [m.end() for m in spans if m and not half.endswith(_GONE_THROUGH, 0, m.start())]:
        return not _goes_on_about(half[min(ends) :], year)
    if _SINCE.search(sentence) is None:
        return False
    *_, since = _SINCE.pattern.finditer(sentence)
    first = since.group(1)
    if first is not None and year is not None and int(first) >= year:
        return False
    behind = sentence[since.end() :]
    if _goes_on_about(behind, year):
        return False
    if "五" in since.group():
        return True  # “八五”普法以来: whatever the sentence lists has come together since
    if _DATES_THINGS.match(behind):
        return False
    return (
        "累计" in behind
        or "累计" in clause
        or (first is not None and "，" not in behind[3:] and "," not in behind[3:])
    )


EARLIER = (_YEAR, _AS_OF, _ALWAYS_EARLIER, _RELATIVE)
GOALS = (_BY_THEN, _GOAL_OF_YEAR, _PLAN_OF_YEAR)
SUMS = (_FROM_A_YEAR, _SINCE, _WHOLE_YEARS, _SEVERAL_YEARS, _FIVE_YEARS)
"""What dates a figure before the report's year, behind it, and over several years: for people who ask why."""
