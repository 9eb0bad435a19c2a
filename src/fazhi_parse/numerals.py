"""One numeral string to its exact value: 一千二百三十四, 1万5千, 1,234.5万, 三点五, 二〇二四.

cn2an reads the plain Chinese groups below ten thousand, but for those below a hundred and the round ones, which nearly every
report has: to import it takes as long as to read ten reports. What it refuses or gets wrong is done around it, too: scales,
decimals, separators, mixtures of digits and scales, and the short forms 三万五, 一亿二.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache

from .deferred import deferred
from .errors import InvalidNumeral

__all__ = ["parse_numeral"]

_CANONICAL: dict[int, int | str] = {
    **str.maketrans(
        "萬億兩〇○壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟負０１２３４５６７８９．，－−＋點",
        "万亿两零零一二二三三三四五六六七八九十百千负0123456789.,--+点",
    ),
    **{ord("廿"): "二十", ord("卅"): "三十", ord("卌"): "四十"},
}
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"两": "2"}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
"""Scale character to its power of ten."""

_ONES_VALUES = {one: value for value, one in enumerate("一二三四五六七八九", 1)}
_TENS_VALUES = {"十": 10} | {f"{one}十": 10 * value for one, value in _ONES_VALUES.items()}
USUAL: dict[str, int] = {
    **_ONES_VALUES,
    **_TENS_VALUES,
    **{tens + one: ten + value for tens, ten in _TENS_VALUES.items() for one, value in _ONES_VALUES.items()},
    **{f"{one}百": 100 * value for one, value in _ONES_VALUES.items()},
    **{f"{one}千": 1000 * value for one, value in _ONES_VALUES.items()},
    **{"两": 2, "两百": 200, "两千": 2000},
}
"""Values of what is below a hundred, and of round hundreds and thousands, as cn2an has them."""

_LONGEST = 40
"""Characters of the longest numeral that is read; no figure of a report comes near."""
_EXACT = Context(prec=3 * _LONGEST)
"""Arithmetic that never rounds, whatever the caller's decimal context is."""

