"""Figures that do not agree are told; those that may agree are not."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.testing import page
from support import CASES

CHECKS = tomllib.loads((CASES / "checks.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CHECKS, ids=[case["why"] for case in CHECKS])
def test_relations(case: dict[str, object]) -> None:
    """Each sentence gives the findings that a careful auditor would write down."""
    report = fp.parse(page(str(case["text"])))
    assert [finding.relation for finding in report.check()] == case["relations"]


def test_no_sample_report_gives_an_alarm(sample: str) -> None:
    """Reports whose figures agree are left alone."""
    assert fp.parse(sample).check() == ()


def test_a_finding_names_its_figures_and_is_a_diagnostic_too() -> None:
    """The figures lead back to the raw text; the report's diagnostics tell it without being asked."""
    report = fp.parse(page("人民调解组织受理矛盾纠纷300件，调解成功320件。"))
    (finding,) = report.check()
    assert [o.text for o in finding.figures] == ["300件", "320件"]
    assert [report.raw[o.start : o.end] for o in finding.figures] == ["300件", "320件"]
    assert finding.diagnostic in report.diagnostics
    assert finding.note and finding.note in finding.diagnostic.message
    assert fp.Report.from_dict(report.to_dict()).check() == report.check()


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["", ".1", ".2"]), st.booleans())
def test_a_rate_computed_from_its_counts_is_never_an_alarm(
    part: int, rest: int, form: str, cut: bool
) -> None:
    """Whatever the counts, rounded or cut off at any digit."""
    digits = int(form[1:] or 0)
    rate = 100 * part / (part + rest)
    shown = f"{int(rate * 10**digits) / 10**digits:.{digits}f}" if cut else f"{rate:.{digits}f}"
    text = f"人民调解组织受理矛盾纠纷{part + rest}件，调解成功{part}件，调解成功率{shown}%。"
    assert fp.parse(page(text)).check() == ()


def test_beyond_one_sentence_it_is_a_warning() -> None:
    """The figures may be about different things, and the note says so."""
    (finding,) = fp.parse(page("人民调解组织受理矛盾纠纷300件。调解成功320件。")).check()
    assert finding.level == "warning" and "different sentences" in finding.note


def test_relations_of_your_own(tmp_path: Path) -> None:
    """A file adds relations or replaces built-in ones; only those given are checked."""
    file = tmp_path / "relations.toml"
    file.write_text(
        "[[relation]]\nid = 'percent'\nkind = 'range'\nunit = '%'\nmin = 0\nmax = 200\n"
        "[[relation]]\nid = 'lectures'\nkind = 'parts'\nparts = ['publicity.lectures']\nwhole = 'publicity.activities'\n",
        "utf-8",
    )
    relations = fp.load_relations([file])
    report = fp.parse(page("开展普法活动20场次，举办法治讲座30场。人民调解成功率103%。"))
    assert [f.relation for f in report.check(relations)] == ["lectures"]
    assert [f.relation for f in report.check()] == ["percent"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[relation]]\nid = 'a'\nkind = 'odd'\n", "a: kind 'odd' is none of"),
        ("[[relation]]\nkind = 'parts'\nparts = []\n", "id, whole is missing"),
        ("[[relation]]\nid = 'a'\nkind = 'range'\nunit = '%'\nmin = 0\nmax = 1\ncolour = 1\n", "unknown key colour"),
        ("[[relation]]\nid = 'a'\nkind = 'range'\nunit = '%'\nmin = 'x'\nmax = 1\n", "are numbers"),
        ("[[relation]]\nid = 'a'\nkind = 'years'\nfactor = 2\nlevel = 'loud'\n", "level is error or warning"),
        ("[[relations]]\nid = 'a'\n", "written as \\[\\[relation\\]\\]"),
        ("no toml", "relations.toml"),
    ],
)  # fmt: skip
def test_a_broken_file_of_relations_is_told(tmp_path: Path, content: str, message: str) -> None:
    """The message names file, relation and fault."""
    file = tmp_path / "relations.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(fp.InvalidRelation, match=message):
        fp.load_relations([file])


def year(value: int, report_year: int, place: str = "云岫县", signed: str = "") -> fp.Report:
    text = f"一、成效\n全年受理行政复议案件{value}件，现有行政执法人员846人。"
    end = f"{signed}\n{report_year + 1}年1月20日\n" if signed else ""
    return fp.parse(f"{place}{report_year}年法治政府建设情况报告\n{text}\n{end}")


