"""What a heading says its text is about: its role (done, plan, problem, …) and dimensions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import attrs

from ..deferred import deferred
from ..prefilter import PatternIndex
from ..quantities.units import load_table
from .tree import Node, first_of_list

__all__ = ["Labels", "role_of"]


class Labels:
    """Role and dimensions of a section, worked out when they are first asked for.

    >>> Labels("存在的主要问题").role, Labels("依法办理行政复议案件").dimensions
    ('problem', ('disputes/reconsideration',))
    """

    __slots__ = ("_dimensions", "_role", "above", "node", "text", "title", "year")

    def __init__(
        self,
        title: str | None,
        above: Labels | None = None,
        node: Node | None = None,
        text: str = "",
        year: int | None = None,
    ) -> None:
        """What the labels are read from.

        Args:
            title: The heading; None for an item without one.
            above: Labels of the section above; what a heading does not say itself it inherits.
            node: Its place in the tree, for what stands around and under it.
            text: The clean text.
            year: The year that the report's title names: a heading about the next one tells plans.
        """
        self.title = title
        self.above = above
        self.node = node
        self.text = text
        self.year = year
        self._role: str | None = None
        self._dimensions: tuple[str, ...] | None = None

    @classmethod
    def known(cls, role: str, dimensions: tuple[str, ...]) -> Labels:
        """Labels that are known already (from a record)."""
        labels = cls(None)
        labels._role, labels._dimensions = role, dimensions
        return labels

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Labels) and (self.role, self.dimensions) == (other.role, other.dimensions)

    def __hash__(self) -> int:
        return hash((self.role, self.dimensions))

    def __reduce__(self) -> tuple[object, ...]:
        return Labels.known, (self.role, self.dimensions)

    def __repr__(self) -> str:
        return f"<Labels: {self.role}, {', '.join(self.dimensions) or 'no dimension'}>"

    @property
    def role(self) -> str:
        """done, outcome, plan, problem or background."""
        if self._role is None:
            node = self.node
            frame = self.frame[0]
            led = _role_of_lead(self.text, node) if node is not None and not frame and _is_item(node) else ""
            self._role = frame or led or (self.above.role if self.above is not None else "done")
        return self._role

    @property
    def frame(self) -> tuple[str, str]:
        """Role and dimension that the heading has in the report's frame; empty for one that names a topic only."""
        if not self.title or not _is_high(self.node):
            return "", ""
        if self.year is not None and self.title.startswith(f"{self.year + 1}年"):
            return "plan", "meta/plan"
        return _frame(self.title)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the taxonomy, the primary one first."""
        if self._dimensions is None:
            above = self.above.dimensions if self.above is not None else ()
            self._dimensions = (_dimensions(self, self.title, above) if self.title else ()) or above
        return self._dimensions


def _is_high(node: Node | None) -> bool:
    """Whether frame words (存在的问题) count: on the first two levels."""
    return node is None or node.level <= 2


def _is_item(node: Node | None) -> bool:
    return node is not None and node.marker.kind == "item"


_LONGEST_LEAD = 400
_BODY, _PART = 120, 60
"""Characters of a section's text, and of each section under it, that are asked for its topic."""


def _role_of_lead(text: str, node: Node) -> str:
    """Role that the words before its list give to an item: 今后将做好以下工作。一是…; empty if none."""
    first = first_of_list(node)
    start = first.marker.start
    since = max(
        text.rfind("\n", max(0, start - _LONGEST_LEAD), start) + 1,
        first.before.end if first.before is not None else 0,
        first.floor,
        start - _LONGEST_LEAD,
    )
    lead = text[since:start]
    return next((role for role, pattern in _table().leads if lead and pattern.search(lead)), "")


@attrs.frozen
class _Table:
    roles: tuple[tuple[str, str, re.Pattern[str]], ...]
    leads: tuple[tuple[str, re.Pattern[str]], ...]
    terms: PatternIndex[tuple[str, re.Pattern[str], float]]


@cache
def _table() -> _Table:
    table = load_table("roles.toml")
    roles = tuple((row["role"], row["dimension"], deferred(row["heading"])) for row in table["role"])
    leads = tuple((row["role"], deferred(row["lead"])) for row in table["role"] if row.get("lead"))
    terms = PatternIndex(
        ((str(entry["id"]), deferred(pattern), float(weight)), (str(pattern),))
        for entry in table["dimension"]
        for weight, patterns in entry["terms"].items()
        for pattern in patterns
    )
    return _Table(roles, leads, terms)


def role_of(title: str) -> str:
    """Role that a top-level heading names; done if it names none."""
    return _frame(title)[0] or "done"


def _frame(title: str) -> tuple[str, str]:
    """Role and dimension of a heading of the report's frame; empty for one that names a topic only."""
    return next(((role, dimension) for role, dimension, p in _table().roles if p.search(title)), ("", ""))


def _dimensions(labels: Labels, title: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """Dimensions that a heading names, or its text where it names none; may be empty."""
    node = labels.node
    frame = labels.frame[1]
    topics = _topics(title)
    found: tuple[str, ...] = ()
    if topics:
        found = _ranked(topics)
        first = _primary(labels, title, topics, found, inherited[0] if inherited else "")
        if first != found[0]:
            found = (first, *(d for d in found if d != first))
    elif not frame:
        found = (
            _common(_primaries(labels))
            if node is not None and node.children
            else _ranked(_topics(_body(labels)))[:2]
        )
    if frame and not (labels.role == "outcome" and found):
        return (frame, *(d for d in found if d != frame))
    if labels.above is not None and labels.above.role == labels.role:
        meta = {"plan": "meta/plan", "problem": "meta/problems"}.get(labels.role)
        return (meta, *found) if meta else found
    return found


def _body(labels: Labels) -> str:
    node = labels.node
    return labels.text[node.body : min(node.body + _BODY, node.end)] if node is not None else ""


@attrs.frozen
class _Topic:
    """A dimension that a text names."""

    dimension: str
    score: float
    at: int
    """Where it is named first."""
    weight: float
    """Weight of its heaviest term."""
    leading: bool
    """Whether it is named in the clause that says what the heading is about."""


_CLAUSE_END = deferred(r"[，,；;、 ]")
_LEADING_BONUS = {False: 1.5, True: 2.5}
"""A heading names its topic first and says to what end afterwards; more so where the term is no mere hint."""
_SURE = 3
_GENERAL = frozenset(["capacity", "leadership"])
_HINT = 2
"""Up to this weight a heading's words only hint at a topic."""
_GENERAL_WEIGHT = 3
"""Training and leadership serve any topic: up to this weight their words do not outweigh that of the section."""


def _topics(text: str) -> dict[str, _Topic]:
    """The dimensions that a text names; a term inside a heavier or longer one of another dimension does not count."""
    hits: list[tuple[float, int, int, str]] = []
    for name, pattern, weight in _table().terms.possible([text]):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                hits.append((weight, match.start(), match.end(), name))
                break
    hits.sort(key=lambda hit: (-hit[0], hit[1] - hit[2], hit[1], hit[3]))
    clause = _CLAUSE_END.search(text, 4)
    first_ends = clause.start() if clause else len(text)
    topics: dict[str, _Topic] = {}
    taken: list[tuple[int, int]] = []
    for weight, start, end, name in hits:
        if any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        leading = start < first_ends
        known = topics.get(name)
        if known is None:
            topics[name] = _Topic(
                name, weight + leading * _LEADING_BONUS[weight >= _SURE], start, weight, leading
            )
        else:
            topics[name] = attrs.evolve(known, score=known.score + weight, at=min(known.at, start))
    return topics


def _ranked(topics: dict[str, _Topic]) -> tuple[str, ...]:
    """Dimensions, the best supported first."""
    return tuple(t.dimension for t in sorted(topics.values(), key=lambda t: (-t.score, t.at, t.dimension)))


def _primary(
    labels: Labels, title: str, topics: dict[str, _Topic], found: tuple[str, ...], above: str
) -> str:
    """The primary dimension of a heading: by its words, or where they are ambiguous by what stands under it."""
    first = found[0]
    if above and above not in _GENERAL:
        item = _is_item(labels.node)
        if item and first in _GENERAL and topics[first].weight <= _GENERAL_WEIGHT:
            return above if above in _topics(_body(labels)) else first
        if not item and topics[first].weight <= _HINT and not _akin(first, above):
            # 办案质量提升 under 行政复议: what the heading only hints at, its text and the section above tell
            return next((d for d in _ranked(_topics(_body(labels))) if _akin(d, above)), first)
    if len(found) == 1:
        return first
    if (named := _named_first(title, topics, first)) != first:
        return named
    if "方面" in title:  # 切实转变政府职能，促进政务公开方面: two topics side by side
        return next((d for d in _ranked(_topics(_body(labels))) if d in topics), first)
    # 严格合法审查，提升行政决策水平 names a part, and to what end the whole
    for child in found:
        whole = topics.get(child.partition("/")[0])
        part = topics[child]
        if whole in (None, part) or not part.leading or whole.leading or whole.weight < _SURE:
            continue
        inside = {d for d in _primaries(labels) if d.partition("/")[0] == whole.dimension}
        if inside == {child} or (not inside and part.weight >= whole.weight):
            return child
        return whole.dimension
    return first


_AND = re.compile(r"[^，,；; ]*[和与及、][^，,；; ]*")


def _named_first(title: str, topics: dict[str, _Topic], first: str) -> str:
    """Of two topics side by side (调解和信访) the one that is named first, where its words are no mere hint."""
    best = topics[first]
    for topic in sorted(topics.values(), key=lambda t: t.at):
        if topic.at >= best.at:
            break
        if (
            topic.weight >= _SURE
            and not _akin_above(topic.dimension, first)
            and _AND.fullmatch(title, topic.at, best.at)
        ):
            return topic.dimension
    return first


def _akin_above(one: str, other: str) -> bool:
    """Whether one dimension is the whole of which the other is a part, or the other way round."""
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _akin(one: str, other: str) -> bool:
    """Whether two dimensions are of one family: disputes/mediation and disputes."""
    return one.partition("/")[0] == other.partition("/")[0]


def _primaries(labels: Labels) -> tuple[str, ...]:
    """What each of the sections below is about first, where it names anything."""
    parts = labels.node.children if labels.node is not None else ()
    spans = ((part.marker.end, min(part.end, part.marker.end + _PART)) for part in parts)
    ranked = (_ranked(_topics(labels.text[start:end])) for start, end in spans)
    return tuple(dimensions[0] for dimensions in ranked if dimensions)


def _common(parts: Sequence[str]) -> tuple[str, ...]:
    """What most parts of a section are about: one dimension, or the one above several of its kind."""
    if not parts:
        return ()
    family, count = Counter(d.partition("/")[0] for d in parts).most_common(1)[0]
    if 3 * count < len(parts):
        return ()
    inside = [d for d in dict.fromkeys(parts) if d.partition("/")[0] == family]
    return tuple(dict.fromkeys([*(inside if len(inside) == 1 else [family]), *inside, *parts]))
