"""Many documents: one result each, in order, whatever becomes of any of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fazhi_parse as fp
from faults import die_or_hang
from fazhi_parse.documents import find_documents

GOOD = "{}县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件{}件。\n"


def good(n: int) -> str:
    """A report with a figure of its own."""
    return GOOD.format("云岫沣阳"[n % 4], n + 1)


def told(results: Iterator[fp.Result]) -> list[tuple[str, str, int]]:
    """Id, status and number of values of each result."""
    return [(r.document, r.status, len(r.report.observations) if r.report else -1) for r in results]


def test_each_input_has_one_result_in_order(tmp_path: Path) -> None:
    """Readable, empty, unreadable and missing files each have theirs, in the order given."""
    (tmp_path / "a.txt").write_text(good(0), "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\xff\xfe\x01" * 30)
    (tmp_path / "c.txt").write_text("", "utf-8")
    names = [str(tmp_path / name) for name in ("c.txt", "none.txt", "a.txt", "b.txt")]
    results = list(fp.parse_many(names))
    assert [r.document for r in results] == names
    assert [r.status for r in results] == ["empty", "error", "ok", "error"]
    assert results[1].error == "no such file or folder" and "not text" in results[3].error
    assert [bool(r.sha256) for r in results] == [True, False, True, True]


def test_inputs_come_as_folders_patterns_pairs_mappings_and_columns(tmp_path: Path) -> None:
    """All ways to name inputs find the same reports; a file that is named twice comes once."""
    pandas = pytest.importorskip("pandas")
    (tmp_path / "下级").mkdir()
    (tmp_path / "a.txt").write_text(good(0), "utf-8")
    (tmp_path / "下级" / "b.html").write_text("<p>一、成效</p>", "utf-8")
    (tmp_path / "notes.xlsx").write_bytes(b"")
    files = [str(tmp_path / "a.txt"), str(tmp_path / "下级" / "b.html")]
    assert [d.document for d in find_documents(tmp_path)] == files
    assert [d.document for d in find_documents([tmp_path, files[0]])] == files
    assert sorted(d.document for d in find_documents(f"{tmp_path}/**/*.*")) == sorted(
        [*files, str(tmp_path / "notes.xlsx")]
    )
    texts = {"x": good(1), "y": good(2)}
    expected = [("x", "ok", 1), ("y", "ok", 1)]
    assert told(fp.parse_many(texts)) == told(fp.parse_many(texts.items())) == expected
    table = pandas.DataFrame({"id": list(texts), "text": list(texts.values())})
    assert told(fp.parse_many(table.set_index("id")["text"])) == expected
    assert told(fp.parse_many(pandas.Series([good(1), None, float("nan")]))) == [
        ("0", "ok", 1),
        ("1", "error", -1),
        ("2", "error", -1),
    ]
    with pytest.raises(TypeError, match="ids and texts"):
        list(fp.parse_many(table))
    with pytest.raises(TypeError, match="a path or a pair"):
        list(fp.parse_many([3]))


def test_what_is_wrong_with_a_folder_or_a_pattern_is_told(tmp_path: Path) -> None:
    """An empty folder and a pattern without matches are inputs that could not be read."""
    folder, pattern = fp.parse_many([str(tmp_path), f"{tmp_path}/*.docx"])
    assert folder.status == pattern.status == "error"
    assert "holds no report" in folder.error and "no file matches" in pattern.error


def test_no_document_of_a_folder_vanishes(tmp_path: Path) -> None:
    """Files of kinds that are not read are inputs with an error that says what to do; others are counted."""
    for name in ("a.doc", "b.WPS"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    (tmp_path / "c.rtf").write_bytes(b"{\\rtf1}")
    (tmp_path / "d.doc").write_text(f"<html><p>{good(1)}</p></html>", "utf-8")
    for name in ("e.md", "f.xlsx", "g"):
        (tmp_path / name).write_text(good(2), "utf-8")
    results = list(fp.parse_many(tmp_path))
    assert [Path(r.document).name for r in results] == ["a.doc", "b.WPS", "c.rtf", "d.doc"]
    assert [r.status for r in results] == ["error", "error", "error", "ok"]
    assert all("save it as .docx" in r.error for r in results[:3])
    skipped = Counter[str]()
    assert len(list(find_documents(tmp_path, skipped))) == 4
    assert skipped == {".md": 1, ".xlsx": 1, "": 1}


def test_what_programs_keep_in_a_folder_is_no_input(tmp_path: Path) -> None:
    """Locks of Word, hidden folders, and the parts that a browser saves beside a page; the page itself is one."""
    for name in (
        "甲县.html",
        "甲县_files/ad.html",
        "~$乙县.docx",
        ".ipynb_checkpoints/甲县.txt",
        "丙县/_.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(good(1), "utf-8")
    skipped = Counter[str]()
    found = [Path(document.document).name for document in find_documents(tmp_path, skipped)]
    assert sorted(found) == ["_.txt", "甲县.html"]
    assert skipped == {}


def test_a_text_in_the_place_of_a_path_is_told(tmp_path: Path) -> None:
    """However long it is: an error of its own, and the inputs behind it have their results."""
    (tmp_path / "a.txt").write_text(good(0), "utf-8")
    texts = ["一、成效。" * 400, "受理案件6件" * 400, "一、成效\n受理[6]件", "全年受理案件6件。"]
    *wrong, last = fp.parse_many([*texts, tmp_path / "a.txt"])
    assert [(r.document, r.status) for r in wrong] == [(text, "error") for text in texts]
    assert all("a text: give pairs" in r.error for r in wrong) and last.status == "ok"


def test_columns_of_polars_come_as_pairs() -> None:
    """Ids of one column, texts of another; a column alone has no ids, which is told."""
    polars = pytest.importorskip("polars")
    table = polars.DataFrame({"id": ["x", "y"], "text": [good(1), None]})
    assert told(fp.parse_many(zip(table["id"], table["text"], strict=True))) == [
        ("x", "ok", 1),
        ("y", "error", -1),
    ]
    (alone,) = fp.parse_many(table["text"][:1])
    assert "give pairs" in alone.error


def test_an_error_may_stop_the_work() -> None:
    """On request the first input that cannot be read raises, with its id."""
    results = fp.parse_many({"a": good(0), "b": None}, on_error="raise")
    assert next(results).status == "ok"
    with pytest.raises(fp.FazhiError, match="b: not a text"):
        next(results)


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"timeout": 0}, {"on_error": "ignore"}])
def test_wrong_settings_are_told_at_the_call(wrong: dict[str, object]) -> None:
    """Not at the first document."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        fp.parse_many([], **wrong)  # type: ignore[arg-type]


