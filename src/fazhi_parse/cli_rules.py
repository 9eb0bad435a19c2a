"""`fazhi-parse rules`: try the examples of rules, show what an indicator goes by."""

from __future__ import annotations

import argparse

from .indicators import Indicator, Rule
from .inputs import configured, source_options, unknown_indicator
from .labels import counted
from .quantities import number_text
from .terminal import OK, SOME_FAILED
from .testing import Example, check_rules, examples_of, page
from .why_not import why_not

__all__ = ["add_rules"]


def add_rules(command: argparse.ArgumentParser) -> None:
    """The arguments of the command's own commands."""
    commands = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = commands.add_parser(
        "check",
        help="run the positive and negative examples of rule files (without a file: of the built-in catalogue)",
    )
    check.add_argument("rules", nargs="*", metavar="TOML", help="files with indicators of your own")
    source_options(check, rules=False)
    check.set_defaults(run=_check)
    why = commands.add_parser("why", help="say why an indicator is found in a sentence, or why not")
    why.add_argument("id", metavar="ID", help="such as reconsideration.accepted")
    why.add_argument("sentence", metavar="SENTENCE")
    why.add_argument("--heading", default="主要工作", help="heading that it stands under (default: 主要工作)")
    source_options(why)
    why.set_defaults(run=_why)
    show = commands.add_parser("show", help="print an indicator: definition, units, rules, examples")
    show.add_argument("id", metavar="ID", help="such as reconsideration.accepted")
    source_options(show)
    show.set_defaults(run=_show)


def _check(options: argparse.Namespace) -> int:
    parser = configured(options)
    examples = [e for e in examples_of(*parser.rule_files) if e.indicator not in parser.disable]
    failures = check_rules(*parser.rule_files, parser=parser)
    for failure in failures:
        print(f"FAILED {failure}\n")
    positive = sum(example.values != () for example in examples)
    print(
        f"{counted(positive, 'example')}, {counted(len(examples) - positive, 'negative example')}: "
        + (f"{len(failures)} FAILED" if failures else "all hold")
    )
    if not examples:
        print("write some beside the rules: examples = [['sentence', value]], negatives = ['sentence']")
    return SOME_FAILED if failures else OK


def _why(options: argparse.Namespace) -> int:
    parser = configured(options)
    entry = parser.catalogue.indicators.get(options.id)
    if entry is None:
        return unknown_indicator(options.id, parser.catalogue.indicators)
    report = parser.parse(page(options.sentence, options.heading))
    mine = [o for o in report.observations if o.indicator == entry.id]
    for o in mine:
        print(report.explain(o, catalogue=parser.catalogue))
    taken = {o.start for o in mine}
    for quantity in report.quantities:
        if quantity.start not in taken:
            print(f"「{quantity.text}」 is no value of {entry.id}:")
            reasons = why_not(report, quantity, entry, parser.catalogue)
            for reason in reasons[:_MOST_REASONS]:
                print(f"  {reason}")
            if len(reasons) > _MOST_REASONS:
                print(f"  ({len(reasons) - _MOST_REASONS} more rules are further from it)")
            for o in report.observations:
                if o.start == quantity.start:
                    print(f"  it is a value of {o.indicator} ({o.status}, rule {o.rule})")
    if not report.quantities and not mine:
        print("there is no figure in the sentence")
    return OK


_MOST_REASONS = 4


def _show(options: argparse.Namespace) -> int:
    parser = configured(options)
    entry = parser.catalogue.indicators.get(options.id)
    if entry is None:
        return unknown_indicator(options.id, parser.catalogue.indicators)
    for line in _described(entry):
        print(line)
    own = examples_of(*parser.rule_files) if parser.rule_files else ()
    for example in (*examples_of(), *own):
        if example.indicator == entry.id:
            print(_example(example))
    return OK


def _described(entry: Indicator) -> list[str]:
    others = sorted(entry.raw_units - {entry.unit})
    stated = f", stated in {'、'.join(others)} too" if others else ""
    lines = [
        f"{entry.id}  {entry.zh}  {entry.en}",
        f"  {entry.definition}" if entry.definition else "  (no definition)",
        f"  {entry.kind} in {entry.unit or '-'}{stated}; {entry.tier}; "
        f"several values of a report: {entry.aggregate}{f'; {entry.dimension}' if entry.dimension else ''}",
    ]
    for rule in entry.rules:
        lines.append(f"  rule {rule.id}")
        lines += (f"    {key:7} {text}" for key, text in _keys(rule))
    return lines


def _keys(rule: Rule) -> list[tuple[str, str]]:
    """The keys of a rule as they are written in a file."""
    patterns = (
        ("left", rule.left), ("right", rule.right), ("tail", rule.tail), ("zero", rule.zero), ("with", rule.near),
        ("not", rule.without), ("unless", rule.unless),
    )  # fmt: skip
    keys = [(key, words.pattern) for key, words in patterns if words is not None]
    keys += [("topic", rule.topic)] if rule.topic is not None else []
    return keys + [(key, "true") for key, on in (("change", rule.change), ("since", rule.since)) if on]


def _example(example: Example) -> str:
    values = "" if example.values is None else ", ".join(map(number_text, example.values)) or "no value"
    return f"  example  {example.text}  {values}".rstrip()
