"""What a heading says its text is about: its role (done, plan, problem, …) and dimensions."""

from __future__ import annotations

import re
from functools import cache

import attrs

from ..data_files import load_table
from ..deferred import deferred
from ..prefilter import PatternIndex
from ..years import opening_year
from .dimensions import CLAUSES, dimensions_of
from .tree import LIST_KINDS, Node, first_of_list

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
                else _role_of_lead(self.text, node, self.above, self.year)
            )
            self._role = frame or led or (self.above.role if self.above is not None else "done")
        return self._role

    @property
    def frame(self) -> tuple[str, str]:
        """Role and dimension that the heading has in the report's frame; empty for one that names a topic only."""
        if not self.title:
            return "", ""
        if not _is_high(self.node) and _SURE.fullmatch(self.title) is None:
            return "", ""
        named = opening_year(self.title)
        if self.year is not None and named == self.year + 1:
            return "plan", "meta/plan"
        if named is not None and not _is_high(self.node):
            return "", ""
        # a line that states figures is a sentence: 收到申请27件，已答复25件，结转下年2件 is no plan
        stated = _STATES.search(self.title)
        found = _frame(CLAUSES.split(self.title, 1)[0] if stated else self.title)
        if found[0] == "background" and self.node is not None and _tells_of_work(self.node):
            return "done", "meta/achievements"
        if not found[0] and self.year is not None and self._looks_ahead(self.year):
            return "plan", "meta/plan"
        return found

    def _looks_ahead(self, year: int) -> bool:
        """Whether a chapter's title names the next year anywhere, and not the report's (接续奋斗，绘好2024年“施工图”)."""
        title = self.title or ""
        chapter = self.node is not None and _is_chapter(self.node)
        return chapter and f"{year + 1}年" in title and f"{year}年" not in title and "《" not in title

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the taxonomy, the primary one first."""
        if self._dimensions is None:
            above = self.above.dimensions if self.above is not None else ()
            self._dimensions = (dimensions_of(self, self.title, above) if self.title else ()) or above
        return self._dimensions


_SURE = deferred(
    r"(?:下一?步|下一?阶段|今后|明年|来年|(?:19|20)\d\d年度?)的?[^，,。；;\d]{0,6}(?:打算|计划|安排|思路|设想|方向|重点)"
    r"|存在的?(?:主要|突出)?(?:问题|不足|困难)(?:[和与及、](?:问题|不足|困难|短板))?"
)
"""What names the frame on any level: a chapter for each field may have its own plans."""


def _is_high(node: Node | None) -> bool:
    """Whether frame words (存在的问题) count: on the first two levels."""
    return node is None or node.level <= 2


def _is_chapter(node: Node) -> bool:
    """Whether a node is a heading of the top level, which nothing before it announces."""
    return node.level == 1 and node.marker.kind in ("chapter", "cn_comma", "cn_paren")


_DESCRIBES = deferred("概况|机构|人员|编制|职能|职责|区划|人口|地理|区位|队伍|班子|说明|框架")
"""What headings under 基本情况 say where it is about the place or the body that reports."""


def _tells_of_work(node: Node) -> bool:
    """Whether the headings under 基本情况 name tasks, as where it holds all that was done."""
    inside = [c for c in node.children if c.marker.at_line and c.marker.kind not in LIST_KINDS]
    return len(inside) > 1 and not any(_DESCRIBES.search(c.title or "") for c in inside)


_LONGEST_LEAD = 400
_STATES = deferred(r"\d[余多万]*[件起份人名次项场个家条]")


def _role_of_lead(text: str, node: Node, above: Labels | None, year: int | None) -> str:
    """Role that the words before its list give to a section: 今后将做好以下工作。一是…; empty if none."""
    first = first_of_list(node)
    start = first.marker.start
    line = text.rfind("\n", max(0, start - _LONGEST_LEAD), start) + 1
    if not text[line:start].strip():
        body = above.node.body if above is not None and above.node is not None else start
        return _role_announced(text[max(body, start - _LONGEST_LEAD) : start], above, year)
    before = first.before.end if first.before is not None else 0
    return _role_said(text[max(line, before, first.floor, start - _LONGEST_LEAD) : start], year)


def _role_said(lead: str, year: int | None) -> str:
    """The role that words before a list name last; a sentence that opens with the next year is about plans."""
    if _turns_to_plans(lead, year):
        return "plan"
    said = [(match.start(), role) for role, pattern in _table().leads for match in pattern.finditer(lead)]
    return max(said)[1] if said else ""


_ONLY_ANNOUNCES = deferred(r"(?!.*(?:问题|不足|困难|差距|短板))[^，,。；;\d]{0,24}[:：]?")
"""A sentence that says neither when nor how it went."""
_TO_COME = deferred(
    r"(?:下一?步|今后|[明来]年|下一年度?|接下来)[，,]?[^，,。；;\d]{0,12}(?:将|要(?!求)|继续|拟)"
)


def _turns_to_plans(lead: str, year: int | None) -> bool:
    """Whether its last sentence opens so, or the one before it where that only announces (2024年，我县将…。重点做好以下工作：)."""
    lead = lead.rstrip()
    *before, last = lead[lead.rfind("\n") + 1 :].removesuffix("。").split("。")
    sentences = [*before[-1:], last] if _ONLY_ANNOUNCES.fullmatch(last) else [last]
    following = -1 if year is None else year + 1
    return any(opening_year(s) == following or _TO_COME.match(s) for s in map(str.lstrip, sentences))


_ANNOUNCES = deferred(r"[:：]$|(?:以下|如下|下列|下述)[^。]{0,16}。$")
_LONGEST_ANNOUNCEMENT = 19
"""So many characters of a text's end does that ask for."""
_SENTENCE_ENDS = "。；;\n"
_BARE_LINE = deferred(r"[^，,。；;：:\n]{2,24}[:：]?")
_PAST = deferred("今年|全年|一年来|本年|年内")


def _role_announced(text: str, above: Labels | None, year: int | None) -> str:
    """Role of numbered paragraphs that the line above announces: by a sentence, or as a heading without a number."""
    text = text.rstrip()
    line = text[text.rfind("\n") + 1 :].strip()
    if line != text and _BARE_LINE.fullmatch(line) and (role := _frame(line.rstrip(":："))[0]):
        return role
    if above is not None and above.frame[0] in ("done", "outcome"):
        return ""
    sentence = text[max(text.rfind(end, 0, -1) for end in _SENTENCE_ENDS) + 1 :]
    if _turns_to_plans(text, year):
        return "plan"
    if _ANNOUNCES.search(text, max(0, len(text) - _LONGEST_ANNOUNCEMENT)) is None or _PAST.search(sentence):
        return ""
    return _role_said(sentence, year)


@attrs.frozen
class _Table:
    roles: PatternIndex[tuple[str, str, re.Pattern[str]]]
    leads: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _table() -> _Table:
    table = load_table("roles.toml")
    roles = PatternIndex(
        ((row["role"], row["dimension"], deferred(heading)), (heading,))
        for row in table["role"]
        for heading in row["heading"]
    )
    leads = tuple((row["role"], deferred(row["lead"])) for row in table["role"] if row.get("lead"))
    return _Table(roles, leads)


def role_of(title: str) -> str:
    """Role that a top-level heading names; done if it names none."""
    return _frame(title)[0] or "done"


def _frame(title: str) -> tuple[str, str]:
    """Role and dimension of a heading of the report's frame; empty for one that names a topic only."""
    possible = _table().roles.possible([title])
    return next(
        ((role, dimension) for role, dimension, heading in possible if heading.search(title)), ("", "")
    )
