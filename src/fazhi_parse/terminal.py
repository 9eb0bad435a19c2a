"""What the command line tells: errors, counts, aligned tables, what became of each input."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from .errors import display_width
from .labels import LANGUAGES
from .tables import columns

__all__ = [
    "INTERRUPTED",
    "OK",
    "SOME_FAILED",
    "USAGE",
    "Shown",
    "fail",
    "language_option",
    "summary",
    "table",
]

OK, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all done; some inputs failed; the call itself is wrong; stopped from the keyboard."""


_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | dict.fromkeys(
    range(0x7F, 0xA0), 0xFFFD
)


class Shown:
    """A stream to a terminal: what files and their names hold is shown there, and gives it no orders.

    >>> import sys
    >>> print("\x1b[2J", file=Shown(sys.stdout))
    ␛[2J
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text with pictures in the place of control characters."""
        return self._stream.write(text.translate(_CONTROLS))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def fail(message: str, code: int = USAGE) -> int:
    """Tell an error; returns the exit code."""
    print(f"fazhi-parse: error: {message}", file=sys.stderr)
    return code


_SUMMARY = ("document", "region", "report_year", "status", "sections", "figures", "values", "doubts")
_SHORT = {"document": "file", "report_year": "year"}


def language_option(command: argparse.ArgumentParser) -> None:
    """Add the option that says in which language people are told things: by default that of the terminal."""
    command.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=_locale_language(),
        help="language of labels and explanations (default: zh in a Chinese locale, else en)",
    )


def _locale_language() -> str:
    spoken = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
    )
    return "zh" if spoken.lower().startswith("zh") else "en"


def summary(documents: Sequence[Mapping[str, Any]], lang: str) -> str:
    """A table for the terminal, one row an input; ? where a report does not say.

    Args:
        documents: Rows of the document table.
        lang: en or zh, of the names of the columns.
    """
    bases = Counter(Path(row["document"]).name for row in documents)
    named = {column.name: column for column in columns("document")}
    heads = [named[name].zh if lang == "zh" else _SHORT.get(name, name) for name in _SUMMARY]
    rows: list[tuple[str, ...]] = [tuple(heads)]
    for document in documents:
        row = {column: "" if document[column] is None else str(document[column]) for column in _SUMMARY}
        path = Path(row["document"])
        row["document"] = path.name if bases[path.name] == 1 else f"{path.parent.name}/{path.name}"
        if document["values"] is not None:
            row |= {"region": row["region"] or "?", "report_year": row["report_year"] or "?"}
        rows.append(tuple(row.values()))
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
