"""The whole pipeline: metadata, parts, observations, dictionary form."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

import fazhi_parse as fp

REPORT = """云岫县人民政府关于2023年度法治政府建设情况的报告
发布时间：2024-02-01  来源：县司法局  浏览次数：12
沣阳市人民政府：
2023年，云岫县扎实推进法治政府建设。现将有关情况报告如下：
一、主要成效
(一)化解行政争议。全年收到行政复议申请14件，比上年增加5件，依法受理12件，不予受理1件，审结11件。办理行政应诉案件7件，未发生败诉案件。
(二)加强普法。全年发放普法资料3.5万余份，举办法治讲座近百场。
二、2024年打算
力争行政复议调解和解率达到40%以上。
特此报告。
云岫县人民政府
2024年1月18日
"""


def values(report: fp.Report, status: str = "actual") -> dict[str, str]:
    return {o.indicator: f"{o.approx}{o.value:f}" for o in report.observations if o.status == status}


def test_observations() -> None:
    """Carried topics, approximators and stated zeros; growth is no level, a plan is no result."""
    report = fp.parse(REPORT)
    assert values(report) == {
        "reconsideration.received": "14",
        "reconsideration.accepted": "12",
        "reconsideration.rejected": "1",
        "reconsideration.closed": "11",
        "litigation.cases": "7",
        "litigation.lost": "0",
        "publicity.materials": "above35000",
        "publicity.lectures": "below100",
    }
    assert values(report, "planned") == {"reconsideration.mediation_rate": "above40"}
    zero = next(o for o in report.observations if o.implied)
    assert zero.text == "未发生败诉案件" and zero.year == 2023


def test_every_observation_names_rule_evidence_and_sentence() -> None:
    """Nothing comes without a reason."""
    for o in fp.parse(REPORT).observations:
        assert o.rule.startswith(o.indicator + "#") and o.evidence and o.text in o.sentence


def test_explain_is_readable() -> None:
    """explain() shows value, place, rule and sentence, in English or Chinese."""
    report = fp.parse(REPORT)
    text = report.explain(report.observations[0])
    assert "(reconsideration.received): 14 件" in text and "化解行政争议" in text
    assert "全年收到行政复议申请【14件】" in text
    assert "年份：2023，即报告所述年份" in report.explain(report.observations[0], lang="zh")
    with pytest.raises(ValueError, match="no words in 'fr'"):
        report.explain(report.observations[0], lang="fr")


def test_what_lost_is_kept_and_explained() -> None:
    """Another indicator that was considered for the same figure, with its words and its score."""
    report = fp.parse("一、成效\n建立随机抽查事项清单218项，入库执法人员742名。")
    o = next(o for o in report.observations if o.indicator == "random_inspection.inspectors")
    assert [rival.indicator for rival in o.rivals] == ["enforcement.officers"]
    assert o.rivals[0].score < o.score and "执法人员" in o.rivals[0].evidence[0]
    assert "also considered: Enforcement officers" in report.explain(o)
    assert "也考虑过：行政执法人员数（enforcement.officers）" in report.explain(o, lang="zh")
    assert fp.Report.from_dict(report.to_dict()).observations == report.observations
    assert o.section_path == ("成效",)


def test_metadata_and_parts() -> None:
    """The page around the report is told from the report."""
    report = fp.parse(REPORT)
    meta = report.metadata
    assert (meta.region, meta.issuer, meta.year) == ("云岫县", "云岫县人民政府", 2023)
    assert (meta.published, meta.date, meta.addressee) == ("2024-02-01", "2024-01-18", "沣阳市人民政府")
    kinds = [p.kind for p in report.parts]
    assert kinds == ["title", "chrome", "addressee", "preamble", "closing", "signature", "date"]
    assert not [q for q in report.quantities if q.text.startswith("12次")]


def test_dictionary_form_has_the_keys_of_the_contract() -> None:
    """Other people's code relies on these names."""
    data = fp.parse(REPORT).to_dict()
    assert list(data) == [
        "schema",
        "metadata",
        "parts",
        "sections",
        "quantities",
        "observations",
        "diagnostics",
        "raw",
    ]
    assert set(data["sections"][0]) >= {
        "marker",
        "kind",
        "number",
        "level",
        "parent",
        "title",
        "start",
        "end",
        "role",
        "dimensions",
    }
    assert set(data["quantities"][0]) == {
        "start",
        "end",
        "text",
        "value",
        "value_max",
        "unit",
        "kind",
        "approx",
    }
    assert set(data["observations"][0]) >= {
        "indicator", "value", "value_max", "unit", "approx", "year", "status", "implied", "start", "end", "text", "section", "rule",
    }  # fmt: skip
    assert data["observations"][0]["section"] == 1
    assert data["sections"][1]["parent"] == 0


