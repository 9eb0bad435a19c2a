"""`fazhi-parse parse`: from files to a table of values, with one status an input."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

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
from .runs import parse_into
from .tables import document_rows
from .terminal import OK, SOME_FAILED, counted, fail, language_option, summary

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
    documents = list(document_rows(parse_inputs(options, parser), parser.catalogue))
    read = [document for document in documents if document["values"] is not None]
    if not options.quiet and read:
        print(summary(documents, options.lang))
    if output is not None and read:  # with nothing to write, what stands there stays
        try:
            count = write_table(
                output, documents, "observation", lang=options.lang, catalogue=parser.catalogue
            )
            beside = documents_path(output)
            if output.suffix.lower() == ".xlsx":
                beside = output  # a workbook holds it
            else:
                write_table(documents_path(output), documents, "document")
        except OSError as error:
            return fail(f"cannot write {output}: {error.strerror}")
        print(f"{counted(count, 'value')} written to {output}, the status of each input to {beside}")
    return OK if len(read) == len(documents) else SOME_FAILED


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
