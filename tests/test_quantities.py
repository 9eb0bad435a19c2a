"""Quantities: every figure, its exact value, nothing that is not a figure."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.numerals import USUAL
from fazhi_parse.quantities import number_text
from fazhi_parse.quantities.grammar import grammar
from fazhi_parse.quantities.scan import scan
from support import QuantityCase, quantity_cases

KNOWN_FAILURES = {  # text: why; a case that passes after all fails the test, so that the list stays true
    "唐贞观十三年重修该寺。": "reign titles are not listed",
}


def unit(name: str) -> str:
    """A unit as the scoring script compares it: without brackets and a leading 个."""
    bare = "".join(c for c in name if c not in "()（）")
    return bare[1:] if len(bare) > 1 and bare[0] == "个" else bare


def number(text: str | None) -> Decimal | Fraction | None:
    return None if text is None else Fraction(text) if "/" in text else Decimal(text)


@pytest.mark.parametrize("case", list(quantity_cases()), ids=lambda c: c.label)
def test_case(case: QuantityCase, request: pytest.FixtureRequest) -> None:
    """Each sentence gives exactly its quantities, with span, value, unit, kind and approximator."""
    if case.text in KNOWN_FAILURES:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_FAILURES[case.text]))
    got = [
        (q.start, q.end, q.value, q.value_max, unit(q.unit), q.kind, q.approx)
        for q in fp.find_quantities(case.text)
    ]
    want = [(s, e, number(v), number(m), unit(u), k, a) for s, e, v, m, u, k, a in case.quantities]
    assert got == want


@settings(max_examples=1000)
@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(value: int) -> None:
    """A number written in Chinese by an independent writer is read back."""
    assert fp.parse_numeral(chinese(value)) == value


def test_all_numbers_that_cn2an_writes_are_read_back() -> None:
    """Every number below ten thousand, and then some, as another library writes it."""
    for value in (*range(10_000), *range(10_000, 10**8, 47_911)):
        assert fp.parse_numeral(cn2an.an2cn(value)) == value
        assert fp.parse_numeral(cn2an.an2cn(value, "up")) == value


@settings(max_examples=500)
@given(st.decimals(min_value=0, max_value=10**8, places=3), st.sampled_from(["", "万", "亿"]))
def test_decimals_in_chinese_round_trip(value: Decimal, scale: str) -> None:
    """三点六亿: decimals with a scale behind them are exact."""
    whole, _, part = str(value).partition(".")
    text = f"{chinese(int(whole))}点{''.join('零一二三四五六七八九'[int(digit)] for digit in part)}{scale}"
    assert fp.parse_numeral(text) == value * {"": 1, "万": 10**4, "亿": 10**8}[scale]


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_decimals_round_trip(value: Decimal) -> None:
    """Digits, with a thousands separator or without, are read exactly."""
    assert fp.parse_numeral(f"{value:,}") == value
    assert fp.parse_numeral(f"{value}万") == value * 10000


def chinese(value: int) -> str:
    """A number in Chinese words, written group by group (not the library's own way)."""
    if value == 0:
        return "零"
    digits, scales = "零一二三四五六七八九", ["", "十", "百", "千"]

    def group(part: int) -> str:
        words, gap = "", False
        for power in (3, 2, 1, 0):
            digit = part // 10**power % 10
            if digit:
                words += ("零" if gap and words else "") + digits[digit] + scales[power]
                gap = False
            else:
                gap = True
        return words

    groups = []
    while value:
        groups.append(value % 10000)
        value //= 10000
    result, gap = "", False
    for i in range(len(groups) - 1, -1, -1):
        part = groups[i]
        if part == 0:
            gap = True
            continue
        if result and (gap or part < 1000):
            result += "零"
        result += group(part) + ["", "万", "亿", "万亿"][i]
        gap = False
    return result


@pytest.mark.parametrize(
    "text", ["", "十十", "三十十", "1.2.3", "件", "一二", "abc", "百分之", "1万2万", "--3", "点五"]
)
def test_what_is_no_numeral_is_refused(text: str) -> None:
    """Anything else raises an error that is a ValueError."""
    with pytest.raises(ValueError, match="not a numeral"):
        fp.parse_numeral(text)


def test_the_caret_stands_under_the_fault() -> None:
    """Wide characters count two columns."""
    with pytest.raises(fp.InvalidNumeral) as caught:
        fp.parse_numeral("三十x")
    assert str(caught.value).splitlines()[1:] == ["  三十x", "      ^"]


@pytest.mark.parametrize(
    "text", ["3.5万余份", "百分之六十点五", "近百场", "两亿三千万元", "1234", "三分之二", "３２件"]
)
def test_one_quantity_is_parsed_whole(text: str) -> None:
    """parse_quantity takes exactly one quantity."""
    assert fp.parse_quantity(text).text == text


@pytest.mark.parametrize("text", ["", "三件事", "3件5件", "领导", "2023年", "第3次"])
def test_more_or_less_than_one_quantity_is_refused(text: str) -> None:
    """Anything else raises InvalidNumeral."""
    with pytest.raises(fp.InvalidNumeral):
        fp.parse_quantity(text)


def test_rejected_numbers_say_why() -> None:
    """Numbers that do not count are there for who asks."""
    reasons = {
        r.text: r.reason for r in fp.find_rejected("2020年召开第3次会议，落实三项制度，拨打12345热线。")
    }
    assert reasons["2020年"] == "date"
    assert reasons["第3次"] == "ordinal"
    assert reasons["三项"] == "name of a scheme"
    assert reasons["12345"] == "hotline"


def test_ratio_is_a_plain_fraction() -> None:
    """Percentages and ratios have one form to calculate with."""
    assert fp.parse_quantity("60.4%").ratio == Fraction(151, 250)
    assert fp.parse_quantity("千分之五").ratio == Fraction(1, 200)
    assert fp.parse_quantity("三分之二").ratio == Fraction(2, 3)
    assert fp.parse_quantity("3件").ratio is None


def test_number_text_is_plain() -> None:
    """Values are written without exponents and trailing zeros."""
    assert [number_text(Decimal(s)) for s in ("1E+6", "0.50", "-3", "12.30")] == [
        "1000000",
        "0.5",
        "-3",
        "12.3",
    ]


PIECES = [
    "受理", "案件", "，", "、", "。", " ", "（", "）", "“", "”", "-", "—", "至", "到", "第", "约", "近", "超过", "不到", "达到", "上", "下", "零下",
    "3", "12", "120", "12345", "2023", "1.5", "98.50", "0", "1,234", "万", "亿", "余", "多", "半", "几", "数", "十", "三", "一", "百", "二十",
    "件", "个", "%", "人次", "名", "平台", "平方米", "个工作日", "个百分点", "个月", "年", "日", "月", "号", "级", "部门", "轮", "组织", "热线",
    "以上", "以内", "左右", "内", "多", "分", "分之", "成", "折", "点", "￥", "a", "V", "·", ":", "/", "\n", "和", "与", "其中", "跑", "逢", "单元",
]  # fmt: skip
snippets = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


@settings(max_examples=2000)
@given(snippets)
def test_the_short_way_and_the_careful_way_agree(text: str) -> None:
    """A figure with its unit right behind it is read whole by one pattern, to the same result."""
    assert scan(text)[0] == scan(text, grammar(direct_forms=False))[0]


@given(
    st.text(
        "0123456789.,%-—件个人次万亿元余多近约超过不到以上一二三十百千半分之成折点个百分点月年天公里平方米",
        max_size=20,
    )
)
def test_a_text_that_is_said_to_need_no_cleaning_needs_none(text: str) -> None:
    """parse_quantity leaves cleaning out only where it would change nothing."""
    source = fp.clean(text)
    assert not grammar().needs_no_cleaning(text) or (source.text == text and not source.edits)


def test_usual_numerals_are_what_cn2an_says() -> None:
    """The values that are known without cn2an are its own."""
    for numeral, value in USUAL.items():
        assert cn2an.cn2an(numeral, "smart") == value


def test_importing_the_library_and_reading_usual_numerals_does_not_import_cn2an() -> None:
    """cn2an takes long to import, so it waits for the first Chinese numeral that is neither below a hundred nor round."""
    code = "import sys, fazhi_parse as fp; fp.find_quantities('受理12件，办结二十三件，发放三百份'); sys.exit('cn2an' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("text", "unit_", "value"), [
    ("1.2公里", "米", Decimal(1200)), ("30亩", "公顷", Decimal(2)), ("1亩", "平方米", Fraction(2000, 3)), ("90分钟", "小时", Decimal("1.5")),
    ("2年", "个月", Decimal(24)), ("五‰", "%", Decimal("0.5")), ("3吨", "公斤", Decimal(3000)), ("5件", "件", Decimal(5)),
])  # fmt: skip
def test_conversion_is_exact(text: str, unit_: str, value: Decimal | Fraction) -> None:
    """A quantity is put into another unit of the same measure, or into itself."""
    q = fp.parse_quantity(text)
    assert (q.to(unit_).value, q.to(unit_).unit, q.to(unit_).text) == (value, unit_, text)


