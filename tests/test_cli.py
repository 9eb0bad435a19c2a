"""The command line: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fazhi_parse.cli import main
from fazhi_parse.errors import display_width

TEXT = "云岫县2023年法治政府建设情况报告\n一、主要成效\n全年受理行政复议案件6件，行政诉讼败诉率为0%。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a space and Chinese characters in its name, and two reports in it."""
    path = tmp_path / "报告 文件夹"
    path.mkdir()
    (path / "云岫县2023.txt").write_text(TEXT, "utf-8")
    (path / "沣阳市2022.txt").write_bytes(TEXT.replace("云岫县2023", "沣阳市2022").encode("gbk"))
    return path


def test_parse_prints_a_table_with_aligned_columns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a file; wide characters count two columns."""
    assert main(["parse", str(folder)]) == 0
    head, rule, *rows = capsys.readouterr().out.splitlines()
    at = head.index("region")
    assert rule[at - 1] == " " and rule[at] == "-"
    assert len(rows) == 2
    for row in rows:
        assert display_width(row[: row.index("云岫县" if "云岫" in row else "沣阳市", 8)]) == at
    assert {"云岫县", "沣阳市"} <= set(" ".join(rows).split())


def test_csv_opens_in_excel_and_holds_no_formula(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A byte order mark, one row a value, and text that begins like a formula marked as text."""
    out = tmp_path / "out.csv"
    (folder / "cmd.txt").write_text(TEXT.replace("全年", "=cmd|calc全年"), "utf-8")
    assert main(["parse", str(folder / "cmd.txt"), str(folder), "-q", "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6 and {r["indicator"] for r in rows} == {
        "reconsideration.accepted",
        "litigation.loss_rate",
    }
    assert rows[0]["name"] == "受理行政复议案件" and rows[0]["value"] == "6"
    assert rows[0]["sentence"].startswith("'=cmd")
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert "6 values written" in capsys.readouterr().out


def test_jsonl_holds_one_object_a_value(folder: Path, tmp_path: Path) -> None:
    """JSON lines carry evidence and sentence."""
    out = tmp_path / "out.jsonl"
    assert main(["parse", str(folder), "-q", "-o", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows) == 4 and rows[0]["sentence"].startswith("全年受理")


def test_one_bad_file_does_not_stop_the_rest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are done; the failure is named on stderr; the exit code is 1."""
    (folder / "坏.txt").write_bytes(b"\x00\xff\xfe\x01" * 40)
    assert main(["parse", str(folder)]) == 1
    captured = capsys.readouterr()
    assert "坏.txt: not text" in captured.err
    assert captured.out.count(" ok ") == 2 and captured.out.count(" error") == 1


def test_every_input_has_one_status_in_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    """Read, empty and unreadable inputs each have one row beside the values."""
    (folder / "坏.txt").write_bytes(b"\x00\xff\xfe\x01" * 40)
    (folder / "空.txt").write_text(" \n", "utf-8")
    out = tmp_path / "out.csv"
    assert main(["parse", str(folder), "-q", "-o", str(out)]) == 1
    with (tmp_path / "out-inputs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {Path(row["document"]).name: row for row in csv.DictReader(file)}
    assert sorted(rows) == sorted(path.name for path in folder.iterdir())
    assert rows["坏.txt"]["status"] == "error" and "not text" in rows["坏.txt"]["error"]
    assert rows["空.txt"]["status"] == "empty"
    assert rows["云岫县2023.txt"]["status"] == "ok" and rows["云岫县2023.txt"]["report_year"] == "2023"


def test_the_catalogue_is_listed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table in the terminal or as CSV; other endings are refused."""
    assert main(["indicators"]) == 0
    assert "reconsideration.accepted" in capsys.readouterr().out
    assert main(["indicators", "-o", str(tmp_path / "codebook.csv")]) == 0
    with (tmp_path / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 189
    assert main(["indicators", "-o", str(tmp_path / "codebook.xlsx")]) == 2
    assert main(["indicators", "-o", str(tmp_path / "nosuch" / "codebook.csv")]) == 2


@pytest.mark.parametrize("argv", [["parse", "nosuch.txt"], ["show", "nosuch.txt"], ["clean", "nosuch.txt"]])
def test_a_missing_file_is_a_usage_error(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a message that names the file."""
    assert main(argv) == 2
    assert "nosuch.txt: " in capsys.readouterr().err


def test_a_missing_file_among_others_is_a_partial_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What can be done is done; exit code 1."""
    assert main(["parse", str(folder), "nosuch.txt"]) == 1
    assert "nosuch.txt: no such file or folder" in capsys.readouterr().err


def test_an_empty_folder_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty success would hide a wrong path."""
    assert main(["parse", str(tmp_path)]) == 2
    assert "holds no report" in capsys.readouterr().err


def test_an_unwritable_output_is_refused_before_the_work(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong ending or folder is told at once."""
    assert main(["parse", str(folder), "-o", str(tmp_path / "x.xls")]) == 2
    assert main(["parse", str(folder), "-o", str(tmp_path / "no" / "x.csv")]) == 2
    err = capsys.readouterr().err
    assert "must be .csv or .jsonl" in err and "there is no folder" in err


def test_a_broken_rule_file_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the file and the fault."""
    rules = tmp_path / "my.toml"
    rules.write_text("[[indicator]]\nname = 1\n", "utf-8")
    assert main(["parse", str(folder), "--rules", str(rules)]) == 2
    assert "my.toml: an [[indicator]] has no id" in capsys.readouterr().err


def test_show_prints_the_tree_with_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Headings, roles and the values under them."""
    assert main(["show", str(folder / "云岫县2023.txt")]) == 0
    out = capsys.readouterr().out
    assert (
        "一、主要成效  [done]" in out and "受理行政复议案件 (reconsideration.accepted) 6 件  「6件」" in out
    )


def test_explain_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In either language, for all values or for one indicator."""
    file = str(folder / "云岫县2023.txt")
    assert main(["explain", file, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "受理行政复议案件（reconsideration.accepted）：6 件" in out and "2 个指标值" in out
    assert main(["explain", file, "--indicator", "litigation.loss_rate"]) == 0
    out = capsys.readouterr().out
    assert "败诉率」 before the figure" in out and "1 indicator value" in out
    assert "reconsideration" not in out
    assert main(["explain", "nosuch.txt"]) == 2


def test_a_file_without_text_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no values and nothing that disagrees, but not because all were well."""
    file = tmp_path / "空.txt"
    file.write_text("", "utf-8")
    assert main(["explain", str(file)]) == 0
    assert "0 indicator values\n  text.empty:" in capsys.readouterr().out
    assert main(["check", str(file), "--lang", "zh"]) == 0
    assert "空.txt：没有文字" in capsys.readouterr().out


def test_clean_prints_text_or_repairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The clean text, or what was repaired and where."""
    file = tmp_path / "a.txt"
    file.write_text("全年受理案件１ ５件。\n", "utf-8")
    assert main(["clean", str(file)]) == 0
    assert capsys.readouterr().out == "全年受理案件15件。\n"
    assert main(["clean", "--diff", str(file)]) == 0
    assert "7-8\tspaces" in capsys.readouterr().out


def test_help_teaches_by_example() -> None:
    """--help shows whole calls and the exit codes; the module can be run."""
    out = subprocess.run(
        [sys.executable, "-m", "fazhi_parse", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "fazhi-parse parse reports/ -o observations.csv" in out and "exit codes" in out


def test_no_command_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the help is shown, and the exit code says that nothing was done."""
    assert main([]) == 2
    assert "commands" in capsys.readouterr().out


def test_a_folder_as_output_is_a_run_that_can_go_on(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --resume a run is not touched; what failed is told, and tried again with --retry."""
    out = tmp_path / "run"
    (folder / "坏.txt").write_bytes(b"\x00\xff\xfe\x01" * 40)
    assert main(["parse", str(folder), "-o", str(out)]) == 1
    shown = capsys.readouterr()
    assert "3 reports in" in shown.out and "error 1, ok 2" in shown.out and "坏.txt: not text" in shown.err
    assert main(["parse", str(folder), "-o", str(out)]) == 2
    assert "--resume" in capsys.readouterr().err
    (folder / "坏.txt").write_text(TEXT, "utf-8")
    assert main(["parse", str(folder), "-o", str(out), "--resume", "--retry", "-j", "2"]) == 0
    assert main(["parse", str(folder), "-o", str(tmp_path / "x.csv"), "--resume"]) == 2
    assert main(["parse", str(folder), "-o", str(folder), "--resume"]) == 2


@pytest.mark.parametrize("wrong", [["-j", "-1"], ["-j", "two"], ["--timeout", "0"], ["--timeout", "soon"]])
def test_wrong_options_are_told(folder: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With what is wrong and exit code 2."""
    with pytest.raises(SystemExit, match="2"):
        main(["parse", str(folder), *wrong])
    assert wrong[1] in capsys.readouterr().err


@pytest.mark.parametrize("command", ["show", "explain", "view", "clean"])
def test_an_encoding_that_is_known_can_be_given(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also to the commands that take one file."""
    file = tmp_path / "a.txt"
    file.write_bytes("龘靐齉".encode("gbk"))
    more = ["--no-open", "-o", str(tmp_path / "a.html")] if command == "view" else []
    assert main([command, str(file), *more]) == 2
    assert "say its encoding" in capsys.readouterr().err
    assert main([command, str(file), *more, "--encoding", "gbk"]) == 0


def test_doubts_about_the_bytes_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The end of a file that was cut may be missing: whoever looks at its text should know."""
    file, page = tmp_path / "a.txt", tmp_path / "a.html"
    file.write_bytes(TEXT.encode()[:-2])
    assert main(["show", str(file)]) == 0
    assert "load.cut: the file ends in the middle of a character" in capsys.readouterr().out
    assert main(["clean", "--diff", str(file)]) == 0
    assert "load.cut: the file ends" in capsys.readouterr().err
    assert main(["view", str(file), "--no-open", "-o", str(page)]) == 0
    assert "load.cut" in page.read_text("utf-8")


def test_only_indicators_are_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that nothing has is a wrong call; one that the report does not state is none."""
    file = str(folder / "云岫县2023.txt")
    assert main(["explain", file, "--indicator", "reconsideration.acepted"]) == 2
    assert "no indicator 'reconsideration.acepted'; near it are recon" in capsys.readouterr().err
    assert main(["explain", file, "--indicator", "legal_aid.cases"]) == 0
    assert capsys.readouterr().out == "0 indicator values\n"


def test_doctor_tells_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    """Packages with versions, and a self-test that holds."""
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "cn2an" in shown and "self-test: a sample report gives what it should" in shown


def test_a_chinese_terminal_is_told_in_chinese(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The locale decides where --lang does not."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["parse", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0].split()[:3] == ["文件", "地区", "报告年份"]
    assert main(["explain", str(folder / "云岫县2023.txt")]) == 0
    assert "指标依据" in capsys.readouterr().out
    assert main(["parse", str(folder), "--lang", "en"]) == 0
    assert capsys.readouterr().out.split()[:3] == ["file", "region", "year"]


def test_a_run_that_is_stopped_from_the_keyboard_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    """Without a traceback, of the command's own process or of its workers; what was done stays."""
    for n in range(300):
        (folder / f"{n}.txt").write_text(TEXT * 20, "utf-8")
    command = [sys.executable, "-m", "fazhi_parse", "parse", folder, "-o", tmp_path / "run", "-j", "2"]
    work = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "run").glob("shards/*.jsonl")) and work.poll() is None:
        time.sleep(0.01)
    work.send_signal(signal.SIGINT)
    _, told = work.communicate(timeout=60)
    assert work.returncode == 130 and "Traceback" not in told
    assert told.splitlines()[-1].endswith("stopped: a run in a folder goes on with --resume")
    assert main(["parse", str(folder), "-o", str(tmp_path / "run"), "--resume", "-j", "2"]) == 0
