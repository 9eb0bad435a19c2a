"""The foot of a page: signature and date, annexes, and what a site has put below."""

from __future__ import annotations

from .deferred import deferred
from .page import COUNTS, DATE, DATE_LINE, HEADER_LINES, Line, Patterns
from .page_title import SENTENCE_END

__all__ = ["annex", "footer", "sign_off"]

_LONG = 60
"""A line so long with a sentence in it is text of the report."""
_LONGEST_SIGNATURE, _MOST_ORGANS = 40, 4
"""Characters before the date in its line, and lines of organs that sign."""
_LABEL = deferred(r"^[^\W\x00-\x7f]{2,6}[:：]$")
_ANNEX_OPENS = deferred(r"附件?[一二三四五六七八九十\d]{0,2}(?:$|[:：])")
_ANNEX_ALONE = deferred(r"附件 ?[一二三四五六七八九十\d]{1,2}[:：]?")
_BUILDING = deferred(r"[馆学园站]$|工会$|妇联$|团委$")
"""How names end that are as well those of what was built: without a date they sign nothing."""
_STAMPED_LABEL = deferred(r"^[^\W\x00-\x7f]{0,4}单位[(（](?:盖章|公章|章)[)）][:：] ?")
_LABELLED_DATE = deferred(rf"(?:报送|填报|上报)?(?:日期|时间)[:：] ?(?:{DATE_LINE.pattern[:-1]})")


def annex(lines: list[Line], chrome: list[bool], begin: int, patterns: Patterns) -> int | None:
    """Index of the line that opens an annex, below the signature and the date or with a number alone, if it states anything."""
    for i in range(begin + 2, len(lines)):
        line = lines[i].text
        if _ANNEX_ALONE.fullmatch(line) or (
            _ANNEX_OPENS.match(line)
            and DATE_LINE.fullmatch(lines[i - 1].text)
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
    return whole and any(map(COUNTS.search, below))


def footer(lines: list[Line], chrome: list[bool], begin: int, patterns: Patterns) -> int:
    """Index behind the last line that is not footer; marks the footer's lines as chrome."""
    signed = _signed(lines, chrome, begin, patterns)
    if signed is not None:
        for i in range(signed, len(lines)):
            chrome[i] = True
        return signed
    stop = len(lines)
    for i in range(len(lines) - 1, begin, -1):
        line = lines[i]
        furniture = chrome[i] or patterns.footer.is_in(line.text)
        report = (
            patterns.marker.match(line.text)
            or (len(line.text) >= _LONG and ("。" in line.text or SENTENCE_END.search(line.text)))
            or line.text.endswith("。")
            or DATE.search(line.text)
            or (
                patterns.organ.match(line.text)
                and i + 1 < len(lines)
                and bool(DATE.search(lines[i + 1].text))
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
    for i in range(len(lines) - 1, max(begin + 1, len(lines) - HEADER_LINES), -1):
        line = lines[i]
        if DATE_LINE.fullmatch(line.text) and patterns.organ.match(lines[i - 1].text) and not chrome[i - 1]:
            return i + 1
        if not (chrome[i] or patterns.footer.is_in(line.text)) and (
            patterns.marker.match(line.text) or "。" in line.text or len(line.text) >= _LONG
        ):
            return None
    return None


def sign_off(
    lines: list[Line], chrome: list[bool], begin: int, stop: int, patterns: Patterns
) -> tuple[int, tuple[int, int] | None, tuple[int, int] | None]:
    """Signature and date below the text, and the index behind the text itself."""
    last = next((i for i in range(stop - 1, begin, -1) if not chrome[i]), None)
    if last is None:
        return stop, None, None
    line = lines[last]
    match = DATE.search(line.text)
    if match is None and last - 1 > begin and patterns.organ.match(lines[last - 1].text):
        match = DATE_LINE.fullmatch(line.text)
    if match is None or match.start() > _LONGEST_SIGNATURE or "。" in line.text:
        return _signed_last(lines, chrome, begin, last, patterns) or (stop, None, None)
    before = line.text[: match.start()].strip()
    labelled = _LABEL.match(before) is not None
    date = (line.start + (0 if labelled else match.start()), line.end)
    if before and not labelled:
        return last, (line.start, line.start + len(before)), date
    i = last
    while (
        i - 1 > begin
        and patterns.organ.match(lines[i - 1].text)
        and not chrome[i - 1]
        and last - i < _MOST_ORGANS
    ):
        i -= 1
    return i, (lines[i].start, lines[last - 1].end) if i < last else None, date


def _signed_last(
    lines: list[Line], chrome: list[bool], begin: int, last: int, patterns: Patterns
) -> tuple[int, tuple[int, int], tuple[int, int] | None] | None:
    """What `sign_off` returns where the last line names the organ, below the date or without one."""
    line, above = lines[last], lines[last - 1]
    if not patterns.organ.match(line.text) or last <= begin or patterns.marker.match(line.text):
        return None
    if last - 1 > begin and not chrome[last - 1] and DATE_LINE.fullmatch(above.text):
        return last - 1, (line.start, line.end), (above.start, above.end)
    dated = _labelled_below(lines, chrome, last)
    if dated is None and _BUILDING.search(line.text):
        return None
    label = _STAMPED_LABEL.match(line.text)
    return last, (line.start + (label.end() if label else 0), line.end), dated


def _labelled_below(lines: list[Line], chrome: list[bool], signed: int) -> tuple[int, int] | None:
    """The date below a signature that a label goes before: 日期：2024年1月5日."""
    if signed + 1 >= len(lines) or _LABELLED_DATE.fullmatch(lines[signed + 1].text) is None:
        return None
    chrome[signed + 1] = False
    return lines[signed + 1].start, lines[signed + 1].end
