"""Bounds that a small change of a condition would move."""

from __future__ import annotations

import pytest

import fazhi_parse as fp


def test_a_word_that_only_begins_like_a_discount_is_none() -> None:
    """打八折 is 80 %; in other words that begin so, 折 counts nothing."""
    assert [(q.text, str(q.value), q.unit) for q in fp.find_quantities("按八折收取。")] == [
        ("八折", "80", "%")
    ]
    for word in ("三折叠", "几经八折射", "五折扣减", "两折旧"):
        assert not [q for q in fp.find_quantities(f"采用{word}方式。") if q.unit == "%"]


@pytest.mark.parametrize(("year", "status"), [(2021, "cumulative"), (2022, "cumulative"), (2023, "actual")])
def test_a_sum_since_the_year_of_the_report_is_no_sum_of_years(year: int, status: str) -> None:
    """Since 2023, in the report on 2023, is that year."""
    report = fp.parse(f"云岫县2023年法治政府建设情况报告\n一、成效\n{year}年以来累计受理行政复议案件6件。")
    assert [o.status for o in report.observations] == [status]