def test_json_round_trip(sample: str) -> None:
    """A report comes back from its JSON form."""
    report = fp.parse(sample)
    again = fp.Report.from_dict(json.loads(report.to_json()))
    assert again.to_dict() == report.to_dict()
    assert str(again) == str(report)


def test_other_schemas_are_refused() -> None:
    """A dictionary of another version is not misread."""
    with pytest.raises(ValueError, match="schema 99"):
        fp.Report.from_dict({"schema": 99})


def test_records_carry_place_and_path() -> None:
    """Flat records can be used without the tree."""
    rows = fp.parse(REPORT).to_records("observations")
    assert rows[0]["region"] == "云岫县" and rows[0]["section_path"] == "主要成效 > 化解行政争议"
    with pytest.raises(ValueError, match="no records of kind"):
        fp.parse(REPORT).to_records("figures")


def test_frame_has_numbers() -> None:
    """A data frame holds floats for values."""
    pandas = pytest.importorskip("pandas")
    frame = fp.parse(REPORT).to_frame("quantities")
    assert isinstance(frame, pandas.DataFrame)
    assert frame["value"].dtype == "float64" and len(frame) == len(fp.parse(REPORT).quantities)


@pytest.mark.parametrize("kind", ["observations", "quantities", "sections", "diagnostics", "parts"])
def test_frames_have_the_same_columns_whatever_the_report_holds(kind: str) -> None:
    """A text without any of it has all of the columns, of the same types."""
    pytest.importorskip("pandas")
    full, empty = (fp.parse(text).to_frame(kind) for text in (f"{REPORT}\n九、甲\n九、乙", "无"))
    assert len(full) > len(empty)
    assert list(full.columns) == list(empty.columns) and list(full.dtypes) == list(empty.dtypes)
    rows = fp.parse(REPORT).to_records(kind)
    assert all(list(row) == list(full.columns) for row in rows)


def test_tables_of_one_report_and_of_many_are_called_alike() -> None:
    """By rows or by one of them; what is in both is the same."""
    report = fp.parse(REPORT)
    many = fp.to_records([fp.Result("a", "ok", report)], "observations")
    assert many == fp.to_records([fp.Result("a", "ok", report)], "observation")
    one = report.to_records("observation")
    assert one == report.to_records("observations") and len(one) == len(many)
    for row, other in zip(one, many, strict=True):
        index = row.pop("section")
        assert {"document": "a", **row} == other
        assert " > ".join(list(report.walk())[index].path) == row["section_path"]
    assert report.to_records("problems") == report.to_records("diagnostics")
    assert fp.to_records([fp.Result("a", "ok", report)], "problems") == []


