"""Unnumbered passages that belong to the report as a whole: the closing, and what sums up between chapters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

import attrs

from ..layout import layout_table
from ..years import opening_year
from .markers import Marker
from .roles import role_of

__all__ = ["Passages", "find_passages"]


@attrs.frozen
class Passages:
    """Unnumbered passages, in clean offsets."""

    closing: int | None
    """Where the closing begins."""
    stops: tuple[int, ...]
    """Where passages begin between two chapters that belong to no open list."""


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The first words of such a passage at a line's start, and what a summing-up must then say."""
    closing = layout_table()["closing"]
    kinds = "|".join(f"(?P<{key}>(?={closing[key]}))" for key in ("sign_off", "turn", "in_sum", "sum_up"))
    return re.compile(rf"\n[ \t]*+(?:{kinds})"), re.compile(str(closing["sum_up_needs"]))


def find_passages(
    text: str,
    markers: Sequence[Marker],
    body_end: int,
    tops: Sequence[tuple[int, str]],
    year: int | None = None,
) -> Passages:
    """Where the closing begins, and which passages between chapters belong to no open list.

    Args:
        text: The clean text.
        markers: Its headings, in order.
        body_end: Where the report's text ends.
        tops: Start and title of the top-level headings, in order.
        year: The year that the report is about: what is announced for it is no plan.
    """
    first = next((m.start for m in markers if m.at_line), None)
    last = next((m.start for m in reversed(markers) if m.at_line), None)
    if first is None or last is None:
        return Passages(None, ())
    openings, needs = _openings()
    stops: list[int] = []
    last_top, last_title = tops[-1] if tops else (last, "")
    after = max(last, last_top)
    for match in openings.finditer(text, max(0, text.rfind("\n", 0, first)), body_end):
        start = match.end()
        line = text.find("\n", start, body_end)
        end = body_end if line < 0 else line
        place = bisect_left(markers, start, key=_start)
        if place < len(markers) and markers[place].at_line and markers[place].start < end:
            continue  # the line begins with a heading
        in_sum = match.group("in_sum") is not None
        summing = (in_sum and last > last_top) or (
            (in_sum or match.group("sum_up") is not None) and needs.search(text, start, end) is not None
        )
        if start > after:
            # a plan that has its own headings is over where the year is summed up
            last_role = role_of(last_title)
            unfinished = last_role not in ("plan", "problem") or (
                last_role == "plan" and last > last_top and summing
            )
            named = opening_year(text, start)
            past = named is not None and year is not None and named <= year
            turns = match.group("turn") is not None and not past
            if match.group("sign_off") is not None or (unfinished and (summing or turns)):
                return Passages(start, tuple(stops))
        elif summing and start < last_top and _role_at(tops, start) not in ("plan", "problem"):
            stops.append(start)
    done = role_of(last_title) not in ("plan", "problem")
    closing = None if done else _behind_run_in(text, markers, last_top, body_end)
    return Passages(closing, tuple(stops))


_start = itemgetter(0)
_RUN_IN = re.compile(r"[^。\n]{2,40}。[^\n]+[。；;！!]|[^\n]{20,}[。；;！!]")
"""A line that holds a heading with its body."""
_LAST_LINE = re.compile(r"\s*(\S[^\n]*[。！!])\s*")


def _behind_run_in(text: str, markers: Sequence[Marker], last_top: int, body_end: int) -> int | None:
    """Where a last line without a marker begins, behind headings of the last chapter that have one line each.

    Where all that （一） and （二） say stands in their own lines, a line behind them is not theirs but the report's:
    新的一年，我们将…
    """
    starts = [m.start for m in markers if m.at_line and m.start > last_top]
    if len(starts) < 2:
        return None
    line_end = text.find("\n", starts[-1], body_end)
    lines = [text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], line_end], strict=True)]
    last = _LAST_LINE.fullmatch(text, line_end, body_end) if line_end >= 0 else None
    if last is None or not all(_RUN_IN.fullmatch(line) for line in lines):
        return None
    return last.start(1)


def _role_at(tops: Sequence[tuple[int, str]], at: int) -> str:
    """Role of the top-level heading that an offset stands under."""
    i = bisect_left(tops, (at, "")) - 1
    return role_of(tops[i][1]) if i >= 0 else "done"
