"""Whole reports that were coded before any run of the parser on them: none of the figures falls below its floor.

How the library did on them at first sight is in docs/indicators.md. The shared script scores them as it scores the others:

    python ../shared/score.py --docs tests/cases/blind_a --each -v
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fazhi_parse as fp
from support import CASES, SHARED

SETS = sorted(CASES.glob("blind_?"))


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="development data not present")
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_no_figure_of_blind_reports_falls_below_its_floor(folder: Path) -> None:
    """Structure, quantities and indicator values stay at or above the floor.json of each set."""
    run = subprocess.run(
        [
            sys.executable, str(SHARED / "score.py"), "--docs", str(folder), "--floor", str(folder / "floor.json"), "-v",
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr


def _values(report: fp.Report) -> list[tuple[object, ...]]:
    return [(o.indicator, o.value, o.start, o.status, o.year) for o in report.observations]


_FULL, _HALF = str.maketrans(";()", "；（）"), str.maketrans("，；（）", ",;()")


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_commas_and_brackets_of_half_width_say_the_same(folder: Path) -> None:
    """A report printed with half-width punctuation has the values that it has with full-width punctuation."""
    for file in sorted(folder.glob("*.txt")):
        full = re.sub(r"(?<!\d),|,(?!\d)", "，", file.read_text("utf-8")).translate(_FULL)
        half = fp.parse(full.translate(_HALF))
        assert _values(half) == _values(fp.parse(full))


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_the_gold_of_blind_reports_is_grounded(folder: Path) -> None:
    """Every coded span holds the words that it says it holds."""
    for file in sorted(folder.glob("*.gold.json")):
        gold = json.loads(file.read_text("utf-8"))
        text = (folder / gold["file"]).read_bytes().decode("utf-8")
        for record in (*gold["quantities"], *gold["indicators"], *gold["unassigned"]):
            assert text[record["start"] : record["end"]] == record["text"], (file.name, record)
