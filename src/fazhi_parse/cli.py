"""The command line: parse files to a table, show a report's tree, print its clean text."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TextIO, cast

from . import __version__
from .cleaning import PASSES, clean, find_damage
from .cli_check import add_check
from .cli_doctor import add_doctor
from .cli_panel import add_panel
from .cli_parse import add_parse
from .cli_rules import add_rules
from .cli_view import add_view
from .errors import FazhiError
from .exports import write_csv
from .extractors import id_of
from .inputs import cannot_write, configured, one_input, report_of, source_options, text_of, unknown_indicator
from .labels import counted, label, message_in
from .outline import Section
from .quantities import value_words
from .report import Report
from .source import runs
from .terminal import INTERRUPTED, OK, USAGE, Shown, fail, language_option, table

__all__ = ["argument_parser", "main"]

_EPILOG = """\
examples:
  fazhi-parse parse a.txt                          what one report holds
  fazhi-parse parse reports/ -o observations.csv   every indicator value of a folder, for Excel, R or Stata
  fazhi-parse parse reports/ -o run -j 0           a long run on all cores, which can go on where it was stopped
  fazhi-parse panel reports/ -o panel.xlsx         a row a place and year, a column an indicator (or a run)
  fazhi-parse show a.txt                           the section tree with the figures found under each heading
  fazhi-parse view --lang zh a.txt                 the same in the browser, every figure marked in the text
  fazhi-parse explain --lang zh a.txt              why each value is there, in Chinese
  fazhi-parse check reports/ -o exceptions.csv     figures that do not agree with each other
  fazhi-parse rules check my.toml                  try the examples of rules of your own
  fazhi-parse indicators -o codebook.csv           the indicators, with definitions and units
  fazhi-parse clean --diff a.txt                   what cleaning deleted or joined, and where
  fazhi-parse doctor                               what is installed, and whether it works

exit codes: 0 all done; 1 some inputs failed, the others are done (check: or figures do not
agree; rules check: examples fail); 2 the call itself is wrong; 130 stopped from the keyboard
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that cannot show a character is no reason to stop
            stream.reconfigure(errors="replace")
    with redirect_stdout(cast(TextIO, Shown(sys.stdout))), redirect_stderr(cast(TextIO, Shown(sys.stderr))):
        return _run(argv)