def test_parser_is_picklable_and_reusable(tmp_path: Path) -> None:
    """A parser with rules of the user's goes to worker processes as it is."""
    rules = tmp_path / "my.toml"
    rules.write_text(
        "[[indicator]]\nid = 'tea.houses'\nname = { zh = '茶馆调解点' }\nunit = '个'\nrules = [ { left = '茶馆调解点$' } ]\n",
        "utf-8",
    )
    parser = pickle.loads(pickle.dumps(fp.Parser(rules=[rules], disable=["publicity.materials"])))
    report = parser.parse("一、成效\n建成茶馆调解点12个，发放宣传资料300份。")
    assert [(o.indicator, int(o.value)) for o in report.observations] == [("tea.houses", 12)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\n", "unit is missing"),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\nrules = [ { left = '(' } ]\n",
            "rule 1.*no regular expression",
        ),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\nrules = [ { topic = '复议' } ]\n",
            "one of left, right, tail and zero",
        ),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\ncolour = 'red'\n",
            "unknown key colour",
        ),
        ("not toml", "my.toml"),
        ("[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = 3\n", "a.b: unit is a text, not 3"),
        ("[[indicator]]\nid = 'a.b'\nname = { zh = 3 }\nunit = '件'\n", "a.b: name holds texts"),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\nraw_units = '件'\n",
            "raw_units is a list of texts",
        ),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\naggregate = 'mean'\n",
            "aggregate is single or sum",
        ),
        (
            "[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\nrules = [ { left = '甲', change = 1 } ]\n",
            "rule 1: change is true or false",
        ),
        ("[[indicator]]\nid = 'a.b'\nname = { zh = '甲' }\nunit = '件'\n" * 2, "a.b is defined twice"),
        ("[topic]\nx = '('\n", "topic 'x' = '\\(' is no regular expression"),
    ],
)
def test_a_broken_rule_file_is_an_error_that_says_what_and_where(
    tmp_path: Path, content: str, message: str
) -> None:
    """Wrong rules never pass silently."""
    rules = tmp_path / "my.toml"
    rules.write_text(content, "utf-8")
    with pytest.raises(fp.InvalidRule, match=message):
        fp.Parser(rules=[rules]).parse("x")


def test_an_extractor_of_your_own_and_one_that_fails() -> None:
    """A failing extractor becomes a diagnostic and loses nobody else's results."""

    def boom(report: fp.Report) -> list[fp.Observation]:
        raise RuntimeError("no luck")

    def first_figure(report: fp.Report) -> list[fp.Observation]:
        q = report.quantities[0]
        return [
            fp.Observation(
                "first.figure",
                q.value,
                None,
                q.unit,
                "",
                None,
                "actual",
                False,
                q.start,
                q.end,
                q.text,
                None,
                "mine",
            )
        ]

    report = fp.Parser(extractors=[boom, first_figure]).parse("一、成效\n受理行政复议案件6件。")
    assert {o.indicator for o in report.observations} == {"first.figure", "reconsideration.accepted"}
    assert [(d.code, d.message) for d in report.diagnostics] == [
        ("extractor.failed", "test_report.boom: RuntimeError: no luck")
    ]


def test_a_parser_knows_units_of_ones_own() -> None:
    """A table of units given to a parser holds for the whole report, also behind a pickle."""
    parser = fp.Parser(units=fp.load_units({"count": {"units": ["畈"]}}))
    text = "一、成效\n整治农田12畈。"
    assert [q.unit for q in fp.parse(text).quantities] == []
    for each in (parser, pickle.loads(pickle.dumps(parser))):
        assert [(q.text, q.unit, q.kind) for q in each.parse(text).quantities] == [("12畈", "畈", "count")]


def test_misspelt_settings_are_refused() -> None:
    """Settings that do nothing are errors."""
    with pytest.raises(ValueError, match="no such cleaning pass"):
        fp.Parser(skip=["wrap"])


