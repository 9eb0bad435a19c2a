"""What a regular expression tells of the texts that it matches: strings in them, characters at their ends."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

__all__ = ["edge", "named", "required", "requirements", "sharpness"]

_MOST_LITERALS = 60
"""A set of alternatives larger than this tells too little."""
_MOST_MEMBERS = 12
"""So does a class of characters larger than this."""


_FOREIGN = re.compile(r"\[\[|\[:|--|&&|\|\||~~|\{(?![\d,]+\})")
"""What `regex` reads in another way than `re`: its classes and fuzzy counts. Nothing is concluded from those."""


def required(pattern: str) -> frozenset[str] | None:
    """Strings of which at least one occurs in whatever a pattern matches; None where that is not known.

    >>> sorted(required("(?:受理|收到)[^，]{0,4}复议") or ())
    ['复议']
    >>> sorted(required("(?:办结|审结)(?:了|的)*$") or ())
    ['办结', '审结']
    """
    return max(requirements(pattern), key=sharpness, default=None)


def requirements(pattern: str) -> tuple[frozenset[str], ...]:
    """All sets of strings that are known of a pattern: a match holds at least one of each.

    >>> [sorted(alternatives) for alternatives in requirements("(?:受理|收到)[^，]{0,4}复议")]
    [['受理', '收到'], ['复议']]
    """
    return _known(pattern).required


def edge(pattern: str, *, last: bool) -> frozenset[str] | None:
    """Characters with which a text may end (or begin) that an anchored pattern matches.

    Args:
        pattern: One that ends with `$` (or begins with `^`).
        last: Whether the last character is asked for, else the first one.

    Returns:
        The characters, with the empty string where the text may be empty; None where they
        are not known or any will do.

    >>> sorted(edge("复议(?:申请|案件)[数量]*$", last=True) or ())
    ['件', '数', '请', '量']
    >>> sorted(edge("^余?件", last=False) or ()), edge("^[^，]*件", last=False)
    (['件', '余'], None)
    """
    return _known(pattern).last if last else _known(pattern).first


@cache
def named(pattern: str) -> frozenset[str]:
    """Characters that a pattern names in what it matches: not those that it excludes or only looks at.

    >>> sorted(named("(?<!已)未[审结]"))
    ['审', '未', '结']
    """
    parsed = _parsed(pattern)
    return frozenset(pattern if parsed is None else _literals(parsed))


class _Known(NamedTuple):
    """What is known of a pattern."""

    required: tuple[frozenset[str], ...] = ()
    first: frozenset[str] | None = None
    last: frozenset[str] | None = None


@cache
def _known(pattern: str) -> _Known:
    parsed = _parsed(pattern)
    if not parsed:
        return _Known()
    begins = str(parsed[0][1]) in ("AT_BEGINNING", "AT_BEGINNING_STRING")
    ends = str(parsed[-1][1]) in ("AT_END", "AT_END_STRING")

    def at(*, last: bool) -> frozenset[str] | None:
        chars, empty = _edge_of_sequence(parsed, last)
        if chars is None or (empty and not (begins and ends)):
            return None
        return chars | {""} if empty else chars

    return _Known(
        tuple(_of_sequence(parsed)),
        at(last=False) if begins else None,
        at(last=True) if ends else None,
    )


_SPACES = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())


def _parsed(pattern: str) -> list[tuple[Any, Any]] | None:
    """What a pattern is made of; None where that cannot be told.

    The standard library's own parser of patterns says it. That is no public module: where it
    cannot be used, or says something unknown, nothing is concluded and the rule is tried
    everywhere.
    """
    if _FOREIGN.search(pattern):
        return None
    try:
        parser: Any = importlib.import_module("re._parser")
        parsed = parser.parse(pattern)
        return None if parsed.state.flags & (re.IGNORECASE | re.MULTILINE) else list(parsed)
    except (ImportError, AttributeError, re.error, ValueError, TypeError):
        return None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What the parts of a sequence require; parts of which all readings are known are read together."""
    found: list[frozenset[str]] = []
    runs = _NOTHING
    for operator, value in items:
        name = str(operator)
        words = _readings(name, value)
        if words is not None and len(runs) * len(words) <= _MOST_LITERALS:
            runs = frozenset(map("".join, product(runs, words)))
            continue
        found.append(runs)
        runs = words if words is not None else _NOTHING
        if words is None:
            found.extend(_of_part(name, value))
    found.append(runs)
    return [alternatives for alternatives in found if alternatives and "" not in alternatives]


