"""Inputs, rules, extractors and plugins that mean harm or go wrong: each costs itself only.

Documents of megabytes and files that take gigabytes are tried by bench/hostile.py.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
import time
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import fazhi_parse as fp
from faults import die_or_hang, foreign, kept, leave
from fazhi_parse import plot
from fazhi_parse.cli import main
from fazhi_parse.loaders import pdf
from fazhi_parse.loaders.kinds import kind_of_text
from pdf_files import pdf_file
from word_files import archive, paragraph, word_file

TEXT = "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件。"


# -- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["<!--" + "-" * 500_000, "<!--->" * 80_000, "<!---->" * 80_000 + "文"])
def test_megabytes_of_comments_take_little_memory(page: str) -> None:
    """What stands before a page's first tag is passed over in one step."""
    tracemalloc.start()
    try:
        kind_of_text(page, ".html")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_xml_counts_as_xml_under_any_name() -> None:
    """A package says by its types which members are parsed: what is too large is told by its content, pictures are not."""
    pytest.importorskip("docx")
    large = 65 << 20
    body = paragraph("受理案件6件")
    for hidden in (b"<a>" + b" " * large, b"\xff\xfe<\0" + b" " * large, b" " * large):
        with pytest.raises(fp.UnreadableFile, match="too large when unpacked"):
            fp.load(word_file(body, **{"word/document.bin": hidden}), ".docx")
    assert fp.load(word_file(body, **{"word/a.png": b"\x89PNG" + b" " * large}), ".docx") == "受理案件6件"


def test_entities_and_links_bring_no_other_file_in(tmp_path: Path) -> None:
    """A Word file or a page can name a file of the machine that reads it: nothing of that is read."""
    pytest.importorskip("docx")
    pytest.importorskip("lxml")
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    entity = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % y SYSTEM "{secret.as_uri()}"> %y;]>'
    )
    page = f'{entity}<html><p>文&x;</p><iframe src="{secret.as_uri()}"></iframe><object data="{secret}"></object>'
    assert "机密" not in fp.load(page.encode(), ".html")
    with zipfile.ZipFile(io.BytesIO(word_file("<w:p><w:r><w:t>文&x;</w:t></w:r></w:p>"))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace("?>\n", f"?>\n{entity}", 1)
    link = f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="{secret.as_uri()}" TargetMode="External"'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rId9" {link}/></Relationships>'
    )
    assert "机密" not in fp.load(archive(dict(parts)), ".docx")


