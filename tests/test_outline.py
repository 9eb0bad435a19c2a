"""Headings: where they are, how they nest, what they are about."""

from __future__ import annotations

import pickle

import pytest

import fazhi_parse as fp
from fazhi_parse.outline import Labels, MarkerKind
from support import CASES, HeadingCase, heading_cases, label_rows, labels_of


@pytest.mark.parametrize("case", list(heading_cases()), ids=lambda c: c.label.split(":")[0])
def test_case(case: HeadingCase) -> None:
    """Each text gives exactly its headings, at their levels."""
    report = fp.parse(case.text)
    got = [(s.start, s.level) for s in report.walk()]
    assert got == [(start, level) for start, _, level in case.nodes]


TEXT = "一、工作成效\n全年平稳。\n(一)加强领导。召开会议3次。\n(二)健全机制。一是建章立制;二是压实责任。\n二、存在问题\n力度不够。"


@pytest.mark.parametrize(
    ("first", "last_line", "closes"),
    [
        ("（一）抓学习。持续学习。", "新的一年，甲乡将再接再厉。", True),
        ("（一）抓学习。持续学习。", "征程万里，甲乡定当奋力前行！", True),
        ("（一）抓学习\n持续学习。", "新的一年，甲乡将再接再厉。", False),
        ("（一）抓学习。持续学习。\n一要常学，二要常新。", "新的一年，甲乡将再接再厉。", False),
        ("（一）抓学习。持续学习。", "（三）抓落实。狠抓落实。", False),
    ],
)
def test_a_line_behind_a_plan_of_single_lines_closes_the_report(
    first: str, last_line: str, closes: bool
) -> None:
    """Where each heading of the plan has its body in its own line, an unnumbered line behind them is not theirs."""
    raw = f"甲乡2022年法治政府建设总结\n一、主要工作\n开展工作。\n二、下步打算\n{first}\n（二）抓普法。持续普法。\n{last_line}\n"
    report = fp.parse(raw)
    closing = [raw[p.start : p.end] for p in report.parts if p.kind == "closing"]
    assert closing == ([last_line] if closes else [])


def test_own_text_is_without_children() -> None:
    """The text under a heading before its first child is its own."""
    first, second = fp.parse_sections(TEXT)
    assert first.own_text == "全年平稳。"
    assert first.children[0].own_text == "召开会议3次。"
    assert first.text.startswith("一、工作成效") and first.text.endswith("压实责任。")
    assert second.own_text == "力度不够。"


def test_path_and_walk() -> None:
    """Each section knows the headings above it."""
    report = fp.parse(TEXT)
    assert [s.path[-1] for s in report.walk()] == [
        "工作成效",
        "加强领导",
        "健全机制",
        "一是",
        "二是",
        "存在问题",
    ]
    assert [s.path for s in report.walk()][3] == ("工作成效", "健全机制", "一是")


def test_section_at_is_the_innermost() -> None:
    """A raw offset leads to the deepest section that holds it."""
    report = fp.parse(TEXT)
    at = TEXT.index("压实")
    found = report.section_at(at)
    assert found is not None and found.marker == "二是"
    assert report.section_at(TEXT.index("力度")).marker == "二、"  # type: ignore[union-attr]
    assert fp.parse("没有标题。").section_at(2) is None


@pytest.mark.parametrize(
    ("inside", "role"),
    [
        ("（一）推进政务公开。公开信息9条。\n（二）规范行政执法。评查案卷6件。", "done"),
        ("（一）机构设置。设股室3个。\n（二）人员情况。在编20人。", "background"),
        ("全镇辖村12个。", "background"),
    ],
)
def test_a_basic_situation_that_holds_tasks_is_what_was_done(inside: str, role: str) -> None:
    """基本情况 is background where it is about the place or the body, and done where its headings name tasks."""
    report = fp.parse(f"一、基本情况\n{inside}\n二、存在问题\n人员不足。")
    assert [section.role for section in report.sections] == [role, "problem"]


