"""Why a rule does not take a figure: each of its conditions tried alone, for people who write rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from .errors import FazhiError
from .indicators import Catalogue, Indicator, Rule
from .indicators.dress import wide
from .indicators.figures import FORBIDS_TO, to_pause
from .indicators.subjects import LEADS
from .quantities import Quantity
from .report import Report
from .spans import sentence_span

__all__ = ["Surroundings", "why_not"]

_HALF = re.compile(r"[；;]")
_CLAUSE = re.compile(r"[^，,；;。]*$")


@attrs.frozen
class Surroundings:
    """The words around a figure, about as the rules see them (in raw form, without what is carried over)."""

    left: str
    """Words before it, from the figure before on, without what only leads to the number."""
    right: str
    """Words behind it, up to the next punctuation or figure."""
    tail: str
    """Words behind it, up to the end of the half sentence."""
    half: str
    """The half sentence, as far as it can forbid a rule."""
    sentence: str
    """The sentence."""
    headings: str
    """Titles of the sections that hold it."""
    before: str
    """Its paragraph so far."""

    @classmethod
    def of(cls, report: Report, quantity: Quantity) -> Surroundings:
        """What surrounds one of the report's quantities."""
        raw, at, end = wide(report.raw), quantity.start, quantity.end
        section = report.section_at(at)
        extent = None if section is None else (section.body_start, section.end)
        start, stop = sentence_span(raw, at, end, extent)
        earlier = max((q.end for q in report.quantities if q.end <= at), default=0)
        later = min((q.start for q in report.quantities if q.start >= end), default=stop)
        half_start = max(raw.rfind(mark, start, at) + 1 for mark in "；;")
        half_end = _HALF.search(raw, end, stop)
        tail = raw[end : half_end.start() if half_end else stop]
        return cls(
            LEADS.stripped(raw[max(start, earlier) : at]),
            to_pause(raw, end, min(later, stop)),
            tail,
            raw[max(start, half_start, at - FORBIDS_TO) : end] + tail[:FORBIDS_TO],
            raw[start:stop],
            "＞".join(section.path) if section else "",
            raw[raw.rfind("\n", 0, at) + 1 : at],
        )


def why_not(
    report: Report, quantity: Quantity, indicator: Indicator, catalogue: Catalogue
) -> tuple[str, ...]:
    """What speaks against each rule of an indicator for a figure, the nearest rule first.

    The conditions are tried one by one on the words beside the figure; what the matcher
    carries over from elsewhere (the subject of the figure before) is not seen here.
    """
    if quantity.kind != indicator.kind:
        return (f"{quantity.text} is a {quantity.kind}, {indicator.id} a {indicator.kind}",)
    words = Surroundings.of(report, quantity)
    reasons = [
        (rule, list(_against(rule, words, catalogue))) for rule in indicator.rules if rule.zero is None
    ]
    reasons.sort(key=lambda item: sum(2 if why.startswith(_BESIDE) else 1 for why in item[1]))
    lines = [f"rule {rule.id}: {'; '.join(why) or _ALL_FIT}" for rule, why in reasons]
    if indicator.kind == "count" and quantity.unit not in indicator.raw_units:
        units = "、".join(sorted(indicator.raw_units))
        lines.insert(0, f"unit {quantity.unit or '(none)'} is not among {units} (a near one may do)")
    return tuple(lines)


_BESIDE = ("left", "right", "tail")
"""Without its words beside the figure a rule is far from fitting."""
_ALL_FIT = "its words fit; another indicator is stronger, or the figure is no level of the year (a change, a mean, some months', another place's)"


def _against(rule: Rule, words: Surroundings, catalogue: Catalogue) -> Iterator[str]:
    found = _CLAUSE.search(words.left)
    clause = found.group() if found else ""
    wanted = (
        ("left", rule.left, words.left), ("right", rule.right, words.right), ("tail", rule.tail, words.tail),
        ("with", rule.near, f"{words.sentence}＞{words.headings}"),
    )  # fmt: skip
    unwanted = (
        ("not", rule.without, f"{clause}＃{words.right}"),
        ("unless", rule.unless, words.half),
    )
    try:
        for key, pattern, text in wanted:
            if pattern is not None and pattern.search(text) is None:
                yield f"{key} '{pattern.pattern}' does not match 「{text}」"
        for key, pattern, text in unwanted:
            if pattern is not None and (match := pattern.search(text)) is not None:
                yield f"{key} matches 「{match.group()}」"
    except FazhiError as error:  # a pattern that backtracks without end
        yield str(error)
    topic = catalogue.topics.get(rule.topic) if rule.topic else None
    if topic is not None and not topic.search(f"{words.headings}＞{words.before}＞{words.right}"):
        yield f"the topic {rule.topic} is named neither in the paragraph nor in the headings"
