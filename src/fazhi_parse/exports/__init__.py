"""Tables of documents' rows to files of the kinds that people open, and to data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from ..columns import table_named
from ..files import replacing
from ..frames import make_frame, parquet_rows
from ..indicators import Catalogue, Indicator, load_catalogue
from ..tables import TABLES, Column, Documents, columns, document_rows, flat_rows
from .plain import csv_rows, json_rows, write_csv
from .stata import stata_names, stata_rows
from .workbook import workbook

__all__ = [
    "ENDINGS",
    "Documents",
    "documents_path",
    "export",
    "to_frame",
    "to_records",
    "write_csv",
    "write_rows",
    "write_table",
]

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx", ".dta")
"""Kinds of files that can be written, by their endings."""
SHEETS = {
    "observation": ("指标", "Values"),
    "state": ("状态", "States"),
    "variable": ("变量说明", "Variables"),
    "problem": ("问题", "Problems"),
    "document": ("文件", "Files"),
}
"""Names of the sheets of a workbook, Chinese and English."""


def export(
    documents: Documents,
    path: str | PathLike[str],
    table: str = "observation",
    *,
    lang: str = "zh",
    catalogue: Catalogue | None = None,
) -> int:
    """Write one table of many documents; the ending says what kind of file. Returns the number of rows.

    Args:
        documents: What `parse_many` yields, reports, or rows that were read back from a run.
        path: .csv (UTF-8 with a mark, for Excel), .jsonl (exact decimal strings), .parquet, .xlsx (a workbook with
            sheets for values, variables, problems and files) or .dta (Stata 14 and later). It appears when it is
            complete. All but .dta are written as the documents come.
        table: observation (a row a value), document (a row an input) or problem (a row a doubt or failure).
        lang: Language of labels in workbooks and Stata files: zh or en.
        catalogue: Where the indicators are defined, if by rules of your own (`parser.catalogue`).

    Raises:
        ValueError: There is no such table, language or kind of file.
        FazhiError: A workbook cannot hold so many rows.
        OSError: The file cannot be written.
        MissingExtra: What writes this kind of file is not installed.

    >>> import tempfile, fazhi_parse as fp
    >>> texts = {"云岫县2023": "云岫县2023年法治政府建设情况报告\\n一、成效\\n受理行政复议案件6件。"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fp.export(fp.parse_many(texts), f"{folder}/values.csv")
    1
    """
    catalogue = catalogue or load_catalogue()
    return write_table(Path(path), document_rows(documents, catalogue), table, lang=lang, catalogue=catalogue)


def to_frame(
    documents: Documents,
    table: str = "observation",
    *,
    library: str = "pandas",
    catalogue: Catalogue | None = None,
) -> Any:
    """One table of many documents in memory.

    Args:
        documents: What `parse_many` yields, reports, or rows that were read back from a run.
        table: observation, document or problem, or the plural.
        library: pandas, polars or arrow.
        catalogue: Where the indicators are defined, if by rules of your own.

    Raises:
        ValueError: There is no such table or library.
        MissingExtra: The library is not installed.

    >>> import fazhi_parse as fp
    >>> texts = {"云岫县2023": "云岫县2023年法治政府建设情况报告\\n一、成效\\n受理行政复议案件6件。"}
    >>> fp.to_frame(fp.parse_many(texts))[["region", "year", "indicator", "value"]].values.tolist()
    [['云岫县', 2023, 'reconsideration.accepted', 6.0]]
    """
    table = _known(table)
    rows = _rows(document_rows(documents, catalogue or load_catalogue()), table)
    return make_frame(columns(table), rows, library)


def to_records(
    documents: Documents, table: str = "observation", *, catalogue: Catalogue | None = None
) -> list[dict[str, Any]]:
    """One table of many documents as dictionaries; values are exact decimal strings.

    Args:
        documents: What `parse_many` yields, reports, or rows that were read back from a run.
        table: observation, document or problem, or the plural.
        catalogue: Where the indicators are defined, if by rules of your own.

    Raises:
        ValueError: There is no such table.
    """
    return list(_rows(document_rows(documents, catalogue or load_catalogue()), _known(table)))


def documents_path(output: Path) -> Path:
    """Where the table of inputs goes: beside the values.

    >>> documents_path(Path("observations.csv")).name
    'observations-inputs.csv'
    """
    return output.with_name(output.stem + "-inputs.csv")


def write_table(
    output: Path,
    documents: Iterable[Mapping[str, Any]],
    table: str,
    *,
    lang: str = "zh",
    catalogue: Catalogue | None = None,
) -> int:
    """Write one table of documents' rows; see `export`."""
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is zh or en, not {lang!r}")
    table = _known(table)
    if output.suffix.lower() == ".xlsx":
        with replacing(output) as partial:
            return _write_workbook(partial, documents, table, lang, catalogue or load_catalogue())
    return write_rows(output, columns(table), _rows(documents, table), lang)


def write_rows(
    output: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]], lang: str = "zh"
) -> int:
    """Write rows to a file of any kind but a workbook.

    Raises:
        ValueError: There is no such kind of file.
        OSError: The file cannot be written.
        MissingExtra: What writes it is not installed.
    """
    writers: dict[str, Callable[[Path], int]] = {
        ".csv": lambda partial: csv_rows(partial, columns, rows),
        ".jsonl": lambda partial: json_rows(partial, columns, rows),
        ".parquet": lambda partial: parquet_rows(partial, columns, rows),
        ".dta": lambda partial: stata_rows(partial, columns, rows, lang),
    }
    if (suffix := output.suffix.lower()) not in writers:
        raise ValueError(f"{output.name}: the ending must be one of {' '.join(ENDINGS)}")
    with replacing(output) as partial:
        return writers[suffix](partial)


