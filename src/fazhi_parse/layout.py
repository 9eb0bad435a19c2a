"""The page around a report: site chrome, title, addressee, signature and date, line by line."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from .deferred import deferred
from .page import TITLE_LINES, TITLE_MAX, Line, Patterns, layout_table, page_lines, page_patterns, with_bars
from .page_title import SENTENCE_END, TITLE_LABEL, find_title, is_report_title, repeats, title_words, unquoted
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


_DATE = deferred(
    r"(?:(?:19|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|[二一][〇○零九OＯ0][一二三四五六七八九〇○零十]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)$"
)
_DATE_LINE = deferred(rf"(?:{_DATE.pattern[:-1]}(?:印发)?|(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}})$")
"""Forms that are a date below a signature only where they fill the line."""
_HEAD_DATE = deferred(rf"[(（]\s*{_DATE.pattern[:-1]}\s*[)）]")
"""The date under a title: （2024年1月10日）."""
_COUNTS = deferred(r"\d[\d.]*[余多]?[万亿]?[余多]?(?:件|家|个|人|项|条|份|场|起|宗|户|名|台|处|元)")
_LABEL = deferred(r"^[^\W\x00-\x7f]{2,6}[:：]$")
_OPEN_LABEL = deferred(
    r"(?:来源|作者|时间|日期|单位|机构|机关|部门|编辑|文号|索引号|字号|分类|者|人|有效性|状态)[:：]$"
    r"|^(?:[-•·]\s*)?(?:索\s*引\s*号|[^\W\x00-\x7f]{2}(?:类[型别]|分类|种类|名称|单位|机构|机关|字号|日期|时间|方式|状态)|文\s*号|关键词)$"
)
_VALUE = deferred(r"[^，。；：、,;:]{1,20}|[\d :：.年月日/-]{4,40}")
_ADDRESSEE = deferred(
    r"^(?:[^。；;！？\d]{1,60}(?:政府|国务院|委|委员会|办公室|办|人大常委会|人大|局|厅|部|政协|大会|领导小组|部门|单位)|国务院|(?:尊敬的)?(?:[^\W\x00-\x7f]{2,4}、){0,4}各位[一-鿿、，,]{2,20})[:：]$"
)
_TWO_ORGANS = deferred(r"^(?:中共)?[^\W\x00-\x7f]{1,12}委(?:员会)?[、，,][^\W\x00-\x7f]{1,12}政府$")
"""Whom a report is for, where no colon says so: 中共云岫县委、云岫县人民政府."""
_ANNEXES = deferred(r"(?:相关|有关)?附件|文件下载|相关(?:链接|阅读|文件|文章|新闻)|延伸阅读")
_ANNEX = deferred(r"^\d{1,2} ?[.．、](?=\D|(?:19|20)\d\d年).{2,60}$")
_LONGEST_HEADER = 160
"""A longer line is text."""
_HEADER_LINES, _LONG = 40, 60
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
    title = find_title(rows, chrome, min(first, _HEADER_LINES), patterns)
    for i in range(title[0] if title else _head_of_page(rows, chrome, first)):
        chrome[i] = True
    begin, heads = _below_title(rows, chrome, title, first, patterns)
    addressee = begin if begin < min(first, len(rows)) and _addresses(rows[begin], title) else None
    if addressee is not None:
        begin += 1
    annex = _annex(rows, chrome, begin, patterns)
    stop = _footer(rows, chrome, begin, patterns) if annex is None else annex
    stop, signature, date = _sign_off(rows, chrome, begin, stop, patterns)
    signature, date = _signed_above(rows, chrome, heads, signature, date)
    last = next((i for i in range(stop - 1, begin - 1, -1) if not chrome[i]), None)
    body = (
        (rows[begin].start, rows[last].end)
        if last is not None and begin < len(rows)
        else (len(text), len(text))
    )
    furniture = _merged(text, rows, chrome)
    title_span = None
    if title:
        start, end = rows[title[0]].start, rows[title[1]].end
        label = TITLE_LABEL.match(text, start)
        title_span = (label.end() if label else start, end)
        beside = _around(text, title_span, with_bars(text, start, end))
        furniture = tuple(sorted((*furniture, *SpanSet(furniture).outside(beside))))
    return Layout(
        furniture,
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


def _addresses(line: Line, title: tuple[int, int] | None) -> bool:
    """Whether the first line of the text names whom the report is for."""
    below_title = title is not None and _TWO_ORGANS.match(line.text) is not None
    return below_title or _ADDRESSEE.match(line.text) is not None


def _is_chrome(line: str, patterns: Patterns) -> bool:
    if len(line) > 200:
        return False
    if not line:
        return True  # nothing but the bars of a table
    if any(word in line for word in patterns.sure_words) and patterns.sure.search(line):
        return True
    if "。" in line or patterns.marker.match(line):
        return False
    return patterns.chrome.search(line) is not None and _COUNTS.search(line) is None


def _below_title(
    lines: list[Line], chrome: list[bool], title: tuple[int, int] | None, upto: int, patterns: Patterns
) -> tuple[int, list[int]]:
    """Index of the line with which the text begins, and of those before it that sign and date the report.

    What else stands before it, below the title, is furniture.
    """
    begin = title[1] + 1 if title else _head_of_page(lines, chrome, upto)
    heads: list[int] = []
    while begin < upto:
        line = lines[begin].text
        in_header = begin > 0 and len(line) <= _LONGEST_HEADER
        count = int(chrome[begin] or (in_header and patterns.header.search(line) is not None))
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


_BARE = deferred(r"(?:[一-鿿 ]{2,8}[：:])?[^，,。；;：！!？?]{0,40}")


def _head_of_page(lines: list[Line], chrome: list[bool], upto: int) -> int:
    """Index behind the last furniture above a text without a title.

    Short lines without punctuation that stand above it, or above the addressee, are furniture as well.
    """
    head = 0
    for i in range(min(upto, _HEADER_LINES)):
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


_STAMPED = deferred(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|^(?:信息|文章)?来源\s*[:：]")


def _signed_above(
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


def _is_value(line: str, before: str) -> bool:
    """Whether a line is the value of a label that stands on a line of its own: 来源： / 县司法局."""
    return _OPEN_LABEL.search(before) is not None and _VALUE.fullmatch(line) is not None


def _list_of_annexes(lines: list[Line], chrome: list[bool]) -> None:
    """The numbered lines under 附件: are names of files."""
    for i in range(1, len(lines)):
        listed = chrome[i - 1] and (_ANNEXES.match(lines[i - 1].text) or _ANNEX.match(lines[i - 1].text))
        if listed and _ANNEX.match(lines[i].text) and not SENTENCE_END.search(lines[i].text):
            chrome[i] = True


_ANNEX_OPENS = deferred(r"附件?[一二三四五六七八九十\d]{0,2}(?:$|[:：])")
_ANNEX_ALONE = deferred(r"附件 ?[一二三四五六七八九十\d]{1,2}[:：]?")


def _annex(lines: list[Line], chrome: list[bool], begin: int, patterns: Patterns) -> int | None:
    """Index of the line that opens an annex, below the signature and the date or with a number alone, if it states anything."""
    for i in range(begin + 2, len(lines)):
        line = lines[i].text
        if _ANNEX_ALONE.fullmatch(line) or (
            _ANNEX_OPENS.match(line)
            and _DATE_LINE.fullmatch(lines[i - 1].text)
            and patterns.organ.match(lines[i - 2].text)
        ):
            return i if _states(lines, chrome, i, patterns) else None
    return None


def _states(lines: list[Line], chrome: list[bool], at: int, patterns: Patterns) -> bool:
    """Whether an annex states figures, and is not the report itself, handed on by a notice."""
    above = [lines[i].text for i in range(at) if not chrome[i]]
    below = [lines[i].text for i in range(at + 1, len(lines)) if not chrome[i]]
    chapters = [text for text in above if patterns.marker.match(text)]
    whole = len(chapters) > 1 or not any(map(patterns.marker.match, below))
    return whole and any(map(_COUNTS.search, below))


def _footer(lines: list[Line], chrome: list[bool], begin: int, patterns: Patterns) -> int:
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
            or (len(line.text) >= _LONG and ("。" in line.text or SENTENCE_END.search(line.text)))
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


def _signed(lines: list[Line], chrome: list[bool], begin: int, patterns: Patterns) -> int | None:
    """Index behind an organ and a date below it, if nothing that follows reads like the report."""
    for i in range(len(lines) - 1, max(begin + 1, len(lines) - _HEADER_LINES), -1):
        line = lines[i]
        if _DATE_LINE.fullmatch(line.text) and patterns.organ.match(lines[i - 1].text) and not chrome[i - 1]:
            return i + 1
        if not (chrome[i] or patterns.footer.search(line.text)) and (
            patterns.marker.match(line.text) or "。" in line.text or len(line.text) >= _LONG
        ):
            return None
    return None


def _sign_off(
    lines: list[Line], chrome: list[bool], begin: int, stop: int, patterns: Patterns
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
            above = lines[last - 1]
            if last - 1 > begin and not chrome[last - 1] and _DATE_LINE.fullmatch(above.text):
                return last - 1, (line.start, line.end), (above.start, above.end)
            dated = _labelled_below(lines, chrome, last)
            if dated is None and _BUILDING.search(line.text):
                return stop, None, None
            label = _STAMPED_LABEL.match(line.text)
            start = line.start + (label.end() if label else 0)
            return last, (start, line.end), dated
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


_BUILDING = deferred(r"[馆学园站]$|工会$|妇联$|团委$")
"""How names end that are as well those of what was built: without a date they sign nothing."""
_STAMPED_LABEL = deferred(r"^[^\W\x00-\x7f]{0,4}单位[(（](?:盖章|公章|章)[)）][:：] ?")
_LABELLED_DATE = deferred(rf"(?:报送|填报|上报)?(?:日期|时间)[:：] ?(?:{_DATE_LINE.pattern[:-1]})")


def _labelled_below(lines: list[Line], chrome: list[bool], signed: int) -> tuple[int, int] | None:
    """The date below a signature that a label goes before: 日期：2024年1月5日."""
    if signed + 1 >= len(lines) or _LABELLED_DATE.fullmatch(lines[signed + 1].text) is None:
        return None
    chrome[signed + 1] = False
    return lines[signed + 1].start, lines[signed + 1].end


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
