"""The index of rules: it may pass over a rule only where the rule cannot match."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_parse import Parser
from fazhi_parse.patterns import named, required
from fazhi_parse.prefilter import PatternIndex
from support import CASES

TEXTS = [
    json.loads(line)["text"]
    for name in ("wordings_a", "wordings_b")
    for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
]


def test_whatever_a_pattern_matches_holds_what_it_requires() -> None:
    """For every pattern of the catalogue and every match in the wordings."""
    patterns = {
        pattern
        for indicator in Parser().catalogue.indicators.values()
        for rule in indicator.rules
        for pattern in rule.patterns
    }
    known = {pattern: literals for pattern in patterns if (literals := required(pattern))}
    assert len(known) > len(patterns) * 3 // 4
    for pattern, literals in known.items():
        for text in TEXTS[::5]:
            for match in re.finditer(pattern.replace("^", ""), text):
                assert any(literal in match.group() for literal in literals), (pattern, match.group())


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("受理(?:行政)?复议", {"受理复议", "受理行政复议"}),
        ("受理[^，]{0,4}复议", {"受理", "复议"}),
        ("法(?:律援助|援)中心", {"法律援助中心", "法援中心"}),
        ("(?:办结|审结)了?", {"办结", "审结", "办结了", "审结了"}),
        ("[县区]政府", {"县政府", "区政府"}),
        ("(?:甲|.)乙?", None),
        ("(?:复议){0,3}", None),
        ("(?!复议)诉讼", {"诉讼"}),
        ("复议(", None),
        ("(?i)app", None),
        ("(?:foo){e<=1}", None),
        ("[[:alpha:]]", None),
    ],
)
def test_required(pattern: str, literals: set[str] | None) -> None:
    """One of the strings is in every match; None where nothing is sure or the pattern is broken."""
    found = required(pattern)
    if literals is None:
        assert found is None
    else:
        assert found is not None
        assert found <= literals


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [("(?<!已)未[审不]*(?!无)", "未审不"), ("[^未]{2}(?:甲|没有)$", "甲没有"), ("未(", "未("), ("", "")],
)
def test_named(pattern: str, chars: str) -> None:
    """What is excluded or only looked at is not named; of a pattern that cannot be read all characters are."""
    assert named(pattern) == frozenset(chars)


@given(
    st.lists(st.sampled_from(["复议", "受理", "[甲乙]丙", "(?:甲|丙丁)", ".*", "丁+"]), max_size=6),
    st.text("甲乙丙丁复议受理", max_size=12),
)
def test_the_index_hides_no_rule_that_matches(patterns: list[str], text: str) -> None:
    """Entries come in the order given; those that match are among them."""
    index = PatternIndex((i, (pattern,)) for i, pattern in enumerate(patterns))
    possible = index.possible([text])
    assert possible == sorted(possible)
    assert {i for i, pattern in enumerate(patterns) if re.search(pattern, text)} <= set(possible)
