"""Text whose bytes were read in the wrong encoding: read again in the right one.

Three mistakes are undone: UTF-8 read as GBK (娉曟不 for 法治), UTF-8 read as Latin-1 or
Windows-1252 (æ³•æ²»), GBK read as either (·¨ÖÎ). Each line is turned into its bytes and read
again; a reading is believed only if it is Chinese where the text as it stands is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby

import attrs

from ..source import Change
from .characters import known

__all__ = ["UNREADABLE", "garbled", "mojibake"]

UNREADABLE = "\ufffd"
"""Stands for a character whose bytes are lost."""

_UTF8 = re.compile(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    # \xff stands for what a decoder could not read: GBK has no character 80, and loses a byte before ASCII
    rb"|[\xe0-\xef][\x80-\xbf]?\xff[\x80-\xbf]?"
    rb"|(?:[\xe0-\xef][\x80-\xbf]?|\xff[\x80-\xbf]{0,2}|[\x80-\xff])[?\xff]?",
    re.DOTALL,
)
_GBK = re.compile(rb"[\x00-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]\??", re.DOTALL)
_UNREAD = b"\xff"
_MIDDLE_UNREAD = (b"\xe2\xff", b"\xe3\xff")
"""How “” and 。、 begin where the byte 80 in their middle was not read, as no decoder of GBK reads it."""

_WINDOWS = {
    ord(bytes([i]).decode("cp1252")): i
    for i in range(0x80, 0xA0)
    if bytes([i]).decode("cp1252", "ignore")
}  # fmt: skip


def _western_bytes(char: str) -> bytes:
    """Bytes of a character as Windows-1252, or as Latin-1 where that has no character."""
    return _UNREAD if char == UNREADABLE else char.translate(_WINDOWS).encode("latin-1")


def _gbk_bytes(char: str) -> bytes:
    return _UNREAD if char == UNREADABLE else char.encode("gb18030")


def _windows_gbk_bytes(char: str) -> bytes:
    return b"\x80" if char == "€" else _gbk_bytes(char)


@attrs.frozen
class _Mistake:
    """One way in which an encoding is mistaken for another."""

    sign: re.Pattern[str]
    """A cheap first look."""
    to_bytes: Callable[[str], bytes]
    tokens: re.Pattern[bytes]
    """One character of the right encoding, or the remains of one."""
    codec: str


# what a text is full of whose bytes of Chinese characters were read so, and a sound one lacks
_AS_GBK = "銆锛鈥鐨鍜瀹鍏鏀缁鍔璁骞鎬鐞鎴寤鍦鍒"
_AS_WESTERN = "¼½¾Â-Ößâãäåæçïð"  # without the letters of pinyin
_ANY_SIGN = re.compile(f"[{_AS_GBK}{_AS_WESTERN}]")
_MISTAKES = (
    _Mistake(re.compile(f"[{_AS_GBK}]"), _gbk_bytes, _UTF8, "utf-8"),
    _Mistake(re.compile(f"[{_AS_GBK}]"), _windows_gbk_bytes, _UTF8, "utf-8"),
    _Mistake(re.compile(f"[{_AS_WESTERN}]"), _western_bytes, _UTF8, "utf-8"),
    _Mistake(re.compile(f"[{_AS_WESTERN}]"), _western_bytes, _GBK, "gb18030"),
)

_SURE = 4
"""A line with so many characters, all of them read well, is proof of the mistake …"""
_MOSTLY = 0.8
"""… and then a line is read again if this share of its characters is read well."""

_Reading = list[tuple[int, int, str]]
"""New characters with the range of the line whose bytes they take: it ends with the character of the last one."""


def mojibake(text: str) -> Iterator[Change]:
    """Read lines again whose bytes were decoded in a wrong encoding.

    A clean character stands for the raw characters that hold its bytes: from behind those
    of the character before it to the one with its last byte.
    """
    if not _ANY_SIGN.search(text):
        return
    best: list[tuple[int, _Reading]] = []
    most = 0.0
    for mistake in _MISTAKES:
        if mistake.sign.search(text):
            read = _read_lines(text, mistake)
            good = sum(_share(reading) * _size(reading) for _, reading in read)
            if good > most and any(_share(r) == 1 and _size(r) >= _SURE for _, r in read):
                best, most = read, good
    for offset, reading in best:
        if _share(reading) >= _MOSTLY:
            for start, end, new in reading:
                if text[offset + start : offset + end] != new:
                    yield offset + start, offset + end, new, "mojibake"


def _read_lines(text: str, mistake: _Mistake) -> list[tuple[int, _Reading]]:
    read: list[tuple[int, _Reading]] = []
    start = 0
    for line in text.split("\n"):  # untrimmed: what looks like white space may be a byte
        read.append((start, _read(line, mistake)))
        start += len(line) + 1
    return read


def _read(line: str, mistake: _Mistake) -> _Reading:
    """The line in the other encoding; empty where it cannot be one of such bytes."""
    if line.isascii():
        return []
    try:
        encoded = [mistake.to_bytes(char) for char in line]
    except UnicodeEncodeError:
        return []
    ends = list(accumulate(map(len, encoded)))
    tokens = [
        (bisect_left(ends, token.end()), _decoded(token.group(), mistake.codec))
        for token in mistake.tokens.finditer(b"".join(encoded))
    ]
    reading: _Reading = []
    here = 0
    for last, group in groupby(tokens, key=lambda token: token[0]):
        reading.append((here, last + 1, "".join(char for _, char in group)))
        here = last + 1
    return reading


def _decoded(token: bytes, codec: str) -> str:
    if token[:2] in _MIDDLE_UNREAD:
        token = token.replace(_UNREAD, b"\x80")
    try:
        return token.decode(codec)
    except UnicodeDecodeError:
        return UNREADABLE


def _foreign(reading: Sequence[tuple[int, int, str]]) -> list[str]:
    return [char for _, _, new in reading for char in new if not char.isascii() and char != "\ufeff"]


def _size(reading: _Reading) -> int:
    return len(_foreign(reading))


def _share(reading: _Reading) -> float:
    """Share of characters that a Chinese text is likely to hold."""
    chars = _foreign(reading)
    good = known()
    return sum(char in good for char in chars) / len(chars) if chars else 0.0


_RUN = re.compile("[^\\x00-\\x7f]{4,}")
_WESTERN = re.compile(f"[{_AS_WESTERN}]")
_GBK_SIGN = re.compile(f"[{_AS_GBK}]")
_DENSE = 0.1
"""Share of telling characters in a garbled run: about a quarter, or every second one where it was Latin-1."""


def garbled(text: str) -> Iterator[tuple[int, int]]:
    """Places that look as if they were read in a wrong encoding."""
    if not _ANY_SIGN.search(text):
        return
    for match in _RUN.finditer(text):
        for sign in (_WESTERN, _GBK_SIGN):
            signs = len(sign.findall(match.group()))
            if signs >= 2 and signs >= _DENSE * len(match.group()):
                yield match.span()
                break
