"""Pages: what is chrome, title, addressee, signature and date, and what they say."""

from __future__ import annotations

from typing import Any

import pytest

import fazhi_parse as fp
from support import page_cases


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case["name"])
def test_parts(case: dict[str, Any]) -> None:
    """The parts that are no section are exactly those named, in order."""
    report = fp.parse(case["text"])
    raw = report.raw
    got = [[part.kind, raw[part.start : part.end].replace("\n", " / ")] for part in report.parts]
    assert got == case["parts"]


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("沄县住房和城乡建设局2022年法治政府建设工作报告", "沄县"),
        ("关于沄县公安局2022年法治政府建设情况的报告", "沄县"),
        ("中共沄县委员会2022年法治政府建设工作报告", "沄县"),
        ("沣阳市沄县人民政府2022年法治政府建设工作报告", "沣阳市沄县"),
        ("沄县城关镇人民政府2022年法治政府建设工作报告", "沄县城关镇"),
        ("法治政府建设报告\n2022年，沄县坚持依法行政。\n一、成效", "沄县"),
        ("我县2022年法治政府建设情况报告", None),
        ("该县公安局2022年法治政府建设情况报告", None),
        ("市辖县2022年法治政府建设情况报告", None),
        (
            "法治政府建设报告\n2022年，全县坚持依法行政，本县认真落实，我县围绕中心，各县积极行动。\n一、成效",
            None,
        ),
        ("法治政府建设报告\n2022年，市辖县认真落实，邻县积极行动，两县围绕中心。\n一、成效", None),
    ],
)
def test_a_county_may_have_a_name_of_one_character(title: str, region: str | None) -> None:
    """But 我县, 该县 and the like name no place."""
    assert fp.parse(f"{title}\n一、主要工作\n开展培训12次。\n").metadata.region == region


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case["name"])
def test_metadata(case: dict[str, Any]) -> None:
    """A page says what it is about; what it does not say is None."""
    metadata = fp.parse(case["text"]).metadata
    for name, wanted in case.get("metadata", {}).items():
        assert (getattr(metadata, name) or "") == wanted, name
