"""What the surroundings of a figure say of it: parts, zeros behind their subject, complaints, next year's chapters."""

from __future__ import annotations

import pytest

import fazhi_parse as fp
from fazhi_parse.testing import page
from support import CASES

pytestmark = pytest.mark.long

UNCOVERED = [line.split("\t") for line in (CASES / "uncovered.txt").read_text("utf-8").splitlines()]
"""Headings, and sentences below them whose figures no indicator covers."""


def told(text: str, heading: str = "主要工作", year: int = 2023) -> list[tuple[str, str]]:
    """Indicators and values that a sentence is found to state as reached."""
    report = fp.parse(f"云岫县{year}年法治政府建设情况报告\n一、{heading}\n{text}\n")
    return [(o.indicator, str(o.value)) for o in report.observations if o.status == "actual"]


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("全年收到复议申请254件。其中县本级收到申请90件。", ["254"]),
        ("收到复议申请254件，其中县本级收到申请90件。", ["254"]),
        ("其中县本级收到复议申请90件。", ["90"]),
        ("收到复议申请90件，其中今年收到复议申请254件。", ["90", "254"]),
    ],
)
def test_a_part_behind_its_total_is_no_value(text: str, received: list[str]) -> None:
    """其中 opens parts of what was stated just before; what is more than that is none."""
    values = [value for identity, value in told(text, "行政复议") if identity == "reconsideration.received"]
    assert values == received


def test_a_share_of_the_whole_is_a_part_of_the_total_before_it() -> None:
    """Wherever the total stands in the paragraph; without one the figure is the place's own."""
    total = "全县受理复议案件1391件，审结1302件。审结案件中维持588件，调解402件，另有部分案件尚在办理之中。"
    share = "县本级受理复议案件417件，占全县三成。"

    def accepted(text: str) -> list[str]:
        return [value for identity, value in told(text, "行政复议") if identity == "reconsideration.accepted"]

    assert accepted(total + share) == ["1391"]
    assert accepted(share) == ["417"]


def test_the_ways_that_people_are_shown_are_no_topic() -> None:
    """通过调解、行政复议等法定途径 does not make the petitions behind it reconsideration cases."""
    ways = "引导群众通过仲裁、行政复议、诉讼等法定途径解决问题，"
    assert told(ways + "全年受理群众来信来访39件，办结39件。", "信访工作") == [("petition.accepted", "39")]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("未发生行政败诉案件。", True),
        ("保持了未发生行政败诉案件的良好局面。", True),
        ("未发生行政败诉案件的同时，办案质量提高。", True),
        ("负责人均按要求出庭，未败诉。", True),
        ("对未发生行政败诉案件的部门予以表扬。", False),
        ("未发生行政败诉案件的部门作了交流。", False),
        ("部分县区未发生行政败诉案件。", False),
        ("没有败诉不等于没有问题。", False),
    ],
)
def test_a_zero_that_describes_something_else_states_nothing(text: str, stated: bool) -> None:
    """Nor one of some places only; the nouns of a fact (局面, 情况) leave the statement as it is."""
    assert (("litigation.lost", "0") in told(text, "行政应诉")) is stated


def test_shares_of_a_total_are_parts_of_it_wherever_it_stands() -> None:
    """占总数的九成 names a total; what follows as 占一成 is another part. Without a total before it nothing is one."""
    total = "全县收到行政复议申请310件，受理286件。\n"
    parts = "县政府收到行政复议申请250件，占收到申请总数的80.6%；县直部门收到行政复议申请60件，占19.4%。"

    def received(text: str) -> list[str]:
        return [value for identity, value in told(text, "行政复议") if identity == "reconsideration.received"]

    assert received(total + parts) == ["310"]
    assert received(parts)[:1] == ["250"]


def test_the_place_s_own_name_forbids_nothing() -> None:
    """A rule that new officers do not fit finds those of a township called 新."""
    report = fp.parse("新桥乡2023年法治政府建设情况报告\n一、主要工作\n新桥乡现有行政执法人员15名。\n")
    assert [(o.indicator, str(o.value)) for o in report.observations] == [("enforcement.officers", "15")]


@pytest.mark.parametrize(
    ("words", "values"),
    [("结合全国土地日", ["9"]), ("依托全省监管平台", ["9"]), ("全省", []), ("全国土地系统", [])],
)
def test_days_and_platforms_of_the_whole_country_are_no_other_place(words: str, values: list[str]) -> None:
    """全国土地日 names a day; 全省 alone says whose figure it is."""
    assert [value for _, value in told(f"{words}开展普法宣传活动9场。", "普法宣传")] == values


@pytest.mark.parametrize(
    "text",
    [
        "收到行政复议申请1,204件（含上年结转6件），受理19件；对32个执法部门进行监督检查，抽查案卷180卷。",
        "普法方面：宣传活动20场，讲座9场（次）；无行政诉讼败诉案件，群众（企业）满意率99%。",
    ],
)
def test_the_width_of_punctuation_does_not_matter(text: str) -> None:
    """Commas, colons, semicolons and brackets may be those of Chinese or of ASCII texts."""

    def found(text: str) -> list[tuple[str, str, int]]:
        return [(o.indicator, str(o.value), o.start) for o in fp.parse(page(text)).observations]

    narrow = text.translate(str.maketrans("，；：（）", ",;:()"))
    assert found(narrow) == found(text) != []
    assert all(o.sentence in page(narrow) for o in fp.parse(page(narrow)).observations)