def test_roles_follow_the_frame() -> None:
    """Frame words give roles, and sections below inherit them."""
    report = fp.parse(
        "一、主要成效\n(一)复议。办理3件。\n二、存在的不足\n一是力量弱;二是经费少。\n三、下一步打算\n(一)加强培训。"
    )
    assert [s.role for s in report.walk()] == [
        "done",
        "done",
        "problem",
        "problem",
        "problem",
        "plan",
        "plan",
    ]


def test_doubts_about_numbering_are_reported() -> None:
    """Gaps, repeats and starts in the middle leave diagnostics."""
    report = fp.parse("一、甲\n正文。\n三、乙\n正文。\n三、丙\n正文。\n")
    assert [d.code for d in report.diagnostics] == ["heading.gap", "heading.duplicate"]
    assert "三、" in report.diagnostics[0].message


def test_explain_says_why_a_section_is_where_it_is() -> None:
    """The reason for a level is on the node."""
    report = fp.parse(TEXT)
    assert "goes on from number 1" in report.explain(report.sections[1])


def test_a_skipped_level_is_reported() -> None:
    """1. right under 一、 where it stood under (一) before leaves a diagnostic, and so does nothing else."""
    text = "一、甲\n(一)乙\n1.丙。\n2.丁。\n(二)戊\n1.己。\n2.庚。\n二、辛\n1.壬。\n2.癸。\n"
    doubts = fp.parse(text).diagnostics
    assert [(d.code, text[d.start : d.end]) for d in doubts] == [("heading.skipped_level", "1.")]
    assert "一、" in doubts[0].message


def test_own_marker_kinds_join_the_tree() -> None:
    """A kind of one's own is ranked among the built-in ones, in parse_sections and in a Parser."""
    kind = MarkerKind("item_of_law", r"〔([一二三四五六七八九十]+)〕", rank=4)
    text = "第一章 总则\n〔一〕适用范围。\n(一)本县。\n〔二〕职责。\n第二章 罚则\n〔三〕处罚。"
    wanted = [
        ("第一章", 1, 1),
        ("〔一〕", 2, 1),
        ("(一)", 3, 1),
        ("〔二〕", 2, 2),
        ("第二章", 1, 2),
        ("〔三〕", 2, 3),
    ]
    for sections in (fp.parse_sections(text, markers=[kind]), fp.Parser(markers=[kind]).parse(text).sections):
        assert [(s.marker, s.level, s.number) for top in sections for s in top.walk()] == wanted


@pytest.mark.parametrize("pattern", ["(", "x*"])
def test_wrong_marker_patterns_are_refused(pattern: str) -> None:
    """A pattern that does not compile, or matches nothing at all, is an error that shows it."""
    with pytest.raises(ValueError, match="pattern"):
        MarkerKind("mine", pattern)


def test_markdown_and_chunks_of_a_report() -> None:
    """Headings by depth, items as lists; each chunk with its breadcrumb."""
    report = fp.parse("云岫县2023年法治政府建设情况报告\n" + TEXT)
    assert report.to_markdown().split("\n\n")[:3] == [
        "# 云岫县2023年法治政府建设情况报告",
        "## 一、工作成效",
        "全年平稳。",
    ]
    assert "- 一是建章立制;\n- 二是压实责任。" in report.to_markdown()
    chunks = report.chunks(max_chars=30)
    assert [c.breadcrumb for c in chunks] == [
        "",
        "工作成效",
        "工作成效 > 加强领导",
        "工作成效 > 健全机制",
        "存在问题",
    ]
    assert chunks[0].part == "title"
    with pytest.raises(ValueError, match="max_chars"):
        report.chunks(max_chars=0)


