"""Which markers are headings: sequences that hold together, and no list or figure that only looks like one."""

from __future__ import annotations

import re

from ..quantities.units import units
from ..spans import SpanSet
from .markers import Marker, candidates

__all__ = ["find_headings"]

_INLINE_RUN = 2
"""So many markers in sequence make a list inside a paragraph …"""
_ANY_VERB_RUN = 3
"""… and so many where the word behind the number is not 是 or 要 (一把, 二把, 三把)."""
_CONTENTS_LINE = re.compile(r"(?:[.．…·•\-—_]{2,}|[ \t]{2,}|\t) *[(（]?\d{1,4}[)）]? *$")
_CONTENTS_TITLE = re.compile(r"(?:^|\n)[ \t]*目[ \t]*[录錄次][ \t]*(?=\n)")
_QUOTES = re.compile(r"[“”《》\n]")
_STRUCTURAL = frozenset(["chapter", "cn_comma", "cn_paren"])


def find_headings(text: str, skip: SpanSet | None = None) -> list[Marker]:
    """The markers of a clean text that begin a heading or an item, in order.

    Args:
        text: The clean text.
        skip: Ranges without headings (site chrome).

    >>> [m.number for m in find_headings("一、撤销判决；二、维持判决。\\n一、二审案件受理费各50元。")]
    [1, 2]
    """
    found = [m for m in candidates(text) if not (skip and skip.touches(m.start, m.end))]
    found = _without_contents(text, found)
    found = _without_quoted(text, found)
    decimals = {(m.prefix, m.number) for m in found if m.kind == "decimal"}
    found = [m for m in found if not _is_figure(text, m, decimals)]
    return _in_sequence(found)


def _is_figure(text: str, marker: Marker, decimals: set[tuple[tuple[int, ...], int]]) -> bool:
    """A decimal at a line's start (1.5万人) or 3、4个: a figure, not a marker."""
    if marker.kind == "decimal":
        if marker.number >= 10 and (marker.prefix, marker.number - 1) not in decimals:
            return True  # 4.15国家安全日
        if text[marker.end : marker.end + 1] == " " or text[marker.end - 1] in ".．、":
            return False
        return text[marker.end] in "万亿千百余多" or units().match(text, marker.end) is not None
    return False


def _without_contents(text: str, markers: list[Marker]) -> list[Marker]:
    """Leave out tables of contents: lines that end in a page number, or the block under 目录."""
    drop: set[int] = set()
    for i, marker in enumerate(markers):
        if marker.at_line:
            line = text[marker.start : _line_end(text, marker.end)]
            if _CONTENTS_LINE.search(line):
                drop.add(i)
    if title := _CONTENTS_TITLE.search(text):
        lines: dict[str, int] = {}
        for i, marker in enumerate(markers):
            if marker.start < title.end() or not marker.at_line:
                continue
            line = "".join(text[marker.start : _line_end(text, marker.end)].split())
            if line in lines:
                drop.update(range(lines[line], i))
                break
            if not lines or i - max(lines.values()) == 1:
                lines[line] = i
    return [m for i, m in enumerate(markers) if i not in drop]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _without_quoted(text: str, markers: list[Marker]) -> list[Marker]:
    """Leave out markers inside “…” and 《…》 of one line; a quotation that opens the line is emphasis."""
    if not markers:
        return markers
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _QUOTES.finditer(text):
        char = match.group()
        if char in "“《":
            opened = match.start() if opened is None else opened
        elif char == "\n":
            opened = None
        elif opened is not None:
            spans.append((opened, match.start()))
            opened = None
    inside = SpanSet(spans)
    return [m for m in markers if m.at_line or not inside.touches(m.start, m.start + 1)]


class _Run:
    """Markers of one style that count up."""

    def __init__(self, first: int, number: int) -> None:
        self.members = [first]
        self.last = number


def _in_sequence(markers: list[Marker]) -> list[Marker]:
    """Keep what begins a line in a structural style, and what belongs to a sequence."""
    runs: list[_Run] = []
    open_runs: dict[str, _Run] = {}
    for i, marker in enumerate(markers):
        if marker.at_line and marker.kind in _STRUCTURAL:
            for style in [
                s for s, run in open_runs.items() if markers[run.members[0]].kind not in _STRUCTURAL
            ]:
                if marker.style != style and style != "1.":
                    del open_runs[style]
        key = "1." if marker.kind == "arabic_dot" else marker.style
        run = open_runs.get(key)
        if run is not None and _continues(marker, run.last):
            run.members.append(i)
            run.last = marker.number
        elif marker.number <= 1 or (marker.at_line and marker.kind != "item"):
            run = open_runs[key] = _Run(i, marker.number)
            runs.append(run)
    keep: set[int] = set()
    for run in runs:
        first = markers[run.members[0]]
        enough = len(run.members) >= (_ANY_VERB_RUN if _loose(first) else _INLINE_RUN)
        for i in run.members:
            marker = markers[i]
            if enough or (marker.at_line and marker.kind != "item" and not _alone(marker, markers, i)):
                keep.add(i)
    return [m for i, m in enumerate(markers) if i in keep]


def _continues(marker: Marker, last: int) -> bool:
    if marker.style == "——":
        return True
    if marker.style == "首先":
        return marker.number > last
    return 0 < marker.number - last <= 2 or (
        marker.number == last and (marker.at_line or marker.style in ("是", "要"))
    )


def _loose(marker: Marker) -> bool:
    return marker.kind == "item" and marker.style not in ("是", "要", "第", "其", "首先", "——")


def _alone(marker: Marker, markers: list[Marker], i: int) -> bool:
    """An Arabic number at a line's start with no neighbour in number: rather a figure."""
    if marker.kind not in ("arabic_dot", "arabic_paren", "decimal", "circled") or marker.number <= 1:
        return False
    near = markers[max(0, i - 6) : i + 7]
    return not any(
        m is not marker and abs(m.number - marker.number) == 1 and m.kind[:6] == marker.kind[:6] for m in near
    )
