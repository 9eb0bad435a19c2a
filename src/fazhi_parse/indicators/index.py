"""The catalogue in the matcher's hands: which rules can match at all beside a figure of some unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import concat

import attrs

from ..patterns import edge, required, requirements
from .definitions import Indicator, Rule, Words
from .figures import Figure, usual_unit

__all__ = ["Catalogue", "RuleIndex", "Side", "Wording", "bits"]

_HOURS = frozenset(["个小时", "小时", "个钟头", "分钟", "秒"])
"""No near unit of days: 4 hours are not 4 days."""
_EQUIVALENT = (
    frozenset(["名", "人", "位", "人次"]),
    frozenset(["件", "起", "宗", "例", "桩", "件次", "案", "份"]),
    frozenset(["次", "场", "场次", "期", "讲", "批次", "轮", "堂", "节", "期次", "次数", "轮次", "回"]),
    frozenset(["户", "家", "户次", "家次"]),
    frozenset(["份", "册", "本", "张", "套"]),
    frozenset(["卷", "宗", "件", "本", "份", "起"]),
    frozenset(["条", "个", "处"]),
    frozenset(["条", "条次"]),
    frozenset(["篇", "篇次"]),
    frozenset(["工作日", "个工作日", "天", "日"]),
    frozenset(["部", "台", "套", "个", "只", "辆"]),
    frozenset(["所", "个", "处", "座", "条", "家"]),
)
"""Classifiers that clerks interchange."""

_JOINED = re.compile(r"[（()）/、]+")


def unit_fit(kind: str, unit: str, indicator: Indicator) -> float | None:
    """1 for a unit in which the indicator is stated, 0 for a near one, None for another kind of thing.

    Of a pair (册(张), 件（次）) it is enough that the first of the two fits, or both together.
    """
    first, *others = _JOINED.split(unit)
    if not others or not first:
        return _fit(kind, unit, indicator)
    fits = [_fit(kind, part, indicator) for part in (unit, first, first + others[0])]
    return max((fit for fit in fits if fit is not None), default=None)


def _fit(kind: str, unit: str, indicator: Indicator) -> float | None:
    if kind != indicator.kind:
        return None
    if kind == "duration" and unit in _HOURS and unit not in indicator.raw_units:
        return None
    if kind in ("percent", "money", "duration"):
        return 1.0 if kind != "percent" or unit == "%" else None
    if unit in indicator.raw_units:
        return 1.0
    if unit == "人次" and indicator.aggregate == "single":
        return None  # who came, and came again, is not how many there are: 派出执法人员86人次
    # a task may be one 个, but firms (家) are no times that something was done
    stated = indicator.raw_units - {"个"} if indicator.unit == "次" else indicator.raw_units
    for group in _EQUIVALENT:
        if unit in group and not group.isdisjoint(stated):
            return 0.0
    return None


def bits(mask: int) -> Iterator[int]:
    """Numbers of the bits that are set, the lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Side:
    """The patterns that rules have for the words on one side of a figure, and which of them can match there.

    A set of rules is a number with a bit for each. Three things that the pattern itself tells
    keep a rule out: the character next to the figure, and two sets of strings of which the
    words must hold one each. Strings are looked up by two characters of theirs, the ones
    that the fewest patterns ask for.

    >>> side = Side(["受理(?:案件|申请)$", "复议$", None], last=True)
    >>> list(bits(side.among(0b111, "共受理申请"))), list(bits(side.among(0b111, "行政复议")))
    ([0, 2], [1, 2])
    """

    def __init__(self, patterns: Sequence[str | None], *, last: bool | None) -> None:
        """Index the patterns.

        Args:
            patterns: Each rule's pattern, None for one that asks for nothing on this side.
            last: Whether the last character of the words is the one next to the figure; None
                where the patterns are tied to neither end.
        """
        self._count = len(patterns)
        self._next = slice(-1, None) if last else slice(0, 1)
        self._edges: dict[str, int] = {}
        self._any_edge = 0
        self._keys: dict[str, int] = {}
        self._keyless = 0
        wanted = _keys([requirements(pattern) if pattern is not None else () for pattern in patterns])
        for i, pattern in enumerate(patterns):
            chars = edge(pattern, last=last) if pattern is not None and last is not None else None
            if chars is None:
                self._any_edge |= 1 << i
            for char in chars or ():
                self._edges[char] = self._edges.get(char, 0) | 1 << i
            for place, keys in zip((i, i + self._count), wanted[i], strict=True):
                if not keys:
                    self._keyless |= 1 << place
                for key in keys:
                    self._keys[key] = self._keys.get(key, 0) | 1 << place
        self._edges = {char: mask | self._any_edge for char, mask in self._edges.items()}
        self._edges["\n"] = (1 << self._count) - 1  # $ also matches before a last line break
        self._pairs = frozenset(key for key in self._keys if len(key) == 2)
        self._chars = frozenset(key for key in self._keys if len(key) == 1)
        by_char = 0
        for char in self._chars:
            by_char |= self._keys[char]
        self._by_char = by_char | by_char >> self._count
        self._free = self._keyless & (self._keyless >> self._count)
        self._wordless = self._edges.get("", self._any_edge) & self._free

    def among(self, rules: int, words: str) -> int:
        """Those of some rules that can match these words, and those that ask for nothing on this side."""
        if not words:
            return rules & self._wordless
        rules &= self._edges.get(words[self._next], self._any_edge)
        if rules & self._free == rules:
            return rules
        keys, met = self._keys, self._keyless
        for pair in self._pairs.intersection(map(concat, words, words[1:])):
            met |= keys[pair]
        if rules & self._by_char:
            for char in self._chars.intersection(words):
                met |= keys[char]
        return rules & met & (met >> self._count)

    def beside(self, rules: int, char: str) -> int:
        """Those of some rules that can match words of which one character is known: the one next to the figure."""
        return rules & self._edges.get(char, self._any_edge)


