"""Excel workbooks. xlsxwriter, as it streams rows to disk and never guesses: a string stays a string.

openpyxl takes a string that begins with = for a formula, raises at control characters and holds 50 times the file in
memory unless it writes only; it reads the files back in the tests.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

from ..cells import as_float, visible
from ..columns import Column
from ..errors import FazhiError
from ..extras import extra_module
from ..labels import message_in

__all__ = ["Sheet", "Workbook", "workbook"]

ROWS = 1_048_576
"""Rows of a sheet, its head among them."""
CHARACTERS = 32_767
"""UTF-16 units that a cell holds."""
_CUT = "…[cut]"
_WIDTHS = {"text": 18, "number": 12, "integer": 10, "flag": 8}
_WIDE = {"sentence": 60, "section_path": 40, "message": 60, "definition": 60, "document": 32, "title": 40}


class Sheet:
    """A sheet that grows row by row: its head is frozen and filtered."""

    def __init__(
        self, book: Workbook, title: str, columns: tuple[Column, ...], lang: str, fixed: int
    ) -> None:
        self._book, self._columns, self._title, self._lang, self._row = book, columns, title, lang, 0
        self._sheet = book.inner.add_worksheet(title)
        self._sheet.freeze_panes(1, fixed)
        for at, column in enumerate(columns):
            label = column.zh if lang == "zh" else column.name
            self._sheet.set_column(at, at, _WIDE.get(column.name, _WIDTHS[column.type]))
            self._sheet.write_string(0, at, visible(label), book.head)

    def add(self, row: Mapping[str, Any], colours: Mapping[str, str] | None = None) -> None:
        """Write the next row.

        Args:
            row: A cell a column.
            colours: Background of single columns' cells.

        Raises:
            FazhiError: The sheet is full.
        """
        self._row += 1
        if self._row >= ROWS:
            raise FazhiError(
                f"a sheet of a workbook holds {ROWS:,} rows, and {self._title} has more; "
                "write .parquet, .csv or .dta, or fewer years at a time"
            )
        if "message" in row:
            row = {**row, "message": message_in(self._lang, row["code"], row["message"])}
        for at, column in enumerate(self._columns):
            colour = None if colours is None else colours.get(column.name)
            self._write(at, column, row[column.name], None if colour is None else self._book.colour(colour))

    def _write(self, at: int, column: Column, cell: Any, form: Any) -> None:
        if column.type in ("number", "integer") and cell is not None:
            number = as_float(cell)
            if number is not None and isfinite(number):
                self._sheet.write_number(self._row, at, number, form)
                return
        if cell is None or cell == "":
            self._sheet.write_blank(self._row, at, None, form)
        elif column.type == "flag":
            self._sheet.write_boolean(self._row, at, cell, form)
        else:
            self._sheet.write_string(self._row, at, fitting(str(cell)), form)

    def close(self) -> None:
        """Set the filter, now that the number of rows is known."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)


class Workbook:
    """A workbook in the making; all its sheets can grow at the same time."""

    def __init__(self, path: Path) -> None:
        self.inner: Any = extra_module("xlsxwriter", "xlsx", "a workbook").Workbook(
            str(path), {"constant_memory": True}
        )
        # the time of writing would make two files of the same rows differ
        self.inner.set_properties({"created": datetime.datetime(2000, 1, 1)})
        self.head = self.inner.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True})
        self._colours: dict[str, Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, title: str, columns: tuple[Column, ...], lang: str, fixed: int = 0) -> Sheet:
        """Add a sheet.

        Args:
            title: Its name, at most 31 characters.
            columns: Its columns.
            lang: zh for labels in the head and messages in Chinese, en for the columns' names.
            fixed: Columns at the left that stay in view.
        """
        self._sheets.append(Sheet(self, title, columns, lang, fixed))
        return self._sheets[-1]

    def colour(self, colour: str) -> Any:
        """A format with a background colour."""
        if colour not in self._colours:
            self._colours[colour] = self.inner.add_format({"bg_color": colour})
        return self._colours[colour]

    def close(self) -> None:
        """Write the file."""
        for sheet in self._sheets:
            sheet.close()
        self.inner.close()


@contextmanager
def workbook(path: Path) -> Generator[Workbook, None, None]:
    """A workbook that is written at the end; nothing is where its sheets could not be filled."""
    book = Workbook(path)
    try:
        yield book
    except BaseException:
        # closing removes the rows that wait on disk; the caller removes the file
        book.inner.close()
        raise
    book.close()


def fitting(text: str) -> str:
    """Text that a cell of a workbook can hold; what is cut ends in a mark.

    >>> len(fitting("甲" * 40_000)), fitting("甲" * 40_000)[-6:]
    (32767, '…[cut]')
    """
    text = visible(text)
    if len(text) <= CHARACTERS // 2 or len(text.encode("utf-16-le")) // 2 <= CHARACTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CHARACTERS - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT
