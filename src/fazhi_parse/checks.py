"""Do the figures of a report agree with each other? Parts and totals, rates and their counts, bounds, year on year."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from .deferred import deferred
from .errors import Diagnostic
from .extractors import Observation
from .indicators import load_catalogue
from .printed import Bounds, count_bounds, overlap, percent_bounds
from .relations import Relation, builtin_relations
from .reporter import reporter
from .spans import LINE_ENDS, sentence_span

if TYPE_CHECKING:
    from .report import Report

__all__ = ["Finding", "check_years", "find_disagreements"]


@attrs.frozen
class Finding:
    """Figures that do not agree."""

    relation: str
    """Id of the relation."""
    code: str
    """check.rate, check.parts, check.sum, check.range or check.years."""
    level: str
    """error, or warning where reports may count in another way."""
    message: str
    """The figures with their names, and what does not agree."""
    figures: tuple[Observation, ...]
    """The figures, that of the rate or the whole first."""
    note: str = ""
    """Why it may be in order all the same."""

    @property
    def diagnostic(self) -> Diagnostic:
        """The same with the raw span of its first figure."""
        first = self.figures[0]
        message = f"{self.message} ({self.note})" if self.note else self.message
        return Diagnostic(self.code, message, first.start, first.end)


def _quotient(part: Observation, whole: Observation, at_least: bool) -> Bounds:
    """What the part can be of the whole, in percent; of a smaller base it may be more."""
    (low, high), (least, most) = count_bounds(part), count_bounds(whole)
    unknown = at_least or high is None or least <= 0
    return 100 * low / most if most else Fraction(0), None if unknown else 100 * Fraction(high or 0) / least


def _total(parts: Sequence[Observation]) -> Bounds:
    low, high = Fraction(0), Fraction(0)
    open_above = False
    for part in parts:
        least, most = count_bounds(part)
        low += least
        high += most or 0
        open_above = open_above or most is None
    return low, None if open_above else high


# -- one report --------------------------------------------------------------------------------------

_END = deferred(rf"[。！？!?{LINE_ENDS}]")


_SENTENCE, _SECTION, _REPORT = range(3)
"""Where the counterparts of a figure are looked for, the narrowest place first."""


class _Place:
    """The values of one indicator in one sentence, in one section or in the report."""

    def __init__(self) -> None:
        self.all: list[Observation] = []
        self.distinct: set[tuple[object, ...]] = set()

    def add(self, observation: Observation) -> None:
        self.all.append(observation)
        self.distinct.add((observation.value, observation.value_max, observation.approx))

    @property
    def only(self) -> Observation | None:
        """The one value, however often it stands there; None where there are several."""
        return self.all[0] if len(self.distinct) == 1 else None


class _Group:
    """The observations of one status and year, by indicator and by where they stand."""

    def __init__(self, raw: str, observations: Sequence[Observation]) -> None:
        self.raw = raw
        self.sentences: dict[int, int] = {}
        """Number of the sentence in which a value begins, of those that hold one."""
        number = last = 0
        for start in sorted({observation.start for observation in observations}):
            number += _END.search(raw, last, start) is not None
            self.sentences[start], last = number, start
        self.places: dict[tuple[int, int | None, str], _Place] = {}
        for observation in observations:
            for scope in (_SENTENCE, _SECTION, _REPORT):
                key = (scope, self.where(observation, scope), observation.indicator)
                self.places.setdefault(key, _Place()).add(observation)

    def where(self, observation: Observation, scope: int) -> int | None:
        """Number of its sentence or section."""
        if scope == _SENTENCE:
            return self.sentences[observation.start]
        return observation.section if scope == _SECTION else None

    def near(self, anchor: Observation, identity: str, scope: int) -> _Place | None:
        """Values of an indicator in the anchor's sentence, in its section, or anywhere."""
        return self.places.get((scope, self.where(anchor, scope), identity))

    def values(self, identity: str) -> list[Observation]:
        """All values of an indicator that is there."""
        return self.places[_REPORT, None, identity].all


