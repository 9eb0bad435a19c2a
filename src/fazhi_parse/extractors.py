"""Observations, and the one shape that every extractor has: a callable from a report to observations."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from .errors import FazhiError
from .html_parts import styled, table
from .labels import label
from .quantities import Quantity, value_words

if TYPE_CHECKING:
    from .report import Report

from .pickles import pickled_by_fields

__all__ = ["Extractor", "ExtractorSet", "NameClash", "NamedExtractor", "Observation", "Rival", "extractor"]


STATUSES = ("actual", "previous", "planned", "required", "cumulative")
"""What a figure can be: this report's achieved level, or something beside it."""


@pickled_by_fields
@attrs.frozen
class Rival:
    """An indicator that was considered for a figure and lost."""

    indicator: str
    """Its id."""
    rule: str
    """The rule that spoke for it."""
    evidence: tuple[str, ...]
    """The words that it went by, in clean form."""
    score: float
    """How strongly they spoke, on the scale of the winner's score."""


@pickled_by_fields
@attrs.frozen
class Observation:
    """One value that a report states for an indicator. `Report.observe` makes one with less ado."""

    indicator: str
    """Id of the indicator in the catalogue."""
    value: Decimal | Fraction
    """Exact value in the catalogue's unit; percent in percent points."""
    value_max: Decimal | Fraction | None
    """High end of a range, else None."""
    unit: str
    """The catalogue's unit."""
    approx: str
    """above, below, about, or empty where exact."""
    year: int | None
    """Year that the figure is about; None where the text does not say."""
    status: str
    """actual (this report's achieved level), previous, planned, required or cumulative."""
    implied: bool
    """Whether the value is a stated zero (未发生…): there is no figure, the span is the negating phrase."""
    start: int
    """First code point in the raw input."""
    end: int
    """One behind the last code point."""
    text: str
    """The raw characters from `start` to `end`."""
    section: int | None
    """Index of the innermost section (in document order) that holds it, or None."""
    rule: str
    """What made it: the id of the rule or the name of the extractor."""
    evidence: tuple[str, ...] = ()
    """Words of the text that led to the indicator, in clean form."""
    score: float = 1.0
    """How strongly the evidence spoke; comparable within one version of the rules only."""
    sentence: str = ""
    """The sentence that states it, in clean form (raw where an extractor of yours made it)."""
    section_path: tuple[str, ...] = ()
    """Titles of the sections that hold it, from the top level down."""
    rivals: tuple[Rival, ...] = ()
    """Other indicators that were considered for the same figure, the strongest first."""

    def _repr_html_(self) -> str:
        said, sentence = escape(self.text), escape(self.sentence)
        if not self.implied and said:
            sentence = sentence.replace(said, f"<mark>{said}</mark>", 1)
        cells = {
            "indicator": escape(self.indicator),
            "value": escape(value_words(self, "en")),
            "year": str(self.year or label("view", "unknown", "en")),
            "status": escape(label("status", self.status, "en")),
            "words": sentence or said,
            "evidence": escape(f"{' … '.join(self.evidence)} ({self.rule})"),
        }
        return styled(table((), ((label("view", name, "en"), cell) for name, cell in cells.items())))


class Extractor(Protocol):
    """Anything that can be called with a report and yields observations.

    An extractor reads `report.raw`, `report.quantities`, `report.sections`; it must not
    change anything, and yields spans of the raw input.
    """

    def __call__(self, report: Report, /) -> Iterable[Observation]:
        """The observations of one report."""
        ...


Finder = Callable[["Report"], Iterable[Observation | Quantity]]
"""What `@extractor` decorates: it may yield quantities of the report instead of whole observations."""


class NameClash(FazhiError, ValueError):
    """Two sources on the same level bring the same id; the message names both."""

    def __init__(self, identity: str, first: str, second: str) -> None:
        super().__init__(f"{identity!r} is defined twice: by {first} and by {second}; disable or rename one")


class NamedExtractor:
    """An extractor for one indicator, made by `extractor`: it can be disabled by its id, and overrides a built-in one."""

    def __init__(self, function: Finder, indicator: str, unit: str | None = None) -> None:
        self.__qualname__ = name_of(function)  # a callable object has none of its own
        functools.update_wrapper(self, function)
        self.function = function
        """The function as it was written."""
        self.id = indicator
        """Id of its indicator."""
        self.unit = unit
        """Unit of its observations; None to keep the unit of each quantity."""

    def __call__(self, report: Report, /) -> Iterator[Observation]:
        """The observations of one report; quantities become observations of the indicator."""
        for found in self.function(report):
            if isinstance(found, Quantity):
                yield report.observe(
                    self.id,
                    found.start,
                    found.end,
                    found.value,
                    value_max=found.value_max,
                    unit=found.unit if self.unit is None else self.unit,
                    approx=found.approx,
                    rule=name_of(self),
                )
            else:
                yield found

    def __reduce__(self) -> str | tuple[Any, ...]:
        # The decorated name stands for this object and not for the function: pickle it by name, as functions are.
        name: str = self.__qualname__
        found: Any = sys.modules.get(self.__module__)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is self:
            return name
        return NamedExtractor, (self.function, self.id, self.unit)

    def __repr__(self) -> str:
        return f"<extractor {self.id!r}: {described(self)}>"


