"""The page around a report: site chrome, title, addressee, signature and date, line by line."""

from __future__ import annotations

import re
from functools import cache

import attrs

from .deferred import deferred
from .patterns import required
from .quantities.units import load_table
from .spans import SpanSet, lines

__all__ = ["Layout", "find_layout", "layout_table"]


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
    """Issuer's name below the text."""
    date: tuple[int, int] | None
    """Date below the signature."""
    body: tuple[int, int]
    """From the first line of the report's text to its last (without title, addressee, signature and date)."""


@attrs.frozen
class _Line:
    start: int
    end: int
    text: str


@attrs.frozen
class _Patterns:
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
def _patterns() -> _Patterns:
    table = load_table("layout.toml")
    chrome = {
        name: re.compile("|".join(f"(?:{p})" for p in table["chrome"][name]))
        for name in ("line", "sure", "header", "footer")
    }
    return _Patterns(
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


_DATE = deferred(
    r"(?:(?:19|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|[二一][〇○零九OＯ0][一二三四五六七八九〇○零十]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)$"
)
_DATE_LINE = deferred(rf"(?:{_DATE.pattern[:-1]}(?:印发)?|(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}})$")
"""Forms that are a date below a signature only where they fill the line."""
_COUNTS = deferred(r"\d[\d.]*[余多]?[万亿]?[余多]?(?:件|家|个|人|项|条|份|场|起|宗|户|名|台|处|元)")
_TITLE_LABEL = deferred(r"标\s*题\s*[:：]\s*")
_LABEL = deferred(r"^[一-鿿]{2,6}[:：]$")
_ADDRESSEE = deferred(
    r"^(?:[^。；;！？\d]{1,60}(?:政府|委|委员会|办公室|办|人大常委会|人大|局|厅|部|政协|大会|领导小组|部门|单位)|国务院|各位[一-鿿、]{2,20})[:：]$"
)
_SENTENCE_END = deferred(r"[。；;！？!?：:]”?$")
_ANNEX = deferred(r"^\d{1,2} ?[.．、](?=\D|(?:19|20)\d\d年).{2,60}$")
_PERIOD = deferred(r"(?:19|20)\d{2}年度?$")
_TITLE_MAX, _TITLE_LINES, _HEADER_LINES, _LONG = 60, 3, 40, 60


def find_layout(text: str) -> Layout:
    """Where the parts of the page stand in a clean text.

    >>> layout = find_layout("云岫县2023年法治政府建设情况报告\\n沣阳市人民政府：\\n2023年……\\n云岫县人民政府\\n2024年1月5日")
    >>> layout.title, layout.addressee, layout.date
    ((0, 18), (19, 27), (44, 53))
    """
    patterns = _patterns()
    rows = [_Line(start, end, text[start:end]) for start, end in lines(text)]
    chrome = [_is_chrome(line.text, patterns) for line in rows]
    first = next(
        (i for i, line in enumerate(rows) if not chrome[i] and patterns.marker.match(line.text)), len(rows)
    )
    _list_of_annexes(rows, chrome)
    title = _find_title(rows, chrome, min(first, _HEADER_LINES), patterns)
    top = title[0] if title else None
    if top is not None:
        for i in range(top):
            chrome[i] = True
    begin = title[1] + 1 if title else 0
    while begin < min(first, len(rows)) and (
        chrome[begin] or (title and patterns.header.search(rows[begin].text))
    ):
        chrome[begin] = True
        begin += 1
    addressee = begin if begin < min(first, len(rows)) and _ADDRESSEE.match(rows[begin].text) else None
    if addressee is not None:
        begin += 1
    stop = _footer(rows, chrome, begin, patterns)
    stop, signature, date = _sign_off(rows, chrome, begin, stop, patterns)
    last = next((i for i in range(stop - 1, begin - 1, -1) if not chrome[i]), None)
    body = (
        (rows[begin].start, rows[last].end)
        if last is not None and begin < len(rows)
        else (len(text), len(text))
    )
    furniture = _merged(rows, chrome)
    title_span = (rows[title[0]].start, rows[title[1]].end) if title else None
    if title_span and (label := _TITLE_LABEL.match(text, title_span[0])):
        furniture = tuple(sorted((*furniture, label.span())))
        title_span = (label.end(), title_span[1])
    return Layout(
        furniture,
        title_span,
        (rows[addressee].start, rows[addressee].end) if addressee is not None else None,
        signature,
        date,
        body,
    )


def _is_chrome(line: str, patterns: _Patterns) -> bool:
    if len(line) > 200:
        return False
    if any(word in line for word in patterns.sure_words) and patterns.sure.search(line):
        return True
    if "。" in line or patterns.marker.match(line):
        return False
    return patterns.chrome.search(line) is not None and _COUNTS.search(line) is None


def _list_of_annexes(lines: list[_Line], chrome: list[bool]) -> None:
    """The numbered lines under 附件: are names of files."""
    for i in range(1, len(lines)):
        listed = chrome[i - 1] and (lines[i - 1].text.startswith("附件") or _ANNEX.match(lines[i - 1].text))
        if listed and _ANNEX.match(lines[i].text) and not _SENTENCE_END.search(lines[i].text):
            chrome[i] = True


def _find_title(
    lines: list[_Line], chrome: list[bool], upto: int, patterns: _Patterns
) -> tuple[int, int] | None:
    """First and last line of the title."""
    for i in range(min(upto, len(lines))):
        line = lines[i]
        if chrome[i] or len(line.text) > _TITLE_MAX or _SENTENCE_END.search(line.text):
            continue
        if patterns.topic.search(line.text) and patterns.kind.search(line.text):
            if (
                i
                and line.text.startswith("关于")
                and not chrome[i - 1]
                and patterns.organ.match(lines[i - 1].text)
            ):
                return i - 1, i
            return i, i
        for last in range(i + 1, min(i + _TITLE_LINES, upto)):
            if chrome[last] or _SENTENCE_END.search(lines[last].text):
                break
            whole = "".join(line.text for line in lines[i : last + 1])
            named = len(whole) <= _TITLE_MAX and patterns.topic.search(whole) and patterns.kind.search(whole)
            if named and ("关于" in whole or patterns.organ.match(line.text) or _PERIOD.search(line.text)):
                return i, last
    return _any_title(lines, chrome, upto, patterns)


def _any_title(
    lines: list[_Line], chrome: list[bool], upto: int, patterns: _Patterns
) -> tuple[int, int] | None:
    """The first lines of a document of another kind, if they end like a title (…条例, …的通知)."""
    first = next((i for i in range(upto) if not chrome[i]), None)
    if first is None:
        return None
    for last in range(first, min(first + _TITLE_LINES, upto)):
        line = lines[last].text
        whole = "".join(row.text for row in lines[first : last + 1])
        if chrome[last] or _SENTENCE_END.search(line) or "，" in line or len(whole) > _TITLE_MAX:
            return None
        if patterns.other.search(line):
            return first, last
    return None


def _footer(lines: list[_Line], chrome: list[bool], begin: int, patterns: _Patterns) -> int:
    """Index behind the last line that is not footer; marks the footer's lines as chrome."""
    signed = _signed(lines, chrome, begin, patterns)
    if signed is not None:
        for i in range(signed, len(lines)):
            chrome[i] = True
        return signed
    stop = len(lines)
    for i in range(len(lines) - 1, begin, -1):
        line = lines[i]
        furniture = chrome[i] or patterns.footer.search(line.text)
        report = (
            patterns.marker.match(line.text)
            or (len(line.text) >= _LONG and _SENTENCE_END.search(line.text))
            or line.text.endswith("。")
            or _DATE.search(line.text)
            or (
                patterns.organ.match(line.text)
                and i + 1 < len(lines)
                and bool(_DATE.search(lines[i + 1].text))
            )
        )
        if furniture:
            stop = i
        elif report:
            break
    if stop < len(lines) and not any(chrome[stop:]):
        return len(lines)
    for i in range(stop, len(lines)):
        chrome[i] = True
    return stop


def _signed(lines: list[_Line], chrome: list[bool], begin: int, patterns: _Patterns) -> int | None:
    """Index behind an organ and a date below it, if nothing that follows reads like the report."""
    for i in range(len(lines) - 1, max(begin + 1, len(lines) - _HEADER_LINES), -1):
        line = lines[i]
        if _DATE_LINE.fullmatch(line.text) and patterns.organ.match(lines[i - 1].text) and not chrome[i - 1]:
            return i + 1
        if not chrome[i] and (
            patterns.marker.match(line.text) or "。" in line.text or len(line.text) >= _LONG
        ):
            return None
    return None


def _sign_off(
    lines: list[_Line], chrome: list[bool], begin: int, stop: int, patterns: _Patterns
) -> tuple[int, tuple[int, int] | None, tuple[int, int] | None]:
    """Signature and date below the text, and the index behind the text itself."""
    last = next((i for i in range(stop - 1, begin, -1) if not chrome[i]), None)
    if last is None:
        return stop, None, None
    line = lines[last]
    match = _DATE.search(line.text)
    if match is None and last - 1 > begin and patterns.organ.match(lines[last - 1].text):
        match = _DATE_LINE.fullmatch(line.text)
    if match is None or match.start() > 40 or "。" in line.text:
        if patterns.organ.match(line.text) and last > begin and not patterns.marker.match(line.text):
            return last, (line.start, line.end), None
        return stop, None, None
    before = line.text[: match.start()].strip()
    labelled = _LABEL.match(before) is not None
    date = (line.start + (0 if labelled else match.start()), line.end)
    if before and not labelled:
        return last, (line.start, line.start + len(before)), date
    i = last
    while i - 1 > begin and patterns.organ.match(lines[i - 1].text) and not chrome[i - 1] and last - i < 4:
        i -= 1
    if i == last:
        return last, None, date
    return i, (lines[i].start, lines[last - 1].end), date


def _merged(lines: list[_Line], chrome: list[bool]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    inside = False
    for line, furniture in zip(lines, chrome, strict=True):
        if furniture and inside:
            spans[-1] = (spans[-1][0], line.end)
        elif furniture:
            spans.append((line.start, line.end))
        inside = furniture
    return tuple(spans)


def chrome_set(layout: Layout) -> SpanSet:
    """The ranges in which neither headings nor figures are looked for."""
    spans = [*layout.chrome, layout.title, layout.addressee, layout.signature, layout.date]
    return SpanSet(span for span in spans if span)
