"""What a heading says its text is about: its role (done, plan, problem, …) and dimensions."""

from __future__ import annotations

import re
from functools import cache

import attrs

from ..deferred import deferred
from ..quantities.units import load_table
from ..years import opening_year
from .topics import SURE, Topic, akin, common, firsts, ranked, topics_of
from .tree import Node, first_of_list

__all__ = ["Labels", "role_of"]


class Labels:
    """Role and dimensions of a section, worked out when they are first asked for.

    >>> Labels("存在的主要问题").role, Labels("加强行政复议工作").dimensions
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
            year: The year that the report is about: a heading about the next one tells plans.
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
            led = (
                ""
                if frame or node is None or _is_chapter(node)
                else _role_of_lead(self.text, node, self.above)
            )
            self._role = frame or led or (self.above.role if self.above is not None else "done")
        return self._role

    @property
    def frame(self) -> tuple[str, str]:
        """Role and dimension that the heading has in the report's frame; empty for one that names a topic only."""
        if not self.title or not _is_high(self.node):
            return "", ""
        if self.year is not None and opening_year(self.title) == self.year + 1:
            return "plan", "meta/plan"
        # a line that states figures is a sentence: 收到申请27件，已答复25件，结转下年2件 is no plan
        stated = _STATES.search(self.title)
        return _frame(_CLAUSES.split(self.title, 1)[0] if stated else self.title)

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


def _is_chapter(node: Node) -> bool:
    """Whether a node is a heading of the top level, which nothing before it announces."""
    return node.level == 1 and node.marker.kind in ("chapter", "cn_comma", "cn_paren")


def _is_item(node: Node | None) -> bool:
    return node is not None and node.marker.kind == "item"


_LONGEST_LEAD = 400
_BODY, _PART = 200, 60
"""Characters of a section's text, and of each section under it, that are asked for its topic."""
_STATES = deferred(r"\d[余多万]*[件起份人名次项场个家条]")
_CLAUSES = deferred(r"[，,；;。\n]")


def _role_of_lead(text: str, node: Node, above: Labels | None) -> str:
    """Role that the words before its list give to a section: 今后将做好以下工作。一是…; empty if none."""
    first = first_of_list(node)
    start = first.marker.start
    line = text.rfind("\n", max(0, start - _LONGEST_LEAD), start) + 1
    if not text[line:start].strip():
        body = above.node.body if above is not None and above.node is not None else start
        return _role_announced(text[max(body, start - _LONGEST_LEAD) : start], above)
    before = first.before.end if first.before is not None else 0
    return _role_said(text[max(line, before, first.floor, start - _LONGEST_LEAD) : start])


def _role_said(lead: str) -> str:
    """The role that words before a list name last."""
    said = [(match.start(), role) for role, pattern in _table().leads for match in pattern.finditer(lead)]
    return max(said)[1] if said else ""


_ANNOUNCES = deferred(r"[:：]$|(?:以下|如下|下列|下述)[^。]{0,16}。$")
_LONGEST_ANNOUNCEMENT = 19
"""So many characters of a text's end does that ask for."""
_SENTENCE_ENDS = "。；;\n"
_BARE_LINE = deferred(r"[^，,。；;：:\n]{2,24}[:：]?")
_PAST = deferred("今年|全年|一年来|本年|年内")


def _role_announced(text: str, above: Labels | None) -> str:
    """Role of numbered paragraphs that the line above announces: by a sentence, or as a heading without a number."""
    text = text.rstrip()
    line = text[text.rfind("\n") + 1 :].strip()
    if line != text and _BARE_LINE.fullmatch(line) and (role := _frame(line.rstrip(":："))[0]):
        return role
    if _ANNOUNCES.search(text, max(0, len(text) - _LONGEST_ANNOUNCEMENT)) is None or (
        above is not None and above.frame[0] in ("done", "outcome")
    ):
        return ""
    sentence = text[max(text.rfind(end, 0, -1) for end in _SENTENCE_ENDS) + 1 :]
    return "" if _PAST.search(sentence) else _role_said(sentence)


@attrs.frozen
class _Table:
    roles: tuple[tuple[str, str, re.Pattern[str]], ...]
    leads: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _table() -> _Table:
    table = load_table("roles.toml")
    roles = tuple(
        (row["role"], row["dimension"], deferred("|".join(row["heading"]))) for row in table["role"]
    )
    leads = tuple((row["role"], deferred(row["lead"])) for row in table["role"] if row.get("lead"))
    return _Table(roles, leads)


