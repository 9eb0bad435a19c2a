"""Arguments that may be one thing or several: a string is one name or path, not its letters."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath

__all__ = ["names_of", "paths_of"]


def names_of(given: str | Iterable[str]) -> frozenset[str]:
    """One name or several.

    >>> names_of("wraps") == names_of(["wraps"])
    True
    """
    return frozenset([given] if isinstance(given, str) else given)


def paths_of(given: str | PathLike[str] | Iterable[str | PathLike[str]]) -> tuple[str, ...]:
    """One path or several.

    >>> paths_of("tea.toml"), paths_of(["a.toml", "b.toml"])
    (('tea.toml',), ('a.toml', 'b.toml'))
    """
    several = [given] if isinstance(given, (str, PathLike)) else given
    return tuple(fspath(path) for path in several)
