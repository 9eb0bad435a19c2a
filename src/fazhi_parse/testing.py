"""For tests of your own rules and extractors: examples beside the rules, assertions, invariants of a report."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import attrs

from .extractors import STATUSES, Observation
from .indicators import InvalidRule, load_catalogue
from .outline import Section
from .quantities import Quantity, number_text
from .report import Parser, Report, parse
from .why_not import Surroundings, why_not

__all__ = [
    "Example",
    "Failure",
    "assert_found",
    "assert_not_found",
    "assert_sound",
    "check_report",
    "check_rules",
    "examples_of",
    "page",
]


@attrs.frozen
class Example:
    """A sentence with the values that an indicator has in it: `examples` and `negatives` of a rule file."""

    indicator: str
    """Id of the indicator."""
    text: str
    """The sentence."""
    values: tuple[Decimal, ...] | None
    """All its values in the sentence, () in a negative example; None where any value will do."""
    heading: str
    """Heading that the sentence stands under."""
    status: str
    """Status that the values must have."""
    year: int
    """Year that the report is about."""
    source: str
    """The file."""


@attrs.frozen
class Failure:
    """An example that does not hold; `str` of it is readable."""

    example: Example
    """The example."""
    found: tuple[Observation, ...]
    """What was found for its indicator, with the status asked for."""
    seen: str
    """Everything that was found in the sentence, for the reader."""
    reasons: tuple[str, ...] = ()
    """What speaks against the rules of the indicator, the nearest ones first."""

    def __str__(self) -> str:
        example = self.example
        values = example.values
        wanted = "any value" if values is None else ", ".join(map(number_text, values)) or "no value"
        got = ", ".join(f"{number_text(o.value)} (「{o.text}」, rule {o.rule})" for o in self.found)
        return (
            f"{example.indicator} ({example.source})\n"
            f"  sentence  {example.text}\n"
            f"  expected  {wanted}{'' if example.status == 'actual' else f' ({example.status})'}\n"
            f"  found     {got or 'no value'}\n"
            f"  in all    {self.seen}" + "".join(f"\n  against   {reason}" for reason in self.reasons)
        )


_HEADING, _YEAR = "主要工作", 2023


def page(text: str, heading: str = _HEADING, year: int = _YEAR) -> str:
    """A report around a sentence: what stands in a report means more than a sentence alone.

    >>> page("受理行政复议案件6件。")
    '甲县2023年法治政府建设情况报告\\n一、主要工作\\n受理行政复议案件6件。\\n'
    """
    return f"{_place(text)}{year}年法治政府建设情况报告\n一、{heading}\n{text}\n"


_PLACES = (
    ("甲县", re.compile("[县区旗镇乡]|街道")),
    ("甲乙市", re.compile("[全我本]市|市(?:政府|人大|政协|委|级|直|本级)")),
)
"""Who calls its own so, the smallest place first."""


def _place(text: str) -> str:
    """The place that could say so: 全市受理复议案件300件 stands in the report of a city."""
    return next((place for place, words in _PLACES if words.search(text)), "甲县")


# -- rules ---------------------------------------------------------------------------------------


def check_rules(*paths: str | PathLike[str], parser: Parser | None = None) -> list[Failure]:
    """Run the positive and negative examples of rule files.

    In a positive example the indicator must have exactly the values given (or any, where it is only a
    sentence), in a negative one none.

    Args:
        paths: TOML files with rules; without any, the examples of the built-in catalogue are run.
        parser: A parser with more than these files (extractors, plugins); by default one with the files only.

    Returns:
        The examples that do not hold; empty where all is well.

    Raises:
        InvalidRule: A file cannot be used, or an example in it is not written as one.
    """
    parser = Parser(rules=paths) if parser is None else parser
    wanted = (example for example in examples_of(*paths) if example.indicator not in parser.disable)
    return [failure for example in wanted if (failure := _run(example, parser)) is not None]


def examples_of(*paths: str | PathLike[str]) -> tuple[Example, ...]:
    """The examples of rule files, or those of the built-in catalogue.

    Raises:
        InvalidRule: An example is not written as one.
    """
    if not paths:
        families = sorted((files("fazhi_parse.indicators") / "catalogue").iterdir(), key=lambda f: f.name)
        texts = [file.read_text("utf-8") for file in families if file.name.endswith(".toml")]
        return tuple(example for text in texts for example in _examples(tomllib.loads(text), "built-in"))
    load_catalogue(paths)  # what is no rule file is told first
    return tuple(
        example
        for path in paths
        for example in _examples(tomllib.loads(Path(path).read_text("utf-8-sig")), fspath(path))
    )


def _examples(table: Mapping[str, Any], source: str) -> Iterator[Example]:
    for entry in table.get("indicator", ()):
        identity = entry["id"]
        for positive, key in ((True, "examples"), (False, "negatives")):
            for number, case in enumerate(entry.get(key, ()), 1):
                where = f"{source}: {identity}: {key} number {number}"
                yield _example(case, identity, positive, source, where)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


_EXAMPLE_KEYS = {"text", "value", "heading", "status", "year"}


def _example(case: Any, identity: str, positive: bool, source: str, where: str) -> Example:
    """An example from any of its forms: ["sentence", 6], "sentence", { text = "sentence", value = 6 }."""
    form = "'sentence' or ['sentence', value]" if positive else "'sentence'"
    fault = (
        f"{where} is written {form}, or {{ text = 'sentence', … }} with {', '.join(sorted(_EXAMPLE_KEYS))}"
    )
    fields: dict[str, Any] = {}
    if _is_table(case):
        fields = dict(case)
    elif _is_list(case):
        fields = dict(zip(("text", "value"), case, strict=False))
        if len(fields) != len(case):
            raise InvalidRule(fault)
    else:
        fields = {"text": case}
    text, heading, status = (
        fields.get("text"),
        fields.get("heading", _HEADING),
        fields.get("status", "actual"),
    )
    year, given = fields.get("year", _YEAR), fields.get("value", ())
    several: list[Any] = given if _is_list(given) else [given] if "value" in fields else []
    sound = (
        isinstance(text, str) and isinstance(heading, str) and isinstance(year, int) and status in STATUSES
    )
    empty = "value" in fields and not (positive and several)
    if not sound or set(fields) - _EXAMPLE_KEYS or empty:
        raise InvalidRule(fault)
    try:
        values = tuple(Decimal(str(value)) for value in several)
    except InvalidOperation as error:
        raise InvalidRule(f"{where}: {given!r} is no number") from error
    if not all(value.is_finite() for value in values):
        raise InvalidRule(f"{where}: {given!r} is no number")
    return Example(
        identity,
        str(text),
        values if values or not positive else None,
        str(heading),
        str(status),
        int(year),
        source,
    )


def _run(example: Example, parser: Parser) -> Failure | None:
    report = parser.parse(page(example.text, example.heading, example.year))
    found = _of(report, example.indicator, example.status)
    holds = (
        bool(found) if example.values is None else sorted(o.value for o in found) == sorted(example.values)
    )
    if holds:
        return None
    return Failure(example, found, _seen(report), _reasons(report, example, parser))


def _of(report: Report, indicator: str, status: str) -> tuple[Observation, ...]:
    return tuple(o for o in report.observations if o.indicator == indicator and o.status == status)


def _seen(report: Report) -> str:
    """Everything that was found, the figures without an indicator, and what went wrong."""
    parts = [
        f"「{o.text}」 {o.indicator} {number_text(o.value)} {o.status} (rule {o.rule})"
        for o in report.observations
    ]
    taken = {(o.start, o.end) for o in report.observations}
    parts += [
        f"「{q.text}」 no indicator ({_around(report, q)})"
        for q in report.quantities
        if (q.start, q.end) not in taken
    ]
    parts += [
        f"{d.code}: {d.message}" for d in report.diagnostics if d.code in ("extractor.failed", "rule.timeout")
    ]
    return "; ".join(parts) or "no figures"


def _around(report: Report, quantity: Quantity) -> str:
    words = Surroundings.of(report, quantity)
    return f"{quantity.kind}, left 「{words.left}」, right 「{words.right}」"


def _reasons(report: Report, example: Example, parser: Parser) -> tuple[str, ...]:
    """What speaks against the indicator's rules for the figures that should have been found."""
    catalogue = parser.catalogue
    indicator = catalogue.indicators.get(example.indicator)
    if indicator is None:
        return ()
    taken = {o.start for o in report.observations if o.indicator == example.indicator}
    missed = [q for q in report.quantities if q.start not in taken]
    if example.values is not None:
        # 50 万元 is 500000 元: where no figure has the value, the unit may be what is wrong
        missed = [q for q in missed if q.value in example.values] or missed
    return tuple(
        f"「{q.text}」 {reason}"
        for q in missed
        for reason in why_not(report, q, indicator, catalogue)[:_MOST_REASONS]
    )


