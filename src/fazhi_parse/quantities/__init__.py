"""Quantities in running text: span, exact value, range, unit, kind and approximator."""

from __future__ import annotations

from collections.abc import Iterable

from ..cleaning import clean
from ..errors import InvalidNumeral
from ..numerals import parse_numeral
from ..source import SourceText
from .found import Found, Rejected
from .grammar import grammar
from .quantity import Quantity, RejectedNumber, number_text, value_words
from .scan import scan
from .units import Units, load_units

__all__ = [
    "Quantity",
    "RejectedNumber",
    "Units",
    "find_quantities",
    "find_rejected",
    "from_found",
    "load_units",
    "number_text",
    "parse_quantity",
    "value_words",
]


def from_found(source: SourceText, found: Iterable[Found]) -> tuple[Quantity, ...]:
    """Public objects with raw offsets for what the scan found in a clean text."""
    raw = source.raw
    if not source.edits:  # nothing was deleted: clean offsets are raw ones
        return tuple(
            [
                Quantity(start, end, raw[start:end], value, high, unit, kind, approx)
                for start, end, value, high, unit, kind, approx in found
            ]
        )
    result: list[Quantity] = []
    for item in found:
        start, end = source.to_raw(item.start, item.end)
        result.append(Quantity(start, end, raw[start:end], *item[2:]))
    return tuple(result)


def find_quantities(text: str, *, units: Units | None = None) -> tuple[Quantity, ...]:
    """All quantities of a text, in order; the offsets are code points of `text`.

    The text is cleaned first (full-width digits, spaces inside numbers); dates, ordinals,
    document numbers, names of schemes, list markers and idioms are no quantities.

    Args:
        text: Any text.
        units: Units of your own (`load_units`); the built-in ones by default.

    >>> [str(q) for q in find_quantities("2023年开展普法活动28(场)次,办结率达百分之九十六点五。")]
    ['28 场次', '96.5%']
    """
    source = clean(text)
    return from_found(source, scan(source.text, grammar(units))[0])


def find_rejected(text: str, *, units: Units | None = None) -> tuple[RejectedNumber, ...]:
    """The numbers of a text that are no quantities, with the reasons.

    Args:
        text: Any text.
        units: Units of your own (`load_units`); the built-in ones by default.

    >>> [(r.text, r.reason) for r in find_rejected("2019年3月13日,第65期简报。")]
    [('2019年3月13日', 'date'), ('第65期', 'ordinal')]
    """
    source = clean(text)

    def public(item: Rejected) -> RejectedNumber:
        start, end = source.to_raw(item.start, item.end)
        return RejectedNumber(start, end, source.raw[start:end], item.reason)

    return tuple(public(item) for item in scan(source.text, grammar(units))[1])


def parse_quantity(text: str, *, units: Units | None = None) -> Quantity:
    """The one quantity that a string is; a bare numeral counts as a quantity without a unit.

    A small Chinese number counts here, since nothing but the number was given: 一件 is 1 件, although in running
    text it mostly is a phrase.

    Args:
        text: The quantity and nothing else; white space around it is ignored.
        units: Units of your own (`load_units`); the built-in ones by default.

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
    known = grammar(units)
    if known.needs_no_cleaning(text):
        found = scan(text, known, alone=True)[0]
        if len(found) == 1 and found[0][0] == 0 and found[0][1] == len(text):
            return Quantity(0, len(text), text, *found[0][2:])
    # pairs of signs around a number are no part of it, and half of a pair could not be told again
    paired = "$" in text or ("*" in text and "**" in clean(text, skip="markup").text)
    source = clean(text, skip="markup" if paired else ())
    found = scan(source.text, known, alone=True)[0]
    stripped = source.text.strip()
    lead = source.text.index(stripped)
    if len(found) == 1 and found[0].start == lead and found[0].end == lead + len(stripped):
        return from_found(source, found)[0]
    try:
        value = parse_numeral(stripped)
    except InvalidNumeral as error:
        end = found[0].end if found and found[0].start == lead else error.position + lead
        raise InvalidNumeral(text, min(end, len(text)), "quantity") from None
    return from_found(source, [Found(lead, lead + len(stripped), value, None, "", "count", "")])[0]
