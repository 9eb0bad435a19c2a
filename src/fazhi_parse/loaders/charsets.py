"""Bytes to text: the encoding is told from marks, declarations and, before all, from what the text then looks like.

A wrong encoding seldom fails: GB 18030 gives every second byte pair a character. So every reading that nothing
proves is judged by its share of the characters that official prose is made of: 90 % in the right encoding, below
20 % in a wrong one. Bytes that no encoding turns into such prose are an error, never a guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import attrs

from ..data_files import load_table
from ..errors import Diagnostic, UnreadableFile

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w:.-]+)""",
    re.IGNORECASE,
)
_HEAD = 8192
"""Bytes in which a page may declare its encoding; browsers look at 1,024, but content systems put scripts first."""
_LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "unicode"), "utf-8"),
    # pages that say gb2312 use the characters of its successors
    **dict.fromkeys(
        ("gb2312", "gb_2312-80", "gb2312-80", "gbk", "x-gbk", "gb18030", "chinese", "cp936", "ms936"),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "big5-hkscs", "cp950", "ms950"), "big5"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"), "cp1252"),
    "hz-gb-2312": "hz",
}
"""Labels that pages use, with the encoding to read; others count as no declaration."""
_CODECS = {"big5": ("cp950", "big5hkscs")}
"""Codecs to try in turn where one is not enough: that of Windows has the web's signs, the other Hong Kong's."""
_RIVALS = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_WITH_NULS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SEVEN_BIT = (("hz", b"~{"), ("utf-7", b"+"))
_SURE, _LIKELY, _DISTANCE = 0.6, 0.5, 2
"""Share of frequent characters in a reading that is taken at once; in one that is taken when it has so many times
the frequent characters of the next likely one."""
_ENOUGH, _FEW = 8, 4
"""Chinese characters that a share says something of; those that must come out of bytes which are all ASCII."""
_LOST = "\ufffd"
_WIDE_SPACE = "\u3000"
"""Says nothing of a reading: it is a 0 in UTF-16 of the other byte order."""
_JUNK = 0.05
_BAD_PER_BYTE, _TEXT_PER_BAD = 1 / 500, 10
_NEVER_IN_TEXT = ("\0", "\x1b")
"""Signs of wide characters read as bytes, and of the ISO 2022 encodings, which else pass as ASCII."""
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
_LAYOUT = frozenset("\t\n\r\f\v\x1a")


@attrs.frozen
class Decoded:
    """Text with the encoding that it was read in."""

    text: str
    """The text without a byte order mark; U+FFFD stands for each place that could not be read."""
    encoding: str
    """Python's name of the encoding, without a byte order mark's suffix."""
    found: str
    """How it was told: `given`, `bom`, `declared`, `utf-8`, `detected`."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was doubtful: `load.bad_bytes`, `load.cut`, `load.charset`; offsets into `text`."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Bytes to text, in the encoding that is given or told from the bytes.

    Raises:
        UnreadableFile: The bytes are text in none of the encodings that reports come in.
        LookupError: The encoding that is given is unknown.

    >>> decode("云岫县法治政府建设情况报告".encode("gbk")).encoding
    'gb18030'
    >>> decode("雲岫縣法治政府建設情況報告".encode("big5")).text
    '雲岫縣法治政府建設情況報告'
    """
    if encoding is not None:
        return _result(_checked(_as_given(data, codecs.lookup(encoding).name), encoding), "given")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _result(_checked(_read(data[len(mark) :], name), name), "bom")
    declared = _declared(data)
    readings: list[_Reading] = []
    for reading in _readings(data, declared):
        if reading.is_sure:
            return _told(reading, declared)
        readings.append(reading)
    likely = sorted((r for r in readings if r.share >= _LIKELY), key=lambda r: -r.frequent)
    if likely and (len(likely) == 1 or likely[0].frequent >= _DISTANCE * max(1, likely[1].frequent)):
        return _told(likely[0], declared)
    for reading in readings:  # no prose: what the page says, or what the form of the bytes says
        if reading.encoding in (declared, "utf-8") and not reading.bad:
            return _told(reading, declared)
    raise UnreadableFile(
        "not text in UTF-8, UTF-16, GB 18030 or Big5 as far as can be told; if it is text, say its encoding"
    )


