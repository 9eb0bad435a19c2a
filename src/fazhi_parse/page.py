"""The lines of a page, and the patterns that tell what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import attrs

from .data_files import load_table
from .deferred import deferred
from .prefilter import Guarded
from .spans import lines, trimmed

__all__ = [
    "COUNTS",
    "DATE",
    "DATE_LINE",
    "HEADER_LINES",
    "TITLE_LINES",
    "TITLE_MAX",
    "Furniture",
    "Line",
    "Patterns",
    "layout_table",
    "page_lines",
    "page_patterns",
    "with_bars",
]

TITLE_MAX, TITLE_LINES = 60, 3
"""A title has at most so many characters and lines."""
HEADER_LINES = 40
"""Lines at either end of a page among which its furniture is looked for."""
DATE = deferred(
    r"(?:(?:19|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|[二一][〇○零九OＯ0][一二三四五六七八九〇○零十]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)$"
)
"""A date with which a line ends."""
DATE_LINE = deferred(rf"(?:{DATE.pattern[:-1]}(?:印发)?|(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}})$")
"""Forms that are a date below a signature only where they fill the line."""
COUNTS = deferred(r"\d[\d.]*[余多]?[万亿]?[余多]?(?:件|家|个|人|项|条|份|场|起|宗|户|名|台|处|元)")
"""A figure, as no furniture of a page has it."""

_TITLE_END = r"(?:[（(〔\[【][^）)〕\]】]{1,12}[)）〕\]】]|(?:19|20)\d\d(?:年度?)?)?$"
"""What may stand behind the last word of a title: （2023年度）, （征求意见稿）, 2023."""


class Line(NamedTuple):
    """A line with its clean offsets, without the white space and the bars of a table at its ends."""

    start: int
    end: int
    text: str


class Furniture:
    """Patterns of which furniture matches one; those of a line's beginning are tried nowhere else.

    >>> furniture = Furniture(["^首页", "扫一扫"])
    >>> [furniture.is_in(line) for line in ("首页", "关于首页", "请扫一扫")]
    [True, False, True]
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        begins: list[str] = []
        anywhere: list[str] = []
        for pattern in patterns:
            (begins if pattern.startswith("^") else anywhere).append(f"(?:{pattern})")
        self._begins = re.compile("|".join(begins) or "(?!)")
        self._anywhere = Guarded("|".join(anywhere)) if anywhere else None

    def is_in(self, line: str) -> bool:
        """Whether one of them matches a line."""
        if self._begins.match(line) is not None:
            return True
        return self._anywhere is not None and self._anywhere.search(line) is not None


@attrs.frozen
class Patterns:
    """What a line of each kind matches."""

    chrome: Furniture
    sure: Furniture
    header: Furniture
    footer: Furniture
    topic: re.Pattern[str]
    kind: re.Pattern[str]
    other: re.Pattern[str]
    organ: re.Pattern[str]
    marker: re.Pattern[str]


@cache
def layout_table() -> dict[str, dict[str, object]]:
    """The table `data/layout.toml`."""
    return load_table("layout.toml")


@cache
def page_patterns() -> Patterns:
    """The patterns of the table, compiled."""
    table = load_table("layout.toml")
    chrome = table["chrome"]
    return Patterns(
        Furniture(chrome["line"]),
        Furniture(chrome["sure"]),
        Furniture(chrome["header"]),
        Furniture(chrome["footer"]),
        re.compile("|".join(table["title"]["topic"])),
        re.compile(f"(?:{'|'.join(table['title']['kind'])}){_TITLE_END}"),
        re.compile(f"(?:{'|'.join(table['title']['other'])}){_TITLE_END}"),
        re.compile(
            rf"^(?:[^\W\x00-\x7f]{{0,4}}单位(?:[(（](?:盖章|公章|章)[)）])?[:：])?(?:[^\W\x00-\x7f]|[、（）() ·]){{1,40}}(?:{table['organ']['suffix']})(?:[（(](?:盖章|公章|章|代章)[)）])?$"
        ),
        re.compile(
            r"^(?:第[一二三四五六七八九十\d]{1,3}[章节部编条]|[一二三四五六七八九十]{1,3} ?[、.．]|[—–－-]、|[(（][—–－-][)）]|[(（﹙][一二三四五六七八九十\d]{1,2}[)）﹚]|\d{1,2} ?[.．、)）](?!\d)|[①-⑳㈠-㈩⒈-⒛]|[一二三四五六七八九十]{1,2}[是要]|——(?![^。]{4,50}(?:会议|大会|全会)上$|(?:19|20)\d\d[^。]{4,50}(?:大会|委员会)$))"
        ),
    )


