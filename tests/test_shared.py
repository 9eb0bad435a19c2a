"""The figures on the development data, where it is present: none may fall unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support import SHARED

FLOOR = Path(__file__).parent / "cases" / "floor.json"


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
