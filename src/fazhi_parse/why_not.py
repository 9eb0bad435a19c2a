"""Why a rule does not take a figure: each of its conditions tried alone, for people who write rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from .errors import FazhiError
from .indicators import Catalogue, Indicator, Rule
from .indicators.dress import wide
from .indicators.figures import FORBIDS_TO, to_pause
from .indicators.leads import LEADS
from .labels import label
from .quantities import Quantity
from .spans import sentence_span

if TYPE_CHECKING:
    from .report import Report

__all__ = ["Obstacle", "Surroundings", "near_misses", "why_not"]

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


@attrs.frozen
class Obstacle:
    """One condition of a rule that does not hold beside a figure."""

    key: str
    """The condition's key in rule files, or error where its pattern could not be tried."""
    words: str
    """The pattern that was not found, the words that must not stand there, the topic, or the error."""
    beside: str = ""
    """The words in which the pattern was looked for."""

    @property
    def is_beside(self) -> bool:
        """Whether it is about the words beside the figure, without which a rule is far from fitting."""
        return self.key in ("left", "right", "tail")

    def __str__(self) -> str:
        if self.key in ("not", "unless"):
            return f"{self.key} matches 「{self.words}」"
        if self.key == "topic":
            return f"the topic {self.words} is named neither in the paragraph nor in the headings"
        return (
            self.words
            if self.key == "error"
            else f"{self.key} '{self.words}' does not match 「{self.beside}」"
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
    tried = [(rule, _obstacles(rule, words, catalogue)) for rule in indicator.rules if rule.zero is None]
    tried.sort(key=lambda item: sum(1 + obstacle.is_beside for obstacle in item[1]))
    has_unit = _has_unit(indicator, quantity)
    fits = label("explain", "fits", "en") if has_unit else "its words fit"
    lines = [f"rule {rule.id}: {'; '.join(map(str, obstacles)) or fits}" for rule, obstacles in tried]
    if not has_unit:
        units = "、".join(sorted(indicator.raw_units))
        lines.insert(0, f"unit {quantity.unit or '(none)'} is not among {units} (a near one may do)")
    return tuple(lines)


def near_misses(
    report: Report, quantity: Quantity, catalogue: Catalogue
) -> list[tuple[Indicator, Rule, tuple[Obstacle, ...]]]:
    """The indicators that have a rule with the words beside a figure, and what else speaks against it; the nearest first."""
    words = Surroundings.of(report, quantity)
    found: list[tuple[Indicator, Rule, tuple[Obstacle, ...]]] = []
    for indicator in catalogue.indicators.values():
        if indicator.kind != quantity.kind or not _has_unit(indicator, quantity):
            continue
        tried = [(rule, _obstacles(rule, words, catalogue)) for rule in indicator.rules if rule.zero is None]
        near = [item for item in tried if not any(obstacle.is_beside for obstacle in item[1])]
        if near:
            found.append((indicator, *min(near, key=lambda item: len(item[1]))))
    return sorted(found, key=lambda item: len(item[2]))


def _has_unit(indicator: Indicator, quantity: Quantity) -> bool:
    return indicator.kind != "count" or quantity.unit in indicator.raw_units


def _obstacles(rule: Rule, words: Surroundings, catalogue: Catalogue) -> tuple[Obstacle, ...]:
    return tuple(_against(rule, words, catalogue))


def _against(rule: Rule, words: Surroundings, catalogue: Catalogue) -> Iterator[Obstacle]:
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
                yield Obstacle(key, pattern.pattern, text)
        for key, pattern, text in unwanted:
            if pattern is not None and (match := pattern.search(text)) is not None:
                yield Obstacle(key, match.group())
    except FazhiError as error:  # a pattern that backtracks without end
        yield Obstacle("error", str(error))
    topic = catalogue.topics.get(rule.topic) if rule.topic else None
    if topic is not None and not topic.search(f"{words.headings}＞{words.before}＞{words.right}"):
        yield Obstacle("topic", rule.topic or "")
