"""Trying only those patterns that can match at all, by the characters that they cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import Any, Generic, TypeVar, cast

from .deferred import Deferred, deferred
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

    __slots__ = ("_last", "pattern")

    def __init__(self, pattern: str) -> None:
        """Take a pattern that ends with `$` and never matches nothing."""
        self.pattern = deferred(pattern)
        """The pattern itself."""
        self._last: frozenset[str] = frozenset()

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(text) if text[-1:] in (self._last or self._set_last()) else None

    def stripped(self, text: str) -> str:
        """The text without it."""
        found = self.search(text)
        return text if found is None else text[: found.start()] + text[found.end() :]

    def _set_last(self) -> frozenset[str]:
        """Find out the last characters.

        Raises:
            ValueError: They are not known.
        """
        last = edge(self.pattern.pattern, last=True)
        if last is None:
            raise ValueError(f"the last characters of {self.pattern.pattern!r} are not known")
        self._last = last | {"\n"}  # $ also matches before a last line break
        return self._last


class Guarded:
    """A pattern that is only tried where the text holds one of the strings that it cannot do without.

    That pays where the pattern itself begins with something that is in every text, or with many things: `re` then
    tries it at each place. Strings that share their first characters are looked for in a moment.

    >>> Guarded(r"[^，]{0,4}以来").search("近年来") is None
    True
    """

    __slots__ = ("_guard", "pattern")

    def __init__(self, pattern: str) -> None:
        """Take a pattern that requires some string."""
        self.pattern = deferred(pattern)
        """The pattern itself."""
        self._guard: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        guard = self._guard or self._set_guard()
        return self.pattern.search(text) if guard.search(text) is not None else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match that begins there."""
        guard = self._guard or self._set_guard()
        return self.pattern.match(text, start) if guard.search(text, start) is not None else None

    def _set_guard(self) -> re.Pattern[str]:
        """Compile what looks for the strings.

        Raises:
            ValueError: The pattern requires none.
        """
        literals = required(self.pattern.pattern)
        if literals is None:
            raise ValueError(f"{self.pattern.pattern!r} requires no string")
        self._guard = guard = re.compile("|".join(map(re.escape, sorted(literals))))
        return guard


_LOOKED = ("search", "match", "finditer")
_LOOKS = 10
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
