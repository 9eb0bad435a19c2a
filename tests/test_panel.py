"""Panels: what each cell is, and what the files hold."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.panels import STATES
from fazhi_parse.panels.cells import cell_of
from fazhi_parse.panels.units import in_name
from fazhi_parse.shards import read_documents, write_documents
from fazhi_parse.tables import columns
from support import CASES

PANELS: list[dict[str, Any]] = tomllib.loads((CASES / "panel.toml").read_text("utf-8"))["case"]
_SAYS = re.compile(r"(\S+) ([\d.]+?)(?:\.\.([\d.]+))?( [><~])?( zero)?( [%元])?(?: (\d{4}) (\w+))? \| (.*)")
_SIGNS = {">": "above", "<": "below", "~": "about", "": ""}


def document(file: str, **given: Any) -> dict[str, Any]:
    """A document's row out of a line of a case."""
    row = dict.fromkeys((c.name for c in columns("document")), None) | {"document": file, "observations": []}
    row |= {"status": given.get("status", "ok"), "error": given.get("error", "")}
    row |= {"region": given.get("place"), "report_year": given.get("year")}
    row |= {key: given.get(key) for key in ("title", "issuer", "figures")}
    row["problems"] = [
        dict.fromkeys(c.name for c in columns("problem")) | {"code": code} for code in given.get("doubts", ())
    ]
    starts: dict[str, int] = {}
    for said in given.get("says", ()):
        row["observations"].append(observation(row, said, starts))
    return row


def observation(row: dict[str, Any], said: str, starts: dict[str, int]) -> dict[str, Any]:
    """A row of the observation table: the sentence gives the words and where they stand."""
    match = _SAYS.fullmatch(said)
    assert match is not None, said
    id, value, high, sign, zero, unit, year, status, marked = match.groups()
    sentence = re.sub("[【】]", "", marked).strip()
    base = starts.setdefault(sentence, 1000 * len(starts))
    start = base + marked.index("【")
    text = marked[marked.index("【") + 1 : marked.index("】")]
    return dict.fromkeys((c.name for c in columns("observation")), None) | {
        "document": row["document"],
        "region": row["region"],
        "report_year": row["report_year"],
        "indicator": id,
        "value": value,
        "value_max": high,
        "unit": (unit or " 件").strip(),
        "approx": _SIGNS[(sign or "").strip()],
        "year": (int(year) or None) if year else row["report_year"],
        "status": status or "actual",
        "implied": zero is not None,
        "text": text,
        "start": start,
        "end": start + len(text),
        "sentence": sentence,
    }


def cells(panel: fp.Panel) -> dict[str, str]:
    """The cells in the words of the cases."""
    result: dict[str, str] = {}
    for row in panel.rows:
        who = f"{row.place}/{row.department}" if row.department else row.place
        for entry in panel.indicators:
            cell = row.cell(entry.id)
            value = "" if cell.value is None else f" {cell.value}"
            high = "" if cell.value_max is None else f"..{cell.value_max}"
            result[f"{who} {row.year} {entry.id}"] = cell.state + value + high
    return result


@pytest.mark.parametrize("case", PANELS, ids=lambda case: case["name"])
@pytest.mark.parametrize("backwards", [False, True], ids=["", "backwards"])
def test_cases(case: dict[str, Any], backwards: bool) -> None:
    """Each cell is what the case says, whatever the order of the documents; all that was decided is told."""
    documents = [document(**entry) for entry in case["documents"]]
    made = fp.panel(reversed(documents) if backwards else documents)
    found = cells(made)
    assert {key: found.get(key) for key in case["cells"]} == case["cells"]
    assert sorted({problem["code"] for problem in made.problems}) == sorted(case.get("problems", []))
    for problem in made.problems:
        assert problem["message"] and list(problem) == [c.name for c in columns("panel_problem")]


