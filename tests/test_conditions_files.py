"""What single conditions of loaders, tables and views are for; tests/test_conditions.py has those of texts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

import fazhi_parse as fp
from fazhi_parse import cells
from fazhi_parse.loaders.cells import one_entry
from fazhi_parse.loaders.numbering import in_format
from fazhi_parse.tables import columns
from word_files import paragraph, word_file

TEXT = "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件，召开会议3次。"


def test_what_stands_under_a_merged_cell_is_not_shown() -> None:
    """Word keeps the text of cells that were merged into the one above."""
    pytest.importorskip("docx")

    def row(merge: str, first: str, second: str) -> str:
        cell = f"<w:tc><w:tcPr><w:vMerge{merge}/></w:tcPr>{paragraph(first)}</w:tc>"
        return f"<w:tr>{cell}<w:tc>{paragraph(second)}</w:tc></w:tr>"

    rows = row(' w:val="restart"', "复议", "6件") + row("", "旧文", "7件")
    assert fp.load(word_file(f"<w:tbl>{rows}</w:tbl>"), ".docx") == "复议\t6件\n7件"


def test_numbers_beyond_the_words_for_them_are_digits() -> None:
    """9,999 is the last that is written in words or letters."""
    assert in_format(9_999, "chineseCountingThousand") == "九千九百九十九"
    assert {in_format(10_000, name) for name in ("chineseCountingThousand", "upperRoman")} == {"10000"}


def test_a_cell_of_four_lines_is_a_column() -> None:
    """Three short lines are one entry of a table."""
    assert one_entry(["行", "政", "复"]) == "行政复"
    assert one_entry(["行", "政", "复", "议"]) is None


def test_a_sheet_is_full_with_its_last_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head is one of the rows that it holds."""
    pytest.importorskip("xlsxwriter")
    module = import_module("fazhi_parse.exports.workbook")
    monkeypatch.setattr(module, "ROWS", 3)
    with module.workbook(tmp_path / "files.xlsx") as book:
        sheet = book.sheet("甲", columns("document")[:1], "zh")
        sheet.add({"document": "a"})
        sheet.add({"document": "b"})
        with pytest.raises(fp.FazhiError, match="holds 3 rows"):
            sheet.add({"document": "c"})


def test_a_value_that_stata_cannot_hold_is_missing(tmp_path: Path) -> None:
    """Its largest number is less than that of other programs, and beyond stand its missing values."""
    pytest.importorskip("pyreadstat")
    pandas = pytest.importorskip("pandas")

    def vast(report: fp.Report) -> Iterator[fp.Observation]:
        yield report.observe("own.vast", 0, 1, Decimal("1.5e308"), unit="件")

    path = tmp_path / "values.dta"
    fp.export(fp.parse_many({"a": TEXT}, parser=fp.Parser(extractors=[vast])), path)
    values = pandas.read_stata(path)["value"]
    assert values.dropna().tolist() == [6.0] and len(values) == 2


def test_a_fraction_beyond_floats_is_infinite() -> None:
    """As a decimal beyond them is."""
    assert cells.as_float(f"{10**400}/3") == cells.as_float("1e400") == float("inf")


def test_a_figure_that_is_a_value_is_marked_once() -> None:
    """The colour of the value; other figures have their own."""
    page = fp.parse(TEXT).to_html()
    marks = page.partition('<p class="text">')[2].partition("</p>")[0]
    assert '<b class="q">3次</b>' in marks and 'class="o disputes"' in marks
