"""What became of a document, as flat rows: the tables that runs, exports and engines write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from .cells import encodable, has_bytes
from .columns import Column, columns
from .indicators import Catalogue
from .records import observation_rows
from .report import Report

__all__ = [
    "TABLES",
    "Column",
    "Documents",
    "Result",
    "Status",
    "columns",
    "document_row",
    "document_rows",
    "encodable",
    "flat_rows",
]

Status = Literal["ok", "empty", "no_text", "error", "timeout"]
"""What became of an input: parsed; no characters in it; nothing but pictures; not readable; given up."""
TABLES = ("document", "observation", "problem")
"""One row an input; one an indicator value; one a doubt, or an input that could not be read."""


@attrs.frozen
class Result:
    """What became of one input: exactly one status, and a report where it is ok or empty.

    >>> Result("a", "error", error="not text").status
    'error'
    """

    document: str
    """The input's id: its path as the user named it, or the id given with the text."""
    status: Status
    """ok, empty, no_text, error or timeout."""
    report: Report | None = None
    """The parsed report; None where the input could not be read."""
    error: str = ""
    """Why there is none."""
    encoding: str = ""
    """How a file's bytes were read, and how that was told."""
    sha256: str = ""
    """Hash of the input's bytes (of a text's UTF-8 bytes); empty where it could not be opened."""


def document_row(result: Result, catalogue: Catalogue) -> dict[str, Any]:
    """All that is written of one input: a row of the document table with its observations and problems inside.

    Args:
        result: What became of it.
        catalogue: Where the indicators' Chinese names stand.
    """
    row = _document_row(result, catalogue)
    raw = "" if result.report is None else result.report.raw
    return row if has_bytes(result.document + result.error + raw) else encodable(row)


Documents = Result | Report | Iterable[Result | Report | Mapping[str, Any]]
"""Results of `parse_many`, reports, or documents' rows that were read back; one, or several."""


def document_rows(documents: Documents, catalogue: Catalogue) -> Iterator[Mapping[str, Any]]:
    """Documents' rows, of results, of reports (called by their titles) and of rows that were made before.

    Args:
        documents: Results of `parse_many`, reports, or rows.
        catalogue: Where the indicators' names stand.

    Raises:
        TypeError: One is none of these.
    """
    if isinstance(documents, (Result, Report)):
        documents = (documents,)
    named: set[str] = set()
    for number, document in enumerate(documents, 1):
        if isinstance(document, Report):
            name = document.metadata.title or f"report {number}"
            document = Result(f"{name} ({number})" if name in named else name, "ok", document)
            named.add(name)
        if isinstance(document, Result):
            yield document_row(document, catalogue)
        elif isinstance(document, Mapping) and "observations" in document:  # pyright: ignore[reportUnnecessaryIsInstance]
            yield document
        else:
            raise TypeError(
                "documents are results of parse_many, reports, or rows that were read back, not "
                f"{type(document).__name__}"
            )


def _document_row(result: Result, catalogue: Catalogue) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(column.name for column in columns("document"))
    row |= {
        "document": result.document,
        "status": result.status,
        "error": result.error,
        "encoding": result.encoding,
        "sha256": result.sha256,
    }
    report = result.report
    if report is None:
        return row | {"observations": [], "problems": [_unreadable(result)]}
    meta = report.metadata
    place = {"document": result.document, "region": meta.region, "report_year": meta.year}
    problems = [place | attrs.asdict(doubt) for doubt in report.diagnostics]
    return row | {
        "region": meta.region,
        "report_year": meta.year,
        "title": meta.title,
        "issuer": meta.issuer,
        "published": meta.published,
        "sections": sum(1 for _ in report.walk()),
        "figures": len(report.quantities),
        "values": len(report.observations),
        "doubts": sum(not doubt.code.startswith("repaired.") for doubt in report.diagnostics),
        "observations": [place | entry for entry in observation_rows(report, catalogue)],
        "problems": problems,
    }


def _unreadable(result: Result) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(column.name for column in columns("problem"))
    return row | {"document": result.document, "code": f"input.{result.status}", "message": result.error}


def flat_rows(document: Mapping[str, Any], table: str) -> Iterator[dict[str, Any]]:
    """The rows that a document's row gives to a table, with the columns of that table only.

    Args:
        document: What `document_row` gave.
        table: One of `TABLES`.
    """
    if table == "document":
        yield {column.name: document[column.name] for column in columns(table)}
    else:
        yield from document[f"{table}s"]
