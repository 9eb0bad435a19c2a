"""Rule files with faults are refused by name; rules that backtrack without end are given up, the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest

import fazhi_parse as fp

HEAD = '[[indicator]]\nid = "tea.houses"\nname = { zh = "茶馆" }\nunit = "个"\n'
FAULTS = {
    'rules = ["茶馆"]': "a rule is written",
    "rules = [{ left = '茶', wrong = '馆' }]": "unknown key wrong",
    "rules = [{ topic = '复议' }]": "one of left, right, tail and zero is needed",
    "rules = [{ left = '茶', topic = '无此' }]": "no topic '无此'",
    "rules = [{ left = '{无此}茶' }]": "names no fragment '无此'",
    "rules = [{ left = '(茶' }]": "is no regular expression",
    "rules = [{ left = '' }]": "left is empty and would match anything",
    'kind = "weight"': "kind 'weight' is none of count",
    'colour = "red"': "unknown key colour",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_in_a_rule_is_named(tmp_path: Path, line: str) -> None:
    """The message names file, indicator and fault."""
    path = tmp_path / "own.toml"
    path.write_text(HEAD + line, "utf-8")
    with pytest.raises(fp.InvalidRule) as caught:
        _ = fp.Parser(rules=path).catalogue
    assert str(path) in str(caught.value) and FAULTS[line] in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe[", "not UTF-8"),
        (b"[indicator", "own.toml: "),
        (b"[indicators]", "unknown table indicators"),
        (b"[indicator]\nid = 'a'", "two brackets"),
        (b"[topic]\ntea = 3", r"\[topic\] holds name = 'pattern' lines"),
        (b"", "holds no"),
        (b"[[indicator]]\nname = { zh = 'a' }", "has no id"),
        (b"[[indicator]]\nid = 'a.b'\nunit = 'x'", "name is missing"),
        (b"[[indicator]]\nid = 'a.b'\nunit = 'x'\nname = { en = 'a' }", "name is written"),
        (b"[[indicator]]\nid = 'a.b'\nname = { zh = 'a' }\nunit = 'x'\n" * 2, "is defined twice"),
        (b"[topic]\ntea = '('", "topic 'tea' = '\\(' is no regular expression"),
    ],
)
def test_a_file_that_is_no_rule_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Whatever is wrong with the file as a whole."""
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(fp.InvalidRule, match=message):
        _ = fp.Parser(rules=path).catalogue


def test_a_place_that_holds_no_rule_file_is_refused(tmp_path: Path) -> None:
    """A folder, and nothing at all."""
    with pytest.raises(fp.InvalidRule, match="not a file"):
        fp.load_catalogue([tmp_path])
    with pytest.raises(fp.InvalidRule, match="cannot be read"):
        fp.load_catalogue([tmp_path / "none.toml"])


@pytest.mark.parametrize("key", ["left", "zero"])
def test_a_rule_that_backtracks_without_end_is_given_up(tmp_path: Path, key: str) -> None:
    """It is named in a diagnostic, once, and costs fractions of a second; other rules find what they find."""
    path = tmp_path / "own.toml"
    path.write_text(HEAD + f"rules = [{{ {key} = '(?:甲|甲甲)+(?=\\d\\d)' }}]", "utf-8")
    long = "甲" * 60
    text = f"一、成效\n受理行政复议案件6件。{long}3个，{long}4个。未发生{long}，未发生{long}。"
    report = fp.Parser(rules=path).parse(text)
    assert [d.message.partition(":")[0] for d in report.diagnostics if d.code == "rule.timeout"] == [
        "tea.houses#1"
    ]
    assert [int(o.value) for o in report.observations] == [6]
