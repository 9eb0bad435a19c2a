"""The number itself: digits and Chinese numerals in running text, indefinite ones and ranges too."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from ..deferred import deferred
from ..errors import InvalidNumeral
from ..numerals import evaluate, parse_numeral, plain, power_of, shifted
from .exclusions import CN, DIGIT
from .grammar import Grammar

__all__ = ["ARABIC", "BEGINS_JOIN", "JOIN", "SCALE", "SIMPLE_SCALE", "Number", "read_number", "with_range"]


class Number(NamedTuple):
    """What stands between the approximator before and the unit."""

    end: int
    """One behind its last character, in clean offsets."""
    low: Decimal
    """Its value, or the low end."""
    high: Decimal | None = None
    """The high end of a range or of an indefinite number."""
    approx: str = ""
    """What the number says of itself: 十几 is about, 200余 above."""
    chinese: bool = False
    """Whether it is written in Chinese numerals."""
    bare_scale: bool = False
    """百, 千, 万 without a digit: a number only behind an approximator."""
    scaled: bool = False
    """Whether it carries 万, 亿, …"""


_new: Any = tuple.__new__  # half the time of calling the class  # pyright: ignore[reportUnknownVariableType]
SCALE = "十百千万亿萬億"
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d,，])|\d+)(?:\.\d+)?"
SIMPLE_SCALE = str.maketrans("萬億", "万亿")
JOIN = deferred(r" ?(?:[-—–~～－]{1,2}|至|到) ?")
"""What joins the ends of a range."""
_DIGITS = deferred(rf"({ARABIC})((?: ?[{SCALE}]{{1,2}}(?:零?{ARABIC}[千百十万萬]*)?)*)")
_CHINESE = deferred(
    # 三四百, 十七八万, 三五(个), 一百二三十: neighbouring digits
    rf"(?P<lead>(?:[{DIGIT}两]?[{SCALE}]){{0,4}})(?P<low>[{DIGIT}两])、?(?P<high>[{DIGIT}两])(?P<pair>[{SCALE}]*)(?![{CN}点]|(?<=[一二].)年|年级)"
    # 十几, 几十万, 二十几, 数百, 几(个)
    rf"|(?P<head>[{DIGIT}]?[十百千]|)(?P<some>[几幾数數])(?P<vague>[{SCALE}]*)(?![{CN}])"
    rf"|(?P<exact>[{CN}]+(?:点[零〇{DIGIT}]+[{SCALE}]*)?)"
)
_CHINESE_ONLY = deferred(rf"[{CN}]+")
_INSIDE = deferred(r" ?([余餘多来來+＋])[余餘]? ?([万萬亿億千百]*)")
_NUMERAL_GOES_ON = frozenset("点、几幾数數")
_BEGINS_INSIDE = frozenset(" 余餘多来來+＋")
_DIGITS_GO_ON = _BEGINS_INSIDE | frozenset(SCALE + "0123456789.,，")
BEGINS_JOIN = frozenset(" -—–~～－至到")
_MORE = frozenset("余餘多")
_ABOUT = frozenset("来來")
_PLUS = frozenset("+＋")
_GREAT = frozenset("万亿")
_LONGEST = 40
"""Characters of the longest number in digits; a longer run is none."""


def read_number(text: str, at: int, run_end: int, grammar: Grammar) -> Number | None:
    """The number that begins at a clean offset, or None.

    Args:
        text: The clean text.
        at: Where it begins.
        run_end: Where the run of digits or of Chinese numerals ends, or `at` where that is not known.
        grammar: The tables.

    >>> from fazhi_parse.quantities.grammar import grammar
    >>> number = read_number("3.5万余份", 0, 3, grammar())
    >>> number.end, number.low, number.approx
    (5, Decimal('35000'), 'above')
    """
    if text[at].isdigit():
        digits = text[at:run_end]
        if digits.isdigit() and run_end - at < _LONGEST and text[run_end : run_end + 1] not in _DIGITS_GO_ON:
            plain_number: Number = _new(Number, (run_end, Decimal(digits), None, "", False, False, False))
            return plain_number
        match = _DIGITS.match(text, at)
        return match and _digits(text, match, grammar)
    if at < run_end and text[run_end : run_end + 1] not in _NUMERAL_GOES_ON:
        exact = _exact(text, at, run_end, grammar)
        if exact is not None:
            return exact
    match = _CHINESE.match(text, at)
    if match is None:
        return None
    if match.lastgroup == "exact":
        return _exact(text, at, match.end(), grammar)
    return _pair(text, match, grammar) if match.lastgroup == "pair" else _vague(text, match)


def _digits(text: str, match: re.Match[str], grammar: Grammar) -> Number | None:
    """12, 1,234.5, 3.5万, 1万5千."""
    digits, scales = match.groups()
    end = match.end()
    if end - match.start() > _LONGEST:
        return None
    if scales:
        if scales[-1] == "千" and _belongs_to_unit(text, end, grammar, room=0):
            scales, end = scales[:-1], end - 1
        scales = scales.replace(" ", "")
    if "," in digits or "，" in digits:
        digits = digits.replace(",", "").replace("，", "")
    if not scales:
        value = shifted(digits, 0) if "." in digits else Decimal(digits)
    elif scales.isalpha():
        value = shifted(digits, power_of(scales.translate(SIMPLE_SCALE)))
    else:
        try:
            value = parse_numeral(digits + scales)
        except InvalidNumeral:
            return None
    number: Number = _new(Number, (end, value, None, "", False, False, text[end - 1] in SCALE))
    return _with_inside(text, number, grammar) if text[end : end + 1] in _BEGINS_INSIDE else number


def _exact(text: str, at: int, end: int, grammar: Grammar) -> Number | None:
    """一千二百三十四, 三点五亿."""
    if end - at > _LONGEST:
        return None
    written = text[at:end]
    if written[-1] == "千" and _belongs_to_unit(text, end, grammar, room=1):
        written, end = written[:-1], end - 1
    value, _ = evaluate(written)
    if value is None:
        return None
    bare = len(written) <= 2 and written[0] in "百千万亿萬億佰仟"
    number: Number = _new(Number, (end, value, None, "", True, bare, written[-1] in SCALE))
    return _with_inside(text, number, grammar) if text[end : end + 1] in _BEGINS_INSIDE else number


def _belongs_to_unit(text: str, end: int, grammar: Grammar, *, room: int) -> bool:
    """Whether the 千 before `end` is the unit's own: 千瓦时, 千米."""
    unit, longer = grammar.units.match(text, end), grammar.units.match(text, end - 1)
    return longer is not None and (unit is None or len(longer) > len(unit) + room)


