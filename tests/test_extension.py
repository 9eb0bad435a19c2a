"""Rules and extractors of the user's and of installed plugins: what they may do, and what their faults cost."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.fingerprint import fingerprint
from fazhi_parse.testing import page

TEXT = page("建成茶馆调解点12个，为受援人挽回损失3.5万元，受理行政复议案件6件。")
TEA = """
[[indicator]]
id = "mediation.tea_houses"
name = { zh = "茶馆调解点" }
unit = "个"
rules = [ { left = '茶馆调解点$' } ]
"""


@fp.extractor("legal_aid.recovered", unit="元")
def recovered(report: fp.Report) -> Iterator[fp.Quantity]:
    """Money recovered for the people aided."""
    return (q for q in report.quantities if q.kind == "money")


def found(parser: fp.Parser, text: str = TEXT) -> dict[str, str]:
    return {o.indicator: str(o.value) for o in parser.parse(text).observations}


def rules(folder: Path, name: str = "tea.toml", content: str = TEA) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


# -- extractors -------------------------------------------------------------------------------


def test_a_decorated_function_turns_quantities_into_observations() -> None:
    """Year, status, section and sentence come from the report."""
    report = fp.Parser(extractors=[recovered]).parse(TEXT)
    o = next(o for o in report.observations if o.indicator == "legal_aid.recovered")
    assert (str(o.value), o.unit, o.text, o.year, o.status) == ("35000", "元", "3.5万元", 2023, "actual")
    assert (o.rule, o.section, o.section_path) == ("recovered", 0, ("主要工作",))
    assert o.text in o.sentence and "recovered" in report.explain(o)


def test_figures_of_plans_are_planned() -> None:
    """In a section with plans a figure is not reached yet."""
    text = "甲县2023年法治政府建设情况报告\n一、2024年工作打算\n为受援人挽回损失3.5万元。\n"
    (o,) = fp.Parser(extractors=[recovered]).parse(text).observations
    assert (o.status, o.year) == ("planned", 2024)


def test_an_extractor_with_the_id_of_an_indicator_overrides_its_rules() -> None:
    """Built-in rules and extractors share one set of ids."""

    @fp.extractor("reconsideration.accepted", unit="件")
    def mine(report: fp.Report) -> Iterator[fp.Quantity]:
        return (q for q in report.quantities if q.unit == "个")

    parser = fp.Parser(extractors=mine)
    assert found(parser) == {"reconsideration.accepted": "12"}
    assert "reconsideration.accepted" not in parser.catalogue.indicators


def test_what_is_disabled_does_not_run() -> None:
    """Extractors and indicators are disabled by the same word."""
    parser = fp.Parser(extractors=[recovered], disable=["legal_aid.recovered", "reconsideration.accepted"])
    assert found(parser) == {}
    with pytest.raises(fp.InvalidRule, match=r"no indicator no\.such to disable"):
        fp.Parser(extractors=[recovered], disable=["no.such"])


def test_a_set_of_extractors_belongs_to_the_user() -> None:
    """By decorator or by call, in order; an id once only, and it can be taken out again."""
    own = fp.ExtractorSet([recovered])

    @own.extractor("mediation.tea_houses", unit="个")
    def tea(report: fp.Report) -> Iterator[fp.Quantity]:
        return (q for q in report.quantities if q.unit == "个")

    @own.add
    def plain(report: fp.Report) -> list[fp.Observation]:
        return [report.observe("first.figure", q.start, q.end, q.value) for q in report.quantities[:1]]

    assert own.ids == ("legal_aid.recovered", "mediation.tea_houses") and len(own) == 3
    assert set(found(fp.Parser(extractors=own))) == {*own.ids, "first.figure", "reconsideration.accepted"}
    with pytest.raises(
        fp.NameClash, match=r"'legal_aid.recovered' is defined twice: .*\.recovered and .*\.recovered"
    ):
        own.add(recovered)
    own.remove("mediation.tea_houses")
    assert "mediation.tea_houses" not in own.ids
    with pytest.raises(KeyError, match=r"no extractor 'mediation.tea_houses'"):
        own.remove("mediation.tea_houses")
    assert set(found(fp.Parser())) == {"reconsideration.accepted"}


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (None, "TypeError: 'NoneType' object is not iterable"),
        ([1], "TypeError: yielded int instead of Observation"),
        (["quantity"], "TypeError: yielded Quantity instead of Observation"),
    ],
)
def test_what_is_no_observation_is_told_and_costs_nobody_else(result: object, message: str) -> None:
    """The diagnostic names the extractor and the fault."""

    def wrong(report: fp.Report) -> object:
        return [report.quantities[0]] if result == ["quantity"] else result

    report = fp.Parser(extractors=[wrong, recovered]).parse(TEXT)  # type: ignore[list-item]
    assert {o.indicator for o in report.observations} == {"legal_aid.recovered", "reconsideration.accepted"}
    (doubt,) = [d for d in report.diagnostics if d.code == "extractor.failed"]
    assert doubt.message.startswith("test_extension.wrong: ") and message in doubt.message


def test_the_order_of_extractors_and_files_does_not_matter(tmp_path: Path) -> None:
    """The same report, byte for byte, also where two find the same figure and two fail."""

    def fails(report: fp.Report) -> list[fp.Observation]:
        raise RuntimeError("no luck")

    def fails_too(report: fp.Report) -> list[fp.Observation]:
        raise RuntimeError("nor here")

    def money(report: fp.Report) -> Iterator[fp.Observation]:
        return (o for o in recovered(report))

    files = [rules(tmp_path), rules(tmp_path, "two.toml", TEA.replace("tea_houses", "tea_rooms"))]
    extractors = [fails, recovered, money, fails_too]
    one = fp.Parser(extractors=extractors, rules=files).parse(TEXT)
    other = fp.Parser(extractors=extractors[::-1], rules=files[::-1]).parse(TEXT)
    assert one.to_json() == other.to_json()
    assert len([d for d in one.diagnostics if d.code == "extractor.failed"]) == 2


def test_observe_refuses_what_is_wrong() -> None:
    """Spans lead back to the raw text; values are exact; statuses are those of the library."""
    report = fp.parse(TEXT)
    with pytest.raises(ValueError, match="these raw characters are not"):
        report.observe("a.b", 5, 5, 1)
    with pytest.raises(ValueError, match="these raw characters are not"):
        report.observe("a.b", 5, 10**6, 1)
    with pytest.raises(TypeError, match="is a float"):
        report.observe("a.b", 1, 2, 0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="value 'many' is no number"):
        report.observe("a.b", 1, 2, "many")
    with pytest.raises(ValueError, match="status 'sure' is none of"):
        report.observe("a.b", 1, 2, 1, status="sure")


def test_what_cannot_be_called_is_refused_at_once() -> None:
    """Not at the first report."""
    with pytest.raises(TypeError, match="an extractor is a callable"):
        fp.Parser(extractors=["recovered"])
    with pytest.raises(TypeError, match="an extractor is a callable"):
        fp.Parser(extractors=[dict])
    with pytest.raises(TypeError, match="write @extractor"):
        fp.extractor(recovered)  # type: ignore[arg-type]


def test_a_parser_with_extractors_is_picklable(tmp_path: Path) -> None:
    """It goes to worker processes with rules, decorated functions and wrapped callables."""
    parser = fp.Parser(
        extractors=[recovered, fp.NamedExtractor(first, "first.figure")], rules=[rules(tmp_path)]
    )
    again = pickle.loads(pickle.dumps(parser))
    assert again == parser or found(again) == found(parser)
    assert set(found(again)) >= {"legal_aid.recovered", "first.figure", "mediation.tea_houses"}


def first(report: fp.Report) -> tuple[fp.Quantity, ...]:
    return report.quantities[:1]


# -- clashes ----------------------------------------------------------------------------------------


def test_rule_files_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser goes by what they held when it was made: edited, gone or seen from another folder; workers, too."""
    path = rules(tmp_path)
    monkeypatch.chdir(path.parent)
    parser = fp.Parser(rules=[path.name])
    before, hashed = parser.parse(TEXT).to_json(), fingerprint(parser)
    path.write_text(path.read_text("utf-8").replace("rules =", "rule ="), "utf-8")
    assert parser.parse(TEXT).to_json() == before
    with pytest.raises(fp.InvalidRule, match="unknown key rule"):
        fp.Parser(rules=[path.name])
    path.unlink()
    monkeypatch.chdir("/")
    (result,) = fp.parse_many({"a": TEXT}, parser=parser, workers=2)
    assert result.report is not None and result.report.to_json() == before
    assert fingerprint(parser) == hashed and parser.rule_files == (path.name,)


