"""Pages that are written at build time: the catalogue out of its TOML, the commands out of their parsers."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from itertools import groupby

from fazhi_parse.cli import argument_parser
from fazhi_parse.indicators import Indicator, load_catalogue
from fazhi_parse.labels import label
from fazhi_parse.testing import Example, examples_of

MARK = re.compile(r"<!-- generated: (\w+) -->")
"""Where a page has what is generated."""


def fill(text: str) -> str:
    """A page's text with the generated parts in their places."""
    return MARK.sub(lambda match: PARTS[match.group(1)](), text)


# -- the catalogue -----------------------------------------------------------------------------


def catalogue() -> str:
    """A table a family, a row an indicator."""
    examples: dict[str, list[Example]] = {}
    for example in examples_of():
        examples.setdefault(example.indicator, []).append(example)
    indicators = sorted(load_catalogue().indicators.values(), key=_family)
    families = dict.fromkeys(map(_family, indicators))
    lines = ["Families: " + ", ".join(f"[{name}](#{name.replace('_', '-')})" for name in families), ""]
    for family, members in groupby(indicators, _family):
        lines += [f"## {family}", "", "| Indicator | Unit | What counts | Said as |", "|---|---|---|---|"]
        lines += [_row(indicator, examples.get(indicator.id, [])) for indicator in members]
        lines.append("")
    return "\n".join(lines)


def _family(indicator: Indicator) -> str:
    return indicator.id.partition(".")[0]


def _row(indicator: Indicator, examples: list[Example]) -> str:
    dimension = indicator.dimension.partition("/")[0]
    names = (
        f"**{_escaped(indicator.zh)}**",
        _escaped(indicator.en),
        f"`{indicator.id}`",
        f"{indicator.tier} · {indicator.aggregate} · {label('dimension', dimension, 'zh')}",
    )
    found = [e for e in examples if e.values != () and e.status == "actual"][:2]
    none = [e for e in examples if e.values == ()][:1]
    said = [_escaped(e.text) + _value(e) for e in found] + [f"*not:* {_escaped(e.text)}" for e in none]
    units = "、".join([indicator.unit, *sorted(indicator.raw_units - {indicator.unit})])
    cells = ("<br>".join(names), units, _escaped(indicator.definition), "<br>".join(said))
    return f"| {' | '.join(cells)} |"


def _value(example: Example) -> str:
    return " → " + ", ".join(map(str, example.values)) if example.values else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|$~#])", r"\\\1", " ".join(text.split()))


# -- the commands ------------------------------------------------------------------------------


def commands() -> str:
    """What `--help` prints, for each command."""
    os.environ["COLUMNS"] = "100"  # the width of argparse's lines
    return "\n".join(
        f"## {parser.prog}\n\n```text\n{parser.format_help()}```\n" for parser in _parsers(argument_parser())
    )


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _parsers(command)


PARTS = {"catalogue": catalogue, "commands": commands}
