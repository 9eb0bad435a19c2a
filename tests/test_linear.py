"""Cost, counted: the lines of the package that run for a piece of text written n, 2n and 3n times."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES

pytestmark = pytest.mark.long

PACKAGE = str(Path(fp.__file__).parent)
PIECES: dict[str, str] = tomllib.loads((CASES / "pieces.toml").read_text(encoding="utf-8"))
SHORTEST = 2_000
"""Characters of the shortest of the three texts: 60 to 150 figures."""
SLACK = 100
"""Lines that may run more often only once: a cache that fills, a name that is looked up."""


def lines_run(text: str) -> int:
    """How many lines of the package run while a text is parsed."""
    count = 0
    ours: dict[CodeType, bool] = {}

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if code not in ours:
            ours[code] = code.co_filename.startswith(PACKAGE)
        return line if ours[code] else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        fp.parse(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", PIECES)
def test_a_part_that_comes_later_costs_no_more(name: str) -> None:
    """Each further thousand characters takes as many steps as the thousand before."""
    piece = PIECES[name]
    times = SHORTEST // len(piece) + 1
    fp.parse(piece * times * 3)  # what is read or compiled at the first use
    once, twice, thrice = (lines_run(piece * times * n) for n in (1, 2, 3))
    assert once > SLACK
    assert thrice - twice <= 1.02 * (twice - once) + SLACK
