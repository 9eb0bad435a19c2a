"""Indicator values of sentences that were coded by hand: none of the figures falls below its floor."""

from __future__ import annotations

import json
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES, page_above

pytestmark = pytest.mark.long

FLOOR = json.loads((CASES / "wordings_floor.json").read_text("utf-8"))


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def key(text: str, indicator: str, value: str) -> tuple[str, str, str]:
    """Words, indicator and value; how much of the words a stated zero takes in is a matter of taste."""
    return "" if value == "0" else text, indicator, value


def coded(case: dict[str, Any]) -> set[tuple[str, str, str]]:
    """What a coder wrote."""
    return {key(*observation) for observation in case["observations"]}


def found(case: dict[str, Any]) -> set[tuple[str, str, str]]:
    """What the library says of the same sentence, as part of a report."""
    page = page_above(case)
    report = fp.parse(f"{page}{case['text']}\n")
    return {
        key(o.text, o.indicator, str(o.value))
        for o in report.observations
        if o.start >= len(page) and o.status == "actual"
    }


@pytest.mark.parametrize("name", sorted(FLOOR))
def test_wordings(name: str) -> None:
    """Precision and recall stay where they were when the floor was set."""
    cases = read(name)
    gold, got = [coded(case) for case in cases], [found(case) for case in cases]
    right = sum(len(a & b) for a, b in zip(gold, got, strict=True))
    precision, recall = right / sum(map(len, got)), right / sum(map(len, gold))
    floor = FLOOR[name]
    assert precision >= floor["precision"], precision
    assert recall >= floor["recall"], recall
