"""Words that make a figure inexact: before the number, inside it, behind the unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import attrs

from ..data_files import load_table
from ..deferred import deferred

__all__ = ["Approximators", "approximators"]

_NOT_INSIDE = frozenset("容设部涵外在控地陆")
"""What follows 内 where it means no limit: 30天内容."""
_NOT_MANY = frozenset("元种样次功年部方层轮名额")
"""What follows 多 and 余 where they begin another word: 5项多元, 12件余额."""
_FAR = 24
"""So far before its number an approximator is looked for."""
_LONGEST_DENIAL = 4
_SHARE = deferred(
    r" ?(?:\d+(?:\.\d+)? ?[%％]|百分之|千分之|[一二两三四五六七八九]成|一?半|[一二两三四五六七八九十\d]{1,3}分之)"
)
"""What may be less or more than a share of a whole: 不到总人数的一半; 超过规定面积的12宗 are twelve."""
_OPPOSITE = {"above": "below", "below": "above"}
_INEXACT = frozenset({"percent", "ratio", "duration", "multiple"})
"""Kinds behind whose unit 多 and 余 may stand although a word goes on: 三成多群众."""


@attrs.frozen(eq=False)
class Approximators:
    """The table `data/approximators.toml`: words to `above`, `below` or `about`."""

    inside: Mapping[str, str]
    """Words between the number and its unit (200余万元)."""
    last_before: frozenset[str]
    """Last characters of the words before."""
    first_after: frozenset[str]
    """First characters of the words behind."""
    links: frozenset[str]
    """Last characters of what may stand between a word before and its number: 约占45%, 不到总数的一半."""
    characters: frozenset[str]
    """Characters of all the words."""
    _before: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]]
    _after: Mapping[str, tuple[tuple[str, str], ...]]
    _ends: frozenset[str]  # last two characters of the words before: a look that mostly ends it
    _begins: frozenset[str]  # first two characters of the words behind
    _denied: frozenset[str]  # words whose sense a denial turns around
    _denial: re.Pattern[str]
    _links_at: frozenset[str]  # one of these is among the last three characters before a link
    _afar: re.Pattern[str]
    _afar_senses: Mapping[str, str]
    _not_before: Mapping[str, tuple[str, ...]]

    def before(self, text: str, start: int, *, scaled: bool, bare: bool = False) -> tuple[int, str, str]:
        """The word that ends where a number begins.

        Args:
            text: The clean text.
            start: Where the number begins.
            scaled: Whether it carries 万, 亿, …
            bare: Whether it is nothing but Chinese scales (上千, 过百万).

        Returns:
            Length with a space behind it, sense, and the word; zero and empty where there is none.
        """
        end = start - 1 if start and text[start - 1] == " " else start
        last = text[end - 1 : end]
        if text[end - 2 : end] not in self._ends and last not in self._ends:
            return (0, *self._from_afar(text, end)) if last in self.links else (0, "", "")
        for word, sense, barred in self._before.get(last, ()):
            if text.endswith(word, 0, end):
                if barred and text.endswith(barred, 0, end - len(word)):
                    break
                if (word in ("上", "过") and not bare) or (word == "破" and not scaled):
                    break  # 线上3次; 破156起 is a verb, 破10亿元 is not
                first, sense = self._sense(text, end - len(word), word, sense)
                return start - first, sense, word
        return 0, "", ""

    def _from_afar(self, text: str, end: int) -> tuple[str, str]:
        """Sense and word of an approximator that a verb or a whole parts from its number: 约占45%, 不到总数的一半."""
        if self._links_at.isdisjoint(text[end - 3 : end]):
            return "", ""
        match = self._afar.search(text, max(0, end - _FAR), end)
        if match is None or (match["apart"] and not _SHARE.match(text, end)):
            return "", ""
        word, at = match["apart"] or match["linked"], match.start()
        if text.endswith(self._not_before.get(word, ()), 0, at):
            return "", ""
        return self._sense(text, at, word, self._afar_senses[word])[1], word

    def _sense(self, text: str, at: int, word: str, sense: str) -> tuple[int, str]:
        """Where a word that begins at `at` begins with its denial (不得超过), and its sense with that."""
        if word in self._denied and (denial := self._denial.search(text, max(0, at - _LONGEST_DENIAL), at)):
            return denial.start(), _OPPOSITE[sense]
        return at, sense

    def after(self, text: str, end: int, kind: str) -> tuple[int, str]:
        """Where the word behind a unit of a kind ends, and its sense; else `end` and nothing."""
        at = end + 1 if text.startswith(" ", end) else end
        first = text[at : at + 1]
        if text[at : at + 2] not in self._begins and first not in self._begins:
            return end, ""
        for word, sense in self._after.get(first, ()):
            if not text.startswith(word, at):
                continue
            follows = text[at + 1 : at + 2]
            if word in ("内", "內") and (kind not in ("duration", "length") or follows in _NOT_INSIDE):
                continue
            if word in ("多", "余") and (
                (kind not in _INEXACT and follows.isalnum()) or follows in _NOT_MANY
            ):
                continue
            if word == "前后" and kind != "duration":
                continue
            return at + len(word), sense
        return end, ""


@cache
def approximators() -> Approximators:
    """The built-in table."""
    table = load_table("approximators.toml")
    not_before = {word: tuple(ends) for word, ends in table["not_before"].items()}
    before: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for word, sense in _longest_first(table["before"]):
        before.setdefault(word[-1], []).append((word, sense, not_before.get(word, ())))
    after: dict[str, list[tuple[str, str]]] = {}
    for word, sense in _longest_first(table["after"]):
        after.setdefault(word[0], []).append((word, sense))
    linked, apart, denied = table["linked"], table["apart"], table["denied"]
    return Approximators(
        {word: sense for sense, words in table["inside"].items() for word in words},
        frozenset(before),
        frozenset(after),
        frozenset(linked["verbs"] + "的"),
        frozenset(
            char
            for place in ("before", "inside", "after", "not_before")
            for sense in table[place].values()
            for char in "".join(sense)
        ),
        {last: tuple(rows) for last, rows in before.items()},
        {first: tuple(rows) for first, rows in after.items()},
        frozenset(word[-2:] for word, _ in _longest_first(table["before"])),
        frozenset(word[:2] for word, _ in _longest_first(table["after"])),
        frozenset(denied["words"]),
        deferred(f"(?:{'|'.join(denied['denials'])})$"),
        frozenset(word[-1] for word, _ in _words(linked)) | {whole[-1] for whole in apart["wholes"]},
        deferred(
            f"(?P<apart>{'|'.join(word for word, _ in _words(apart))})[^，,。；;、：:\\d\n]{{0,12}}?(?:{'|'.join(apart['wholes'])})的$"
            f"|(?P<linked>{'|'.join(word for word, _ in _words(linked))})[{linked['verbs']}]{{1,2}}$"
        ),
        dict((*_words(linked), *_words(apart))),
        not_before,
    )


def _words(table: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return _longest_first({sense: table[sense] for sense in ("above", "below", "about") if sense in table})


def _longest_first(senses: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    rows = [(word, sense) for sense, words in senses.items() for word in words]
    return sorted(rows, key=lambda row: -len(row[0]))
