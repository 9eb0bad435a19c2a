"""Why an observation, a figure or a section is what it is, in plain words: English or Chinese."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from .extractors import Observation
from .indicators import Catalogue, Rule, load_catalogue
from .indicators.dress import wide
from .indicators.status import words_of
from .labels import check_language, label, message_in
from .outline import Section
from .quantities import Quantity, value_words
from .spans import sentence_span
from .why_not import Obstacle, near_misses

if TYPE_CHECKING:
    from .report import Report

__all__ = ["explain"]


def explain(
    report: Report, record: Observation | Quantity | Section, lang: str, catalogue: Catalogue | None
) -> str:
    """The reasons for one record of a report, a line each.

    Raises:
        ValueError: There is no such language, or the record is of another report.
        TypeError: The record is none of these.
    """
    check_language(lang)
    if isinstance(record, (Observation, Quantity)) and report.raw[record.start : record.end] != record.text:
        raise ValueError(
            f"{record.text} does not stand at {record.start} of this report: it is of another one"
        )
    reasons = _Reasons(report, catalogue or load_catalogue(), lang)
    if isinstance(record, Observation):
        return "\n  ".join(reasons.observation(record))
    if isinstance(record, Section):
        return "\n  ".join(reasons.section(record))
    if isinstance(record, Quantity):  # pyright: ignore[reportUnnecessaryIsInstance]
        taken = [o for o in report.observations if o.start < record.end and record.start < o.end]
        if taken:
            return "\n".join(explain(report, o, lang, catalogue) for o in taken)
        return "\n  ".join(reasons.quantity(record))
    raise TypeError(f"only observations, quantities and sections are explained, not {type(record).__name__}")


class _Reasons:
    """The sentences about records of one report; `[explain]` of data/labels.toml holds their words."""

    def __init__(self, report: Report, catalogue: Catalogue, lang: str) -> None:
        self.report, self.catalogue, self.lang = report, catalogue, lang

    def say(self, key: str, *words: object, **named: Any) -> str:
        """A sentence with its blanks filled in."""
        return label("explain", key, self.lang).format(*words, **named)

    def section(self, record: Section) -> Iterator[str]:
        """Why a heading is where it is, and what it is about."""
        kind, why = label("marker", record.kind, self.lang), message_in(self.lang, "why", record.why)
        yield self.say("section", heading=record.heading, level=record.level, kind=kind, why=why)
        yield self.say("role", label("role", record.role, self.lang))
        if record.dimensions:
            names = (label("dimension", each, self.lang) for each in record.dimensions)
            yield self.say("dimensions", self.say("joint").join(names))

    def quantity(self, record: Quantity) -> Iterator[str]:
        """Why a figure is no value of any indicator: the rules whose words stand beside it, and what they lack."""
        kind = label("kind", record.kind, self.lang)
        yield self.say("quantity", value=value_words(record, self.lang), kind=kind)
        yield from self._place(record)
        near = near_misses(self.report, record, self.catalogue)
        yield self.say("not_taken" if near else "no_rule")
        for indicator, rule, obstacles in near[:_MOST_NEAR]:
            why = [self._obstacle(obstacle) for obstacle in obstacles] or [self.say("fits")]
            name = self._name(indicator.id)
            yield self.say(
                "against", name=name, id=indicator.id, rule=rule.id, why=self.say("joint").join(why)
            )

    def _obstacle(self, obstacle: Obstacle) -> str:
        return self.say(f"lacks_{obstacle.key}", self.quoted((obstacle.words,)))

    def observation(self, record: Observation) -> Iterator[str]:
        """Where a value stands, by which words it was found, of which year and status it is, what else it could be."""
        value, name = value_words(record, self.lang), self._name(record.indicator)
        yield self.say("figure", name=name, id=record.indicator, value=value)
        before = yield from self._place(record)
        yield self._why_indicator(record)
        yield self._why_year(record, before)
        yield self._why_status(record, before)
        for rival in record.rivals:
            yield self.say(
                "also",
                name=self._name(rival.indicator),
                id=rival.indicator,
                evidence=self.quoted(rival.evidence),
                score=f"{rival.score:g}",
                best=f"{record.score:g}",
                rule=rival.rule,
                why=self.say("weaker" if rival.score < record.score else "tied"),
            )

    def _place(self, record: Observation | Quantity) -> Generator[str, None, str]:
        """Words, headings and sentence of a figure; returns what stands before it in the sentence."""
        raw = self.report.raw
        section = self.report.section_at(record.start)
        extent = None if section is None else (section.body_start, section.end)
        first, last = sentence_span(raw, record.start, record.end, extent)
        before = raw[first : record.start]
        yield self.say("said", quote=self.quoted((record.text,)), start=record.start, end=record.end)
        path = " > ".join(section.path) if section is not None else ""
        yield self.say("where", path=path) if path else self.say("nowhere")
        yield self.say("sentence", " ".join(f"{before}【{record.text}】{raw[record.end : last]}".split()))
        return before

    def _name(self, identity: str) -> str:
        entry = self.catalogue.indicators.get(identity)
        if entry is None:
            return identity
        return entry.zh if self.lang == "zh" or entry.en == entry.zh else f"{entry.en}, {entry.zh}"

    def quoted(self, evidence: tuple[str, ...]) -> str:
        """Words of the report, each in quotation marks."""
        return self.say("joint").join(self.say("quote", word) for word in evidence) or self.say("no_words")

    def _why_indicator(self, record: Observation) -> str:
        if record.implied:
            return self.say("zero", quote=self.say("quote", record.text))
        entry = self.catalogue.indicators.get(record.indicator)
        rule = next((rule for rule in entry.rules if rule.id == record.rule), None) if entry else None
        if rule is not None:
            said = self.say("words", evidence=self._evidence(record, rule), rule=record.rule)
            named = [word for word in record.evidence if word != rule.topic]
            verbatim = all(word in wide(record.sentence) for word in named) or rule.near is not None
            return said if verbatim else said + self.say("as_read")
        if "#" in record.rule:  # a rule of a catalogue that is not at hand
            evidence = self.say("plain", self.quoted(record.evidence))
            return self.say("words", evidence=evidence, rule=record.rule)
        evidence = f" ({self.quoted(record.evidence)})" if record.evidence else ""
        return self.say("extractor", rule=record.rule, evidence=evidence)

    def _evidence(self, record: Observation, rule: Rule) -> str:
        """The words that a rule goes by, with where each stands."""
        patterns = ((rule.left, "before"), (rule.right, "behind"), (rule.tail, "behind"), (rule.near, "near"))
        asked = [place for pattern, place in patterns if pattern is not None]
        found = list(record.evidence)
        topic = [self.say("topic", found.pop())] if rule.topic and found and found[-1] == rule.topic else []
        if len(found) != len(asked):  # a part of the rule matched without words
            asked = ["plain"] * len(found)
        words = [self.say(place, self.say("quote", word)) for place, word in zip(asked, found, strict=True)]
        return self.say("joint").join(words + topic) or self.say("no_words")

    def _why_year(self, record: Observation, before: str) -> str:
        own = self.report.metadata.year
        if record.year is None:
            several = record.status == "cumulative"
            return self.say("no_year", reason=self.say("no_year_several" if several else "no_year_said"))
        if str(record.year) in before:
            reason = "year_named"
        elif own is None:
            reason = "year_other"
        else:
            near = {0: "year_report", -1: "year_before", 1: "year_after"}
            reason = near.get(record.year - own, "year_other")
        return self.say("year", year=record.year, reason=self.say(reason))

    def _why_status(self, record: Observation, before: str) -> str:
        reason = self.say(record.status)
        section = self.report.section_at(record.start)
        if record.status == "planned" and section is not None and section.role == "plan":
            reason += self.say("by_section")
        elif words := (
            words_of(record.status, wide(before)) or words_of(record.status, wide(before + record.text))
        ):
            reason += self.say("by_words", self.say("quote", words))
        return self.say("status", status=label("status", record.status, self.lang), reason=reason)


_MOST_NEAR = 3
"""So many indicators are told that a figure is almost one of."""
