"""The catalogue: what each indicator means, and the rules that recognise it, read from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import attrs

from ..errors import FazhiError
from ..prefilter import PatternIndex

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Catalogue", "Indicator", "InvalidRule", "Rule", "load_catalogue"]


class InvalidRule(FazhiError, ValueError):
    """A rule file that cannot be used; the message names file, indicator and fault."""


class Words(Protocol):
    """A compiled pattern of a rule: built-in ones are plain `re`, those of users have a time limit."""

    @property
    def pattern(self) -> str:
        """The pattern as written."""
        ...

    def search(self, text: str, /) -> re.Match[str] | None:
        """First match in a text."""
        ...

    def match(self, text: str, /) -> re.Match[str] | None:
        """Match at the beginning of a text."""
        ...


_SECONDS = 0.2
"""Time that one search with a user's pattern may take; built-in patterns meet no such limit."""


class RuleTimeout(FazhiError):
    """A user's pattern took too long on a text (it backtracks); the rule is left out for that text."""


@attrs.frozen
class _Limited:
    """A user's pattern: compiled with `regex`, whose searches can be timed out."""

    pattern: str
    _compiled: Any = attrs.field(eq=False, repr=False)

    @classmethod
    def of(cls, pattern: str) -> _Limited:
        import regex  # only where a user brings patterns

        try:
            return cls(pattern, regex.compile(pattern))
        except regex.error as error:
            raise re.error(str(error)) from error

    def search(self, text: str, /) -> re.Match[str] | None:
        return self._run(self._compiled.search, text)

    def match(self, text: str, /) -> re.Match[str] | None:
        return self._run(self._compiled.match, text)

    def _run(self, run: Callable[..., re.Match[str] | None], text: str) -> re.Match[str] | None:
        try:
            return run(text, timeout=_SECONDS)
        except TimeoutError as error:
            raise RuleTimeout(f"the pattern {self.pattern!r} takes more than {_SECONDS} s") from error


@attrs.frozen
class Rule:
    """One wording of an indicator: what stands left or right of the figure, and what must (not) be near."""

    id: str
    """Indicator id and number of the rule: `reconsideration.accepted#2`."""
    indicator: str
    """Id of the indicator."""
    left: Words | None
    """Must match in the text between the figure before and this one."""
    right: Words | None
    """Must match right behind the figure, up to the next punctuation."""
    zero: Words | None
    """What a negation must be followed by to state zero; such a rule has no figure."""
    topic: str | None
    """Topic that must be in the clause, else before it, else in the headings."""
    near: Words | None
    """Must match somewhere in the sentence (`with` in the file)."""
    without: Words | None
    """Must not match in the words around the figure, in its clause (`not` in the file)."""
    unless: Words | None
    """Must not match in the half sentence (up to ； or 。)."""
    tail: Words | None
    """Must match behind the figure, across other figures."""
    change: bool
    """Whether a reduction is the level itself (压缩至, 压减78%)."""
    since: bool
    """Whether 20XX年以来 in the sentence dates the objects, not the figure."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns that must all match beside a figure."""
        return tuple(words.pattern for words in (self.left, self.right, self.tail) if words is not None)


@attrs.frozen
class Indicator:
    """One entry of the catalogue."""

    id: str
    """Stable id, `family.name`."""
    zh: str
    """Chinese name."""
    en: str
    """English name."""
    definition: str
    """What counts and what does not."""
    unit: str
    """Unit of its values."""
    raw_units: frozenset[str]
    """Units and classifiers in which reports state it."""
    kind: str
    """Kind of quantity: count, percent, money or duration."""
    dimension: str
    """Id of the taxonomy."""
    aggregate: str
    """What a panel does with several values of one report: sum or single."""
    tier: str
    """core or extended."""
    rules: tuple[Rule, ...]
    """Its wordings."""
    examples: tuple[str, ...] = ()
    """Sentences that state it."""
    negatives: tuple[str, ...] = ()
    """Sentences that do not, though they look like it."""


Wording = tuple[Indicator, float, Rule]
"""A rule with its indicator and how well a figure's unit fits."""


@attrs.frozen
class Wordings:
    """The rules for one unit, by the side of the figure on which their words stand."""

    left: PatternIndex[Wording]
    """Rules with words before the figure."""
    right: PatternIndex[Wording]
    """Rules with words behind it only."""

    def possible(self, lefts: Sequence[str], rights: Sequence[str]) -> list[Wording]:
        """Rules that may match with these words before and behind a figure."""
        return self.left.possible(lefts) + self.right.possible(rights)


@attrs.frozen
class Catalogue:
    """All indicators that a parser looks for, with the topics that their rules name."""

    indicators: Mapping[str, Indicator]
    """Id to indicator."""
    topics: Mapping[str, re.Pattern[str]]
    """Topic name to the words that speak of it."""
    exclusive: frozenset[str]
    """Topics of which only the nearest one counts."""

    _indexes: dict[tuple[str, str], Wordings] = attrs.field(
        factory=lambda: dict[tuple[str, str], Wordings](), eq=False, repr=False
    )

    def wordings(self, kind: str, unit: str) -> Wordings:
        """Rules of the indicators that a figure of a kind and unit can be, each with how well the unit fits (1 or 0)."""
        key = (kind, unit)
        if key not in self._indexes:
            fits = ((indicator, unit_fit(kind, unit, indicator)) for indicator in self.indicators.values())
            rules = [
                (indicator, fit, rule)
                for indicator, fit in fits
                if fit is not None
                for rule in indicator.rules
                if rule.zero is None
            ]
            self._indexes[key] = Wordings(
                PatternIndex((w, (w[2].left.pattern,)) for w in rules if w[2].left is not None),
                PatternIndex((w, w[2].patterns) for w in rules if w[2].left is None),
            )
        return self._indexes[key]

    def __len__(self) -> int:
        return len(self.indicators)


