"""Sections: the public tree of headings and items, with extents that tile the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from ..errors import Diagnostic
from ..layout import Layout, chrome_set, find_layout, layout_table
from ..source import SourceText
from ..spans import lines, trimmed
from .headings import find_headings
from .markers import Marker
from .roles import Labels, label
from .tree import Node, build_tree, set_ends

__all__ = ["Outline", "Part", "Section", "build_outline"]

_BODY = 120
"""Characters of a section's text that are asked for its topic where the heading does not name one."""
_TITLE_OF_ITEM = 25
"""An item's first sentence is its title only up to this length (contract)."""


@attrs.frozen
class Part:
    """A part of the document that is no section: title, addressee, preamble, closing, signature, date, chrome."""

    kind: str
    """What it is."""
    start: int
    """First code point in the raw input."""
    end: int
    """One behind the last code point."""


@attrs.frozen
class Section:
    """A numbered heading or item with all that stands under it.

    >>> import fazhi_parse as fp
    >>> section = fp.parse_sections("一、成效\\n(一)加强领导。召开会议3次。")[0]
    >>> section.title, section.children[0].title, section.children[0].own_text
    ('成效', '加强领导', '召开会议3次。')
    """

    marker: str
    """The marker as it stands in the raw input: 一、 or (一) or 一是."""
    kind: str
    """cn_comma, cn_paren, arabic_dot, arabic_paren, circled, chapter, decimal or item."""
    number: int
    """Its number; 0 for a dash."""
    level: int
    """Depth in this document's tree, from 1."""
    title: str | None
    """Clean text of the heading; None for an item whose first sentence is long, or is all of it."""
    start: int
    """Raw offset of the marker."""
    end: int
    """Raw offset behind its extent, descendants included, without white space."""
    role: str
    """What the text does: done, outcome, plan, problem or background."""
    dimensions: tuple[str, ...]
    """Ids of the taxonomy, the primary one first; may be empty."""
    path: tuple[str, ...]
    """Headings from the top level down to this one (the marker where there is no title)."""
    why: str
    """Why the parser gave it this place."""
    children: tuple[Section, ...] = attrs.field(repr=False)
    """Sections directly under this one."""
    body_start: int = attrs.field(repr=False)
    """Raw offset where the own text begins: behind marker and title."""
    raw: str = attrs.field(repr=False, eq=False)
    """The whole raw input."""

    @property
    def text(self) -> str:
        """Raw text of the whole extent, marker and descendants included."""
        return self.raw[self.start : self.end]

    @property
    def own_text(self) -> str:
        """Raw text under this heading that belongs to no child, white space trimmed."""
        return "".join(self.raw[s:e] for s, e in self.own_spans()).strip()

    @property
    def heading(self) -> str:
        """Marker and title in one line, in clean text: 第一章 总则, （一）加强领导.

        >>> import fazhi_parse as fp
        >>> fp.parse_sections("第一章 总则\\n第一条 为了规范管理，制定本条例。")[0].heading
        '第一章 总则'
        """
        gap = " " if self.title and (self.marker[:1] == "第" or self.marker[-1:].isdigit()) else ""
        return self.marker + gap + (self.title or "")

    def own_spans(self) -> list[tuple[int, int]]:
        """Raw ranges of the own text, in order."""
        spans: list[tuple[int, int]] = []
        here = self.body_start
        for child in self.children:
            if child.start > here:
                spans.append((here, child.start))
            here = max(here, child.end)
        if self.end > here:
            spans.append((here, self.end))
        return spans

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in document order."""
        stack: list[Section] = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def __str__(self) -> str:
        return "\n".join("  " * (s.level - self.level) + s.heading for s in self.walk())


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


@attrs.frozen
class _Passages:
    """Unnumbered passages, in clean offsets."""

    closing: int | None
    stops: tuple[int, ...]


@cache
def _closing_patterns() -> tuple[re.Pattern[str], ...]:
    closing = layout_table()["closing"]
    return tuple(re.compile(str(closing[key])) for key in ("sum_up", "sum_up_needs", "turn", "sign_off"))


def _passages(
    text: str, markers: Sequence[Marker], layout: Layout, roles: Sequence[tuple[int, str]]
) -> _Passages:
    """Where the closing begins, and which passages between chapters belong to no open list.

    Args:
        text: The clean text.
        markers: Its headings.
        layout: Its page.
        roles: Start and role of the top-level headings.
    """
    sum_up, needs, turn, sign_off = _closing_patterns()
    marked = {text.rfind("\n", 0, m.start) + 1 for m in markers if m.at_line}
    lead = [m.start for m in markers if m.at_line]
    if not lead:
        return _Passages(None, ())
    closing: int | None = None
    stops: list[int] = []
    last_top, last_role = roles[-1] if roles else (lead[-1], "done")
    for start, end in lines(text, lead[0], layout.body[1]):
        if text.rfind("\n", 0, start) + 1 in marked:
            continue
        paragraph = text[start:end]
        summing = sum_up.match(paragraph) and needs.search(paragraph)
        if start > lead[-1] and start > last_top:
            if sign_off.match(paragraph) or (
                last_role not in ("plan", "problem") and (summing or turn.match(paragraph))
            ):
                closing = start
                break
        elif summing and start < last_top and _role_at(roles, start) not in ("plan", "problem"):
            stops.append(start)
    return _Passages(closing, tuple(stops))


def _role_at(roles: Sequence[tuple[int, str]], at: int) -> str:
    """Role of the top-level heading that an offset stands under."""
    return next((role for start, role in reversed(roles) if start < at), "done")


def build_outline(source: SourceText, layout: Layout | None = None) -> Outline:
    """The tree of a clean text, and the parts around it.

    Args:
        source: The text.
        layout: Its page, where it is known already.
    """
    text = source.text
    layout = layout or find_layout(text)
    markers = find_headings(text, chrome_set(layout))
    markers = [m for m in markers if m.start < layout.body[1]]
    nodes, doubts = build_tree(text, markers)
    tops = [
        (n.marker.start, label(_title(text, n)[0] or "").role)
        for n in nodes
        if n.level == 1 and n.marker.at_line
    ]
    passages = _passages(text, [n.marker for n in nodes], layout, tops)
    body_end = layout.body[1]
    if passages.closing is not None:
        if any(m.start >= passages.closing for m in markers):
            nodes, doubts = build_tree(text, markers, [passages.closing])
        _end_before(text, nodes, passages, layout)
    else:
        set_ends(text, nodes, passages.stops, body_end)
    sections = _public(source, nodes)
    diagnostics = tuple(Diagnostic(d.code, d.message, *source.to_raw(d.at.start, d.at.end)) for d in doubts)
    preamble = _preamble(text, nodes, layout)
    extents = tuple((n.marker.start, _title(text, n)[1], n.end) for n in nodes)
    return Outline(
        sections, _parts(source, layout, preamble, passages.closing), diagnostics, extents, preamble
    )


def _end_before(text: str, nodes: list[Node], passages: _Passages, layout: Layout) -> None:
    """Set ends with the closing cut off: its items are a text of their own."""
    assert passages.closing is not None
    inside = [n for n in nodes if n.marker.start >= passages.closing]
    outside = [n for n in nodes if n.marker.start < passages.closing]
    for group, end in ((outside, passages.closing), (inside, layout.body[1])):
        for node in group:
            if (
                node.after is not None
                and node.parent is None
                and node.after.marker.start >= passages.closing > node.marker.start
            ):
                node.after.before, node.after = None, None
        set_ends(text, group, passages.stops, end)


def _preamble(text: str, nodes: Sequence[Node], layout: Layout) -> tuple[int, int] | None:
    start = layout.body[0]
    first = next((n.marker.start for n in nodes), layout.body[1])
    end = first
    if not nodes:
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


def _title(text: str, node: Node) -> tuple[str | None, int]:
    """Title of a node, and the clean offset where its own text begins."""
    start = node.marker.end
    while text[start : start + 1] in (" ", "\t", "　") and start < len(text):
        start += 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if node.marker.kind == "item" or not node.marker.at_line or node.marker.kind == "circled":
        return _item_title(text, node, start, line_end)
    if not text[start:line_end].strip():  # a marker split from its title
        again = text.find("\n", line_end + 1)
        again = len(text) if again < 0 else again
        if node.children and node.children[0].marker.start <= again:
            return None, line_end
        start, line_end = line_end + 1, again
    limit = min([line_end, *(child.marker.start for child in node.children[:1])])
    if node.after is not None and node.after.marker.start < limit:
        limit = node.after.marker.start
    sentence = text.find("。", start, limit)
    inner_list = limit < line_end and sentence < 0
    if sentence < 0:
        whole = text[start:limit].strip()
        if whole[-1:] in ("；", ";") and not node.children:
            return None, start
        return (None if inner_list and not whole else whole.rstrip("：:") or None), limit
    return text[start:sentence].strip() or None, sentence + 1


def _item_title(text: str, node: Node, start: int, line_end: int) -> tuple[str | None, int]:
    """An item has a title only where its first sentence is short and more of the item follows."""
    limit = node.end if node.end else line_end
    upto = min([limit, *(child.marker.start for child in node.children[:1])])
    sentence = text.find("。", start, min(upto, start + 4 * _TITLE_OF_ITEM))
    if sentence < 0 or len("".join(text[start:sentence].split())) > _TITLE_OF_ITEM:
        return None, start
    if not text[sentence + 1 : limit].strip():
        return None, start
    title = text[start:sentence].strip()
    return title.lstrip("，,、：:") or None, sentence + 1


def _public(source: SourceText, nodes: Sequence[Node]) -> tuple[Section, ...]:
    """Frozen sections with raw offsets, children before parents."""
    text, raw = source.text, source.raw
    titles: dict[int, tuple[str | None, int]] = {}
    labels: dict[int, Labels] = {}
    paths: dict[int, tuple[str, ...]] = {}
    for node in nodes:
        title, body = titles[id(node)] = _title(text, node)
        above = labels.get(id(node.parent)) if node.parent else None
        body_text = text[body : min(body + _BODY, node.end)] if title else ""
        labels[id(node)] = label(title or "", above, lead=_lead(text, node), body=body_text, level=node.level)
        outer = paths.get(id(node.parent), ()) if node.parent else ()
        paths[id(node)] = (*outer, title or text[node.marker.start : node.marker.end])
    built: dict[int, Section] = {}
    for node in reversed(nodes):
        title, body = titles[id(node)]
        start, marker_end = source.to_raw(node.marker.start, node.marker.end)
        clean_start, clean_end = trimmed(text, node.marker.start, max(node.end, node.marker.end))
        end = source.to_raw(clean_start, clean_end)[1]
        body = min(max(body, node.marker.end), clean_end)
        body_raw = source.to_raw(body, body)[0] if body < clean_end else end
        built[id(node)] = Section(
            raw[start:marker_end], node.marker.kind, node.number, node.level, title, start, end,
            labels[id(node)].role, labels[id(node)].dimensions, paths[id(node)], node.why,
            tuple(built[id(child)] for child in node.children), body_raw, raw,
        )  # fmt: skip
    return tuple(built[id(node)] for node in nodes if node.parent is None)


def _lead(text: str, node: Node) -> str:
    """What stands before an item in its paragraph: 2017年，我们将着重抓好以下工作。一是… (empty if nothing)."""
    first = node
    while (
        first.before is not None
        and first.before.number < first.number
        and first.before.marker.style == first.marker.style
    ):
        first = first.before
    if node.marker.kind != "item":
        return ""
    paragraph = text.rfind("\n", 0, first.marker.start) + 1
    since = max(
        paragraph, first.before.end if first.before else 0, node.parent.marker.end if node.parent else 0
    )
    return text[since : first.marker.start]
