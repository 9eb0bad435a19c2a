"""Several reports in one text, and texts that are no report on a year: told, and never of an ordinary report."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES

TEXTS: dict[str, Any] = tomllib.loads((CASES / "several.toml").read_text("utf-8"))
TITLES: dict[str, list[str]] = tomllib.loads((CASES / "not_annual.toml").read_text("utf-8"))
REPORTS = sorted(CASES.glob("blind_?/*.txt"))


def _told(text: str) -> list[str]:
    return [doubt.message for doubt in fp.parse(text).diagnostics if doubt.code == "text.several_reports"]


@pytest.mark.parametrize("case", TEXTS["case"], ids=lambda case: case["why"])
def test_a_title_inside_the_text_tells_of_another_report(case: dict[str, Any]) -> None:
    """Only a title that names another place or year, and has text below it, does."""
    text = case["text"].replace("{text}\n", TEXTS["text"]).strip()
    assert [message.rpartition(": ")[2] for message in _told(text)] == case["titles"]


def test_the_doubt_leads_to_the_title() -> None:
    """The span is that of the titles in the raw text."""
    text = "云岫县2023年法治政府建设情况报告\n{0}沣阳县２０２４年法治政府建设情况报告\n{0}".format(
        TEXTS["text"]
    )
    (doubt,) = (d for d in fp.parse(text).diagnostics if d.code == "text.several_reports")
    assert text[doubt.start : doubt.end] == "沣阳县２０２４年法治政府建设情况报告"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_an_ordinary_report_is_one(path: Path) -> None:
    """None of the reports of the cases is taken for several, or for none on a year."""
    text = path.read_text("utf-8")
    assert _told(text) == []
    assert _not_annual(text) == []


def _not_annual(text: str) -> list[str]:
    return [text[d.start : d.end] for d in fp.parse(text).diagnostics if d.code == "text.not_annual"]


@pytest.mark.parametrize(
    ("title", "told"), [(title, kind == "part") for kind in TITLES for title in TITLES[kind]]
)
def test_a_plan_or_a_half_year_is_told(title: str, told: bool) -> None:
    """By the title; a report that has next year's plans as well is one on the year."""
    text = f"{title}\n一、加强普法\n举办法治讲座12场。"
    assert _not_annual(text) == ([title] if told else [])


def test_a_panel_takes_no_figures_of_plans_and_half_years() -> None:
    """They have no row, and do not contradict the report on the year."""
    said = {"a": "上半年法治政府建设工作总结", "b": "法治政府建设工作要点", "c": "法治政府建设情况报告"}
    texts = {
        name: f"云岫县2023年{title}\n一、普法\n举办法治讲座1{i}场。"
        for i, (name, title) in enumerate(said.items())
    }
    panel = fp.panel(fp.parse_many(texts))
    assert [(row["documents"], row["publicity.lectures"]) for row in panel.records()] == [("c", "12")]
    assert [problem["code"] for problem in panel.problems] == ["panel.not_annual"] * 2
    assert not panel.complete


def test_nothing_in_a_plan_was_reached() -> None:
    """Its figures are planned, for the year that its title names."""
    report = fp.parse("云岫县2024年法治政府建设工作要点\n一、加强普法\n举办法治讲座12场。")
    assert [(o.status, o.year) for o in report.observations] == [("planned", 2024)]
