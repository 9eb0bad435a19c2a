"""The table of units, from `data/units.toml` and from the user's own files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from ..data_files import load_table, read_toml

__all__ = ["KINDS", "Units", "load_units", "trie", "units"]

KINDS = ("count", "percent", "percentage_point", "duration", "length", "area", "money", "multiple")
"""What a unit can make of a number."""
_KEYS = frozenset({*KINDS, "not_followed", "canonical", "base"})


@attrs.frozen(eq=False, repr=False)
class Units:
    """Known units: what kind of quantity each makes, its canonical form, its size in a base unit.

    Made by `load_units`; immutable, and to be made once: its patterns are compiled with it.
    """

    kinds: Mapping[str, str]
    """Unit as written to kind (`count`, `percent`, `money`, …)."""
    canonical: Mapping[str, str]
    """Written form to the form that records carry, where they differ."""
    not_followed: Mapping[str, str]
    """Unit to the characters that make another word of it: 组织, 部门."""
    base: Mapping[str, tuple[Fraction, str]]
    """Canonical unit to its exact size in a base unit: 公里 is 1000 米."""
    firsts: frozenset[str] = attrs.field(init=False)
    """Characters with which a unit begins."""
    _alone: Mapping[str, frozenset[str]] = attrs.field(
        init=False
    )  # unit of one character to what must not follow
    _begins_longer: frozenset[str] = attrs.field(init=False)  # first two characters of the others
    _pattern: re.Pattern[str] = attrs.field(init=False)
    _simple: Mapping[str, str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "firsts", frozenset(unit[0] for unit in self.kinds))
        simple = {unit: unit.translate(_SIMPLIFIED) for unit in (*self.kinds, *self.canonical)}
        simple = {unit: self.canonical.get(form, form) for unit, form in simple.items()}
        object.__setattr__(self, "_simple", simple)
        alone = {unit: frozenset(self.not_followed.get(unit, "")) for unit in self.kinds if len(unit) == 1}
        object.__setattr__(self, "_alone", alone)
        object.__setattr__(
            self, "_begins_longer", frozenset(unit[:2] for unit in self.kinds if len(unit) > 1)
        )
        object.__setattr__(self, "_pattern", re.compile(trie(self.kinds, self.not_followed)))

    def match(self, text: str, at: int) -> str | None:
        """The longest unit that stands at a position.

        >>> units().match("28人次。", 2)
        '人次'
        """
        first = text[at : at + 1]
        if first not in self.firsts:
            return None
        if text[at : at + 2] not in self._begins_longer:
            return first if first in self._alone and text[at + 1 : at + 2] not in self._alone[first] else None
        match = self._pattern.match(text, at)
        return match.group() if match else None

    def simple(self, unit: str) -> str:
        """The form of a written unit that records carry: simplified, canonical."""
        known = self._simple.get(unit)
        return unit.translate(_SIMPLIFIED) if known is None else known


_SIMPLIFIED = str.maketrans(
    "項個條場戶輛張處臺種類點圓畝裡間級塊檔園館隊學時課節與員縣鄉鎮億萬週",
    "项个条场户辆张处台种类点元亩里间级块档园馆队学时课节与员县乡镇亿万周",
)
"""Traditional units in a text whose cleaning left it as it is."""


def trie(
    words: Iterable[str], not_followed: Mapping[str, str], others: Mapping[str, str] | None = None
) -> str:
    """A pattern that finds the longest of many words in one go.

    Args:
        words: The words.
        not_followed: Word to characters that must not stand behind it.
        others: The same, added to `not_followed`.

    >>> trie(["件", "件次", "个"], {"件": "套"})
    '(?:件(?:次|(?![套]))|个)'
    """
    barred = {word: not_followed.get(word, "") + (others or {}).get(word, "") for word in words}

    def node(prefix: str, below: list[str]) -> str:
        branches = [branch(prefix + char, members) for char, members in _by_next(below, len(prefix)).items()]
        if prefix in barred:
            branches.append(f"(?![{re.escape(barred[prefix])}])" if barred[prefix] else "")
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"

    def branch(prefix: str, below: list[str]) -> str:
        return re.escape(prefix[-1]) + node(prefix, below)

    return node("", list(barred)) if barred else "(?!)"


def _by_next(words: list[str], at: int) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        if len(word) > at:
            groups.setdefault(word[at], []).append(word)
    return groups


@cache
def units() -> Units:
    """The built-in table."""
    return _compiled(load_table("units.toml"))


def load_units(*more: str | PathLike[str] | Mapping[str, Any]) -> Units:
    """The built-in units and your own.

    Args:
        more: TOML files in the format of the package's `data/units.toml`, or mappings of
            the same shape; a later one may give a unit of an earlier one another kind.

    Returns:
        Units for `find_quantities(text, units=…)`.

    Raises:
        ValueError: A table has a key, or a kind, that does not exist, or an empty unit.
        OSError: A file cannot be read.

    >>> import fazhi_parse as fp
    >>> mine = fp.load_units({"count": {"units": ["网格"]}, "base": {"市斤": ["0.5", "千克"]}})
    >>> [str(q) for q in fp.find_quantities("全县划分1286网格。", units=mine)]
    ['1286 网格']
    """
    table = load_table("units.toml")
    for source in more:
        own = source if isinstance(source, Mapping) else read_toml(Path(source).read_text("utf-8"))
        if unknown := own.keys() - _KEYS:
            raise ValueError(
                f"no such table of units: {', '.join(sorted(unknown))} (there are: {', '.join(sorted(_KEYS))})"
            )
        for kind in KINDS:
            added = own.get(kind, {}).get("units", [])
            if "" in added:
                raise ValueError(f"a unit of kind {kind} is empty")
            for other in KINDS:
                table[other]["units"] = [unit for unit in table[other]["units"] if unit not in added]
            table[kind]["units"] += added
        for name in ("not_followed", "canonical", "base"):
            table[name].update(own.get(name, {}))
    return _compiled(table)


def _compiled(table: Mapping[str, Any]) -> Units:
    kinds = {unit: kind for kind in KINDS for unit in table[kind]["units"]}
    kinds |= {unit.replace("（", "(").replace("）", ")"): kind for unit, kind in kinds.items()}
    base = {unit: (Fraction(size), name) for unit, (size, name) in table["base"].items()}
    return Units(kinds, table["canonical"], table["not_followed"], base)
