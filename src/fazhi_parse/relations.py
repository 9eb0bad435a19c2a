"""What the figures of a report must satisfy: parts and totals, rates and their counts, bounds; read from TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any, cast

import attrs

from .data_files import load_table, read_toml
from .errors import FazhiError
from .given import paths_of

__all__ = ["InvalidRelation", "Relation", "load_relations"]


class InvalidRelation(FazhiError, ValueError):
    """A file of relations that cannot be used; the message names file, relation and fault."""


def _listed(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _exact(value: Decimal | str | int) -> Decimal:
    return Decimal(value)


@attrs.frozen
class Relation:
    """What figures of one report and year must satisfy."""

    id: str
    """Name of the relation, for messages."""
    kind: str
    """rate, parts, sum, range or years; data/relations.toml says what each means."""
    rate: str = ""
    """Indicator of the rate."""
    parts: tuple[str, ...] = attrs.field(default=(), converter=_listed)
    """Indicators of the parts; of a rate, the one that is counted."""
    whole: str = ""
    """Indicator of the whole."""
    tolerance: Decimal = attrs.field(default=Decimal(0), converter=_exact)
    """Percentage points by which a rate may differ at least."""
    at_least: bool = False
    """Whether the rate may be higher than the parts of the whole, because its own base may be smaller."""
    words: str = ""
    """Pattern that must match between the whole and its first part, else nothing is known."""
    unless: str = ""
    """Pattern that must not match in the sentence of the rate or the whole."""
    unit: str = ""
    """Unit of the values of a range."""
    min: Decimal = attrs.field(default=Decimal(0), converter=_exact)
    """Smallest value of a range."""
    max: Decimal = attrs.field(default=Decimal(0), converter=_exact)
    """Largest value of a range."""
    factor: int = 0
    """By how much a value may grow or shrink in a year."""
    copied: int = 0
    """From which value on the same value in two years is told."""
    stocks: tuple[str, ...] = attrs.field(default=(), converter=_listed)
    """Indicators and families whose values stay the same from year to year."""
    level: str = "error"
    """error, or warning where reports may count in another way."""
    note: str = ""
    """Why it may be in order all the same."""


_NEEDED = {
    "rate": ("rate", "parts", "whole"), "parts": ("parts", "whole"), "sum": ("parts", "whole"),
    "range": ("unit", "min", "max"), "years": ("factor",),
}  # fmt: skip


def _relation(entry: Mapping[str, Any], source: str) -> Relation:
    where = f"{source}: {entry.get('id', 'a [[relation]] without id')}"
    if (kind := entry.get("kind")) not in _NEEDED:
        raise InvalidRelation(f"{where}: kind {kind!r} is none of {', '.join(_NEEDED)}")
    if missing := [key for key in ("id", *_NEEDED[kind]) if key not in entry]:
        raise InvalidRelation(f"{where}: {', '.join(missing)} is missing")
    known = {field.name for field in attrs.fields(Relation)}
    if unknown := sorted(set(entry) - known):
        raise InvalidRelation(f"{where}: unknown key {', '.join(unknown)}")
    if entry.get("level", "error") not in ("error", "warning"):
        raise InvalidRelation(f"{where}: level is error or warning, not {entry['level']!r}")
    values: dict[str, Any] = dict(entry)
    values.update((key, str(entry[key])) for key in ("tolerance", "min", "max") if key in entry)
    try:
        return Relation(**values)
    except (ArithmeticError, TypeError) as error:
        raise InvalidRelation(f"{where}: tolerance, min and max are numbers, parts a list") from error


@cache
def builtin_relations() -> tuple[Relation, ...]:
    """Those of data/relations.toml."""
    return tuple(_relation(entry, "built-in") for entry in load_table("relations.toml")["relation"])


def load_relations(paths: str | PathLike[str] | Iterable[str | PathLike[str]] = ()) -> tuple[Relation, ...]:
    """The built-in relations, with those of your own TOML files; an id that exists already is replaced.

    Args:
        paths: One file or several.

    Raises:
        InvalidRelation: A file cannot be used.

    >>> [r.id for r in load_relations() if r.kind == "sum"]
    ['powers.items', 'org.establishment']
    """
    relations = {relation.id: relation for relation in builtin_relations()}
    for path in paths_of(paths):
        try:
            table = read_toml(Path(path).read_text("utf-8-sig"))
        except (OSError, ValueError) as error:
            raise InvalidRelation(f"{path}: {error}") from error
        entries: Any = table.get("relation")
        if set(table) != {"relation"} or not isinstance(entries, list):
            raise InvalidRelation(f"{path}: relations are written as [[relation]]")
        for entry in cast("list[dict[str, Any]]", entries):
            relation = _relation(entry, path)
            relations[relation.id] = relation
    return tuple(relations.values())
