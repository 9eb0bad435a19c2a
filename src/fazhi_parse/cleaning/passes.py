"""Cleaning passes that look at a few characters at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..source import Change
from ..spans import lines

__all__ = ["controls", "spaces", "widths"]

_WIDE: dict[int, str] = {
    **{0xFF10 + i: chr(0x30 + i) for i in range(10)},
    **{0xFF21 + i: chr(0x41 + i) for i in range(26)},
    **{0xFF41 + i: chr(0x61 + i) for i in range(26)},
    **{ord(percent): "%" for percent in "％﹪"},
    **dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " "),
    **dict.fromkeys((11, 12, 133, 8232, 8233), "\n"),
}
_WIDE_CHARACTER = re.compile(f"[{''.join(map(chr, _WIDE))}．]")
_WIDE_RUN = re.compile(f"[{''.join(map(chr, _WIDE))}]+")
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


def widths(text: str) -> str:
    """Full-width digits, letters and ％ to half-width, wide spaces to a space, odd line ends to newline; 1:1.

    Punctuation stays as it is, but for the point inside a decimal number.

    >>> widths("合格率９８．５％；ＡＰＰ")
    '合格率98.5%；APP'
    """
    if not _WIDE_CHARACTER.search(text):
        return text
    text = _WIDE_RUN.sub(lambda match: match.group().translate(_WIDE), text)
    return _WIDE_POINT.sub(".", text) if "．" in text else text


_INVISIBLE = "\\x00-\\x08\\x0e-\\x1f\\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_CONTROL = re.compile(f"[{_INVISIBLE}]+|\\r+(?=\\n)")
_ANY_CONTROL = re.compile(f"[{_INVISIBLE}\\r]")


def controls(text: str) -> Iterator[Change]:
    """Delete zero-width and control characters, byte order marks, and the CR of CR LF."""
    if not _ANY_CONTROL.search(text):
        return
    for match in _CONTROL.finditer(text):
        yield match.start(), match.end(), "", "controls"


_LETTERED = re.compile(r"(?<=[^\s]) (?=[^\s])")
_CHINESE = re.compile(r"[一-鿿]")
_ENOUGH_LETTERS = 5
"""A shorter line with a space behind each character is rather a table's row."""


def _is_lettered(line: str) -> bool:
    """Whether single spaces stand between most characters, as some PDF readers set them: 法 治 政 府."""
    spaced = line.count(" ")
    if len(line) < 2 * _ENOUGH_LETTERS or spaced * 5 < 2 * len(line) or "  " in line.strip():
        return False
    return len(_CHINESE.findall(line)) * 4 > len(line)


_NEAR_DIGIT = re.compile(r"[0-9年月.] +[0-9年月日.]")
_DATE = re.compile(r"(?<=[年月]) +(?=[0-9]{1,2} *[月日])|(?<=[0-9]) +(?=[年月日])")
_IN_NUMBER = (
    # thousands: 138 000
    re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9])"),
    # digit by digit, also where the number stands apart from its words: 共 1 5 起
    re.compile(r"(?<=[一-鿿(（])(?<!第) ?[0-9]{1,2}(?: [0-9]{1,2}){1,3}(?= ?[一-鿿%])"),
    # any, between words that touch it, but no year: 共128 0件
    re.compile(
        r"(?<=[一-鿿])(?<![第表图件附])(?!(?:[0-9]+ )*(?:19|20)[0-9][0-9](?![0-9.]))"
        r"[0-9]{1,6}(?:(?: |\.|\. | \.)[0-9]{1,6}){1,3}(?=[一-鿿%])"
    ),
)


def spaces(text: str) -> Iterator[Change]:
    """Delete spaces inside a number or a date (1 5起, 138 000, 2022年1月 1日), and all of a letter-spaced line."""
    if " " not in text:
        return
    if text.count(" ") * 10 > len(text):
        for start, end in lines(text):
            if _is_lettered(text[start:end]):
                for match in _LETTERED.finditer(text, start, end):
                    yield match.start(), match.end(), "", "spaces"
    if not _NEAR_DIGIT.search(text):
        return
    for match in _DATE.finditer(text):
        yield match.start(), match.end(), "", "spaces"
    for pattern in _IN_NUMBER:
        for match in pattern.finditer(text):
            start = match.start() + (match.group()[0] == " ")
            for at in range(start, match.end()):
                if text[at] == " ":
                    yield at, at + 1, "", "spaces"
