"""Pages: what is chrome, title, addressee, signature and date, and what they say."""

from __future__ import annotations

from typing import Any

import pytest

import fazhi_parse as fp
from support import page_cases


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case["name"])
def test_parts(case: dict[str, Any]) -> None:
    """The parts that are no section are exactly those named, in order."""
    report = fp.parse(case["text"])
    raw = report.raw
    got = [[part.kind, raw[part.start : part.end].replace("\n", " / ")] for part in report.parts]
    assert got == case["parts"]


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case["name"])
def test_metadata(case: dict[str, Any]) -> None:
    """A page says what it is about; what it does not say is None."""
    metadata = fp.parse(case["text"]).metadata
    for name, wanted in case.get("metadata", {}).items():
        assert (getattr(metadata, name) or "") == wanted, name
