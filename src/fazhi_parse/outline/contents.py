"""Tables of contents: headings that are only listed, with the number of a page or above the text itself."""

from __future__ import annotations

from ..deferred import deferred
from ..spans import line_end
from .markers import Marker

__all__ = ["without_contents"]

_LINE = deferred(r"(?:[.．…·•\-—_ \t][.．…·•\-—_ \t]|\t) *+[(（]?\d{1,4}[)）]? *+$")
_PAGE_NUMBER_ENDS = frozenset("0123456789)） ")
_TITLE = deferred(r"\n[ \t]*+目[ \t]*[录錄次][ \t]*(?=\n)")
_PAGE = deferred(r"[ \t.．…·/]*[(（]?\d{1,3}[)）]?$")
"""The page of a heading, however it is set behind it."""


def without_contents(text: str, markers: list[Marker]) -> list[Marker]:
    """Leave out tables of contents: lines that end in a page number, the block under 目录, headings listed before all come again.

    Args:
        text: The clean text.
        markers: Candidates, in order.
    """
    drop: set[int] = set()
    lines: dict[str, int] = {}
    again = -1
    for i, marker in enumerate(markers):
        if not marker.at_line:
            continue
        end = line_end(text, marker.end)
        if text[end - 1] in _PAGE_NUMBER_ENDS and _LINE.search(text, marker.start, end):
            drop.add(i)
        elif again < 0 and end - marker.start <= _LONGEST:
            line = _said(text, marker.start, end)
            if line in lines:
                again = i
                drop.update(_listed(text, markers, lines[line], i))
            lines.setdefault(line, i)
    if not drop and (title := _TITLE.search("\n" + text)) is not None:
        drop.update(_block(text, markers, title.end() - 1))
    return [m for i, m in enumerate(markers) if i not in drop] if drop else markers


_LONGEST = 60
"""A line longer than this is no heading of a table of contents."""


def _said(text: str, start: int, end: int) -> str:
    """A line without white space and the number of a page."""
    page = _PAGE.search(text, start, end) if text[end - 1] in _PAGE_NUMBER_ENDS else None
    return "".join(text[start : page.start() if page is not None else end].split())


def _listed(text: str, markers: list[Marker], first: int, again: int) -> range:
    """Indices of headings one right below the other, the first of which comes again below them, and so do all others."""
    listed = markers[first:again]
    ends = [line_end(text, m.end) for m in listed]
    if len(listed) < 2 or any(text[e : m.start].strip() for e, m in zip(ends, listed[1:], strict=False)):
        return range(0)
    end = line_end(text, markers[again].end)
    following = markers[again + 1].start if again + 1 < len(markers) else len(text)
    if not text[end:following].strip() and _said(text, following, line_end(text, following)) == _said(
        text, listed[1].start, ends[1]
    ):
        return range(0)  # a list that each of several things has: no text stands below it here either
    below = {_said(text, m.start, line_end(text, m.end)) for m in markers[again:] if m.at_line}
    come = all(_said(text, m.start, end) in below for m, end in zip(listed, ends, strict=True))
    return range(first, again) if come else range(0)


def _block(text: str, markers: list[Marker], since: int) -> range:
    """Indices of the headings listed under 目录: up to the one that repeats an earlier one."""
    lines: dict[str, int] = {}
    last = -1
    for i, marker in enumerate(markers):
        if marker.start < since or not marker.at_line:
            continue
        line = _said(text, marker.start, line_end(text, marker.end))
        if line in lines:
            return range(lines[line], i)
        if not lines or i - last == 1:
            lines[line] = last = i
    return range(0)
