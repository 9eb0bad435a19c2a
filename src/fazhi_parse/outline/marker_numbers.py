"""What the characters of a heading marker say: its kind, its style and its number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..deferred import deferred

__all__ = ["CN", "DIGIT", "OPEN", "Reading", "cn_number", "read_marker"]

Reading = tuple[str, str, int, tuple[int, ...]]
"""Kind, style (what siblings share), number, and the numbers before the last one of a decimal marker."""
CN = "一二三四五六七八九十"
DIGIT = {c: i + 1 for i, c in enumerate(CN)}
OPEN = "(（﹙〔［【〈＜<{｛"
"""Brackets that open a marker."""
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾", "一二二三三四五六六七八九十")
_MISREAD = str.maketrans("—–－-ニ", "一一一一二")
"""What scanning programs read for 一 and 二."""
_NUMERAL = deferred(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9, "最後": 9}
_UNIT = deferred(r"部分|[编章节篇条]$")


@lru_cache(maxsize=8192)
def read_marker(kind: str, written: str) -> Reading | None:
    """Kind, style, number and prefix of a marker; None where it is none after all (五一、)."""
    return _READERS[kind](written)


def _chapter(written: str) -> Reading:
    unit = _UNIT.search(written)
    assert unit is not None
    digits = written[1 : unit.start()].strip()
    return "chapter", unit.group(), int(digits) if digits.isdigit() else cn_number(digits), ()


def _cn_comma(written: str) -> Reading | None:
    digits = "".join(written.rstrip("、﹑.．﹒，,：:").split()).translate(_MISREAD)
    style = _TYPED.get(written[-1], "一、")
    return ("cn_comma", style, cn_number(digits), ()) if _NUMERAL.fullmatch(digits) else None


def _cn_paren(written: str) -> Reading:
    first = ord(written[0])
    if 0x3220 <= first <= 0x3229 or 0x3280 <= first <= 0x3289:  # ㈠, ㊀
        number = first % 0x10 + 1
    else:
        number = cn_number(written.translate(_MISREAD))
    return "cn_paren", "(一)", number, ()


def _circled(written: str) -> Reading:
    return "circled", "①", ord(written) - (0x2460 if written <= "⑳" else 0x2776) + 1, ()


_LATIN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TYPED = {"，": "一，", ",": "一，", "：": "一：", ":": "一："}


def _formal(written: str) -> Reading:
    style = "壹、" if written[-1] in "、.．" else "壹"
    return "cn_comma", style, cn_number(written.translate(_FORMAL)), ()


def _bare(written: str) -> Reading:
    """A number with nothing but a space behind it."""
    if written.isascii():
        return "decimal", "1", int(written), ()
    return "cn_comma", "一", cn_number(written), ()


def _arabic_paren(written: str) -> Reading:
    if "⑴" <= written[0] <= "⒇":
        return "arabic_paren", "⑴", ord(written[0]) - 0x2474 + 1, ()
    return "arabic_paren", "(1)" if written[0] in OPEN else "1)", _numbers(written)[0], ()


def _arabic_dot(written: str) -> Reading:
    if "⒈" <= written[0] <= "⒛":
        return "arabic_dot", "⒈", ord(written[0]) - 0x2488 + 1, ()
    style = "1、" if "、" in written or "﹑" in written else "1."
    if written[-1] in "。，,·":
        style = "1" + written[-1]
    return "arabic_dot", style.replace(",", "，"), _numbers(written)[0], ()


def _decimal(written: str) -> Reading | None:
    numbers = _numbers(written)
    return ("decimal", "1" + ".1" * (len(numbers) - 1), numbers[-1], numbers[:-1]) if all(numbers) else None


_READERS: dict[str, Callable[[str], Reading | None]] = {
    "chapter": _chapter,
    "cn_comma": _cn_comma,
    "cn_paren": _cn_paren,
    "circled": _circled,
    "bare": _bare,
    "arabic_paren": _arabic_paren,
    "arabic_dot": _arabic_dot,
    "decimal": _decimal,
    "zero": lambda written: ("arabic_dot", "01", int(written), ()),
    "english": lambda written: ("chapter", "PART", _numbers(written)[0], ()),
    "formal": _formal,
    "roman": lambda written: ("cn_comma", "Ⅰ", ord(written[0]) - 0x2160 + 1, ()),
    "letters": lambda written: ("cn_comma", "I", _LATIN.index(written[:-1]) + 1, ()),
    "bullet": lambda written: ("item", written, 0, ()),
    "word": lambda written: ("item", "首先", _WORDS[written], ()),
    "ordinal": lambda written: ("item", "第", DIGIT[written[1]], ()),
    "qi": lambda written: ("item", "其", DIGIT[written[1]], ()),
    "item": lambda written: ("item", written[-1], cn_number(written[:-1].translate(_MISREAD)), ()),
}


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", written)))


def cn_number(digits: str) -> int:
    """Number of a short Chinese numeral up to 百; other characters do not count."""
    total = current = 0
    for char in digits:
        if char == "百":
            total += (current or 1) * 100
            current = 0
        elif char == "十":
            total += (current or 1) * 10
            current = 0
        elif char in DIGIT:
            current = DIGIT[char]
    return total + current
