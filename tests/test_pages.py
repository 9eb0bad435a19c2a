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


@pytest.mark.parametrize(
    "region",
    [
        "和岭区",
        "清和县",
        "房岭县",
        "府河市",
        "云德镇市",
        "乡宁县",
        "市中区",
        "全椒县",
        "镇岚县",
        "沣阳市郊区",
        "沣阳市和岭区",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "{}2023年法治政府建设情况报告",
        "{}住房和城乡建设局2023年法治政府建设情况报告",
        "法治政府建设情况报告\n2023年，{}坚持依法行政。",
        "法治政府建设情况报告\n在省委和市委的领导下，{}应急管理局认真落实各项部署。",
    ],
)
def test_a_name_may_hold_words_of_offices_and_other_places(region: str, text: str) -> None:
    """和, 府, 房, 乡, 镇 and 市 may stand in the name of a place."""
    assert fp.parse(text.format(region) + "\n一、主要工作\n开展培训12次。\n").metadata.region == region


def test_a_row_of_names_is_read_once() -> None:
    """Many names of places in a row, which could be cut in many ways, cost no more than other words."""
    text = "法治政府建设情况报告\n2023年，" + "云岫区" * 120 + "。\n一、主要工作\n开展培训12次。\n"
    assert fp.parse(text).metadata.region is None


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case["name"])
def test_metadata(case: dict[str, Any]) -> None:
    """A page says what it is about; what it does not say is None."""
    metadata = fp.parse(case["text"]).metadata
    for name, wanted in case.get("metadata", {}).items():
        assert (getattr(metadata, name) or "") == wanted, name