@pytest.mark.parametrize("every", ["每半年", "每季度", "每年"])
def test_what_is_done_once_every_so_often_is_a_rule_and_no_count(every: str) -> None:
    """Also in the clauses behind: 每半年听取一次汇报、召开一次会议."""
    assert told(f"县委{every}听取一次法治政府建设工作汇报，召开一次法治建设专题会议。") == []


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("未发生行政诉讼案件。", ["litigation.cases"]),
        ("无因政府信息公开工作被提起行政诉讼的案件。", []),
        ("未发生因执法不当引发的行政诉讼案件。", []),
    ],
)
def test_none_of_one_cause_is_not_none(text: str, zeros: list[str]) -> None:
    """因…被提起诉讼 speaks of a kind of cases."""
    assert [identity for identity, value in told(text, "依法行政") if value == "0"] == zeros


@pytest.mark.parametrize(("word", "values"), [("", ["9"]), ("暂缓", []), ("拒绝", []), ("避免", [])])
def test_what_is_put_off_is_not_done(word: str, values: list[str]) -> None:
    """Nor what is refused or avoided; as what is negated."""
    assert [value for _, value in told(f"{word}签订合同9份。")] == values


@pytest.mark.parametrize(
    ("since", "status"),
    [("自2018年挂牌以来累计", "cumulative"), ("自2023年挂牌以来累计", "actual"), ("今年以来累计", "actual")],
)
def test_what_has_come_together_since_an_earlier_year(since: str, status: str) -> None:
    """Whatever happened in that year; since one of the report's own year it is the level."""
    report = fp.parse(page(f"{since}受理行政复议案件19件。"))
    assert [o.status for o in report.observations] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("近三年受理行政复议案件19件。", "cumulative"),
        ("三年行动中受理行政复议案件19件。", "actual"),
        ("含2022年结转的3件，受理行政复议案件19件。", "actual"),
        ("2022年12月至2023年11月，受理行政复议案件19件。", "actual"),
        ("在2022年工作的基础上，受理行政复议案件19件。", "actual"),
        ("抽取2022年办结的行政处罚案卷19卷进行评查。", "actual"),
        ("完成2022年度案卷评查，评查行政执法案卷19卷。", "actual"),
        ("2022年受理行政复议案件19件。", "previous"),
    ],
)
def test_years_that_do_not_date_what_follows(text: str, status: str) -> None:
    """What was carried over from a year, begun in it or done in it says nothing of the figures of this one."""
    report = fp.parse(f"云岫县2023年法治政府建设情况报告\n一、主要成效\n{text}\n")
    assert [o.status for o in report.observations if o.value == 19] == [status]


@pytest.mark.parametrize(("heading", "text"), UNCOVERED, ids=lambda words: words[:12])
def test_figures_that_no_indicator_covers_are_no_values(heading: str, text: str) -> None:
    """Whatever the heading says: parts, staff, money, other organs' cases, rates of other things."""
    assert told(text, heading, 2022) == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("进京越级上访零发生。", "petition.escalated"),
        ("全年进京上访实现零发生，信访形势平稳。", "petition.escalated"),
    ],
)
def test_a_zero_may_stand_behind_its_subject(text: str, indicator: str) -> None:
    """零发生 states what 未发生 states."""
    assert told(text, "信访工作") == [(indicator, "0")]


@pytest.mark.parametrize(
    "text", ["乡镇执法人员平均不足3人。", "14个乡镇仅有专职执法人员9人。", "出庭应诉率低于85%。"]
)
def test_what_is_missing_is_no_value(text: str) -> None:
    """Among the problems, 不足, 仅有 and thresholds complain; in the done part they count."""
    assert told(text, "存在的问题") == []


@pytest.mark.parametrize(("year", "roles"), [(2024, ["done", "done"]), (2023, ["done", "plan"])])
def test_a_chapter_on_the_next_year_is_a_plan(year: int, roles: list[str]) -> None:
    """The title says which year the report is about."""
    text = f"云岫县{year}年法治政府建设情况报告\n一、主要成效\n受理复议案件5件。\n二、2024年重点工作\n评查案卷30卷。\n"
    assert [section.role for section in fp.parse(text).sections] == roles


def test_the_last_item_has_as_many_sentences_as_the_others() -> None:
    """Items that end in ； with a sentence of their own before that are followed by one of the same kind."""
    text = "一、成效\n一是责任到人。签订责任书9份；二是学法到岗。集中学法8次。全年平稳。\n"
    first, last = fp.parse_sections(text)[0].children
    assert (first.title, last.title, last.own_text) == ("责任到人", "学法到岗", "集中学法8次。")


def test_a_space_behind_the_full_stop_ends_the_title_in_a_page_of_one_line() -> None:
    """Where a page has lost its line ends, what stands between （一） and `。 ` is a title of any length; without the space only a short one is."""
    text = (
        "现将情况报告如下： 一、主要举措 （一）学习贯彻全面依法治国新理念新思想新战略，加强法治建设组织领导。 召开会议6次。"
        " （二）严格规范公正文明执法，持续推进行政执法质量提升行动走深走实。办理案件12起。 二、存在的问题 力量不足。"
    )
    first, second = fp.parse_sections(text)[0].children
    assert first.title == "学习贯彻全面依法治国新理念新思想新战略，加强法治建设组织领导"
    assert second.title is None


def test_the_sections_below_end_the_title_of_a_heading_glued_to_them() -> None:
    """In a page of one paragraph `一、…（一）…` the title of the first is what stands between the two."""
    text = "情况如下。一、以学促行，凝聚法治共识（一）强化理论武装。学习18次。（二）压实责任。会议6次。二、存在的问题 力量不足。"
    first = fp.parse_sections(text)[0]
    assert (first.title, [child.number for child in first.children]) == ("以学促行，凝聚法治共识", [1, 2])