def test_one_is_as_good_as_a_list_of_one(tmp_path: Path) -> None:
    """A string is one name or path, not its letters: of passes, ids, rule files and files of relations."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nid = "own.teas"\nname = { zh = "茶馆" }\nunit = "个"\nrules = [{ left = "茶馆$" }]\n'
    )
    name = str(own)
    assert fp.Parser(skip="wraps") == fp.Parser(skip=["wraps"])
    assert (
        fp.clean("受理\n案件1 5件", skip="spaces").text == fp.clean("受理\n案件1 5件", skip=["spaces"]).text
    )
    assert fp.load_catalogue(name) is fp.load_catalogue(own) is fp.load_catalogue([own])
    disabled = fp.load_catalogue(disable="legal_aid.cases").indicators
    assert "legal_aid.cases" not in disabled and len(disabled) == len(fp.load_catalogue().indicators) - 1
    own.write_text('[[relation]]\nid = "r"\nkind = "range"\nunit = "分"\nmin = 0\nmax = 100\n')
    assert fp.load_relations(name) == fp.load_relations(own) == fp.load_relations([own])
    with pytest.raises(ValueError, match=r"no such cleaning pass: wrap \("):
        fp.clean("x", skip="wrap")
    with pytest.raises(fp.InvalidRule, match="to disable"):
        fp.Parser(disable=["no.such"]).parse("x")


def test_public_names_are_listed() -> None:
    """dir() shows the public names only."""
    assert dir(fp) == fp.__all__
    assert all(hasattr(fp, name) for name in fp.__all__)


def test_import_is_light() -> None:
    """Importing the library does not import cn2an or the dictionaries' package."""
    import subprocess
    import sys

    code = "import sys, fazhi_parse; print([m for m in ('cn2an', 'opencc', 'pandas', 'bs4', 'regex') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_pattern_that_backtracks_is_stopped_and_named(tmp_path: Path) -> None:
    """A user's catastrophic pattern costs a fraction of a second and loses no other result."""
    rules = tmp_path / "slow.toml"
    rules.write_text(
        "[[indicator]]\nid = 'slow.one'\nname = { zh = '慢' }\nunit = '件'\nrules = [ { left = '(?:甲|甲甲)+[^乙]$' } ]\n",
        "utf-8",
    )
    report = fp.Parser(rules=[rules]).parse(f"一、成效\n{'甲' * 60}受理行政复议案件6件。")
    assert [d.code for d in report.diagnostics] == ["rule.timeout"]
    assert "slow.one#1" in report.diagnostics[0].message
    assert [o.indicator for o in report.observations] == ["reconsideration.accepted"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("{ left = '案件$', topic = 'slow' }", "{}受理行政复议案件6件。"),
        ("{ zero = '败诉', topic = 'slow' }", "受理行政复议案件6件，{}未发生败诉案件。"),
        ("{ zero = '(?:甲|甲甲)+[^甲]' }", "受理行政复议案件6件，未发生{}。"),
    ],
    ids=["topic", "topic of a zero", "zero"],
)
def test_patterns_of_topics_and_zeros_are_stopped_too(tmp_path: Path, rule: str, text: str) -> None:
    """Wherever a user's pattern runs it has its time, and the built-in rules go on."""
    rules = tmp_path / "slow.toml"
    rules.write_text(
        "[topic]\nslow = '(?:甲|甲甲)+[^乙甲案]丙'\n[[indicator]]\nid = 'slow.one'\nname = { zh = '慢' }\nunit = '件'\n"
        f"rules = [ {rule} ]\n",
        "utf-8",
    )
    report = fp.Parser(rules=[rules]).parse(f"一、成效\n{text.format('甲' * 60)}")
    assert [d.code for d in report.diagnostics] == ["rule.timeout"], report.diagnostics
    assert "reconsideration.accepted" in [o.indicator for o in report.observations]


def test_markdown_holds_an_annex() -> None:
    """Text below the signature belongs to no section and no part, and is not lost."""
    text = "云岫县2023年法治政府建设情况报告\n一、成效\n好。\n云岫县人民政府\n2024年1月8日\n附件1\n审结案件\t25件\n"
    markdown = fp.parse(text).to_markdown()
    assert markdown.endswith("2024年1月8日\n\n附件1\n\n审结案件\t25件")
