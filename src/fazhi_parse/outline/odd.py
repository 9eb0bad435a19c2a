"""Markers that count only as a list of their own: 一 甲, 01, 一： and 1。 alone are figures or words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..deferred import deferred
from ..spans import line_end
from .markers import Marker

__all__ = ["numbers_titles", "without_odd"]

_SHORT_LINE = 40
_SET_APART = frozenset(["一", "壹", "01"])
"""Nothing but a space or a line end parts these from their titles, which are short lines."""
_TYPED = frozenset(["一，", "一：", "1。", "1，", "1·", "I"])
"""Another sign was typed behind these, or letters are their numbers; they begin a paragraph."""
_STOPS = "。；;，,"
_NUMBERS = frozenset("一二三四五六七八九十第(（0123456789")
_ENDS = frozenset("。；;！!？?：:”）)")


def without_odd(text: str, markers: list[Marker], styles: set[str]) -> list[Marker]:
    """Leave out what looks like an odd marker and belongs to no list of them.

    Args:
        text: The clean text.
        markers: Candidates, in order.
        styles: The styles that there are.
    """
    odd = (_SET_APART | _TYPED) & styles
    drop: set[Marker] = set()
    for style in odd:
        listed = [m for m in markers if m.style == style]
        stands = _is_title if style in _SET_APART else _begins_paragraph
        if not _counts_up(listed) or not all(stands(text, m) for m in listed):
            drop.update(listed)
    if drop:
        drop -= _between(text, markers, _TYPED & odd)
    return [m for m in markers if m not in drop] if drop else markers


def numbers_titles(text: str, markers: Sequence[Marker]) -> bool:
    """Whether numbers with nothing but a space behind them (1 甲) are those of titles, each with text below; else they are figures."""
    listed = [m for m in markers if m.style == "1"]
    if len(listed) < 2 or not _counts_up(listed) or not all(_is_title(text, m) for m in listed):
        return False
    ends = [line_end(text, m.end) for m in listed]
    if any(" " in text[m.end : end].strip() for m, end in zip(listed, ends, strict=True)):
        return False
    return all(text[end : m.start].strip() for end, m in zip(ends, listed[1:], strict=False))


def _between(text: str, markers: Sequence[Marker], styles: frozenset[str]) -> set[Marker]:
    """Markers of odd styles whose number is that between their neighbours of the same kind: 1. 2。 3."""
    found: set[Marker] = set()
    before: dict[str, list[Marker]] = {}
    for marker in markers:
        row = before.setdefault(marker.kind, [])
        row.append(marker)
        if len(row) >= 3:
            first, middle, last = row[-3:]
            in_order = (first.number + 1, middle.number + 1) == (middle.number, last.number)
            if in_order and middle.style in styles and _begins_paragraph(text, middle):
                found.add(middle)
    return found


def _counts_up(listed: Sequence[Marker]) -> bool:
    """Whether markers are a list that begins with one, or several."""
    in_order = sum(a.number + 1 == b.number for a, b in pairwise(listed))
    again = sum(b.number == 1 < a.number for a, b in pairwise(listed))
    return listed[0].number == 1 and in_order > 0 and (in_order + again) * 3 >= 2 * (len(listed) - 1)


def _is_title(text: str, marker: Marker) -> bool:
    """Whether a short line follows a marker, or is its own."""
    start = marker.end
    end = line_end(text, start)
    if text[start:end].isspace() or start == end:  # the marker is a line of its own
        start = min(end + 1, len(text))
        end = line_end(text, start)
    title = text[start:end].strip()
    if not 0 < len(title) <= _SHORT_LINE or title[-1] in _STOPS or _ROW.search(title):
        return False
    return _FIGURE.match(text, end) is None


_ROW = deferred(r"[ \t]\d[\d,.]*[^\W\d]{0,3}$")
"""How the row of a table ends: 01 行政处罚 120件."""
_FIGURE = deferred(r"\n[ \t]*+[\d.]+(?:[%分]|[^\W\d]{1,2})?[ \t]*+(?:\n|\Z)")
"""A line that is but a figure: the cell of a table."""


def _begins_paragraph(text: str, marker: Marker) -> bool:
    """Whether the line above a marker is one of its own: it ends with a stop, or is a short heading."""
    since = max(0, marker.start - _SHORT_LINE)
    line = text[since : marker.start].rstrip()
    if not line or line[-1] in _ENDS:
        return True
    begins = line.rfind("\n") + 1
    whole = begins > 0 or since == 0
    return whole and (marker.kind == "cn_comma" or line[begins:].lstrip()[:1] in _NUMBERS)
