"""Cleaning passes that look at a few characters at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..deferred import deferred
from ..source import Change
from ..spans import lines

__all__ = ["INVISIBLE", "controls", "indents", "spaces", "widths"]

_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民西见角贝车長长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals of the supplement block that are characters too; Unicode gives most of them no equivalent."""
_SAME: dict[int, str] = {
    **{0xFF10 + i: chr(0x30 + i) for i in range(10)},
    **{0xFF21 + i: chr(0x41 + i) for i in range(26)},
    **{0xFF41 + i: chr(0x61 + i) for i in range(26)},
    **{ord(percent): "%" for percent in "％﹪"},
    **dict(zip(range(0xFF61, 0xFF66), "。「」、·", strict=True)),
    # the last one is the full-width space of GBK (A3 A0), which Unicode does not have
    **dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288, 0xE5E5), " "),
    # a CR that stands alone (line ends of old Macs and some exports) is left by `controls`, which runs before
    **dict.fromkeys((11, 12, 13, 133, 8232, 8233), "\n"),
    # PDF readers give radicals and compatibility forms for characters that look the same
    **{ord(radical): character for radical, character in _RADICALS.items()},
    **{
        code: form
        for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
        if len(form := unicodedata.normalize("NFKC", chr(code))) == 1 and form != chr(code)
    },
}
"""Characters that stand for another, which is put in their place."""
_ANY_SAME = deferred(f"[{''.join(map(chr, _SAME))}]")
_SAME_RUN = deferred(f"[{''.join(map(chr, _SAME))}]+")
_POINTS = {
    "．": deferred(r"．(?<=[0-9]．)(?=[0-9])"),
    "。": deferred(r"。(?<=[0-9]。)(?=[0-9]{1,2}[%万亿])"),
    "·": deferred(r"·(?<=[0-9]·)(?=[0-9]{1,2}[%万亿])"),
}
"""What was typed or read for the point of a number: 98。5%; behind a day (12·4宪法日) no unit of that kind follows."""


def widths(text: str) -> str:
    """Full-width digits, letters and ％ to half-width, half-width 。 and 、 to full, wide spaces to a space, odd line ends to newline; 1:1.

    Radicals and compatibility forms become the character that they look like. Punctuation
    stays as it is, but for the point inside a decimal number.

    >>> widths("合格率９８．５％；ＡＰＰ；⼈⺠")
    '合格率98.5%；APP；人民'
    """
    if _ANY_SAME.search(text):
        text = _SAME_RUN.sub(lambda match: match.group().translate(_SAME), text)
    for point, pattern in _POINTS.items():
        if point in text:
            text = pattern.sub(".", text)
    return text


INVISIBLE = "\\x00-\\x08\\x0e-\\x1f\\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""Zero-width and control characters, for a character class."""
_CONTROL = deferred(f"[{INVISIBLE}]+|(?<!\\r)\\r+(?=\\n)")
_ANY_CONTROL = deferred(f"[{INVISIBLE}\\r]")


_LOST_INDENT = deferred(r"^(?:\?{2}|\?{4})(?=[^\W\x00-\x7f]|[0-9(（“《])", re.MULTILINE)
_INDENTED = 3
"""So many lines begin with question marks where they stand for wide spaces."""


def indents(text: str) -> Iterator[Change]:
    """Delete the question marks that some page left for the two wide spaces before each paragraph."""
    if "??" not in text:
        return
    lost = list(_LOST_INDENT.finditer(text))
    if len(lost) >= _INDENTED:
        for match in lost:
            yield match.start(), match.end(), "", "controls"


def controls(text: str) -> Iterator[Change]:
    """Delete zero-width and control characters, byte order marks, and the CR of CR LF."""
    if not _ANY_CONTROL.search(text):
        return
    for match in _CONTROL.finditer(text):
        yield match.start(), match.end(), "", "controls"


_LETTERED = deferred(r"(?<=[^\s]) (?=[^\s])")
_SET_APART = deferred(r"[^\W\x00-\x7f] (?=\S)|[^\x00-\x7f] (?=[^\W\x00-\x7f])")
_TOUCHING = deferred(r"[^\W\x00-\x7f](?=[^\W\x00-\x7f])")
_ENOUGH, _ENOUGH_AMONG_OTHERS = 5, 2
"""A shorter line with a space behind each character is rather a table's row, but in a text that is so throughout."""


def _is_lettered(text: str, enough: int) -> bool:
    """Whether single spaces stand between most characters, as some PDF readers and OCR set them: 法 治 政 府."""
    apart = len(_SET_APART.findall(text))
    return apart >= enough and apart > 3 * len(_TOUCHING.findall(text))


