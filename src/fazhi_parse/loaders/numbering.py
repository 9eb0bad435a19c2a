"""Numbers that a program draws and does not store: the formats of Word's lists, which HTML's are a part of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["in_format"]

_SMALL = "零一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def in_format(number: int, name: str) -> str:
    """A number as Word draws it; formats that are not known, and numbers out of range, are drawn in digits.

    >>> [in_format(21, name) for name in ("chineseCounting", "upperRoman", "decimalZero", "decimalFullWidth")]
    ['二十一', 'XXI', '21', '２１']
    >>> in_format(3, "decimalEnclosedCircleChinese"), in_format(110, "chineseCountingThousand"), in_format(5, "none")
    ('③', '一百一十', '')
    """
    if name in ("none", "bullet"):
        return ""
    write = _FORMATS.get(name)
    return (write(number) if write and 0 < number < 10_000 else "") or str(number)


def _counted(digits: str, tens: str = "十百千", *, short: bool = True) -> Callable[[int], str]:
    """Writer of numbers below 10,000 in words; 十一 for 一十一 where `short`."""

    def write(number: int) -> str:
        words, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                words += (
                    (digits[0] if gap and words else "") + digits[digit] + (tens[power - 1] if power else "")
                )
            gap = not digit
        return words[1:] if short and 10 <= number < 20 else words

    return write


def _digits(figures: str) -> Callable[[int], str]:
    return lambda number: "".join(figures[int(d)] for d in str(number))


def _letters(first: str) -> Callable[[int], str]:
    """Word goes on behind z with aa, bb."""
    return lambda number: (
        chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else ""
    )


def _signs(*runs: tuple[str, int]) -> Callable[[int], str]:
    """Signs that stand in a row: the first sign of each run and how many there are."""

    def write(number: int) -> str:
        for first, count in runs:
            if number <= count:
                return chr(ord(first) + number - 1)
            number -= count
        return ""

    return write


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words, number = words + letters * (number // value), number % value
    return words


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


_circled = _signs(("①", 20), ("㉑", 15), ("㊱", 15))
_small = _counted(_SMALL)
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _digits("０１２３４５６７８９")),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedFullstop": _signs(("⒈", 20)),
    "decimalEnclosedParen": _signs(("⑴", 20)),
    # Word writes the plain counting forms with 十 to 九十九 alike; beyond, the legal and digital ones differ
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _small
    ),
    "taiwaneseCountingThousand": _small,
    "ideographDigital": _digits("〇一二三四五六七八九"),
    **dict.fromkeys(("japaneseDigitalTenThousand", "taiwaneseDigital"), _digits("〇一二三四五六七八九")),
    "chineseLegalSimplified": _counted(_CAPITAL, "拾佰仟", short=False),
    "ideographLegalTraditional": _counted(_CAPITAL_TRADITIONAL, "拾佰仟", short=False),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _signs(("㊀", 10)),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "ordinal": lambda number: f"{number}{_ordinal_ending(number)}",
}


def _ordinal_ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
