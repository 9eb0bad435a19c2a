"""The lines of a page, and the patterns that tell what each of them is."""

from __future__ import annotations

import re
from functools import cache

import attrs

from .deferred import deferred
from .patterns import required
from .quantities.units import load_table
from .spans import lines

__all__ = ["TITLE_LINES", "TITLE_MAX", "Line", "Patterns", "layout_table", "page_lines", "page_patterns"]

TITLE_MAX, TITLE_LINES = 60, 3
"""A title has at most so many characters and lines."""


@attrs.frozen
class Line:
    """A line with its clean offsets, without the white space at its ends."""

    start: int
    end: int
    text: str


@attrs.frozen
class Patterns:
    """What a line of each kind matches."""

    chrome: re.Pattern[str]
    sure: re.Pattern[str]
    sure_words: frozenset[str]
    """One of these stands in every line that `sure` matches."""
    header: re.Pattern[str]
    footer: re.Pattern[str]
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
    chrome = {
        name: re.compile("|".join(f"(?:{p})" for p in table["chrome"][name]))
        for name in ("line", "sure", "header", "footer")
    }
    return Patterns(
        chrome["line"],
        chrome["sure"],
        required(chrome["sure"].pattern) or frozenset([""]),
        chrome["header"],
        chrome["footer"],
        re.compile("|".join(table["title"]["topic"])),
        re.compile(f"(?:{'|'.join(table['title']['kind'])})(?:[（(][^）)]{{1,12}}[)）])?$"),
        re.compile(f"(?:{'|'.join(table['title']['other'])})(?:[（(][^）)]{{1,12}}[)）])?$"),
        re.compile(
            rf"^(?:[一-鿿]{{2,4}}单位[:：])?[一-鿿、（）() ·]{{1,40}}(?:{table['organ']['suffix']})(?:[（(](?:盖章|公章|章|代章)[)）])?$"
        ),
        re.compile(
            r"^(?:第[一二三四五六七八九十\d]{1,3}[章节部编条]|[一二三四五六七八九十]{1,3} ?[、.．]|[(（﹙][一二三四五六七八九十\d]{1,2}[)）﹚]|\d{1,2} ?[.．、)）](?!\d)|[①-⑳㈠-㈩⒈-⒛]|[一二三四五六七八九十]{1,2}[是要]|——)"
        ),
    )


_GLUED = deferred(r"(?!根据|按照|现将|为)([^，。：；,:;]{8,60}?(?:报告|总结|情况|汇报)) +(?!报告|汇报|如下)")


def page_lines(text: str, patterns: Patterns) -> list[Line]:
    """The lines of a text; where a title has lost its line end to a space, it is a line of its own."""
    rows = [Line(start, end, text[start:end]) for start, end in lines(text)]
    for i, row in enumerate(rows[:TITLE_LINES]):
        match = _GLUED.match(row.text) if len(row.text) > TITLE_MAX else None
        if match and patterns.topic.search(match[1]) and patterns.kind.search(match[1]):
            head, tail = row.start + match.end(1), row.start + match.end()
            rows[i : i + 1] = [
                Line(row.start, head, text[row.start : head]),
                Line(tail, row.end, text[tail : row.end]),
            ]
            break
    return rows