def _run(argv: Sequence[str] | None) -> int:
    """Do what the arguments say."""
    parser = argument_parser()
    options = parser.parse_args(argv)
    if not hasattr(options, "run"):
        parser.print_help()
        return USAGE
    try:
        code: int = options.run(options)
    except FazhiError as error:
        return fail(str(error))
    except KeyboardInterrupt:
        resumable = getattr(options, "output", None) is not None and hasattr(options, "resume")
        return fail(
            "stopped" + (": a run in a folder goes on with --resume" if resumable else ""), INTERRUPTED
        )
    except BrokenPipeError:
        # the reader (head, less) went away; keep the interpreter from complaining about it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def argument_parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    parser = argparse.ArgumentParser(
        prog="fazhi-parse",
        description="Chinese annual reports on rule-of-law government as data.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"fazhi-parse {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    add_parse(
        commands.add_parser(
            "parse", help="parse files or folders, print a summary, write the indicator values"
        )
    )
    show = commands.add_parser(
        "show", help="print a report's section tree with the figures under each heading"
    )
    one_input(show)
    language_option(show)
    source_options(show)
    show.set_defaults(run=_show)
    explaining = commands.add_parser("explain", help="say for each value of a report why it is there")
    one_input(explaining)
    explaining.add_argument("--indicator", metavar="ID", help="only values of this one")
    language_option(explaining)
    source_options(explaining)
    explaining.set_defaults(run=_explain)
    codebook = commands.add_parser("indicators", help="list the catalogue: what the library looks for")
    codebook.add_argument(
        "-o", "--output", type=Path, metavar="CSV", help="write it as a table, with definitions"
    )
    source_options(codebook)
    codebook.set_defaults(run=_indicators)
    add_doctor(
        commands.add_parser("doctor", help="tell what is installed, what is missing, whether it works")
    )
    add_panel(
        commands.add_parser("panel", help="make a panel of place, year and indicator out of parsed reports")
    )
    add_view(
        commands.add_parser("view", help="look at a report in the browser, its figures marked in its text")
    )
    add_check(commands.add_parser("check", help="list figures that do not agree with each other"))
    add_rules(commands.add_parser("rules", help="try the examples of rule files, show an indicator's rules"))
    cleaning = commands.add_parser("clean", help="print a text as the parser reads it")
    one_input(cleaning)
    cleaning.add_argument(
        "--diff",
        action="store_true",
        help="list each repair instead, [-old-]{+new+} with its place in the raw text, and what could not be repaired",
    )
    cleaning.add_argument(
        "--skip",
        action="append",
        default=[],
        choices=PASSES,
        metavar="PASS",
        help=f"a cleaning pass to leave out, may be repeated: {', '.join(PASSES)}",
    )
    cleaning.set_defaults(run=_clean)
    return parser


# -- show and clean ------------------------------------------------------------------------------


def _show(options: argparse.Namespace) -> int:
    parser = configured(options)
    report = report_of(options, parser)
    meta = report.metadata
    lang = options.lang
    print(meta.title or label("view", "untitled", lang))
    about = label("command", "about", lang)
    print("  " + about.format(meta.region or "?", meta.year or "?", meta.issuer or "?"))
    for part in report.parts:
        if part.kind in ("preamble", "closing"):
            print("  " + label("command", part.kind, lang).format(_short(report.raw[part.start : part.end])))
    flat = list(report.walk())
    values: dict[int | None, list[str]] = {}
    for o in report.observations:
        mark = "" if o.status == "actual" else f" ({label('status', o.status, lang)})"
        values.setdefault(o.section, []).append(
            f"{parser.catalogue.name(o.indicator) or o.indicator} ({o.indicator}) {value_words(o, lang)}{mark}  「{' '.join(o.text.split())}」"
        )
    for line in values.get(None, ()):
        print(f"      · {line}")
    for index, section in enumerate(flat):
        print(_heading(section, lang))
        for line in values.get(index, ()):
            print(f"{'  ' * section.level}    · {line}")
    taken = {(o.start, o.end) for o in report.observations}
    others = sum((q.start, q.end) not in taken for q in report.quantities)
    values_told = counted(len(report.observations), "indicator value", lang)
    figures_told = counted(len(report.quantities), "figure", lang)
    print(label("command", "totals", lang).format(values_told, figures_told, others))
    _print_doubts(report, lang)
    return OK


def _print_doubts(report: Report, lang: str) -> None:
    for doubt in report.diagnostics:
        message = message_in(lang, doubt.code, doubt.message)
        print("  " + label("command", "doubt", lang).format(doubt.code, message))


def _explain(options: argparse.Namespace) -> int:
    parser = configured(options)
    report = report_of(options, parser)
    found = [o for o in report.observations if options.indicator in (None, o.indicator)]
    wanted, known = options.indicator, parser.catalogue.indicators
    if wanted and not found and wanted not in {*known, *map(id_of, parser.all_extractors)}:
        return unknown_indicator(wanted, known)
    for o in found:
        print(report.explain(o, lang=options.lang, catalogue=parser.catalogue), end="\n\n")
    print(counted(len(found), "indicator value", options.lang))
    if not report.observations:
        _print_doubts(report, options.lang)
    return OK


def _heading(section: Section, lang: str) -> str:
    head = section.heading if section.title is not None else section.marker + _short(section.own_text)
    return f"{'  ' * (section.level - 1)}{head}  [{label('role', section.role, lang)}]"


def _short(text: str, width: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[:width] + "…"


def _indicators(options: argparse.Namespace) -> int:
    if options.output is not None and (fault := cannot_write(options.output, (".csv",))):
        return fail(fault)
    head = ("id", "zh", "en", "unit", "aggregate", "tier", "dimension", "definition")
    entries = configured(options).catalogue.indicators.values()
    rows = [{column: str(getattr(entry, column)) for column in head} for entry in entries]
    if options.output is None:
        print(table([head[:6], *(tuple(row.values())[:6] for row in rows)]))
        return OK
    try:
        write_csv(options.output, head, rows)
    except OSError as error:
        return fail(f"cannot write {options.output}: {error.strerror}")
    print(f"{len(rows)} indicators written to {options.output}")
    return OK


def _clean(options: argparse.Namespace) -> int:
    loaded = text_of(options)
    source = clean(loaded.text, skip=options.skip)
    if not options.diff:
        sys.stdout.write(source.text if source.text.endswith("\n") else source.text + "\n")
        return OK
    for edit in runs(source.edits):
        before = source.raw[max(0, edit.start - _AROUND) : edit.start]
        behind = source.raw[edit.end : edit.end + _AROUND]
        new = f"{{+{_visible(edit.text)}+}}" if edit.text else ""
        old = f"[-{_visible(source.raw[edit.start : edit.end])}-]"
        print(f"{edit.start}-{edit.end}\t{edit.reason}\t{_visible(before)}{old}{new}{_visible(behind)}")
    for doubt in (*loaded.diagnostics, *find_damage(source)):
        place = f" ({doubt.start}-{doubt.end})" if doubt.end is not None else ""
        print(f"{doubt.code}: {doubt.message}{place}", file=sys.stderr)
    return OK


_AROUND = 6
"""Characters shown around a repair."""


def _visible(text: str, width: int = 40) -> str:
    """On one line, with invisible characters as escapes."""
    cut = text if len(text) <= width else text[: width - 1] + "…"
    return "".join(c if c.isprintable() else "⏎" if c == "\n" else ascii(c)[1:-1] for c in cut)


if __name__ == "__main__":
    sys.exit(main())