@pytest.fixture
def made() -> fp.Panel:
    """A panel with a cell of each state."""
    return fp.panel(
        [
            document(
                "a", place="云岫县", year=2022, says=["publicity.materials 350 > | 发放资料【350余份】"]
            ),
            document(
                "b",
                place="云岫县",
                year=2023,
                says=[
                    "courtgov.meetings 2 | 召开联席会议【2次】",
                    "courtgov.meetings 3 | 召开联席会议【3次】",
                    "litigation.lost 0 zero | 【未发生败诉案件】",
                    "litigation.cases 0 | 应诉案件【0件】",
                    "reconsideration.accepted 12.5 | =cmd|受理【12.5件】",
                    "调解.茶馆 3..4 | 设【三四个】",
                ],
            ),
            document("沣阳市2023.pdf", status="no_text", error="no text, 12 pictures"),
        ]
    )


def test_a_panel_tells_what_it_holds(made: fp.Panel) -> None:
    """In one line; every state occurs; each row names its documents."""
    assert repr(made) == (
        "<Panel: 3 rows (2 places, 2022 to 2023), 6 indicators, 5 of 18 cells with a value, 1 in conflict, 6 unreadable, "
        "2 problems>"
    )
    assert {row.cell(entry.id).state for row in made.rows for entry in made.indicators} == set(STATES)
    assert [row.documents for row in made.rows] == [("a",), ("b",), ("沣阳市2023.pdf",)]
    assert [row.panel_id for row in made.rows] == [1, 1, 2] and not made.complete
    assert repr(fp.panel([])).startswith("<Panel: 0 rows (0 places), 0 indicators")


def test_columns_stand_in_the_order_of_the_catalogue(made: fp.Panel) -> None:
    """Indicators that no catalogue knows come last; those that do not occur only where they are wanted."""
    order = list(fp.load_catalogue().indicators)
    ids = [entry.id for entry in made.indicators]
    assert ids[-1] == "调解.茶馆" and ids[:-1] == sorted(ids[:-1], key=order.index)
    documents = [document("a", place="云岫县", year=2022, says=["litigation.lost 3 | 败诉【3件】"])]
    assert len(fp.panel(documents, all_indicators=True).indicators) == len(order)
    core = fp.panel(documents, tier="core", all_indicators=True).indicators
    assert 0 < len(core) < len(order) and {entry.tier for entry in core} == {"core"}
    chosen = fp.panel(documents, indicators=["litigation.cases", "litigation.lost"])
    assert len(chosen.indicators) == 2
    assert fp.panel(documents, indicators="litigation.lost") == fp.panel(
        documents, indicators=["litigation.lost"]
    )
    with pytest.raises(ValueError, match=r"did you mean 'litigation\.lost'"):
        fp.panel(documents, indicators=["litigation.lots"])
    with pytest.raises(ValueError, match="core or extended"):
        fp.panel(documents, tier="all")


def test_what_extractors_find_can_be_chosen() -> None:
    """Their ids are in no catalogue: one that occurs in any document is known, also where its column stays empty."""
    documents = [
        document(
            "a",
            place="云岫县",
            year=2022,
            says=["调解.茶馆 3 | 设【3个】", "litigation.lost 3 | 败诉【3件】"],
        ),
        document("b", place="云岫县", year=2023, says=["litigation.lost 4 | 败诉【4件】"]),
    ]
    made = fp.panel(iter(documents), indicators=["调解.茶馆"])
    assert cells(made) == {"云岫县 2022 调解.茶馆": "value 3", "云岫县 2023 调解.茶馆": "not_reported"}
    assert fp.panel(documents, indicators=["调解.茶馆"], years=[2023]).rows[0].cells == {}
    for tier in (None, "core"):
        with pytest.raises(
            ValueError, match=r"no indicator '调解\.茶楼' in the catalogue or in the documents"
        ):
            fp.panel(documents, indicators=["调解.茶楼"], tier=tier)


OWN = """
[[indicator]]
id = "own.tea_talks"
name = { zh = "茶话会" }
unit = "场"
aggregate = "sum"
tier = "core"
rules = [{ left = '茶话会$' }]
"""