@pytest.mark.parametrize(
    ("text", "unit_"),
    [("2年", "天"), ("5件", "起"), ("3个百分点", "%"), ("7个工作日", "天"), ("5美元", "元")],
)
def test_what_has_no_exact_size_is_not_converted(text: str, unit_: str) -> None:
    """Months have no days, percentage points are no percent, currencies no rate."""
    with pytest.raises(ValueError, match="no exact size"):
        fp.parse_quantity(text).to(unit_)


def test_both_ends_of_a_range_are_converted() -> None:
    """The high end is put into the other unit, too."""
    assert str(fp.parse_quantity("3至5公里").to("米")) == "3000–5000 米"


def test_a_notebook_shows_the_reading_and_its_source_escaped() -> None:
    """The HTML form is small and safe."""
    q = attrs.evolve(fp.parse_quantity("不足3件"), text="<b>3件")
    html = q._repr_html_()
    assert html == "<b>&lt;3 件</b> <small>count · “&lt;b&gt;3件” [0, 4)</small>"


def test_users_add_units_of_their_own(tmp_path: Path) -> None:
    """A file in the format of the built-in table adds units, also such as begin like a date."""
    path = tmp_path / "units.toml"
    path.write_text(
        '[count]\nunits = ["网格", "月饼"]\n[area]\nunits = ["垧"]\n[base]\n"垧" = ["10000", "平方米"]\n',
        "utf-8",
    )
    mine = fp.load_units(path)
    found = fp.find_quantities("划分1286网格，分发3月饼，开垦2.5垧，受理6件。", units=mine)
    assert [(q.text, q.kind) for q in found] == [
        ("1286网格", "count"),
        ("3月饼", "count"),
        ("2.5垧", "area"),
        ("6件", "count"),
    ]
    assert found[2].to("公顷", known=mine).value == Decimal("2.5")
    assert not fp.find_quantities("划分1286网格。")


def test_a_units_file_with_an_unknown_kind_is_refused() -> None:
    """A misspelt kind would be silently lost."""
    with pytest.raises(ValueError, match="no such table of units: counts"):
        fp.load_units({"counts": {"units": ["网格"]}})


@pytest.mark.parametrize(("text", "value", "unit_"), [
    ("一件", 1, "件"), ("十条", 10, "条"), ("二名", 2, "名"), ("十几万", 110000, ""), ("3万6", 36000, ""), ("1,234.50", Decimal("1234.5"), ""), ("近百", 100, ""),
])  # fmt: skip
def test_a_quantity_alone_is_taken_at_its_word(text: str, value: Decimal | int, unit_: str) -> None:
    """Where a string is nothing but a number with a unit, it is no set phrase."""
    q = fp.parse_quantity(text)
    assert (q.value, q.unit) == (value, unit_)
