"""`fazhi-parse panel`: from parsed reports to a table of places, years and indicators."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from .exports import ENDINGS
from .inputs import cannot_write, configured, input_options, read_inputs, source_options
from .labels import counted
from .panels import Panel, panel
from .report import Parser
from .terminal import OK, SOME_FAILED, fail, language_option, table

__all__ = ["add_panel"]

_EPILOG = """\
One row a place and year, one column an indicator. A report that was not read, a report that does not say and a zero are
kept apart:
  value          the figure of the year's own report; figures of activities are added up, totals are not added to parts
  approximate    a figure with 余, 近 or 约, or a range (its low end)
  zero           the figure 0;  stated_zero: a zero in words (未发生…)
  not_reported   the report was read and does not say
  conflict       figures that contradict each other: no value, the problems name them all
  unreadable     a report of this place and year could not be read

.xlsx   one workbook: values coloured by state, states, variables, problems, files
.dta    Stata 14 and later: .a not reported, .b conflict, .c unreadable; beside it states, problems and variables
.csv .parquet .jsonl   values; beside them states, problems and variables

examples:
  fazhi-parse panel reports/ -o panel.xlsx                      reports are parsed on the way
  fazhi-parse panel run/ -o panel.xlsx                          everything, for a person
  fazhi-parse panel run/ -o panel.dta --tier core               for xtset panel_id year
  fazhi-parse panel run/ -o 复议.csv --indicator reconsideration.accepted --years 2019-2023
  fazhi-parse panel run/ -o long.parquet --form long            a row a cell, with its words and where they stand

exit codes: 0 all done; 1 some inputs are not in the panel (not read, or place or year unknown), the others are;
2 the call itself is wrong. Conflicts are no failure: they are counted, and named among the problems
"""


def add_panel(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.description = "Make a panel out of parsed reports."
    command.epilog = _EPILOG
    input_options(command, more="; or what parse -o wrote: folders of runs, .jsonl or .parquet files of rows")
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help=f"one of {' '.join(ENDINGS)}"
    )
    command.add_argument(
        "--form",
        choices=["values", "long"],
        default="values",
        help="a column an indicator (default), or a row a cell",
    )
    command.add_argument(
        "--indicator", action="append", metavar="ID", help="only this indicator (may be repeated)"
    )
    command.add_argument("--tier", choices=["core", "extended"], help="only indicators of this tier")
    command.add_argument(
        "--all-indicators", action="store_true", help="columns for indicators that no report states, too"
    )
    command.add_argument("--years", type=_years, metavar="YEARS", help="such as 2019-2023 or 2019,2021")
    command.add_argument(
        "--place",
        action="append",
        default=[],
        type=_renamed,
        metavar="NAME=OTHER",
        help="read a place's name as another one, 河西省云岫县=云岫县 (may be repeated)",
    )
    language_option(command)
    source_options(command)
    command.set_defaults(run=_panel)


def _years(text: str) -> frozenset[int]:
    years = set[int]()
    for piece in text.split(","):
        first, _, last = piece.strip().partition("-")
        last = last or first
        if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4 and first <= last):
            raise argparse.ArgumentTypeError(f"{piece!r} is no year and no range of years (2019-2023)")
        years.update(range(int(first), int(last) + 1))
    return frozenset(years)


def _renamed(text: str) -> tuple[str, str]:
    name, _, other = text.partition("=")
    if not name or not other:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=OTHER")
    return name, other


def _panel(options: argparse.Namespace) -> int:
    output: Path = options.output
    if fault := cannot_write(output, ENDINGS):
        return fail(fault)
    try:
        made = _made(options, configured(options))
    except OSError as error:
        return fail(f"cannot read {error.filename or 'an input'}: {error.strerror or error}")
    except ValueError as error:
        return fail(str(error))
    if not made.inputs:
        return fail("there are no documents in the inputs")
    try:
        written = made.write(output, options.form, lang=options.lang)
    except OSError as error:
        return fail(f"cannot write {output}: {error.strerror or error}")
    _tell(made, written)
    return OK if made.complete else SOME_FAILED


def _made(options: argparse.Namespace, parser: Parser) -> Panel:
    return panel(
        read_inputs(options, parser),
        indicators=options.indicator,
        tier=options.tier,
        years=options.years,
        places=dict(options.place),
        all_indicators=options.all_indicators,
        catalogue=parser.catalogue,
    )


def _tell(made: Panel, written: tuple[Path, ...]) -> None:
    print(str(made)[1:-1])
    codes = Counter(problem["code"] for problem in made.problems)
    if codes:
        print(table([("problem", "count"), *((code, str(codes[code])) for code in sorted(codes))], right=[1]))
    print(f"{counted(len(written), 'file')} written: {', '.join(map(str, written))}")
