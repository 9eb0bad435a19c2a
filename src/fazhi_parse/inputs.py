"""Options that commands share: which inputs they read, with which rules, where they write."""

from __future__ import annotations

import argparse
import codecs
import difflib
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from .corpus import parse_many
from .documents import IN_FOLDERS, Document, find_documents
from .errors import FazhiError
from .indicators import Indicator
from .loaders import Loaded, load_file, read
from .plugins import PluginWarning
from .report import Parser, Report
from .runs import stored_documents
from .tables import Result
from .terminal import fail

__all__ = [
    "cannot_write",
    "configured",
    "documents_of",
    "input_options",
    "one_input",
    "parse_inputs",
    "read_inputs",
    "report_of",
    "source_options",
    "text_of",
    "unknown_indicator",
    "wants_bar",
]

_T = TypeVar("_T")


def input_options(command: argparse.ArgumentParser, *, more: str = "") -> None:
    """Add the inputs and the options that say how many are read at a time; `more` tells what else they may be."""
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="FILE_OR_FOLDER",
        help=f"files, patterns, or folders with {' '.join(IN_FOLDERS)} files{more}",
    )
    command.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="processes to work in; 0 for one a core (default: 1)",
    )
    command.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help="give a report up that takes longer",
    )
    _encoding_option(
        command, "encoding of all text files, where it is known (default: told from each file's bytes)"
    )


def one_input(command: argparse.ArgumentParser) -> None:
    """Add the one file that a command takes, and how it is read."""
    command.add_argument("input", metavar="FILE")
    _encoding_option(command, "its encoding, where it is known (default: told from its bytes)")


def _encoding_option(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--encoding", type=_encoding, metavar="NAME", help=help)


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding that Python knows") from None


def _jobs(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no time in seconds")
    return seconds


def source_options(command: argparse.ArgumentParser, *, rules: bool = True) -> None:
    """Add the options that say what is looked for: rule files, plugins, ids that are not wanted."""
    if rules:
        command.add_argument(
            "--rules",
            action="append",
            default=[],
            metavar="TOML",
            help="a file with indicators of your own (may be repeated)",
        )
    command.add_argument(
        "--plugins", action="store_true", help="use the rules and extractors of all installed plugins"
    )
    command.add_argument(
        "--plugin",
        action="append",
        default=[],
        metavar="NAME",
        help="use those of one plugin or distribution (may be repeated)",
    )
    command.add_argument(
        "--disable",
        action="append",
        default=[],
        metavar="ID",
        help="leave out an indicator or extractor (may be repeated)",
    )


def configured(options: argparse.Namespace) -> Parser:
    """The parser that the options ask for; plugins that are left out are told."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", PluginWarning)
        parser = Parser(
            rules=options.rules, disable=options.disable, plugins=options.plugins or options.plugin
        )
    for warning in caught:
        print(f"fazhi-parse: warning: {warning.message}", file=sys.stderr)
    return parser


def cannot_write(output: Path, endings: Sequence[str]) -> str:
    """Why nothing can be written there, before any work is done; empty where nothing speaks against it."""
    if output.suffix.lower() not in endings:
        return f"cannot write {output.name}: the ending must be {' or '.join(endings)}"
    if not output.parent.is_dir():
        return f"cannot write {output}: there is no folder {output.parent}"
    return ""


def report_of(options: argparse.Namespace, parser: Parser) -> Report:
    """The report in the one file that a command takes.

    Raises:
        FazhiError: It cannot be read; the message says why.
    """
    return _opened(options.input, lambda name: read(name, parser=parser, encoding=options.encoding))


def text_of(options: argparse.Namespace) -> Loaded:
    """The text of the one file that a command takes, with what was doubtful in its bytes.

    Raises:
        FazhiError: It cannot be read; the message says why.
    """
    return _opened(options.input, lambda name: load_file(name, encoding=options.encoding))


def _opened(name: str, opened: Callable[[str], _T]) -> _T:
    try:
        return opened(name)
    except FazhiError as error:
        raise FazhiError(f"{name}: {error}") from error
    except IsADirectoryError as error:
        raise FazhiError(f"{name}: a folder; this command takes one file (use parse for folders)") from error
    except OSError as error:
        raise FazhiError(f"{name}: {error.strerror or error}") from error


def documents_of(options: argparse.Namespace) -> list[Document]:
    """What the inputs of a command name, each document once; kinds of files that are passed over are told.

    Raises:
        FazhiError: None of the inputs is there.
    """
    skipped = Counter[str]()
    documents = list(find_documents(options.inputs, skipped))
    if all(document.fault for document in documents):
        raise FazhiError("; ".join(f"{document.document}: {document.fault}" for document in documents))
    if skipped:
        kinds = ", ".join(f"{suffix or 'no ending'} {count}" for suffix, count in sorted(skipped.items()))
        print(f"fazhi-parse: files of other kinds skipped: {kinds}", file=sys.stderr)
    return documents


def parse_inputs(options: argparse.Namespace, parser: Parser) -> Iterator[Result]:
    """The result of each input that the options name; what cannot be read is told.

    Raises:
        FazhiError: None of the inputs is there.
    """
    documents = documents_of(options)
    results = parse_many(
        documents,
        parser=parser,
        workers=options.jobs or None,
        timeout=options.timeout,
        encoding=options.encoding,
        progress=wants_bar(len(documents)),
    )
    for result in results:
        if result.report is None:
            fail(f"{result.document}: {result.error}")
        yield result


def read_inputs(options: argparse.Namespace, parser: Parser) -> Iterator[Result | Mapping[str, Any]]:
    """What became of each input: rows that stand in runs and files of rows, and results of reports.

    Raises:
        FazhiError: A run cannot be read; or reports are named, and none of them is there.
    """
    reports: list[str] = []
    for name in options.inputs:
        stored = stored_documents(Path(name))
        if stored is None:
            reports.append(name)
        else:
            yield from stored
    if reports:
        yield from parse_inputs(argparse.Namespace(**vars(options) | {"inputs": reports}), parser)


def unknown_indicator(wanted: str, indicators: Mapping[str, Indicator]) -> int:
    """Tell that there is no such indicator, and which ids or names are near it; returns the exit code."""
    near = difflib.get_close_matches(wanted, list(indicators), 5, 0.5)
    near += [key for key, each in indicators.items() if wanted in each.zh and key not in near]
    return fail(f"no indicator {wanted!r}" + (f"; near it are {', '.join(near)}" if near else ""))


def wants_bar(documents: int) -> bool:
    """Whether a progress bar says anything: on a terminal, for more than a few inputs, where tqdm is installed."""
    return sys.stderr.isatty() and documents > _FEW and find_spec("tqdm") is not None


_FEW = 20