def test_rules_of_ones_own_need_their_catalogue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it nobody knows that their figures are added up; that is told once, of a run on the command line, too."""
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    parser = fp.Parser(rules=[tmp_path / "own.toml"])
    text = "云岫县2023年法治政府建设情况报告\n一、成效\n召开茶话会12场。\n二、普法\n乡镇召开茶话会130场。"
    run = fp.parse_into(tmp_path / "run", {"a": text, "b": text.replace("云岫", "沣阳")}, parser=parser)
    known = fp.panel(run, catalogue=parser.catalogue, tier="core")
    assert {row.cell("own.tea_talks").value for row in known.rows} == {"142"}
    assert {problem["code"] for problem in known.problems} == {"panel.added"}
    for tier in (None, "core"):
        told = [
            problem for problem in fp.panel(run, tier=tier).problems if problem["code"] == "panel.undefined"
        ]
        assert [(problem["indicator"], problem["documents"]) for problem in told] == [("own.tea_talks", "a")]
        assert "catalogue=parser.catalogue" in told[0]["message"]
    assert main(["panel", str(tmp_path / "run"), "-o", str(tmp_path / "panel.csv")]) == 0
    assert "panel.undefined" in capsys.readouterr().out


def test_years_and_names_are_chosen() -> None:
    """Only the years asked for, which is told where there are none; a name is read as another one."""
    documents = [
        document("a", place="河西省云岫县", year=2022, says=["litigation.lost 3 | 败诉【3件】"]),
        document("b", place="云岫县", year=2023, says=["litigation.lost 4 | 败诉【4件】"]),
    ]
    joined = fp.panel(documents, places={"河西省云岫县": "云岫县"})
    assert [(row.place, row.year, row.panel_id) for row in joined.rows] == [
        ("云岫县", 2022, 1),
        ("云岫县", 2023, 1),
    ]
    assert joined.problems == ()
    documents.append(document("云岫县2019.pdf", status="no_text"))
    chosen = fp.panel(documents, years=range(2023, 2030), places={"河西省云岫县": "云岫县"})
    assert [row.year for row in chosen.rows] == [2023] and chosen.complete and len(chosen.inputs) == 3
    assert (
        fp.panel(documents, years=iter(pandas.Series([2023]))).rows == fp.panel(documents, years=[2023]).rows
    )
    none = fp.panel(documents, years=[1999])
    assert [problem["code"] for problem in none.problems] == ["panel.other_years"]
    assert none.problems[0]["message"].endswith("2019, 2022, 2023")
    for wrong in ("2021-2023", 2023, ["2023"]):
        with pytest.raises(ValueError, match=r"years are whole numbers, range\(2021"):
            fp.panel(documents, years=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "year", "missing"),
    [("云岫县", None, "year"), (None, 2023, "place"), (None, None, "place and year")],
)
def test_what_a_document_does_not_tell_is_named(place: str | None, year: int | None, missing: str) -> None:
    """Of one that is not in the panel: the place, the year or both."""
    (problem,) = fp.panel([document("a", place=place, year=year)]).problems
    assert problem["code"] == "panel.unplaced" and f"tell the {missing};" in problem["message"]
    assert problem["place"] == (place or "")


def test_a_workbook_shows_values_states_and_problems(made: fp.Panel, tmp_path: Path) -> None:
    """Numbers are numbers, cells without a value are coloured by state, labels are Chinese or names."""
    assert made.write(tmp_path / "panel.xlsx") == (tmp_path / "panel.xlsx",)
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx")
    assert book.sheetnames == ["指标", "状态", "变量说明", "问题", "文件"]
    head = [cell.value for cell in book["指标"][1]]
    assert head[:3] == ["地区", "部门", "年份"] and "受理行政复议案件（件）" in head
    at = head.index("受理行政复议案件（件）") + 1
    assert book["指标"].cell(3, at).value == 12.5 and book["状态"].cell(3, at).value == "value"
    assert book["指标"].cell(2, at).value is None and book["状态"].cell(2, at).value == "not_reported"
    colours = {book["指标"].cell(row, at).fill.start_color.rgb for row in (2, 3, 4)}
    assert len(colours) == 3
    assert {row[4] for row in book["问题"].iter_rows(min_row=2, values_only=True)} == {
        "panel.conflict",
        "input.no_text",
    }
    assert book["文件"].max_row == 4
    made.write(tmp_path / "panel.xlsx", lang="en")
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx")
    assert book.sheetnames[0] == "Values" and book["Values"].cell(1, 1).value == "place"
    made.write(tmp_path / "panel.xlsx", form="long")
    assert openpyxl.load_workbook(tmp_path / "panel.xlsx")["指标"].max_row == 1 + 18


def test_stata_tells_missing_values_apart(made: fp.Panel, tmp_path: Path) -> None:
    """.a not reported, .b conflict, .c unreadable; two zeros are two zeros; names are short, labels Chinese."""
    files = made.write(tmp_path / "panel.dta")
    assert [file.name for file in files] == [
        "panel.dta",
        "panel-states.dta",
        "panel-problems.csv",
        "panel-variables.csv",
    ]
    with pandas.io.stata.StataReader(files[0], convert_missing=True) as reader:
        frame = reader.read(convert_categoricals=False)
        labels = reader.variable_labels()
    assert frame["reconsideration_accepted"].astype(str).tolist() == [".a", "12.5", ".c"]
    assert frame["courtgov_meetings"].astype(str).tolist() == [".a", ".b", ".c"]
    assert frame["litigation_lost"].astype(str).tolist() == [".a", "0.0", ".c"]
    assert labels["reconsideration_accepted"] == "受理行政复议案件（件）"
    _, meta = pyreadstat.read_dta(files[0], user_missing=True)
    assert meta.variable_value_labels["courtgov_meetings"] == {
        "a": "未报告",
        "b": "数据矛盾",
        "c": "无法读取",
    }
    plain = pandas.read_stata(files[0], convert_categoricals=False)
    assert plain["panel_id"].tolist() == [1, 1, 2] and plain["year"].tolist() == [2022, 2023, 2023]
    with files[3].open(encoding="utf-8-sig", newline="") as file:
        names = {row["id"]: row["stata"] for row in csv.DictReader(file)}
    assert set(plain.columns) == set(names.values())
    states = pandas.read_stata(files[1])
    assert states["litigation_lost"].tolist() == ["not_reported", "stated_zero", "unreadable"]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl"])
def test_values_and_states_are_two_files(made: fp.Panel, tmp_path: Path, ending: str) -> None:
    """The same rows and columns; what has no value is empty in one and explained in the other."""
    path = tmp_path / f"panel{ending}"
    values, states, *_ = made.write(path)
    read: Any = {".csv": polars.read_csv, ".parquet": polars.read_parquet, ".jsonl": polars.read_ndjson}[
        ending
    ]
    one, other = read(values), read(states)
    assert one.columns == other.columns and one.shape == (3, 13)
    assert [float(v) if v is not None else v for v in one["reconsideration.accepted"]] == [None, 12.5, None]
    assert other["reconsideration.accepted"].to_list() == ["not_reported", "value", "unreadable"]
    assert sorted(file.suffix for file in tmp_path.iterdir()) == sorted([ending, ending, ".csv", ".csv"])
    first = path.read_bytes()
    made.write(path)
    assert path.read_bytes() == first


def test_the_long_form_has_a_row_a_cell(made: fp.Panel, tmp_path: Path) -> None:
    """With words, document and offsets behind each; the same as frame and as file."""
    long = made.to_frame("long")
    assert len(long) == 18 and set(long["state"]) == set(STATES)
    row = long[(long["indicator"] == "reconsideration.accepted") & (long["state"] == "value")].iloc[0]
    assert (row["document"], row["text"], row["value"]) == ("b", "12.5件", 12.5)
    assert row["end"] - row["start"] == len(row["text"])
    high = long.loc[long["indicator"] == "调解.茶馆", "value_max"].dropna()
    assert high.tolist() == [4.0]
    made.write(tmp_path / "long.parquet", "long")
    assert polars.read_parquet(tmp_path / "long.parquet").equals(made.to_frame("long", library="polars"))
    assert made.to_frame().shape == made.to_frame("states").shape == (3, 13)
    assert made.to_frame(library="arrow").num_rows == 3


def test_wrong_calls_are_told(made: fp.Panel, tmp_path: Path) -> None:
    """Form, language and ending that there are none of; nothing is written."""
    for name, form, lang in (("a.csv", "wide", "zh"), ("a.csv", "values", "fr"), ("a.sav", "values", "zh")):
        with pytest.raises(ValueError, match=r"form is|lang is|ending must be"):
            made.write(tmp_path / name, form, lang=lang)
    with pytest.raises(ValueError, match="form is one of"):
        made.to_frame("wide")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "place", "year"),
    [
        ("甲县2023.txt", "甲县", 2023),
        ("2023_甲县.docx", "甲县", 2023),
        ("甲县_2023年度报告.html", "甲县", 2023),
        ("报告/云岫县/2021.pdf", "云岫县", 2021),
        ("2021/云岫县人民政府.pdf", "云岫县", 2021),
        ("河西省云岫县青石镇2020年法治政府建设情况.docx", "河西省云岫县青石镇", 2020),
        ("C:\\报告\\云岫县2022年度.txt", "云岫县", 2022),
        ("云岫县2019-2023.txt", "云岫县", None),
        ("20230118.txt", "", None),
        ("全县2023.txt", "", 2023),
        ("scan0012.pdf", "", None),
        ("", "", None),
    ],
)
def test_names_of_files_tell_place_and_year(name: str, place: str, year: int | None) -> None:
    """Only where they are sure: one year, a name that ends as names of places do."""
    assert in_name(name) == (place, year)


FIGURES = st.lists(
    st.tuples(st.integers(0, 5000), st.sampled_from(["", "above", "below", "about"]), st.integers(0, 3)),
    min_size=1,
)


@given(figures=FIGURES, aggregate=st.sampled_from(["sum", "single"]))
def test_a_cell_is_never_more_than_all_figures(figures: list[tuple[int, str, int]], aggregate: str) -> None:
    """Whatever is said: no order of the figures changes the cell; its value lies between the least and the sum."""
    sentences = ["全年共发放%s份", "宣传周发放%s份", "共发放%s份，其中乙", "发放%s份"]
    records = [
        {
            "document": "a", "value": str(value), "value_max": None, "approx": approx, "unit": "份", "implied": False,
            "text": f"{value}份", "start": 100 * at, "end": 100 * at + 5, "sentence": sentences[kind] % value,
        }
        for at, (value, approx, kind) in enumerate(figures)
    ]  # fmt: skip
    cell = cell_of(records, aggregate)
    assert cell == cell_of(records[::-1], aggregate)
    values = [value for value, _, _ in figures]
    assert cell.state in STATES[:4] or (cell.state == "conflict" and cell.value is None and cell.note)
    if cell.value is not None:
        assert min(values) <= int(cell.value) <= sum(values)
    if len(set(figures)) == 1 and aggregate == "single":
        assert cell.value == str(values[0])


# -- the command -------------------------------------------------------------------------------


def run(*arguments: str | Path) -> int:
    """The command with its arguments."""
    return main(["panel", *map(str, arguments)])


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    """A file of documents' rows."""
    path = tmp_path / "rows.jsonl"
    says = ["litigation.lost 3 | 败诉【3件】", "reconsideration.accepted 5 | 受理行政复议案件【5件】"]
    write_documents(
        path, [document(f"云岫县{year}", place="云岫县", year=year, says=says) for year in range(2019, 2023)]
    )
    return path


