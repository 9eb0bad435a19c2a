"""fazhi_parse.testing and `fazhi-parse rules`: what users test their own rules and extractors with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import attrs
import pytest

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.testing import (
    assert_found,
    assert_not_found,
    assert_sound,
    check_report,
    check_rules,
    examples_of,
    page,
)
from fazhi_parse.why_not import why_not

TEA = """
[[indicator]]
id = "mediation.tea_houses"
name = {{ zh = "茶馆调解点" }}
unit = "个"
rules = [ {{ left = '茶馆调解点$' }} ]
{}
"""


def rules(folder: Path, more: str) -> Path:
    path = folder / "tea.toml"
    path.write_text(TEA.format(more), "utf-8")
    return path


def test_every_example_of_the_catalogue_holds() -> None:
    """Positive and negative ones."""
    assert [str(failure) for failure in check_rules()] == []


def test_every_indicator_has_examples() -> None:
    """Six and three negative ones for the core, one at least for the others."""
    positive = Counter(example.indicator for example in examples_of() if example.values)
    negative = Counter(example.indicator for example in examples_of() if not example.values)
    indicators = fp.load_catalogue().indicators
    assert set(positive) | set(negative) == set(indicators)
    for identity, indicator in indicators.items():
        least = (6, 3) if indicator.tier == "core" else (1, 0)
        assert positive[identity] >= least[0] and negative[identity] >= least[1], identity


def test_examples_that_hold(tmp_path: Path) -> None:
    """One value, several, another status, another heading, none."""
    path = rules(
        tmp_path,
        """
        examples = [
            "全县建成茶馆调解点12个",
            ["全县建成茶馆调解点12个", 12],
            ["甲镇建成茶馆调解点12个，乙镇建成茶馆调解点3个", [12, 3]],
            { text = "计划建成茶馆调解点12个", value = 12, status = "planned" },
            { text = "建成茶馆调解点12个", value = "12", heading = "2024年工作打算", status = "planned" },
            { text = "2022年末茶馆调解点达到12个", value = 12, year = 2022 },
        ]
        negatives = ["计划建成茶馆调解点12个", "茶馆调解点增加3个", { text = "建成茶馆12个" }]
        """,
    )
    assert check_rules(path) == []
    assert len(examples_of(path)) == 9


def test_a_failure_says_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    """With the words beside the figure, which are what a rule goes by."""
    path = rules(
        tmp_path,
        "examples = [['新增12个茶馆调解点', 12]]\nnegatives = ['建成茶馆调解点5个，受理行政复议案件6件']",
    )
    missed, wrong = map(str, check_rules(path))
    assert f"mediation.tea_houses ({path})" in missed
    assert "expected  12\n  found     no value" in missed
    assert "「12个」 no indicator (count, left 「新增」, right 「茶馆调解点」)" in missed
    assert "expected  no value\n  found     5 (「5个」, rule mediation.tea_houses#1)" in wrong
    assert "「6件」 reconsideration.accepted 6 actual" in wrong


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("examples = [3]", "examples number 1 is written 'sentence' or \\['sentence', value\\]"),
        ("examples = [[]]", "examples number 1 is written"),
        ("examples = [['a', 1, 2]]", "examples number 1 is written"),
        ("examples = [['a', []]]", "examples number 1 is written"),
        ("examples = [{ text = 'a', value = 1, colour = 2 }]", "examples number 1 is written"),
        ("examples = [{ text = 'a', value = 1, status = 'sure' }]", "examples number 1 is written"),
        ("examples = [['a', 'twelve']]", "'twelve' is no number"),
        ("examples = [['a', nan]]", "nan is no number"),
        ("examples = 3", "examples is a list, not 3"),
        ("negatives = [['a', 1]]", "negatives number 1 is written 'sentence'"),
    ],
)
def test_an_example_that_is_not_written_as_one_is_told(tmp_path: Path, more: str, message: str) -> None:
    """The message names file, indicator and number, and shows the form."""
    with pytest.raises(fp.InvalidRule, match=f"tea.toml: mediation.tea_houses: .*{message}"):
        check_rules(rules(tmp_path, more))


def test_assertions(tmp_path: Path) -> None:
    """They return what was found, or say what was found instead."""
    parser = fp.Parser(rules=[rules(tmp_path, "")])
    o = assert_found("建成茶馆调解点12个。", "mediation.tea_houses", 12, parser=parser)
    assert o.text == "12个"
    assert_found(page("建成茶馆调解点12个。"), "mediation.tea_houses", "12", parser=parser)
    assert_not_found("建成茶馆调解点12个。", "mediation.tea_houses")
    with pytest.raises(
        AssertionError, match=r"mediation.tea_houses = 3 \(actual\) is not found(?s:.*)「12个」"
    ):
        assert_found("建成茶馆调解点12个。", "mediation.tea_houses", 3, parser=parser)
    with pytest.raises(AssertionError, match=r"is found in(?s:.*)rule mediation.tea_houses#1"):
        assert_not_found("建成茶馆调解点12个。", "mediation.tea_houses", parser=parser)


def test_a_failing_extractor_shows_in_the_message() -> None:
    """The usual reason why nothing is found."""

    def broken(report: fp.Report) -> list[fp.Observation]:
        raise RuntimeError("no luck")

    with pytest.raises(AssertionError, match=r"extractor.failed: test_testing.broken: RuntimeError: no luck"):
        assert_found("罚没3.5万元。", "fines.total", 35000, parser=fp.Parser(extractors=broken))


def test_a_report_that_is_not_sound_is_told() -> None:
    """Spans that lead elsewhere, sections that do not exist."""
    report = fp.parse(page("受理行政复议案件6件。"))
    assert check_report(report) == []
    wrong = attrs.evolve(report.observations[0], start=3, section=7)
    with pytest.raises(AssertionError, match=r"is not '6件'\n.*there is no section 7"):
        assert_sound(attrs.evolve(report, observations=(wrong,)))


def test_rules_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 where all hold, 1 where some fail, 2 where the file cannot be used."""
    assert main(["rules", "check"]) == 0
    assert "all hold" in capsys.readouterr().out
    assert main(["rules", "check", str(rules(tmp_path, "examples = [['建成茶馆调解点12个', 12]]"))]) == 0
    assert "1 example, 0 negative examples: all hold" in capsys.readouterr().out
    assert main(["rules", "check", str(rules(tmp_path, "examples = [['建成茶馆12个', 12]]"))]) == 1
    out = capsys.readouterr().out
    assert out.startswith("FAILED mediation.tea_houses") and "1 FAILED" in out
    assert main(["rules", "check", str(rules(tmp_path, ""))]) == 0
    assert "write some beside the rules" in capsys.readouterr().out
    assert main(["rules", "check", str(rules(tmp_path, "examples = 3"))]) == 2
    assert "examples is a list" in capsys.readouterr().err