@attrs.frozen
class _Reading:
    """Bytes read in one encoding, with the places that are none of its characters."""

    text: str
    encoding: str
    bad: tuple[int, ...]
    cut: bool
    wide: int
    """Characters that are not ASCII."""
    frequent: int
    """Those among them that official prose is made of."""

    @property
    def share(self) -> float:
        return self.frequent / self.wide if self.wide else 1.0

    @property
    def is_sure(self) -> bool:
        """Whether no other reading need be tried: enough prose, or UTF-8 that can hardly be anything else."""
        if self.encoding == "utf-8" and not self.bad and any(c > "\u07ff" for c in self.text):
            return True
        return self.share >= _SURE and self.frequent >= _ENOUGH


def _told(reading: _Reading, declared: str | None) -> Decoded:
    if declared == reading.encoding:
        return _result(reading, "declared")
    result = _result(reading, "utf-8" if reading.encoding == "utf-8" else "detected")
    if declared is None:
        return result
    doubt = Diagnostic("load.charset", f"declared {declared} but is {reading.encoding}")
    return attrs.evolve(result, diagnostics=(*result.diagnostics, doubt))


def _result(reading: _Reading, found: str) -> Decoded:
    doubts: list[Diagnostic] = []
    inside = reading.bad[:-1] if reading.cut else reading.bad
    if inside:
        message = f"{len(inside)} places hold bytes that are not {reading.encoding}"
        doubts.append(Diagnostic("load.bad_bytes", message, inside[0], inside[-1] + 1))
    if reading.cut:
        place = reading.bad[-1]
        doubts.append(Diagnostic("load.cut", "the file ends in the middle of a character", place, place + 1))
    return Decoded(reading.text, reading.encoding, found, tuple(doubts))


def _as_given(data: bytes, codec: str) -> _Reading | None:
    mark = next((mark for mark, name in _BOMS if name == codec and data.startswith(mark)), b"")
    try:
        return _read(data[len(mark) :], codec)
    except UnicodeError:  # Python has codecs for names of hosts, too
        return None


def _checked(reading: _Reading | None, encoding: str) -> _Reading:
    if reading is None:
        raise UnreadableFile(f"damaged {encoding} text, or no text")
    return reading


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, _HEAD)
    return _LABELS.get(match.group(1).decode("ascii").lower()) if match else None


def _readings(data: bytes, declared: str | None) -> Iterator[_Reading]:
    """All readings that are text at all, the likeliest first."""
    at_least = 0
    if b"\0" in data:
        names = [*_WITH_NULS]
    elif data.isascii():
        names = ["utf-8", *(name for name, sign in _SEVEN_BIT if sign in data), "utf-16-le", "utf-16-be"]
        at_least = _FEW
    else:
        names = [*([declared] if declared else []), "utf-8", *_RIVALS]
    for name in dict.fromkeys(names):
        reading = _read(data, name)
        if reading and (reading.frequent >= at_least or name == "utf-8"):
            yield reading


def _read(data: bytes, encoding: str) -> _Reading | None:
    """The bytes in one encoding, None where that gives too many faults or no text."""
    tries = (_with_faults(data, codec, encoding) for codec in _CODECS.get(encoding, (encoding,)))
    return min((reading for reading in tries if reading), key=lambda r: len(r.bad), default=None)


def _with_faults(data: bytes, codec: str, encoding: str) -> _Reading | None:
    """Read what can be read, U+FFFD for each fault."""
    bad: tuple[int, ...] = ()
    cut = False
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        text = decoder.decode(data)
        if cut := bool(decoder.getstate()[0]):  # it waits for the rest of a character
            text += _LOST
        if text.count(_LOST) > max(1, len(data) * _BAD_PER_BYTE):
            return None
        bad = tuple(match.start() for match in re.finditer(_LOST, text))
    counts = Counter(text)
    if len(text) < _TEXT_PER_BAD * len(bad) or _is_junk(counts, len(text)):
        return None
    frequent = sum(counts[c] for c in _frequent() & counts.keys())
    wide = sum(n for c, n in counts.items() if c > "\x7f" and c != _WIDE_SPACE)
    return _Reading(text, encoding, bad, cut, wide, frequent)


@cache
def _frequent() -> frozenset[str]:
    """Characters of official prose in both scripts, with its punctuation."""
    table = load_table("characters.toml")
    return frozenset("".join(table[key] for key in ("simplified", "traditional", "punctuation", "letters")))


def _is_junk(counts: Counter[str], length: int) -> bool:
    """Whether a text holds signs of binary data, or more odd characters than slips explain."""
    if any(c in counts for c in _NEVER_IN_TEXT):
        return True
    odd = sum(n for c, n in counts.items() if unicodedata.category(c) in _NO_TEXT and c not in _LAYOUT)
    return odd > length * _JUNK + 1
