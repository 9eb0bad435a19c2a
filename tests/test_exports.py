"""Tables in files: what the programs that people use read back."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow.parquet
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.exports import ENDINGS
from fazhi_parse.exports.stata import stata_names
from fazhi_parse.tables import columns, document_rows

TEXT = "云岫县2023年法治政府建设情况报告\n一、主要成效\n受理行政复议案件60余件。未发生败诉案件。\n三、其他\n甲乙丙。"
HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1",
    "at": "@SUM(A1)",
    "wide": "＝1+1",
    "indented": " \n=1+1",
    "tab": "\t甲",
    "nul": "a\x00b",
    "long": "字" * 40_000,
    "emoji": "😀" * 20_000,
    "half": "x\ud800y",
    "line ends": 'a,"b"\r\nc\x85d\u2028e',
    "link": "https://example.org/",
    "escape": "_x0041_",
    "no character": "a\ufffeb",
}


@pytest.fixture
def documents() -> list[dict[str, Any]]:
    """Rows of a report, an empty text, an unreadable input; and hostile text in place of sentences and messages."""
    catalogue = fp.load_catalogue()
    found = [dict(row) for row in document_rows(fp.parse_many({"甲": TEXT, "空": "", "坏": None}), catalogue)]
    pattern = found[0]["observations"][0]
    for name, text in HOSTILE.items():
        found[0]["observations"].append(pattern | {"sentence": text, "text": name, "value": "-2.5"})
        found[0]["problems"].append(dict.fromkeys(found[2]["problems"][0]) | {"code": "x", "message": text})
    found[0]["observations"][1] |= {"value": "2/3", "year": None}
    found[0]["problems"].append(
        dict.fromkeys(found[2]["problems"][0]) | {"code": "repaired.y", "message": "m"}
    )
    return found


def read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def read_xlsx(path: Path) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    names = {c.zh: c.name for c in columns("observation")}
    return [dict(zip([names[str(label)] for label in head], row, strict=True)) for row in rows]


def read_pandas(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    return [dict(row) for row in frame.to_dict("records")]


READERS: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".xlsx": read_xlsx,
    ".parquet": lambda path: pyarrow.parquet.read_table(path).to_pylist(),
    ".dta": lambda path: read_pandas(pandas.read_stata(path)),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_value_is_read_back(tmp_path: Path, documents: list[dict[str, Any]], ending: str) -> None:
    """Numbers, text, flags and gaps, with the library that people read this kind of file with."""
    path = tmp_path / f"values{ending}"
    assert fp.export(iter(documents), path) == 2 + len(HOSTILE)
    first = path.read_bytes()
    first_row, zero, *others = READERS[ending](path)
    assert list(first_row) == [c.name for c in columns("observation")]
    assert (first_row["document"], first_row["region"], first_row["name"]) == (
        "甲",
        "云岫县",
        "受理行政复议案件",
    )
    assert (
        float(first_row["value"]) == 60 and first_row["approx"] == "above" and int(first_row["year"]) == 2023
    )
    assert first_row["implied"] in (False, "False", 0.0) and zero["implied"] in (True, "True", 1.0)
    assert zero["year"] in (None, "") or zero["year"] != zero["year"]
    assert zero["value"] == "2/3" if ending == ".jsonl" else abs(float(zero["value"]) - 2 / 3) < 1e-9
    assert [row["text"] for row in others] == list(HOSTILE)
    assert {float(row["value"]) for row in others} == {-2.5}
    fp.export(documents, path)
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path, documents: list[dict[str, Any]]) -> None:
    """An apostrophe marks text that a spreadsheet would run; a row stays in its line; numbers stay numbers."""
    path = tmp_path / "values.csv"
    fp.export(documents, path)
    found = {row["text"]: row["sentence"] for row in read_csv(path)}
    assert found["formula"] == "'" + HOSTILE["formula"] and found["indented"] == "'  =1+1"
    assert (
        found["plus"] == "'+1"
        and found["at"] == "'@SUM(A1)"
        and found["wide"] == "'＝1+1"
        and found["tab"] == "'\t甲"
    )
    assert found["nul"] == "a␀b" and found["half"] == "x\\ud800y"
    assert found["line ends"] == 'a,"b" c d e'
    assert len(path.read_text("utf-8-sig").splitlines()) == 3 + len(HOSTILE)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_workbook_runs_nothing_and_holds_all_sheets(
    tmp_path: Path, documents: list[dict[str, Any]]
) -> None:
    """Text is text, whatever it begins with; a cell that is too long ends in a mark; unreadable inputs are told."""
    path = tmp_path / "values.xlsx"
    fp.export(documents, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["指标", "变量说明", "问题", "文件"]
    values = book["指标"]
    assert values.freeze_panes == "A2" and values.auto_filter.ref == f"A1:U{3 + len(HOSTILE)}"
    assert {cell.data_type for row in values.iter_rows() for cell in row} <= {"s", "n", "b", "inlineStr"}
    assert not any(cell.hyperlink for row in values.iter_rows() for cell in row)
    at = [c.name for c in columns("observation")]
    found = {row[at.index("text")]: row[at.index("sentence")] for row in values.iter_rows(values_only=True)}
    assert found["formula"] == HOSTILE["formula"] and found["link"] == HOSTILE["link"]
    assert found["nul"] == "a␀b" and found["half"] == "x\\ud800y"
    assert found["escape"] == "_x005F_x0041_"  # as it stands in the file; Excel reads _x0041_
    assert found["long"] == HOSTILE["long"][: 32_767 - 6] + "…[cut]"
    assert (
        str(found["emoji"]).endswith("😀…[cut]")
        and len(str(found["emoji"]).encode("utf-16-le")) <= 2 * 32_767
    )
    problems = [row[3] for row in book["问题"].iter_rows(min_row=2, values_only=True)]
    assert "input.error" in problems and "repaired.y" not in problems
    files = [row[:2] for row in book["文件"].iter_rows(min_row=2, values_only=True)]
    assert files == [("甲", "ok"), ("空", "empty"), ("坏", "error")]
    meanings = {row[0]: row for row in book["变量说明"].iter_rows(min_row=2, values_only=True)}
    assert meanings["litigation.lost"][3] == "件" and meanings["value_max"][1] == "数值上限"


def test_a_sheet_that_is_full_is_told(
    tmp_path: Path, documents: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than Excel opens are refused with another way; nothing is left behind."""
    monkeypatch.setattr(sys.modules["fazhi_parse.exports.workbook"], "ROWS", 5)
    with pytest.raises(fp.FazhiError, match=r"1,048,576|holds 5 rows.*\.parquet"):
        fp.export(documents, tmp_path / "values.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_stata_gets_labels_and_long_text(tmp_path: Path, documents: list[dict[str, Any]]) -> None:
    """Version 118, Chinese labels, text beyond 2,045 bytes, missing numbers."""
    path = tmp_path / "values.dta"
    fp.export(documents, path)
    assert b"<release>118</release>" in path.read_bytes()[:64]
    frame, meta = pyreadstat.read_dta(path)
    assert meta.column_names_to_labels["value"] == "数值" and meta.column_names == [
        c.name for c in columns("observation")
    ]
    found = dict(zip(frame["text"], frame["sentence"], strict=True))
    assert (
        found["long"] == HOSTILE["long"] and found["nul"] == "a␀b" and found["formula"] == HOSTILE["formula"]
    )
    fp.export(documents, path, lang="en")
    assert pyreadstat.read_dta(path)[1].column_names_to_labels["unit"] == "Unit of the value"


def test_stata_names_are_short_and_differ() -> None:
    """Ids of the catalogue keep their names with _; long, Chinese and reserved ones get a hash."""
    ids = [*fp.load_catalogue().indicators, "a" * 40, "a" * 41, "调解.茶馆", "_all", "1st", "a.b", "a_b"]
    names = stata_names(ids)
    assert len(set(names.values())) == len(ids)
    assert all(name.isascii() and len(name) <= 32 and name.isidentifier() for name in names.values())
    assert names["reconsideration.accepted"] == "reconsideration_accepted"
    assert names["reconsideration.correction_rate"] == "reconsid_corr_rate"
    hashed = [id for id, name in names.items() if re.search("_[0-9a-f]{6}$", name)]
    assert hashed == ["a" * 40, "a" * 41, "调解.茶馆", "_all", "1st", "a.b"]


@pytest.mark.parametrize("table", ["observation", "document", "problem"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_table_goes_to_every_kind_of_file(
    tmp_path: Path, documents: list[dict[str, Any]], table: str, ending: str
) -> None:
    """Also where there is nothing to write."""
    path = tmp_path / f"rows{ending}"
    wanted = {"observation": 2 + len(HOSTILE), "document": 3}
    count = fp.export(documents, path, table)
    assert count == wanted.get(table, count) and count > 0
    assert fp.export([], path, table) == 0


def test_frames_have_types(documents: list[dict[str, Any]]) -> None:
    """pandas, polars and Arrow: numbers are floats, whole numbers may be missing, text is text."""
    in_pandas = fp.to_frame(documents)
    assert str(in_pandas["value"].dtype) == "float64" and str(in_pandas["year"].dtype) == "Int64"
    assert str(in_pandas["implied"].dtype) == "boolean" and in_pandas["year"].isna().sum() == 1
    in_polars = fp.to_frame(documents, library="polars")
    assert in_polars.schema["value"] == polars.Float64 and in_polars.schema["year"] == polars.Int64
    in_arrow = fp.to_frame(documents, library="arrow")
    assert str(in_arrow.schema.field("value").type) == "double"
    assert in_polars["value"].to_list() == in_arrow["value"].to_pylist() == list(in_pandas["value"])
    assert in_polars["sentence"].to_list() == in_arrow["sentence"].to_pylist()
    assert polars.from_arrow(in_arrow).equals(in_polars)
    assert len(fp.to_frame([], "document")) == 0


def test_records_are_exact(documents: list[dict[str, Any]]) -> None:
    """Values stay the decimal strings that they are."""
    records = fp.to_records(documents)
    assert [record["value"] for record in records[:3]] == ["60", "2/3", "-2.5"]
    assert [record["status"] for record in fp.to_records(documents, "document")] == ["ok", "empty", "error"]


HOSTILE_TEXT = st.text(
    st.sampled_from("=+-@＝\t\r\n \x00\x07\x0b\u2028\ud800\ufffe😀甲1,\"'|;_x"), max_size=12
)


@given(texts=st.lists(HOSTILE_TEXT | st.text(max_size=12), max_size=5))
def test_any_text_stays_one_cell(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """In a CSV no cell begins as a formula does, and there are as many rows as texts; in a workbook all is text."""
    folder = tmp_path_factory.mktemp("text")
    row = dict.fromkeys((c.name for c in columns("problem")), None)
    documents = [{"observations": [], "problems": [row | {"code": "c", "message": text} for text in texts]}]
    assert fp.export(documents, folder / "a.csv", "problem") == len(texts)
    cells = [entry["message"] for entry in read_csv(folder / "a.csv")]
    assert len(cells) == len(texts) == (folder / "a.csv").read_bytes().count(b"\r\n") - 1
    for cell in cells:
        assert not cell.lstrip().startswith(tuple("=+@＝")) and not cell.startswith("\t")
        assert not cell.lstrip().startswith("-") or re.fullmatch(r"-\d+", cell)
        assert not set(cell) & set("\x00\x07\x0b\n\r\u2028")
    assert fp.export(documents, folder / "a.xlsx", "problem") == len(texts)
    sheet = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0]
    found = [r[4].value or "" for r in sheet.iter_rows(min_row=2)]
    assert len(found) == len(texts) and {r[4].data_type for r in sheet.iter_rows(min_row=2)} <= {
        "s",
        "n",
        "inlineStr",
    }


def test_wrong_calls_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Table, language, ending, library and documents that there are none of; extras that are missing."""
    for call in (
        lambda: fp.export([], tmp_path / "a.csv", "sentence"),
        lambda: fp.export([], tmp_path / "a.csv", lang="fr"),
        lambda: fp.export([], tmp_path / "a.sav"),
        lambda: fp.to_frame([], library="numpy"),
    ):
        with pytest.raises(ValueError, match=r"is one of|is zh or en|must be one of"):
            call()
    with pytest.raises(TypeError, match="documents are results"):
        fp.export([TEXT], tmp_path / "a.csv")  # type: ignore[list-item]
    with pytest.raises(IsADirectoryError):
        fp.export([], _folder(tmp_path / "a.csv"))
    for module, name in (("xlsxwriter", "b.xlsx"), ("pyarrow.parquet", "b.parquet"), ("pyreadstat", "b.dta")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(fp.MissingExtra, match=module.partition(".")[0]):
            fp.export([], tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
