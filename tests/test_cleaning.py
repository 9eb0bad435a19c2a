"""Cleaning repairs what is damaged and leaves alone what is right."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

import fazhi_parse as fp
from fazhi_parse.cleaning import PASSES
from fazhi_parse.cleaning.passes import widths
from fazhi_parse.cleaning.traditional import _dictionary, is_traditional, simplify
from fazhi_parse.cli import main
from support import CASES, SHARED

ROWS = [
    json.loads(line) for line in (CASES / "cleaning.jsonl").read_text("utf-8").splitlines() if line.strip()
]


@pytest.mark.parametrize("case", ROWS, ids=lambda c: c["class"])
def test_cleaning_case(case: dict[str, str]) -> None:
    """Each case comes out as a careful person would write it."""
    assert fp.clean(case["raw"]).text == case["clean"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\\n"])
def test_line_ends_of_any_kind_are_line_ends(end: str) -> None:
    """Headings, values, their sentences and the Markdown form do not depend on the sign that ends a line."""
    text = (
        "云岫县2023年法治政府建设情况报告\n沣阳市人民政府：\n现将情况报告如下。\n一、主要成效\n（一）复议\n"
        "受理行政复议案件6件\n（二）普法\n发放普法资料3万份\n二、存在问题\n人员少。\n云岫县人民政府\n2024年1月5日\n"
    )
    wanted, got = fp.parse(text), fp.parse(text.replace("\n", end))
    assert got.metadata == wanted.metadata
    assert [s.heading for s in got.walk()] == [s.heading for s in wanted.walk()]
    assert [(o.indicator, o.text, o.sentence) for o in got.observations] == [
        (o.indicator, o.text, o.sentence) for o in wanted.observations
    ]
    if end != "\\n":  # raw text stays as it is
        assert got.to_markdown() == wanted.to_markdown()


@pytest.mark.parametrize("word", ["乾县", "王濛", "毕昇", "於都", "颠覆上层", "甯", "著作", "慰藉", "瞭望"])
def test_words_that_t2s_would_spoil_stay_in_simplified_text(word: str) -> None:
    """Simplified text is never converted."""
    text = f"{word}的同志在会议上介绍了工作情况，与会人员进行了讨论。"
    assert fp.clean(text).text == text


def test_conversion_is_that_of_the_package() -> None:
    """Every dictionary entry, and any mixture of them, converts as opencc-python-reimplemented converts it.

    But for phrases in which some characters are simplified already, which the package does not know (乾县).
    """
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    characters, phrases = (list(_dictionary(f"TS{kind}.txt")) for kind in ("Characters", "Phrases"))
    for key in (*characters, *phrases):
        assert simplify(key) == convert(key)
    rng = Random(5)
    simplified = set(_dictionary("TSPhrases.txt").values()) - {*phrases}
    of_phrases = sorted({char for phrase in phrases for char in phrase})
    for _ in range(100):
        overlapping = (rng.choice(phrases)[rng.randrange(2) :][: rng.randrange(1, 6)] for _ in range(40))
        scattered = rng.choices([*characters, *of_phrases * 4, *" ，\na1简体"], k=200)
        for text in ("".join(overlapping), "".join(scattered), "".join(rng.choices(of_phrases, k=200))):
            assert simplify(text) == convert(text) or any(phrase in text for phrase in simplified)


def test_conversion_works_beside_the_official_opencc(tmp_path: Path) -> None:
    """Another package in a folder of the same name, earlier on the path, that cannot even be imported does no harm."""
    (tmp_path / "opencc").mkdir()
    (tmp_path / "opencc" / "__init__.py").write_text("raise ImportError('no compiled code here')", "utf-8")
    (tmp_path / "opencc" / "dictionary").mkdir()
    code = (
        "import fazhi_parse as fp; print(fp.clean('辦理行政復議案件三十件').text == '办理行政复议案件三十件')"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


def test_conversion_finds_the_dictionaries_without_the_record_of_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bundle that keeps files but no package records works; one without the files says what is missing."""

    def unknown(name: str) -> NoReturn:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", unknown)
    assert _dictionary("TSPhrases.txt")["乾縣"] == "乾县"
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ImportError, match="opencc-python-reimplemented was not found"):
        _dictionary("TSPhrases.txt")


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


DAMAGE = {
    "mojibake": "å\x85¨å¹´å\x8f\x97ç\x90\x86æ¡\x88ä»¶12ä»¶ã\x80\x82",
    "controls": "全年受理\u200b案件12件。",
    "byte_shift": "工作已完成?，F將情況報告。",
    "markup": "<p>全年受理&ldquo;案件&rdquo;12件。</p>",
    "widths": "全年受理案件１２件。",
    "glosses": "監(jiān)管執(zhí)法事項(xiàng)12項。",
    "spaces": "全年受理案件1 2件。",
    "wraps": "我局坚持把法治建设摆在突出位置，主要负责人带头抓部署、抓\n落实，全年主持召开会议5次，研究重大事项21件，法治工作取\n得新进展。",
    "duplicates": "\n".join(
        2 * [f"{n}、全县各级行政机关坚持严格规范公正文明执法，办理案件{n}件。\n" * 1 for n in range(20)]
    ),
    "traditional": "辦理行政復議案件十二件，發放資料。",
}


