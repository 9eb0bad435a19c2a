"""From markers to a tree: levels come from the document, not from a fixed rank."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from .markers import Marker

if TYPE_CHECKING:
    from .roles import Labels
    from .sections import Section

__all__ = ["LIST_KINDS", "Doubt", "Node", "build_tree", "first_of_list"]

_RANK = {"部分": 0, "PART": 0, "编": 0, "篇": 0, "章": 1, "节": 2, "条": 3}
_KIND_RANK = {
    "cn_comma": 4,
    "cn_paren": 5,
    "arabic_dot": 6,
    "decimal": 6,
    "arabic_paren": 7,
    "circled": 8,
    "item": 9,
}
_FAMILY = {
    "cn_comma": "cn", "cn_paren": "cn", "arabic_dot": "arabic", "arabic_paren": "arabic", "decimal": "decimal",
    "circled": "circled", "item": "item", "chapter": "chapter",
}  # fmt: skip
_SEVERAL_STYLES = frozenset(["arabic_dot", "arabic_paren"])
LIST_KINDS = frozenset(["item", "circled"])
_LONGEST_HEADING, _LONGEST_LIST = 45, 40
_CLAUSE_ENDS = ("。", "；", ";", "，")
_LONGEST_POINT = 1000
"""So far behind a bullet its paragraph is looked for."""


@attrs.define(eq=False)
class Node:
    """A heading or item while the tree grows, in clean offsets."""

    marker: Marker
    parent: Node | None
    level: int
    number: int
    why: str
    end: int = 0
    before: Node | None = None  # neighbours under the same parent
    after: Node | None = None
    inner: list[Node] | None = None
    title: str | None = None
    body: int = 0
    path: tuple[str, ...] = ()
    floor: int = 0
    """Clean offset behind the marker of the node above."""
    labels: Labels = attrs.field(init=False)
    section: Section = attrs.field(init=False)

    @property
    def children(self) -> Sequence[Node]:
        """Nodes directly under this one (a list is made for the first: most nodes have none)."""
        return self.inner or ()


def first_of_list(node: Node) -> Node:
    """The first node of the list that counts up to this one."""
    while (
        node.before is not None
        and node.before.number < node.number
        and node.before.marker.style == node.marker.style
    ):
        node = node.before
    return node


@attrs.frozen
class Doubt:
    """A place where the numbering does not add up."""

    code: str
    message: str
    at: Marker


def rank(marker: Marker, own: Mapping[str, int]) -> int:
    """Usual order of marker kinds; only used where the document itself does not tell."""
    if marker.kind in own:
        return own[marker.kind]
    if marker.kind == "chapter":
        return _RANK[marker.style]
    return _KIND_RANK[marker.kind] + (marker.style.count(".1") if marker.kind == "decimal" else 0)


def _numbers(node: Node) -> tuple[int, ...]:
    """Number of a node as decimal markers write it."""
    if node.marker.kind in ("arabic_dot", "cn_comma", "decimal") or node.marker.style == "章":
        return (*node.marker.prefix, node.number)
    return ()


_BY_RANK = {False: "first of its style here", True: "placed by the usual order of kinds"}


@lru_cache(maxsize=1024)
def _goes_on_from(number: int) -> str:
    return f"goes on from number {number} of the same style"


class _Builder:
    def __init__(
        self, text: str, markers: Sequence[Marker], breaks: Sequence[int], ranks: Mapping[str, int]
    ) -> None:
        self.ranks = ranks
        self.text = text
        self.markers = markers
        self.breaks = breaks
        self.stack: list[Node] = []
        self.top: list[Node] = []
        self.nodes: list[Node] = []
        self.doubts: list[Doubt] = []
        self.home: dict[str, str | None] = {}
        self.last: dict[str, int] = {}
        self.positions: dict[str, list[int]] = {}
        for i, marker in enumerate(markers):
            self.positions.setdefault(marker.style, []).append(i)

    def run(self) -> None:
        crossed = 0
        for i, marker in enumerate(self.markers):
            while crossed < len(self.breaks) and self.breaks[crossed] <= marker.start:
                self.stack.clear()
                crossed += 1
            last = self.stack[-1] if self.stack else None
            if last is not None and last.marker.style == marker.style and not marker.prefix:
                if marker.number == 1 and self.opens_below(last, i):
                    self.child(
                        len(self.stack) - 1, marker, "begins a list right under a heading of its style"
                    )
                elif marker.kind != "item" or not self.nested(last, marker):
                    self.sibling(self.outer(len(self.stack) - 1, marker), marker)  # what most markers are
            else:
                self.place(i, marker)

    def opens_below(self, last: Node, i: int) -> bool:
        """Whether marker `i` begins a list below a heading of its own style, whose list goes on behind it: 一、一、二、三、二、."""
        marker = self.markers[i]
        line = self.text[last.marker.end : marker.start].strip()
        if not (marker.at_line and last.marker.at_line) or marker.kind in LIST_KINDS:
            return False
        if "\n" in line or len(line) > _LONGEST_HEADING or line[-1:] in _CLAUSE_ENDS:
            return False
        places = self.positions[marker.style]
        at = bisect_right(places, i) - 1
        for number, place in enumerate(places[at : at + _LONGEST_LIST]):
            if self.markers[place].number != number + 1:
                return number > 1 and self.markers[place].number == last.number + 1
        return False

    def outer(self, at: int, marker: Marker) -> int:
        """Index of the open node that a marker follows: the inner one of two in its style, or the outer if it counts on from that."""
        node = self.stack[at]
        above = self.stack[at - 1] if at else None
        if above is None or above.marker.style != marker.style or marker.kind in LIST_KINDS:
            return at
        return at - 1 if node.number + 1 != marker.number == above.number + 1 else at

    def nested(self, last: Node, marker: Marker) -> bool:
        """Place an item of a list that runs inside a paragraph of another of its style: 一是…。一是…二是… / 二是…."""
        if marker.at_line == last.marker.at_line:
            return False
        outer = last.parent
        if not marker.at_line:
            inside = marker.number == 1 and "\n" not in self.text[last.marker.end : marker.start]
            if inside:
                self.child(len(self.stack) - 1, marker, "begins a list inside a paragraph of another")
            return inside
        goes_on = (
            outer is not None and outer.marker.style == marker.style and outer.number + 1 == marker.number
        )
        if goes_on:
            self.sibling(len(self.stack) - 2, marker)
        return goes_on

    # -- where a marker belongs ---------------------------------------------------------

    def place(self, i: int, marker: Marker) -> None:
        """Put one marker into the tree: sibling of an open node, or child of the innermost fitting one."""
        if (
            marker.prefix
            and (outer := self.open_with(lambda node: _numbers(node) == marker.prefix)) is not None
        ):
            self.child(outer, marker, "carries its parent's number")
            return
        same = self.open_in(marker.style)
        if same is not None:
            self.sibling(self.outer(same, marker), marker)
            return
        if marker.kind in _SEVERAL_STYLES and marker.number > 1:
            kind = self.open_with(lambda node: node.marker.kind == marker.kind)
            if kind is not None and self.stack[kind].number + 1 == marker.number:
                self.sibling(kind, marker)
                return
        if (
            marker.kind != "chapter"
            and marker.style in self.home
            and (at := self.known_home(marker)) is not None
        ):
            self.child(at, marker, "style seen before under the same kind of parent")
            return
        if marker.number > 1 and marker.kind not in LIST_KINDS and marker.kind != "chapter":
            family = _FAMILY.get(marker.kind, marker.kind)
            near = self.open_with(
                lambda node: _FAMILY.get(node.marker.kind) == family and node.number + 1 == marker.number
            )
            if near is not None and (
                family == "arabic" or self.stack[near].children or self.skips(self.stack[near], i)
            ):
                self.doubt("heading.style", marker, "is numbered like its neighbours but marked differently")
                self.sibling(near, marker)
                return
        self.child(self.parent_by_rank(i, marker), marker, _BY_RANK[marker.style in self.last])

    def open_in(self, style: str) -> int | None:
        """Index of the innermost open node of a style."""
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].marker.style == style:
                return at
        return None

    def open_with(self, test: Callable[[Node], bool]) -> int | None:
        """Index of the innermost open node that passes a test."""
        for at in range(len(self.stack) - 1, -1, -1):
            if test(self.stack[at]):
                return at
        return None

    def known_home(self, marker: Marker) -> int | None:
        """Index of the open node under which this style stood before; -1 for the top."""
        home = self.home[marker.style]
        if home is None:
            return -1 if marker.kind not in LIST_KINDS and (marker.number > 1 or not self.stack) else None
        at = self.open_in(home)
        if at is None:
            return None
        if marker.kind == "item" and (marker.number or self.stack[at].marker.kind != "item"):
            return None  # items may stand at any depth; other styles keep theirs, and bullets under items
        innermost = all(node.marker.kind in LIST_KINDS for node in self.stack[at + 1 :])
        return at if marker.number > 1 or innermost else None

    def parent_by_rank(self, i: int, marker: Marker) -> int:
        at = len(self.stack) - 1
        if marker.kind == "item":
            while at >= 0 and self.is_over(self.stack[at], i):
                at -= 1
            return at
        own = rank(marker, self.ranks)
        while at >= 0 and own < rank(self.stack[at].marker, self.ranks):
            if marker.number == 1 and self.goes_on(self.stack[at], i):
                break
            at -= 1
        if at >= 0 and marker.number > 1 and marker.kind != "chapter":
            top = self.stack[at]
            other = [
                c
                for c in top.children[-50:]
                if c.marker.style != marker.style and rank(c.marker, self.ranks) > own
            ]
            if other:
                return at - 1
        return at

    def is_over(self, node: Node, i: int) -> bool:
        """Whether an open node is an item whose list ends before marker `i`, which begins no list in its paragraph."""
        if node.marker.kind != "item" or self.goes_on(node, i):
            return False
        marker = self.markers[i]
        opens = not node.number or (node.marker.at_line and marker.number == 1)
        if not opens or marker.at_line or marker.start - node.marker.end > _LONGEST_POINT:
            return True
        return "\n" in self.text[node.marker.end : marker.start]

    def goes_on(self, node: Node, i: int) -> bool:
        """Whether the list of an open node continues behind marker `i`."""
        places = self.positions[node.marker.style]
        j = bisect_right(places, i)
        # bullets have no number
        return j < len(places) and self.markers[places[j]].number == node.number + bool(node.number)

    def skips(self, node: Node, i: int) -> bool:
        """Whether the list of an open node goes on behind marker `i` without that marker's number."""
        places = self.positions[node.marker.style]
        j = bisect_right(places, i)
        return j < len(places) and self.markers[places[j]].number == node.number + 2

    # -- growing --------------------------------------------------------------------------

    def sibling(self, at: int, marker: Marker) -> None:
        last = self.stack[at].number
        if marker.number != last + 1 and marker.number and marker.style != "首先":
            if marker.number > last:
                self.doubt("heading.gap", marker, f"follows number {last}")
            elif marker.number == last:
                self.doubt("heading.duplicate", marker, "repeats the number before it")
            else:
                self.doubt("heading.restart", marker, f"starts again after number {last}")
        self.child(at - 1, marker, _goes_on_from(last))

    def child(self, at: int, marker: Marker, why: str) -> None:
        stack = self.stack
        del stack[at + 1 :]
        style, number = marker.style, marker.number
        parent = stack[-1] if stack else None
        if parent is None:
            siblings, level, floor = self.top, 1, 0
        else:
            if parent.inner is None:
                parent.inner = []
            siblings, level, floor = parent.inner, parent.level + 1, parent.marker.end
        node = Node(marker, parent, level, number, why)
        node.floor = floor
        before = siblings[-1] if siblings else None
        if before is not None:
            node.before = before
            before.after = node
        if before is None or before.marker.style != style:
            self.first_of_style(marker, parent)
        siblings.append(node)
        stack.append(node)
        self.nodes.append(node)
        self.last[style] = number
        if style not in self.home and (number == 1 or parent is not None):
            # an excerpt that begins with (三) says nothing about levels
            self.home[style] = parent.marker.style if parent is not None else None

    def first_of_style(self, marker: Marker, parent: Node | None) -> None:
        """Doubt what does not begin with one, or skips a level."""
        if marker.number > 1 and marker.style != "首先" and self.last.get(marker.style) != marker.number - 1:
            self.doubt("heading.start", marker, "is the first of its list here, and not number one")
        if parent is not None and self.skips_a_level(parent, marker):
            under = parent.marker.style
            self.doubt(
                "heading.skipped_level", marker, f"stands right under {under}, elsewhere a level lower"
            )

    def skips_a_level(self, parent: Node, marker: Marker) -> bool:
        """Whether the style stood under another one before that itself stands under this parent's (一、 (一) 1., then 一、 1.)."""
        home = self.home.get(marker.style)
        between = marker.kind not in LIST_KINDS and home is not None and home != parent.marker.style
        return between and home is not None and self.home.get(home) == parent.marker.style

    def doubt(self, code: str, marker: Marker, what: str) -> None:
        self.doubts.append(Doubt(code, f"{self.text[marker.start : marker.end]!r} {what}", marker))


def build_tree(
    text: str,
    markers: Sequence[Marker],
    breaks: Sequence[int] = (),
    *,
    ranks: Mapping[str, int] | None = None,
) -> tuple[list[Node], list[Doubt]]:
    """Levels and parents of markers, in document order.

    Args:
        text: The clean text.
        markers: Its headings and items.
        breaks: Offsets at which everything that is open ends (the closing passage).
        ranks: Usual depth of marker kinds of the user's own.

    Returns:
        The nodes (their `end` not yet set), and what does not add up.
    """
    builder = _Builder(text, markers, breaks, ranks or {})
    builder.run()
    return builder.nodes, builder.doubts
