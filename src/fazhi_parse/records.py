"""Results as plain data: dictionaries of the contract, flat rows, data frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from .columns import Column, columns, table_named
from .errors import Diagnostic
from .extractors import Observation, Rival
from .indicators import Catalogue
from .metadata import Metadata
from .outline import Labels, Part, Section
from .quantities import Quantity, number_text

if TYPE_CHECKING:
    from .report import Report

__all__ = ["SCHEMA", "observation_rows", "record_columns", "rows"]

SCHEMA = 1
"""Version of the dictionary form; a change that a reader could notice raises it."""

Value = Decimal | Fraction


def _text(value: Value | None) -> str | None:
    return None if value is None else number_text(value)


def _value(text: str | None) -> Value | None:
    if text is None:
        return None
    return Fraction(text) if "/" in text else Decimal(text)


def metadata_to_dict(metadata: Metadata) -> dict[str, Any]:
    """Metadata as a dictionary."""
    return attrs.asdict(metadata)


def sections_to_list(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """The tree as a flat list, document order, depth first; parents by index."""
    result: list[dict[str, Any]] = []
    stack: list[tuple[Section, int | None]] = [(section, None) for section in reversed(sections)]
    while stack:
        section, parent = stack.pop()
        index = len(result)
        result.append(
            {
                "marker": section.marker,
                "kind": section.kind,
                "number": section.number,
                "level": section.level,
                "parent": parent,
                "title": section.title,
                "start": section.start,
                "end": section.end,
                "role": section.role,
                "dimensions": list(section.dimensions),
                "path": list(section.path),
                "why": section.why,
                "body_start": section.body_start,
            }
        )
        stack.extend((child, index) for child in reversed(section.children))
    return result


def sections_from_list(items: Sequence[Mapping[str, Any]], raw: str) -> tuple[Section, ...]:
    """The tree again from its list."""
    children: dict[int | None, list[Section]] = {}
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        section = Section(
            item["marker"], item["kind"], item["number"], item["level"], item["title"], item["start"], item["end"],
            Labels.known(item["role"], tuple(item["dimensions"])), tuple(item["path"]), item["why"],
            tuple(reversed(children.pop(index, []))), item["body_start"], raw,
        )  # fmt: skip
        children.setdefault(item["parent"], []).append(section)
    return tuple(reversed(children.get(None, [])))


def quantity_to_dict(quantity: Quantity) -> dict[str, Any]:
    """A quantity as a dictionary; values are decimal strings."""
    data = attrs.asdict(quantity)
    return data | {"value": _text(quantity.value), "value_max": _text(quantity.value_max)}


def _with_values(data: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A record's dictionary with its values as numbers again."""
    return {**data, "value": _value(data["value"]), "value_max": _value(data["value_max"]), **more}


def quantity_from_dict(data: Mapping[str, Any]) -> Quantity:
    """A quantity again from its dictionary."""
    return Quantity(**_with_values(data))


def observation_to_dict(observation: Observation) -> dict[str, Any]:
    """An observation as a dictionary; values are decimal strings."""
    data = attrs.asdict(observation)
    return data | {
        "value": _text(observation.value),
        "value_max": _text(observation.value_max),
        "evidence": list(observation.evidence),
        "section_path": list(observation.section_path),
        "rivals": [attrs.asdict(rival) | {"evidence": list(rival.evidence)} for rival in observation.rivals],
    }


def observation_from_dict(data: Mapping[str, Any]) -> Observation:
    """An observation again from its dictionary."""
    rivals = (
        Rival(rival["indicator"], rival["rule"], tuple(rival["evidence"]), rival["score"])
        for rival in data.get("rivals", ())
    )
    return Observation(
        **_with_values(
            data,
            evidence=tuple(data["evidence"]),
            section_path=tuple(data.get("section_path", ())),
            rivals=tuple(rivals),
        )
    )


def part_from_dict(data: Mapping[str, Any]) -> Part:
    """A part again from its dictionary."""
    return Part(**data)


def diagnostic_from_dict(data: Mapping[str, Any]) -> Diagnostic:
    """A diagnostic again from its dictionary."""
    return Diagnostic(**data)


TABLES = ("observation", "quantity", "section", "problem", "part")
"""What `rows` gives of one report."""


def record_columns(kind: str) -> tuple[Column, ...]:
    """The columns of the rows of one report: those of the tables of many documents, without the document.

    Raises:
        ValueError: There is no such kind.
    """
    if (table := table_named(kind)) not in TABLES:
        raise ValueError(f"no records of kind {kind!r}; there are {', '.join(TABLES)}")
    own = columns("observation_of_report") if table == "observation" else ()
    return (*(column for column in columns(table) if column.name != "document"), *own)


def rows(report: Report, kind: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Flat records of one report, each with the place and year it belongs to.

    Args:
        report: The report.
        kind: observation, quantity, section, problem or part, or the plural (diagnostics are problems).
        catalogue: Where the indicators' names stand.

    Raises:
        ValueError: There is no such kind.
    """
    names = [column.name for column in record_columns(kind)]
    place = {"region": report.metadata.region, "report_year": report.metadata.year}
    items = _items(report, table_named(kind), catalogue)
    return [{name: row[name] for name in names} for row in (place | item for item in items)]


def _items(report: Report, table: str, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    if table == "observation":
        for o, row in zip(report.observations, observation_rows(report, catalogue), strict=True):
            yield row | {"section": o.section}
    elif table == "section":
        for section in sections_to_list(report.sections):
            yield section | {
                "dimensions": ";".join(section["dimensions"]),
                "path": " > ".join(section["path"]),
            }
    elif table == "quantity":
        yield from map(quantity_to_dict, report.quantities)
    else:
        yield from map(attrs.asdict, report.parts if table == "part" else report.diagnostics)


def observation_rows(report: Report, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """The observations of a report as flat rows; values are exact decimal strings.

    Args:
        report: The report.
        catalogue: Where the indicators' names stand.
    """
    for o in report.observations:
        yield {
            "indicator": o.indicator,
            "name": catalogue.name(o.indicator),
            "value": number_text(o.value),
            "value_max": None if o.value_max is None else number_text(o.value_max),
            "unit": o.unit,
            "approx": o.approx,
            "year": o.year,
            "status": o.status,
            "implied": o.implied,
            "text": o.text,
            "start": o.start,
            "end": o.end,
            "section_path": " > ".join(o.section_path),
            "rule": o.rule,
            "evidence": " … ".join(o.evidence),
            "score": str(o.score),
            "rivals": ";".join(rival.indicator for rival in o.rivals),
            "sentence": o.sentence,
        }
