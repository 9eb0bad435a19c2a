"""Trying only those patterns that can match at all, by the characters that they cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import Any, Generic, TypeVar, cast

from .deferred import Deferred
from .patterns import edge, required, requirements, sharpness

__all__ = ["Ending", "Guarded", "PatternIndex", "awaited"]

T = TypeVar("T")


class PatternIndex(Generic[T]):
    """Entries by the first two characters of what their patterns require."""

    def __init__(self, entries: Iterable[tuple[T, tuple[str, ...]]]) -> None:
        self._entries: list[T] = []
        self._always: list[int] = []
        self._by_key: dict[str, list[int]] = {}
        for i, (entry, patterns) in enumerate(entries):
            self._entries.append(entry)
            keys = _keys(patterns)
            if keys is None:
                self._always.append(i)
            for key in keys or ():
                self._by_key.setdefault(key, []).append(i)

    def possible(self, texts: Iterable[str]) -> list[T]:
        """Entries whose patterns may all match in one of the texts each, in the order given."""
        hits = set(self._always)
        by_key = self._by_key
        for text in texts:
            keys = {text[i : i + 2] for i in range(len(text) - 1)}
            keys.update(text)
            for key in keys & by_key.keys():
                hits.update(by_key[key])
        return [self._entries[i] for i in sorted(hits)]


@cache
def _keys(patterns: tuple[str, ...]) -> frozenset[str] | None:
    """First two characters of each string that the sharpest of the patterns requires."""
    sets = [found for found in map(required, patterns) if found]
    sharpest = max(sets, key=sharpness, default=None)
    return None if sharpest is None else frozenset(literal[:2] for literal in sharpest)


class Ending:
    """A pattern for the end of a text, tried only where the text's last character can be its last.

    >>> Ending("(?:共|累计)+$").stripped("全年累计共"), Ending("[年月]$").search("全年累计")
    ('全年', None)
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern that ends with `$` and never matches nothing.

        Raises:
            ValueError: Its last characters are not known.
        """
        last = edge(pattern, last=True)
        if last is None:
            raise ValueError(f"the last characters of {pattern!r} are not known")
        self._last = last | {"\n"}  # $ also matches before a last line break
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self._pattern.search(text) if text[-1:] in self._last else None

    def stripped(self, text: str) -> str:
        """The text without it."""
        return self._pattern.sub("", text) if text[-1:] in self._last else text


class Guarded:
    """A pattern that is only tried where the text holds one of the strings that it cannot do without.

    That pays where the pattern itself begins with something that is in every text.

    >>> Guarded(r"[^，]{0,4}以来").search("近年来") is None
    True
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern that requires some string.

        Raises:
            ValueError: It requires none.
        """
        literals = required(pattern)
        if literals is None:
            raise ValueError(f"{pattern!r} requires no string")
        self._guard = re.compile("|".join(map(re.escape, sorted(literals))))
        self.pattern = re.compile(pattern)
        """The pattern itself."""

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(text) if self._guard.search(text) is not None else None


_LOOKED = ("search", "match", "finditer")
_LOOKS = 3
"""To look for a pattern's words is cheaper than to compile it, but not than to search with it compiled."""


class _Awaited(Deferred):
    """A deferred pattern that is compiled for the first text that holds what it requires."""

    __slots__ = ("_looks",)

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern, 0)
        self._looks = _LOOKS

    def __getattr__(self, name: str) -> Any:
        return partial(self._look, name) if name in _LOOKED and self._looks else super().__getattr__(name)

    def _look(self, name: str, text: str, *bounds: int) -> Any:
        if self._looks:
            self._looks -= 1
            if not all(any(word in text for word in words) for words in requirements(str(self.pattern))):
                return iter(()) if name == "finditer" else None
            self._looks = 0
        return getattr(self, name)(text, *bounds)

    def __reduce__(self) -> tuple[Any, ...]:
        return awaited, (self.pattern,)


def awaited(pattern: str) -> re.Pattern[str]:
    """A pattern of the catalogue, most of which no sentence of a report comes near to.

    >>> words = awaited("受理(?:复议|仲裁)")
    >>> words.search("开展普法"), words.search("受理复议6件")
    (None, <re.Match object; span=(0, 4), match='受理复议'>)
    """
    return cast("re.Pattern[str]", _Awaited(pattern))