def test_any_number_of_workers_gives_the_same() -> None:
    """One process, two, three: equal reports in equal order."""
    texts = {f"{n}": good(n) if n % 7 else None for n in range(40)}
    alone, two, three = ([*fp.parse_many(texts, workers=n)] for n in (1, 2, 3))

    def plain(results: list[fp.Result]) -> list[object]:
        return [(r.document, r.status, r.error, r.sha256, r.report and r.report.to_dict()) for r in results]

    assert plain(alone) == plain(two) == plain(three)


def test_a_document_that_kills_its_process_costs_nobody_else() -> None:
    """The one at fault is found and marked, also where several do it one after the other."""
    bad = {2, 3, 11, 17}
    texts = {f"{n}": "进程终止" if n in bad else good(n) for n in range(24)}
    results = list(fp.parse_many(texts, workers=2, parser=fp.Parser(extractors=[die_or_hang])))
    assert [r.document for r in results] == list(texts)
    assert {int(r.document) for r in results if r.status == "error"} == bad
    assert all("exit code 9" in r.error for r in results if r.status == "error")


def test_what_dies_while_others_work_mixes_nothing_up() -> None:
    """Many units, many deaths, more workers than cores: each result is that of its own document."""
    texts = {f"{n}": "进程终止" if n % 37 == 5 else GOOD.format("云岫", n + 1) for n in range(150)}
    results = fp.parse_many(texts, workers=3, parser=fp.Parser(extractors=[die_or_hang]))
    for n, result in enumerate(results):
        values = [] if result.report is None else [int(o.value) for o in result.report.observations]
        assert (result.document, values) == (f"{n}", [] if n % 37 == 5 else [n + 1])


