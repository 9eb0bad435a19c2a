"""Observations, and the one shape that every extractor has: a callable from a report to observations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import attrs

if TYPE_CHECKING:
    from .report import Report

__all__ = ["Extractor", "Observation"]


@attrs.frozen
class Observation:
    """One value that a report states for an indicator."""

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
    """The sentence that states it, in clean form."""


class Extractor(Protocol):
    """Anything that can be called with a report and yields observations.

    An extractor reads `report.text`, `report.quantities`, `report.sections`; it must not
    change anything, and should yield spans of the raw input.
    """

    def __call__(self, report: Report, /) -> Iterable[Observation]:
        """The observations of one report."""
        ...
