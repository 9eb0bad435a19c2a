"""What people read in Chinese when they ask for it: messages by their codes, names of all ids."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.labels import LANGUAGES, message_in
from fazhi_parse.loaders import kinds
from support import CASES
from test_docs import _codes_of_the_source, _strings

DATA = Path(fp.__file__).parent / "data"
LABELS = tomllib.loads((DATA / "labels.toml").read_text("utf-8"))
WORDINGS = tomllib.loads((DATA / "messages.toml").read_text("utf-8"))
MESSAGES = tomllib.loads((CASES / "messages.toml").read_text("utf-8"))["case"]


def told(case: dict[str, Any]) -> list[tuple[str, str]]:
    """Codes and messages that a case of the table gives: of a text, of bytes, or of a panel of texts."""
    if "text" in case:
        return [(d.code, d.message) for d in fp.parse(case["text"] * int(case.get("times", 1))).diagnostics]
    if "bytes" in case:
        return [(d.code, d.message) for d in fp.load_bytes(bytes.fromhex(case["bytes"])).diagnostics]
    texts = {name: text for name, text in zip("ab", (case["one"], case.get("other")), strict=True) if text}
    names = {case.get(f"name_{name}", name): text for name, text in texts.items()}
    if case["code"] == "check.years":
        reports = [fp.parse(text) for text in names.values()]
        return [(finding.code, finding.message) for *_, finding in fp.check_years(reports)]
    return [
        (p["code"], p["message"]) for p in fp.panel(fp.parse_many(names), years=case.get("years")).problems
    ]


@pytest.mark.parametrize("case", MESSAGES, ids=[case["zh"] for case in MESSAGES])
def test_messages_in_chinese(case: dict[str, Any]) -> None:
    """Each message as a text brings it about; in English it stays as it is."""
    messages = [message for code, message in told(case) if code == case["code"]]
    assert case["zh"] in [message_in("zh", case["code"], message) for message in messages]
    assert [message_in("en", case["code"], message) for message in messages] == messages


def test_every_code_has_a_wording() -> None:
    """Of its own or of its family; a new one is written into data/messages.toml."""
    families = {code.partition(".")[0] for code in WORDINGS if "." not in code}
    codes = _codes_of_the_source()
    assert {
        code for code in codes if code not in WORDINGS and code.partition(".")[0] not in families
    } == set()
    assert {code for code in WORDINGS if "." in code} <= codes


def test_wordings_fill_in_what_they_are_given() -> None:
    """As many blanks in either language."""
    for code, wordings in WORDINGS.items():
        for english, chinese in wordings.items():
            assert english.count("{") == chinese.count("{"), (code, english)


def test_the_source_says_what_the_table_knows() -> None:
    """Fixed words of each English wording stand in some module or table: none is out of date."""
    strings = [words for path in DATA.parent.rglob("*.py") for words in _strings(path)]
    source = "\n".join([*strings, (DATA / "relations.toml").read_text("utf-8")])
    for wordings in WORDINGS.values():
        for english in wordings:
            longest = max(re.split(r"\{\w*\}|'|×", english), key=len)
            assert longest.strip(" ():") in source, english


def test_kinds_of_files_and_notes_of_relations_have_names() -> None:
    """What a file is instead of a text; why figures may be in order all the same."""
    names = [name for _, name in (*kinds._MAGIC, *kinds._MEMBERS, *kinds._OTHER_TEXT) if name != "docx"]
    for name in names:
        shown = message_in("zh", "input.error", f"not text but {name}")
        assert shown.startswith("不是文字，而是") and name not in shown
    for relation in fp.load_relations():
        assert not relation.note or message_in("zh", "note", relation.note) != relation.note


def test_notes_are_told_behind_the_figures() -> None:
    """Several of them, one of which is the user's own."""
    note = "disputes of the year before may be settled in this one; mine"
    shown = message_in("zh", "check.parts", f"甲 3件 > 乙 2件 ({note})")
    assert shown == "甲 3件 > 乙 2件（上年的纠纷可能在本年调解成功；mine）"


def test_sections_of_the_samples_are_explained_in_chinese(sample: str) -> None:
    """No English word is left: places, roles and dimensions all have names."""
    report = fp.parse(sample)
    for section in report.walk():
        shown = report.explain(section, lang="zh").replace(section.heading, "")
        assert re.search(r"[A-Za-z]{2}", shown) is None, shown


def test_every_label_has_both_languages() -> None:
    """And the same blanks in both."""
    blanks = re.compile(r"\{\w*\}")
    for group in LABELS.values():
        for key, words in group.items():
            assert set(words) == set(LANGUAGES), key
            assert sorted(blanks.findall(words["zh"])) == sorted(blanks.findall(words["en"])), key


def test_every_dimension_has_a_name() -> None:
    """Of headings and of indicators."""
    terms = tomllib.loads((DATA / "dimensions.toml").read_text("utf-8"))["dimension"]
    known = {entry["id"] for entry in terms} | {e.dimension for e in fp.load_catalogue().indicators.values()}
    assert known <= set(LABELS["dimension"])


def test_show_and_check_speak_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All but ids, codes and what the report itself says."""
    file = tmp_path / "a.txt"
    file.write_text(
        "云岫县2023年法治政府建设情况报告\n一、成效\n人民调解组织受理矛盾纠纷300件。调解成功320件。\n三、打算\n力争普法宣传活动近20场次。",
        "utf-8",
    )
    assert main(["show", str(file), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1] == "  地区 云岫县，年份 2023，发布单位 ?"
    assert "三、打算  [计划]" in shown and any("至多 20 场次 (计划)" in line for line in shown)
    assert "3 个指标值；3 个数字，其中 0 个没有指标" in shown
    assert "  heading.gap：“三、”的前一个序号是 1" in shown
    out = tmp_path / "list.csv"
    assert main(["check", str(file), "--lang", "zh", "-o", str(out)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].startswith("  提醒 check.parts：") and shown[2].startswith("    但上年的纠纷可能")
    assert "已读取 1 份报告，0 个错误，1 个提醒" in shown
    assert "上年的纠纷可能" in out.read_text("utf-8-sig")


def test_the_view_and_the_workbook_tell_doubts_in_chinese(tmp_path: Path) -> None:
    """Where they are asked for in Chinese."""
    openpyxl = pytest.importorskip("openpyxl")
    text = "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件。受理行政复议案件8件。\n三、打算"
    assert "“三、”的前一个序号是 1" in fp.parse(text).to_html(lang="zh")
    assert "follows number 1" in fp.parse(text).to_html().replace("&#x27;", "'")
    results = list(fp.parse_many({"a": text, "b": b"\x89PNG"}))
    made = fp.panel(results)
    for lang, (doubt, conflict) in {
        "zh": ("“三、”的前一个序号是 1", "报告中有不同的数值"),
        "en": ("'三、' follows number 1", "the report states different values"),
    }.items():
        fp.export(results, tmp_path / "a.xlsx", lang=lang)
        made.write(tmp_path / "b.xlsx", lang=lang)
        for name, wanted in (("a.xlsx", doubt), ("b.xlsx", conflict)):
            sheet = openpyxl.load_workbook(tmp_path / name)["问题" if lang == "zh" else "Problems"]
            assert any(str(cell.value).startswith(wanted) for row in sheet.rows for cell in row)
