"""What a regular expression tells of the texts that it matches: strings in them, characters at their ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from .data_files import data_text
from .pattern_tree import MOST_LITERALS, REPEATS, Items, tree

__all__ = [
    "Known",
    "edge",
    "known_by_reading",
    "named",
    "required",
    "requirements",
    "sharpness",
    "written_out",
]

_MOST_OF_BRANCHES = 128
"""Of many wordings in one pattern each has words of its own: together they may be more."""
_LONG_ENOUGH = 2
"""Strings of so many characters tell enough alone; shorter ones are read together with what follows."""
_MOST_MEMBERS = 12
"""A class of characters larger than this tells too little."""


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
    items = tree(pattern)
    return frozenset(pattern if items is None else _literals(items))


def written_out(pattern: str) -> int:
    """How long a pattern is where each part stands as often as its count asks for at least.

    >>> written_out("(?:茶馆){3}|茶{2,9}了?")
    9
    """
    items = tree(pattern)
    return len(pattern) if items is None else _length(items)


def _length(items: Items) -> int:
    total = 0
    for name, value in items:
        if name in ("TEXT", "WORDS"):
            total += sum(map(len, value))
        elif name in ("CASELESS", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            total += _length(value)
        elif name in REPEATS:
            total += max(1, value[0]) * _length(value[2])
        elif name == "BRANCH":
            total += sum(map(_length, value))
        else:
            total += 1
    return total


class Known(NamedTuple):
    """What is known of a pattern."""

    required: tuple[frozenset[str], ...] = ()
    """Sets of strings of which a match holds at least one each."""
    first: frozenset[str] | None = None
    """Characters with which a text begins that it matches from its beginning; None where they are not known."""
    last: frozenset[str] | None = None
    """Characters with which a text ends that it matches up to its end; None where they are not known."""


@cache
def _known(pattern: str) -> Known:
    written = _written_down().get(pattern)
    if written is None:
        return known_by_reading(pattern)
    required, first, last = written
    return Known(tuple(map(frozenset, required)), _characters(first), _characters(last))


def _characters(written: list[str] | None) -> frozenset[str] | None:
    return None if written is None else frozenset(written)


_Written = tuple[list[list[str]], list[str] | None, list[str] | None]


@cache
def _written_down() -> dict[str, _Written]:
    """What is known of the patterns of the catalogue, of headings and of guards: to read it takes a tenth of the time of finding it out."""
    import json

    known: dict[str, _Written] = json.loads(data_text("patterns.json"))
    return known


def known_by_reading(pattern: str) -> Known:
    """What the pattern itself tells.

    >>> known_by_reading("复议(?:申请|案件)$").last == {"请", "件"}
    True
    """
    items = tree(pattern)
    if not items:
        return Known()
    name, value = items[0]
    branches: list[Items] = value if name == "BRANCH" and len(items) == 1 else [items]
    return Known(
        tuple(_of_sequence(items)),
        _of_all([_anchored_edge(branch, last=False) for branch in branches]),
        _of_all([_anchored_edge(branch, last=True) for branch in branches]),
    )


def _of_all(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    """What is in any of the sets; None if one of them is not known."""
    known = [chars for chars in sets if chars is not None]
    return frozenset[str]().union(*known) if len(known) == len(sets) else None


def _anchored_edge(items: Items, *, last: bool) -> frozenset[str] | None:
    """The characters at one end of a text that a sequence matches, if the sequence is tied to that end."""
    begins, ends = items[:1] == [("AT", "begin")], items[-1:] == [("AT", "end")]
    if not (ends if last else begins):
        return None
    chars, empty = _edge_of_sequence(items, last)
    if chars is None or (empty and not (begins and ends)):
        return None
    return chars | {""} if empty else chars


def _of_sequence(items: Items) -> list[frozenset[str]]:
    """What the parts of a sequence require; parts of which all readings are known are read together."""
    found: list[frozenset[str]] = []
    runs = _NOTHING
    for name, value in items:
        words = _readings(name, value)
        short = runs is _NOTHING or min(map(len, runs)) < _LONG_ENOUGH
        if words is not None and short and len(runs) * len(words) <= MOST_LITERALS:
            runs = _joined(runs, words)
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
    if name == "TEXT":
        return frozenset([value])
    if name == "WORDS":
        return frozenset(value)
    if name == "IN":
        members = value.members
        return members if members is not None and len(members) <= _MOST_MEMBERS else None
    if name == "MAX_REPEAT" and value[1] == 1:
        words = _readings_of_sequence(value[2])
        return words if words is None or value[0] == 1 else words | _NOTHING
    if name == "BRANCH":
        branches = [_readings_of_sequence(branch) for branch in value]
        known = [words for words in branches if words is not None]
        return frozenset[str]().union(*known) if len(known) == len(branches) else None
    return None


def _readings_of_sequence(items: Items) -> frozenset[str] | None:
    runs = _NOTHING
    for name, value in items:
        words = _readings(name, value)
        if words is None or len(runs) * len(words) > MOST_LITERALS:
            return None
        runs = _joined(runs, words)
    return runs


def _joined(heads: frozenset[str], tails: frozenset[str]) -> frozenset[str]:
    """Each head with each tail."""
    if tails is _NOTHING:
        return heads
    return tails if heads is _NOTHING else frozenset([head + tail for head in heads for tail in tails])


def _of_part(name: str, value: Any) -> list[frozenset[str]]:
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name in REPEATS and value[0] >= 1:
        return _of_sequence(value[2])
    if name == "WORDS":
        return [frozenset(value)] if len(value) <= MOST_LITERALS else []
    if name == "BRANCH":
        known = [sorted(_of_sequence(branch), key=sharpness) for branch in value]
        if not all(known):
            return []
        sharpest = frozenset[str]().union(*[sets[-1] for sets in known])
        second = frozenset[str]().union(
            *[sets[-2:][0] for sets in known]
        )  # its only one where it has no other
        return [union for union in (sharpest, second) if len(union) <= _MOST_OF_BRANCHES]
    return []


def _literals(items: Items) -> Iterator[str]:
    """The characters that the parts of a sequence name."""
    for name, value in items:
        if name in ("TEXT", "WORDS"):
            for text in value:
                yield from text
        elif name == "IN":
            yield from value.named
        elif name in ("CASELESS", "ATOMIC_GROUP"):
            yield from _literals(value)
        elif name in REPEATS:
            yield from _literals(value[2])
        elif name == "BRANCH":
            for branch in value:
                yield from _literals(branch)


def _edge_of_sequence(items: Items, last: bool) -> tuple[frozenset[str] | None, bool]:
    """The characters at one end of what a sequence matches (None: any), and whether that may be nothing."""
    chars: frozenset[str] = frozenset()
    for name, value in reversed(items) if last else items:
        here, empty = _edge_of_part(name, value, last)
        if here is None:
            return None, empty
        chars |= here
        if not empty:
            return chars, False
    return chars, True


def _edge_of_part(name: str, value: Any, last: bool) -> tuple[frozenset[str] | None, bool]:
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if name == "TEXT":
        return frozenset([value[-1 if last else 0]]), False
    if name == "WORDS":
        return frozenset([word[-1 if last else 0] for word in value if word]), "" in value
    if name == "IN":
        return value.members, False
    if name == "ATOMIC_GROUP":
        return _edge_of_sequence(value, last)
    if name in REPEATS:
        chars, empty = _edge_of_sequence(value[2], last)
        return chars, empty or value[0] == 0
    if name == "BRANCH":
        edges = [_edge_of_sequence(branch, last) for branch in value]
        return _of_all([chars for chars, _ in edges]), any(empty for _, empty in edges)
    return None, True
