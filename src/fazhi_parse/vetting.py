"""What extractors yield is looked at before anybody relies on it: other people's code may yield anything, or without end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from .extractors import STATUSES, Extractor, Observation, Rival

if TYPE_CHECKING:
    from .report import Report

__all__ = ["check_observation", "found_by"]

_MOST = 1000
"""Observations of one extractor in a short text; in a longer one as many as it has characters."""
_DIGITS = 1000
"""Digits of a value before its point, or behind it; more can neither be written nor reckoned with in time."""
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("indicator", "unit", "approx", "status", "text", "rule", "sentence"), str),
    **dict.fromkeys(("start", "end"), int),
    **dict.fromkeys(("year", "section"), (int, type(None))),
    "implied": bool,
    "score": (int, float),
}
_MEMBERS: dict[str, type] = {"evidence": str, "section_path": str, "rivals": Rival}
"""What the fields are, and the members of those that are tuples. A wrong one would only be noticed in a table of many
reports, which would be lost with it."""


def found_by(extractor: Extractor, report: Report, sections: int) -> list[Observation]:
    """All that an extractor finds in a report.

    Args:
        extractor: The extractor.
        report: The report.
        sections: How many sections it has.

    Raises:
        TypeError: It yields what is no observation, or one with a field of the wrong type.
        ValueError: An observation does not lead back to the raw text; or there is no end of them.
        Exception: Whatever the extractor raises.
    """
    most = max(_MOST, len(report.raw))
    found: list[Observation] = []
    for observation in extractor(report):
        check_observation(observation, report.raw, sections)
        found.append(observation)
        if len(found) > most:
            raise ValueError(f"it does not stop: {most} observations, more than there are characters")
    return found


def check_observation(observation: object, raw: str, sections: int) -> None:
    """Refuse what is no observation, or does not lead back to the raw text.

    Args:
        observation: What was yielded.
        raw: The raw input.
        sections: How many sections the report has.

    Raises:
        TypeError: It is something else, or a field is of the wrong type.
        ValueError: Value, span, text, status or section is wrong.
    """
    if not isinstance(observation, Observation):
        raise TypeError(
            f"yielded {type(observation).__name__} instead of Observation (quantities are taken from functions under @extractor)"
        )
    where = f"{observation.indicator} at {observation.start}-{observation.end}"
    for name, kind in _TYPES.items():
        if not isinstance(getattr(observation, name), kind):
            raise TypeError(f"{where}: {name} is {getattr(observation, name)!r}")
    for name, kind in _MEMBERS.items():
        members = getattr(observation, name)
        if not isinstance(members, tuple) or not all(isinstance(member, kind) for member in members):  # pyright: ignore[reportUnknownVariableType]
            raise TypeError(f"{where}: {name} is {members!r}")
    _check_value(where, observation.value)
    if observation.value_max is not None:
        _check_value(where, observation.value_max)
    start, end = observation.start, observation.end
    if not 0 <= start < end <= len(raw) or raw[start:end] != observation.text:
        raise ValueError(f"{where}: these raw characters are not {observation.text!r}")
    if observation.status not in STATUSES:
        raise ValueError(f"{where}: status {observation.status!r} is none of {', '.join(STATUSES)}")
    if observation.section is not None and not 0 <= observation.section < sections:
        raise ValueError(f"{where}: there is no section {observation.section}")


def _check_value(where: str, value: object) -> None:
    """Refuse what is no exact number of reasonable length."""
    if isinstance(value, Decimal):
        written = (
            value.is_finite() and abs(value.adjusted()) < _DIGITS and len(value.as_tuple().digits) < _DIGITS
        )
    elif isinstance(value, Fraction):
        written = max(abs(value.numerator), value.denominator) < 10**_DIGITS
    else:
        raise TypeError(f"{where}: value {value!r} is no Decimal or Fraction")
    if not written:
        raise ValueError(f"{where}: a value is a finite number of fewer than {_DIGITS} digits")