def test_labels_equal_and_pickle_by_what_they_say() -> None:
    """Sections that say the same are equal, also behind a pickle."""
    sections = fp.parse_sections(TEXT)
    again = pickle.loads(pickle.dumps(sections))
    assert again == sections and hash(again[0].labels) == hash(sections[0].labels)
    assert repr(sections[1].labels) == "<Labels: problem, meta/problems>"


def test_print_is_a_readable_outline() -> None:
    """str(section) is an indented outline."""
    assert str(fp.parse_sections(TEXT)[0]).splitlines()[:2] == ["一、工作成效", "  (一)加强领导"]


KNOWN_LABEL_FAILURES = {"推进市场监管、生态环境等领域综合执法改革"}  # two topics, of which the first one wins


def label_cases() -> list[tuple[str, str, str]]:
    return [
        (heading, role, "meta/plan" if role == "plan" and more else dimension)
        for heading, role, dimension, more in label_rows()
    ]


@pytest.mark.parametrize(("heading", "role", "dimension"), label_cases())
def test_role_and_primary_dimension(
    heading: str, role: str, dimension: str, request: pytest.FixtureRequest
) -> None:
    """A heading's own words give its role and primary dimension."""
    if heading in KNOWN_LABEL_FAILURES:
        request.applymarker(pytest.mark.xfail(reason="two topics in one heading"))
    above = Labels.known("plan", ("meta/plan",)) if role == "plan" else None
    found = Labels(heading, above)
    assert (found.role, found.dimensions[:1]) == (role, (dimension,))


@pytest.mark.parametrize(
    ("row", "dimension"),
    [
        ("规范行政执法行为 > 抓好队伍建设", "enforcement/capacity"),
        ("规范行政执法行为 > 深化体制改革", "enforcement/system"),
        ("规范行政执法行为 > 强化监督", "oversight/enforcement_supervision"),
        ("规范行政执法行为 > 主动接受社会监督", "oversight/external"),
        ("规范行政执法行为 > 推行包容审慎监管", "enforcement/activity"),
        ("优化营商环境 > 推行包容审慎监管", "functions/regulation"),
        ("优化营商环境 > 水产监管执法更精准", "functions/regulation"),
        ("严格水产监管执法", "enforcement"),
        ("化解矛盾纠纷 > 做实纠纷化解 | 各级调解组织调解纠纷91件。", "disputes/mediation"),
        ("化解矛盾纠纷 > 做实纠纷化解 | 排查各类纠纷91件。", "disputes"),
        ("规范行政执法行为 > 苦练内功 | 举办执法培训3期，规范执法行为。", "enforcement/capacity"),
        ("规范行政执法行为 > 苦练内功 | 全年规范执法。", "enforcement"),
        ("复议应诉“双规范”，应诉能力再提升", "disputes/reconsideration"),
        ("规范行政执法行为 > 严格审核把关", "enforcement/activity"),
        ("规范行政执法行为 > 严格合法性审查", "decision/review"),
        ("规范行政执法行为 > 执行结果全部公示", "enforcement/activity"),
        ("规范行政执法行为 > 推进政务公开", "oversight/disclosure"),
        ("优化小环境，促进大发展 | 走访企业97家，解决企业困难31个。", "functions/business_env"),
        ("深化改革促发展 | 全年工作平稳。", "functions"),
        ("加强组织保障 > 配齐力量 | 法制机构新增编制2名，落实法治建设经费。", "leadership"),
        ("法律顾问全程跟进，护航科学决策", "decision/counsel"),
        ("严格合法性审查，提升科学决策水平", "decision"),
        ("强化教育培训，锤炼执法铁军", "enforcement/capacity"),
        ("强化教育培训，提升干部素质", "capacity"),
        ("深学法治思想 > 统筹谋划，层层压实法治责任", "leadership"),
        ("深学法治思想 > 提高站位", "leadership/thought"),
        ("压实法治责任 > 完善法治工作制度 | 调整法治建设领导小组，明确各站所职责。", "leadership"),
        ("压实法治责任 > 完善法治工作制度 | 新订制度6项。", "rulemaking"),
        ("化解矛盾纠纷 > 发挥仲裁作用", "disputes"),
        ("坚持党建引领，完善法治政府建设推进机制", "leadership"),
        ("完善法治政府建设推进机制", "leadership/assessment"),
        ("规范行政行为，提升依法行政水平", "enforcement"),
        ("提升依法行政水平", "capacity"),
        ("深学法治思想 > 强化分层分类学习培训", "leadership/thought"),
        ("深学法治思想 > 拓宽宣讲渠道", "leadership/thought"),
        ("深学法治思想 > 带头学法用法", "capacity"),
        (
            "深学法治思想 > 发挥“关键少数”引领作用 | 主要负责人履行第一责任人职责。",
            "leadership/first_responsible",
        ),
        ("加强组织领导 > 明确职责分工", "leadership"),
        ("加强组织领导 > 公布权责清单", "functions/org"),
        ("化解矛盾纠纷 > 网格员排查苗头", "disputes"),
        ("强化权力监督 > 加强政府督查工作", "oversight"),
        ("坚持以重要讲话精神为导向，全面部署法治政府建设工作", "leadership"),
        ("以党的创新理论为指引，凝聚法治共识", "leadership/thought"),
        ("主要成效 > 抓好法治建设重点任务落实", "leadership"),
        ("主要成效 > 深入学习 | 全年学习法律法规9次。", "capacity"),
    ],
)
def test_the_chapter_and_the_text_tell_what_a_heading_leaves_open(row: str, dimension: str) -> None:
    """General words mean the chapter's part of them, and of near topics the chapter's own wins."""
    assert labels_of(row).dimensions[0] == dimension


