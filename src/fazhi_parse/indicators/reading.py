"""Reading the catalogue and files of one's own: from TOML to indicators and rules, every fault named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, cast

import attrs

from ..data_files import read_toml
from ..deferred import deferred
from ..errors import FazhiError, near_to
from ..given import names_of, paths_of
from ..pauses import collector_paused
from ..prefilter import awaited
from .definitions import Indicator, LimitedPattern, Rule, Words
from .index import Catalogue
from .shapes import find_fault

__all__ = ["InvalidRule", "RuleFile", "load_catalogue", "make_catalogue", "read_rules"]


class InvalidRule(FazhiError, ValueError):
    """A rule file that cannot be used; the message names file, indicator and fault."""


_BUILT_IN = "built-in"
_KEYS = {
    "id", "name", "definition", "unit", "raw_units", "kind", "dimension", "aggregate", "tier", "rules", "examples",
    "negatives", "anew", "of_all",
}  # fmt: skip
_KINDS = ("count", "percent", "money", "duration")
_PATTERNS = {"left": "left", "right": "right", "tail": "tail", "zero": "zero", "with": "near", "not": "without",
             "unless": "unless"}  # fmt: skip
"""Keys of a rule that hold patterns, and the attributes of `Rule` that they become."""
_RULE_KEYS = {*_PATTERNS, "topic", "change", "since"}
_FRAGMENT = deferred(r"\{([^\x00-\x7f]+)\}")
"""A fragment's place in a pattern; names are Chinese, so that {2,4} and \\p{Han} keep their meaning."""


def _pattern(text: str, key: str, where: str, fragments: Mapping[str, str]) -> Words:
    if text == "":
        raise InvalidRule(f"{where}: {key} is empty and would match anything")
    try:
        text = _FRAGMENT.sub(lambda match: fragments[match[1]], text)
        return awaited(text) if where.startswith(_BUILT_IN) else LimitedPattern.of(text)
    except KeyError as error:
        raise InvalidRule(
            f"{where}: {key} names no fragment {error}; there are {', '.join(fragments)}"
        ) from None
    except (re.error, TypeError) as error:
        raise InvalidRule(f"{where}: {key} = {text!r} is no regular expression: {error}") from error


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _rule(
    rule: object,
    identity: str,
    number: int,
    source: str,
    topics: Mapping[str, str],
    fragments: Mapping[str, str],
) -> Rule:
    at = f"{source}: {identity} (rule {number})"
    if not isinstance(rule, dict):
        raise InvalidRule(f"{at}: a rule is written {{ left = '…' }}")
    table = cast("dict[str, Any]", rule)
    if unknown := set(table) - _RULE_KEYS:
        raise InvalidRule(f"{at}: unknown key {', '.join(sorted(unknown))}{near_to(unknown, _RULE_KEYS)}")
    if not {"left", "right", "tail", "zero"} & set(table):
        raise InvalidRule(f"{at}: one of left, right, tail and zero is needed")
    topic = table.get("topic")
    if topic is not None and topic not in topics:
        raise InvalidRule(f"{at}: no topic {topic!r}; there are {', '.join(topics)}")
    words = {
        name: _pattern(table[key], key, at, fragments) if table.get(key) is not None else None
        for key, name in _PATTERNS.items()
    }
    return Rule(
        id=f"{identity}#{number}",
        indicator=identity,
        topic=topic,
        change=bool(table.get("change")),
        since=bool(table.get("since")),
        **words,
    )


def _indicator(
    entry: Mapping[str, Any], source: str, topics: Mapping[str, str], fragments: Mapping[str, str]
) -> Indicator:
    identity = entry.get("id")
    if not isinstance(identity, str) or not identity:
        raise InvalidRule(f"{source}: an [[indicator]] has no id")
    where = f"{source}: {identity}"
    if unknown := set(entry) - _KEYS:
        raise InvalidRule(f"{where}: unknown key {', '.join(sorted(unknown))}{near_to(unknown, _KEYS)}")
    if missing := {"name", "unit"} - set(entry):
        raise InvalidRule(f"{where}: {', '.join(sorted(missing))} is missing")
    if not _is_table(entry["name"]) or "zh" not in entry["name"]:
        raise InvalidRule(f"{where}: name is written {{ zh = '…', en = '…' }}")
    if entry.get("kind", "count") not in _KINDS:
        raise InvalidRule(f"{where}: kind {entry['kind']!r} is none of {', '.join(_KINDS)}")
    rules = tuple(
        _rule(rule, identity, number, source, topics, fragments)
        for number, rule in enumerate(entry.get("rules", ()), 1)
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
        rules,
        bool(entry.get("anew", False)),
        bool(entry.get("of_all", False)),
    )


@attrs.frozen
class _BuiltIn:
    """The catalogue's files as read."""

    entries: dict[str, dict[str, Any]]
    topics: dict[str, str]
    exclusive: frozenset[str]
    fragments: dict[str, str]


