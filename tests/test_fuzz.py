"""Report-like and arbitrary texts through all invariants; texts that once failed, kept as data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

import invariants
import strategies
from support import CASES

FUZZ = CASES / "fuzz"


def past(target: str) -> list[Any]:
    """Hard inputs and past failures of a target."""
    lines = (FUZZ / f"{target}.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [pytest.param(case["text"], id=case["note"]) for case in cases]


@pytest.mark.parametrize("text", past("parse"))
def test_hard_texts_and_past_failures_parse(text: str) -> None:
    """What fuzzing found stays mended."""
    invariants.check(text)


@pytest.mark.parametrize("text", past("quantity"))
def test_hard_phrases_and_past_failures_are_read_or_refused(text: str) -> None:
    """What fuzzing found stays mended."""
    invariants.check_quantity(text)


@given(strategies.reports())
@settings(max_examples=150)
def test_any_report_like_text_keeps_the_invariants(raw: str) -> None:
    """Headings, items, figures, chrome of all kinds, whole and damaged."""
    invariants.check(raw)


@given(strategies.anything)
def test_any_text_keeps_the_invariants(raw: str) -> None:
    """Any code points, lone surrogates and control characters too."""
    invariants.check(raw)


@given(strategies.quantities | strategies.numerals())
@settings(max_examples=300)
def test_any_phrase_is_read_or_refused(text: str) -> None:
    """parse_quantity gives a value that its own text gives again, or raises InvalidNumeral."""
    invariants.check_quantity(text)
