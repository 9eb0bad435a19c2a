"""A panel as tables: values, states, long form; in files and in data frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from ..exports import ENDINGS, SHEETS, variables, write_rows
from ..exports.stata import stata_rows
from ..exports.workbook import workbook
from ..files import replacing
from ..frames import make_frame
from ..html_parts import styled, table
from ..indicators import Indicator
from ..labels import counted
from ..tables import Column, columns
from .cells import NOT_REPORTED, UNREADABLE, Cell

__all__ = ["Panel", "PanelRow"]

FORMS = ("values", "states", "long")
"""Tables of a panel: a column an indicator with its values, or with its states; or one row a cell."""
_LETTERS = {"not_reported": "a", "conflict": "b", "unreadable": "c"}
"""Stata's missing values: .a, .b and .c."""
_LETTER_LABELS = {
    "zh": {"a": "未报告", "b": "数据矛盾", "c": "无法读取"},
    "en": {"a": "not reported", "b": "conflict", "c": "unreadable"},
}
_COLOURS = {
    "approximate": "#FFF6DC",
    "stated_zero": "#E3F1E3",
    "not_reported": "#EEEEEE",
    "conflict": "#F8CBAD",
    "unreadable": "#BFBFBF",
}


@attrs.frozen
class PanelRow:
    """One place, or department, in one year."""

    place: str
    """The place, as its reports name it."""
    department: str
    """The department, for its own report; empty for the government."""
    year: int
    """The year reported on."""
    panel_id: int
    """Number of place and department, the same in all years."""
    documents: tuple[str, ...]
    """Inputs of this place and year."""
    cells: Mapping[str, Cell]
    """What is reported, by indicator; `cell` gives the others, too."""
    unreadable: bool
    """Whether one of the inputs could not be read, holds several reports, or is so damaged that its silence says nothing."""

    def cell(self, indicator: str) -> Cell:
        """The cell of an indicator; where nothing is reported, one that says why."""
        return self.cells.get(indicator, UNREADABLE if self.unreadable else NOT_REPORTED)


