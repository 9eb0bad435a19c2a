"""The same sentence as another clerk would write it: what is added to a statement must not change its values."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from zlib import crc32

import pytest

import fazhi_parse as fp
from support import CASES, page_above
from test_wordings import coded, found

pytestmark = pytest.mark.long

DATA = tomllib.loads((CASES / "rephrased.toml").read_text("utf-8"))
CHANGES = {change["name"]: change for change in DATA["change"]}
EXCEPTIONS = {(known["change"], known["text"]) for known in DATA["except"]}

Stated = Counter[tuple[str, str, str, int | None, bool]]


@cache
def sentences() -> tuple[dict[str, Any], ...]:
    """All coded sentences."""
    lines = [
        line
        for path in sorted(CASES.glob("wordings_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return tuple(json.loads(line) for line in lines)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern with the words that it names."""
    return re.compile(re.sub(r"\{([A-Z]+)\}", lambda match: DATA["word"][match[1]], text))


def variants(change: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """A sample of the sentences that a change applies to, each with one change at one place; the same in every run."""
    find, skip = pattern(change["find"]), pattern(change["skip"]) if "skip" in change else None
    for case in sentences():
        text = case["text"]
        if skip is not None and skip.search(text):
            continue
        for match in find.finditer(text):
            chance = crc32(f"{text}{match.start()}".encode())
            if chance % change["every"] == 0:
                put = change["put"][chance // change["every"] % len(change["put"])]
                yield case, text[: match.start()] + match.expand(put) + text[match.end() :]


def stated(case: dict[str, Any], text: str) -> Stated:
    """What a text states as the second of a report's three sections."""
    page = page_above(case)
    report = fp.parse(f"{page}{text}\n五、其他\n其他工作有序开展。\n")
    return Counter(
        (o.indicator, str(o.value), o.status, o.year, o.implied)
        for o in report.observations
        if o.start >= len(page)
    )


@pytest.mark.parametrize("name", CHANGES)
def test_a_sentence_states_the_same_in_other_words(name: str) -> None:
    """Frames, adverbs, attributes, remarks in brackets and praise change no value, its status or its year."""
    tried = list(variants(CHANGES[name]))
    different = {
        text: (before - after, after - before)
        for case, text in tried
        if coded(case) == found(case)
        for before, after in [(stated(case, case["text"]), stated(case, text))]
        if before != after
    }
    assert len(tried) > 5
    known = {text for change, text in EXCEPTIONS if change == name}
    assert {text: change for text, change in different.items() if text not in known} == {}
    assert known <= different.keys(), "no exception any more"
