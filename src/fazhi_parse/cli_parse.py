"""`fazhi-parse parse`: from files to a table of values, with one status an input."""

from __future__ import annotations

import argparse
from pathlib import Path

from .exports import documents_path, write_table
from .inputs import cannot_write, configured, input_options, parse_inputs, source_options
from .tables import document_row
from .terminal import OK, SOME_FAILED, counted, fail, summary

__all__ = ["add_parse"]


def add_parse(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    input_options(command)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="write the values here: .csv (opens in Excel) or .jsonl",
    )
    source_options(command)
    command.add_argument("-q", "--quiet", action="store_true", help="no summary table")
    command.set_defaults(run=_parse)


def _parse(options: argparse.Namespace) -> int:
    output: Path | None = options.output
    if output is not None and (fault := cannot_write(output, (".csv", ".jsonl"))):
        return fail(fault)
    parser = configured(options)
    names = {key: indicator.zh for key, indicator in parser.catalogue.indicators.items()}
    documents = [document_row(result, names) for result in parse_inputs(options, parser)]
    read = [document for document in documents if document["values"] is not None]
    if not options.quiet and read:
        print(summary(documents))
    if output is not None and read:  # with nothing to write, what stands there stays
        try:
            count = write_table(output, documents, "observation")
            write_table(documents_path(output), documents, "document")
        except OSError as error:
            return fail(f"cannot write {output}: {error.strerror}")
        print(
            f"{counted(count, 'value')} written to {output}, the status of each input to {documents_path(output)}"
        )
    return OK if len(read) == len(documents) else SOME_FAILED
