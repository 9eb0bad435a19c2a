"""The same sentence in other words: order, synonyms and classifiers that officials interchange change no value."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from typing import Any

import pytest

import fazhi_parse as fp
from support import CASES, page_above

pytestmark = pytest.mark.long

TABLE: dict[str, Any] = tomllib.loads((CASES / "synonyms.toml").read_text("utf-8"))
_PARTS: dict[str, str] = TABLE["part"]
_ODD = re.compile(_PARTS.pop("odd"))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda part: _PARTS[part[1]], words))


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Sentences that were coded by hand, each with the page that stands before it."""
    found: list[tuple[str, str]] = []
    for path in sorted(CASES.glob("wordings_?.jsonl")):
        for case in map(json.loads, path.read_text("utf-8").splitlines()):
            found.append((page_above(case), case["text"]))
    return tuple(found)


@cache
def stated(page: str, text: str) -> list[tuple[str, str, str, int]]:
    """The values of a sentence in any order."""
    report = fp.parse(f"{page}{text}\n")
    return sorted(
        (o.indicator, str(o.value), o.status, o.year or 0)
        for o in report.observations
        if o.start >= len(page)
    )


def _told(words: re.Pattern[str], becomes: str, text: str) -> str:
    def change(found: re.Match[str]) -> str:
        thing = found.groupdict().get("thing")
        return found[0] if thing is not None and _ODD.search(thing) else found.expand(becomes)

    return words.sub(change, text)


@pytest.mark.parametrize(
    "change", TABLE["change"], ids=lambda change: f"{change['what']}: {change['words'][-24:]}"
)
def test_other_words_for_the_same_state_the_same(change: dict[str, Any]) -> None:
    """A change of words that officials make without a thought changes no value, but for the sentences named with it."""
    words, but = _pattern(change["words"]), change.get("but", [])
    tried = 0
    for becomes in change["becomes"]:
        different: list[str] = []
        for page, text in sentences():
            told = _told(words, becomes, text)
            if told == text:
                continue
            tried += 1
            if stated(page, told) != stated(page, text) and not any(part in text for part in but):
                different.append(told)
        assert different == [], becomes
    assert tried >= 8