_Keys = frozenset[str]


def _keys(patterns: Sequence[Sequence[frozenset[str]]]) -> list[tuple[_Keys, _Keys]]:
    """Keys of the two rarest sets of strings that each pattern requires (empty where it requires none)."""
    words = frozenset[str]().union(*chain.from_iterable(patterns))
    pairs = {word: [word[i : i + 2] for i in range(len(word) - 1)] or [word] for word in words}
    common = Counter(chain.from_iterable(pairs.values()))
    count = common.__getitem__
    rank = {pair: (times, pair) for pair, times in common.items()}.__getitem__
    key_of = {
        word: min(several, key=rank) if len(several) > 1 else several[0] for word, several in pairs.items()
    }

    def rarest(sets: Sequence[frozenset[str]]) -> tuple[_Keys, _Keys]:
        usable = [literals for literals in sets if min(map(len, literals)) > 1]
        usable = usable or [literals for literals in sets if _PUNCTUATION.isdisjoint(literals)]
        choices = {frozenset([key_of[word] for word in literals]) for literals in usable}
        if len(choices) > 1:
            ranked = sorted([(sum(map(count, keys)), min(keys), max(keys), keys) for keys in choices])
            return ranked[0][-1], ranked[1][-1]
        return choices.pop() if choices else _Keys(), _Keys()

    return [rarest(sets) for sets in patterns]


_PUNCTUATION = frozenset('，,、；;：:。（()）“”"')
"""What is in every sentence tells nothing."""


Wording = tuple[Indicator, float, Rule]
"""A rule with its indicator and how well a figure's unit fits (1 or 0)."""


