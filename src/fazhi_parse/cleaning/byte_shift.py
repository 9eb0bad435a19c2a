"""GBK text that was read one byte late: `?，F將` for 。現將.

Scraper mills glue pinyin to characters and split at punctuation in GBK *bytes*, without
regard to where a character begins. A lead byte is left alone (a decoder shows `?`, and
takes an opening bracket behind it along), and what follows is read one byte late: each
pair is the second byte of one character with the first of the next, often a code that no
character has (shown from the private use area). The reading falls into step again where
a second byte is an ASCII letter (the F of 現, AC 46), which is then shown as such, or where
the last byte is left alone in its turn (another `?`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from ..deferred import deferred
from ..source import Change
from .characters import strangeness
from .glosses import GLOSS, SYLLABLE, TONES
from .mojibake import UNREADABLE
from .traditional import is_traditional

__all__ = ["byte_shift", "shifted"]

_HALF_GLOSS = rf"(?=[a-zü]{{0,5}}[{TONES}])({SYLLABLE})[)）]"
_ORPHAN = deferred(rf"[?{UNREADABLE}](?:{_HALF_GLOSS})?")
"""A byte left alone, with the rest of the gloss whose bracket it took along: ?cè)"""
_LOST = 0xA1
"""The lead byte that is lost where no gloss names it: that of 、。“”《》, behind which mills split, and of the indent."""
_FIRST = frozenset("、。…—‘’“”〔〕《》【】\u3000")
_LONGEST = 400
_RARE = 0.5
"""Share of rarer characters that a right reading may hold (names of places)."""


@attrs.frozen
class _Run:
    """What stands between a byte left alone and the point where the reading is in step again."""

    start: int
    """Behind the sign of the byte that was left alone."""
    end: int
    """Behind the last character that was read out of step."""
    data: bytes
    """Its bytes, but for the first one, which is lost."""
    tail: re.Match[str] | None
    """The sign of the last byte, if that was left alone too."""


class _Document:
    """What a whole text says about its characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def is_traditional(self) -> bool:
        return is_traditional(self.text)

    @cached_property
    def _readings(self) -> Mapping[str, set[bytes]]:
        """The characters (as GBK) that glosses give each syllable to."""
        found: defaultdict[str, set[bytes]] = defaultdict(set)
        for match in GLOSS.finditer(self.text):
            if pair := _pair(self.text[match.start() - 1 : match.start()]):
                found[match.group(1)].add(pair)
        return found

    def glossed(self, syllable: str | None, *, lead: bytes) -> bytes:
        """The one glossed character with this syllable and first byte, if there is just one."""
        fitting = [pair for pair in self._readings.get(syllable or "", ()) if lead and pair[:1] == lead]
        return fitting[0] if len(fitting) == 1 else b""


def _pair(char: str) -> bytes:
    """The two bytes of a character in GB 18030, or nothing."""
    encoded = char.encode("gb18030", "replace")
    return encoded if len(encoded) == 2 else b""


def _run(text: str, start: int) -> _Run | None:
    """The run behind a byte left alone, if it comes to an end where the reading can be in step again."""
    data = bytearray()
    end = start
    while end < len(text) and end - start < _LONGEST and (pair := _pair(text[end])):
        data += pair
        end += 1
        if pair[1] < 0x80:  # the second byte of a character, with the ASCII character behind that
            return _Run(start, end, bytes(data), None)
    if end == start:
        return None
    if tail := _ORPHAN.match(text, end):
        return _Run(start, end, bytes(data[:-1]), tail)
    if "@" <= text[end : end + 1] <= "~":  # a second byte by itself
        return _Run(start, end + 1, bytes(data) + text[end].encode(), None)
    return None


def byte_shift(text: str) -> Iterator[Change]:
    """Read what was read one byte late in step again, character by character.

    A run is changed only if it is strange as it stands and its bytes, with the lost one in
    front, are plain Chinese. A clean character stands for the raw character that holds its
    second byte.
    """
    if "?" not in text and UNREADABLE not in text:
        return
    document = _Document(text)
    here = 0
    for orphan in _ORPHAN.finditer(text):
        run = _run(text, orphan.end()) if orphan.start() >= here else None
        if run is None:
            continue
        new = _in_step(document, orphan, run)
        if new is None:
            continue
        here = run.end
        yield orphan.start(), run.start, "", "byte_shift"
        for i in range(run.start, run.end - 1):
            yield i, i + 1, new[i - run.start], "byte_shift"
        yield run.end - 1, run.end, new[run.end - 1 - run.start :], "byte_shift"
        if run.tail:
            last = document.glossed(run.tail.group(1), lead=_pair(text[run.end - 1])[1:])
            yield *run.tail.span(), last.decode("gb18030") if last else UNREADABLE, "byte_shift"
            here = run.tail.end()


def _in_step(document: _Document, orphan: re.Match[str], run: _Run) -> str | None:
    """The characters of a run as they were meant, without a last one whose second byte is lost."""
    text = document.text
    lead = bytes([_LOST])
    if orphan.group(1):
        before = _pair(text[orphan.start() - 1 : orphan.start()])
        lead = document.glossed(orphan.group(1), lead=before[1:])[1:]
        if not lead:
            return None
    try:
        new = (lead + run.data).decode("gb18030")
    except UnicodeDecodeError:
        return None
    if not new or (not orphan.group(1) and new[0] not in _FIRST):
        return None
    strange = strangeness("".join(char for char in new if not char.isascii()))
    if strange > _RARE * len(new):
        return None
    needed = max(4 if run.tail else 3, 3 * strange + 2)
    if text[run.end - 1].isascii() and not (GLOSS.match(text, run.end) or document.is_traditional):
        needed += 4  # a character with a letter for its second byte is a traditional one
    return new if _strange_as_it_stands(text, orphan, run) >= needed else None


def _strange_as_it_stands(text: str, orphan: re.Match[str], run: _Run) -> int:
    """How little a run looks written: rare characters, a comma behind a question mark, a letter inside of words."""
    signs = [sign for sign in (orphan, run.tail) if sign]
    half_glosses = 3 * sum(sign.group(1) is not None for sign in signs)
    # ? between words of a text in Chinese punctuation is not usual, but possible
    inside = sum(_WORD_BEHIND.match(text, sign.end()) is not None for sign in signs)
    last = text[run.end - 1]
    letter = (1 if last.isupper() else 2) if last.isascii() and _WORD_BEHIND.match(text, run.end) else 0
    # without a letter, a single lost character before punctuation looks the same: 王?；李?
    stray = 3 if text[run.start] in "，？！：；）" and last.isascii() else 0
    characters = "".join(char for char in text[run.start : run.end] if not char.isascii())
    return half_glosses + inside + stray + letter + strangeness(characters)


_WORD_BEHIND = deferred(r"[一-鿿0-9(（]")


_GBK_USER = "\ue000-\ue765"  # codes of GBK that no character has
_ANY_SHIFTED = deferred(f"[?{UNREADABLE}{_GBK_USER}]")
_SHIFTED = deferred(
    f"[{_GBK_USER}]+"
    rf"|[?{UNREADABLE}][，？；：！）]+[@-~](?=[一-鿿(（])"
    rf"|[?{UNREADABLE}]{_HALF_GLOSS}"
)


def shifted(text: str) -> Iterator[tuple[int, int]]:
    """Places that look read one byte late."""
    if not _ANY_SHIFTED.search(text):
        return
    for match in _SHIFTED.finditer(text):
        yield match.span()