_TITLE_HEAD = (
    r"(?!根据|按照|现将|为)([^，。：；,:;>＞»›]{8,60}?(?:报告|总结|情况|汇报)(?:[（(][^）)]{1,12}[)）])?)"
)
_GLUED = deferred(
    rf"{_TITLE_HEAD}(?: +(?!报告|汇报|如下)|(?=(?:19|20)\d\d ?年[^，,]{{0,4}}[，,]|一、|(?:来源|发布(?:时间|日期)|日期)[:：]))(?=.{{20}})"
)
_WITH_SITE = deferred(
    rf"{_TITLE_HEAD} ?[-_—|－｜]+ ?(?=(?:[^\W\x00-\x7f]|[_|｜ -]){{2,40}}(?:网|网站|政府|平台|频道|公开|专栏)$)"
)
"""A title and what has been set behind it in its line: the text, the name of the site."""
_WITH_COLUMN = deferred(
    rf"(?:[^|｜丨。，；：: ]{{2,12}} ?[|｜丨] ?|[^|｜丨。，；：: ]{{2,20}}(?:网|网站|平台)(?: +| ?[-_—]+ ?)){_TITLE_HEAD}$"
)
"""A title behind the name of the site, or of the column in which a post stands: 法治云岫 | …."""
_WITH_DAY = deferred(
    rf"{_TITLE_HEAD} +(?=(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?: +\d{{1,2}}:\d\d(?::\d\d)?)?$)"
)
"""A title with the day of its publication behind it."""
_INSIDE = deferred(r"(?<= )([^，。：；,:; ]{8,60}(?:报告|总结|情况|汇报))(?= )")
"""A title in a page without lines, between the fields of the page and the text."""
_WITHOUT_LINES, _HEAD = 400, 800
"""A line so long may be a whole page; so far from its beginning its title is looked for."""
_HEAD_LINES = 20
"""Lines among which such a title is looked for."""


_BARS = " \t|｜"
"""What is left of a table that held the page: | 索引号：… | |"""


def _without_bars(line: Line) -> Line:
    if line.text[0] not in _BARS and line.text[-1] not in _BARS:
        return line
    inside = line.text.strip(_BARS)
    start = line.start + line.text.find(inside)
    return Line(start, start + len(inside), inside) if inside else Line(line.start, line.end, "")


def with_bars(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of a line with the bars of a table on either side of it."""
    while text[start - 1 : start] and text[start - 1] in _BARS:
        start -= 1
    while text[end : end + 1] and text[end] in _BARS:
        end += 1
    return trimmed(text, start, end)


def page_lines(text: str, patterns: Patterns) -> list[Line]:
    """The lines of a text; a title with the text or the name of the site behind it is a line of its own."""
    rows = [_without_bars(Line(start, end, text[start:end])) for start, end in lines(text)]
    for i, row in enumerate(rows[:_HEAD_LINES]):
        match = (
            _GLUED.match(row.text)
            or _WITH_SITE.match(row.text)
            or _WITH_COLUMN.match(row.text)
            or _WITH_DAY.match(row.text)
            or _inside(row, i)
        )
        if match and patterns.topic.search(match[1]) and patterns.kind.search(match[1]):
            above, rest = row.text[: match.start(1)].rstrip(), row.text[match.end(1) :].lstrip()
            rows[i : i + 1] = [
                *([Line(row.start, row.start + len(above), above)] if above else []),
                Line(row.start + match.start(1), row.start + match.end(1), match[1]),
                *([Line(row.end - len(rest), row.end, rest)] if rest else []),
            ]
            break
    return rows


def _inside(row: Line, index: int) -> re.Match[str] | None:
    """The title that stands in the first line of a page without lines, behind the fields of the page."""
    if index or len(row.text) < _WITHOUT_LINES:
        return None
    found = _INSIDE.finditer(row.text, 0, _HEAD)
    return next((m for m in found if re.search(r"(?:19|20)\d\d", m[1])), None)