_SIGNS = frozenset("负+-")
_ARABIC = deferred(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_ZERO = deferred(r"零(?=\d)")
_SCALE = deferred(r"[十百千万亿兆]+")
_CHINESE = deferred(r"[零一二三四五六七八九两十百千万亿兆]+")
_POINT = deferred(r"点([零一二三四五六七八九]+)")
_GROUP = "(?:[一二三四五六七八九两]千)?零?(?:[一二三四五六七八九两]百)?零?(?:[一二三四五六七八九两]?十)?零?[一二三四五六七八九两]?"
_PLAIN = deferred(rf"(?:{_GROUP}(?:万亿|亿|万)零?){{0,4}}{_GROUP}")
"""A numeral with falling scales in each group, as far as a pattern can tell."""
_ONES = frozenset("一二三四五六七八九两")
_OMITS_NEXT = frozenset("百千万")


def parse_numeral(text: str) -> Decimal:
    """Value of one numeral, Arabic, Chinese or mixed.

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
    if len(stripped) > _LONGEST:
        raise InvalidNumeral(stripped, _LONGEST)
    value, end = evaluate(stripped)
    if value is None:
        raise InvalidNumeral(stripped, min(end, len(stripped)))
    return value


@lru_cache(maxsize=8192)
def evaluate(numeral: str) -> tuple[Decimal | None, int]:
    """Value of a numeral, or None with the offset of what keeps it from being one."""
    canonical = numeral.translate(_CANONICAL)
    start = int(canonical[:1] in _SIGNS)
    if "0" <= canonical[start : start + 1] <= "9":
        value, end = _arabic(canonical, start)
    else:
        value, end = _chinese(canonical, start)
    if value is None or end < len(canonical):
        return None, end
    if "." in canonical:
        value = plain(value)
    if not start:
        return value, end
    return (value if canonical[0] == "+" else -value), end


def plain(value: Decimal) -> Decimal:
    """The value without trailing zeros behind the point: 3.5万 is 35000, not 35000.0.

    >>> plain(Decimal("35000.0")), plain(Decimal("1E+3"))
    (Decimal('35000'), Decimal('1000'))
    """
    if value == value.to_integral_value():
        return _EXACT.quantize(value, Decimal(1))
    return _EXACT.normalize(value)


def shifted(digits: str, power: int) -> Decimal:
    """Digits with their point moved to the right, exactly and plain; digits work faster than arithmetic.

    >>> shifted("3.50", 4), shifted("12.30", 1), shifted("7", 8)
    (Decimal('35000'), Decimal('123'), Decimal('700000000'))
    """
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    if len(part) <= power:
        return Decimal(whole + part.ljust(power, "0"))
    return Decimal(f"{whole}{part[:power]}.{part[power:]}")


def power_of(scales: str) -> int:
    """Power of ten of scale characters: 千万 is 7.

    >>> power_of("千万")
    7
    """
    return sum(_POWERS[scale] for scale in scales[:8])


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
        scale = Decimal(10 ** power_of(scales.group()))
        product = _EXACT.multiply(number, scale)
        if last_scale is not None and product >= last_scale:
            return None, here
        total = _EXACT.add(total, product)
        last_scale = scale
        here = scales.end()
        here += _ZERO.match(text, here) is not None  # 1亿零500万
    return (total, here) if last_scale is not None else (None, here)


def _chinese(text: str, start: int) -> tuple[Decimal | None, int]:
    """A Chinese numeral, perhaps with decimals and a scale behind them: 三点六亿."""
    match = _CHINESE.match(text, start)
    if match is None:
        return None, start
    whole = _whole(match.group())
    if whole is None:
        return None, start + _fault(match.group())
    end = match.end()
    point = _POINT.match(text, end) if end < len(text) else None
    if point is None:
        return Decimal(whole), end
    scales = _SCALE.match(text, point.end())
    value = shifted(f"{whole}.{_spelled(point.group(1))}", power_of(scales.group()) if scales else 0)
    return value, (scales or point).end()


def _spelled(numeral: str) -> str:
    """The digits of a numeral that spells them: 二〇二四."""
    return "".join(_DIGITS[char] for char in numeral)


def _whole(numeral: str) -> int | None:
    """Value of a whole Chinese numeral, or None where it is not one."""
    if numeral[0] not in _POWERS and numeral[1:2] not in _POWERS:
        # 二〇五 is a string of digits; 三四 is a range and 二五 a name, so neither is a value
        spells = len(numeral) == 1 or (len(numeral) > 2 and "两" not in numeral)
        return int(_spelled(numeral)) if spells and _SCALE.search(numeral) is None else None
    if numeral[0] in _POWERS:
        numeral = "一" + numeral  # 万八千
    if numeral[0] == "零" or _PLAIN.fullmatch(numeral) is None:
        return None
    if _is_short(numeral):  # 三万五, 一百二: a tenth of the last scale
        rest = _sections(numeral[:-1], "亿万")
        return None if rest is None else rest + int(_DIGITS[numeral[-1]]) * 10 ** (_POWERS[numeral[-2]] - 1)
    return _sections(numeral, "亿万") if "万" in numeral or "亿" in numeral else _group(numeral)


def _is_short(numeral: str) -> bool:
    """Whether a numeral leaves its last scale out; 三万亿五 may be either, so it is none."""
    if numeral[-1:] not in _ONES or len(numeral) < 2:
        return False
    return numeral[-2] in _OMITS_NEXT or (numeral[-2] == "亿" and numeral[-3:-2] not in ("", "万"))


def _sections(numeral: str, scales: str) -> int | None:
    """Value of a numeral that has none but these of the scales above 千, each once at the most on a level."""
    while scales and scales[0] not in numeral:
        scales = scales[1:]
    if not scales:
        return _group(numeral)
    head, scale, tail = numeral.rpartition(scales[0])
    high = None if _is_short(head) else _sections(head, scales[1:])
    # 一亿五千 may be either; 一亿五百, 一亿零五千 and 一亿五千万 are clear
    if not high or tail[:1] in _POWERS or (scale == "亿" and tail[1:2] == "千" and "万" not in tail):
        return None
    if len(tail) == 1 and tail != "零":
        return None
    low = _sections(tail.removeprefix("零"), scales[1:]) if tail.strip("零") else 0
    return None if low is None else high * 10 ** _POWERS[scale] + low


@lru_cache(maxsize=16384)
def _group(numeral: str) -> int | None:
    """Value of a numeral below ten thousand; all that there are can be kept."""
    if not numeral or "万" in numeral or "亿" in numeral:
        return None
    hundreds = max(numeral.rfind("百"), numeral.rfind("千")) + 1
    high = _piece(numeral[:hundreds]) if hundreds else 0
    low = _piece(rest) if (rest := numeral[hundreds:].lstrip("零")) or not hundreds else 0
    return None if high is None or low is None else high + low


@lru_cache(maxsize=1024)
def _piece(numeral: str) -> int | None:
    """Value of thousands and hundreds, or of what is below a hundred; there are so few of them that all are kept."""
    if (value := USUAL.get(numeral)) is not None:
        return value
    import cn2an

    try:
        return int(cn2an.cn2an(numeral, "smart"))
    except (ValueError, KeyError):
        return None


def _fault(numeral: str) -> int:
    """Offset of the first character that keeps a numeral from being one."""
    for end in range(len(numeral), 0, -1):
        if _PLAIN.fullmatch(numeral, 0, end):
            return end
    return 0
