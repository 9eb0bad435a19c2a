"""The head of a page: what stands between its top, the title and the first line of the report."""

from __future__ import annotations

from .deferred import deferred
from .page import DATE, HEADER_LINES, TITLE_LINES, Line, Patterns
from .page_title import repeats, title_words

__all__ = ["addresses", "below_title", "head_of_page", "signed_above"]

_HEAD_DATE = deferred(rf"[(（]\s*{DATE.pattern[:-1]}\s*[)）]")
"""The date under a title: （2024年1月10日）."""
_OPEN_LABEL = deferred(
    r"(?:来源|作者|时间|日期|单位|机构|机关|部门|编辑|文号|索引号|字号|分类|者|人|有效性|状态)[:：]$"
    r"|^(?:[-•·]\s*)?(?:索\s*引\s*号|[^\W\x00-\x7f]{2}(?:类[型别]|分类|种类|名称|单位|机构|机关|字号|日期|时间|方式|状态)|文\s*号|关键词)$"
)
_VALUE = deferred(r"[^，。；：、,;:]{1,20}|[\d :：.年月日/-]{4,40}")
_ADDRESSEE = deferred(
    r"^(?:[^。；;！？\d]{1,60}(?:政府|国务院|委|委员会|办公室|办|人大常委会|人大|局|厅|部|政协|公署|行署|大会|领导小组|部门|单位)|国务院|(?:尊敬的)?(?:[^\W\x00-\x7f]{2,4}、){0,4}各位(?:[^\W\x00-\x7f]|[、，,]){2,20})[:：]$"
)
_TWO_ORGANS = deferred(r"^(?:中共)?[^\W\x00-\x7f]{1,12}委(?:员会)?[、，,][^\W\x00-\x7f]{1,12}政府$")
"""Whom a report is for, where no colon says so: 中共云岫县委、云岫县人民政府."""
_LONGEST_HEADER = 160
"""A longer line is text."""
_BARE = deferred(r"(?:[一-鿿 ]{2,8}[：:])?[^，,。；;：！!？?]{0,40}")
_STAMPED = deferred(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|^(?:信息|文章)?来源\s*[:：]")


def below_title(
    lines: list[Line], chrome: list[bool], title: tuple[int, int] | None, upto: int, patterns: Patterns
) -> tuple[int, list[int]]:
    """Index of the line with which the text begins, and of those before it that sign and date the report.

    What else stands before it, below the title, is furniture.
    """
    begin = title[1] + 1 if title else head_of_page(lines, chrome, upto)
    heads: list[int] = []
    while begin < upto:
        line = lines[begin].text
        in_header = begin > 0 and len(line) <= _LONGEST_HEADER
        count = int(chrome[begin] or (in_header and patterns.header.is_in(line)))
        if title and not count and _HEAD_DATE.fullmatch(line):
            heads.append(begin)
            begin += 1
            continue
        if title and not count:
            count = int(_under_date(lines, chrome, begin, upto, patterns))
            count = (
                count or repeats(lines, title, begin, upto, patterns) or _above_addressee(lines, begin, upto)
            )
            count = count or int(_is_value(line, lines[begin - 1].text))
            if not count and _signs(lines, begin, title, upto, patterns):
                heads.append(begin)
                begin += 1
                continue
            count = count or int(_over_date(lines, chrome, begin, upto, patterns))
        if not count:
            break
        chrome[begin : begin + count] = [True] * count
        begin += count
    return begin, heads


def head_of_page(lines: list[Line], chrome: list[bool], upto: int) -> int:
    """Index behind the last furniture above a text without a title.

    Short lines without punctuation that stand above it, or above the addressee, are furniture as well.
    """
    head = 0
    for i in range(min(upto, HEADER_LINES)):
        if _ADDRESSEE.match(lines[i].text):
            return i
        if chrome[i]:
            head = i + 1
        elif not _BARE.fullmatch(lines[i].text):
            break
    return head


def _above_addressee(lines: list[Line], begin: int, upto: int) -> int:
    """Number of short lines, such as the name of who reports, between the title and the addressee."""
    for i in range(begin, min(begin + TITLE_LINES, upto)):
        if _ADDRESSEE.match(lines[i].text):
            return i - begin
        if not _BARE.fullmatch(lines[i].text):
            break
    return 0


def _signs(lines: list[Line], i: int, title: tuple[int, int], upto: int, patterns: Patterns) -> bool:
    """Whether a line below the title names the organ that the title names, or one with a date below it, or is that date."""
    if _HEAD_DATE.fullmatch(lines[i].text):
        return True
    if not patterns.organ.match(lines[i].text):
        return False
    around = lines[i - 1 : i + 2] if i + 1 < upto else lines[i - 1 : i]
    dated = any(_HEAD_DATE.fullmatch(line.text) for line in around)
    return dated or title_words(lines, *title).startswith(lines[i].text)


def _under_date(lines: list[Line], chrome: list[bool], i: int, upto: int, patterns: Patterns) -> bool:
    """Whether a line below the title is the organ that put the page up, under the day on which it did."""
    line, above = lines[i].text, lines[i - 1].text
    if not (chrome[i - 1] and _STAMPED.search(above) and patterns.organ.match(line)) or _TWO_ORGANS.match(
        line
    ):
        return False
    return i + 1 >= upto or _HEAD_DATE.fullmatch(lines[i + 1].text) is None


def _over_date(lines: list[Line], chrome: list[bool], i: int, upto: int, patterns: Patterns) -> bool:
    """Whether a line below the title is the organ that put the page up, above the day on which it did."""
    if i + 1 >= upto or not (chrome[i + 1] and _STAMPED.search(lines[i + 1].text)):
        return False
    return patterns.organ.match(lines[i].text) is not None and _TWO_ORGANS.match(lines[i].text) is None


def _is_value(line: str, before: str) -> bool:
    """Whether a line is the value of a label that stands on a line of its own: 来源： / 县司法局."""
    return _OPEN_LABEL.search(before) is not None and _VALUE.fullmatch(line) is not None


def addresses(line: Line, title: tuple[int, int] | None) -> bool:
    """Whether the first line of the text names whom the report is for."""
    below_title = title is not None and _TWO_ORGANS.match(line.text) is not None
    return below_title or _ADDRESSEE.match(line.text) is not None


def signed_above(
    lines: list[Line],
    chrome: list[bool],
    heads: list[int],
    signature: tuple[int, int] | None,
    date: tuple[int, int] | None,
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Signature and date of a report that has them under its title; furniture where it has them at its end, too."""
    for i in heads:
        span = lines[i].start, lines[i].end
        dated = _HEAD_DATE.fullmatch(lines[i].text) is not None
        if dated and date is None:
            date = span
        elif not dated and signature is None:
            signature = span
        else:
            chrome[i] = True
    return signature, date