def test_a_clash_names_both(tmp_path: Path) -> None:
    """Two of the user's sources with one id: neither wins silently."""
    one, two = rules(tmp_path, "one.toml"), rules(tmp_path, "two.toml")
    with pytest.raises(
        fp.NameClash, match=r"'mediation.tea_houses' is defined twice: by .*one.toml and by .*two.toml"
    ):
        fp.Parser(rules=[one, two])
    tea = fp.NamedExtractor(first, "mediation.tea_houses")
    with pytest.raises(fp.NameClash, match=r"by test_extension.first and by .*one.toml"):
        fp.Parser(rules=[one], extractors=[tea])
    with pytest.raises(fp.NameClash, match=r"by test_extension.first and by test_extension.first"):
        fp.Parser(extractors=[tea, tea])


# -- plugins ---------------------------------------------------------------------------------------------

CODE = """
from pathlib import Path
import fazhi_parse as fp

@fp.extractor("legal_aid.recovered", unit="元")
def recovered(report):
    return (q for q in report.quantities if q.kind == "money")

def plain(report):
    return (q for q in report.quantities if q.unit == "个")

own = fp.ExtractorSet([recovered])
RULES = Path(__file__).with_name("tea.toml")

def several():
    return [RULES]
"""


def install(
    folder: Path, name: str, module: str, points: str, monkeypatch: pytest.MonkeyPatch, code: str = CODE
) -> None:
    """A distribution as pip would leave it: a module, its rules and its metadata."""
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(code, "utf-8")
    rules(folder)
    info = folder / f"{name.replace('-', '_')}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", "utf-8")
    (info / "entry_points.txt").write_text(points, "utf-8")
    monkeypatch.syspath_prepend(str(folder))


