"""Text whose bytes were read in the wrong encoding: read again in the right one.

Three mistakes are undone: UTF-8 read as GBK (娉曟不 for 法治), UTF-8 read as Latin-1 or
Windows-1252 (æ³•æ²»), GBK read as either (·¨ÖÎ). Each line is turned into its bytes and read
again; a reading is believed only if it is Chinese where the text as it stands is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import attrs

from ..deferred import deferred
from ..source import Change
from .characters import known

__all__ = ["UNREADABLE", "garbled", "mojibake"]

UNREADABLE = "\ufffd"
"""Stands for a character whose bytes are lost."""

_UTF8 = deferred(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    # \xff stands for what a decoder could not read: GBK has no character 80, and loses a byte before ASCII
    rb"|[\xe0-\xef][\x80-\xbf]?\xff[\x80-\xbf]?"
    rb"|(?:[\xe0-\xef][\x80-\xbf]?|\xff[\x80-\xbf]{0,2}|[\x80-\xff])[?\xff]?",
    re.DOTALL,
)
_GBK = deferred(rb"[\x00-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]\??", re.DOTALL)
_UNREAD = b"\xff"
_MIDDLE_UNREAD = (b"\xe2\xff", b"\xe3\xff")
"""How “” and 。、 begin where the byte 80 in their middle was not read, as no decoder of GBK reads it."""

_WINDOWS = {
    ord(bytes([i]).decode("cp1252")): i
    for i in range(0x80, 0xA0)
    if bytes([i]).decode("cp1252", "ignore")
}  # fmt: skip


@cache
def _western_bytes(char: str) -> bytes:
    """Bytes of a character as Windows-1252, or as Latin-1 where that has no character."""
    return _UNREAD if char == UNREADABLE else char.translate(_WINDOWS).encode("latin-1")


@cache
def _gbk_bytes(char: str) -> bytes:
    return _UNREAD if char == UNREADABLE else char.encode("gb18030")


@cache
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
_ANY_SIGN = deferred(f"[{_AS_GBK}{_AS_WESTERN}]")
_MISTAKES = (
    _Mistake(deferred(f"[{_AS_GBK}]"), _gbk_bytes, _UTF8, "utf-8"),
    _Mistake(deferred("€"), _windows_gbk_bytes, _UTF8, "utf-8"),  # else the same as the first
    _Mistake(deferred(f"[{_AS_WESTERN}]"), _western_bytes, _UTF8, "utf-8"),
    _Mistake(deferred(f"[{_AS_WESTERN}]"), _western_bytes, _GBK, "gb18030"),
)

_SURE = 4
"""A line with so many characters, all of them read well, is proof of the mistake …"""
_MOSTLY = 0.8
"""… and then a line is read again if this share of its characters is read well."""


@attrs.frozen
class _Reading:
    """A line read again."""

    start: int
    characters: list[tuple[int, int, str]]
    """New characters with the range of the line whose bytes they take: it ends with the character of the last one."""
    size: int
    """How many of them are not ASCII."""
    good: int
    """How many of these a Chinese text is likely to hold."""

    @property
    def is_proof(self) -> bool:
        """Whether it leaves no doubt about the mistake."""
        return self.good == self.size >= _SURE


def mojibake(text: str) -> Iterator[Change]:
    """Read lines again whose bytes were decoded in a wrong encoding.

    A clean character stands for the raw characters that hold its bytes: from behind those
    of the character before it to the one with its last byte.
    """
    if not _ANY_SIGN.search(text):
        return
    best: list[_Reading] = []
    most = 0
    for mistake in _MISTAKES:
        if mistake.sign.search(text):
            readings = list(_readings(text, mistake))
            good = sum(reading.good for reading in readings)
            if good > most and any(reading.is_proof for reading in readings):
                best, most = readings, good
                if all(reading.good == reading.size for reading in readings):
                    break
    for reading in best:
        if reading.good >= _MOSTLY * reading.size:
            for start, end, new in reading.characters:
                start, end = reading.start + start, reading.start + end
                if text[start:end] != new:
                    yield start, end, new, "mojibake"


def _readings(text: str, mistake: _Mistake) -> Iterator[_Reading]:
    """Each line in the other encoding, but for lines that cannot be of such bytes."""
    start = 0
    for line in text.split("\n"):  # untrimmed: what looks like white space may be a byte
        try:
            encoded = [] if line.isascii() else list(map(mistake.to_bytes, line))
        except UnicodeEncodeError:
            encoded = []
        data = b"".join(encoded)
        if encoded and _is_likely(data, mistake.codec):
            characters = _characters(data, encoded, mistake)
            foreign = [c for _, _, new in characters for c in new if not c.isascii() and c != "\ufeff"]
            yield _Reading(start, characters, len(foreign), sum(map(known().__contains__, foreign)))
        start += len(line) + 1


def _is_likely(data: bytes, codec: str) -> bool:
    """A quick look: whether half of the bytes that are not ASCII make characters of a Chinese text."""
    foreign = len(data.translate(None, _ASCII))
    width = 3 if codec == "utf-8" else 2
    good = sum(map(known().__contains__, data.decode(codec, "ignore")))
    return 2 * width * good >= foreign


_ASCII = bytes(range(0x80))


def _characters(data: bytes, encoded: Sequence[bytes], mistake: _Mistake) -> list[tuple[int, int, str]]:
    """The bytes in the right encoding: characters, each with the range of wrong ones that it ends with."""
    found: list[tuple[int, int, str]] = []
    here = last = 0
    reached = len(encoded[0])
    pending = ""
    for token in mistake.tokens.finditer(data):
        while reached < token.end():
            if pending:
                found.append((here, last + 1, pending))
                here, pending = last + 1, ""
            last += 1
            reached += len(encoded[last])
        pending += _decoded(token.group(), mistake.codec)
    found.append((here, last + 1, pending))
    return found


@lru_cache(maxsize=16384)
def _decoded(token: bytes, codec: str) -> str:
    try:
        return token.decode(codec)
    except UnicodeDecodeError:
        if token[:2] in _MIDDLE_UNREAD and len(token) == 3:
            return token.replace(_UNREAD, b"\x80").decode(codec, "replace")
        return UNREADABLE


_RUN = deferred("[^\\x00-\\x7f]{4,}")
_WESTERN = deferred(f"[{_AS_WESTERN}]")
_GBK_SIGN = deferred(f"[{_AS_GBK}]")
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
