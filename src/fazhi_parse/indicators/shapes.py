"""Whether a rule file is written as one, before its patterns are looked at: what keys hold, told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["find_fault"]

_TEXT, _TEXTS, _FLAG, _LIST = "a text", "a list of texts", "true or false", "a list"
_INDICATOR = {
    "definition": _TEXT, "unit": _TEXT, "dimension": _TEXT, "raw_units": _TEXTS, "rules": _LIST, "examples": _LIST,
    "negatives": _LIST,
}  # fmt: skip
_RULE = {"change": _FLAG, "since": _FLAG, "topic": _TEXT} | dict.fromkeys(
    ("left", "right", "tail", "zero", "with", "not", "unless"), _TEXT
)
_ONE_OF = {"aggregate": ("single", "sum"), "tier": ("core", "extended")}


def find_fault(table: Mapping[str, Any]) -> str:
    """What is wrong in a rule file's tables; empty where nothing is.

    >>> find_fault({"indicator": [{"id": "a.b", "unit": 3}]})
    'a.b: unit is a text, not 3'
    """
    return next(_faults(table), "")


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    for name, pattern in table.get("topic", {}).items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"topic {name!r} = {pattern!r} is no regular expression: {error}"
    seen: set[str] = set()
    for entry in table.get("indicator", ()):
        identity = str(entry.get("id"))
        if identity in seen:
            yield f"{identity} is defined twice"
        seen.add(identity)
        yield from (f"{identity}: {fault}" for fault in _entry_faults(entry))


def _entry_faults(entry: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(entry.get("id", ""), str):
        yield f"id is a text, not {entry['id']!r}"
    yield from _wrong(entry, _INDICATOR)
    for key, choices in _ONE_OF.items():
        if entry.get(key, choices[0]) not in choices:
            yield f"{key} is {' or '.join(choices)}, not {entry[key]!r}"
    names: dict[str, Any] = entry["name"] if _is(entry.get("name"), dict) else {}
    if not all(isinstance(text, str) for text in names.values()):
        yield "name holds texts: { zh = '…', en = '…' }"
    rules = entry.get("rules", ())
    for number, rule in enumerate(rules if _is(rules, list) else (), 1):
        if _is(rule, dict):
            yield from (f"rule {number}: {fault}" for fault in _wrong(rule, _RULE))


def _wrong(table: Mapping[str, Any], shapes: Mapping[str, str]) -> Iterator[str]:
    for key, shape in shapes.items():
        value = table.get(key)
        if value is not None and not _has_shape(value, shape):
            yield f"{key} is {shape}, not {value!r}"


def _has_shape(value: Any, shape: str) -> bool:
    if shape == _FLAG:
        return isinstance(value, bool)
    if shape == _TEXT:
        return isinstance(value, str)
    return _is(value, list) and (shape == _LIST or all(isinstance(item, str) for item in value))


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind)