def find_disagreements(
    raw: str, observations: Iterable[Observation], relations: Iterable[Relation] | None = None
) -> tuple[Finding, ...]:
    """Figures of one report that do not agree: `Report.check` of a report's text and observations.

    Only figures of the same status (actual or previous) and year are compared, those of the
    same sentence first, else of the same section, else of the report. Where an indicator has
    several values in that place it is not known which is meant, and nothing is told.
    """
    relations = builtin_relations() if relations is None else tuple(relations)
    related = {i for relation in relations for i in (*relation.parts, relation.whole, relation.rate)}
    groups: dict[tuple[str, int | None], list[Observation]] = {}
    for observation in observations:
        if observation.status in ("actual", "previous"):
            groups.setdefault((observation.status, observation.year), []).append(observation)
    found: list[Finding] = []
    for members in groups.values():
        present = {o.indicator for o in members}
        group: _Group | None = None
        for relation in relations:
            if relation.kind == "range":
                found += _out_of_range(relation, members)
            elif relation.whole in present and present.intersection(relation.parts):
                if relation.kind == "rate" and relation.rate not in present:
                    continue
                group = group or _Group(raw, [o for o in members if o.indicator in related])
                found += _disagreeing(relation, group)
    return tuple(sorted(found, key=lambda f: (f.figures[0].start, f.relation)))


def _out_of_range(relation: Relation, members: Iterable[Observation]) -> Iterator[Finding]:
    for o in members:
        if o.unit == relation.unit and not relation.min <= o.value <= relation.max:
            yield _finding(relation, f"{_said(o)} is not between {relation.min} and {relation.max}", [o])


def _disagreeing(relation: Relation, group: _Group) -> Iterator[Finding]:
    """What does not agree around each rate or whole, in the narrowest place that holds its counterparts."""
    first, others = relation.whole, relation.parts
    if relation.kind == "rate":
        first, others = relation.rate, (*relation.parts, relation.whole)
    told: set[str] = set()
    for anchor in group.values(first):
        scope, figures = _counterparts(relation, group, anchor, others)
        if len(figures) < 2 or not _is_meant(relation, group.raw, figures):
            continue
        message = _fault(relation, figures)
        if message and message not in told and not (scope and _any_agrees(relation, group, figures)):
            told.add(message)
            finding = _finding(relation, message, figures)
            yield finding if scope == _SENTENCE else _less_sure(finding)


def _counterparts(
    relation: Relation, group: _Group, anchor: Observation, others: Iterable[str]
) -> tuple[int, list[Observation]]:
    """The anchor and the figures to compare it with, and in which place; none where it is not known which."""
    for scope in (_SENTENCE, _SECTION, _REPORT):
        near = [place for other in others if (place := group.near(anchor, other, scope)) is not None]
        if near and (len(near) == len(tuple(others)) or relation.kind == "parts"):
            own = group.near(anchor, anchor.indicator, scope)
            figures = [place.only for place in near]
            known = own is not None and own.only is not None and None not in figures
            return scope, [anchor, *(figure for figure in figures if figure)] if known else []
    return _REPORT, []


_NEAR = 40


def _is_meant(relation: Relation, raw: str, figures: Sequence[Observation]) -> bool:
    """Whether the words around the figures let them be compared, where a relation asks for that."""
    anchor, part = figures[:2]
    between = raw[max(anchor.end, part.start - _NEAR) : part.start]
    if relation.words and not re.search(relation.words, between):
        return False
    begin = max(anchor.end, sentence_span(raw, part.start, part.end)[0])
    if relation.kind == "rate" and "其中" in raw[begin : part.start]:
        return False  # the rate is that of the whole, what 其中 opens is not
    sentence = raw[slice(*sentence_span(raw, anchor.start, anchor.end))] if relation.unless else ""
    return not (relation.unless and re.search(relation.unless, sentence))


_MOST_COMBINATIONS = 64
"""Beyond that nothing is known about which of the values are meant."""


def _any_agrees(relation: Relation, group: _Group, figures: Sequence[Observation]) -> bool:
    """Whether some choice among all values that the report states for these indicators agrees."""
    values = [group.values(figure.indicator)[: _MOST_COMBINATIONS + 1] for figure in figures]
    choices = list(itertools.islice(itertools.product(*values), _MOST_COMBINATIONS + 1))
    return len(choices) > _MOST_COMBINATIONS or any(not _fault(relation, choice) for choice in choices)


