"""Quantities in running text: span, exact value, range, unit, kind and approximator."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import attrs

from ..cleaning import clean
from ..errors import InvalidNumeral
from ..numerals import parse_numeral
from ..source import SourceText
from .scan import Found, Rejected, scan

__all__ = ["Quantity", "RejectedNumber", "find_quantities", "find_rejected", "parse_quantity"]


@attrs.frozen
class Quantity:
    """What a statistician would record of a phrase: 近百场 is 100 场, below.

    >>> q = parse_quantity("3.5万余份")
    >>> q.value, q.unit, q.kind, q.approx
    (Decimal('35000'), '份', 'count', 'above')
    >>> print(q)
    >35000 份
    """

    start: int
    """First code point in the raw input: that of the approximator before the number, if there is one."""
    end: int
    """One behind the last code point: that of the unit, or of the approximator behind it."""
    text: str
    """The raw characters from `start` to `end`."""
    value: Decimal | Fraction
    """Exact and fully expanded (3.5万 is 35000); percent in percent points; the low end of a range."""
    value_max: Decimal | Fraction | None
    """The high end of a range, else None."""
    unit: str
    """Canonical unit or classifier, simplified; empty where there is none."""
    kind: str
    """count, percent, percentage_point, duration, length, area, money, ratio or multiple."""
    approx: str
    """"above" (余, 多, 以上, 超过), "below" (近, 不到, 以内), "about" (约, 左右), or empty where exact."""

    @property
    def ratio(self) -> Fraction | None:
        """Value as a plain fraction for percentages and ratios (60.4 % is 151/250), else None."""
        if self.kind == "ratio":
            return Fraction(self.value)
        per = {"%": 100, "‰": 1000, "‱": 10000}.get(self.unit)
        return Fraction(self.value) / per if self.kind == "percent" and per else None

    def __str__(self) -> str:
        sign = {"above": ">", "below": "<", "about": "~"}.get(self.approx, "")
        high = "" if self.value_max is None else f"–{number_text(self.value_max)}"
        space = " " if self.unit and self.unit != "%" else ""
        return f"{sign}{number_text(self.value)}{high}{space}{self.unit}"


@attrs.frozen
class RejectedNumber:
    """A number that was seen and is no quantity, with the reason (date, ordinal, set phrase, …)."""

    start: int
    """First code point in the raw input."""
    end: int
    """One behind the last code point."""
    text: str
    """The raw characters from `start` to `end`."""
    reason: str
    """Why it is no quantity."""


def number_text(value: Decimal | Fraction) -> str:
    """A value as the records carry it: plain decimal digits, or "2/3".

    >>> number_text(Decimal("3.50E+4")), number_text(Fraction(2, 3))
    ('35000', '2/3')
    """
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def from_found(source: SourceText, found: Iterable[Found]) -> tuple[Quantity, ...]:
    """Public objects with raw offsets for what the scan found in a clean text."""
    result: list[Quantity] = []
    for item in found:
        start, end = source.to_raw(item.start, item.end)
        result.append(Quantity(start, end, source.raw[start:end], *item[2:]))
    return tuple(result)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in order; the offsets are code points of `text`.

    The text is cleaned first (full-width digits, spaces inside numbers); dates, ordinals,
    document numbers, names of schemes, list markers and idioms are no quantities.

    >>> [str(q) for q in find_quantities("2023年开展普法活动28(场)次,办结率达百分之九十六点五。")]
    ['28 场次', '96.5%']
    """
    source = clean(text)
    found, _ = scan(source.text)
    return from_found(source, found)


def find_rejected(text: str) -> tuple[RejectedNumber, ...]:
    """The numbers of a text that are no quantities, with the reasons.

    >>> [(r.text, r.reason) for r in find_rejected("2019年3月13日,第65期简报。")]
    [('2019年3月13日', 'date'), ('第65期', 'ordinal')]
    """
    source = clean(text)

    def public(item: Rejected) -> RejectedNumber:
        start, end = source.to_raw(item.start, item.end)
        return RejectedNumber(start, end, source.raw[start:end], item.reason)

    return tuple(public(item) for item in scan(source.text)[1])


def parse_quantity(text: str) -> Quantity:
    """The one quantity that a string is; a bare numeral counts as a quantity without a unit.

    Raises:
        InvalidNumeral: The string is not exactly one quantity.

    >>> parse_quantity("百分之六十点五").value
    Decimal('60.5')
    >>> parse_quantity("约三件事")
    Traceback (most recent call last):
    fazhi_parse.errors.InvalidNumeral: not a quantity: unexpected '事'
      约三件事
            ^
    """
    source = clean(text)
    stripped = source.text.strip()
    lead = len(source.text) - len(source.text.lstrip())
    found, _ = scan(source.text)
    if len(found) == 1 and found[0].start == lead and found[0].end == lead + len(stripped):
        return from_found(source, found)[0]
    try:
        value = parse_numeral(stripped)
    except InvalidNumeral as error:
        end = found[0].end if found and found[0].start == lead else error.position + lead
        raise InvalidNumeral(text, min(end, len(text)), "quantity") from None
    return from_found(source, [Found(lead, lead + len(stripped), value, None, "", "count", "")])[0]