@pytest.mark.parametrize("name", PASSES)
def test_each_pass_can_be_switched_off(name: str) -> None:
    """What one pass repairs stays as it is when that pass is left out, and only then."""
    raw = DAMAGE[name]
    others = set(PASSES) - {name}
    assert fp.clean(raw, skip=others).text != raw
    assert fp.clean(raw, skip=PASSES).text == raw
    assert fp.clean(raw, skip=PASSES).edits == ()
    codes = [d.code for d in fp.parse(raw).diagnostics]
    assert name == "widths" or f"repaired.{name}" in codes


def test_the_second_copy_of_an_article_goes() -> None:
    """A page with an article for the screen and for print holds it once; the figures are counted once."""
    article = "\n".join(
        f"（{n}）全县各级行政机关坚持严格规范公正文明执法，第{n}季度办理行政处罚案件{n + 10}件。"
        for n in range(1, 13)
    )
    raw = f"首页 > 政务公开\n{article}\n打印本页\n  {article}\n版权所有"
    source = fp.clean(raw)
    assert source.text == f"首页 > 政务公开\n{article}\n打印本页\n  \n版权所有"
    assert len(fp.parse(raw).quantities) == 12
    changed = raw.replace("第9季度办理行政处罚案件19件。\n（10", "第9季度办理行政处罚案件91件。\n（10", 1)
    assert fp.clean(changed).text == changed  # the copies differ in a figure: not for us to choose


def test_a_repeated_paragraph_is_no_second_copy() -> None:
    """Boilerplate that a report repeats stays."""
    same = "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平法治思想。" * 12
    raw = f"一、工作情况\n{same}\n二、下一步打算\n全年受理案件12件。{'健全制度，规范执法。' * 60}\n{same}\n"
    assert fp.clean(raw).text == raw


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        ("text.unreadable", "全年受理案件??????件，办结3件。", (6, 12)),
        ("text.unreadable", "全年受理锟斤拷锟斤拷案件3件。", (4, 10)),
        ("text.unreadable", "全年受理\ufffd\ufffd案件3件，其中\ufffd件。", (4, 14)),
        ("text.bytes_shifted", "工作完成?Ｈ\ue087\ue06f。", (6, 8)),
        ("text.mojibake", "全年受理案件3件，鍏ㄥ勾鍙楃悊锛屾浠剁殑锛�", (7, 22)),
        ("text.masked", "XX县2023年法治政府建设工作报告\nXX县人民政府办理案件××件，培训XXX人。", (0, 39)),
    ],
)
def test_what_cannot_be_repaired_is_flagged_with_its_place(
    code: str, text: str, place: tuple[int, int]
) -> None:
    """A diagnostic says how much of what kind is wrong, with the first and the last raw offset."""
    found = [d for d in fp.parse(text).diagnostics if d.code == code]
    assert [(d.start, d.end) for d in found] == [place]


def test_a_text_that_is_too_damaged_says_so() -> None:
    """A share of lost characters makes a text damaged; one among many does not; a clean one has no flag."""
    sentence = "全县各级行政机关坚持严格规范公正文明执法，办理案件12件。"
    assert "text.damaged" in {d.code for d in fp.parse(sentence + "受理\ufffd\ufffd件。").diagnostics}
    codes = {d.code for d in fp.parse(sentence * 20 + "受理\ufffd\ufffd件。").diagnostics}
    assert "text.unreadable" in codes and "text.damaged" not in codes
    assert not fp.parse(sentence + "到底怎么办??请某某公司、张××与XX公司一起答复。").diagnostics


def test_the_command_shows_each_repair_and_each_doubt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--diff shows repairs in their surroundings, one a line, and on stderr what was only seen; --skip leaves a pass out."""
    file = tmp_path / "a.txt"
    file.write_text(
        "嚴格執法畢?，F將情況報告。辦理&ldquo;案件&rdquo;\u200b１ ２件，受理????件。\r\n", "utf-8"
    )
    assert main(["clean", "--diff", str(file)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "5-8\tbyte_shift\t嚴格執法畢[-?，F-]{+。现+}將情況報告。"
    assert "32-33\tcontrols\trdquo;[-\\u200b-]１ ２件，受" in out
    assert "34-35\tspaces\tquo;\\u200b１[- -]２件，受理?" in out
    assert "text.unreadable: 1 × characters are lost (40-44)" in err
    assert main(["clean", "--skip", "markup", "--skip", "spaces", str(file)]) == 0
    assert "&ldquo;案件&rdquo;1 2件" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["clean", "--skip", "gloss", str(file)])


@pytest.mark.skipif(not SHARED.exists(), reason="development data not present")
def test_seed_glosses() -> None:
    """All 132 glosses of the glossed seed go, and nothing else."""
    raw = next((SHARED / "seeds").glob("001_*.txt")).read_bytes().decode("utf-8")
    source = fp.clean(raw)
    assert [e.reason for e in source.edits] == ["glosses"] * 132


@pytest.mark.skipif(not SHARED.exists(), reason="development data not present")
def test_seeds_are_changed_only_where_they_are_damaged() -> None:
    """The real brackets of the glossed seed stay; the others change in widths and spaces and nothing else."""
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        raw = path.read_bytes().decode("utf-8")
        source = fp.clean(raw)
        if path.name.startswith("001_"):
            assert source.text.count("(") == raw.count("(") - 132
        else:
            assert {edit.reason for edit in source.edits} <= {"spaces"}
            assert "".join(source.text.split()) == "".join(widths(raw).split())
