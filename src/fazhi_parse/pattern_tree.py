"""Reading regular expressions as far as conclusions are drawn from them.

Rules are written in a small part of the pattern language: words, classes, groups, alternatives,
counts. That part is read here, for the whole catalogue is read before the first report; the
standard library's own parser, which takes several times as long, reads the rest.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

__all__ = ["MOST_LITERALS", "REPEATS", "Class", "Items", "tree"]

MOST_LITERALS = 20
"""A set of alternatives larger than this tells too little."""
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")

Items = list[tuple[str, Any]]
"""A sequence of parts: a name, and what it holds.

TEXT a string, WORDS strings of which it is one, IN a `Class`, BRANCH sequences, the repeats (least, most, sequence), AT begin, end or another place;
ATOMIC_GROUP, ASSERT, ASSERT_NOT and CASELESS a sequence; anything else is OTHER. Groups are merged into what is around.
"""


class Class(NamedTuple):
    """A class of characters."""

    members: frozenset[str] | None
    """Its characters; None for one of unknown or great size."""
    named: str
    """Those that it names one by one; of a negated class none."""


_FOREIGN = re.compile(r"\[\[|\[:|--|&&|\|\||~~|\{(?![\d,]+\})")
"""What `regex` reads in another way than `re`: its classes and fuzzy counts. Nothing is concluded from those."""
_PLAIN = r"[^\\\[\](){}|.^$*+?]"
_TOKEN = re.compile(
    rf"({_PLAIN}+)(?![*+?{{])"
    rf"|(\(\?:{_PLAIN}*(?:\|{_PLAIN}*)+\)|\)|\.|\\d|{_PLAIN}|\[\^?(?:[^\]\[\\]|\\d)+\])([*+?]|\{{\d*,?\d*\}})?"
    r"|(\((?:\?(?:[:=!]|<[=!]))?|[|^$])"
)
_COUNTS = {"": (1, 1), "*": (0, 2), "+": (1, 2), "?": (0, 1)}
_PLACES = {"^": "begin", "$": "end"}


def tree(pattern: str) -> Items | None:
    """What a pattern is made of; None where that cannot be told.

    >>> tree("(?:受理|收到)了?件")
    [('WORDS', ['受理', '收到']), ('MAX_REPEAT', (0, 1, [('TEXT', '了')])), ('TEXT', '件')]
    """
    if _FOREIGN.search(pattern):
        return None
    items = _read(pattern)
    return items if items is not None else _read_by_library(pattern)


def _read(pattern: str) -> Items | None:
    """A pattern of words, classes, groups, alternatives and counts; None for any other."""
    outer: list[tuple[Items, list[Items], str]] = []
    items: Items = []
    branches: list[Items] = []
    length = 0
    for text, atom, count, sign in _TOKEN.findall(pattern):
        length += len(text) + len(atom) + len(count) + len(sign)
        if text:
            items.append(("TEXT", text))
        elif sign == "|":
            branches.append(items)
            items = []
        elif sign in _PLACES:
            items.append(("AT", _PLACES[sign]))
        elif sign:
            outer.append((items, branches, sign))
            items, branches = [], []
        elif atom == ")":
            if not outer:
                return None
            inner = _alternatives(branches, items)
            items, branches, sign = outer.pop()
            if sign not in ("(", "(?:"):
                inner = [("ASSERT" if sign.endswith("=") else "ASSERT_NOT", inner)]
            items.extend(_counted(inner, count))
        else:
            items.extend(_counted([_atom(atom)], count))
    return _alternatives(branches, items) if length == len(pattern) and not outer else None


def _alternatives(branches: list[Items], last: Items) -> Items:
    return [("BRANCH", [*branches, last])] if branches else last


def _counted(items: Items, count: str) -> Items:
    if count.startswith("{"):
        least, _, most = count[1:-1].partition(",")
        low = int(least or 0)
        return [("MAX_REPEAT", (low, low if "," not in count else int(most or low + 2), items))]
    return items if not count else [("MAX_REPEAT", (*_COUNTS[count], items))]


def _atom(atom: str) -> tuple[str, Any]:
    if atom[0] == "[":
        return "IN", _class(atom)
    if atom[0] == "(":
        return "WORDS", atom[3:-1].split("|")
    if atom == r"\d":
        return "IN", _ANY_DIGIT
    return ("OTHER", None) if atom == "." else ("TEXT", atom)


_ANY_DIGIT = Class(None, "")


@cache
def _class(written: str) -> Class:
    r"""A class without escapes but for digits: [甲乙一-十], [人\d]."""
    if written[1] == "^":
        return Class(None, "")
    parts = re.findall(r"(?s)(.)-(.)|(.)", written[1:-1].replace(r"\d", ""))
    named = "".join(single for _, _, single in parts)
    if r"\d" in written:
        return Class(None, named)
    members = set(named)
    for low, high, _ in parts:
        if low:
            if ord(high) - ord(low) >= MOST_LITERALS:
                return Class(None, named)
            members.update(map(chr, range(ord(low), ord(high) + 1)))
    return Class(frozenset(members), named)


def _read_by_library(pattern: str) -> Items | None:
    """Any pattern, by the parser of `re`.

    That is no public module: where it cannot be used, or says something unknown, nothing is
    concluded and the rule is tried everywhere.
    """
    try:
        parser: Any = importlib.import_module("re._parser")
        parsed = parser.parse(pattern)
        return None if parsed.state.flags & (re.IGNORECASE | re.MULTILINE) else _converted(parsed)
    except (ImportError, AttributeError, re.error, ValueError, TypeError):
        return None


def _converted(parsed: Iterable[tuple[Any, Any]]) -> Items:
    items: Items = []
    for operator, value in parsed:
        name: str = operator.name
        if name == "LITERAL":
            items.append(("TEXT", chr(value)))
        elif name == "IN":
            items.append(("IN", _library_class(value)))
        elif name == "SUBPATTERN":
            inner = _converted(value[-1])
            items.extend([("CASELESS", inner)] if value[1] & re.IGNORECASE else inner)
        elif name in REPEATS:
            items.append((name, (*value[:2], _converted(value[2]))))
        elif name == "BRANCH":
            items.append((name, [_converted(branch) for branch in value[1]]))
        elif name == "ATOMIC_GROUP":
            items.append((name, _converted(value)))
        elif name in ("ASSERT", "ASSERT_NOT"):
            items.append((name, _converted(value[1])))
        elif name == "AT":
            place: str = value.name
            items.append((name, "begin" if "BEGINNING" in place else "end" if "END" in place else place))
        else:
            items.append(("OTHER", None))
    return items


_SPACES = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())


def _library_class(parts: list[tuple[Any, Any]]) -> Class:
    members: set[str] | None = set()
    named = ""
    for operator, value in parts:
        name: str = operator.name
        if name == "LITERAL":
            named += chr(value)
        elif members is not None and name == "RANGE" and value[1] - value[0] < MOST_LITERALS:
            members.update(map(chr, range(value[0], value[1] + 1)))
        elif members is not None and name == "CATEGORY" and value.name == "CATEGORY_SPACE":
            members |= _SPACES
        else:
            members = None
            named = "" if name == "NEGATE" else named
    if parts[0][0].name == "NEGATE":
        return Class(None, "")
    return Class(None if members is None else frozenset(members | set(named)), named)
