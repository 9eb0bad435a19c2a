"""One numeral string to its exact value: 一千二百三十四, 1万5千, 1,234.5万, 三点五, 二〇二四."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache

from .errors import InvalidNumeral

__all__ = ["parse_numeral"]

_CANONICAL = str.maketrans(
    "萬億兩〇○壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟負０１２３４５６７８９．，－−＋點",
    "万亿两零零一二二三三三四五六六七八九十百千负0123456789.,--+点",
)
_ABBREVIATED = {"廿": "二十", "卅": "三十", "卌": "四十"}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}

_LONGEST = 40
"""Digits of the longest numeral that is read; no figure of a report comes near."""
_EXACT = Context(prec=3 * _LONGEST)
"""Arithmetic that never rounds, whatever the caller's decimal context is."""

_SIGN = re.compile(r"[负+-]?")
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SCALE = re.compile(r"[十百千万亿兆]+")
_CHINESE = re.compile(r"[零一二三四五六七八九两十百千万亿兆]+")
_POINT = re.compile(r"点([零一二三四五六七八九]+)")
_GROUP = "(?:[一二三四五六七八九两]千)?零?(?:[一二三四五六七八九两]百)?零?(?:[一二三四五六七八九两]?十)?零?[一二三四五六七八九两]?"
_PLAIN = re.compile(rf"(?:{_GROUP}(?:万亿|亿|万|兆)零?){{0,4}}{_GROUP}")
"""What cn2an evaluates right: digits with falling scales below 万, group by group."""


def parse_numeral(text: str) -> Decimal:
    """Value of one numeral, Arabic, Chinese or mixed; cn2an evaluates the plain Chinese ones.

    Args:
        text: The numeral and nothing else; white space around it is ignored.

    Returns:
        The exact value.

    Raises:
        InvalidNumeral: The string is anything else; the message points at the fault.

    >>> [str(parse_numeral(s)) for s in ("两亿三千万", "一百二", "1万5千", "1,234.5万", "三点五", "二〇二四")]
    ['230000000', '120', '15000', '12345000', '3.5', '2024']
    >>> parse_numeral("三十十")
    Traceback (most recent call last):
    fazhi_parse.errors.InvalidNumeral: not a numeral: unexpected '十'
      三十十
          ^
    """
    stripped = text.strip()
    canonical = stripped.translate(_CANONICAL)
    sign = _SIGN.match(canonical)
    start = sign.end() if sign else 0
    if start < len(canonical) and canonical[start].isdigit() and canonical[start].isascii():
        value, end = _arabic(canonical, start)
    else:
        value, end = _chinese(canonical, start)
    if value is None or end < len(canonical) or len(canonical) > _LONGEST:
        raise InvalidNumeral(stripped, min(end, len(stripped)))
    value = plain(value)
    return -value if sign and sign.group() in {"负", "-"} else value


def plain(value: Decimal) -> Decimal:
    """The value without trailing zeros behind the point: 3.5万 is 35000, not 35000.0.

    >>> plain(Decimal("35000.0")), plain(Decimal("1E+3"))
    (Decimal('35000'), Decimal('1000'))
    """
    if value == value.to_integral_value():
        return _EXACT.quantize(value, Decimal(1))
    return _EXACT.normalize(value)


def scale_of(chars: str) -> Decimal:
    """Product of scale characters: 千万 is 10^7.

    >>> scale_of("千万")
    Decimal('10000000')
    """
    value = 1
    for char in chars[:8]:
        value *= _SCALES[char]
    return Decimal(value)


def _arabic(text: str, start: int) -> tuple[Decimal | None, int]:
    """Arabic digits, with Chinese scales between and behind: 1万5千, 3.2亿, 13万2."""
    total = Decimal(0)
    last_scale: Decimal | None = None
    here = start
    while match := _ARABIC.match(text, here):
        if match.end() - match.start() > _LONGEST:
            return None, here
        number = Decimal(match.group().replace(",", ""))
        scales = _SCALE.match(text, match.end())
        if scales is None:
            if last_scale is None:
                return number, match.end()
            # 13万2 is 132,000, but 3万2000 is 32,000
            single = len(match.group()) == 1
            if not single and number >= last_scale:
                return None, here
            lower = _EXACT.multiply(number, _EXACT.divide(last_scale, Decimal(10))) if single else number
            return _EXACT.add(total, lower), match.end()
        scale = scale_of(scales.group())
        product = _EXACT.multiply(number, scale)
        if last_scale is not None and product >= last_scale:
            return None, here
        total = _EXACT.add(total, product)
        last_scale = scale
        here = scales.end()
    return (total, here) if last_scale is not None else (None, here)


def _chinese(text: str, start: int) -> tuple[Decimal | None, int]:
    for short, long in _ABBREVIATED.items():
        text = text.replace(short, long)
    match = _CHINESE.match(text, start)
    if match is None:
        return None, start
    whole = match.group()
    point = _POINT.match(text, match.end())
    if point is None:
        value = _whole(whole)
        return value, match.end() if value is not None else start + _fault(whole)
    value = _whole(whole)
    if value is None:
        return None, start + _fault(whole)
    if len(point.group(1)) > _LONGEST:
        return None, point.start()
    value = _EXACT.add(value, Decimal("0." + "".join(str(_DIGITS[c]) for c in point.group(1))))
    end = point.end()
    if scales := _SCALE.match(text, end):
        value = _EXACT.multiply(value, scale_of(scales.group()))
        end = scales.end()
    return value, end


@lru_cache(maxsize=4096)
def _whole(numeral: str) -> Decimal | None:
    """Value of a whole Chinese numeral, or None where it is not one."""
    if len(numeral) > _LONGEST:
        return None
    if not any(c in _SCALES for c in numeral):
        if len(numeral) == 1:
            return Decimal(_DIGITS[numeral])
        # 二〇五 is a string of digits; 三四 is a range and 二五 a name, so neither is a value
        if len(numeral) > 2 and "两" not in numeral:
            return Decimal("".join(str(_DIGITS[c]) for c in numeral))
        return None
    if numeral[0] in "百千万亿兆":
        numeral = "一" + numeral
    if _PLAIN.fullmatch(numeral) is None:
        return None
    import cn2an  # costs 190 ms, so only where a Chinese numeral is met

    try:
        return Decimal(cn2an.cn2an(numeral, "smart"))
    except (ValueError, KeyError):
        return None


def _fault(numeral: str) -> int:
    """Offset of the first character that keeps a numeral from being one."""
    for end in range(len(numeral), 0, -1):
        if _PLAIN.fullmatch(numeral, 0, end):
            return end
    return 0