class RuleIndex:
    """All rules of a catalogue that are about figures, and which of them a figure's unit and words allow."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        rules = [(i, r) for i in indicators for r in i.rules if r.zero is None]
        rules.sort(key=lambda entry: entry[1].left is None)  # words before a figure are tried first
        self._rules = rules
        self._indicators = {i.id: i for i, _ in rules}
        self._wordings: list[tuple[Wording, Wording]] = [((i, 0.0, r), (i, 1.0, r)) for i, r in rules]
        self._units: dict[tuple[str, str], tuple[int, int]] = {}
        lefts = [_pattern(rule.left) for _, rule in rules]
        tails = [_pattern(rule.tail) for _, rule in rules]
        self._left = Side(lefts, last=True)
        self._right = Side([_pattern(rule.right) for _, rule in rules], last=False)
        self._tail = Side(tails, last=False)
        self._tail_words = {
            n: tuple(words) for n, tail in enumerate(tails) if tail and (words := required(tail))
        }
        self._asking = sum(1 << n for n in self._tail_words)

    def possible(self, figure: Figure) -> list[Wording]:
        """Rules that may match beside a figure."""
        allowed, exact = self._by_unit(figure)
        found = 0
        for left in figure.lefts:
            found |= self._left.among(allowed, left)
        right = figure.right
        # few rules ask for words behind a figure: of those that are left most often none
        rules = self._tail.beside(self._right.among(found, right), figure.after)
        if thing := figure.thing:  # what stands behind the thing stands behind the number, too
            rest = right[len(thing) :]
            rules |= self._tail.beside(
                self._right.among(found, rest), rest[:1] or figure.tail[len(thing) :][:1]
            )
        if asking := rules & self._asking:
            rules ^= self._without_tail(asking, figure.tail)
        result: list[Wording] = []
        while rules:
            lowest = rules & -rules
            near, good = self._wordings[lowest.bit_length() - 1]
            result.append(good if exact & lowest else near)
            rules ^= lowest
        return result

    def _by_unit(self, figure: Figure) -> tuple[int, int]:
        """The rules that the unit allows, and those of them in whose units the figure is."""
        unit = figure.found.kind, figure.found.unit
        rules, exact = self._units.get(unit) or self._of_unit(unit)
        if usual := usual_unit(figure):
            like = "count", usual
            rules |= (self._units.get(like) or self._of_unit(like))[0]
        return rules, exact

    def _without_tail(self, asking: int, tail: str) -> int:
        """Those of some rules of whose words for the rest of the sentence none is in it."""
        without = 0
        while asking:
            lowest = asking & -asking
            for word in self._tail_words[lowest.bit_length() - 1]:
                if word in tail:
                    break
            else:
                without |= lowest
            asking ^= lowest
        return without

    def _of_unit(self, unit: tuple[str, str]) -> tuple[int, int]:
        """The rules for a kind and unit, and those of them in whose units the figure is."""
        fits = {identity: unit_fit(*unit, indicator) for identity, indicator in self._indicators.items()}
        possible = sum(1 << n for n, (i, _) in enumerate(self._rules) if fits[i.id] is not None)
        exact = sum(1 << n for n, (i, _) in enumerate(self._rules) if fits[i.id])
        found = self._units[unit] = possible, exact
        return found


def _pattern(words: Words | None) -> str | None:
    return None if words is None else words.pattern


class ZeroIndex:
    """The rules that state zeros, by the words that must follow a negation."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self._rules = [r for i in indicators for r in i.rules if r.zero is not None]
        self._words = Side([r.zero.pattern for r in self._rules if r.zero is not None], last=None)
        self._all = (1 << len(self._rules)) - 1

    def possible(self, clause: str) -> list[Rule]:
        """Rules that may match at the beginning of a clause behind a negation."""
        return [self._rules[number] for number in bits(self._words.among(self._all, clause))]


def _figures_of(catalogue: Catalogue) -> RuleIndex:
    return RuleIndex(catalogue.indicators.values())


def _zeros_of(catalogue: Catalogue) -> ZeroIndex:
    return ZeroIndex(catalogue.indicators.values())


@attrs.frozen
class Catalogue:
    """All indicators that a parser looks for, with the topics that their rules name."""

    indicators: Mapping[str, Indicator]
    """Id to indicator."""
    topics: Mapping[str, Words]
    """Topic name to the words that speak of it."""
    exclusive: frozenset[str]
    """Topics of which only the nearest one counts."""
    figures: RuleIndex = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_figures_of, takes_self=True)
    )
    """The rules about figures."""
    zeros: ZeroIndex = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_zeros_of, takes_self=True)
    )
    """The rules about stated zeros."""

    def name(self, indicator: str) -> str:
        """Chinese name of an indicator; empty for one that an extractor brings."""
        entry = self.indicators.get(indicator)
        return "" if entry is None else entry.zh

    def __len__(self) -> int:
        return len(self.indicators)
