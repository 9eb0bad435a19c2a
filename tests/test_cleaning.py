"""Cleaning repairs what is damaged and leaves alone what is right."""

from __future__ import annotations

import json

import pytest

import fazhi_parse as fp
from fazhi_parse.cleaning.traditional import _dictionary, is_traditional, simplify
from support import CASES, SHARED

ROWS = [
    json.loads(line) for line in (CASES / "cleaning.jsonl").read_text("utf-8").splitlines() if line.strip()
]


@pytest.mark.parametrize("case", ROWS, ids=lambda c: c["class"])
def test_cleaning_case(case: dict[str, str]) -> None:
    """Each case comes out as a careful person would write it."""
    assert fp.clean(case["raw"]).text == case["clean"]


@pytest.mark.parametrize("word", ["乾县", "王濛", "毕昇", "於都", "颠覆上层", "甯", "著作", "慰藉", "瞭望"])
def test_words_that_t2s_would_spoil_stay_in_simplified_text(word: str) -> None:
    """Simplified text is never converted."""
    text = f"{word}的同志在会议上介绍了工作情况，与会人员进行了讨论。"
    assert fp.clean(text).text == text


def test_conversion_is_that_of_the_package() -> None:
    """Every dictionary entry converts as opencc-python-reimplemented converts it."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    for name in ("TSCharacters.txt", "TSPhrases.txt"):
        for key in _dictionary(name):
            assert simplify(key) == convert(key)


def test_script_is_told_from_the_whole_text() -> None:
    """A name in traditional characters does not make a text traditional."""
    assert is_traditional("依法辦理行政復議案件，嚴格規範執法行為。")
    assert not is_traditional("王濛、毕昇、乾县三处设立了调解室，受理纠纷12件。")


def test_span_ends_before_a_deletion_behind_it() -> None:
    """A gloss behind a figure is not part of the figure's span."""
    raw = "規(guī)范執(zhí)法,監(jiān)管事項12項(xiàng),公開5條。"
    quantity = fp.parse(raw).quantities[0]
    assert quantity.text == "12項"


def test_wrapped_lines_are_joined_and_page_numbers_go() -> None:
    """A figure that a page break splits is one figure again."""
    raw = (
        "全县各级行政机关坚持严格规范公正文明执法，全年共办理行政处\n罚案件一千余件，开展执法检查三千余次，受理群众投诉举报共\n"
        "— 3 —\n1280件，办结率达到百分之九十九，群众满意度有了明显的提高。\n"
    )
    source = fp.clean(raw)
    assert "共1280件" in source.text
    assert [p.kind for p in fp.parse(raw).parts if "3" in raw[p.start : p.end] and p.kind == "chrome"] == [
        "chrome"
    ]


def test_unknown_pass_is_refused() -> None:
    """A misspelt pass is an error that lists the passes."""
    with pytest.raises(ValueError, match="no such cleaning pass: gloss "):
        fp.clean("x", skip=["gloss"])


@pytest.mark.skipif(not SHARED.exists(), reason="development data not present")
def test_seed_glosses() -> None:
    """All 132 glosses of the glossed seed go, and nothing else."""
    raw = next((SHARED / "seeds").glob("001_*.txt")).read_bytes().decode("utf-8")
    source = fp.clean(raw)
    assert [e.reason for e in source.edits] == ["glosses"] * 132
