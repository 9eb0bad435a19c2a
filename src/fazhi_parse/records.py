"""Results as plain data: dictionaries of the contract, flat rows, data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from .errors import Diagnostic
from .extractors import Observation, Rival
from .extras import extra_module
from .metadata import Metadata
from .outline import Labels, Part, Section
from .quantities import Quantity, number_text

if TYPE_CHECKING:
    import pandas

__all__ = ["SCHEMA", "frame", "rows"]

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


KINDS = ("observations", "quantities", "sections", "diagnostics", "parts")
"""What `rows` and `frame` can make a table of."""


def rows(data: Mapping[str, Any], kind: str = "observations") -> list[dict[str, Any]]:
    """Flat records of one report, each with the place and year it belongs to.

    Args:
        data: A report's dictionary.
        kind: One of observations, quantities, sections, diagnostics, parts.

    Raises:
        ValueError: There is no such kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no records of kind {kind!r}; there are {', '.join(KINDS)}")
    metadata, sections = data["metadata"], data["sections"]
    result: list[dict[str, Any]] = []
    for item in data[kind]:
        row: dict[str, Any] = {"region": metadata["region"], "report_year": metadata["year"], **item}
        if kind == "observations":
            index = item["section"]
            row["section_path"] = " > ".join(sections[index]["path"]) if index is not None else ""
            row["evidence"] = " … ".join(item["evidence"])
            row["rivals"] = ";".join(rival["indicator"] for rival in item.get("rivals", ()))
        elif kind == "sections":
            row["dimensions"] = ";".join(item["dimensions"])
            row["path"] = " > ".join(item["path"])
        result.append(row)
    return result


def frame(records: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> pandas.DataFrame:
    """Records as a pandas data frame; values become floats.

    Raises:
        MissingExtra: pandas is not installed.
    """
    make = extra_module("pandas", "frame", "a data frame").DataFrame
    table: pandas.DataFrame = make(list(records), columns=list(columns) if columns else None)
    for column in ("value", "value_max"):
        if column in table:
            table[column] = [None if v is None else float(Fraction(v)) for v in table[column]]
            table[column] = table[column].astype("float64")
    return table