def extractor(indicator: str, *, unit: str | None = None) -> Callable[[Finder], NamedExtractor]:
    """Make a function an extractor of one indicator.

    The function gets the report and yields its quantities that are values of the indicator,
    or whole observations (see `Report.observe`) where it knows more about them.

    Args:
        indicator: Id of the indicator, `family.name`; that of a built-in one switches its rules off.
        unit: Unit of the observations; by default that of each quantity.

    >>> import fazhi_parse as fp
    >>> @fp.extractor("legal_aid.recovered", unit="元")
    ... def recovered(report):
    ...     for quantity in report.quantities:
    ...         if quantity.kind == "money" and report.raw[: quantity.start].endswith("挽回损失"):
    ...             yield quantity
    >>> report = fp.Parser(extractors=[recovered]).parse("一、成效\\n为受援人挽回损失3.5万元。")
    >>> [(o.indicator, str(o.value), o.unit, o.text, o.rule) for o in report.observations]
    [('legal_aid.recovered', '35000', '元', '3.5万元', 'recovered')]
    """
    if not isinstance(indicator, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError('write @extractor("family.name"), with the id of the indicator in brackets')

    def decorate(function: Finder) -> NamedExtractor:
        return NamedExtractor(function, indicator, unit)

    return decorate


class ExtractorSet:
    """Extractors in the order in which they were added, on an object that you own: there is no global list.

    >>> own = ExtractorSet()
    >>> @own.extractor("legal_aid.recovered", unit="元")
    ... def recovered(report):
    ...     return (q for q in report.quantities if q.kind == "money")
    >>> own.ids
    ('legal_aid.recovered',)
    """

    def __init__(self, extractors: Iterable[Extractor] = ()) -> None:
        self._extractors: list[Extractor] = []
        for each in extractors:
            self.add(each)

    def add(self, extractor: Extractor) -> Extractor:
        """Add any callable; returns it, so that it can be used as a decorator.

        Raises:
            TypeError: It cannot be called.
            NameClash: There is one with the same id already.
        """
        for known in self._extractors:
            if (identity := id_of(extractor)) is not None and identity == id_of(known):
                raise NameClash(identity, described(known), described(extractor))
        self._extractors.append(checked(extractor))
        return extractor

    def extractor(self, indicator: str, *, unit: str | None = None) -> Callable[[Finder], NamedExtractor]:
        """`fazhi_parse.extractor` that adds what it makes.

        Raises:
            NameClash: There is one with the same id already.
        """

        def decorate(function: Finder) -> NamedExtractor:
            made = extractor(indicator, unit=unit)(function)
            self.add(made)
            return made

        return decorate

    def remove(self, indicator: str) -> None:
        """Take one out by its id.

        Raises:
            KeyError: There is none.
        """
        if indicator not in self.ids:
            raise KeyError(f"no extractor {indicator!r}; there are {', '.join(self.ids) or 'none'}")
        self._extractors = [each for each in self._extractors if id_of(each) != indicator]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of those that have one, in order."""
        return tuple(identity for each in self._extractors if (identity := id_of(each)) is not None)

    def __iter__(self) -> Iterator[Extractor]:
        return iter(self._extractors)

    def __len__(self) -> int:
        return len(self._extractors)


def checked(extractor: Extractor) -> Extractor:
    """The extractor, if it can be called.

    Raises:
        TypeError: It is something else, or a class where an instance is meant.
    """
    if isinstance(extractor, type) or not callable(extractor):
        raise TypeError(f"an extractor is a callable (Report) -> observations, not {extractor!r}")
    return extractor


def id_of(extractor: Finder) -> str | None:
    """Id under which an extractor can be disabled; plain callables have none."""
    identity = getattr(extractor, "id", None)
    return identity if isinstance(identity, str) else None


def name_of(extractor: Finder) -> str:
    """What to call an extractor in messages and as the `rule` of its observations."""
    return getattr(extractor, "__name__", type(extractor).__name__)


def described(extractor: Finder) -> str:
    """Name of an extractor with the module that it comes from, for messages."""
    return f"{getattr(extractor, '__module__', type(extractor).__module__)}.{name_of(extractor)}"
