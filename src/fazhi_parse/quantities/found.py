"""What the scan finds, in clean offsets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..deferred import deferred
from ..spans import SpanSet

__all__ = ["Found", "Rejected", "without_titles"]


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


_TITLE = deferred(r"《[^《》\n]{1,60}》")


def without_titles(
    text: str, found: list[Found], rejected: list[Rejected]
) -> tuple[list[Found], list[Rejected]]:
    """What is left when the figures in titles of documents are taken for parts of names: 《优化营商环境23条措施》.

    Args:
        text: The clean text.
        found: The quantities, in order.
        rejected: The numbers that are none, in order.
    """
    if "《" not in text:
        return found, rejected
    outside = SpanSet(match.span() for match in _TITLE.finditer(text)).outside(found)
    if len(outside) < len(found):
        kept = {quantity.start for quantity in outside}
        named = [Rejected(q.start, q.end, "name of a document") for q in found if q.start not in kept]
        rejected = sorted((*rejected, *named))
    return outside, rejected