def _known(name: str) -> str:
    if (table := table_named(name)) not in TABLES:
        raise ValueError(f"table is one of {', '.join(TABLES)}, not {name!r}")
    return table


def _rows(documents: Iterable[Mapping[str, Any]], table: str) -> Iterator[dict[str, Any]]:
    return (row for document in documents for row in flat_rows(document, table))


def _write_workbook(
    partial: Path, documents: Iterable[Mapping[str, Any]], table: str, lang: str, catalogue: Catalogue
) -> int:
    """Values, variables, problems and files, in one pass; of another table, that table and its columns."""
    count, seen = 0, dict[str, str]()
    shown = ("observation", "problem", "document") if table == "observation" else (table,)
    with workbook(partial) as book:
        sheets = {
            name: book.sheet(SHEETS[name][lang != "zh"], columns(name), lang)
            for name in (shown[0], "variable", *shown[1:])
        }
        for document in documents:
            for name in shown:
                for row in flat_rows(document, name):
                    if name == "problem" and table != "problem" and row["code"].startswith("repaired."):
                        continue
                    if name == "observation":
                        seen[row["indicator"]] = row["unit"]
                    sheets[name].add(row)
                    count += name == table
        for row in variables(found_indicators(seen, catalogue), columns(table)):
            sheets["variable"].add(row)
    return count


def found_indicators(units: Mapping[str, str], catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Indicators in the catalogue's order; behind them those of extractors, of which only id and unit are known.

    Args:
        units: Their ids, with the units in which they were found.
        catalogue: Their definitions.
    """
    own = (
        Indicator(id, "", "", "", units[id], frozenset(), "", "", "single", "", ())
        for id in sorted(units.keys() - catalogue.indicators.keys())
    )
    return (*(entry for id, entry in catalogue.indicators.items() if id in units), *own)


def variables(indicators: Iterable[Indicator], shown: tuple[Column, ...]) -> Iterator[dict[str, Any]]:
    """What indicators mean, and below them what the other columns of a table mean, as rows.

    Args:
        indicators: The indicators.
        shown: The other columns.
    """
    entries = {entry.id: entry for entry in indicators}
    names = stata_names([*(column.name for column in shown), *entries])
    for id, entry in entries.items():
        yield {c.name: getattr(entry, c.name, names[id]) for c in columns("variable")}
    for column in shown:
        row = dict.fromkeys((entry.name for entry in columns("variable")), "")
        yield row | {"id": column.name, "zh": column.zh, "en": column.en, "stata": names[column.name]}
