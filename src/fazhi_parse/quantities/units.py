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
    longest: int
    """Length of the longest unit."""
    first: frozenset[str]
    """First characters of all units."""
    not_followed: Mapping[str, str]
    """Unit to the characters that make another word of it: 组织, 部门."""

    def match(self, text: str, at: int) -> str | None:
        """The longest unit that stands at a position."""
        if text[at : at + 1] not in self.first:
            return None
        for end in range(min(at + self.longest, len(text)), at, -1):
            unit = text[at:end]
            if unit in self.kinds and (end >= len(text) or text[end] not in self.not_followed.get(unit, "")):
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
    return Units(kinds, canonical, max(map(len, kinds)), frozenset(unit[0] for unit in kinds), not_followed)


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


@cache
def approximators() -> Approximators:
    """The built-in table (`data/approximators.toml`)."""
    table = load_table("approximators.toml")

    def flat(place: str) -> dict[str, str]:
        return {word: sense for sense, words in table[place].items() for word in words}

    return Approximators(flat("before"), flat("inside"), flat("after"), table["not_before"])
