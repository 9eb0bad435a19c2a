"""Tables to files."""

from __future__ import annotations

import csv
import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from .tables import columns, flat_rows

__all__ = ["documents_path", "write_csv", "write_table"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def documents_path(output: Path) -> Path:
    """Where the table of inputs goes: beside the values.

    >>> documents_path(Path("observations.csv")).name
    'observations-inputs.csv'
    """
    return output.with_name(output.stem + "-inputs.csv")


def write_table(output: Path, documents: Iterable[Mapping[str, Any]], table: str) -> int:
    """Write one table of documents' rows, as CSV or as JSON lines; returns the number of rows.

    Args:
        output: A file with the ending .csv or .jsonl; it appears when it is complete.
        documents: What `document_row` gave.
        table: One of `TABLES`.

    Raises:
        OSError: The file cannot be written.
    """
    names = tuple(column.name for column in columns(table))
    rows = (row for document in documents for row in flat_rows(document, table))
    if output.suffix.lower() != ".jsonl":
        return write_csv(output, names, rows)
    with _replacing(output, "utf-8") as file:
        return sum(file.write(json.dumps(row, ensure_ascii=False) + "\n") > 0 for row in rows)


def write_csv(output: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """A CSV that Excel opens with its characters right; returns the number of rows."""
    with _replacing(output, "utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        return sum(writer.writerow([_cell(row[column], column) for column in columns]) > 0 for row in rows)


@contextmanager
def _replacing(output: Path, encoding: str) -> Generator[TextIO, None, None]:
    """A file that takes the target's place when it is complete, so that a failure leaves no half file."""
    if output.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    partial = output.with_name(output.name + ".part")
    with partial.open("w", encoding=encoding, newline="") as file:
        yield file
    partial.replace(output)


def _cell(value: Any, column: str) -> Any:
    """A cell for a spreadsheet: text that would be read as a formula is marked as text."""
    if isinstance(value, str):
        value = value.replace("\n", " ")
        if column not in ("value", "value_max") and value.startswith(_FORMULA):
            return "'" + value
    return value