@pytest.mark.parametrize(
    ("heading", "dimensions"),
    [
        ("深化“放管服”改革", "functions/services"),
        ("健全法律顾问制度", "decision/counsel"),
        ("统筹推进普法工作", "society/publicity"),
        ("加强应急能力建设", "emergency"),
        ("健全依法决策机制，用好法律顾问", "decision decision/counsel"),
        ("加强党的领导，开展法治培训", "leadership capacity"),
        ("法治政府建设重点任务完成情况", "meta/achievements"),
    ],
)
def test_words_that_only_hint_name_no_further_dimension(heading: str, dimensions: str) -> None:
    """改革, 制度 and 机制, and general words in the clause that names the topic, add nothing to it."""
    assert labels_of(heading).dimensions == tuple(dimensions.split())


@pytest.mark.parametrize(
    ("parts", "dimension"),
    [
        (["严格执法程序", "培训执法人员", "评查执法案卷"], "enforcement"),
        (["严格执法程序", "培训执法人员"], "oversight"),
        (["严格执法程序", "培训执法人员", "接受社会监督"], "oversight"),
    ],
)
def test_three_sections_speak_against_a_heading_that_names_its_topic_last(
    parts: list[str], dimension: str
) -> None:
    """把权力关进笼子 is about enforcement if all that stands under it is."""
    lines = "".join(
        f"（{number}）{part}\n全年落实到位。\n" for number, part in zip("一二三", parts, strict=False)
    )
    chapter = fp.parse_sections(f"一、定规矩、严程序，把权力关进笼子\n{lines}二、其他\n正文。")[0]
    assert chapter.dimensions[0] == dimension


def test_a_line_that_ends_in_a_semicolon_is_a_title_where_text_follows() -> None:
    """A clause of a list has no title; a heading keeps its own, without the mark behind it."""
    headings = fp.parse_sections("一、主要举措和成效；\n全年工作平稳。\n二、下一步打算；\n继续努力。")
    assert [(s.title, s.role) for s in headings] == [("主要举措和成效", "done"), ("下一步打算", "plan")]
    assert [s.title for s in fp.parse_sections("一、修订章程；\n二、换发证照；")] == [None, None]