def _lettered(text: str) -> Iterator[Change]:
    """Delete the spaces of lines with one behind most characters."""
    enough = _ENOUGH_AMONG_OTHERS if _is_lettered(text, _ENOUGH) else _ENOUGH
    for start, end in lines(text):
        line = text[start:end]
        if "  " not in line.strip() and _is_lettered(line, enough):
            for match in _LETTERED.finditer(text, start, end):
                yield match.start(), match.end(), "", "spaces"


_NEAR_DIGIT = deferred(r"[0-9年月.] +[0-9年月日.,]")
_DATE = deferred(r"(?<=[年月]) +(?=[0-9]{1,2} *[月日])|(?<=[0-9])(?<!\.[0-9])(?<!\.[0-9][0-9]) +(?=[年月日])")
_IN_NUMBER = (
    # thousands: 138 000册; but not 110 119 120
    deferred(
        r"(?:(?<=[一-鿿(（”」』\x22》，,、；;：:。]) ?|\A)(?!1[0-2][0-9] 1[0-2][0-9](?![0-9]))[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?= ?[一-鿿%])"
    ),
    # at the start of a line or a cell the first digits may be a list number, but for what follows with a zero: 1 044件
    deferred(
        r"(?:^|(?<=\t))[0-9]{1,3}(?: [0-9]{3})*? 0[0-9]{2}(?: [0-9]{3})*(?:\.[0-9]+)?(?= ?[一-鿿%])",
        re.MULTILINE,
    ),
    # digit by digit; a space on both sides of the number is rather a table: 共1 5起, 共 1 5起, 共1 5 起
    deferred(r"(?<=[一-鿿(（”」』\x22》；;，。])(?<!第)[0-9]{1,2}(?: [0-9]{1,2}){1,3}(?= ?[一-鿿%])"),
    deferred(r"(?<=[一-鿿(（”」』\x22》] )[0-9]{1,2}(?: [0-9]{1,2}){1,3}(?=[一-鿿%])"),
    # inside a group of thousands, which shows where it ends: 4,1 18件, 11 ,208起
    deferred(
        r"(?<=[一-鿿(（”」』\x22》，；])[0-9]{1,3}(?: ?,(?:[0-9]{3}|[0-9] [0-9]{2}|[0-9]{2} [0-9])){1,3}(?= ?[一-鿿%])"
    ),
    # inside a year: （2015—2 020年）
    deferred(r"(?<![0-9. ])(?=[0-9]* )(?:1 ?9|2 ?0) ?[0-9] ?[0-9](?=年)"),
    # before the point, where a line begins or behind a space: 1 .7万次, 达 96 .5%
    deferred(r"(?:^|(?<=[一-鿿] ))[0-9]{1,6} \.[0-9]{1,2}(?=[一-鿿%])", re.MULTILINE),
    # any, between words that touch it, but no year: 共128 0件
    deferred(
        r"(?<=[一-鿿”」』\x22》])(?<![第表图件附])(?!(?:[0-9]+ )*(?:19|20)[0-9][0-9](?![0-9.]))"
        r"(?!1[0-2][0-9] 1[0-2][0-9](?![0-9]))[0-9]{1,6}(?:(?: |\.|\. | \.)[0-9]{1,6}){1,3}(?=[一-鿿%])"
    ),
)


def spaces(text: str) -> Iterator[Change]:
    """Delete spaces inside a number or a date (1 5起, 138 000, 2022年1月 1日), and all of a letter-spaced line."""
    if " " not in text:
        return
    if text.count(" ") * 10 > len(text):
        yield from _lettered(text)
    line_end = 0
    for hit in _NEAR_DIGIT.finditer(text):
        if hit.start() >= line_end:
            line = text.rfind("\n", 0, hit.start()) + 1
            line_end = text.find("\n", hit.start())
            line_end = line_end if line_end >= 0 else len(text)
            yield from _in_numbers(text, line, line_end)


def _in_numbers(text: str, start: int, end: int) -> Iterator[Change]:
    """Delete the spaces inside the dates and numbers of a line."""
    for match in _DATE.finditer(text, start, end):
        yield match.start(), match.end(), "", "spaces"
    for pattern in _IN_NUMBER:
        for match in pattern.finditer(text, start, end):
            for at in range(match.start() + (match.group()[0] == " "), match.end()):
                if text[at] == " ":
                    yield at, at + 1, "", "spaces"