def _fault(relation: Relation, figures: Sequence[Observation]) -> str:
    """What does not agree, empty where it does; the first figure is the rate or the whole."""
    anchor, *parts = figures
    if relation.kind == "rate":
        part, whole = parts
        if overlap(_quotient(part, whole, relation.at_least), percent_bounds(anchor, relation.tolerance)):
            return ""
        percent = float(100 * Fraction(part.value) / Fraction(whole.value))
        return f"{_said(anchor)} ≠ {_said(part)} / {_said(whole)} = {percent:.2f}%"
    total, printed = _total(parts), count_bounds(anchor)
    too_much = printed[1] is not None and total[0] > printed[1]
    if not too_much and (relation.kind == "parts" or overlap(total, printed)):
        return ""
    added = float(sum(Fraction(part.value) for part in parts))
    listed = " + ".join(map(_said, parts)) + (f" = {added:.12g}" if len(parts) > 1 else "")
    return f"{listed} {'>' if too_much else '<'} {_said(anchor)}"


def _said(observation: Observation) -> str:
    """Name of the indicator with the figure as printed."""
    entry = load_catalogue().indicators.get(observation.indicator)
    return f"{entry.zh if entry else observation.indicator} {' '.join(observation.text.split())}"


def _finding(relation: Relation, message: str, figures: Iterable[Observation]) -> Finding:
    code = f"check.{relation.kind}"
    return Finding(relation.id, code, relation.level, message, tuple(figures), relation.note)


def _less_sure(finding: Finding) -> Finding:
    """A finding beyond one sentence is a warning."""
    note = "; ".join(filter(None, [finding.note, _APART]))
    return attrs.evolve(finding, level="warning", note=note)


_APART = "the figures stand in different sentences and may be about different things"


# -- year on year ----------------------------------------------------------------------------------------


def check_years(
    reports: Iterable[Report], relations: Iterable[Relation] | None = None
) -> tuple[tuple[Report, Report, Finding], ...]:
    """Values that jump from one year to the next, are the same again, or are recalled otherwise than they were.

    Only reports that are of one row of a panel are compared (of the same place, or the same department in it), and
    indicators with one such value in either.

    Returns:
        The earlier report, the later one, and the finding with the later figure first.
    """
    relations = [r for r in (builtin_relations() if relations is None else relations) if r.kind == "years"]
    by_reporter: dict[tuple[str, str, int], list[Report]] = {}
    for report in reports:
        meta = report.metadata
        place, department = reporter(meta.region, meta.issuer, meta.title)
        if place and meta.year is not None:
            by_reporter.setdefault((place, department, meta.year), []).append(report)
    found: list[tuple[Report, Report, Finding]] = []
    for place, department, year in sorted(by_reporter):
        for earlier in by_reporter.get((place, department, year - 1), ()):
            for later in by_reporter[place, department, year]:
                found += (
                    (earlier, later, finding)
                    for relation in relations
                    for finding in _over_years(relation, earlier, later)
                )
    return tuple(found)


def _over_years(relation: Relation, earlier: Report, later: Report) -> Iterator[Finding]:
    before, after, recalled = _single(earlier), _single(later), _single(later, earlier.metadata.year)
    for identity, old in sorted(before.items()):
        said_again = recalled.get(identity)
        if said_again is not None and not overlap(count_bounds(old), count_bounds(said_again)):
            message = f"{_said(said_again)} for {said_again.year}, but {old.text} in that year's report"
            yield _finding(relation, message, [said_again, old])
        new = after.get(identity)
        if new is None or old.unit == "%":
            continue
        small, large = sorted((Fraction(old.value), Fraction(new.value)))
        said = f"{_said(new)} ({new.year}), {old.text} ({old.year})"
        if small > 0 and large > relation.factor * small:
            yield _finding(relation, f"{said}: a change of more than {relation.factor} times", [new, old])
        elif (
            relation.copied
            and small == large >= relation.copied
            and not (old.approx or _is_stock(relation, identity))
        ):
            yield _finding(relation, f"{said}: the same figure again", [new, old])


def _is_stock(relation: Relation, identity: str) -> bool:
    return identity in relation.stocks or identity.partition(".")[0] in relation.stocks


def _single(report: Report, earlier_year: int | None = None) -> dict[str, Observation]:
    """Values of the report's own year, or those that it recalls of an earlier one, of indicators with one only."""
    wanted = ("actual", report.metadata.year) if earlier_year is None else ("previous", earlier_year)
    values: dict[str, _Place] = {}
    for o in report.observations:
        if (o.status, o.year) == wanted:
            values.setdefault(o.indicator, _Place()).add(o)
    return {identity: only for identity, place in values.items() if (only := place.only) is not None}