@attrs.frozen(repr=False)
class Panel:
    """Places, years and indicators, with a state for each cell."""

    rows: tuple[PanelRow, ...]
    """Its rows, by place, department and year."""
    indicators: tuple[Indicator, ...]
    """Its columns, in the catalogue's order."""
    problems: tuple[Mapping[str, Any], ...]
    """What was decided and what was left out, each with code, message and documents."""
    inputs: tuple[Mapping[str, Any], ...]
    """A row of the document table for each input, whatever became of it."""

    def __repr__(self) -> str:
        states = Counter(row.cell(entry.id).state for row in self.rows for entry in self.indicators)
        places = counted(len({row.panel_id for row in self.rows}), "place")
        span = sorted({row.year for row in self.rows})
        years = f", {span[0]}" + (f" to {span[-1]}" if len(span) > 1 else "") if span else ""
        empty = sum(states[state] for state in _LETTERS)
        return (
            f"<Panel: {counted(len(self.rows), 'row')} ({places}{years}), "
            f"{counted(len(self.indicators), 'indicator')}, "
            f"{states.total() - empty} of {states.total()} cells with a value, "
            f"{states['conflict']} in conflict, {states['unreadable']} unreadable, "
            f"{counted(len(self.problems), 'problem')}>"
        )

    def _repr_html_(self) -> str:
        rows, columns = self.rows[:_SHOWN_ROWS], self.indicators[:_SHOWN_COLUMNS]
        head = ("place", "year", *(entry.id for entry in columns))
        cells = (
            (
                escape(f"{row.place} {row.department}".strip()),
                str(row.year),
                *(_shown(row.cell(entry.id)) for entry in columns),
            )
            for row in rows
        )
        left = (
            (len(self.rows) - len(rows), "more rows"),
            (len(self.indicators) - len(columns), "more indicators"),
        )
        told = ", ".join(f"{number} {what}" for number, what in left if number)
        more = f"<p>… {told}: to_frame(), write()</p>" if told else ""
        return styled(
            f'<p>{escape(repr(self)[1:-1])}</p><div class="scroll">{table(head, cells)}</div>{more}'
        )

    @property
    def complete(self) -> bool:
        """Whether every input is in it: all could be read, tell their place and year, and are about a whole year."""
        left_out = ("input.", "panel.unplaced", "panel.not_annual")
        return not any(problem["code"].startswith(left_out) for problem in self.problems)

    def records(self, form: str = "values") -> Iterator[dict[str, Any]]:
        """Rows of one of its tables, as dictionaries; values are exact decimal strings.

        Args:
            form: values or states (a column an indicator), or long (a row a cell).

        Raises:
            ValueError: There is no such form.
        """
        return self._long() if _checked(form) == "long" else self._wide(form == "states")

    def to_frame(self, form: str = "values", *, library: str = "pandas") -> Any:
        """One of its tables in memory.

        Args:
            form: values or states (a column an indicator), or long (a row a cell).
            library: pandas, polars or arrow.

        Raises:
            ValueError: There is no such form or library.
            MissingExtra: The library is not installed.
        """
        return make_frame(self._columns(_checked(form)), self.records(form), library)

    def write(self, path: str | PathLike[str], form: str = "values", *, lang: str = "zh") -> tuple[Path, ...]:
        """Write it, with all that is needed to judge it; returns the files.

        Args:
            path: .xlsx: one workbook with sheets for values (coloured by state), states, variables, problems and
                files. .dta: Stata, version 118; a cell without a value is .a (not reported), .b (conflict) or .c
                (unreadable). .csv, .parquet and .jsonl: the values. Beside all but the workbook stand the states in a
                second file of the same kind, and problems and variables as CSV.
            form: values, or long: a row a cell, states among the columns.
            lang: Language of labels: zh or en.

        Raises:
            ValueError: There is no such form, language or kind of file.
            FazhiError: A workbook cannot hold so many rows.
            OSError: The file cannot be written.
            MissingExtra: What writes this kind of file is not installed.
        """
        path = Path(path)
        if form not in ("values", "long"):
            raise ValueError(f"form is values or long, not {form!r}")
        if lang not in _LETTER_LABELS:
            raise ValueError(f"lang is zh or en, not {lang!r}")
        if path.suffix.lower() not in ENDINGS:
            raise ValueError(f"{path.name}: the ending must be one of {' '.join(ENDINGS)}")
        if path.suffix.lower() == ".xlsx":
            with replacing(path) as partial:
                self._workbook(partial, form, lang)
            return (path,)
        return tuple(self._files(path, form, lang))

    # -- tables ----------------------------------------------------------------------------------

    def _columns(self, form: str, lang: str = "zh") -> tuple[Column, ...]:
        if form == "long":
            return columns("panel_cell")
        kind = "text" if form == "states" else "number"
        return (*columns("panel_row"), *(_column(entry, kind) for entry in self.indicators))

    def _wide(self, states: bool) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            cells = {entry.id: row.cell(entry.id) for entry in self.indicators}
            yield {
                "place": row.place,
                "department": row.department,
                "year": row.year,
                "panel_id": row.panel_id,
                "documents": "; ".join(row.documents),
                "reported": sum(cell.value is not None for cell in cells.values()),
                "conflicts": sum(cell.state == "conflict" for cell in cells.values()),
            } | {id: cell.state if states else cell.value for id, cell in cells.items()}

    def _long(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            for entry in self.indicators:
                cell = attrs.asdict(row.cell(entry.id))
                del cell["note"]
                yield {
                    "place": row.place,
                    "department": row.department,
                    "year": row.year,
                    "panel_id": row.panel_id,
                    "indicator": entry.id,
                    "name": entry.zh,
                    "unit": entry.unit,
                } | cell

    # -- files -----------------------------------------------------------------------------------

    def _files(self, path: Path, form: str, lang: str) -> Iterator[Path]:
        wide = form == "values"
        if path.suffix.lower() == ".dta" and wide:
            with replacing(path) as partial:
                stata_rows(partial, self._columns(form), self._lettered(), lang, _LETTER_LABELS[lang])
        else:
            write_rows(path, self._columns(form), self.records(form), lang)
        yield path
        if wide:
            beside = path.with_name(f"{path.stem}-states{path.suffix}")
            write_rows(beside, self._columns("states"), self.records("states"), lang)
            yield beside
        for name, shown, rows in (
            ("problems", columns("panel_problem"), self.problems),
            ("variables", columns("variable"), self._variables(form)),
        ):
            beside = path.with_name(f"{path.stem}-{name}.csv")
            write_rows(beside, shown, rows)
            yield beside

    def _lettered(self) -> Iterator[dict[str, Any]]:
        """The values, with a letter for each reason why there is none."""
        for row, values in zip(self.rows, self._wide(False), strict=True):
            for entry in self.indicators:
                if values[entry.id] is None:
                    values[entry.id] = _LETTERS[row.cell(entry.id).state]
            yield values

    def _variables(self, form: str) -> Iterator[dict[str, Any]]:
        return variables(self.indicators, columns("panel_cell" if form == "long" else "panel_row"))

    def _workbook(self, partial: Path, form: str, lang: str) -> None:
        with workbook(partial) as book:

            def fill(title: str, shown: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> None:
                sheet = book.sheet(title, shown, lang)
                for row in rows:
                    sheet.add(row)

            def fill_coloured(title: str, table: str) -> None:
                sheet = book.sheet(title, self._columns(table), lang, fixed=3)
                for row, record in zip(self.rows, self.records(table), strict=True):
                    states = {entry.id: row.cell(entry.id).state for entry in self.indicators}
                    sheet.add(record, {id: _COLOURS[s] for id, s in states.items() if s in _COLOURS})

            english = lang != "zh"
            if form == "long":
                fill(SHEETS["observation"][english], self._columns(form), self.records(form))
            else:
                fill_coloured(SHEETS["observation"][english], "values")
                fill_coloured(SHEETS["state"][english], "states")
            fill(SHEETS["variable"][english], columns("variable"), self._variables(form))
            fill(SHEETS["problem"][english], columns("panel_problem"), self.problems)
            fill(SHEETS["document"][english], columns("document"), self.inputs)


_SHOWN_ROWS, _SHOWN_COLUMNS = 30, 12


def _shown(cell: Cell) -> str:
    """A cell of a notebook's table: its value, or why it has none; the words of the report where one points at it."""
    value = (
        "" if cell.value is None else cell.value + ("" if cell.value_max is None else f"–{cell.value_max}")
    )
    return (
        f'<span class="{cell.state}" title="{escape(cell.text or cell.state)}">{escape(value)}&nbsp;</span>'
    )


def _checked(form: str) -> str:
    if form not in FORMS:
        raise ValueError(f"form is one of {', '.join(FORMS)}, not {form!r}")
    return form


def _column(entry: Indicator, kind: str) -> Column:
    unit = f"（{entry.unit}）" if entry.unit else ""
    return Column(entry.id, kind, entry.zh + unit, f"{entry.en} ({entry.unit})" if entry.unit else entry.en)