def role_of(title: str) -> str:
    """Role that a top-level heading names; done if it names none."""
    return _frame(title)[0] or "done"


def _frame(title: str) -> tuple[str, str]:
    """Role and dimension of a heading of the report's frame; empty for one that names a topic only."""
    return next(((role, dimension) for role, dimension, p in _table().roles if p.search(title)), ("", ""))


def _dimensions(labels: Labels, title: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """Dimensions that a heading names, or its text where it names none; may be empty."""
    frame = labels.frame[1]
    if frame == "meta/achievements" and inherited[:1] == (frame,):
        frame = ""  # the frame is named above; this is one of its topics
    topics = topics_of(title)
    above = inherited[0] if inherited else ""
    found = _told_by_text(labels, above) if not frame and _leaves_open(labels, topics, above) else ()
    if topics and not found:
        first = _primary(labels, title, topics, above)
        found = (first, *(d for d in ranked(topics) if d != first))
    solid = any(topic.weight >= SURE for topic in topics.values())
    if frame and not (labels.role in ("done", "outcome") and solid):
        return (frame, *(d for d in found if d != frame))
    if labels.above is not None and labels.above.role == labels.role:
        meta = {"plan": "meta/plan", "problem": "meta/problems"}.get(labels.role)
        return (meta, *found) if meta else found
    return found


def _body(labels: Labels) -> str:
    node = labels.node
    return labels.text[node.body : min(node.body + _BODY, node.end)] if node is not None else ""


def _clauses(labels: Labels) -> tuple[str, ...]:
    """What each of the first clauses of a section's text is about, where it names anything."""
    return firsts(_CLAUSES.split(_body(labels)))


def _parts(labels: Labels) -> tuple[str, ...]:
    """What each of the sections below is about, where it names anything."""
    parts = labels.node.children if labels.node is not None else ()
    return firsts(labels.text[p.marker.end : min(p.end, p.marker.end + _PART)] for p in parts)


def _leaves_open(labels: Labels, topics: dict[str, Topic], above: str) -> bool:
    """Whether a heading names no topic, or has but faint words (发展, 制度) for one that nothing above it is about."""
    if not topics:
        return True
    faint = all(topic.weight < _HINT for topic in topics.values())
    alone = not above or above.startswith("meta/") or _is_item(labels.node)
    return faint and alone and not any(akin(dimension, above) for dimension in topics)


def _told_by_text(labels: Labels, above: str) -> tuple[str, ...]:
    """What the sections below or the text of a heading without a topic of its own are about."""
    parts = _parts(labels)
    votes = sorted(parts or _clauses(labels), key=lambda vote: not akin(vote, above))
    found = common(votes)
    if not found or not above:
        return found
    first = _inside(above, found[0])
    if not parts and first not in _GENERAL and first == above.partition("/")[0]:
        # 练内功 under 行政执法: about a part of it
        first = next((vote for vote in votes if vote.startswith(f"{first}/")), first)
    return tuple(dict.fromkeys((first, *found)))


_HINT = 2
"""Up to this weight a heading's words only hint at a topic."""
_GENERAL = frozenset(["capacity", "leadership"])
_GENERAL_WEIGHT = 3
"""Training and leadership serve any topic: up to this weight their words do not outweigh that of the section."""
_INSIDE = {
    ("enforcement", "capacity"): "enforcement/capacity",  # 抓队伍
    ("enforcement", "decision/review"): "enforcement/activity",  # 严格审核
    ("enforcement", "functions"): "enforcement/system",  # 深化体制改革
    ("enforcement", "oversight/disclosure"): "enforcement/activity",  # 主动公示
    ("enforcement", "oversight"): "oversight/enforcement_supervision",  # 强化监督
}
"""What general words are about inside a section of another topic."""
_PLACES = {(above, part) for (above, _), part in _INSIDE.items()}
_NEAR = 1
"""Of topics whose scores differ by no more than this, the section above decides: 监管执法 under 依法履职."""


def _primary(labels: Labels, title: str, topics: dict[str, Topic], above: str) -> str:
    """The primary dimension of a heading: by its words, or where they are ambiguous by what stands under it."""
    found = ranked(topics)
    near = topics[found[0]].score - _NEAR
    first = next((d for d in found if _belongs(d, above) and topics[d].score >= near), found[0])
    if above and above not in _GENERAL and (told := _told_by_above(labels, topics[first], above)):
        return told
    if len(found) == 1:
        return first
    if first == "capacity" and topics[first].weight <= _GENERAL_WEIGHT and "enforcement/capacity" in topics:
        return "enforcement/capacity"  # 强化教育培训，打造执法铁军
    if (named := _named_first(title, topics, first)) != first:
        return named
    if "方面" in title:  # 切实转变政府职能，促进政务公开方面: two topics side by side
        return next((d for d in ranked(topics_of(_body(labels))) if d in topics), first)
    return next((d for child in found if (d := _part_or_whole(labels, title, topics, child))), first)


def _inside(above: str, first: str) -> str:
    """What words of a general topic are about in a section: 强化监督 under 行政执法."""
    if above.startswith(f"{first}/"):
        return above  # the words speak of the whole, the section of this part
    return _INSIDE.get((above.partition("/")[0], first), first)


def _belongs(dimension: str, above: str) -> bool:
    """Whether a section about one dimension has its place in a section about another."""
    family = above.partition("/")[0]
    return akin(dimension, family) or (family, dimension) in _PLACES


def _told_by_above(labels: Labels, first: Topic, above: str) -> str:
    """What a heading of general words (能力建设) is about by the section that it stands in; empty if it says so itself."""
    told = _inside(above, first.dimension)
    if told != first.dimension and (first.weight <= _GENERAL_WEIGHT or first.dimension == "oversight"):
        return told
    if first.dimension in _GENERAL and first.weight <= _GENERAL_WEIGHT and _is_item(labels.node):
        return above if above in topics_of(_body(labels)) else first.dimension
    if first.dimension == above == "disputes" and "disputes/mediation" in topics_of(_body(labels)):
        return "disputes/mediation"  # 化解纠纷 beside 复议, 应诉 and 信访
    if not _is_item(labels.node) and first.weight <= _HINT and not akin(first.dimension, above):
        # 办案质量提升 under 行政复议: what the heading only hints at, its text and the section above tell
        return next((d for d in ranked(topics_of(_body(labels))) if akin(d, above)), "")
    return ""


_MEANS = deferred(r"(?:坚持)?以[^，,]{2,24}为[^，,]{2,4}[，,]")
"""What comes first only serves what follows: 以……为统领，加强组织领导."""

_SERVES = deferred(r"[，,](?:为|护航|助力|助推|防范)")
"""What follows only says to what end: 法律顾问全程参与，护航依法决策."""


def _part_or_whole(labels: Labels, title: str, topics: dict[str, Topic], child: str) -> str:
    """Which of a part and the whole a heading is about that names both: 严格合法审查，提升行政决策水平; empty if not both."""
    whole, part = topics.get(child.partition("/")[0]), topics[child]
    if whole is None or whole is part or not part.leading:
        return ""
    if whole.leading >= SURE:  # 化解信访积案: the narrower of two in one clause
        return child if part.weight >= whole.weight else ""
    if whole.weight < (SURE if _MEANS.match(title) else max(SURE, part.weight)):
        return ""
    if _SERVES.search(title, part.at, whole.at):
        return child
    inside = {d for d in _parts(labels) if akin(d, whole.dimension)}
    only = inside == {child} or (not inside and part.weight >= whole.weight)
    return child if only else whole.dimension


_AND = re.compile(r"[^，,；; ]*[和与及、][^，,；; ]*")
_WORD = 2
"""Characters of a word."""


def _named_first(title: str, topics: dict[str, Topic], first: str) -> str:
    """Of two topics side by side (调解和信访) the one that is named first, where its words are no mere hint."""
    best = topics[first]
    for topic in sorted(topics.values(), key=lambda t: t.at):
        if topic.at >= best.at:
            break
        whole_and_part = topic.dimension.startswith(f"{first}/") or first.startswith(f"{topic.dimension}/")
        joined = _AND.fullmatch(title, topic.at, best.at) or (
            topic.weight >= best.weight and best.at - topic.at <= _WORD  # 复议应诉
        )
        if topic.weight >= SURE and not whole_and_part and joined:
            return topic.dimension
    return first
