"""Which markers are headings: sequences that hold together, and no list or figure that only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

from ..deferred import deferred
from ..quantities.units import units
from ..spans import SpanSet, line_end
from .contents import without_contents
from .glued import STRUCTURAL, with_glued
from .markers import Marker, MarkerKind, candidates
from .odd import numbers_titles, without_odd

__all__ = ["find_headings"]

_INLINE_RUN = 2
"""So many markers in sequence make a list inside a paragraph …"""
_ANY_VERB_RUN = 3
"""… and so many where the word behind the number is not 是 or 要 (一把, 二把, 三把)."""
_QUOTES = deferred(r"[“”《》]")
_LONG_QUOTATION = deferred(
    r"“(?:[^“”\n]{0,80}[：:]\n[^“”]{1,600}(?=”)|(?<=\n“)一、[^“”\n]{1,40}\n二、[^“”]{1,400}(?=”))"
)
"""An article of a law quoted with its numbered lines, or a list of slogans."""
_CLOSE_OR_END = deferred(r"[”》\n]")
_LONGEST_QUOTATION = 2000


def find_headings(text: str, skip: SpanSet | None = None, own: Sequence[MarkerKind] = ()) -> list[Marker]:
    """The markers of a clean text that begin a heading or an item, in order.

    Args:
        text: The clean text.
        skip: Ranges without headings (site chrome).
        own: Marker kinds of the user's own; they are headings wherever they stand.

    >>> [m.number for m in find_headings("一、撤销判决；二、维持判决。\\n一、二审案件受理费各50元。")]
    [1, 2]
    """
    found = with_glued(text, candidates(text, own))
    if skip is not None:
        found = skip.outside(found)
    found = without_contents(text, found)
    found = _without_quoted(text, _without_repeated(text, found))
    styles = {m.style for m in found}
    if any(style[0] == "1" and style not in ("1.", "1、", "1)") for style in styles):
        decimals = {(*m.prefix, m.number) for m in found if m.kind == "decimal"}
        titled = "1" in styles and numbers_titles(text, found)
        found = [
            m
            for m in found
            if m.kind != "decimal" or (titled and not m.prefix) or not _is_figure(text, m, decimals)
        ]
    if "条" in styles:
        found = _without_cited(found)
    found = without_odd(text, found, styles)
    return _in_sequence(text, found)


_BLANKS = 20
"""Characters of white space between two lines of which one repeats the other."""


def _without_repeated(text: str, markers: list[Marker]) -> list[Marker]:
    """Leave out a heading that only repeats the line before it, as pages do that keep each heading twice."""
    kept: list[Marker] = []
    for marker in markers:
        last = kept[-1] if kept else None
        again = (
            last is not None
            and last.at_line
            and marker.at_line
            and (last.number, last.style) == (marker.number, marker.style)
            and marker.kind in STRUCTURAL
            and _is_line_again(text, last.start, marker.start)
        )
        if not again:
            kept.append(marker)
    return kept


def _is_line_again(text: str, first: int, second: int) -> bool:
    """Whether two lines, one right after the other, say the same."""
    end = line_end(text, first)
    if second - end > _BLANKS:
        return False
    length = len(text[first:end].rstrip())
    return (
        text[end:second].isspace()
        and length == len(text[second : line_end(text, second)].rstrip())
        and text.startswith(text[first : first + length], second)
    )


def _is_figure(text: str, marker: Marker, decimals: set[tuple[int, ...]]) -> bool:
    """Whether a decimal at a line's start is a figure (1.5万人, 4.15国家安全日), or a number alone no marker (1 with no 1.1)."""
    if not marker.prefix:
        return (marker.number, 1) not in decimals
    if marker.number >= 10 and (*marker.prefix, marker.number - 1) not in decimals:
        return True
    if text[marker.end : marker.end + 1] == " " or text[marker.end - 1] in ".．、":
        return False
    return text[marker.end] in "万亿千百余多" or units().match(text, marker.end) is not None


def _without_cited(markers: list[Marker]) -> list[Marker]:
    """Leave out articles that are cited at a line's start: 第四条 behind 第六条, where 第七条 is still to come."""
    last_at = {m.number: i for i, m in enumerate(markers) if m.style == "条"}
    kept: list[Marker] = []
    number = 0
    for i, marker in enumerate(markers):
        if marker.style == "条":
            if marker.number != number + 1 and number and last_at.get(number + 1, -1) > i:
                continue
            number = marker.number
        kept.append(marker)
    return kept


def _without_quoted(text: str, markers: list[Marker]) -> list[Marker]:
    """Leave out markers inside “…” and 《…》 of one line; a quotation that opens the line is emphasis."""
    long = [(match.start() + 1, match.end()) for match in _LONG_QUOTATION.finditer(text)]
    if long:
        markers = SpanSet(long).outside(markers)
    kept: list[Marker] = []
    opened = -1  # where a quotation began that is still open
    here = 0
    for marker in markers:
        if marker.at_line:
            opened = -1
            kept.append(marker)
        else:
            opened = _still_open(text, here, marker.start, opened)
            if opened < 0 or not _is_closed(text, marker.start):
                kept.append(marker)
        here = marker.start
    return kept


