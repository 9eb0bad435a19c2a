"""What a printed figure may stand for: rounded, cut off, above, below, about, or a range."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from .deferred import deferred
from .extractors import Observation

__all__ = ["Bounds", "count_bounds", "overlap", "percent_bounds"]

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


def _bounds(observation: Observation, step: Fraction) -> Bounds:
    """What a figure may stand for: rounded or cut off behind its last digit, above, below, about, or a range."""
    low = Fraction(observation.value)
    high = Fraction(low if observation.value_max is None else observation.value_max)
    if observation.approx == "below":
        return Fraction(0), high + step
    if observation.approx == "above":
        return low - step, None
    if observation.approx == "about":
        return low * Fraction(9, 10) - step, high * Fraction(11, 10) + step
    return low - step, high + step


def count_bounds(observation: Observation) -> Bounds:
    """What a count or a sum may stand for."""
    return _bounds(observation, _step(observation.text))


def percent_bounds(observation: Observation, tolerance: Decimal) -> Bounds:
    """What a rate may stand for; `tolerance` in percentage points."""
    return _bounds(observation, max(Fraction(tolerance), _rate_step(observation.text)))


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether both may stand for the same value."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])
