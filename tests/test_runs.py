"""A run in a folder: killed at any moment and started again it gives what it would have given."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import fazhi_parse as fp
from faults import die_or_hang

TEXT = "{}县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件{}件。\n"


def texts(count: int) -> dict[str, str | None]:
    """Documents with figures of their own; each ninth is unreadable."""
    return {f"{n}": TEXT.format("云岫", n + 1) if n % 9 else None for n in range(count)}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_a_run_holds_a_row_an_input_in_order(tmp_path: Path, format: str) -> None:
    """Whatever became of an input; the manifest counts the statuses."""
    if format == "parquet":
        pytest.importorskip("pyarrow")
    run = fp.parse_into(tmp_path / "out", texts(30), format=format, shard_size=8)  # type: ignore[arg-type]
    assert run.complete and len(run) == 30 and run.counts == {"error": 4, "ok": 26}
    rows = list(fp.open_run(tmp_path / "out"))
    assert [row["document"] for row in rows] == list(texts(30))
    assert [o["value"] for row in rows for o in row["observations"]] == [
        f"{n + 1}" for n in range(30) if n % 9
    ]
    assert [row["problems"][0]["code"] for row in rows if row["status"] != "ok"] == ["input.error"] * 4


def test_any_number_of_workers_writes_the_same_bytes(tmp_path: Path) -> None:
    """Names and contents of all files."""
    for workers in (1, 2):
        fp.parse_into(tmp_path / f"{workers}", texts(40), workers=workers, shard_size=8)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    """Going on keeps the files that are there, and does the others: changed inputs, more of them, other rules."""
    folder = tmp_path / "out"
    inputs = texts(20)
    fp.parse_into(folder, inputs, shard_size=5)
    before = {p: p.stat().st_mtime_ns for p in (folder / "shards").iterdir()}
    fp.parse_into(folder, inputs, shard_size=5, resume=True)
    assert {p: p.stat().st_mtime_ns for p in (folder / "shards").iterdir()} == before
    inputs["7"] = "改过了"
    inputs["20"] = "新的"
    changed = fp.parse_into(folder, inputs, shard_size=5, resume=True)
    kept = [p for p in (folder / "shards").iterdir() if before.get(p) == p.stat().st_mtime_ns]
    assert len(kept) == 3 and len(changed.shards) == 5 and len(changed) == 21
    fp.parse_into(tmp_path / "clean", inputs, shard_size=5)
    assert contents(folder) == contents(tmp_path / "clean")
    other = fp.parse_into(folder, inputs, shard_size=5, resume=True, parser=fp.Parser(skip=["wraps"]))
    assert not set(other.shards) & set(changed.shards)


def test_inputs_that_failed_are_tried_again_on_request(tmp_path: Path) -> None:
    """A report that took too long may be given more time."""
    parser = fp.Parser(extractors=[die_or_hang])
    inputs = {"a": "永不返回", "b": "一、成效"}
    run = fp.parse_into(tmp_path / "out", inputs, parser=parser, timeout=0.5, workers=1)
    assert run.counts == {"ok": 1, "timeout": 1}
    kept = fp.parse_into(tmp_path / "out", inputs, parser=parser, resume=True)
    assert kept.counts == run.counts
    again = fp.parse_into(tmp_path / "out", inputs, parser=parser, timeout=0.5, resume=True, retry=True)
    assert again.counts == run.counts and again.shards == run.shards


def test_what_stands_in_the_folder_is_not_overwritten(tmp_path: Path) -> None:
    """Neither a run, unless it is to go on, nor something else."""
    fp.parse_into(tmp_path / "run", texts(2))
    with pytest.raises(fp.FazhiError, match="holds a run: resume it"):
        fp.parse_into(tmp_path / "run", texts(2))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.docx").write_bytes(b"")
    with pytest.raises(fp.FazhiError, match="holds no run"):
        fp.parse_into(tmp_path / "other", texts(2), resume=True)
    with pytest.raises(fp.FazhiError, match="two inputs have the id 'a'"):
        fp.parse_into(tmp_path / "twice", [("a", "x"), ("a", "y")])
    with pytest.raises(fp.FazhiError, match="was stopped before its end"):
        list(fp.open_run(tmp_path / "twice"))
    (tmp_path / "run" / "manifest.json").write_text(json.dumps({"schema": 99}), "utf-8")
    with pytest.raises(fp.FazhiError, match="schema 99"):
        fp.open_run(tmp_path / "run")


WORK = """
import sys
import fazhi_parse as fp
from test_runs import texts
if __name__ == "__main__":
    fp.parse_into(sys.argv[1], texts(400), workers=2, shard_size=10, resume=True)
"""


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """After several SIGKILLs at random moments the files are those of the run that nobody stopped."""
    fp.parse_into(tmp_path / "clean", texts(400), shard_size=10)
    script, folder = tmp_path / "work.py", tmp_path / "killed"
    script.write_text(WORK, "utf-8")
    moments = random.Random(7)
    environment = {"PYTHONPATH": str(Path(__file__).parent)}
    for _ in range(4):
        work = subprocess.Popen([sys.executable, script, folder], env=environment)
        time.sleep(moments.uniform(0.3, 2.0))
        work.send_signal(signal.SIGKILL)
        work.wait()
    subprocess.run([sys.executable, script, folder], env=environment, check=True, timeout=300)
    assert contents(folder) == contents(tmp_path / "clean")


@pytest.mark.parametrize("left", [b"", b'{"document": "0"', b"\0" * 40])
def test_a_shard_that_is_not_whole_is_done_again(tmp_path: Path, left: bytes) -> None:
    """A machine that lost power may leave less than was written: nothing of it is taken for done."""
    folder = tmp_path / "out"
    fp.parse_into(folder, texts(20), shard_size=5)
    before = contents(folder)
    (folder / "shards" / fp.open_run(folder).shards[2]).write_bytes(left)
    assert len(fp.parse_into(folder, texts(20), shard_size=5, resume=True)) == 20
    assert contents(folder) == before


def test_a_run_that_was_killed_at_its_very_start_begins_again(tmp_path: Path) -> None:
    """A folder that holds nothing, or half a manifest, holds nothing that could be lost."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json.part").write_text('{"sch', "utf-8")
    assert fp.parse_into(tmp_path / "out", texts(3)).complete