def _still_open(text: str, start: int, end: int, opened: int) -> int:
    """Where the quotation that is open at `end` began, or -1; what is open at `start` began at `opened`."""
    line = text.rfind("\n", start, end)
    if line >= 0:
        start, opened = line + 1, -1
    if opened < 0:
        first = min(at for at in (text.find("“", start, end), text.find("《", start, end), end) if at >= 0)
        if first == end:
            return -1
        start, opened = first + 1, first
    for match in _QUOTES.finditer(text, start, end):
        if match.group() in "“《":
            opened = match.start() if opened < 0 else opened
        else:
            opened = -1
    return opened


def _is_closed(text: str, at: int) -> bool:
    """Whether a quotation that is open at an offset ends on the same line."""
    match = _CLOSE_OR_END.search(text, at, at + _LONGEST_QUOTATION)
    return match is not None and match.group() != "\n"


class _Run:
    """Markers of one style that count up."""

    __slots__ = ("kind", "last", "members")

    def __init__(self, first: int, marker: Marker) -> None:
        self.members = [first]
        self.kind = marker.kind
        self.last = marker.number


def _in_sequence(text: str, markers: list[Marker]) -> list[Marker]:
    """Keep what begins a line in a structural style, what belongs to a sequence, and a 一是 that begins a sentence."""
    runs: list[_Run] = []
    open_runs: dict[str, _Run] = {}
    for i, marker in enumerate(markers):
        _, _, kind, style, number, at_line, _ = marker
        if at_line and kind in STRUCTURAL:
            for other in [s for s, run in open_runs.items() if run.kind not in STRUCTURAL]:
                if style != other and other != "1.":
                    del open_runs[other]
        key = "1." if kind == "arabic_dot" else style
        run = open_runs.get(key)
        if run is not None and (number == run.last + 1 or _continues(marker, run.last)):
            run.members.append(i)
            run.last = number
        elif number <= 1 or (at_line and kind != "item"):
            run = open_runs[key] = _Run(i, marker)
            runs.append(run)
    flat = not any(m.at_line and m.kind in STRUCTURAL for m in markers)
    keep: set[int] = set()
    for run in runs:
        first = markers[run.members[0]]
        if len(run.members) >= (_ANY_VERB_RUN if _loose(first) else _INLINE_RUN):
            keep.update(run.members)
        else:
            keep.update(i for i in run.members if _stands_alone(text, markers, i, flat=flat))
    return markers if len(keep) == len(markers) else [m for i, m in enumerate(markers) if i in keep]


def _stands_alone(text: str, markers: list[Marker], i: int, *, flat: bool) -> bool:
    """Whether a marker is a heading though none of its style goes before or follows."""
    marker = markers[i]
    if marker.at_line and marker.kind != "item":
        return not _alone(marker, markers, i)
    # what follows 一是, or 一、 in a text without lines, may be lost, or carry no number
    begins = marker.number == 1 and (marker.style == "是" or (flat and marker.kind in STRUCTURAL))
    return begins and _begins_sentence(text, marker, flat=flat)


def _begins_sentence(text: str, marker: Marker, *, flat: bool) -> bool:
    """Whether a marker begins a line or a sentence; in a text without lines it may stand right behind a title."""
    before = text[max(0, marker.start - 3) : marker.start]
    if marker.at_line or before.rstrip()[-1:] in _ENDS_SENTENCE:
        return True
    return flat and (before[-1:] == " " or text[marker.start] in "(（")


_ENDS_SENTENCE = frozenset("。；;：:")


def _continues(marker: Marker, last: int) -> bool:
    if marker.number == 0:
        return True
    if marker.style == "首先":
        return marker.number > last
    return 0 < marker.number - last <= 2 or (
        marker.number == last and (marker.at_line or marker.style in ("是", "要"))
    )


def _loose(marker: Marker) -> bool:
    return (
        marker.kind == "item" and marker.number > 0 and marker.style not in ("是", "要", "第", "其", "首先")
    )


def _alone(marker: Marker, markers: list[Marker], i: int) -> bool:
    """An Arabic number at a line's start with no neighbour in number: rather a figure or a date."""
    if marker.kind == "decimal":
        return not any(_beside(marker, other) for other in markers[max(0, i - 30) : i + 31])
    if marker.kind not in ("arabic_dot", "arabic_paren", "circled") or marker.number <= 1:
        return False
    near = markers[max(0, i - 6) : i + 7]
    return not any(
        m is not marker and abs(m.number - marker.number) == 1 and m.kind[:6] == marker.kind[:6] for m in near
    )


def _beside(marker: Marker, other: Marker) -> bool:
    """Whether a marker is a neighbour, the parent or a child of a decimal one: of 1.2 these are 1.1, 1. and 1.2.1."""
    if other.kind == "decimal":
        if other.prefix == marker.prefix:
            return abs(other.number - marker.number) == 1
        return other.prefix == (*marker.prefix, marker.number) or marker.prefix == (
            *other.prefix,
            other.number,
        )
    first = marker.number == 1 and marker.prefix == (other.number,)
    return first and other.at_line and other.kind != "item"
