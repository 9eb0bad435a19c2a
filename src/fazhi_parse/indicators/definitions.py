"""What the catalogue is made of: indicators, their rules, and the patterns of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ..errors import FazhiError
from ..patterns import written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Indicator", "LimitedPattern", "Rule", "RuleTimeout", "Words"]


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

    def finditer(self, text: str, start: int, end: int, /) -> Iterator[re.Match[str]]:
        """All matches between two offsets."""
        ...


_SECONDS = 0.2
"""Time that one search with a user's pattern may take; built-in patterns meet no such limit."""
_LONGEST = 100_000
"""Characters of a user's pattern where its counts are written out; compiled, a million take 300 MB."""


class RuleTimeout(FazhiError):
    """A user's pattern took too long on a text (it backtracks); the rule is left out for that text."""


@attrs.frozen
class LimitedPattern:
    """A user's pattern: compiled with `regex`, whose searches can be timed out."""

    pattern: str
    """The pattern as written."""
    _compiled: Any = attrs.field(eq=False, repr=False)

    @classmethod
    def of(cls, pattern: str) -> LimitedPattern:
        """Compile a pattern.

        Raises:
            re.error: It is no regular expression.
        """
        import regex  # only where a user brings patterns

        try:
            if (size := written_out(pattern)) > _LONGEST:
                raise re.error(f"its counts multiply to {size} characters")
            return cls(pattern, regex.compile(pattern))
        except regex.error as error:
            raise re.error(str(error)) from error
        except RecursionError as error:
            raise re.error("it is nested too deeply") from error

    def search(self, text: str, /) -> re.Match[str] | None:
        """First match in a text.

        Raises:
            RuleTimeout: It takes too long.
        """
        found: re.Match[str] | None = self._run(self._compiled.search, text)
        return found

    def match(self, text: str, /) -> re.Match[str] | None:
        """Match at the beginning of a text.

        Raises:
            RuleTimeout: It takes too long.
        """
        found: re.Match[str] | None = self._run(self._compiled.match, text)
        return found

    def finditer(self, text: str, start: int, end: int, /) -> Iterator[re.Match[str]]:
        """All matches between two offsets.

        Raises:
            RuleTimeout: They take too long.
        """

        def run(text: str, timeout: float) -> list[re.Match[str]]:
            return list(self._compiled.finditer(text, start, end, timeout=timeout))

        found: list[re.Match[str]] = self._run(run, text)
        return iter(found)

    def _run(self, run: Callable[..., Any], text: str) -> Any:
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
    """Must match somewhere in the sentence, else in the headings, else in the sentence before what opens one (`with` in the file)."""
    without: Words | None
    """Must not match in the words around the figure, in its clause (`not` in the file)."""
    unless: Words | None
    """Must not match in the half sentence (up to ； or 。), up to 40 characters from the figure."""
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
    anew: bool = False
    """Whether what has come anew in the year is a value beside how many there are."""
    of_all: bool = False
    """Whether it counts what all offices of a place did, so that one office's figure is none in the report on the place."""

    @property
    def stands(self) -> bool:
        """Whether its values are how many there are, so that those which have come anew are but a part."""
        return self.aggregate == "single" and not self.anew
