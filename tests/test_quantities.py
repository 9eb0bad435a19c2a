"""Quantities: every figure, its exact value, nothing that is not a figure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.quantities import number_text
from support import QuantityCase, quantity_cases

KNOWN_FAILURES = {  # text: why; a case that passes after all fails the test, so that the list stays true
    "行政拘留十五日。": "a bare Chinese number of days is mostly a date",
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


@given(st.integers(min_value=0, max_value=10**12))
def test_chinese_numerals_round_trip(value: int) -> None:
    """A number written in Chinese by an independent writer is read back."""
    assert fp.parse_numeral(chinese(value)) == value


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
