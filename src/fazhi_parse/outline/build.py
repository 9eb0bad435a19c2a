"""From a clean text to its public outline: headings, tree, extents, labels, parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ..errors import Diagnostic
from ..layout import Layout, chrome_set, find_layout
from ..pauses import collector_paused
from ..source import SourceText
from ..spans import lines, trimmed
from ..years import reported_year
from .extents import set_ends
from .headings import find_headings
from .markers import SIGNS, MarkerKind
from .passages import Passages, find_passages
from .roles import Labels
from .sections import Part, Section
from .titles import title_of
from .tree import LIST_KINDS, Node, build_tree

__all__ = ["Outline", "build_outline"]


@attrs.frozen
class Outline:
    """What the outline stage finds, ready for the report."""

    sections: tuple[Section, ...]
    """Top-level sections."""
    parts: tuple[Part, ...]
    """Parts that are no sections."""
    diagnostics: tuple[Diagnostic, ...]
    """Doubts about the numbering."""
    nodes: tuple[tuple[int, int, int], ...]
    """Clean extent (marker, body, end) of every section, in document order."""
    preamble: tuple[int, int] | None
    """Clean range of the preamble."""
    year: int | None
    """Year that the report is about: a heading about the next one tells plans."""


def build_outline(
    source: SourceText, layout: Layout | None = None, *, own: Iterable[MarkerKind] = ()
) -> Outline:
    """The tree of a clean text, and the parts around it.

    Args:
        source: The text.
        layout: Its page, where it is known already.
        own: Marker kinds of the user's own.
    """
    layout = layout or find_layout(source.text)
    with collector_paused():
        return _build(source, layout, tuple(own))


def _build(source: SourceText, layout: Layout, own: tuple[MarkerKind, ...]) -> Outline:
    text = source.text
    markers = [m for m in find_headings(text, chrome_set(layout), own) if m.start < layout.body[1]]
    ranks = {kind.name: kind.rank for kind in own}
    nodes, doubts = build_tree(text, markers, ranks=ranks)
    tops: list[tuple[int, str]] = []
    top = nodes[0] if nodes else None
    while top is not None:
        if top.marker.at_line:
            tops.append((top.marker.start, title_of(text, top)[0] or ""))
        top = top.after
    preamble = _preamble(text, nodes, layout)
    year = reported_year(text, layout, preamble)
    passages = find_passages(text, markers, layout.body[1], tops, year)
    if passages.closing is None:
        set_ends(text, nodes, passages.stops, layout.body[1])
    else:
        if markers[-1].start >= passages.closing:
            nodes, doubts = build_tree(text, markers, [passages.closing], ranks=ranks)
        _end_before(text, nodes, passages.closing, passages, layout)
    sections, extents = _public(source, nodes, year)
    diagnostics = tuple(Diagnostic(d.code, d.message, *source.to_raw(d.at.start, d.at.end)) for d in doubts)
    parts = _parts(source, layout, preamble, passages.closing)
    return Outline(sections, parts, diagnostics, extents, preamble, year)


def _end_before(text: str, nodes: list[Node], closing: int, passages: Passages, layout: Layout) -> None:
    """Set ends with the closing cut off: its items are a text of their own."""
    inside = [n for n in nodes if n.marker.start >= closing]
    outside = [n for n in nodes if n.marker.start < closing]
    if inside and inside[0].before is not None:
        inside[0].before.after, inside[0].before = None, None
    set_ends(text, outside, passages.stops, closing)
    set_ends(text, inside, passages.stops, layout.body[1])


def _public(
    source: SourceText, nodes: Sequence[Node], year: int | None
) -> tuple[tuple[Section, ...], tuple[tuple[int, int, int], ...]]:
    """Frozen sections with raw offsets, and the clean extents (marker, body, end), in document order."""
    text, edited = source.text, not source.keeps_offsets
    extents: list[tuple[int, int, int]] = []
    top: list[Section] = []
    open_nodes: list[Node] = []
    for node in nodes:
        parent = node.parent
        while open_nodes and open_nodes[-1] is not parent:
            _close(open_nodes.pop(), top, source, edited)
        open_nodes.append(node)
        marker = node.marker
        start = marker[0]
        node.title, node.body = title, body = title_of(text, node)
        above = (title or text[start : marker[1]],)
        if parent is None:
            node.labels = Labels(title, None, node, text, year)
            node.path = above
        else:
            inherits = title is None and marker[2] not in LIST_KINDS and marker[5]
            node.labels = parent.labels if inherits else Labels(title, parent.labels, node, text, year)
            node.path = parent.path + above
        extents.append((start, body, node.end))
    while open_nodes:
        _close(open_nodes.pop(), top, source, edited)
    for node in nodes:  # without cycles what is no longer needed goes at once, not when a collector comes by
        node.parent = node.after = None
        del node.section, node.labels
    return tuple(top), tuple(extents)


def _begins_line(text: str, since: int, at: int) -> bool:
    """Whether nothing stands before a character in its line, which begins behind an offset."""
    line = text.rfind("\n", since, at)
    return line >= 0 and not text[line:at].strip()


def _close(node: Node, top: list[Section], source: SourceText, edited: bool) -> None:
    """Make the section of a node all of whose children have theirs."""
    text, raw, end = source.text, source.raw, node.end
    start, marker_end, kind, _, number, _, _ = node.marker
    if end < marker_end:
        end = marker_end
    while text[end - 1].isspace():
        end -= 1
    if text[end - 1] in SIGNS and _begins_line(text, marker_end, end - 1):  # it belongs to the next marker
        end -= 1
        while text[end - 1].isspace():
            end -= 1
    body = min(max(node.body, marker_end), end)
    if edited:
        raw_start, raw_marker_end = source.to_raw(start, marker_end)
        if body < end:
            body, end = source.to_raw(body, end)
        else:
            body = end = source.to_raw(start, end)[1]
        start, marker_end = raw_start, raw_marker_end
    children = tuple([child.section for child in node.inner]) if node.inner else ()
    node.section = section = Section(
        raw[start:marker_end], kind, number, node.level, node.title, start, end,
        node.labels, node.path, node.why, children, body, raw,
    )  # fmt: skip
    if node.parent is None:
        top.append(section)


def _preamble(text: str, nodes: Sequence[Node], layout: Layout) -> tuple[int, int] | None:
    start = layout.body[0]
    if nodes:
        end = nodes[0].marker.start
    else:
        end = next(lines(text, start, layout.body[1]), (start, start))[1]
    span = trimmed(text, start, max(start, end))
    return span if span[1] > span[0] else None


def _parts(
    source: SourceText, layout: Layout, preamble: tuple[int, int] | None, closing: int | None
) -> tuple[Part, ...]:
    spans: list[tuple[str, tuple[int, int]]] = [("chrome", span) for span in layout.chrome]
    for kind, span in (
        ("title", layout.title),
        ("addressee", layout.addressee),
        ("preamble", preamble),
        ("closing", trimmed(source.text, closing, layout.body[1]) if closing is not None else None),
        ("signature", layout.signature),
        ("date", layout.date),
    ):
        if span and span[1] > span[0]:
            spans.append((kind, span))
    parts = [Part(kind, *source.to_raw(*span)) for kind, span in spans]
    # page numbers between joined lines are furniture that is gone from the clean text
    for edit in source.edits:
        if edit.reason == "page_number":
            parts.append(Part("chrome", *trimmed(source.raw, edit.start, edit.end)))
    return tuple(sorted(parts, key=lambda part: (part.start, part.end)))