def test_years() -> None:
    """A jump and a copied figure of the same place are told; stocks may stay as they are, other places differ."""
    reports = [year(12, 2021), year(130, 2022), year(130, 2023), year(2, 2023, "沣阳市")]
    found = [
        (earlier.metadata.year, later.metadata.year, finding.figures[0].indicator, finding.message[-22:])
        for earlier, later, finding in fp.check_years(reports)
    ]
    assert [(a, b, i) for a, b, i, _ in found] == [
        (2021, 2022, "reconsideration.accepted"),
        (2022, 2023, "reconsideration.accepted"),
    ]
    assert "more than 10 times" in found[0][3] and "the same figure again" in found[1][3]


def test_reports_of_one_row_of_a_panel_are_compared() -> None:
    """Signed or not, by the government or its office; a department's own report is another's."""
    unsigned, signed = year(12, 2022), year(140, 2023, signed="云岫县人民政府")
    assert (unsigned.metadata.issuer, signed.metadata.issuer) == (None, "云岫县人民政府")
    assert len(fp.check_years([unsigned, signed])) == 1
    assert len(fp.check_years([year(140, 2022, signed="云岫县人民政府办公室"), year(12, 2023)])) == 1
    assert fp.check_years([unsigned, year(140, 2023, "云岫县司法局", "云岫县司法局")]) == ()


def test_a_figure_that_is_recalled_otherwise_than_it_was() -> None:
    """上年为… against the report of that year; rounded figures agree."""
    text = "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件21件（上年为{}件）。\n"
    assert fp.check_years([year(26, 2022), fp.parse(text.format(26))]) == ()
    ((_, _, finding),) = fp.check_years([year(26, 2022), fp.parse(text.format(28))])
    assert finding.message == "受理行政复议案件 28件 for 2022, but 26件 in that year's report"
    assert [o.text for o in finding.figures] == ["28件", "26件"]


@pytest.mark.parametrize(("recalled", "agrees"), [(235, True), (199, False), (305, False)])
def test_years_and_panels_read_a_rough_figure_alike(recalled: int, agrees: bool) -> None:
    """200余件 may be 200 to 300: what is no finding is a value, what is one is a conflict."""
    reports = {
        "a": "云岫县2022年法治政府建设情况报告\n一、成效\n受理行政复议案件200余件。",
        "b": f"云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件210件（上年为{recalled}件）。",
    }
    assert (fp.check_years(map(fp.parse, reports.values())) == ()) is agrees
    cell = fp.panel(fp.parse_many(reports)).rows[0].cell("reconsideration.accepted")
    assert (cell.state, cell.value) == (("value", "235") if agrees else ("conflict", None))


def test_the_command_lists_exceptions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences with the figures marked, a row an exception, exit code 1; without exceptions 0."""
    (tmp_path / "a.txt").write_text(page("人民调解组织受理矛盾纠纷300件，调解成功320件。"), "utf-8")
    out = tmp_path / "exceptions.csv"
    assert main(["check", str(tmp_path / "a.txt"), "-o", str(out)]) == 1
    shown = capsys.readouterr().out
    assert "error check.parts: 调解成功矛盾纠纷 320件 > 人民调解受理矛盾纠纷 300件" in shown
    assert "受理矛盾纠纷【300件】，调解成功【320件】" in shown and "1 error, 0 warnings" in shown
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["relation"] == "mediation.succeeded" and row["spans"].count(";") == 1
    (tmp_path / "a.txt").write_text(page("调解成功320件。"), "utf-8")
    assert main(["check", str(tmp_path / "a.txt")]) == 0
    assert "no figures that disagree" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "a.txt"), "-o", str(tmp_path / "x.xlsx")]) == 2
    assert main(["check", str(tmp_path / "no.txt")]) == 2


def test_the_command_compares_years(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both files' sentences are shown."""
    for number, value in ((2022, 12), (2023, 130)):
        (tmp_path / f"{number}.txt").write_text(year(value, number).raw, "utf-8")
    assert main(["check", str(tmp_path), "-o", str(tmp_path / "x.csv")]) == 1
    shown = capsys.readouterr().out
    assert "【130件】" in shown and "【12件】" in shown
