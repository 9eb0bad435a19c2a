"""Shared fixtures: the sample reports of examples/reports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPORTS = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))

# what commands print in the tests and the docs is English, wherever they are run
os.environ["LC_ALL"] = "C.UTF-8"
collect_ignore_glob = ["cases/*"]
"""Data; a file of Python there is for type checkers."""

settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")


@pytest.fixture(params=REPORTS, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> str:
    """The raw text of each sample report in turn."""
    path: Path = request.param
    return path.read_bytes().decode("utf-8")