@pytest.mark.parametrize("ending", [".xlsx", ".dta", ".csv", ".parquet", ".jsonl"])
def test_the_command_writes_every_kind(shard: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what the panel holds and which files were written; 0 where every input is in it."""
    out = shard.with_name(f"panel{ending}")
    assert run(shard, "-o", out, "--indicator", "litigation.lost", "--years", "2020-2021,2022") == 0
    said = capsys.readouterr().out
    assert "3 rows (1 place, 2020 to 2022), 1 indicator, 3 of 3 cells with a value" in said
    assert str(out) in said and out.exists()


def test_the_command_reads_parquet_and_knows_options(shard: Path) -> None:
    """Names joined, tiers, all indicators, long form, labels."""
    write_documents(shard.with_suffix(".parquet"), read_documents(shard))
    out = shard.with_name("panel.csv")
    more = ("--tier", "core", "--all-indicators", "--place", "云岫县=河西省云岫县", "--lang", "en")
    assert run(shard.with_suffix(".parquet"), "-o", out, *more) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 and rows[0]["place"] == "河西省云岫县" and len(rows[0]) > 60
    assert run(shard, "-o", out, "--form", "long") == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 8


def test_the_command_tells_what_is_not_in_the_panel(shard: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1 where an input could not be read or placed; conflicts alone are no failure."""
    says = ["litigation.lost 3 | 败诉【3件】", "litigation.lost 4 | 败诉【4件】"]
    write_documents(shard, [document("a", place="云岫县", year=2023, says=says)])
    assert run(shard, "-o", shard.with_name("panel.csv")) == 0
    assert re.search(r"panel\.conflict +1", capsys.readouterr().out)
    write_documents(shard, [document("a", place="云岫县", says=says)])
    assert run(shard, "-o", shard.with_name("panel.csv")) == 1
    write_documents(shard, [document("云岫县2023", status="error", error="not a PDF file")])
    assert run(shard, "-o", shard.with_name("panel.csv")) == 1


def test_wrong_use_of_the_command(shard: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2, with what is wrong and no file written."""
    values = tmp_path / "values.jsonl"
    values.write_text('{"document": "a", "indicator": "b"}\n', "utf-8")
    before = sorted(tmp_path.iterdir())
    for arguments, message in (
        ((shard, "-o", tmp_path / "panel.sav"), "the ending must be"),
        ((shard, "-o", tmp_path / "no" / "panel.csv"), "there is no folder"),
        ((tmp_path / "no.jsonl", "-o", tmp_path / "panel.csv"), "cannot read"),
        ((tmp_path / "rows.txt", "-o", tmp_path / "panel.csv"), "no such file or folder"),
        ((tmp_path / "values.csv", "-o", tmp_path / "panel.csv"), "give the reports, or a run"),
        ((values, "-o", tmp_path / "panel.csv"), "give the reports, or a run"),
        ((shard, "-o", tmp_path / "panel.csv", "--indicator", "litigation.lots"), "did you mean"),
    ):
        assert run(*arguments) == 2
        assert message in capsys.readouterr().err
    for arguments, message in (
        ((shard, "-o", "p.csv", "--years", "23"), "no year"),
        ((shard, "-o", "p.csv", "--years", "2023-2019"), "no year"),
        ((shard, "-o", "p.csv", "--place", "云岫县"), "NAME=OTHER"),
    ):
        with pytest.raises(SystemExit) as stop:
            run(*arguments)
        assert stop.value.code == 2 and message in capsys.readouterr().err
    shard.write_text("", "utf-8")
    assert run(shard, "-o", tmp_path / "panel.csv") == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [("发放普法资料5230份", ("value", "5230")), ("发放普法资料3000份", ("conflict", None))],
)
def test_a_sentence_that_stands_twice_is_not_added_to_itself(
    sentence: str, wanted: tuple[str, str | None]
) -> None:
    """Word for word as in the summary, it is said again like one in other words; figures of one sentence are several."""
    text = f"云岫县2023年法治政府建设情况报告\n一、总体情况\n{sentence}。\n二、普法工作\n{sentence}。"
    (row,) = fp.panel(fp.parse_many({"a": text})).records("long")
    assert (row["state"], row["value"]) == wanted