def test_a_page_that_a_pdf_names_again_and_again_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a small file may be gigabytes: beyond a bound it is refused."""
    pytest.importorskip("pypdfium2")
    data = pdf_file(["(Hello 1) Tj"], repeat=40)
    assert fp.load(data, ".pdf").count("Hello 1") == 40
    monkeypatch.setattr(pdf, "_MOST_TEXT", 100)
    with pytest.raises(fp.UnreadableFile, match="text is too large"):
        fp.load(data, ".pdf")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    """It may never end: named, it is an error, and in a folder it is passed over; links to nothing are errors."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    results = list(fp.parse_many([tmp_path / "pipe.txt", tmp_path]))
    assert [(Path(r.document).name, r.status) for r in results] == [
        ("pipe.txt", "error"), ("a.txt", "ok"), ("gone.txt", "error"), ("self.txt", "error"),
    ]  # fmt: skip
    assert "neither a file nor a folder" in results[0].error
    assert "the link leads nowhere" in results[2].error and "the link leads nowhere" in results[3].error


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_no_name_of_a_document_leads_out_of_a_run(tmp_path: Path, format: Any) -> None:
    """Ids are data and never become paths."""
    pytest.importorskip("pyarrow")
    out = tmp_path / "in" / "run"
    out.parent.mkdir()
    names = [
        "../../evil",
        str(tmp_path / "evil.txt"),
        "a/../../../evil",
        "..",
        "C:\\evil",
        "nul\0.txt",
        "~/.profile",
    ]
    fp.parse_into(out, dict.fromkeys(names, TEXT), format=format)
    assert {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*")} == {("in",), ("in", "run")}
    assert [row["document"] for row in fp.open_run(out)] == names


# -- texts ---------------------------------------------------------------------------------------------


def test_a_line_of_nothing_but_spaces_takes_no_time() -> None:
    """A pattern that gives spaces back one by one would take minutes."""
    started = time.perf_counter()
    fp.parse(f"{TEXT}\n{' ' * 50_000}文，")
    assert time.perf_counter() - started < 5


# -- tables and terminals ----------------------------------------------------------------------------------


FORMULA = "=cmd|' /C calc'!A0"


def formulas(path: Path, delimiter: str) -> list[str]:
    """Cells that a spreadsheet would take for formulas, where it splits at a delimiter."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell.strip().lstrip('"') for row in csv.reader(file, delimiter=delimiter) for cell in row]
    return [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_a_formula_wherever_it_is_split(tmp_path: Path, delimiter: str) -> None:
    """Excel splits at the separator of its country: what follows one within a cell is marked as text, too."""
    text = TEXT.replace("受理", f"经{FORMULA};{FORMULA};+1\t@SUM(A1); \t-1受理")
    path = tmp_path / "values.csv"
    assert fp.export(fp.parse_many({f"{FORMULA};{FORMULA}": text}), path) == 1
    assert formulas(path, delimiter) == []


def test_no_head_of_a_panel_is_a_formula(tmp_path: Path) -> None:
    """Ids of indicators come from anywhere; in a wide panel they are names of columns."""
    rules = tmp_path / "own.toml"
    rules.write_text(
        f'[[indicator]]\nid = "{FORMULA}"\nname = {{ zh = "{FORMULA}" }}\nunit = "件"\nrules = [{{ left = "案件$" }}]\n',
        "utf-8",
    )
    parser = fp.Parser(rules=rules, disable=["reconsideration.accepted"])
    panel = fp.panel(fp.parse_many({"a": TEXT}, parser=parser), catalogue=parser.catalogue)
    for path in panel.write(tmp_path / "panel.csv"):
        assert formulas(path, ",") == []
    if openpyxl := pytest.importorskip("openpyxl"):
        panel.write(tmp_path / "panel.xlsx")
        sheets = openpyxl.load_workbook(tmp_path / "panel.xlsx").worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert FORMULA in [cell.value for cell in cells] and "f" not in {cell.data_type for cell in cells}


def test_a_value_beyond_floats_does_not_stop_a_workbook(tmp_path: Path) -> None:
    """A cell of a workbook holds no infinity: the digits stand there as text."""
    openpyxl = pytest.importorskip("openpyxl")

    def vast(report: fp.Report) -> Iterator[fp.Observation]:
        yield report.observe("own.vast", 0, 1, Decimal("1e400"), unit="件")

    path = tmp_path / "values.xlsx"
    assert fp.export(fp.parse_many({"a": TEXT}, parser=fp.Parser(extractors=[vast])), path) == 2
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert {row[head.index("数值")] for row in rows} == {6, "1" + "0" * 400}


@pytest.mark.parametrize("command", ["parse", "show", "explain", "check"])
def test_a_terminal_is_shown_texts_and_takes_no_orders_from_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Control characters of a file's name, of its text and of errors appear as pictures."""
    orders = "\x1b]0;名\x07\x1b[2J\x9b31m"
    path = tmp_path / "a\x1b[31m.txt"
    path.write_text(TEXT.replace("法治", f"{orders}法治").replace("6", "\x1b[31m6") * 2, "utf-8")
    main([command, str(path)])
    main([command, str(tmp_path / "none\x1b[31m.txt")])
    shown = capsys.readouterr()
    assert "␛" in shown.err and not {"\x1b", "\x07", "\x9b"} & set(shown.out + shown.err)


@pytest.mark.parametrize(
    "picture", [plot.coverage, plot.heatmap, lambda panel: plot.timeline(panel, "own.$x$")]
)
def test_names_in_a_picture_are_no_formulas(picture: Any) -> None:
    """Matplotlib would set what stands between dollar signs, and raise where it cannot."""
    pytest.importorskip("matplotlib")

    def own(report: fp.Report) -> Iterator[fp.Observation]:
        yield report.observe("own.$x$", 0, 1, 1, unit="$\\frac{$")

    parser = fp.Parser(extractors=[own], disable=["reconsideration.accepted"])
    panel = fp.panel(fp.parse_many({"a": TEXT, "b": TEXT.replace("2023", "2022")}, parser=parser))
    assert picture(panel)._repr_png_().startswith(b"\x89PNG")


# -- extractors and plugins ----------------------------------------------------------------------------------


class _Mute(Exception):
    def __str__(self) -> str:
        raise ValueError("no words")


def _raises(error: BaseException) -> Any:
    def extract(report: fp.Report) -> Iterable[fp.Observation]:
        raise error

    return extract


def _yields(**changed: Any) -> Any:
    def extract(report: fp.Report) -> Iterable[fp.Observation]:
        yield attrs.evolve(report.observations[0], **changed)

    return extract


def _deeper(report: fp.Report) -> Iterable[fp.Observation]:
    return _deeper(report)


WRONG = {
    "exits": leave,
    "an error without words": _raises(_Mute()),
    "an error of a megabyte": _raises(ValueError("词" * 1_000_000)),
    "recursion": _deeper,
    "no end": lambda report: itertools.repeat(report.observations[0]),
    "nothing": lambda report: None,
    "indicator": _yields(indicator=None),
    "rule": _yields(rule=5),
    "year": _yields(year="2023"),
    "score": _yields(score="much"),
    "place": _yields(start="0"),
    "evidence": _yields(evidence=None),
    "words of evidence": _yields(evidence=(3,)),
    "no number": _yields(value=Decimal("nan")),
    "infinity": _yields(value=Decimal("inf")),
    "a number too long": _yields(value=Decimal("1e99999")),
    "a number too small": _yields(value=Decimal("1e-99999")),
    "a fraction too long": _yields(value=Fraction(10**5000, 3)),
    "high end": _yields(value_max="7"),
    "high end without end": _yields(value_max=Decimal("inf")),
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_an_extractor_does_becomes_one_short_diagnostic(tmp_path: Path, name: str) -> None:
    """What the rules found stays, and the report can be written, read and shown."""
    report = fp.Parser(extractors=[WRONG[name]]).parse(TEXT)
    assert [o.indicator for o in report.observations] == ["reconsideration.accepted"]
    (doubt,) = [d for d in report.diagnostics if d.code == "extractor.failed"]
    assert 0 < len(doubt.message) < 500 and "\n" not in doubt.message
    assert fp.Report.from_dict(report.to_dict()).to_dict() == report.to_dict()
    assert report.to_html() and report.to_json()
    assert fp.export([fp.Result("a", "ok", report)], tmp_path / "values.csv") == 1


def test_an_observation_for_each_character_is_not_too_many() -> None:
    """Only what goes on beyond that is stopped."""
    text = TEXT + "文" * 2000

    def each(report: fp.Report) -> Iterator[fp.Observation]:
        return (report.observe("own.each", at, at + 1, at, unit="字") for at in range(len(report.raw)))

    report = fp.Parser(extractors=[each]).parse(text)
    assert len(report.observations) == len(text) + 1 and not report.diagnostics


def test_what_cannot_leave_a_worker_costs_its_document_only() -> None:
    """Neither what cannot be sent nor what cannot be read again stops a run; nor does an extractor that exits."""
    texts = {f"{n}": TEXT for n in range(10)} | {
        "3": TEXT + "留在原处",
        "5": TEXT + "不知所云",
        "7": TEXT + "进程终止",
    }
    parser = fp.Parser(extractors=[kept, foreign, leave, die_or_hang])
    results = {r.document: r for r in fp.parse_many(texts, workers=2, parser=parser)}
    assert list(results) == list(texts)
    assert {name for name, r in results.items() if r.status == "error"} == {"3", "5", "7"}
    assert "passed on" in results["3"].error and "passed on: LookupError: only there" in results["5"].error
    assert "exit code 9" in results["7"].error
    report = results["0"].report
    assert report is not None and [d.code for d in report.diagnostics] == ["extractor.failed"]


# -- rules -----------------------------------------------------------------------------------------------------

RULE = (
    '[[indicator]]\nid = "tea.houses"\nname = { zh = "茶馆" }\nunit = "个"\nrules = [{{ left = \'{}\' }}]\n'
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (RULE.replace("{}", "(" * 5000 + ")" * 5000), "nested too deeply"),
        (RULE.replace("{}", "(?:(?:茶{1000}){1000}){1000}"), "counts multiply"),
        (RULE.replace("{}", "茶(?=(?:(?:馆{400}){400}))$"), "counts multiply"),
        ("[topic]\ntea = '(?:(?:茶{1000}){1000}){1000}'", "counts multiply"),
        ("a = " + "[" * 50_000, "nested too deeply"),
    ],
    ids=["groups", "counts", "counts ahead", "counts of a topic", "arrays"],
)
def test_a_rule_that_grows_beyond_measure_is_refused_by_name(
    tmp_path: Path, content: str, message: str
) -> None:
    """When it is read, before it takes memory or time."""
    path = tmp_path / "own.toml"
    path.write_text(content.replace("{{", "{").replace("}}", "}"), "utf-8")
    with pytest.raises(fp.InvalidRule, match=message) as caught:
        _ = fp.Parser(rules=path).catalogue
    assert len(str(caught.value)) < 12_000
