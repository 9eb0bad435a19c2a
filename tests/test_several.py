"""Several reports in one text: told where another one begins, and never of an ordinary report."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES

TEXTS: dict[str, Any] = tomllib.loads((CASES / "several.toml").read_text("utf-8"))
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
    """None of the reports of the cases is taken for several."""
    assert _told(path.read_text("utf-8")) == []
