"""Which files a command reads and writes, what became of each, and what is told on the way."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .errors import FazhiError
from .loaders import SUFFIXES, read_text
from .plugins import PluginWarning
from .report import Parser
from .tables import Outcome

__all__ = [
    "IN_FOLDERS",
    "OK",
    "SOME_FAILED",
    "USAGE",
    "cannot_write",
    "collect",
    "configured",
    "counted",
    "fail",
    "parse_all",
    "source_options",
    "tell",
]

IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix != ".md")
OK, SOME_FAILED, USAGE = 0, 1, 2


def fail(message: str, code: int = USAGE) -> int:
    """Tell an error; returns the exit code."""
    print(f"fazhi-parse: error: {message}", file=sys.stderr)
    return code


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


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


def tell(missing: Iterable[str], skipped: Mapping[str, int]) -> None:
    """Tell which inputs are missing and which kinds of files were passed over."""
    for message in missing:
        fail(message)
    if skipped:
        kinds = ", ".join(f"{suffix or 'no ending'} {count}" for suffix, count in sorted(skipped.items()))
        print(f"fazhi-parse: files of other kinds skipped: {kinds}", file=sys.stderr)


def collect(inputs: Iterable[str]) -> tuple[list[Path], list[str], Counter[str]]:
    """Files to read in a stable order, what is wrong with inputs that give none, and endings passed over."""
    files: list[Path] = []
    missing: list[str] = []
    skipped: Counter[str] = Counter()
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            found = [p for p in inside if p.suffix.lower() in IN_FOLDERS]
            skipped.update(p.suffix.lower() for p in inside if p not in found and p.suffix.lower() != ".md")
            if not found:
                missing.append(f"{name}: the folder holds no report ({' '.join(IN_FOLDERS)})")
            files.extend(found)
        elif path.exists():
            files.append(path)
        else:
            missing.append(f"{name}: no such file or folder")
    return list(dict.fromkeys(files)), missing, skipped


def _outcome(path: Path, parser: Parser) -> Outcome:
    try:
        return Outcome(str(path), parser.parse(read_text(path)))
    except FazhiError as error:
        return Outcome(str(path), None, str(error))
    except OSError as error:
        return Outcome(str(path), None, error.strerror or str(error))


def _progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """A counter on a terminal while many files are read."""
    live = sys.stderr.isatty() and total > 20
    for done, outcome in enumerate(outcomes, 1):
        if live:
            print(f"\r{done}/{total} reports", end="\n" if done == total else "", file=sys.stderr, flush=True)
        yield outcome


def parse_all(files: Sequence[Path], parser: Parser) -> list[Outcome]:
    """Every file parsed; what cannot be read is told, and costs nobody else's result."""
    results = list(_progress((_outcome(file, parser) for file in files), len(files)))
    for outcome in results:
        if outcome.error:
            fail(f"{outcome.name}: {outcome.error}")
    return results
