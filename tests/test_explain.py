"""Reasons that a lawyer understands: where, by which words, which year, which status."""

from __future__ import annotations

import attrs
import pytest

import fazhi_parse as fp
from fazhi_parse.testing import page


def reasons(text: str, lang: str, index: int = 0) -> str:
    report = fp.parse(text)
    return report.explain(report.observations[index], lang=lang)


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        (
            "力争行政复议调解和解率达到40%。",
            "status: planned, intended, not reached yet; see 「力争」",
            "性质：计划，打算达到、尚未达到的数字，见“力争”",
        ),
        (
            "上年同期受理行政复议案件26件。",
            "year: 2022, the year before the report's",
            "年份：2022，即报告年份的上一年",
        ),
        (
            "2019年以来累计受理行政复议案件90件。",
            "year: not known, for the figure sums up several years",
            "性质：累计，多年累计数，见“2019年以来”",
        ),
        (
            "2022年受理行政复议案件9件，今年受理14件。",
            "year: 2022, named in the sentence",
            "年份：2022，句中写明",
        ),
        (
            "行政机关负责人出庭应诉率不低于90%。",
            "status: required, what is demanded, not what was reached; see 「不低于」",
            "性质：要求，要求达到的数字，不是实际结果，见“不低于”",
        ),
        (
            "未发生行政败诉案件。",
            "zero: 「未发生行政败诉案件」 says that there was none",
            "零值依据：“未发生行政败诉案件”表明没有发生",
        ),
        (
            "发放普法资料近3万份。",
            "(publicity.materials): at most 30000 份",
            "发放普法资料（publicity.materials）：至多 30000 份",
        ),
    ],
)
def test_reasons(sentence: str, english: str, chinese: str) -> None:
    """Each status, year and kind of evidence in both languages."""
    assert english in reasons(page(sentence), "en")
    assert chinese in reasons(page(sentence), "zh")


def test_sections_with_plans_are_named_as_the_reason() -> None:
    """The figure itself does not say that it is a plan."""
    text = page("办理行政复议案件20件。", heading="2024年工作打算")
    assert "planned, intended, not reached yet; the section speaks of plans" in reasons(text, "en")
    assert "year: 2024, the year after the report's" in reasons(text, "en")
    assert "因为所在部分谈的是计划" in reasons(text, "zh")


def test_a_text_without_title_and_headings() -> None:
    """What is not known is said to be so."""
    text = "全年受理行政复议案件6件。"
    assert "outside of all numbered sections" in reasons(text, "en")
    assert "year: not known, for the text does not say it" in reasons(text, "en")
    assert "年份：不详，原文没有写明" in reasons(text, "zh")


def test_the_sentence_is_that_of_the_item() -> None:
    """Items of a list share one sentence: only the figure's own item is shown."""
    shown = reasons(page("一是受理行政复议案件6件;二是办结法律援助案件8件。"), "en", 1)
    assert "in the sentence: 办结法律援助案件【8件】" in shown


def test_observations_of_other_sources() -> None:
    """Of extractors, of catalogues that are not at hand, and with ties."""
    report = fp.parse(page("受理行政复议案件6件。"))
    o = report.observations[0]
    assert "found by the extractor mine (「受理」)" in report.explain(
        attrs.evolve(o, rule="mine", evidence=("受理",))
    )
    foreign = attrs.evolve(o, indicator="tea.houses", rule="tea.houses#1", evidence=("茶馆",))
    assert "indicator: the words 「茶馆」 (rule tea.houses#1)" in report.explain(foreign)
    tie = attrs.evolve(o, rivals=(fp.Rival("tea.houses", "tea.houses#1", ("茶馆",), o.score),))
    assert "as strong; the earlier id is taken" in report.explain(tie)
    assert "依据“茶馆”，同样强，取编号在前者" in report.explain(tie, lang="zh")


def test_sections() -> None:
    """Why a heading is where it is, what it says and what it is about."""
    report = fp.parse("一、主要成效\n（一）规范执法。\n（二）化解纠纷。\n二、下一步打算")
    first, second = report.sections
    assert report.explain(second).split("\n  ") == [
        "二、下一步打算: level 1 cn_comma; goes on from number 1 of the same style",
        "role: plan",
        "dimensions: Plans",
    ]
    assert report.explain(first.children[1], lang="zh").split("\n  ") == [
        "（二）化解纠纷：第 2 级，“（一）”式；接在同样写法的第 1 号之后",
        "性质：工作",
        "维度：矛盾化解",
    ]


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        (
            "应诉32件，其中县政府本级应诉5件。",
            "(litigation.cases): 「本级」 speaks against it (rule litigation.cases#1)",
            "（litigation.cases）：“本级”表明不是（规则 litigation.cases#1）",
        ),
        (
            "县供热办共受理投诉38件。",
            "(petition.accepted): the sentence and its headings lack words",
            "（petition.accepted）：句中和标题中没有规则要求的词语",
        ),
        ("种植茶树300亩。", "300 亩 (area)", "不是指标值；没有规则与旁边的词语相符"),
        ("全年受理6件。", "the topic 「复议」 is named neither", "段落和标题都没有提到主题“复议”"),
    ],
)
def test_figures_without_an_indicator(sentence: str, english: str, chinese: str) -> None:
    """Which rules come near, and what they lack."""
    report = fp.parse(page(sentence))
    assert english in report.explain(report.quantities[-1])
    assert chinese in report.explain(report.quantities[-1], lang="zh")


def test_figures_with_an_indicator() -> None:
    """Explained as the value is."""
    report = fp.parse(page("受理行政复议案件6件。"))
    assert report.explain(report.quantities[0]) == report.explain(report.observations[0])


def test_only_records_are_explained() -> None:
    """Other objects are told to be none."""
    report = fp.parse("一、成效")
    with pytest.raises(TypeError, match="not Part"):
        report.explain(fp.Part("title", 0, 4))  # type: ignore[arg-type]


def test_words_that_do_not_stand_so_in_the_text_are_told_as_a_reading() -> None:
    """Usual words and the usual order are said to be that; words of the text are not."""
    report = fp.parse("云岫县2023年法治政府建设情况报告\n一、主要成效\n受理行政复议案件19件，处理完毕17件。")
    said = [report.explain(o, lang=lang) for lang in ("en", "zh") for o in report.observations]
    assert [any(mark in text for mark in ("how it is read", "按通用说法")) for text in said] == [
        False,
        True,
    ] * 2


def test_a_value_of_another_report_is_not_explained() -> None:
    """Its offsets would point at other words."""
    one, other = fp.parse(page("受理行政复议案件6件。")), fp.parse(page("全年共受理行政复议案件6件。"))
    with pytest.raises(ValueError, match="another one"):
        other.explain(one.observations[0])