def test_no_dimension_is_named_twice() -> None:
    """A section that keeps what stands above it says so once."""
    text = "一、加强普法宣传\n（一）好戏“连台唱”。建成法治公园1处，开展普法宣传活动，法律援助惠及群众。"
    part = fp.parse_sections(text)[0].children[0]
    assert part.dimensions[0] == "society/publicity"
    assert len(set(part.dimensions)) == len(part.dimensions)


def test_a_text_that_names_the_whole_keeps_the_part_that_its_section_is_about() -> None:
    """抓重点节点 names no topic, and its text speaks of society at large: its section is about publicity."""
    text = "一、深化普法宣传，营造法治氛围\n1.抓重点节点\n推动法治社会建设，宣讲民法典，服务乡村治理。\n2.抓重点人群\n组织学习。"
    first, _ = fp.parse_sections(text)[0].children
    assert first.dimensions[0] == "society/publicity"


@pytest.mark.parametrize(
    "opening",
    [
        "云岫县2023年法治政府建设情况报告\n一、成效\n",
        "2023年，全县开展培训12次。\n一、成效\n",
        "一、2023年工作情况\n",
        "云岫县二〇二三年法治政府建设情况报告\n一、成效\n",
        "云岫县法治政府建设情况报告（2023年度）\n一、成效\n",
        "云岫县法治政府建设情况报告\n过去一年，全县上下齐心。2023年，我县开展培训12次。\n一、成效\n",
        "云岫县法治政府建设情况报告\n现将2023年工作情况报告如下。\n一、成效\n",
    ],
)
@pytest.mark.parametrize("year", ["2024", "2024 ", "二〇二四"])
def test_what_the_next_year_brings_is_a_plan(opening: str, year: str) -> None:
    """A heading about the year after the report's tells plans, wherever the text says which year it is about."""
    report = fp.parse(f"{opening}开展培训12次。\n二、{year}年重点工作\n开展培训。\n")
    last = report.sections[-1]
    assert (last.role, last.dimensions) == ("plan", ("meta/plan",))
    assert report.metadata.year == 2023


def test_what_the_year_of_the_report_brought_is_no_plan() -> None:
    """The same heading about the report's own year tells what was done."""
    text = "云岫县二〇二三年法治政府建设情况报告\n一、成效\n开展培训12次。\n二、2023年重点工作\n开展培训。\n"
    assert fp.parse_sections(text)[-1].role == "done"


LEADS = [
    line.partition(" => ")
    for line in (CASES / "leads.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("led", "role"), [(led, role) for led, _, role in LEADS])
def test_what_introduces_a_list_says_what_its_items_are(led: str, role: str) -> None:
    """Problems that are being solved, and 将 of a thing that is put somewhere, make no problems and no plans."""
    heading, _, lead = led.partition(" | ")
    items = "一是健全机制，压实责任；二是抓学法，提能力；三是强普法，营造氛围。"
    report = fp.parse(f"一、组织领导\n健全机制。\n二、{heading}\n{lead}{items}\n")
    assert [section.role for section in report.walk() if section.kind == "item"] == [role] * 3


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        ("一是强化领导。\n召开会议3次。", "二是强化考评。\n纳入考核指标。\n全年工作平稳。", "纳入考核指标。"),
        (
            "一是强化领导。\n召开会议3次。",
            "二是强化考评，纳入各单位年度综合考核指标体系，每季度通报一次考核结果。\n全年工作平稳。",
            "考核结果。",
        ),
        ("一是强化领导。召开会议3次。", "二是强化考评。\n全年工作平稳。", "强化考评。"),
    ],
)
def test_the_last_item_has_its_text_below_it_where_the_others_have(first: str, last: str, ends: str) -> None:
    """Items that are short titles, each with a paragraph below it."""
    (section,) = fp.parse_sections(f"一、主要工作\n{first}\n{last}")
    assert section.children[-1].text.endswith(ends)