def test_rules_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What speaks against each rule, or why the value is there; what else took the figure."""
    path = str(rules(tmp_path, ""))
    assert (
        main(
            [
                "rules",
                "why",
                "mediation.tea_houses",
                "茶馆调解点20%，建成12个茶馆，调解点8处",
                "--rules",
                path,
            ]
        )
        == 0
    )
    out = capsys.readouterr().out
    assert "20% is a percent, mediation.tea_houses a count" in out
    assert "#1: left '茶馆调解点$' does not match 「，建成」" in out
    assert "unit 处 is not among 个 (a near one may do)" in out
    assert main(["rules", "why", "reconsideration.accepted", "全年受理8件", "--heading", "法律援助"]) == 0
    out = capsys.readouterr().out
    assert "the topic 复议 is named neither" in out and "it is a value of legal_aid.cases (actual" in out
    assert main(["rules", "why", "reconsideration.accepted", "全年受理8件", "--heading", "行政复议"]) == 0
    assert "the words 「受理」 before the figure; the topic 复议" in capsys.readouterr().out
    assert main(["rules", "why", "reconsideration.accepted", "全年无"]) == 0
    assert "no figure" in capsys.readouterr().out
    assert main(["rules", "why", "no.such", "全年无"]) == 2


def test_why_not_stops_patterns_that_backtrack(tmp_path: Path) -> None:
    """As the parser does."""
    more = "[[indicator]]\nid = 'slow.one'\nname = { zh = '慢' }\nunit = '件'\nrules = [ { left = '(?:甲|甲甲)+$' } ]\n"
    parser = fp.Parser(rules=[rules(tmp_path, more)])
    report = parser.parse(page("甲" * 60 + "乙6件。"))
    slow = parser.catalogue.indicators["slow.one"]
    (reason,) = why_not(report, report.quantities[0], slow, parser.catalogue)
    assert "takes more than" in reason


def test_rules_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Definition, rules and examples; what is like it where there is none."""
    path = rules(tmp_path, "examples = [['建成茶馆调解点12个', 12]]")
    assert main(["rules", "show", "mediation.tea_houses", "--rules", str(path)]) == 0
    out = capsys.readouterr().out
    assert "rule mediation.tea_houses#1\n    left    茶馆调解点$" in out
    assert "example  建成茶馆调解点12个  12" in out
    assert main(["rules", "show", "mediation.tea_houses"]) == 2
    assert main(["rules", "show", "reconsideration.acepted"]) == 2
    assert "near it are reconsideration.accepted" in capsys.readouterr().err
