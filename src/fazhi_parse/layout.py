"""The page around a report: site chrome, title, addressee, signature and date, line by line."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from .deferred import deferred
from .page import (
    COUNTS,
    HEADER_LINES,
    TITLE_MAX,
    Line,
    Patterns,
    layout_table,
    page_lines,
    page_patterns,
    with_bars,
)
from .page_foot import annex, footer, sign_off
from .page_head import addresses, below_title, head_of_page, signed_above
from .page_title import SENTENCE_END, TITLE_LABEL, find_title, is_report_title, unquoted
from .spans import SpanSet, trimmed

__all__ = ["Layout", "find_layout", "layout_table", "title_line"]


@attrs.frozen
class Layout:
    """Ranges in clean offsets; None for what the text does not have."""

    chrome: tuple[tuple[int, int], ...]
    """Site chrome and page furniture."""
    title: tuple[int, int] | None
    """Title, also over two lines."""
    addressee: tuple[int, int] | None
    """Line that names who the report is for."""
    signature: tuple[int, int] | None
    """Issuer's name below the text, or else below the title."""
    date: tuple[int, int] | None
    """Date below the signature, or else below the title."""
    body: tuple[int, int]
    """From the first line of the report's text to its last (without title, addressee, signature and date)."""
    titles: tuple[tuple[int, int], ...] = ()
    """Lines inside the text that look like the title of a report, with text below them."""


_ANNEXES = deferred(r"(?:相关|有关)?附件|文件下载|相关(?:链接|阅读|文件|文章|新闻)|延伸阅读")
_ANNEX = deferred(r"^\d{1,2} ?[.．、](?=\D|(?:19|20)\d\d年).{2,60}$")
_WITHOUT_ORGAN = deferred(r"关于|(?:19|20)\d\d")


def find_layout(text: str) -> Layout:
    """Where the parts of the page stand in a clean text.

    >>> layout = find_layout("云岫县2023年法治政府建设情况报告\\n沣阳市人民政府：\\n2023年……\\n云岫县人民政府\\n2024年1月5日")
    >>> layout.title, layout.addressee, layout.date
    ((0, 18), (19, 27), (44, 53))
    """
    patterns = page_patterns()
    rows = page_lines(text, patterns)
    chrome = [_is_chrome(line.text, patterns) for line in rows]
    first = next(
        (i for i, line in enumerate(rows) if not chrome[i] and patterns.marker.match(line.text)), len(rows)
    )
    _list_of_annexes(rows, chrome)
    title = find_title(rows, chrome, min(first, HEADER_LINES), patterns)
    for i in range(title[0] if title else head_of_page(rows, chrome, first)):
        chrome[i] = True
    begin, heads = below_title(rows, chrome, title, first, patterns)
    addressee = begin if begin < min(first, len(rows)) and addresses(rows[begin], title) else None
    if addressee is not None:
        begin += 1
    annexed = annex(rows, chrome, begin, patterns)
    stop = footer(rows, chrome, begin, patterns) if annexed is None else annexed
    stop, signature, date = sign_off(rows, chrome, begin, stop, patterns)
    signature, date = signed_above(rows, chrome, heads, signature, date)
    last = next((i for i in range(stop - 1, begin - 1, -1) if not chrome[i]), None)
    body = (
        (rows[begin].start, rows[last].end)
        if last is not None and begin < len(rows)
        else (len(text), len(text))
    )
    title_span, beside = _title_in_line(text, rows, title) if title else (None, ())
    furniture = _merged(text, rows, chrome)
    return Layout(
        tuple(sorted((*furniture, *SpanSet(furniture).outside(beside)))) if beside else furniture,
        title_span,
        (rows[addressee].start, rows[addressee].end) if addressee is not None else None,
        signature,
        date,
        body,
        tuple(_titles_inside(rows, chrome, begin, last, patterns)),
    )


def _titles_inside(
    lines: list[Line], chrome: list[bool], begin: int, last: int | None, patterns: Patterns
) -> Iterator[tuple[int, int]]:
    """Lines of the text that look like the title of a report, and are none of a list of links: text stands below them."""
    title: tuple[int, int] | None = None
    for i in range(begin, -1 if last is None else last + 1):
        line = lines[i]
        if len(line.text) > TITLE_MAX or line.text.endswith("。"):
            if title is not None:
                yield title
            title = None
        elif not chrome[i] and is_report_title(line.text, patterns):
            # the organ may stand in the line above
            named = i == begin or not _WITHOUT_ORGAN.match(line.text)
            first = line if named or not patterns.organ.match(lines[i - 1].text) else lines[i - 1]
            title = first.start, line.end


def _is_chrome(line: str, patterns: Patterns) -> bool:
    if len(line) > 200:
        return False
    if not line:
        return True  # nothing but the bars of a table
    if patterns.sure.is_in(line):
        return True
    if "。" in line or patterns.marker.match(line):
        return False
    return patterns.chrome.is_in(line) and COUNTS.search(line) is None


def _list_of_annexes(lines: list[Line], chrome: list[bool]) -> None:
    """The numbered lines under 附件: are names of files."""
    for i in range(1, len(lines)):
        listed = chrome[i - 1] and (_ANNEXES.match(lines[i - 1].text) or _ANNEX.match(lines[i - 1].text))
        if listed and _ANNEX.match(lines[i].text) and not SENTENCE_END.search(lines[i].text):
            chrome[i] = True


def _title_in_line(
    text: str, rows: list[Line], title: tuple[int, int]
) -> tuple[tuple[int, int], tuple[tuple[int, int], ...]]:
    """The range of a title without its label, and what stands beside it in its lines."""
    start, end = rows[title[0]].start, rows[title[1]].end
    label = TITLE_LABEL.match(text, start)
    span = label.end() if label else start, end
    return span, tuple(_around(text, span, with_bars(text, start, end)))


def _around(text: str, span: tuple[int, int], whole: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """What stands in a line on either side of a span, if anything does."""
    for start, end in ((whole[0], span[0]), (span[1], whole[1])):
        start, end = trimmed(text, start, end)
        if start < end:
            yield start, end


def _merged(text: str, lines: list[Line], chrome: list[bool]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    inside = False
    for line, furniture in zip(lines, chrome, strict=True):
        if furniture:
            start, end = with_bars(text, line.start, line.end)
            if inside:
                start = spans.pop()[0]
            spans.append((start, end))
        inside = furniture
    return tuple(spans)


def title_line(text: str, layout: Layout) -> str:
    """The title in one line, without marks of a book title around it; empty if there is none."""
    lines = text[layout.title[0] : layout.title[1]].split("\n") if layout.title else []
    return unquoted("".join(" ".join(line.split()) for line in lines))


def chrome_set(layout: Layout) -> SpanSet:
    """The ranges in which neither headings nor figures are looked for."""
    spans = [*layout.chrome, layout.title, layout.addressee, layout.signature, layout.date]
    return SpanSet(span for span in spans if span)
