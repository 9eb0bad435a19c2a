"""What is concluded from patterns holds for whatever they match, whoever read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.pattern_tree import _read, _read_by_library, tree
from fazhi_parse.patterns import edge, named, requirements

ATOMS = ("受理", "复议", "了", "[案件]", "[一-三]", "[^，。]", "[，,]", ".", "件", "a")
COUNTS = ("", "", "", "?", "*", "+", "{0,2}", "{1,3}", "{2}")


def _groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequences = st.lists(inner, min_size=1, max_size=3).map("".join)
    branches = st.lists(sequences | st.just(""), min_size=1, max_size=3).map("|".join)
    # counts within counts could make the matcher, which checks the strings, backtrack without end
    return st.builds(
        lambda body, count: f"(?:{body}){count}", branches, st.sampled_from(("", "", "?", "{1}"))
    )


atoms = st.builds(lambda atom, count: atom + count, st.sampled_from(ATOMS), st.sampled_from(COUNTS))
bodies = st.lists(st.recursive(atoms, _groups, max_leaves=6), min_size=1, max_size=4).map("".join)
patterns = st.builds(lambda body, ends: f"{ends[0]}{body}{ends[1]}", bodies, st.sampled_from(("  ", "^ ", " $", "^$"))).map(
    lambda pattern: pattern.replace(" ", "")
)  # fmt: skip


@given(patterns, st.data())
def test_what_a_pattern_requires_is_in_whatever_it_matches(pattern: str, data: st.DataObject) -> None:
    """Required strings occur; a match ends in the characters that are known of its end."""
    matched = data.draw(
        st.from_regex(pattern, fullmatch=True, alphabet=st.sampled_from("受理复议了案件一二三甲，a"))
    )
    for alternatives in requirements(pattern):
        assert any(word in matched for word in alternatives), (pattern, matched, alternatives)
    for last, place in ((True, slice(-1, None)), (False, slice(0, 1))):
        chars = edge(pattern, last=last)
        assert chars is None or matched[place] in chars


@given(patterns)
def test_the_reader_takes_what_rules_are_written_in(pattern: str) -> None:
    """Words, classes, groups, alternatives and counts are read without the library's parser."""
    assert _read(pattern) is not None
    assert named(pattern) >= set(re.findall("[受理复议了]", pattern))


def test_most_rules_are_read_by_the_short_reader() -> None:
    """The catalogue is written in the part of the pattern language that is read fast."""
    words = [
        w.pattern
        for i in fp.load_catalogue().indicators.values()
        for r in i.rules
        for w in (r.left, r.right)
        if w
    ]
    assert sum(_read(pattern) is not None for pattern in words) > 0.9 * len(words)


@pytest.mark.parametrize(
    "pattern",
    [r"\d件", "(?i:a)", "a++", "a??", "(?P<n>甲)", "(?<=甲)乙", "[]甲]", "[甲\\]]", "a{2}{3}", "(甲", "甲)", "*", "{", "甲{"],
)  # fmt: skip
def test_other_patterns_are_read_by_the_library_or_not_at_all(pattern: str) -> None:
    """Nothing is concluded from what is not understood."""
    try:
        re.compile(pattern)
    except re.error:
        assert tree(pattern) is None and requirements(pattern) == ()
    else:
        assert tree(pattern) in (None, _read_by_library(pattern))
