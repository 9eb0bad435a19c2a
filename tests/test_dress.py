"""The same report in another dress: who typed, printed or converted it must not change what it states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import opencc
import pytest

import fazhi_parse as fp
from fazhi_parse.data_files import load_table
from fazhi_parse.indicators.plain import in_usual_words
from support import CASES

pytestmark = pytest.mark.long

_NUMBER = re.compile(r"(?<![\d.,〔\[(（第])(?<!\d )(\d[\d.,]*\d|\d)(?=[一-鿿%])")
_COUNT = re.compile(r"(?<![\d.,，第〔\[(（])([3-9])(?=[件起份人次项名场家条])")
_THOUSANDS = re.compile(r"(?<![\d.年])(\d{4,})(?=[件起份人次万元项名])")
_TRADITIONAL = opencc.OpenCC("s2t")

DRESSES: dict[str, Callable[[str], str]] = {
    "traditional characters": _TRADITIONAL.convert,
    "spaces around numbers": lambda text: _NUMBER.sub(r" \1 ", text),
    "narrow spaces around numbers": lambda text: _NUMBER.sub("\u202f\\1\u202f", text),
    "spaces behind stops": lambda text: re.sub(r"([，。；：])(?=[一-鿿])", r"\1 ", text),
    "full-width digits": lambda text: text.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "half-width punctuation": lambda text: text.translate(str.maketrans("，；：（）", ",;:()")),
    "corner quotation marks": lambda text: text.translate(str.maketrans("“”", "「」")),
    "straight quotation marks": lambda text: text.translate(str.maketrans("“”", '""')),
    "thousands parted": lambda text: _THOUSANDS.sub(lambda m: f"{int(m[1]):,}", text),
    "counts in words": lambda text: _COUNT.sub(lambda m: "零一二三四五六七八九"[int(m[1])], text),
    "rough counts": lambda text: re.sub(r"(?<=\d)(?=[件起份名场](?:次)?[，。；、])", "余", text),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "indented lines": lambda text: re.sub(r"(?m)^(?=\S)", "\u3000\u3000", text),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "line breaks of HTML": lambda text: text.replace("\n", "<br/>\n"),
    "headings of Markdown": lambda text: re.sub(r"(?m)^(?=[一二三四五六七八九十]{1,3}、)", "## ", text),
    "invisible characters": lambda text: re.sub(r"(?<=[一-鿿]{7})(?=[一-鿿])", "\u200b", text),
    "full-width points": lambda text: re.sub(r"(?m)^([ \u3000]*[一二三四五六七八九十]{1,3})、", r"\1．", text),
    "half-width brackets": lambda text: re.sub(r"(?m)^([ \u3000]*)（([一二三四五六七八九十]+)）", r"\1(\2)", text),
}  # fmt: skip

Stated = Counter[tuple[str, str, str, bool]]


@cache
def reports() -> tuple[tuple[str, str], ...]:
    """Reports that are not hard-wrapped: a wrapped line is no longer full once it has other characters in it."""
    texts = [(path.stem, _text(path)) for path in sorted(CASES.glob("blind_*/*.txt"))]
    return tuple((name, text) for name, text in texts if not _wrapped(text))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def _wrapped(text: str) -> bool:
    return any(edit.reason == "wraps" for edit in fp.clean(text).edits)


def stated(text: str) -> tuple[Stated, Counter[tuple[str, int, int]]]:
    """What a text states, and its numbered headings."""
    report = fp.parse(text)
    values = Counter((o.indicator, str(o.value), o.status, o.implied) for o in report.observations)
    return values, Counter((s.kind, s.number, s.level) for s in report.walk())


@pytest.mark.parametrize("dress", DRESSES)
def test_a_report_states_the_same_in_another_dress(dress: str) -> None:
    """Spaces, widths, marks, words for digits and the lines of a page do not change a value, its status or a heading."""
    different = {
        name: (before - after, after - before)
        for name, text in reports()
        for before, after in zip(stated(text), stated(DRESSES[dress](text)), strict=True)
        if before != after
    }
    assert len(reports()) > 30
    assert different == {}


def test_each_usual_word_is_written_so_that_the_scan_is_fast_and_knows_it() -> None:
    """What stands for it has no groups of its own and begins, in each alternative, with a plain character."""
    table = load_table("usual_words.toml")["usual"]
    for usual, pattern in table.items():
        assert re.compile(pattern).groups == 0
        depth = 0
        begins = [pattern[0]]
        for before, char in pairwise(pattern):
            depth += {"(": 1, ")": -1}.get(before, 0)
            if before == "|" and depth == 0:
                begins.append(char)
        assert all("\u4e00" <= char <= "\u9fff" for char in begins), usual
        assert in_usual_words(usual) == usual, "a usual word is not replaced itself"