def points(module: str, extractor: str = "own", rule: str = "RULES") -> str:
    return f"[fazhi_parse.extractors]\nmoney = {module}:{extractor}\n[fazhi_parse.rules]\ntea = {module}:{rule}\n"


@pytest.mark.parametrize(
    ("extractor", "rule", "ids"),
    [
        ("own", "RULES", {"legal_aid.recovered", "mediation.tea_houses"}),
        ("recovered", "several", {"legal_aid.recovered", "mediation.tea_houses"}),
        ("plain", "RULES", {"money", "mediation.tea_houses"}),
    ],
)
def test_plugins_are_loaded_on_request_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: str, rule: str, ids: set[str]
) -> None:
    """By entry points: extractors one or several, rule files by path or function."""
    module = f"fazhi_money_{extractor}"
    install(tmp_path / "a", "fazhi-money", module, points(module, extractor, rule), monkeypatch)
    assert set(found(fp.Parser())) == {"reconsideration.accepted"}
    assert module not in sys.modules
    everything = {*ids, "reconsideration.accepted"}
    parser = fp.Parser(plugins=True)
    assert set(found(parser)) == everything
    assert set(found(pickle.loads(pickle.dumps(parser)))) == everything
    assert set(found(fp.Parser(plugins=["fazhi-money"]))) == everything
    assert "mediation.tea_houses" not in found(fp.Parser(plugins="money"))
    assert set(found(fp.Parser(plugins=True, disable=ids))) == {"reconsideration.accepted"}
    with pytest.raises(fp.FazhiError, match="no plugin tee is installed; there are: fazhi-money, money, tea"):
        fp.Parser(plugins=["tee"])


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
        ("own = 3", "TypeError: "),
        ("own = dict", "TypeError: an extractor is a callable"),
        ("import no_such_module", "ModuleNotFoundError: "),
    ],
)
def test_a_broken_plugin_is_a_warning_that_names_its_distribution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    """The parser works without it."""
    module = f"fazhi_broken_{abs(hash(code))}"
    install(
        tmp_path / "a", "fazhi-broken", module, f"[fazhi_parse.extractors]\nown = {module}:own\n", monkeypatch, code
    )  # fmt: skip
    with pytest.warns(fp.PluginWarning, match=rf"plugin 'own' of fazhi-broken 1.2 is left out: {message}"):
        parser = fp.Parser(plugins=True)
    assert set(found(parser)) == {"reconsideration.accepted"}


