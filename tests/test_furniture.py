"""Pages: whatever furniture of a site stands above and below a report, the report in it stays the same."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from itertools import chain

import pytest

import fazhi_parse as fp
from fazhi_parse.page import layout_table
from fazhi_parse.pattern_tree import tree
from support import CASES

_ROUNDS = 24


def _lines(place: str) -> list[str]:
    """The lines of furniture of one place (above, below)."""
    _, _, behind = (CASES / "furniture.txt").read_text("utf-8").partition(f"### {place}\n")
    return behind.partition("\n\n")[0].splitlines()


@cache
def reports() -> tuple[str, ...]:
    """Reports that begin with their title; one without is cut out of the first by leaving its title off."""
    texts = [path.read_text("utf-8") for path in sorted(CASES.glob("blind_[d-h]/*.txt"))]
    begun = [text for text in texts if (title := fp.parse(text).metadata.title) and text.startswith(title)]
    return *begun, begun[0].partition("\n")[2]


def _inside(report: fp.Report) -> tuple[object, ...]:
    """What does not belong to the page: values, headings and the parts of the document."""
    return (
        Counter((o.indicator, o.value, o.status, o.text) for o in report.observations),
        [(s.kind, s.number, s.level, s.title) for s in report.walk()],
        Counter((p.kind, report.raw[p.start : p.end].strip()) for p in report.parts if p.kind != "chrome"),
    )


@pytest.mark.parametrize("number", range(_ROUNDS))
def test_furniture_around_a_report_is_furniture_and_changes_nothing(number: int) -> None:
    """A quarter of the lines, drawn anew for each report."""
    chance = random.Random(number)
    text = reports()[number % len(reports())].strip()
    above = [line for line in _lines("above") if chance.random() < 0.25]
    below = [line for line in _lines("below") if chance.random() < 0.25]
    report = fp.parse("\n".join((*above, text, *below)))
    assert _inside(report) == _inside(fp.parse(text))
    chrome = [(p.start, p.end) for p in report.parts if p.kind == "chrome"]
    at, missed = 0, []
    for line in (*above, text, *below):
        start = report.raw.index(line, at)
        at = start + len(line)
        if line is not text and not any(a <= start and at - 1 <= b for a, b in chrome):
            missed.append(line)
    assert missed == []


def test_a_pattern_of_a_beginning_has_no_alternative_for_elsewhere() -> None:
    """What is tried at a line's beginning only says so in each of its alternatives."""
    chrome: dict[str, list[str]] = layout_table()["chrome"]  # type: ignore[assignment]
    for pattern in chain.from_iterable(chrome.values()):
        if pattern.startswith("^"):
            items = tree(pattern.replace("[:", "[："))  # a class that could be one of `regex` is not read
            assert items, pattern
            name, value = items[0]
            for branch in value if name == "BRANCH" and len(items) == 1 else [items]:
                assert branch[0] == ("AT", "begin"), pattern
