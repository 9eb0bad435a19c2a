"""What the scan finds, in clean offsets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Found", "Rejected"]


class Found(NamedTuple):
    """A quantity."""

    start: int
    end: int
    value: Decimal | Fraction
    value_max: Decimal | Fraction | None
    unit: str
    kind: str
    approx: str


class Rejected(NamedTuple):
    """A number that is no quantity, and why."""

    start: int
    end: int
    reason: str
