"""`fazhi-parse view`: a report in the browser, its figures marked in its text."""

from __future__ import annotations

import argparse
import tempfile
import webbrowser
from pathlib import Path

from .inputs import cannot_write, configured, one_input, report_of, source_options
from .terminal import OK, fail, language_option

__all__ = ["add_view"]


def add_view(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    one_input(command)
    command.add_argument(
        "-o", "--output", type=Path, metavar="HTML", help="write the page here (default: a temporary file)"
    )
    language_option(command)
    command.add_argument("--no-open", action="store_true", help="only write it")
    source_options(command)
    command.set_defaults(run=_view)


def _view(options: argparse.Namespace) -> int:
    output: Path | None = options.output
    if output is not None and (fault := cannot_write(output, (".html", ".htm"))):
        return fail(fault)
    parser = configured(options)
    report = report_of(options, parser)
    if output is None:
        output = Path(tempfile.mkdtemp(prefix="fazhi-parse-")) / f"{Path(options.input).stem}.html"
    try:
        report.save_html(output, lang=options.lang, catalogue=parser.catalogue)
    except OSError as error:
        return fail(f"cannot write {output}: {error.strerror}")
    print(f"written to {output}")
    if not options.no_open and not webbrowser.open(output.absolute().as_uri()):
        print("no browser was found: open the file yourself")
    return OK
