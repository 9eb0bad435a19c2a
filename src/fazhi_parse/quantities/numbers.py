"""The number itself: digits and Chinese numerals in running text, indefinite ones and ranges too."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..errors import InvalidNumeral
from ..numerals import parse_numeral, scale_of
from .exclusions import CN
from .units import approximators, units

__all__ = ["ARABIC", "DIGIT", "JOIN", "SCALE", "SIMPLE_SCALE", "Number", "read_number", "with_range"]


class Number(NamedTuple):
    """What stands between the approximator before and the unit."""

    end: int
    """One behind its last character, in clean offsets."""
    low: Decimal
    """Its value, or the low end."""
    high: Decimal | None
    """The high end of a range or of an indefinite number."""
    approx: str
    """What the number says of itself: 十几 is about, 200余 above."""
    chinese: bool
    """Whether it is written in Chinese numerals."""
    bare_scale: bool
    """百, 千, 万 without a digit: a number only behind an approximator."""
    scaled: bool
    """Whether it carries 万, 亿, …"""


DIGIT = "一二三四五六七八九"
SCALE = "十百千万亿萬億"
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d,，])|\d+)(?:\.\d+)?"
SIMPLE_SCALE = str.maketrans("萬億", "万亿")
JOIN = re.compile(r" ?(?:[-—–~～－]{1,2}|至|到) ?")
"""What joins the ends of a range."""
_NUMBER = re.compile(
    rf"(?=[\d{CN}几幾数數])(?:"
    # 三四百, 十七八万, 三五(个), 二三十: neighbouring digits
    rf"(?P<tens>十?)(?P<low>[{DIGIT}两])、?(?P<high>[{DIGIT}两])(?P<pair>[{SCALE}]*)(?![{CN}点]|(?<=[一二].)年|年级)"
    # 十几, 几十万, 二十几, 数百, 几(个)
    rf"|(?P<head>[{DIGIT}]?[十百千]|)(?P<vague>[几幾数數])(?P<vaguescale>[{SCALE}]*)(?![{CN}])"
    rf"|(?P<arabic>{ARABIC}(?: ?[{SCALE}]{{1,2}}(?:{ARABIC}[千百十万萬]*)?)*)"
    rf"|(?P<chinese>[{CN}]+(?:点[零〇{DIGIT}]+[{SCALE}]*)?)"
    rf")"
)
_CHINESE_ONLY = re.compile(rf"[{CN}]+")
_INSIDE = re.compile(r" ?(?P<word>[余餘多来來]) ?(?P<scale>[万萬亿億千百]*)")
_MORE = frozenset("余餘多")


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at a clean offset, or None.

    >>> read_number("3.5万余份", 0)
    Number(end=5, low=Decimal('35000'), high=None, approx='above', chinese=False, bare_scale=False, scaled=True)
    """
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    if match.group("arabic") is not None or match.group("chinese") is not None:
        return _exact(text, match)
    if match.group("low") is not None:
        return _pair(text, match)
    return _vague(text, match)


def _pair(text: str, match: re.Match[str]) -> Number | None:
    """三四百: two neighbouring digits and what scales them; else one numeral."""
    low, high = parse_numeral(match.group("low")), parse_numeral(match.group("high"))
    if high - low != 1 and (int(low), int(high)) != (3, 5):
        return _exact(text, _CHINESE_ONLY.match(text, match.start()))
    tens = 10 if match.group("tens") else 0
    scales = match.group("pair").translate(SIMPLE_SCALE)
    factor = scale_of(scales)
    return Number(
        match.end(), (tens + low) * factor, (tens + high) * factor, "about", True, False, bool(scales)
    )


def _vague(text: str, match: re.Match[str]) -> Number | None:
    """十几, 数百万; 几个 and 数次 only mean some."""
    head = match.group("head")
    scales = match.group("vaguescale").translate(SIMPLE_SCALE)
    if not scales and (match.group("vague") in "数數" or not head):
        return None
    low, high = Decimal(2), Decimal(9)
    if head:
        base = parse_numeral(head)
        if base >= 100:
            return None
        low, high = base + 1, base + 9
    factor = scale_of(scales)
    end = match.end() + (text[match.end() : match.end() + 1] in _MORE)
    return Number(end, low * factor, high * factor, "about", True, False, True)


def _exact(text: str, match: re.Match[str] | None) -> Number | None:
    if match is None:
        return None
    written = match.group()
    if written[-1] == "千":
        unit, longer = units().match(text, match.end()), units().match(text, match.end() - 1)
        if longer and (not unit or len(longer) > len(unit) + (not written[0].isascii())):
            written = written[:-1]  # 千瓦时, 千米: the unit has a 千 of its own
    if not written:
        return None
    end = match.start() + len(written)
    chinese = not written[0].isascii()
    if not chinese and written.isdigit() and len(written) < 20:
        value = Decimal(written)
    else:
        written = written.replace(" ", "")
        try:
            value = parse_numeral(written)
        except InvalidNumeral:
            return None
    bare = chinese and written[0] in "百千万亿萬億佰仟" and len(written) <= 2
    number = Number(end, value, None, "", chinese, bare, written[-1] in SCALE)
    inside = _INSIDE.match(text, end)
    return _with_word(text, number, inside) if inside else number


def _with_word(text: str, number: Number, inside: re.Match[str]) -> Number:
    """200余万元, 100 余人: the approximator between the number and its scale or unit."""
    scale = inside.group("scale").translate(SIMPLE_SCALE)
    unit_at = inside.end() + (text[inside.end() : inside.end() + 1] == " ")
    follows = text[unit_at : unit_at + 1] in ("个", "") or units().match(text, unit_at) is not None
    if not (scale or follows):
        return number
    return number._replace(
        end=inside.end(),
        low=number.low * scale_of(scale) if scale else number.low,
        approx=approximators().inside[inside.group("word")],
        scaled=number.scaled or bool(scale),
    )


def with_range(text: str, number: Number) -> Number:
    """The number with its high end, where a range follows: 3至5件, 80%—90%, 10万至20万元."""
    if number.high is not None or number.approx:
        return number
    unit = units().match(text, number.end)
    join = JOIN.match(text, number.end + (len(unit) if unit else 0))
    if join is None:
        return number
    other = read_number(text, join.end())
    if other is None or other.high is not None or other.chinese != number.chinese:
        return number
    unit_after = units().match(text, other.end + (text[other.end : other.end + 1] == " "))
    if unit_after is None or (unit is not None and unit != unit_after):
        return number
    low = number.low
    if not number.scaled and other.scaled and unit is None and not number.chinese and low < 10000:
        written = text[join.end() : other.end]
        low *= scale_of("".join(c for c in written.translate(SIMPLE_SCALE) if c in "十百千万亿"))
    if other.low <= low or (number.chinese and "至" not in join.group() and "到" not in join.group()):
        return number
    return other._replace(low=low, high=other.low)
