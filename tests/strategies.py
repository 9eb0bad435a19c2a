"""Hypothesis strategies: report-like texts of all kinds of headings, figures and damage, and any text at all."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

import damaging

DIGITS = "零一二三四五六七八九"
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "二十")
MARKERS = (
    "{cn}、", "{cn}．", "（{cn}）", "({cn})", "{n}.", "{n}、", "{n}．", "（{n}）", "({n})", "{n})", "{circled}",
    "第{cn}章 ", "第{cn}节　", "第{cn}部分 ", "第{cn}条 ", "{n}.{n} ", "{n}.{n}.{n} ", "{cn}是", "{cn}要", "其{cn}，", "第{cn}，",
    "首先，", "其次，", "最后，", "——", "**{cn}、", "## {cn}、", "● ", "㈠",
)  # fmt: skip
"""How headings and items of all kinds begin."""
TITLES = (
    "主要成效", "依法履行政府职能", "行政复议和应诉", "行政执法监督", "存在的问题和不足", "下一步工作打算", "2025年工作计划",
    "坚持党的领导", "党政主要负责人履职情况", "普法宣传", "工作开展情况", "",
)  # fmt: skip
SUBJECTS = (
    "受理行政复议案件", "办结", "审查行政规范性文件", "行政机关负责人出庭应诉率", "开展执法检查", "化解矛盾纠纷", "发放宣传资料", "其中",
    "同比增长", "较上年下降", "不予受理", "作出行政处罚决定", "参加培训", "办理行政许可", "其中直接纠错", "累计", "完成率达", "罚没款",
    "分别为", "均达", "上年", "明年计划", "未发生", "投入资金", "由2022年的", "法律援助案件",
)  # fmt: skip
UNITS = (
    "件", "起", "宗", "人次", "份", "场次", "%", "％", "个百分点", "万元", "元", "户", "名", "条", "平方米", "公里", "天", "个工作日",
    "年", "月", "日", "倍", "号", "期", "余件", "多人", "", "(场)次", "案", "家（次）",
)  # fmt: skip
BEFORE = ("", "", "", "约", "近", "超过", "不少于", "第", "至少", "达", "为", "－", "¥", "〔", "《")
CHROME = (
    "您的位置：首页 > 信息公开 > 工作报告", "来源：司法局 发布时间：2024-01-15 浏览量：123次", "【字体：大 中 小】", "打印 关闭", "责任编辑：某某",
    "索引号：0153-2024-001", "分享到：", "版权所有 云岫县人民政府", "- 12 -", "第 3 页 共 9 页", "主办单位：云岫县司法局", "| 12 | 35 |",
)  # fmt: skip
PUNCTUATION = (
    "，",
    "，",
    "；",
    "。",
    "、",
    "：",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    ",",
    ".",
    " ",
    "\u3000",
    "\n",
    "\t",
    "",
)
CONTROL = (
    "\x00",
    "\u200b",
    "\ufeff",
    "\r\n",
    "\r",
    "\x0b",
    "\x85",
    "\u2028",
    "\ud7ff",
    "\ud800",
    "😀",
    "e\u0301",
    "<p>",
    "&nbsp;",
    "**",
    "|",
    "\xa0",
)
"""What no clerk types, and pages have all the same."""


@st.composite
def numerals(draw: st.DrawFn) -> str:
    """A number as it is written: digits of any width, Chinese words, scales, parts, ranges."""
    kind = draw(
        st.sampled_from(
            ("digits", "comma", "point", "scale", "words", "wide", "part", "range", "idiom", "any")
        )
    )
    n = draw(st.integers(0, 10**9) | st.integers(0, 200))
    if kind == "words":
        return draw(st.text("零一二三四五六七八九十百千万亿两〇半几", min_size=1, max_size=8))
    if kind == "part":
        return draw(st.sampled_from(("百分之", "千分之", "三分之", "百分之百", "六成", "万分之"))) + draw(
            st.sampled_from(ORDINALS)
        )
    if kind == "range":
        return f"{n}{draw(st.sampled_from('-—~至到、'))}{n + draw(st.integers(-3, 50))}"
    if kind == "idiom":
        return draw(
            st.sampled_from(
                ("十几", "三四百", "近百", "数十", "一半", "半数", "七八成", "一一", "上千", "两三", "几")
            )
        )
    if kind == "any":
        return draw(st.text("0123456789.,，．%/万亿百十一 ", min_size=1, max_size=10))
    forms = {
        "digits": str(n), "comma": f"{n:,}", "point": f"{n / 100}", "scale": f"{n % 9999 / 100}万",
        "wide": str(n).translate({48 + i: 0xFF10 + i for i in range(10)}),
    }  # fmt: skip
    return forms[kind]


quantities = st.builds("".join, st.tuples(st.sampled_from(BEFORE), numerals(), st.sampled_from(UNITS)))
"""A figure with words before it and a unit, or a date, or nothing that has a value."""
clauses = st.builds("".join, st.tuples(st.sampled_from(SUBJECTS), quantities, st.sampled_from(PUNCTUATION)))


@st.composite
def headings(draw: st.DrawFn) -> str:
    """A marker of any kind with any number, and a title."""
    number = draw(st.integers(0, 12))
    marker = draw(st.sampled_from(MARKERS)).format(
        cn=ORDINALS[number], n=number + 1, circled="①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"[number]
    )
    return marker + draw(st.sampled_from(TITLES))


paragraphs = st.builds(
    "".join, st.lists(clauses | headings() | st.sampled_from(TITLES), min_size=1, max_size=6)
)
lines = headings() | paragraphs | st.sampled_from(CHROME) | st.text(max_size=8) | st.sampled_from(CONTROL)
heads = st.sampled_from(
    (
        "云岫县2023年法治政府建设情况报告", "关于2024年度法治政府建设工作情况的报告\n云岫县人民政府", "",
        "云岫县司法局\n2022年法治政府建设年度报告\n县委、县政府：", "標題：松嶺市2021年法治政府建設報告\n",
    )
)  # fmt: skip
ends = st.sampled_from(
    (
        "",
        "特此报告。\n云岫县人民政府\n2024年1月15日",
        "二〇二四年一月十五日",
        "（此件公开发布）",
        "附件：统计表",
    )
)


@st.composite
def reports(draw: st.DrawFn) -> str:
    """A report from head to end, whole or damaged as the web damages it."""
    text = "\n".join([draw(heads), *draw(st.lists(lines, max_size=14)), draw(ends)])
    chance = Random(draw(st.integers(0, 2**16)))
    for damage in draw(st.lists(st.sampled_from(DAMAGE), max_size=2)):
        text = damage(text, chance)
    return text


def _traditional(text: str, chance: Random) -> str:
    return damaging.traditional(text)


def _wrapped(text: str, chance: Random) -> str:
    return damaging.wrapped(text, chance.randint(3, 40))


def _cut(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[start : chance.randrange(start, len(text) + 1)]


def _scattered(text: str, chance: Random) -> str:
    return "".join(char + chance.choice(CONTROL) if chance.random() < 0.05 else char for char in text)


def _misread(text: str, chance: Random) -> str:
    right, wrong = chance.choice(
        (("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gb18030", "latin-1"), ("utf-8", "cp1252"))
    )
    return text.encode(right, "replace").decode(wrong, "replace")


def _byte_late(text: str, chance: Random) -> str:
    return damaging.with_byte_shifts(text.encode("gb18030", "replace").decode("gb18030"), 0.1, chance)[0]


DAMAGE = (
    _traditional, _wrapped, _cut, _scattered, _misread, _byte_late,
    lambda text, chance: damaging.with_glosses(damaging.traditional(text), 0.5, chance),
    lambda text, chance: damaging.with_spaces_in_numbers(text, 0.5, chance),
    lambda text, chance: damaging.full_width(text, 0.5, chance),
    lambda text, chance: damaging.with_entities(text, 0.3, chance),
    lambda text, chance: text + "\n" + text,
    lambda text, chance: text.replace("\n", ""),
)  # fmt: skip

anything = st.lists(st.characters() | st.sampled_from(CONTROL), max_size=300).map("".join)
"""Any code points, lone surrogates too."""