def test_a_document_that_hangs_is_given_up() -> None:
    """After the time that it may take it has the status timeout; the others go on."""
    texts = {f"{n}": "永不返回" if n == 1 else good(n) for n in range(4)}
    results = fp.parse_many(texts, workers=2, timeout=2, parser=fp.Parser(extractors=[die_or_hang]))
    assert [r.status for r in results] == ["ok", "timeout", "ok", "ok"]


def test_a_script_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    """Workers import the script that starts them: the message says what to write."""
    script = tmp_path / "script.py"
    script.write_text("import fazhi_parse as fp\nlist(fp.parse_many({'a': 'b'}, workers=2))\n", "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1 and done.stderr.rstrip().endswith('if __name__ == "__main__":')


def test_an_extractor_that_stays_where_it_is_is_named() -> None:
    """One that no other process can find (a lambda, a line at a prompt) is told before any work, and works in this one."""
    parser = fp.Parser(extractors=[lambda report: ()])
    with pytest.raises(
        fp.FazhiError, match=r"extractor test_corpus\.<lambda> cannot go to other processes: .*ickl.*; put it"
    ):
        next(fp.parse_many({"a": good(1)}, parser=parser, workers=2))
    with pytest.raises(fp.FazhiError, match=r"workers=1, no timeout"):
        next(fp.parse_many({"a": good(1)}, parser=parser, timeout=9))
    assert told(fp.parse_many({"a": good(1)}, parser=parser)) == [("a", "ok", 1)]
    prompt = (
        "import fazhi_parse as fp\n"
        "def own(report): return ()\n"
        "assert [r.status for r in fp.parse_many({'a': '一、成效'}, workers=2)] == ['ok']\n"
        "next(fp.parse_many({'a': 'b'}, parser=fp.Parser(extractors=[fp.NamedExtractor(own, 'own.one')]), workers=2))"
    )
    done = subprocess.run(
        [sys.executable, "-c", prompt], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert (
        "extractor __main__.own cannot go to other processes: it stands in a notebook or at a prompt"
        in done.stderr
    )


def test_workers_end_with_the_results(tmp_path: Path) -> None:
    """Who stops early leaves no process behind."""
    results = fp.parse_many({f"{n}": good(n) for n in range(200)}, workers=2)
    next(results)
    children = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    if not Path(children).exists():
        pytest.skip("no /proc here to look at")
    results.close()  # type: ignore[attr-defined]
    left = [pid for pid in Path(children).read_text().split() if "spawn_main" in _command(pid)]
    assert left == []


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.none(), st.integers()), max_size=6))
def test_nothing_is_lost(texts: list[object]) -> None:
    """As many results as inputs, whatever the inputs are, each with one status and a reason where there is no report."""
    results = list(fp.parse_many([(f"{n}", text) for n, text in enumerate(texts)]))
    assert [r.document for r in results] == [f"{n}" for n in range(len(texts))]
    for r, text in zip(results, texts, strict=True):
        assert (r.report is None) == (r.status == "error") == bool(r.error) == (not isinstance(text, str))


def test_bytes_of_files_are_read_by_their_name() -> None:
    """Pairs of a name and a file's bytes, as they come from an archive or a download."""
    pytest.importorskip("lxml")
    page = "<p>一、成效</p><p>受理行政复议案件<b>6</b>件。</p>".encode("gbk")
    results = fp.parse_many([("甲.html", page), ("乙.pdf", b"%PDF-1.4"), ("丙", "一、成效".encode("utf-16"))])
    assert told(results) == [("甲.html", "ok", 1), ("乙.pdf", "error", -1), ("丙", "ok", 0)]


def test_results_are_gone_through_once() -> None:
    """A second time is an error that says what to do, not an empty table."""
    results = fp.parse_many({"a": "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件。"})
    assert len(fp.panel(results).rows) == 1
    with pytest.raises(fp.FazhiError, match=r"list\(parse_many"):
        fp.panel(results)


def test_reports_make_a_panel_too() -> None:
    """One report or several, without names: their titles name them."""
    report = fp.parse("云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件。")
    for documents in (report, [report]):
        (row,) = fp.panel(documents).rows
        assert (row.place, row.year) == ("云岫县", 2023)
        assert fp.to_frame(documents)["document"].tolist() == ["云岫县2023年法治政府建设情况报告"]
