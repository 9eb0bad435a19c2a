"""Figures side by side in a row, beyond what the rules make of them (see cases/conditions.toml)."""

from __future__ import annotations

import pytest

import fazhi_parse as fp
from fazhi_parse.quantities import from_found
from fazhi_parse.quantities.grammar import grammar
from fazhi_parse.quantities.scan import scan
from fazhi_parse.side_by_side import tell_columns


@pytest.mark.parametrize(("second", "kept"), [("reconsideration.closed", 2), ("reconsideration.accepted", 0)])
def test_figures_that_have_an_indicator_each_are_told_apart(second: str, kept: int) -> None:
    """Words that name two things in order do so without a head of columns."""
    source = fp.clean("云岫县2023年法治政府建设情况报告\n一、成效\n受理、审结行政复议案件 56件 50件。")
    found = scan(source.text, grammar(None))[0]
    quantities = from_found(source, found)
    report = fp.parse(source.raw)
    stated = tuple(
        report.observe(indicator, q.start, q.end, q.value)
        for indicator, q in zip(("reconsideration.accepted", second), quantities, strict=True)
    )
    left, doubts = tell_columns(source, found, quantities, stated, 2023)
    assert len(left) == kept and len(doubts) == (kept == 0)
