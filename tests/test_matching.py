"""The matcher passes over no rule that matches, and its result depends on nothing but text and rules."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.indicators.figures import Figure
from fazhi_parse.indicators.index import RuleIndex, Side, Wording, bits
from fazhi_parse.patterns import edge
from fazhi_parse.prefilter import Ending, Guarded
from fazhi_parse.spans import Nested, SpanSet
from support import CASES

CASES_A = [json.loads(line) for line in (CASES / "wordings_a.jsonl").read_text("utf-8").splitlines()]
REPORTS = [
    f"云岫县{case['report_year']}年法治政府建设情况报告\n一、{case['heading'] or '主要工作'}\n{case['text']}"
    for case in CASES_A[::6]
]
PARTS = ["复议", "受理", "[甲乙]丙?", "(?:甲|丙丁)", ".*", "丁+", "(?:复议|[甲丁]{1,2})*", "(?!丁)", "乙{2}"]
patterns = st.lists(st.sampled_from(PARTS), max_size=5).map("".join)
words = st.text("甲乙丙丁复议受理", max_size=10)


@given(st.lists(st.none() | patterns, max_size=6), words, st.booleans())
def test_a_side_hides_no_rule_that_matches(middles: list[str | None], text: str, last: bool) -> None:
    """Rules whose anchored pattern matches are kept, and rules that ask for nothing."""
    anchored = [m if m is None else f"{m}$" if last else f"^(?:{m})" for m in middles]
    kept = set(bits(Side(anchored, last=last).among((1 << len(anchored)) - 1, text)))
    assert {i for i, p in enumerate(anchored) if p is None or re.search(p, text)} <= kept


@given(patterns, words, st.booleans())
def test_the_edge_of_a_pattern_is_that_of_what_it_matches(middle: str, text: str, whole: bool) -> None:
    """Where the last characters are known, no text with another one matches."""
    pattern = f"^(?:{middle})$" if whole else f"{middle}$"
    known = edge(pattern, last=True)
    if known is not None and re.search(pattern, text):
        assert text[-1:] in known


@given(st.lists(patterns, min_size=1, max_size=3), words)
def test_alternatives_have_the_edges_of_all_of_them(middles: list[str], text: str) -> None:
    """Where each alternative is tied to the end, a text that one of them matches ends as one of them does."""
    pattern = "|".join(f"{middle}$" for middle in middles)
    known = edge(pattern, last=True)
    if known is not None and re.search(pattern, text):
        assert text[-1:] in known


@given(words)
def test_guards_do_not_change_what_matches(text: str) -> None:
    """A guarded pattern and one for the end of a text find what the plain pattern finds."""
    ending, guarded = "(?:甲|乙丙)+丁?$", "[甲乙]?(?:复议|受理)[^甲]"
    for plain, found in (
        (re.search(ending, text), Ending(ending).search(text)),
        (re.search(guarded, text), Guarded(guarded).search(text)),
    ):
        assert (plain and plain.span()) == (found and found.span())
    assert Ending(ending).stripped(text) == re.sub(ending, "", text)


@pytest.mark.parametrize("make", [Ending, Guarded])
def test_a_guard_that_knows_nothing_is_refused(make: type) -> None:
    """A pattern that tells nothing about what it matches cannot be guarded."""
    with pytest.raises(ValueError, match=r"known|requires"):
        make("[^甲]$").search("乙")


@given(
    st.recursive(st.just([]), lambda inner: st.lists(inner, max_size=3), max_leaves=12), st.integers(0, 60)
)
def test_the_innermost_of_nested_ranges(tree: list[object], offset: int) -> None:
    """The same answer as looking at every range."""
    ranges: list[tuple[int, int]] = []

    def add(node: list[object], start: int) -> int:
        number, end = len(ranges), start + 1
        ranges.append((start, end))
        for child in node:
            assert isinstance(child, list)
            end = add(child, end) + 1  # pyright: ignore[reportUnknownArgumentType]
        ranges[number] = (start, end)
        return end

    add(tree, 3)
    holding = [i for i, (start, end) in enumerate(ranges) if start <= offset < end]
    assert Nested(ranges).at(offset) == (holding[-1] if holding else None)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8),
)
def test_what_lies_outside(ranges: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    """Walking along both lists gives what asking for each gives."""
    busy = SpanSet((start, start + length) for start, length in ranges)
    spans = [(start, start + length) for start, length in sorted(others)]
    assert busy.outside(spans) == [span for span in spans if not busy.touches(*span)]


def observed(report: fp.Report) -> list[tuple[object, ...]]:
    """What a report's observations say, without what names the wording that found them."""
    return [(o.start, o.end, o.indicator, o.value, o.status, o.year, o.implied) for o in report.observations]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rules_does_not_matter(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indicators and their rules in any order find the same values."""
    expected = [observed(fp.parse(text)) for text in REPORTS]
    shuffled = random.Random(seed)
    catalogue = fp.load_catalogue()
    entries = [
        attrs.evolve(entry, rules=tuple(shuffled.sample(entry.rules, len(entry.rules))))
        for entry in shuffled.sample([*catalogue.indicators.values()], len(catalogue))
    ]
    other = attrs.evolve(catalogue, indicators={entry.id: entry for entry in entries})
    monkeypatch.setattr(fp.Parser, "catalogue", property(lambda _: other))
    assert [observed(fp.parse(text)) for text in REPORTS] == expected


def test_no_rule_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every rule tried beside every figure the values are the same."""
    lines = [
        line
        for file in sorted(CASES.glob("wordings_*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    texts = [f"一、{case['heading'] or '主要工作'}\n{case['text']}" for case in map(json.loads, lines[::20])]
    unused = attrs.evolve(fp.load_catalogue())
    monkeypatch.setattr(fp.Parser, "catalogue", property(lambda _: unused))
    found = [observed(fp.parse(text)) for text in texts]

    def every_rule(self: RuleIndex, figure: Figure) -> list[Wording]:
        rules, exact = self._by_unit(figure)  # pyright: ignore[reportPrivateUsage]
        return [self._wordings[n][exact >> n & 1] for n in bits(rules)]  # pyright: ignore[reportPrivateUsage]

    monkeypatch.setattr(RuleIndex, "possible", every_rule)
    assert found == [observed(fp.parse(text)) for text in texts]


def test_a_rule_may_find_its_words_in_a_second_reading(tmp_path: Path) -> None:
    """Also the first time that it is looked at: the object behind the number belongs to the words before it."""
    rules = tmp_path / "rules.toml"
    rules.write_text(
        "[[indicator]]\nid = 'own.papers'\nname = { zh = '章程' }\nunit = '份'\nrules = [{ left = '审查章程$' }]\n",
        "utf-8",
    )
    found = fp.Parser(rules=[rules]).parse("一、成效\n全年审查37份章程。").observations
    assert [o.indicator for o in found] == ["own.papers"]


def test_the_batch_does_not_matter() -> None:
    """A report gives the same alone, behind others, and from a parser of its own."""
    first = [fp.parse(text).to_json() for text in REPORTS]
    assert [fp.parse(text).to_json() for text in reversed(REPORTS)] == first[::-1]
    assert [fp.Parser().parse(text).to_json() for text in REPORTS[:5]] == first[:5]


def test_the_hash_seed_does_not_matter() -> None:
    """Processes with other seeds print the same bytes."""
    code = "import json, sys, fazhi_parse as fp; [print(fp.parse(t).to_json()) for t in json.load(sys.stdin)]"
    texts = json.dumps(["\n".join(REPORTS[i::5]) for i in range(5)])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=texts,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "77")
    }
    assert len(outputs) == 1
