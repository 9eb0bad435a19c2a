"""The figures on the development data, where it is present: none may fall unnoticed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import SHARED

ROOT = Path(__file__).parents[1]
FLOOR = ROOT / "tests" / "cases" / "floor.json"
OWN = ("README*.md", *(f"{folder}/**/*.*" for folder in ("src", "tests", "docs", "examples", "bench")))
RUN = 24
"""Characters in a row; set phrases that no report does without are shorter."""


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="development data not present")
def test_no_figure_falls_below_its_floor() -> None:
    """The scoring script's figures stay at or above those of tests/cases/floor.json."""
    run = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), "--json", "--floor", str(FLOOR)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    assert json.loads(run.stdout.splitlines()[0])["seeds.spans"] == 1.0


def runs(path: Path) -> set[str]:
    """Every run of so many characters within a line."""
    lines = re.findall(rf"\S.{{{RUN - 2},}}\S", path.read_text("utf-8", "ignore"))
    return {line[at : at + RUN] for line in lines for at in range(len(line) - RUN + 1)}


@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="development data not present")
def test_no_sentence_of_the_real_reports_is_copied() -> None:
    """Examples and cases are in words of their own."""
    theirs = set[str]().union(*(runs(path) for path in (SHARED / "seeds").glob("*.txt")))
    suffixes = {".md", ".txt", ".toml", ".json", ".jsonl", ".py", ".ipynb", ".html", ".csv"}
    own = {path for pattern in OWN for path in ROOT.glob(pattern) if path.suffix in suffixes}
    assert {
        path.name: found for path in own if "_build" not in path.parts and (found := runs(path) & theirs)
    } == {}
