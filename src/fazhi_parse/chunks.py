"""Chunks of a report for retrieval: pieces of bounded length, each with its breadcrumb and raw span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from .outline import Part, Section
from .spans import LINE_ENDS, trimmed

__all__ = ["Chunk", "make_chunks"]


@attrs.frozen
class Chunk:
    """A piece of a report that belongs together."""

    text: str
    """The raw characters from `start` to `end`."""
    start: int
    """First code point in the raw input."""
    end: int
    """One behind the last code point."""
    path: tuple[str, ...]
    """Headings from the top down to the section that it belongs to; empty outside of the sections."""
    part: str
    """section, title, addressee, preamble, closing, signature, date, chrome or text (between the parts)."""

    @property
    def breadcrumb(self) -> str:
        """The path in one line, to be put before the text."""
        return " > ".join(self.path)


def make_chunks(
    raw: str,
    sections: Sequence[Section],
    parts: Sequence[Part],
    *,
    level: int = 2,
    max_chars: int = 800,
    chrome: bool = False,
) -> tuple[Chunk, ...]:
    """Cut a raw text at its sections, and long pieces at line ends, sentence ends, commas.

    Args:
        raw: The raw input.
        sections: Its top-level sections.
        parts: Its parts.
        level: Depth down to which each section begins a chunk of its own.
        max_chars: Most code points of a chunk.
        chrome: Whether site chrome is kept.

    Returns:
        Chunks in order. They do not overlap, and together hold all that is not white space (nor chrome).

    Raises:
        ValueError: `level` or `max_chars` is less than 1.
    """
    if level < 1 or max_chars < 1:
        raise ValueError("level and max_chars must be at least 1")
    chunks: list[Chunk] = []
    for piece in _joined(raw, _pieces(raw, sections, parts, level)):
        if piece.part == "chrome" and not chrome:
            continue
        for start, end in _split(raw, piece.start, piece.end, max_chars):
            chunks.append(Chunk(raw[start:end], start, end, piece.path, piece.part))
    return tuple(chunks)


class _Piece(NamedTuple):
    """A range that belongs to one part or section."""

    start: int
    end: int
    level: int
    heading_end: int
    """Where the heading ends that the range may begin with."""
    path: tuple[str, ...]
    part: str


def _pieces(raw: str, sections: Sequence[Section], parts: Sequence[Part], level: int) -> Iterator[_Piece]:
    """Ranges between all places where a part or a section begins or ends; an inner one owns its range."""
    opens = [_Piece(part.start, part.end, 0, 0, (), part.kind) for part in parts]
    for top in sections:
        for s in top.walk():
            if s.level <= level:
                opens.append(_Piece(s.start, s.end, s.level, s.body_start, s.path, "section"))
    opens.sort(key=lambda piece: (piece.start, piece.level))
    stack = [_Piece(0, len(raw), 0, 0, (), "text")]
    here = 0
    for piece in opens:
        while stack[-1].end <= piece.start:
            yield stack[-1]._replace(start=here)
            here = max(here, stack.pop().end)
        yield stack[-1]._replace(start=here, end=piece.start)
        here = max(here, piece.start)
        stack.append(piece._replace(end=min(piece.end, stack[-1].end)))
    while stack:
        yield stack[-1]._replace(start=here)
        here = max(here, stack.pop().end)


def _joined(raw: str, pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Pieces that hold text; a heading without text of its own goes with what follows."""
    pending: _Piece | None = None
    for piece in pieces:
        start, end = trimmed(raw, piece.start, max(piece.start, piece.end))
        if start == end:
            continue
        if pending is not None and piece.part == "section" and piece.level > pending.level:
            start = pending.start
        elif pending is not None:
            yield pending
        pending = piece._replace(start=start, end=end)
        if end > piece.heading_end:
            yield pending
            pending = None
    if pending is not None:
        yield pending


_BREAKS = (LINE_ENDS, "。！？!?", "；;", "，,、：: ")


def _split(raw: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """Parts of a range of at most so many characters, cut behind the best break in the later half of each."""
    while end - start > max_chars:
        limit = start + max_chars
        cut = limit
        for stops in _BREAKS:
            at = max(raw.rfind(stop, start + max_chars // 2, limit) for stop in stops) + 1
            if at > start:
                cut = at
                break
        piece = trimmed(raw, start, cut)
        if piece[1] > piece[0]:
            yield piece
        start, end = trimmed(raw, cut, end)
    if end > start:
        yield start, end
