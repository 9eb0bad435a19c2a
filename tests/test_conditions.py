"""What single conditions and bounds are for: cases that a change of one line would fail."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES

CONDITIONS: list[dict[str, Any]] = tomllib.loads((CASES / "conditions.toml").read_text("utf-8"))["case"]
HEAD = "云岫县2023年法治政府建设情况报告\n一、成效\n"


def _value(o: fp.Observation) -> str:
    status = [o.status] if o.status != "actual" else []
    return " ".join(
        [o.indicator, str(o.value), *status, *([] if o.year == 2023 else ["of", str(o.year or "no year")])]
    )


@pytest.mark.parametrize("case", CONDITIONS, ids=lambda case: case["why"])
def test_a_condition_does_what_it_is_for(case: dict[str, Any]) -> None:
    """All that the case names is as it says."""
    report = fp.parse(case["text"] if case.get("whole") else HEAD + case["text"])
    sections = list(report.walk())[0 if case.get("whole") else 1 :]
    found = {
        "headings": [s.heading.strip() for s in sections],
        "levels": [s.level for s in sections],
        "values": [_value(o) for o in report.observations],
        "quantities": [q.text for q in report.quantities],
        "year": report.metadata.year or 0,
        "numbers": [str(q.value) for q in report.quantities],
        "lines": fp.clean(report.raw).text.count("\n"),
        "findings": [finding.relation for finding in report.check()],
        "doubts": [doubt.code for doubt in report.diagnostics],
    }
    wanted = {key: case[key] for key in found.keys() & case.keys()}
    assert wanted
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("numeral", ["1万10000", "1万1万", "二两三", "3万1亿"])
def test_a_scale_that_does_not_fall_and_mixed_digits_are_no_numeral(numeral: str) -> None:
    """What follows a scale is less than it; 两 stands before a scale only."""
    with pytest.raises(fp.InvalidNumeral):
        fp.parse_numeral(numeral)


@pytest.mark.parametrize(("cases", "told"), [(100, 0), (101, 1)])
def test_ten_times_as_many_as_the_year_before_is_told_beyond_ten(cases: int, told: int) -> None:
    """The factor itself is no jump."""
    reports = [
        fp.parse(f"云岫县{year}年法治政府建设情况报告\n一、成效\n受理行政复议案件{n}件。")
        for year, n in ((2022, 10), (2023, cases))
    ]
    assert len(fp.check_years(reports)) == told