def _pair(text: str, match: re.Match[str], grammar: Grammar) -> Number | None:
    """三四百, 一百二三十万: two neighbouring digits, what leads to them and what scales them; else one numeral."""
    lead, scales = match["lead"].translate(SIMPLE_SCALE), match["pair"].translate(SIMPLE_SCALE)
    low, high = int(parse_numeral(match["low"])), int(parse_numeral(match["high"]))
    if high - low != 1 and ((low, high) != (3, 5) or lead):
        run = _CHINESE_ONLY.match(text, match.start())
        return _exact(text, match.start(), run.end(), grammar) if run else None
    base = evaluate(lead)[0] if lead else Decimal(0)
    inner = 0 if lead[-1:] in ("", "十") else power_of(scales[:1])
    outer = power_of(scales) - inner
    if base is None or (lead[-1:] not in ("", "十") and not 0 < inner < power_of(lead[-1])):
        return None
    if lead[-1:] in _GREAT:  # 一亿二三千万: the scale behind is that of the digits only
        low, high = (int(base) + digit * 10 ** (inner + outer) for digit in (low, high))
    else:
        low, high = ((int(base) + digit * 10**inner) * 10**outer for digit in (low, high))
    scaled = bool(scales or len(lead) > 1)
    return Number(match.end(), Decimal(low), Decimal(high), "about", chinese=True, scaled=scaled)


def _vague(text: str, match: re.Match[str]) -> Number | None:
    """十几, 数百万; 几个 and 数次 only mean some."""
    head = match["head"]
    scales = match["vague"].translate(SIMPLE_SCALE)
    if not scales and (match["some"] in "数數" or not head):
        return None
    low, high = 2, 9
    if head:
        base = int(parse_numeral(head))
        if base >= 100:
            return None
        low, high = base + 1, base + 9
    factor = 10 ** power_of(scales)
    end = match.end() + (text[match.end() : match.end() + 1] in _MORE)
    return Number(end, Decimal(low * factor), Decimal(high * factor), "about", chinese=True, scaled=True)


def _with_inside(text: str, number: Number, grammar: Grammar) -> Number:
    """200余万元, 100 余人: the approximator between the number and its scale or unit."""
    inside = _INSIDE.match(text, number.end)
    if inside is None:
        return number
    word, scales = inside.groups()
    if (word in _ABOUT and number.low % 10) or (word in _PLUS and number.low < 10):
        return number  # 一来人手紧, 二来任务重; 1+部
    end = inside.end()
    unit_at = end + text.startswith(" ", end)
    if not (scales or text[unit_at : unit_at + 1] in ("个", "") or grammar.units.match(text, unit_at)):
        return number
    low = plain(number.low * 10 ** power_of(scales.translate(SIMPLE_SCALE))) if scales else number.low
    sense = grammar.words.inside[word]
    return Number(end, low, None, sense, number.chinese, number.bare_scale, number.scaled or bool(scales))


def with_range(
    text: str, at: int, number: Number, unit: str | None, grammar: Grammar
) -> tuple[Number, str | None]:
    """The number with its high end, where a range follows, and the unit right behind it: 3至5件, 80%—90%.

    Args:
        text: The clean text.
        at: Where the number begins.
        number: The number.
        unit: The unit that stands right behind it.
        grammar: The tables.
    """
    if number.high is not None or number.approx:
        return number, unit
    end = number.end + (len(unit) if unit else 0)
    join = JOIN.match(text, end)
    other = read_number(text, join.end(), join.end(), grammar) if join and join.end() < len(text) else None
    if join is None or other is None or other.high is not None or other.chinese != number.chinese:
        return number, unit
    spaced = text.startswith(" ", other.end)
    unit_after = grammar.units.match(text, other.end + spaced)
    if unit_after is None or (unit is not None and unit != unit_after):
        return number, unit
    low = number.low
    negative = unit is not None and at > 0 and text[at - 1] in "-−－负"
    if not number.scaled and other.scaled and unit is None and not number.chinese and low < 10000:
        scales = [c for c in text[join.end() : other.end].translate(SIMPLE_SCALE) if c in SCALE]
        low = plain(low * 10 ** power_of("".join(scales)))
    if (other.low <= low and not negative) or (
        number.chinese and "至" not in join.group() and "到" not in join.group()
    ):
        return number, unit
    found: Number = _new(Number, (other.end, low, other.low, *other[3:]))
    return found, None if spaced else unit_after
