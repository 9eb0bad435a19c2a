"""What a heading says its text is about: its role (done, plan, problem, …) and dimensions."""

from __future__ import annotations

import re
from functools import cache

import attrs

from ..prefilter import PatternIndex
from ..quantities.units import load_table

__all__ = ["Labels", "label"]


@attrs.frozen
class Labels:
    """Role and dimensions of a section."""

    role: str
    """done, outcome, plan, problem or background."""
    dimensions: tuple[str, ...]
    """Ids of the taxonomy, the primary one first."""


@attrs.frozen
class _Table:
    roles: tuple[tuple[str, str, re.Pattern[str]], ...]
    leads: tuple[tuple[str, re.Pattern[str]], ...]
    terms: PatternIndex[tuple[str, re.Pattern[str], float]]


@cache
def _table() -> _Table:
    table = load_table("roles.toml")
    roles = tuple((row["role"], row["dimension"], re.compile(row["heading"])) for row in table["role"])
    leads = tuple((row["role"], re.compile(row["lead"])) for row in table["role"] if row.get("lead"))
    terms = PatternIndex(
        ((str(entry["id"]), re.compile(pattern), float(weight)), (str(pattern),))
        for entry in table["dimension"]
        for weight, patterns in entry["terms"].items()
        for pattern in patterns
    )
    return _Table(roles, leads, terms)


def label(
    title: str, above: Labels | None = None, *, lead: str = "", body: str = "", level: int = 1
) -> Labels:
    """Role and dimensions of a heading; what it does not say itself it inherits.

    Args:
        title: The heading, in clean text; empty for an item without a title.
        above: Labels of the section above.
        lead: What introduces the list that an item belongs to.
        body: How the text under the heading begins; it speaks only where the heading does not.
        level: Depth of the section; frame words (存在的问题) count on the first two.

    >>> label("存在的主要问题").role, label("依法办理行政复议案件").dimensions[0]
    ('problem', 'disputes/reconsideration')
    """
    table = _table()
    role, frame = _role(table, title, lead, level, above)
    found = _dimensions(table, title)
    if not found and title and not frame:
        found = _dimensions(table, body)[:2]
    if frame and not (role == "outcome" and found):
        found = (frame, *(d for d in found if d != frame))
    elif role in ("plan", "problem") and above is not None and above.role == role:
        meta = "meta/plan" if role == "plan" else "meta/problems"
        found = (meta, *found)
    if not found and above is not None:
        found = above.dimensions
    return Labels(role, found)


def _role(table: _Table, title: str, lead: str, level: int, above: Labels | None) -> tuple[str, str]:
    if level <= 2:
        for role, dimension, pattern in table.roles:
            if pattern.search(title):
                return role, dimension
    for role, pattern in table.leads:
        if lead and pattern.search(lead):
            return role, ""
    return (above.role if above is not None else "done"), ""


_FIRST_CLAUSE = re.compile(r"[，,；;、 ]")
_FIRST_CLAUSE_BONUS = 1.5
"""A heading names its topic first, and says to what end afterwards."""


def _dimensions(table: _Table, title: str) -> tuple[str, ...]:
    """Dimensions by the sum of their terms; a term inside a heavier or longer one of another dimension does not count."""
    hits: list[tuple[float, int, int, str]] = []
    for name, pattern, weight in table.terms.possible([title]):
        for match in pattern.finditer(title):
            if match.end() > match.start():
                hits.append((weight, match.start(), match.end(), name))
                break
    hits.sort(key=lambda hit: (-hit[0], hit[1] - hit[2], hit[1], hit[3]))
    clause = _FIRST_CLAUSE.search(title, 4)
    first_ends = clause.start() if clause else len(title)
    scores: dict[str, float] = {}
    places: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for weight, start, end, name in hits:
        if any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        bonus = _FIRST_CLAUSE_BONUS if start < first_ends and name not in scores else 0
        scores[name] = scores.get(name, 0.0) + weight + bonus
        places[name] = min(places.get(name, start), start)
    return tuple(sorted(scores, key=lambda name: (-scores[name], places[name], name)))
