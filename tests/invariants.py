"""What holds for any text whatever. The property tests, the replay of past failures and the fuzz targets check it."""

from __future__ import annotations

import json
import re
import warnings
from itertools import pairwise

import fazhi_parse as fp
from fazhi_parse.testing import assert_sound

_TEXT_PANE = re.compile(r'(?s)<p class="text">(.*?)</p>')


def check(raw: str) -> fp.Report:
    """All invariants of one text; returns what was parsed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = fp.parse(raw)
        assert_sound(report)
        assert fp.parse(raw).to_json() == report.to_json(), "the second time it comes out differently"
        json.loads(report.to_json())
        _check_order(report)
        check_html(report)
        check_markdown(report)
        check_chunks(report, 2, 800)
        for kind in ("observations", "quantities", "sections", "diagnostics", "parts"):
            json.dumps(report.to_records(kind))
        for record in (*report.walk(), *report.observations):
            assert report.explain(record)
        for quantity in fp.find_quantities(raw):
            assert raw[quantity.start : quantity.end] == quantity.text
    return report


def _check_order(report: fp.Report) -> None:
    """Quantities follow each other without overlap; observations are in order; parts do not overlap."""
    for first, second in pairwise(report.quantities):
        assert first.end <= second.start, f"{first.text!r} and {second.text!r} overlap"
    starts = [o.start for o in report.observations]
    assert starts == sorted(starts)
    apart = sorted(
        (p.start, p.end) for p in report.parts if p.kind != "chrome"
    )  # chrome may stand within the others
    for one, other in pairwise(apart):
        assert one[1] <= other[0], f"parts {one} and {other} overlap"
    for doubt in report.diagnostics:
        if doubt.start is not None:
            assert doubt.end is not None and 0 <= doubt.start <= doubt.end <= len(report.raw), doubt


def check_chunks(report: fp.Report, level: int, max_chars: int) -> None:
    """Every character that is not white space is in exactly one chunk."""
    seen = [0] * len(report.raw)
    for chunk in report.chunks(level=level, max_chars=max_chars, chrome=True):
        assert 0 < len(chunk.text) <= max_chars
        assert report.raw[chunk.start : chunk.end] == chunk.text
        for at in range(chunk.start, chunk.end):
            seen[at] += 1
    for char, count in zip(report.raw, seen, strict=True):
        assert count == 1 or (count == 0 and char.isspace())


def check_markdown(report: fp.Report) -> None:
    """A section's Markdown is its text with headings marked and items listed."""
    plain = str.maketrans("", "", "#-")
    report.to_markdown()
    for section in report.sections:
        said, meant = section.to_markdown(), section.text
        assert "".join(said.translate(plain).split()) == "".join(meant.translate(plain).split())


def check_html(report: fp.Report) -> None:
    """The page shows all characters, and nothing in the text becomes a tag of the page."""
    pane = _TEXT_PANE.search(report.to_html())
    assert pane is not None
    shown = re.sub(r"<[^>]*>", "", pane[1])
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == report.raw


def check_quantity(text: str) -> fp.Quantity | None:
    """A phrase has a value that its own text has too, or is no quantity."""
    try:
        quantity = fp.parse_quantity(text)
    except fp.InvalidNumeral:
        return None
    assert 0 <= quantity.start < quantity.end <= len(text)
    assert text[quantity.start : quantity.end] == quantity.text
    assert quantity.value_max is None or quantity.value_max >= quantity.value
    assert fp.parse_quantity(quantity.text).value == quantity.value
    return quantity
