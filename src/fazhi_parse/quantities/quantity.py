"""The public records: a quantity, and a number that is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Protocol

import attrs

from ..labels import label
from ..numerals import plain
from ..pickles import pickled_by_fields
from .units import Units, units

__all__ = ["Quantity", "RejectedNumber", "number_text", "value_words"]

_MOST_PLACES = 30
"""Decimal places within which an exact decimal is looked for."""


@pickled_by_fields
@attrs.frozen
class Quantity:
    """What a statistician would record of a phrase: 近百场 is 100 场, below.

    Two quantities are equal only where they stand at the same place. They have no order: >100 and 80 to 120
    cannot be told apart. Compare `value`, `value_max` and `approx`, of quantities in the same unit.

    >>> from fazhi_parse import parse_quantity
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

    def to(self, unit: str, *, known: Units | None = None) -> Quantity:
        """The same quantity in another unit of the same measure, exactly.

        Args:
            unit: A unit that has a fixed size in the same base unit (`[base]` in `data/units.toml`): metres
                and kilometres have one, so do months and years, but not months and days.
            known: The units that were used to find the quantity, where they were your own.

        Returns:
            The same span; `value` is a Fraction where no decimal is exact (亩 in 平方米).

        Raises:
            ValueError: There is no exact size of the one unit in the other.

        >>> from fazhi_parse import parse_quantity
        >>> parse_quantity("1.2公里").to("米").value, parse_quantity("30亩").to("公顷").value
        (Decimal('1200'), Decimal('2'))
        >>> parse_quantity("2年").to("天")
        Traceback (most recent call last):
        ValueError: no exact size of 年 in 天
        """
        base = (known or units()).base
        size, own = base.get(self.unit, (Fraction(1), self.unit))
        other_size, other = base.get(unit, (Fraction(1), unit))
        if own != other:
            raise ValueError(f"no exact size of {self.unit or 'a bare number'} in {unit}")
        factor = size / other_size
        high = None if self.value_max is None else _exact(Fraction(self.value_max) * factor)
        return attrs.evolve(self, value=_exact(Fraction(self.value) * factor), value_max=high, unit=unit)

    def __str__(self) -> str:
        sign = {"above": ">", "below": "<", "about": "~"}.get(self.approx, "")
        high = "" if self.value_max is None else f"–{number_text(self.value_max)}"
        space = " " if self.unit and self.unit != "%" else ""
        return f"{sign}{number_text(self.value)}{high}{space}{self.unit}"

    def _repr_html_(self) -> str:
        """What a notebook shows: the reading, and the characters that it was read from."""
        return (
            f"<b>{escape(str(self))}</b> <small>{escape(self.kind)} · “{escape(self.text)}” "
            f"[{self.start}, {self.end})</small>"
        )


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


class _Valued(Protocol):
    @property
    def value(self) -> Decimal | Fraction: ...
    @property
    def value_max(self) -> Decimal | Fraction | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def approx(self) -> str: ...


def value_words(record: _Valued, lang: str) -> str:
    """The value of a quantity or an observation as people write it.

    >>> from fazhi_parse import parse_quantity
    >>> value_words(parse_quantity("3.5万余份"), "en"), value_words(parse_quantity("80%—90%"), "zh")
    ('at least 35000 份', '80–90%')
    """
    high = "" if record.value_max is None else f"–{number_text(record.value_max)}"
    space = "" if record.unit in ("", "%") else " "
    return f"{label('approx', record.approx, lang)}{number_text(record.value)}{high}{space}{record.unit}"


def number_text(value: Decimal | Fraction) -> str:
    """A value as the records carry it: plain decimal digits, or "2/3".

    >>> number_text(Decimal("3.50E+4")), number_text(Fraction(2, 3))
    ('35000', '2/3')
    """
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: Fraction) -> Decimal | Fraction:
    """A decimal, where there is an exact one."""
    for places in range(_MOST_PLACES):
        if 10**places % value.denominator == 0:
            return plain(Decimal(f"{value.numerator * 10**places // value.denominator}E-{places}"))
    return value
