"""The rules of the catalogue and the files that hold them; the index that finds those which can match."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_parse import InvalidRule, Parser
from fazhi_parse.patterns import named, required
from fazhi_parse.prefilter import PatternIndex
from fazhi_parse.testing import check_rules, examples_of, page
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
        ("受理(?:行政)?复议", {"受理", "复议"}),
        ("受理[^，]{0,4}复议", {"受理", "复议"}),
        ("法(?:律援助|援)中心", {"中心"}),
        ("(?:办结|审结)了?", {"办结", "审结"}),
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


RULES = [rule for indicator in Parser().catalogue.indicators.values() for rule in indicator.rules]


def test_no_rule_names_a_figure_or_a_place() -> None:
    """Rules are about wordings: what they would know of one report only is a number or a name in it."""
    for rule in RULES:
        words = (rule.left, rule.right, rule.tail, rule.zero, rule.near, rule.without, rule.unless)
        for pattern in (w.pattern for w in words if w is not None):
            bare = HOTLINE.sub("", re.sub(r"\{\d+(?:,\d*)?\}|\\d", "", pattern))
            assert not re.search(r"\d", bare), (rule.id, pattern)
            assert not re.search(PLACE, bare), (rule.id, pattern)


HOTLINE = re.compile("12345|12348|12315")
"""Telephone numbers that are the same in the whole country and serve as names."""
PLACE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
    "|(?<![一-鿿])[一-鿿]{2,3}(?:自治[州县]|新区|开发区)"
)


def stated(sentence: str) -> set[str]:
    """Indicators that a sentence states when it stands in a report."""
    return {o.indicator for o in Parser().parse(page(sentence)).observations if o.status == "actual"}


INDICATORS = list(Parser().catalogue.indicators.values())
EXAMPLES = examples_of()


def test_examples_state_the_indicator_and_negatives_do_not() -> None:
    """The sentences in the catalogue say what its rules are for."""
    assert check_rules() == []


def test_core_indicators_have_examples() -> None:
    """At least six wordings and three look-alikes each, none of them twice."""
    wordings = {
        i.id: {e.text for e in EXAMPLES if e.indicator == i.id and e.values != ()} for i in INDICATORS
    }
    likes = {i.id: {e.text for e in EXAMPLES if e.indicator == i.id and e.values == ()} for i in INDICATORS}
    core = [i.id for i in INDICATORS if i.tier == "core"]
    assert [i for i in core if len(wordings[i]) < 6 or len(likes[i]) < 3] == []
    assert [i.id for i in INDICATORS if not wordings[i.id]] == []


def test_rules_stay_few_and_short() -> None:
    """At most a dozen rules an indicator, none longer than a dozen lines."""
    assert [i.id for i in INDICATORS if len(i.rules) > 12] == []
    for file in (files("fazhi_parse.indicators") / "catalogue").iterdir():
        for line in file.read_text("utf-8").splitlines():
            assert len(line) < 12 * 120, line


def test_a_file_may_use_fragments_and_add_its_own(tmp_path: Path) -> None:
    """{name} stands for the pattern of that name, the catalogue's or the file's."""
    rules = tmp_path / "my.toml"
    rules.write_text(
        "[[indicator]]\nid = 'tea.houses'\nname = { zh = '茶馆调解点' }\nunit = '个'\n"
        "rules = [ { left = '(?:{茶馆})调解点{共计}$' } ]\n[fragment]\n\"茶馆\" = '茶馆|茶楼'\n",
        "utf-8",
    )
    report = Parser(rules=[rules]).parse("一、成效\n建成茶楼调解点总数12个。")
    assert [(o.indicator, int(o.value)) for o in report.observations] == [("tea.houses", 12)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("rules = [ { left = '{茶馆}调解点$' } ]\n", "names no fragment '茶馆'"),
        ("rules = [ { left = '调解点$' } ]\n[fragment]\n\"茶馆\" = 3\n", r"\[fragment\] holds"),
    ],
)
def test_a_fragment_that_cannot_be_used_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    """The message says what is wrong."""
    rules = tmp_path / "my.toml"
    head = "[[indicator]]\nid = 'tea.houses'\nname = { zh = '茶馆调解点' }\nunit = '个'\n"
    rules.write_text(head + content, "utf-8")
    with pytest.raises(InvalidRule, match=message):
        Parser(rules=[rules]).parse("x")


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("全年提出37条法律意见，均被采纳，合同审查质量提高", "review.opinions"),
        ("我镇共有执法人员37名（其中新增3名）", "enforcement.officers"),
    ],
)
def test_the_number_between_act_and_object_and_the_bracket_behind_it(sentence: str, indicator: str) -> None:
    """Word order and asides do not hide what is counted."""
    assert indicator in stated(sentence)


def test_what_has_not_been_done_is_not_counted() -> None:
    """The words that forbid stand before what is counted."""
    assert "proposals.npc" not in stated("尚未办结的人大代表建议3件")


@pytest.mark.parametrize("when", ["到2025年", "2024年计划新聘律师5名，全年", "“十三五”期间，全县"])
def test_plans_and_periods_are_not_this_years_level(when: str) -> None:
    """The report is of 2023."""
    assert stated(f"{when}举办法治讲座50场") == set()