_MOST_REASONS = 3


# -- assertions ------------------------------------------------------------------------------------


def assert_found(
    text: str,
    indicator: str,
    value: Decimal | int | str,
    *,
    parser: Parser | None = None,
    heading: str = _HEADING,
    status: str = "actual",
) -> Observation:
    """Assert that a sentence states a value for an indicator; returns the observation for further questions.

    Args:
        text: A sentence, which is put into a report under `heading`; a text of several lines is taken as it is.
        indicator: Id of the indicator.
        value: The value, whole or exact.
        parser: A parser with your rules and extractors; by default the plain one.
        heading: What the sentence stands under.
        status: Status that the value must have.

    Raises:
        AssertionError: It is not found; the message says what is.

    >>> assert_found("全年受理行政复议案件6件。", "reconsideration.accepted", 6).text
    '6件'
    """
    report = _parsed(text, parser, heading)
    for observation in _of(report, indicator, status):
        if observation.value == Decimal(value):
            return observation
    raise AssertionError(
        f"{indicator} = {value} ({status}) is not found in {text!r}\n  in all: {_seen(report)}"
    )


def assert_not_found(
    text: str,
    indicator: str,
    *,
    parser: Parser | None = None,
    heading: str = _HEADING,
    status: str = "actual",
) -> None:
    """Assert that a sentence states nothing for an indicator.

    Raises:
        AssertionError: It does; the message says what and why.

    >>> assert_not_found("行政复议案件同比增长6件。", "reconsideration.accepted")
    """
    report = _parsed(text, parser, heading)
    if found := _of(report, indicator, status):
        catalogue = None if parser is None else parser.catalogue
        reasons = "\n".join(report.explain(o, catalogue=catalogue) for o in found)
        raise AssertionError(f"{indicator} ({status}) is found in {text!r}\n{reasons}")


