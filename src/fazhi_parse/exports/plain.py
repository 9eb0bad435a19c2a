"""Tables as CSV and as JSON lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..cells import decimal_text, one_line, visible
from ..columns import Column
from ..files import replacing

__all__ = ["csv_rows", "json_rows", "write_csv"]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, also behind blanks."""
_NEXT_CELL = re.compile(r"([;\t]\s*)(?=[=+\-@＝＋－＠])")
"""The same where Excel would begin a cell in the middle of one: in half of Europe it splits a CSV at semicolons."""
_NEGATIVE = re.compile(r"-\d+(?:\.\d+)?")


def write_csv(output: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """A CSV that Excel opens with its characters right; returns the number of rows.

    Args:
        output: The file; it appears when it is complete.
        columns: Names of the columns.
        rows: What stands in them.

    Raises:
        OSError: The file cannot be written.
    """
    with replacing(output) as partial:
        return _write(partial, columns, rows)


def _write(partial: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(_cell, columns))
        return sum(writer.writerow([_cell(row[column]) for column in columns]) > 0 for row in rows)


def csv_rows(partial: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a table as CSV: values in decimal digits."""
    numbers = [column.name for column in columns if column.type == "number"]
    decimal = ({**row, **{name: decimal_text(row[name]) for name in numbers}} for row in rows)
    return _write(partial, [column.name for column in columns], decimal)


def json_rows(partial: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a table as JSON lines: values stay exact decimal strings."""
    names = [column.name for column in columns]
    # half a surrogate pair becomes its JSON escape
    with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        lines = (json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n" for row in rows)
        return sum(file.write(line) > 0 for line in lines)


def _cell(value: Any) -> Any:
    """A cell for a spreadsheet: one line, and text that would be read as a formula is marked as text."""
    if not isinstance(value, str):
        return value
    value = _NEXT_CELL.sub(r"\1'", visible(one_line(value)))
    formula = value.lstrip().startswith(_FORMULA) and not _NEGATIVE.fullmatch(value)
    return "'" + value if formula or value.startswith("\t") else value
