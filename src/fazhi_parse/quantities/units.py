"""The tables of units, approximators and exclusions, read once from their TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

__all__ = ["Approximators", "Units", "approximators", "load_table", "units"]


def load_table(name: str) -> dict[str, Any]:
    """One TOML file of the package's data folder."""
    return tomllib.loads((files("fazhi_parse") / "data" / name).read_text("utf-8"))


@attrs.frozen
class Units:
    """Known units: what kind of quantity each makes, and its canonical form."""

    kinds: Mapping[str, str]
    """Unit as written to kind (`count`, `percent`, `money`, …)."""
    canonical: Mapping[str, str]
    """Written form to the form that records carry, where they differ."""
    by_first: Mapping[str, tuple[str, ...]]
    """First character to the units that begin with it, the longest first."""
    not_followed: Mapping[str, str]
    """Unit to the characters that make another word of it: 组织, 部门."""

    def match(self, text: str, at: int) -> str | None:
        """The longest unit that stands at a position."""
        for unit in self.by_first.get(text[at : at + 1], ()):
            if text.startswith(unit, at):
                after = text[at + len(unit) : at + len(unit) + 1]
                if not after or after not in self.not_followed.get(unit, ""):
                    return unit
        return None


@cache
def units() -> Units:
    """The built-in table (`data/units.toml`)."""
    table = load_table("units.toml")
    canonical: dict[str, str] = table.pop("canonical")
    not_followed: dict[str, str] = table.pop("not_followed")
    kinds = {unit: kind for kind, entry in table.items() for unit in entry["units"]}
    kinds |= {unit.replace("（", "(").replace("）", ")"): kind for unit, kind in kinds.items()}
    by_first: dict[str, list[str]] = {}
    for unit in sorted(kinds, key=len, reverse=True):
        by_first.setdefault(unit[0], []).append(unit)
    return Units(kinds, canonical, {first: tuple(all_) for first, all_ in by_first.items()}, not_followed)


@attrs.frozen
class Approximators:
    """Words that make a figure inexact, to `above`, `below` or `about`."""

    before: Mapping[str, str]
    """Words that stand before the number."""
    inside: Mapping[str, str]
    """Words between the number and its unit (200余万元)."""
    after: Mapping[str, str]
    """Words behind the unit."""
    not_before: Mapping[str, str]
    """Approximator to the characters before it that make it part of another word (节约)."""
    last_before: frozenset[str]
    """Last characters of the words before."""
    first_after: frozenset[str]
    """First characters of the words behind."""


@cache
def approximators() -> Approximators:
    """The built-in table (`data/approximators.toml`)."""
    table = load_table("approximators.toml")

    def flat(place: str) -> dict[str, str]:
        return {word: sense for sense, words in table[place].items() for word in words}

    before, after = flat("before"), flat("after")
    return Approximators(
        before,
        flat("inside"),
        after,
        table["not_before"],
        frozenset(word[-1] for word in before),
        frozenset(word[0] for word in after),
    )
