"""The year that a report is about: one answer for its headings, its figures and its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .deferred import deferred
from .layout import Layout, layout_table, title_line

__all__ = ["ends_of", "opening_year", "reported_year", "title_year", "year_in_words"]

_YEAR = deferred(
    r"(?<![\d〔\[(（—～~至到由-])((?:19|20)\d{2}) ?(?:年|年度)(?!\d)(?!度?[—–～~至到-]{1,2}(?:19|20)\d\d ?年)"
)
"""A year, and not the first of several: 2021年至2025年."""
_YEAR_CN = deferred(
    r"(?<![—～~至到-])二[〇○零0O]([〇○零0O一二三四五六七八九])([〇○零0O一二三四五六七八九])年"
)
_DIGITS = "〇一二三四五六七八九"
_BARE = deferred(r"(?<![\d第—–～~至到./〔\[(（-])((?:19|20)\d{2})(?![ \d—–～~至到./年月号-])")
"""A year without 年, as titles have it: 云岫县2014法治政府建设报告."""
_LATE = deferred(r"[底初1月]|以来，我")
_ISO = deferred(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_OTHER_YEAR = deferred(r"远景|中共|国务院|[^，。；]{0,16}(?:以来|印发|出台|修订|制定|发布|颁布)")
"""What follows a year that is not the one reported on."""
_OF_PLANS = deferred(
    r"度?[^，。；、\d和及与]{0,8}(?:安排|打算|计划|思路|设想|要点)(?:情况)?(?:报告|汇报|通报|公开|公布|公示|如下|[:：])"
    r"|[^，。；\d]{0,4}将(?:继续|进一步|努力)"
)
"""What follows the year of which an opening tells plans (现将有关情况及2024年工作安排报告如下); 按照2023年工作安排 names the report's."""
_ANNOUNCED = deferred(r"现(?:[将就把]|公布|报告)[^。；]{0,80}")
"""现将2021年工作情况报告如下: where an opening names the year, it does so here."""
_SINCE = deferred(r"(?:19|20)\d{2} ?年以?来[，,]")
"""2022年以来，我局……: an opening that begins so is about that year, if it announces no other."""
_OF_SEVERAL = deferred("年均|(?<!连续)[两三四五六七八九十]年[来间]")
"""What tells, behind 2012年以来, that several years are summed up."""
_CHAPTER_OF_YEAR = deferred(
    r"\n[ \t]*第?[一二三四五六七八九十]{1,2}(?:、|部分)[ 、：:]?((?:19|20)\d\d) ?年度?[^，。；\d\n]{0,16}"
    r"(?:(?P<told>回顾|工作情况|工作总结|完成情况|开展情况|(?:进展|推进|落实)情况|任务落实|成效|成绩|主要工作|主要做法|主要举措)|安排|打算|计划|思路|重点|任务|举措)"
)
"""A chapter on one year: what was done, or what is to be done."""
_FIRST, _LAST, _BELOW = 400, 150, 120
"""Characters at either end of a preamble, and behind it, that are asked."""


@cache
def _in_brackets() -> re.Pattern[str]:
    """A year that alone fills brackets, as titles have it: 报告（2023年度）; behind a plan's name it is the plan's."""
    plan = layout_table()["year"]["plan"]
    return re.compile(
        rf"(?<!{plan})(?<!(?:{plan})》)[（(〔\[【] ?((?:19|20)\d\d) ?(?:年度?)? ?[)）〕\]】](?! ?\d{{1,5}} ?号)"
    )


def reported_year(text: str, layout: Layout, preamble: tuple[int, int] | None) -> int | None:
    """The year that the title names, else the preamble (best where it announces the report), else the first heading.

    Args:
        text: The clean text.
        layout: Its page.
        preamble: Clean range of its preamble.

    Returns:
        The year; None where the text names none, or only that of its publication.
    """
    if year := title_year(title_line(text, layout)):
        return year - 1 if _tells_the_year_before(text, year) else year
    opening = ends_of(text, *preamble) if preamble else ""
    first = text[preamble[1] if preamble else layout.body[0] :][:_BELOW]
    heading, _, below = first.strip().partition("\n")
    announced, since = _ANNOUNCED.search(opening or below), _SINCE.match((opening or below).lstrip())
    if since and not announced and _OF_SEVERAL.search(opening or below):
        return None
    begins = (heading, since.group()) if since else ()
    for words in (announced.group() if announced else "", *begins, opening, heading[:60], below.lstrip()[:5]):
        if year := next(_years(words, plans=False), None) or year_in_words(words):
            return year
    # 今年以来 and a date in the last months of a year name the year; a date in spring does not
    date = _ISO.match(text, layout.date[0]) if layout.date else None
    if date and int(date.group(2)) >= 10 and re.search(r"今年|本年|一年来", opening):
        return int(date.group(1))
    return None


def _tells_the_year_before(text: str, year: int) -> bool:
    """Whether a title names the year in which it was written: 2022年工作情况 and 2023年工作安排 stand under 2023年……报告."""
    named = f"{year - 1}年" in text
    chapters = [m for m in _CHAPTER_OF_YEAR.finditer(text) if "整改" not in m[0]] if named else []
    told = {int(m[1]) for m in chapters if m["told"]}
    return told == {year - 1} and any(int(m[1]) == year for m in chapters)


def title_year(title: str) -> int | None:
    """The year that a title names, also in brackets or without 年; None where it names none, or several years.

    >>> title_year("云岫县法治政府建设报告（2023年度）"), title_year("云岫县2014法治政府建设报告")
    (2023, 2014)
    >>> title_year("云岫县落实法治政府建设实施纲要（2021—2025年）情况的报告")
    """
    if year := next(_years(title), None) or year_in_words(title):
        return year
    match = _in_brackets().search(title) or _BARE.search(title)
    return int(match.group(1)) if match else None


def opening_year(text: str, start: int = 0) -> int | None:
    """The year with which a heading or a passage begins, None where it begins otherwise.

    >>> opening_year("2024年重点工作"), opening_year("二〇二四年重点工作"), opening_year("重点工作")
    (2024, 2024, None)
    """
    if match := _YEAR.match(text, start):
        return int(match.group(1))
    return year_in_words(match.group()) if (match := _YEAR_CN.match(text, start)) else None


def ends_of(text: str, start: int, end: int) -> str:
    """The ends of a preamble, which say who reports on which year (现将云岫县2023年……报告如下)."""
    if end - start <= _FIRST + _LAST:
        return text[start:end]
    return f"{text[start : start + _FIRST]}\n{text[end - _LAST : end]}"


def year_in_words(text: str) -> int | None:
    """The first year that is written in Chinese numerals (二〇二三年), None where there is none."""
    match = _YEAR_CN.search(text)
    return 2000 + 10 * _digit(match.group(1)) + _digit(match.group(2)) if match else None


def _digit(char: str) -> int:
    return max(0, _DIGITS.find("〇" if char in "○零0O" else char))


def _years(text: str, *, plans: bool = True) -> Iterator[int]:
    """Years that a title or an opening may report on, the likely ones first, with or without those of plans."""
    found = [m for m in _YEAR.finditer(text) if m.start() <= 60 or not _LATE.match(text, m.end())]
    if not plans:
        found = [m for m in found if not _OF_PLANS.match(text, m.end())]
    found.sort(key=lambda m: _OTHER_YEAR.match(text, m.end()) is not None)
    return (int(m.group(1)) for m in found if not text.startswith("远景", m.end()))
