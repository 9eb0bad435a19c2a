"""The catalogue's files: what each indicator means, and the rules that recognise it, read from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any, cast

from ..errors import FazhiError
from .definitions import Indicator, LimitedPattern, Rule, Words
from .index import Catalogue

__all__ = ["InvalidRule", "load_catalogue"]


class InvalidRule(FazhiError, ValueError):
    """A rule file that cannot be used; the message names file, indicator and fault."""


_BUILT_IN = "built-in"
_KEYS = {
    "id", "name", "definition", "unit", "raw_units", "kind", "dimension", "aggregate", "tier", "rules", "examples",
    "negatives",
}  # fmt: skip
_KINDS = ("count", "percent", "money", "duration")
_RULE_KEYS = {"left", "right", "tail", "zero", "topic", "with", "not", "unless", "change", "since"}


def _pattern(rule: Mapping[str, Any], key: str, where: str) -> Words | None:
    text = rule.get(key)
    if text is None:
        return None
    try:
        return re.compile(text) if where.startswith(_BUILT_IN) else LimitedPattern.of(text)
    except (re.error, TypeError) as error:
        raise InvalidRule(f"{where}: {key} = {text!r} is no regular expression: {error}") from error


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _indicator(entry: Mapping[str, Any], source: str, topics: Mapping[str, object]) -> Indicator:
    identity = entry.get("id")
    if not isinstance(identity, str) or not identity:
        raise InvalidRule(f"{source}: an [[indicator]] has no id")
    where = f"{source}: {identity}"
    if unknown := set(entry) - _KEYS:
        raise InvalidRule(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if missing := {"name", "unit"} - set(entry):
        raise InvalidRule(f"{where}: {', '.join(sorted(missing))} is missing")
    if not _is_table(entry["name"]) or "zh" not in entry["name"]:
        raise InvalidRule(f"{where}: name is written {{ zh = '…', en = '…' }}")
    if entry.get("kind", "count") not in _KINDS:
        raise InvalidRule(f"{where}: kind {entry['kind']!r} is none of {', '.join(_KINDS)}")
    rules: list[Rule] = []
    for number, rule in enumerate(entry.get("rules", ()), 1):
        at = f"{where} (rule {number})"
        if not _is_table(rule):
            raise InvalidRule(f"{at}: a rule is written {{ left = '…' }}")
        if unknown := set(rule) - _RULE_KEYS:
            raise InvalidRule(f"{at}: unknown key {', '.join(sorted(unknown))}")
        if not {"left", "right", "tail", "zero"} & set(rule):
            raise InvalidRule(f"{at}: one of left, right, tail and zero is needed")
        if rule.get("topic") is not None and rule["topic"] not in topics:
            raise InvalidRule(f"{at}: no topic {rule['topic']!r}; there are {', '.join(topics)}")
        rules.append(
            Rule(
                f"{identity}#{number}",
                identity,
                _pattern(rule, "left", at),
                _pattern(rule, "right", at),
                _pattern(rule, "zero", at),
                rule.get("topic"),
                _pattern(rule, "with", at),
                _pattern(rule, "not", at),
                _pattern(rule, "unless", at),
                _pattern(rule, "tail", at),
                bool(rule.get("change")),
                bool(rule.get("since")),
            )
        )
    name = entry["name"]
    raw_units = entry.get("raw_units") or [entry["unit"]]
    return Indicator(
        identity,
        name["zh"],
        name.get("en", name["zh"]),
        entry.get("definition", ""),
        entry["unit"],
        frozenset([*raw_units, entry["unit"]]),
        entry.get("kind", "count"),
        entry.get("dimension", ""),
        entry.get("aggregate", "single"),
        entry.get("tier", "extended"),
        tuple(rules),
    )


@cache
def _builtin() -> tuple[dict[str, dict[str, Any]], dict[str, str], frozenset[str]]:
    folder = files("fazhi_parse.indicators") / "catalogue"
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name != "topics.toml":
            for entry in tomllib.loads(file.read_text("utf-8"))["indicator"]:
                entries[entry["id"]] = entry
    topics = tomllib.loads((folder / "topics.toml").read_text("utf-8"))
    return entries, topics["topic"] | topics["open_topic"], frozenset(topics["topic"])


def _read_rules(path: str) -> dict[str, Any]:
    """A user's rule file, checked as far as its outer shape goes."""
    try:
        table: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise InvalidRule(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidRule(f"{path}: not UTF-8 text: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidRule(f"{path}: {error}") from error
    if unknown := set(table) - {"indicator", "topic"}:
        raise InvalidRule(
            f"{path}: unknown table {', '.join(sorted(unknown))}; use [[indicator]] and [topic]"
        )
    entries, topics = table.get("indicator", []), table.get("topic", {})
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in cast("list[object]", entries)):
        raise InvalidRule(f"{path}: indicators are written as [[indicator]], with two brackets")
    if not isinstance(topics, dict) or not all(
        isinstance(w, str) for w in cast("dict[str, object]", topics).values()
    ):
        raise InvalidRule(f"{path}: [topic] holds name = 'pattern' lines")
    if not table:
        raise InvalidRule(f"{path}: the file holds no [[indicator]]")
    return table


@lru_cache(maxsize=16)
def _load(rules: tuple[tuple[str, int], ...], disable: frozenset[str]) -> Catalogue:
    entries, topics, exclusive = _builtin()
    indicators = {key: _indicator(entry, _BUILT_IN, topics) for key, entry in entries.items()}
    for path, _ in rules:
        table = _read_rules(path)
        topics = topics | table.get("topic", {})
        for entry in table.get("indicator", ()):
            indicator = _indicator(entry, path, topics)
            indicators[indicator.id] = indicator
    if unknown := disable - set(indicators):
        raise InvalidRule(f"no indicator {', '.join(sorted(unknown))} to disable")
    kept = {key: value for key, value in indicators.items() if key not in disable}
    return Catalogue(kept, {name: re.compile(words) for name, words in topics.items()}, exclusive)


def load_catalogue(rules: Iterable[str | PathLike[str]] = (), disable: Iterable[str] = ()) -> Catalogue:
    """The built-in catalogue, with files of your own on top.

    Args:
        rules: TOML files with `[[indicator]]` entries; an id that exists already is replaced.
        disable: Ids that are not wanted.

    Raises:
        InvalidRule: A file or an id cannot be used.

    >>> len(load_catalogue()), load_catalogue().indicators["legal_aid.cases"].unit
    (189, '件')
    """
    paths: list[tuple[str, int]] = []
    for path in rules:
        try:
            paths.append((str(Path(path)), Path(path).stat().st_mtime_ns))
            if not Path(path).is_file():
                raise InvalidRule(f"{path}: not a file")
        except OSError as error:
            raise InvalidRule(f"{path}: cannot be read: {error.strerror}") from error
    return _load(tuple(paths), frozenset(disable))
