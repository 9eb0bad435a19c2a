"""What a printed figure may stand for: rounded, cut off, above, below, about, or a range."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from .deferred import deferred
from .extractors import Observation

__all__ = ["Bounds", "bounds", "count_bounds", "overlap", "percent_bounds"]

_DIGIT = "0-9０-９零〇一二三四五六七八九"
_DECIMALS = deferred(rf"[.．点]\s?([{_DIGIT}]+)")
_SCALED = deferred(
    r"(?:[0-9０-９]|点[零〇一二三四五六七八九]+)\s*(千万|百万|十万|千亿|百亿|十亿|万|萬|亿|億|千|百)"
)
_ROUND = deferred(r"[十百千一二两三四五六七八九](万|萬|亿|億)(?![零〇一二两三四五六七八九十百千0-9])")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

Bounds = tuple[Fraction, Fraction | None]
"""Smallest and largest value that a printed figure may stand for; None where nothing is said."""


def _step(text: str) -> Fraction:
    """What the last digit printed is worth where the figure is rounded: 3.5万 0.1万, 99.2% 0.1, 385件 0 (exact)."""
    decimals = _DECIMALS.search(text)
    scaled = _SCALED.search(text) or _ROUND.search(text)
    scale = 1
    for character in scaled.group(1) if scaled else "":
        scale *= _SCALE[character]
    if decimals is None and scaled is None:
        return Fraction(0)
    return Fraction(scale, 10 ** len(decimals.group(1)) if decimals else 1)


def _rate_step(text: str) -> Fraction:
    """The same of a rate: a whole number of percent may be rounded, 九成 is 80 to 100."""
    if "成" in text and not re.search(r"成[一二三四五六七八九半]", text):
        return Fraction(10)
    return _step(text) or Fraction(1)


def bounds(
    value: Fraction, value_max: Fraction | None, approx: str, text: str, slack: Fraction = Fraction(0)
) -> Bounds:
    """What a printed figure may stand for: rounded or cut off behind its last digit, above, below, about, or a range.

    余, 多 and 近 tell of a rest that the last digit is too coarse for; 超过 and 不到 of a limit, and nothing of the distance.

    Args:
        value: Its value, or the low end of a range.
        value_max: The high end of a range.
        approx: above, below, about or empty.
        text: The raw characters.
        slack: By how much the value itself may be wrong on either side.

    >>> [tuple(map(int, bounds(Fraction(200), None, sign, text))) for sign, text in (("above", "200余件"), ("below", "近200件"))]
    [(200, 300), (100, 200)]
    >>> bounds(Fraction(200), None, "above", "超过200件")
    (Fraction(200, 1), None)
    """
    low, high = value, value if value_max is None else value_max
    step = _step(text)
    if approx == "above":
        return low - slack, high + _place(high, step) + slack if _REST.match(text) else None
    if approx == "below":
        return low - _place(low, step) - slack if _NEARLY.match(text) else Fraction(0), high + slack
    if approx == "about":
        around = max(slack, step)
        return low - max(around, abs(low) / 10), high + max(around, abs(high) / 10)
    return low - max(slack, step / 2), high + max(slack, step)


_REST = deferred(r"[^+]*(?:[余餘]|多(?![于於]))")
_NEARLY = deferred(r"[^+]*近")
"""Of one figure: in a sum (200余份 + 300份) nobody knows how much the rests come to."""


def _place(value: Fraction, step: Fraction) -> Fraction:
    """What the last digit that is no zero is worth: 100 in 1200, 1000 in 3.5万."""
    if value.denominator > 1:
        return step
    place = 1
    while value and value % (10 * place) == 0:
        place *= 10
    return Fraction(place)


def count_bounds(observation: Observation) -> Bounds:
    """What a count or a sum may stand for."""
    return _bounds(observation, Fraction(0))


def percent_bounds(observation: Observation, tolerance: Decimal) -> Bounds:
    """What a rate may stand for; `tolerance` in percentage points."""
    return _bounds(observation, max(Fraction(tolerance), _rate_step(observation.text)))


def _bounds(observation: Observation, slack: Fraction) -> Bounds:
    high = observation.value_max
    return bounds(
        Fraction(observation.value),
        None if high is None else Fraction(high),
        observation.approx,
        observation.text,
        slack,
    )


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether both may stand for the same value."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])