_HOURS = frozenset(["个小时", "小时", "个钟头", "分钟", "秒"])
"""No near unit of days: 4 hours are not 4 days."""
_EQUIVALENT = (
    frozenset(["名", "人", "位", "人次"]),
    frozenset(["件", "起", "宗", "例", "桩", "件次", "案", "件（次）", "份"]),
    frozenset(["次", "场", "场次", "期", "讲", "批次", "轮", "堂", "节", "期次", "次数"]),
    frozenset(["户", "家", "户次", "家次"]),
    frozenset(["份", "册", "本", "张", "套"]),
    frozenset(["卷", "宗", "件", "本", "份", "起"]),
    frozenset(["条", "个", "处"]),
    frozenset(["工作日", "个工作日", "天", "日"]),
    frozenset(["部", "台", "套", "个", "只", "辆"]),
    frozenset(["所", "个", "处", "座", "条", "家"]),
)
"""Classifiers that clerks interchange."""


def unit_fit(kind: str, unit: str, indicator: Indicator) -> float | None:
    """1 for a unit in which the indicator is stated, 0 for a near one, None for another kind of thing."""
    if kind != indicator.kind:
        return None
    if kind == "duration" and unit in _HOURS and unit not in indicator.raw_units:
        return None
    if kind in ("percent", "money", "duration"):
        return 1.0 if kind != "percent" or unit == "%" else None
    if unit in indicator.raw_units:
        return 1.0
    for group in _EQUIVALENT:
        if unit in group and not group.isdisjoint(indicator.raw_units):
            return 0.0
    return None


_BUILT_IN = "built-in"
_KEYS = {
    "id", "name", "definition", "unit", "raw_units", "kind", "dimension", "aggregate", "tier", "rules", "examples",
    "negatives",
}  # fmt: skip
_KINDS = ("count", "percent", "money", "duration")
_PATTERNS = {"left": "left", "right": "right", "tail": "tail", "zero": "zero", "with": "near", "not": "without",
             "unless": "unless"}  # fmt: skip
"""Keys of a rule that hold patterns, and the attributes of `Rule` that they become."""
_RULE_KEYS = {*_PATTERNS, "topic", "change", "since"}
_FRAGMENT = re.compile(r"\{([一-鿿]+)\}")
"""A fragment's place in a pattern; names are Chinese, so that {2,4} and \\p{Han} keep their meaning."""


def _pattern(rule: Mapping[str, Any], key: str, where: str, fragments: Mapping[str, str]) -> Words | None:
    text = rule.get(key)
    if text is None:
        return None
    try:
        text = _FRAGMENT.sub(lambda match: fragments[match[1]], text)
        return re.compile(text) if where.startswith(_BUILT_IN) else _Limited.of(text)
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
        raise InvalidRule(f"{at}: unknown key {', '.join(sorted(unknown))}")
    if not {"left", "right", "tail", "zero"} & set(table):
        raise InvalidRule(f"{at}: one of left, right, tail and zero is needed")
    topic = table.get("topic")
    if topic is not None and topic not in topics:
        raise InvalidRule(f"{at}: no topic {topic!r}; there are {', '.join(topics)}")
    words = {name: _pattern(table, key, at, fragments) for key, name in _PATTERNS.items()}
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
        raise InvalidRule(f"{where}: unknown key {', '.join(sorted(unknown))}")
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
    for key in ("examples", "negatives"):
        if not all(isinstance(sentence, str) for sentence in entry.get(key, ())):
            raise InvalidRule(f"{where}: {key} holds sentences")
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
        tuple(entry.get("examples", ())),
        tuple(entry.get("negatives", ())),
    )


@attrs.frozen
class _BuiltIn:
    """The catalogue's files as read."""

    entries: dict[str, dict[str, Any]]
    topics: dict[str, str]
    exclusive: frozenset[str]
    fragments: dict[str, str]


@cache
def _builtin() -> _BuiltIn:
    folder = files("fazhi_parse.indicators") / "catalogue"
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name != "topics.toml":
            for entry in tomllib.loads(file.read_text("utf-8"))["indicator"]:
                entries[entry["id"]] = entry
    topics = tomllib.loads((folder / "topics.toml").read_text("utf-8"))
    return _BuiltIn(
        entries, topics["topic"] | topics["open_topic"], frozenset(topics["topic"]), topics["fragment"]
    )


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
    return table


@lru_cache(maxsize=16)
def _load(rules: tuple[tuple[str, int], ...], disable: frozenset[str]) -> Catalogue:
    built_in = _builtin()
    topics, fragments = built_in.topics, built_in.fragments
    indicators = {
        key: _indicator(entry, _BUILT_IN, topics, fragments) for key, entry in built_in.entries.items()
    }
    for path, _ in rules:
        table = _read_rules(path)
        topics = topics | table.get("topic", {})
        fragments = fragments | table.get("fragment", {})
        for entry in table.get("indicator", ()):
            indicator = _indicator(entry, path, topics, fragments)
            indicators[indicator.id] = indicator
    if unknown := disable - set(indicators):
        raise InvalidRule(f"no indicator {', '.join(sorted(unknown))} to disable")
    kept = {key: value for key, value in indicators.items() if key not in disable}
    return Catalogue(kept, {name: re.compile(words) for name, words in topics.items()}, built_in.exclusive)


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