_EXAMPLES = re.compile(r"^(?:examples|negatives) = \[\n(?: .*\n)*\]$", re.MULTILINE)
"""A third of the time that reading takes goes to them, and only `check_rules` asks for them."""


@cache
def _builtin() -> _BuiltIn:
    from importlib.resources import files

    folder = files("fazhi_parse.indicators") / "catalogue"
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name != "topics.toml":
            for entry in read_toml(_EXAMPLES.sub("", file.read_text("utf-8")))["indicator"]:
                entries[entry["id"]] = entry
    topics = read_toml((folder / "topics.toml").read_text("utf-8"))
    return _BuiltIn(
        entries, topics["topic"] | topics["open_topic"], frozenset(topics["topic"]), topics["fragment"]
    )


RuleFile = tuple[str, str]
"""Path and text of a user's rule file."""


def read_rules(paths: Iterable[str | PathLike[str]]) -> tuple[RuleFile, ...]:
    """What rule files hold now, for `make_catalogue`.

    Raises:
        InvalidRule: One is no file of text.
    """
    return tuple((str(Path(path)), _text(Path(path))) for path in paths)


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # a pipe may never end
            raise InvalidRule(f"{path}: not a file")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InvalidRule(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidRule(f"{path}: not UTF-8 text: save it as UTF-8") from error


def _table(path: str, text: str) -> dict[str, Any]:
    """A user's rule file, checked as far as its outer shape goes."""
    try:
        table = read_toml(text)
    except ValueError as error:
        raise InvalidRule(f"{path}: {error}") from error
    except RecursionError as error:
        raise InvalidRule(f"{path}: its tables are nested too deeply") from error
    if unknown := set(table) - {"indicator", "topic", "fragment"}:
        raise InvalidRule(
            f"{path}: unknown table {', '.join(sorted(unknown))}; use [[indicator]], [topic] and [fragment]"
        )
    entries = table.get("indicator", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in cast("list[object]", entries)):
        raise InvalidRule(f"{path}: indicators are written as [[indicator]], with two brackets")
    for name in ("topic", "fragment"):
        lines = table.get(name, {})
        if not isinstance(lines, dict) or not all(
            isinstance(words, str) for words in cast("dict[str, object]", lines).values()
        ):
            raise InvalidRule(f"{path}: [{name}] holds name = 'pattern' lines")
    if not table:
        raise InvalidRule(f"{path}: the file holds no [[indicator]]")
    if fault := find_fault(table):
        raise InvalidRule(f"{path}: {fault}")
    return table


@lru_cache(maxsize=16)
def make_catalogue(files: tuple[RuleFile, ...], disable: frozenset[str]) -> Catalogue:
    """The built-in catalogue with rule files on top, as `load_catalogue` makes it of their paths."""
    with collector_paused():  # a hundred thousand objects, all of which stay: a quarter of the time
        return _made(files, disable)


def _made(files: tuple[RuleFile, ...], disable: frozenset[str]) -> Catalogue:
    built_in = _builtin()
    topics, fragments = built_in.topics, built_in.fragments
    indicators = {
        key: _indicator(entry, _BUILT_IN, topics, fragments) for key, entry in built_in.entries.items()
    }
    for path, text in files:
        table = _table(path, text)
        topics = topics | table.get("topic", {})
        fragments = fragments | table.get("fragment", {})
        for entry in table.get("indicator", ()):
            indicator = _indicator(entry, path, topics, fragments)
            indicators[indicator.id] = indicator
    if unknown := disable - set(indicators):
        raise InvalidRule(
            f"no indicator {', '.join(sorted(unknown))} to disable{near_to(unknown, indicators)}"
        )
    kept = {key: value for key, value in indicators.items() if key not in disable}
    return Catalogue(kept, _compiled(topics, built_in.topics), built_in.exclusive)


def _compiled(topics: Mapping[str, str], built_in: Mapping[str, str]) -> dict[str, Words]:
    """The words of each topic; those of users have a time limit."""
    compiled: dict[str, Words] = {}
    for name, words in topics.items():
        try:
            own = words != built_in.get(name)
            compiled[name] = LimitedPattern.of(words) if own else deferred(words)
        except re.error as error:
            raise InvalidRule(f"topic {name!r} = {words!r} is no regular expression: {error}") from error
    return compiled


def load_catalogue(
    rules: str | PathLike[str] | Iterable[str | PathLike[str]] = (), disable: str | Iterable[str] = ()
) -> Catalogue:
    """The built-in catalogue, with files of your own on top.

    Args:
        rules: One TOML file or several with `[[indicator]]` entries; an id that exists already is replaced.
        disable: One id or several that are not wanted.

    Raises:
        InvalidRule: A file or an id cannot be used.

    >>> len(load_catalogue()), load_catalogue().indicators["legal_aid.cases"].unit
    (189, '件')
    """
    return make_catalogue(read_rules(paths_of(rules)), names_of(disable))
