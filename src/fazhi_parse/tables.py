"""What the command line prints and writes: a row a value, a row an input."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import attrs

from .errors import display_width
from .report import Report

__all__ = ["Outcome", "inputs_path", "summary", "table", "write_csv", "write_inputs", "write_values"]

_COLUMNS = (
    "file", "region", "report_year", "indicator", "name", "value", "value_max", "unit", "approx", "year", "status",
    "implied", "text", "start", "end", "section_path", "rule", "sentence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INPUT_COLUMNS = (
    "file",
    "status",
    "region",
    "year",
    "sections",
    "figures",
    "values",
    "doubts",
    "title",
    "error",
)


@attrs.frozen
class Outcome:
    """What became of one input: a report or an error, never both."""

    name: str
    """The input as the user named it."""
    report: Report | None
    """The parsed report."""
    error: str = ""
    """Why there is none."""

    @property
    def status(self) -> str:
        """ok, empty (no text to speak of) or error."""
        if self.report is None:
            return "error"
        return "ok" if self.report.raw.strip() else "empty"


def input_rows(outcomes: Iterable[Outcome]) -> Iterator[dict[str, str]]:
    """What became of each input, under the names of the columns."""
    for outcome in outcomes:
        row = dict.fromkeys(_INPUT_COLUMNS, "") | {
            "file": outcome.name,
            "status": outcome.status,
            "error": outcome.error,
        }
        if report := outcome.report:
            row |= {
                "region": report.metadata.region or "",
                "year": str(report.metadata.year or ""),
                "title": report.metadata.title or "",
                "sections": str(sum(1 for _ in report.walk())),
                "figures": str(len(report.quantities)),
                "values": str(len(report.observations)),
                "doubts": str(sum(not d.code.startswith("repaired.") for d in report.diagnostics)),
            }
        yield row


def summary(outcomes: Sequence[Outcome]) -> str:
    """A table for the terminal, one row an input; ? where a report does not say."""
    bases = Counter(Path(outcome.name).name for outcome in outcomes)
    columns = ("file", "region", "year", "status", "sections", "figures", "values", "doubts")
    rows: list[tuple[str, ...]] = [columns]
    for row in input_rows(outcomes):
        path = Path(row["file"])
        row["file"] = path.name if bases[path.name] == 1 else f"{path.parent.name}/{path.name}"
        if row["status"] != "error":
            row |= {"region": row["region"] or "?", "year": row["year"] or "?"}
        rows.append(tuple(row[column] for column in columns))
    return table(rows, right=range(4, 8))


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Aligned columns; a wide character counts two."""
    widths = [max(display_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    numeric = set(right)
    lines: list[str] = []
    for n, row in enumerate(rows):
        cells = [
            " " * (widths[i] - display_width(cell)) + cell
            if i in numeric
            else cell + " " * (widths[i] - display_width(cell))
            for i, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
        if n == 0:
            lines.append("  ".join("-" * width for width in widths))
    return "\n".join(lines)


def inputs_path(output: Path) -> Path:
    """Where the table of inputs goes: beside the values.

    >>> inputs_path(Path("observations.csv")).name
    'observations-inputs.csv'
    """
    return output.with_name(output.stem + "-inputs.csv")


def write_inputs(output: Path, outcomes: Iterable[Outcome]) -> None:
    """One row an input, also for those that could not be read: without it, missing looks like not reported."""
    write_csv(output, _INPUT_COLUMNS, input_rows(outcomes))


def write_values(output: Path, outcomes: Iterable[Outcome], names: Mapping[str, str]) -> None:
    """One row a value, as CSV or as JSON lines; `names` are the indicators' Chinese names."""
    rows = (
        {"file": outcome.name, "name": names.get(row["indicator"], ""), **row}
        for outcome in outcomes
        if outcome.report is not None
        for row in outcome.report.to_records()
    )
    if output.suffix.lower() == ".jsonl":
        with _replacing(output, "utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        write_csv(output, _COLUMNS, rows)


def write_csv(output: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A CSV that Excel opens with its characters right."""
    with _replacing(output, "utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(row[column], column) for column in columns] for row in rows)


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
