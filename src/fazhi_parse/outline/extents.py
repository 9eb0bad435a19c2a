"""Where each node's extent ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from ..deferred import deferred
from .tree import LIST_KINDS, Node

__all__ = ["set_ends"]

_SEMICOLON = deferred(r"[；;]\s*$")
_RUN_IN = frozenset(["arabic_dot", "arabic_paren"])
_SENTENCE = deferred(r"[。！？!?]”?")


def set_ends(text: str, nodes: Sequence[Node], stops: Sequence[int], body_end: int) -> None:
    """Set where each node's extent, descendants included, ends (white space not yet trimmed).

    Args:
        text: The clean text.
        nodes: All nodes in document order.
        stops: Offsets at which unnumbered passages begin that belong to no open list
            (`一年来…` between two chapters): descendants of a top-level node end there.
        body_end: Where the report's text ends.
    """
    for node in nodes:
        if node.after is not None:
            node.end = node.after.marker.start
        else:
            node.end = body_end if node.parent is None else node.parent.end
    _apply_stops(nodes, stops)
    for node in reversed(nodes):
        kind, at_line = node.marker.kind, node.marker.at_line
        if kind in LIST_KINDS or not at_line or (kind in _RUN_IN and _run_in_list(text, node)):
            _end_item(text, node)
        if node.inner:
            node.end = max(node.end, node.inner[-1].end)


def _apply_stops(nodes: Sequence[Node], stops: Sequence[int]) -> None:
    """End what is below the top level at the first stop behind its marker."""
    for node in nodes if stops else ():
        i = bisect_right(stops, node.marker.start)
        if node.level > 1 and i < len(stops) and stops[i] < node.end:
            node.end = stops[i]


def _run_in_list(text: str, node: Node) -> bool:
    """Whether a node ends a list of Arabic headings that are one paragraph each: 1.健全体系。整合机构."""
    if node.after is not None or node.children:
        return False
    count = 0
    other = node.before
    while other is not None and other.marker.kind == node.marker.kind and count < 50:
        if "\n" in text[other.marker.start : other.end].strip():
            return False
        count += 1
        other = other.before
    return count >= 2 and len(text[node.marker.end : node.end].split("\n", 1)[0]) > 20


def earlier_number(earlier: Sequence[Node], node: Node) -> int:
    """Number that the next earlier member of a list must stay below."""
    return (earlier[-1] if earlier else node).number


_LONGEST_TITLE = 26
"""Characters of a line that is nothing but an item's title and its full stop."""


def _paragraphs(text: str, node: Node, earlier: Sequence[Node]) -> int:
    """Number of paragraphs that the last of a list has below its line, where all of them have a short title for their line."""
    count = _below_title(text, node) if earlier and not node.children else 0
    return min(count, *(_below_title(text, other) for other in earlier)) if count else 0


def _below_title(text: str, node: Node) -> int:
    line_end = text.find("\n", node.marker.end, node.end)
    if not 0 <= line_end <= node.marker.end + _LONGEST_TITLE:
        return 0
    return sum(1 for line in text[line_end : node.end].split("\n") if line.strip())


def _end_item(text: str, node: Node) -> None:
    """An item goes to the next of its list; the last of a list ends with its paragraph, or with as many sentences as the others."""
    style = node.marker.style
    follows = node.after
    if (
        follows is not None
        and follows.marker.style == style
        and (follows.number > node.number or not node.number)
    ):
        return
    earlier: list[Node] = []
    other = node.before
    while other is not None and other.marker.style == style and other.number < earlier_number(earlier, node):
        earlier.append(other)
        other = other.before
    line_end = text.find("\n", node.marker.end, node.end)
    for _ in range(_paragraphs(text, node, earlier)):
        line_end += 1
        while text[line_end : line_end + 1].isspace():
            line_end += 1
        line_end = text.find("\n", line_end, node.end)
    if line_end >= 0:
        node.end = line_end
    listed = earlier and all(_SEMICOLON.search(text, max(o.marker.end, o.end - 4), o.end) for o in earlier)
    if listed:
        inner = min(sum(1 for _ in _SENTENCE.finditer(text, o.marker.end, o.end)) for o in earlier)
        last = next(islice(_SENTENCE.finditer(text, node.marker.end, node.end), inner, None), None)
        node.end = last.end() if last is not None else node.end
