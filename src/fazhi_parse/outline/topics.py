"""Which dimensions of the taxonomy a heading names, by weighted terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import attrs

from ..data_files import load_table
from ..deferred import deferred
from ..prefilter import PatternIndex

__all__ = ["SURE", "Topic", "akin", "common", "firsts", "ranked", "topics_of"]

SURE = 3
"""From this weight on a term names its dimension; below it only hints at it."""


@attrs.frozen
class Topic:
    """A dimension that a text names."""

    dimension: str
    score: float
    at: int
    """Where it is named first."""
    weight: float
    """Weight of its heaviest term."""
    leading: float
    """Weight of its heaviest term in the first clause (behind one that names nothing but the manner); 0 if none stands there."""


@cache
def _terms() -> PatternIndex[tuple[str, re.Pattern[str], float]]:
    return PatternIndex(
        ((str(entry["id"]), deferred(pattern), float(weight)), (str(pattern),))
        for entry in load_table("dimensions.toml")["dimension"]
        for weight, patterns in entry["terms"].items()
        for pattern in patterns
    )


_CLAUSE_END = deferred(r"[，,；;、 ]")
_MANNER = deferred(
    r"(?:聚焦|坚持|紧扣|紧盯|围绕|突出|立足|锚定|着眼|对标|对照|依托)[^，,；;、 ]{2,10}[，,；; ]"
)
"""A clause in front that may say no more than how: 聚焦重点任务，加强组织领导."""
_LEADS = 2.5
"""What a term in the first clause counts more: a heading names its topic first and says to what end afterwards."""
_LATER = 0.5
"""What further words of a dimension add that no first clause names: 加强党的领导，提高干部法治思维和能力 is about leadership."""
_FARTHEST = 200
_AGAIN = 1
"""What further words of the same kind add."""


def topics_of(text: str) -> dict[str, Topic]:
    """The dimensions that a text names.

    A term inside a heavier or longer one of another dimension does not count, nor what stands behind the
    first 200 characters.

    >>> sorted(topics_of("严格合法性审查，提升决策水平"))
    ['decision', 'decision/review']
    """
    text = text[:_FARTHEST]
    hits: list[tuple[float, int, int, str, int]] = []
    for i, (name, pattern, weight) in enumerate(_terms().possible([text])):
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start:
                hits.append((weight, start, end, name, i))
    if any(weight for weight, *_ in hits):
        hits = [hit for hit in hits if hit[0]]  # a figure of speech counts only where nothing else is named
    hits.sort(key=lambda hit: (-hit[0], hit[1] - hit[2], hit[1], hit[3]))
    named = min((start for _, start, _, _, _ in hits), default=0)
    manner = _MANNER.match(text)
    clause = _CLAUSE_END.search(text, named if manner and named >= manner.end() else 4)
    first_ends = clause.start() if clause else len(text)
    taken: list[tuple[int, int]] = []
    counted: set[int] = set()
    topics: dict[str, Topic] = {}
    for weight, start, end, name, pattern_number in hits:
        if any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        score = _AGAIN if pattern_number in counted else weight
        counted.add(pattern_number)
        leading = weight if start < first_ends else 0
        known = topics.get(name)
        led = known.leading if known is not None else 0
        if known is not None and not leading and not led:
            score = min(score, _LATER)
        if leading >= SURE > led:
            score += _LEADS
        if known is None:
            topics[name] = Topic(name, score, start, weight, leading)
        else:
            topics[name] = Topic(
                name, known.score + score, min(known.at, start), known.weight, max(led, leading)
            )
    return topics


def ranked(topics: dict[str, Topic]) -> tuple[str, ...]:
    """Dimensions, the best supported first."""
    return tuple(t.dimension for t in sorted(topics.values(), key=lambda t: (-t.score, t.at, t.dimension)))


def firsts(texts: Iterable[str], least: float = 0) -> tuple[str, ...]:
    """What each of some texts is about first, of those that name anything (by a term of that weight at least)."""
    found = map(topics_of, texts)
    return tuple(
        ranked(topics)[0] for topics in found if max((t.weight for t in topics.values()), default=-1) >= least
    )


def akin(one: str, other: str) -> bool:
    """Whether two dimensions are of one family: disputes/mediation and disputes."""
    return one.partition("/")[0] == other.partition("/")[0]


_MOST = 0.7
"""Share of the parts of its family that a dimension must have for a section not to be about the whole."""


def common(parts: Sequence[str], share: float = _MOST) -> tuple[str, ...]:
    """What most parts of a section are about: one dimension, or the one above several of its kind.

    Besides it what more than one part is about, and the several parts of a whole.

    Args:
        parts: What each part is about first.
        share: Share of its family that a dimension must have for the section not to be about the whole.

    >>> common(["disputes/mediation", "disputes/petition", "society"])
    ('disputes', 'disputes/mediation', 'disputes/petition')
    """
    if not parts:
        return ()
    family, count = Counter(d.partition("/")[0] for d in parts).most_common(1)[0]
    if 3 * count < len(parts):
        return ()
    inside = Counter(d for d in parts if akin(d, family))
    first, most = inside.most_common(1)[0]
    whole = most < share * count
    votes = Counter(parts)
    besides = [d for d in (*inside, *parts) if votes[d] > 1 or (whole and akin(d, family))]
    if len(inside) > 1:
        besides.append(family)
    return tuple(dict.fromkeys([family if whole else first, *besides]))
