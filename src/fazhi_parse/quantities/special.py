"""Quantities that are not a number with a unit: a half, fractions, percentages in words, tenths, discounts, doublings."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..deferred import deferred
from ..errors import InvalidNumeral
from ..numerals import parse_numeral, plain
from .exclusions import CN, DIGIT
from .found import Found
from .grammar import Grammar
from .numbers import ARABIC, BEGINS_JOIN, JOIN, Number, read_number

__all__ = ["JOINS", "special_form"]

_FRACTION = deferred(r"(?<![\d/.])(\d{1,2})[/／](\d{1,3})(?![\d/.月年日页]| *[、,])")
_PARTS = deferred(rf"(?P<den>[{CN}]+|[0-9]{{1,3}})分之(?P<num>{ARABIC}|[{CN}]+(?:点[零〇{DIGIT}]+)?)")
_NO_TENTHS = "型稿形立为爲功員员效果本长長熟套品分绩績交就人家语語都体體因片年"
"""What follows 成 where it begins another word: 三成立, 二成员."""
_TENTHS = deferred(
    rf"(?:(?P<tens>[{DIGIT}两])(?P<next>[{DIGIT}])?|(?P<digits>[1-9](?:\.[0-9])?))成(?:(?P<more>[{DIGIT}])|(?P<half>半(?!数|數)))?"
    rf"(?![{_NO_TENTHS}])"
)
_TENTHS_TO = deferred(
    rf"([{DIGIT}两1-9])(?:[-—–~～－]{{1,2}}|至|到)([{DIGIT}1-9])成(?![{_NO_TENTHS}{DIGIT}半])"
)
_DISCOUNT = deferred(
    rf"(?:(?P<digits>[1-9](?:\.[0-9])?)|(?P<tens>[{DIGIT}])(?P<more>[{DIGIT}])?)折(?![中叠射扣旧断衷回])"
)
_DOUBLINGS = deferred(rf"(?<=翻|了)(?P<times>[1-9]|[{DIGIT}两])番")
_HALF = deferred(
    r"一半|半[数數](?=以上|左右|上下|[，,。；;]|$)"
    r"|半(?P<unit>年|个月|個月|个工作日|個工作日|月(?!\d)|天|小时|小時|个小时|学期|日)"
    rf"|(?<!双[过過])(?<=[过過近超约])半(?![{CN}一-鿿])"
)
_OCCASION = deferred(
    "半年(?=、(?:全年|年度|年终|年末|年底))|半(?:[年月]|个月)(?:小结|总结|考核|通报|报告|督[查察导]|检查|评[估议比审]|盘点|述职|述法|调度|点评|例会|体检|谈)"
)
"""What is held by half-years names an occasion, not a time: 季度调度、半年小结."""
_COUNTED = deferred(rf"[{DIGIT}两]个$")
_PER = {"百": "%", "千": "‰", "万": "‱", "萬": "‱"}
_CIRCLE = deferred(r"[”\"]?[^\W\x00-\x7f]{0,8}圈")
_BEFORE_HALF_YEAR = frozenset("每上下前后过大多一二三四五六七八九十个两年月天")
_BEFORE_HALF_HOUR = _BEFORE_HALF_YEAR - frozenset("上下前后过")
"""A half of a year or month has a name (上半年); 会前半小时 is a time."""
_CHINESE_NUMERAL = frozenset(CN)
JOINS = BEGINS_JOIN - {" "}
"""What joins the ends of a range."""
_SLASHES = frozenset("/／")
_SOME = frozenset("几幾")
_TENS = frozenset(DIGIT + "两")

Special = tuple[int, Found | None]
"""Where to go on, and the quantity, if it is one after all."""


def special_form(text: str, start: int, run_end: int, grammar: Grammar) -> Special | None:
    """The special form that begins at a candidate; each is tried only where its own characters stand.

    Args:
        text: The clean text.
        start: Where the candidate begins.
        run_end: Where its run of digits or of Chinese numerals ends.
        grammar: The tables.
    """
    char, follows = text[start], text[run_end : run_end + 1]
    if follows == "折":
        return _discount(text, start, grammar)
    if follows == "番":
        return _doublings(text, start)
    if follows in JOINS and (char in _TENS or char in "123456789"):
        return _tenths_to(text, start, grammar)
    if char.isascii():
        if follows == "成":
            return _tenths(text, start, grammar)
        if text.startswith("分之", run_end):
            return _parts(text, start, grammar)
        return _fraction(text, start, grammar) if follows in _SLASHES else None
    if (char == "半" or text.startswith("一半", start)) and (half := _half(text, start, grammar)):
        return half
    if text.startswith("分之", run_end):
        return _parts(text, start, grammar)
    if char in _TENS and "成" in text[start + 1 : start + 3]:
        return _tenths(text, start, grammar)
    return None


def _before_half(unit: str) -> frozenset[str]:
    return _BEFORE_HALF_HOUR if unit.endswith(("时", "時")) else _BEFORE_HALF_YEAR


def _half(text: str, start: int, grammar: Grammar) -> Special | None:
    """半年, 一半, 半数以上, 过半."""
    if occasion := _OCCASION.match(text, start):
        return occasion.end(), None
    match = _HALF.match(text, start)
    if match is None:
        return None
    end = match.end()
    if unit := match["unit"]:
        before = text[start - 1] if start else ""
        if (
            _CIRCLE.match(text, end)
            or text.startswith("年度", end - 1)
            or text.startswith(("来", "多来"), end)
            or (before in _before_half(unit) and not text.endswith("超过", 0, start))
        ):
            return end, None
        unit = grammar.units.simple(unit.lstrip("个個"))
        return _around(text, start, end, Decimal("0.5"), None, unit, "duration", grammar)
    if match.group() != "一半":
        return _around(text, start, end, Fraction(1, 2), None, "", "ratio", grammar)
    after, found = _around(text, start, end, Decimal(50), None, "%", "percent", grammar)
    # 一半以上 is above 50 %, 一半 is 1/2, and so it is in 不到总人数的一半
    if found is None or found.end > end or found.start < start:
        return after, found
    return end, Found(start, end, Fraction(1, 2), None, "", "ratio", found.approx)


def _discount(text: str, start: int, grammar: Grammar) -> Special | None:
    """九折, 八五折, 8.5折: what is left to pay."""
    match = _DISCOUNT.match(text, start)
    if match is None or text.endswith("波", 0, start):  # 一波三折
        return None
    percent = Decimal(match["digits"] or parse_numeral(match["tens"])) * 10
    if match["more"]:
        percent += parse_numeral(match["more"])
    return _around(text, start, match.end(), plain(percent), None, "%", "percent", grammar)


def _doublings(text: str, start: int) -> Special | None:
    """翻一番 is twice as much, 翻两番 four times."""
    match = _DOUBLINGS.match(text, start)
    if match is None:
        return None
    first = start - (2 if text.endswith("翻了", 0, start) else 1)
    if text[first] != "翻":
        return None
    value = 2 ** int(parse_numeral(match["times"]))
    return match.end(), Found(first, match.end(), Decimal(value), None, "倍", "multiple", "")


def _fraction(text: str, start: int, grammar: Grammar) -> Special | None:
    """1/3."""
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    above, below = int(match[1]), int(match[2])
    if not 0 < above < below:
        return match.end(), None
    return _around(text, start, match.end(), Fraction(above, below), None, "", "ratio", grammar)


def _parts(text: str, start: int, grammar: Grammar) -> Special | None:
    """百分之六十, 万分之三, 三分之二; 百分之八十至百分之九十."""
    match = _PARTS.match(text, start)
    if match is None:
        return None
    end, per = match.end(), _PER.get(match["den"])
    if not per and _COUNTED.search(text, max(0, start - 2), start):
        return end, None  # 三个三分之一 is a name; 三个百分之百 is said of three rates
    if per and (vague := _vague_part(text, match, grammar)):
        return _around(text, start, vague.end, vague.low, vague.high, per, "percent", grammar, "about")
    try:
        numerator = parse_numeral(match["num"])
        denominator = Decimal(100) if per else parse_numeral(match["den"])
    except InvalidNumeral:
        return end, None
    if per:
        end, high = _second_part(text, match)
        return _around(text, start, end, numerator, high, per, "percent", grammar)
    if not denominator or numerator != int(numerator):
        return end, None
    return _around(text, start, end, Fraction(int(numerator), int(denominator)), None, "", "ratio", grammar)


def _vague_part(text: str, match: re.Match[str], grammar: Grammar) -> Number | None:
    """百分之二三十, 百分之十几: the numerator, where it is a range in itself."""
    numerator, at = match["num"], match.start("num")
    if numerator[0].isascii() or (len(numerator) < 2 and text[match.end() : match.end() + 1] not in _SOME):
        return None
    number = read_number(text, at, at, grammar)
    return number if number is not None and number.high is not None else None


def _second_part(text: str, match: re.Match[str]) -> tuple[int, Decimal | None]:
    """百分之八十至百分之九十: where the high end stops, and its value."""
    join = JOIN.match(text, match.end()) if text[match.end() : match.end() + 1] in BEGINS_JOIN else None
    other = _PARTS.match(text, join.end()) if join else None
    if other is None or other["den"] != match["den"]:
        return match.end(), None
    try:
        return other.end(), parse_numeral(other["num"])
    except InvalidNumeral:
        return match.end(), None


def _tenths(text: str, start: int, grammar: Grammar) -> Special | None:
    """三成, 六成五, 七八成."""
    match = _TENTHS.match(text, start)
    if match is None or (start and text[start - 1] in _CHINESE_NUMERAL):
        return None
    value, high = plain(parse_numeral(match["tens"] or match["digits"]) * 10), None
    if more := match["more"] or match["half"]:
        value += 5 if match["half"] else parse_numeral(more)
    if following := match["next"]:
        high = parse_numeral(following) * 10
        if more or high != value + 10:
            return None
    return _around(text, start, match.end(), value, high, "%", "percent", grammar, "about" if high else "")


def _tenths_to(text: str, start: int, grammar: Grammar) -> Special | None:
    """三至五成, 3-5成."""
    match = _TENTHS_TO.match(text, start)
    if match is None or (start and text[start - 1] in _CHINESE_NUMERAL):
        return None
    low, high = parse_numeral(match[1]) * 10, parse_numeral(match[2]) * 10
    if low >= high:
        return None
    return _around(text, start, match.end(), low, high, "%", "percent", grammar)


def _around(
    text: str,
    start: int,
    end: int,
    value: Decimal | Fraction,
    high: Decimal | None,
    unit: str,
    kind: str,
    grammar: Grammar,
    approx: str = "",
) -> Special:
    """The quantity with the approximators around it."""
    length, before, _ = grammar.words.before(text, start, scaled=True, bare=True)
    end, after = grammar.words.after(text, end, kind)
    return end, Found(start - length, end, value, high, unit, kind, approx or before or after)
