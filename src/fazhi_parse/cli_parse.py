"""`fazhi-parse parse`: from files to a table of values, with one status an input."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from .exports import ENDINGS, documents_path, write_table
from .inputs import (
    cannot_write,
    configured,
    documents_of,
    input_options,
    parse_inputs,
    source_options,
    wants_bar,
)
from .labels import counted
from .runs import parse_into
from .tables import document_rows, flat_rows
from .terminal import OK, SOME_FAILED, fail, language_option, summary

__all__ = ["add_parse"]

_MANY = 20
"""So many inputs that failed are told one by one."""


def add_parse(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    input_options(command)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help=f"write the values here: {' '.join(ENDINGS)}; without an ending a folder, for long runs that can go on "
        "where they were stopped (panel reads it)",
    )
    language_option(command)
    command.add_argument(
        "--resume",
        action="store_true",
        help="go on with the run in the folder; what is done is not done again",
    )
    command.add_argument(
        "--retry", action="store_true", help="with --resume: try again the shards with inputs that failed"
    )
    command.add_argument(
        "--format",
        choices=["jsonl", "parquet"],
        default="jsonl",
        help="files of the folder (default: jsonl; parquet needs the extra parquet)",
    )
    source_options(command)
    command.add_argument("-q", "--quiet", action="store_true", help="no summary table")
    command.set_defaults(run=_parse)


def _parse(options: argparse.Namespace) -> int:
    output: Path | None = options.output
    if output is not None and not output.suffix:
        return _into_folder(options, output)
    if options.resume or options.retry:
        return fail("--resume and --retry go on with a folder: give one with -o, without an ending")
    if output is not None and (fault := cannot_write(output, ENDINGS)):
        return fail(fault)
    parser = configured(options)
    taken: list[dict[str, Any]] = []
    rows = _noted(document_rows(parse_inputs(options, parser), parser.catalogue), taken)
    count = 0
    try:
        if output is None:
            for _ in rows:
                pass
        else:
            count = write_table(output, rows, "observation", lang=options.lang, catalogue=parser.catalogue)
            if output.suffix.lower() != ".xlsx":  # a workbook holds it
                write_table(documents_path(output), taken, "document")
    except _NothingReadError:
        return SOME_FAILED
    except OSError as error:
        return fail(f"cannot write {output}: {error.strerror}")
    if not options.quiet:
        print(summary(taken, options.lang))
    if output is not None:
        beside = output if output.suffix.lower() == ".xlsx" else documents_path(output)
        print(f"{counted(count, 'value')} written to {output}, the status of each input to {beside}")
    return OK if all(row["values"] is not None for row in taken) else SOME_FAILED


class _NothingReadError(Exception):
    """Not one input could be read: what stands where the values would go stays."""


def _noted(rows: Iterable[Mapping[str, Any]], taken: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Documents' rows as they come; only what tells of the whole document is kept."""
    for row in rows:
        taken.extend(flat_rows(row, "document"))
        yield row
    if all(row["values"] is None for row in taken):
        raise _NothingReadError


def _into_folder(options: argparse.Namespace, folder: Path) -> int:
    documents = documents_of(options)
    try:
        run = parse_into(
            folder,
            documents,
            parser=configured(options),
            workers=options.jobs or None,
            timeout=options.timeout,
            encoding=options.encoding,
            resume=options.resume,
            retry=options.retry,
            format=options.format,
            progress=wants_bar(len(documents)),
        )
    except OSError as error:
        return fail(f"cannot write {folder}: {error.strerror}")
    failed = (row for row in run if row["values"] is None)
    for row in islice(failed, _MANY):
        fail(f"{row['document']}: {row['error']}")
    if next(failed, None) is not None:
        fail("and others: fazhi-parse panel lists them all")
    statuses = ", ".join(f"{status} {count}" for status, count in run.counts.items())
    print(f"{counted(len(run), 'report')} in {folder}: {statuses}")
    return OK if run.counts.keys() <= {"ok", "empty"} else SOME_FAILED
