"""What a cell becomes in programs that know fewer characters or numbers than Python does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from .columns import Column

__all__ = ["as_float", "decimal_text", "encodable", "has_bytes", "one_line", "typed", "visible"]

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_VISIBLE = str.maketrans(_CONTROLS | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})
_INVISIBLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff\\ud800-\\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def as_float(value: str | float | None) -> float | None:
    """A value of a number column as a float; inf where it is beyond floats, None where there is none.

    >>> as_float("2/3"), as_float("35000"), as_float(None)
    (0.6666666666666666, 35000.0, None)
    """
    if value is None:
        return None
    try:
        return float(Fraction(value)) if isinstance(value, str) and "/" in value else float(value)
    except OverflowError:
        return float("inf")


def decimal_text(value: Any) -> Any:
    """A value in decimal digits: a spreadsheet would take 2/3 for a day in March.

    >>> decimal_text("2/3"), decimal_text("0.10")
    ('0.666666666666667', '0.10')
    """
    return f"{as_float(value):.15g}" if isinstance(value, str) and "/" in value else value


def encodable(data: Any) -> Any:
    """Rows whose text any file can hold: half a surrogate pair, which UTF-8 has no bytes for, becomes its escape.

    >>> encodable({"document": "\\udc80.txt", "values": 3})
    {'document': '\\\\udc80.txt', 'values': 3}
    """
    if isinstance(data, str):
        return data if has_bytes(data) else data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, Mapping):
        return {key: encodable(value) for key, value in cast(Mapping[str, Any], data).items()}
    if isinstance(data, list):
        return [encodable(value) for value in data]  # pyright: ignore[reportUnknownVariableType]
    return data


def has_bytes(text: str) -> bool:
    """Whether UTF-8 can write a text: half a surrogate pair it cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def typed(row: Mapping[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    """A row with its numbers as floats and its text as any file can hold it."""
    return {
        column.name: as_float(row[column.name]) if column.type == "number" else encodable(row[column.name])
        for column in columns
    }


def visible(text: str) -> str:
    """Text without characters that a workbook or a Stata file cannot hold; their pictures stand in for them.

    >>> visible("a\\x00b\\tc")
    'a␀b\\tc'
    """
    return text if _INVISIBLE.search(text) is None else str(encodable(text)).translate(_VISIBLE)


def one_line(text: str) -> str:
    """Text with a space for each line end.

    >>> one_line("a\\r\\nb\\u2028c")
    'a b c'
    """
    return _LINE_ENDS.sub(" ", text)
