"""Small helpers on half-open ranges of code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from .deferred import deferred

Ranged = TypeVar("Ranged", bound="tuple[Any, ...]")

__all__ = ["LINE_ENDS", "Nested", "SpanSet", "line_end", "lines", "sentence_span", "trimmed"]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends (empty at `start` if nothing else is in it).

    >>> trimmed("  甲 乙\\n", 0, 6)
    (2, 5)
    """
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return start, start
    start += len(part) - len(part.lstrip())
    return start, start + len(stripped)


def line_end(text: str, at: int) -> int:
    """Where the line of an offset ends: at its line break, or at the end of the text."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The lines of a range that hold more than white space, without the white space at their ends.

    >>> list(lines("甲\\n\\n  乙 \\n"))
    [(0, 1), (5, 6)]
    """
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        yield match.span()


_LINE = deferred(r"\S(?:[^\n]*\S)?")
_LONGEST_SENTENCE = 400
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
"""Characters that end a line of a raw text; in clean text all of them are \\n."""
_STOPS = "。！？" + LINE_ENDS


def sentence_span(text: str, start: int, end: int, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """The sentence around a range, without its full stop; at most 400 characters to either side, and `within` a range.

    >>> text = "一、成效\\n设立茶馆12个。另有3个。"
    >>> text[slice(*sentence_span(text, 9, 12))]
    '设立茶馆12个'
    """
    first, last = within if within is not None and within[0] <= start else (0, len(text))
    since, until = max(first, start - _LONGEST_SENTENCE), min(last, end + _LONGEST_SENTENCE)
    first = max(since, *(text.rfind(stop, since, start) + 1 for stop in _STOPS))
    ends = [at for stop in _STOPS if (at := text.find(stop, end, until)) >= 0]
    return first, min(ends, default=until)


class SpanSet:
    """Ranges that may overlap, merged, for fast questions about membership.

    >>> busy = SpanSet([(3, 5), (4, 8)])
    >>> busy.touches(7, 9), busy.touches(8, 9)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        self._starts: Sequence[int] = starts
        self._ends: Sequence[int] = ends

    def touches(self, start: int, end: int) -> bool:
        """Whether any range shares a character with `[start, end)`."""
        i = bisect_right(self._starts, start)
        if i and self._ends[i - 1] > start:
            return True
        return i < len(self._starts) and self._starts[i] < end

    def outside(self, items: Iterable[Ranged]) -> list[Ranged]:
        """The items, given in order of their starts, that share no character with any range.

        An item is a tuple that begins with its start and its end.

        >>> SpanSet([(3, 5)]).outside([(0, 3), (4, 6), (5, 7)])
        [(0, 3), (5, 7)]
        """
        kept: list[Ranged] = []
        i, count = 0, len(self._starts)
        for item in items:
            start = item[0]
            while i < count and self._ends[i] <= start:
                i += 1
            if i == count or self._starts[i] >= item[1]:
                kept.append(item)
        return kept


class Nested:
    """Ranges of which some lie inside others, for the question which is the innermost at an offset.

    >>> ranges = Nested([(0, 9), (2, 5), (5, 7)])
    >>> [ranges.at(offset) for offset in (0, 2, 6, 7, 9)]
    [0, 1, 2, 0, None]
    """

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Take half-open ranges in the order of their starts, outer ones before those inside them."""
        self._places: list[int] = []
        self._numbers: list[int | None] = []
        open_: list[tuple[int, int]] = []
        for number, (start, end) in enumerate(ranges):
            self._close(open_, start)
            self._mark(start, number)
            open_.append((end, number))
        self._close(open_, None)

    def at(self, offset: int) -> int | None:
        """Number of the innermost range that holds an offset, or None."""
        i = bisect_right(self._places, offset)
        return self._numbers[i - 1] if i else None

    def _close(self, open_: list[tuple[int, int]], upto: int | None) -> None:
        """End the ranges that do not reach beyond an offset (all, where there is none)."""
        while open_ and (upto is None or open_[-1][0] <= upto):
            end, _ = open_.pop()
            self._mark(end, open_[-1][1] if open_ else None)

    def _mark(self, place: int, number: int | None) -> None:
        if self._places and self._places[-1] == place:
            self._numbers[-1] = number
        else:
            self._places.append(place)
            self._numbers.append(number)