def test_a_plugin_with_broken_rules_is_a_warning_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning names distribution, file and fault."""
    code = CODE.replace("tea.toml", "broken.toml")
    install(tmp_path / "a", "fazhi-bad", "fazhi_bad", points("fazhi_bad"), monkeypatch, code)
    rules(tmp_path / "a", "broken.toml", "[[indicator]]\nid = 'a.b'\n")
    with pytest.warns(
        fp.PluginWarning, match=r"'tea' of fazhi-bad 1.2 .*broken.toml: a.b: name, unit is missing"
    ):
        parser = fp.Parser(plugins=True)
    assert set(found(parser)) == {"legal_aid.recovered", "reconsideration.accepted"}


def test_two_plugins_with_one_id_clash_until_the_user_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names both distributions; the user's own, or disabling the id, settles it."""
    for name, module in (("fazhi-one", "fazhi_one"), ("fazhi-two", "fazhi_two")):
        only = f"[fazhi_parse.extractors]\nmoney = {module}:recovered\n"
        install(tmp_path / name, name, module, only, monkeypatch)
    with pytest.raises(
        fp.NameClash, match=r"plugin 'money' of fazhi-one 1.2 and by plugin 'money' of fazhi-two 1.2"
    ):
        fp.Parser(plugins=True)
    assert "legal_aid.recovered" in found(fp.Parser(plugins="fazhi-one"))
    assert found(fp.Parser(plugins=True, extractors=[recovered]))["legal_aid.recovered"] == "35000"
    assert "legal_aid.recovered" not in found(fp.Parser(plugins=True, disable="legal_aid.recovered"))


def test_the_command_line_takes_plugins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--plugins for all, --plugin for one; what is broken is a warning on stderr and no failure."""
    install(tmp_path / "a", "fazhi-cli", "fazhi_cli", points("fazhi_cli"), monkeypatch)
    broken = "[fazhi_parse.extractors]\nbad = fazhi_cli_bad:own\n"
    install(tmp_path / "b", "fazhi-cli-bad", "fazhi_cli_bad", broken, monkeypatch, "1 / 0")
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    assert main(["show", str(file), "--plugins"]) == 0
    captured = capsys.readouterr()
    assert "legal_aid.recovered" in captured.out and "mediation.tea_houses" in captured.out
    assert (
        "fazhi-parse: warning: plugin 'bad' of fazhi-cli-bad 1.2 is left out: ZeroDivisionError"
        in captured.err
    )
    assert main(["show", str(file), "--plugin", "tea", "--disable", "reconsideration.accepted"]) == 0
    captured = capsys.readouterr()
    assert "mediation.tea_houses" in captured.out and "reconsideration.accepted" not in captured.out
    assert captured.err == ""
    assert main(["show", str(file), "--plugin", "nosuch"]) == 2
    assert main(["rules", "check", "--plugin", "tea"]) == 0
    assert "0 examples" in capsys.readouterr().out
    assert main(["rules", "show", "mediation.tea_houses", "--plugin", "tea"]) == 0


def test_plugins_are_not_looked_for_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for them takes time."""

    def refuse(**_: object) -> None:
        raise AssertionError("nobody asked")

    monkeypatch.setattr("importlib.metadata.entry_points", refuse)
    assert set(found(fp.Parser(extractors=[recovered]))) == {
        "legal_aid.recovered",
        "reconsideration.accepted",
    }
