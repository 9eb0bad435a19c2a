"""Which patterns can match at all: an index of the characters that they cannot do without."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Generic, TypeVar

__all__ = ["PatternIndex", "required"]

T = TypeVar("T")

_MOST_LITERALS = 60
"""A set of alternatives larger than this tells too little."""


def required(pattern: str) -> frozenset[str] | None:
    """Strings of which at least one occurs in whatever a pattern matches; None where that is not known.

    The standard library's own parser of patterns says what a pattern is made of. It is no
    public module: where it cannot be used, or says something unknown, the answer is None and
    the rule is tried everywhere.

    >>> sorted(required("(?:受理|收到)[^，]{0,4}复议") or ())
    ['复议']
    >>> sorted(required("(?:办结|审结)(?:了|的)*$") or ())
    ['办结', '审结']
    """
    try:
        parser: Any = importlib.import_module("re._parser")
        return _of_sequence(parser.parse(pattern))
    except (ImportError, AttributeError, re.error, ValueError, TypeError):
        return None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The best of what the parts of a sequence require: long strings, few of them."""
    found: list[frozenset[str]] = []
    runs: frozenset[str] = frozenset([""])
    for operator, value in items:
        name = str(operator)
        chars = _characters(name, value)
        if name in ("AT", "ASSERT_NOT"):
            continue
        if chars is not None and len(runs) * len(chars) <= _MOST_LITERALS:
            runs = frozenset(run + char for run in runs for char in chars)
            continue
        found.append(runs)
        runs = chars if chars is not None else frozenset([""])
        inner = _of_part(name, value)
        if inner is not None:
            found.append(inner)
    found.append(runs)
    usable = [alternatives for alternatives in found if alternatives and "" not in alternatives]
    return max(usable, key=_sharpness, default=None)


def _sharpness(alternatives: frozenset[str]) -> tuple[int, int]:
    return min(2, min(map(len, alternatives))), -len(alternatives)


def _characters(name: str, value: Any) -> frozenset[str] | None:
    """The characters of a literal or of a small class."""
    if name == "LITERAL":
        return frozenset([chr(value)])
    if name == "IN" and len(value) <= 12 and all(str(operator) == "LITERAL" for operator, _ in value):
        return frozenset(chr(code) for _, code in value)
    return None


def _of_part(name: str, value: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _of_sequence(value[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] >= 1:
        return _of_sequence(value[2])
    if name == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        known = [branch for branch in branches if branch is not None]
        union = frozenset[str]().union(*known)
        return union if len(known) == len(branches) and len(union) <= _MOST_LITERALS else None
    return None


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
    sharpest = max(sets, key=_sharpness, default=None)
    return None if sharpest is None else frozenset(literal[:2] for literal in sharpest)