def _parsed(text: str, parser: Parser | None, heading: str) -> Report:
    whole = text if "\n" in text.strip() else page(text, heading)
    return parse(whole) if parser is None else parser.parse(whole)


def assert_sound(report: Report) -> None:
    """Assert what holds for every report (see `check_report`).

    Raises:
        AssertionError: Something does not; the message lists it.
    """
    if problems := check_report(report):
        raise AssertionError("\n".join(problems))


def check_report(report: Report) -> list[str]:
    """What is wrong with a report that any report must satisfy; empty where nothing is.

    Every record's characters are those of the raw text, sections nest and tile, records refer
    to sections that exist, and the dictionary form comes back as it was.

    >>> check_report(parse("一、成效\\n受理行政复议案件6件。"))
    []
    """
    problems = [*_wrong_spans(report), *_wrong_tree(report.sections, 0, len(report.raw), report.raw)]
    count = sum(1 for _ in report.walk())
    for o in report.observations:
        if o.section is not None and not 0 <= o.section < count:
            problems.append(f"{o.indicator} at {o.start}: there is no section {o.section}")
    data = report.to_dict()
    if Report.from_dict(json.loads(json.dumps(data))).to_dict() != data:
        problems.append("the dictionary form does not come back as it was")
    return problems


def _wrong_spans(report: Report) -> Iterator[str]:
    raw = report.raw
    records: tuple[Quantity | Observation, ...] = (*report.quantities, *report.observations)
    for record in records:
        inside = 0 <= record.start < record.end <= len(raw)
        if not inside or raw[record.start : record.end] != record.text:
            yield f"raw[{record.start}:{record.end}] is not {record.text!r}"
    for part in report.parts:
        if not 0 <= part.start < part.end <= len(raw):
            yield f"{part.kind}: {part.start}-{part.end} is no range of the text"


def _wrong_tree(sections: Sequence[Section], start: int, end: int, raw: str) -> Iterator[str]:
    """Siblings follow each other inside their parent; own text and children tile each section."""
    here = start
    for section in sections:
        where = f"{section.heading} at {section.start}"
        if not here <= section.start < section.end <= end:
            yield f"{where}: not behind its neighbour and inside its parent"
        if not raw.startswith(section.marker, section.start):
            yield f"{where}: the marker is not there"
        if not section.start + len(section.marker) <= section.body_start <= section.end:
            yield f"{where}: its body begins outside"
        yield from _wrong_tiles(section, where)
        yield from _wrong_tree(section.children, section.body_start, section.end, raw)
        here = section.end


def _wrong_tiles(section: Section, where: str) -> Iterable[str]:
    tiles = sorted([*section.own_spans(), *((c.start, c.end) for c in section.children)])
    at = section.body_start
    for tile_start, tile_end in tiles:
        if tile_start != at or tile_end < at:
            yield f"{where}: characters {at} to {tile_start} are in nothing, or in two things"
        at = tile_end
    if tiles and at != section.end:
        yield f"{where}: its end from {at} on is in nothing"
