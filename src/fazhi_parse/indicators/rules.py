"""The catalogue: what each indicator means, and the rules that recognise it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ..errors import FazhiError
from ..prefilter import PatternIndex

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Catalogue", "Indicator", "LimitedPattern", "Rule", "RuleTimeout", "Words"]


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
class LimitedPattern:
    """A user's pattern: compiled with `regex`, whose searches can be timed out."""

    pattern: str
    _compiled: Any = attrs.field(eq=False, repr=False)

    @classmethod
    def of(cls, pattern: str) -> LimitedPattern:
        """A pattern compiled; raises `re.error` like the standard library."""
        import regex  # only where a user brings patterns

        try:
            return cls(pattern, regex.compile(pattern))
        except regex.error as error:
            raise re.error(str(error)) from error

    def search(self, text: str, /) -> re.Match[str] | None:
        """First match in a text, within the time limit."""
        return self._run(self._compiled.search, text)

    def match(self, text: str, /) -> re.Match[str] | None:
        """Match at the beginning of a text, within the time limit."""
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