_NOTHING = frozenset([""])


def sharpness(alternatives: frozenset[str]) -> tuple[int, int]:
    """Long strings tell more than short ones, few more than many."""
    return min(2, min(map(len, alternatives))), -len(alternatives)


def _readings(name: str, value: Any) -> frozenset[str] | None:
    """All strings that a part of a pattern can match, where they are few."""
    if name in ("AT", "ASSERT_NOT"):
        return _NOTHING
    if name == "LITERAL":
        return frozenset([chr(value)])
    if name == "IN":
        members = _members(value)
        return members if members is not None and len(members) <= _MOST_MEMBERS else None
    if name == "SUBPATTERN" and not _ignores_case(value):
        return _readings_of_sequence(value[-1])
    if name == "MAX_REPEAT" and value[1] == 1:
        words = _readings_of_sequence(value[2])
        return words if words is None or value[0] == 1 else words | _NOTHING
    if name == "BRANCH":
        branches = [_readings_of_sequence(branch) for branch in value[1]]
        known = [words for words in branches if words is not None]
        return frozenset[str]().union(*known) if len(known) == len(branches) else None
    return None


def _readings_of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    runs = _NOTHING
    for operator, value in items:
        words = _readings(str(operator), value)
        if words is None or len(runs) * len(words) > _MOST_LITERALS:
            return None
        runs = frozenset(map("".join, product(runs, words)))
    return runs


def _of_part(name: str, value: Any) -> list[frozenset[str]]:
    if name == "SUBPATTERN":
        return [] if _ignores_case(value) else _of_sequence(value[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name in _REPEATS and value[0] >= 1:
        return _of_sequence(value[2])
    if name == "BRANCH":
        branches = [max(_of_sequence(branch), key=sharpness, default=None) for branch in value[1]]
        known = [branch for branch in branches if branch is not None]
        union = frozenset[str]().union(*known)
        return [union] if len(known) == len(branches) and len(union) <= _MOST_LITERALS else []
    return []


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def _literals(items: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The characters that the parts of a sequence name."""
    for operator, value in items:
        name = str(operator)
        if name == "LITERAL":
            yield chr(value)
        elif name == "IN":
            if str(value[0][0]) != "NEGATE":
                yield from (chr(code) for kind, code in value if str(kind) == "LITERAL")
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            yield from _literals(value[-1] if name == "SUBPATTERN" else value)
        elif name in _REPEATS:
            yield from _literals(value[2])
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _literals(branch)


def _ignores_case(group: Any) -> bool:
    """Whether a group is written (?i:…)."""
    return bool(group[1] & re.IGNORECASE)


def _edge_of_sequence(items: Sequence[tuple[Any, Any]], last: bool) -> tuple[frozenset[str] | None, bool]:
    """The characters at one end of what a sequence matches (None: any), and whether that may be nothing."""
    chars: frozenset[str] = frozenset()
    for operator, value in reversed(items) if last else items:
        here, empty = _edge_of_part(str(operator), value, last)
        if here is None:
            return None, empty
        chars |= here
        if not empty:
            return chars, False
    return chars, True


def _edge_of_part(name: str, value: Any, last: bool) -> tuple[frozenset[str] | None, bool]:
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if name == "LITERAL":
        return frozenset([chr(value)]), False
    if name == "IN":
        return _members(value), False
    if name == "SUBPATTERN" and not _ignores_case(value):
        return _edge_of_sequence(value[-1], last)
    if name == "ATOMIC_GROUP":
        return _edge_of_sequence(value, last)
    if name in _REPEATS:
        chars, empty = _edge_of_sequence(value[2], last)
        return chars, empty or value[0] == 0
    if name == "BRANCH":
        edges = [_edge_of_sequence(branch, last) for branch in value[1]]
        known = [chars for chars, _ in edges if chars is not None]
        union = frozenset[str]().union(*known) if len(known) == len(edges) else None
        return union, any(empty for _, empty in edges)
    return None, True


def _members(parts: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a class; None for one of unknown or great size."""
    members: set[str] = set()
    for operator, value in parts:
        name = str(operator)
        if name == "LITERAL":
            members.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < _MOST_LITERALS:
            members.update(map(chr, range(value[0], value[1] + 1)))
        elif name == "CATEGORY" and str(value) == "CATEGORY_SPACE":
            members |= _SPACES
        else:
            return None
    return frozenset(members)
