"""A report as rules see it: its text in their dress, where sentences and sections begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import attrs

from ..deferred import deferred
from ..metadata import Metadata
from ..outline import Section
from ..quantities import Quantity
from ..quantities.scan import Found
from ..source import SourceText
from ..spans import Nested, SpanSet
from .dress import in_digits, spacing, unspaced, wide
from .plain import has_remarks, is_unusual, terse, unpraised, without_remarks

__all__ = ["LONGEST_SENTENCE", "Breaks", "Context", "Passage"]

LONGEST_SENTENCE = 400
_BREAK = deferred(r"[。！？!?\n；;][ \t]*+")
"""What ends a sentence or half sentence, with what indents the next one."""
_BARE = deferred(r"\n[ \t]*([^\W\d][^\n，。；：,;:!?！？\d]{3,29})(?=\n+[^\n]{0,200}[。\d])")
"""A short line without punctuation above a text: a heading without a number, as posts have it."""
_FIRST = deferred(r"\s*([^。！？!?\n]{1,80})")


_FIGURE = deferred(r"\d")
_AIM = deferred(
    r"(?:[一二三四五六七八九十]是|\d[.．、])?(?:推进|推动|加强|做好|深化|优化|强化|改进|服务|提升|规范|完善|健全|落实|狠抓|抓好|聚焦|围绕)"
    r"(?![^，,。；;]*(?:办案|案件|[审办]理|受理|审查|质效|流程|程序|实质))[^，,。；;\d]{2,16}[，,]"
)
"""What opens another matter (做好市容管理，), but not how the same one was gone about (规范办案流程，)."""


class Passage:
    """A sentence or half sentence; its text is cut out when somebody asks for it."""

    __slots__ = (
        "_opens_anew",
        "_praise",
        "_remarked",
        "_source",
        "_terse",
        "_text",
        "_unusual",
        "end",
        "start",
    )

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._text: str | None = None
        self._terse: str | None = None
        self._praise = -1
        self._remarked: bool | None = None
        self._opens_anew: bool | None = None
        self._unusual: bool | None = None
        self.start = start
        """Clean offset of its first character."""
        self.end = end
        """One behind its last."""

    @property
    def text(self) -> str:
        """What it says, without remarks."""
        if self._text is None:
            text = self._source[self.start : self.end]
            self._text = without_remarks(text) if self.remarked else text
        return self._text

    @property
    def remarked(self) -> bool:
        """Whether there are remarks in it that add nothing."""
        if self._remarked is None:
            self._remarked = has_remarks(self._source, self.start, self.end)
        return self._remarked

    @property
    def opens_anew(self) -> bool:
        """Whether it opens with an aim of its own: what went before tells nothing of its figures."""
        if self._opens_anew is None:
            aim = _AIM.match(self._source, self.start, self.end)
            self._opens_anew = aim is not None and self._follows_figures()
        return self._opens_anew

    def _follows_figures(self) -> bool:
        """Whether there are figures in the sentence or half sentence before it in its line, not only the naming of a topic."""
        source, since = self._source, max(0, self.start - LONGEST_SENTENCE)
        begin = (
            max(since, *(source.rfind(mark, since, self.start - 1) + 1 for mark in "。；"))
            if self.start
            else 0
        )
        begin = max(begin, source.rfind("\n", since, self.start) + 1)
        return _FIGURE.search(source, begin, self.start) is not None

    @property
    def terse(self) -> str:
        """The same without what adds nothing to its figures."""
        if self._terse is None:
            self._terse = terse(self.text)
        return self._terse

    @property
    def unusual(self) -> bool:
        """Whether it has words for which there are more usual ones."""
        if self._unusual is None:
            self._unusual = is_unusual(self.text)
        return self._unusual

    @property
    def praise(self) -> int:
        """Where in its text the praise begins that it closes with."""
        if self._praise < 0:
            self._praise = len(unpraised(self.text))
        return self._praise


class Breaks:
    """Where the lines, sentences and half sentences of a text begin and end; a section's text begins one."""

    def __init__(self, text: str, bodies: Sequence[int]) -> None:
        self._text = text
        halves = [match.span() for match in _BREAK.finditer(text)]
        sentences = [(at, behind) for at, behind in halves if text[at] not in "；;"]
        starts = [0, *(behind for at, behind in sentences if text[at] not in "!?"), *bodies]
        self._lines = [0, *(at + 1 for at, _ in sentences if text[at] == "\n")]
        self._sentence_ends, self._sentence_starts = [*(at for at, _ in sentences), len(text)], sorted(starts)
        self._half_ends = [*(at for at, _ in halves), len(text)]
        self._half_starts = sorted([*starts, *(behind for at, behind in halves if text[at] in "；;")])

    def around(self, start: int, end: int) -> tuple[Passage, Passage, int]:
        """The sentence around a figure (as much of it as is looked at), its half, and where the next half begins."""
        text, starts, half_starts = self._text, self._sentence_starts, self._half_starts
        first = max(starts[bisect_right(starts, start) - 1], start - LONGEST_SENTENCE)
        last = min(self._sentence_ends[bisect_left(self._sentence_ends, end)], end + LONGEST_SENTENCE)
        following = bisect_right(half_starts, start)
        half_first = max(half_starts[following - 1], first)
        half_last = min(self._half_ends[bisect_left(self._half_ends, end)], last)
        until = half_starts[following] if following < len(half_starts) else len(text) + 1
        return Passage(text, first, last), Passage(text, half_first, half_last), until

    def line(self, at: int) -> int:
        """Start of the line that holds an offset."""
        return self._lines[bisect_right(self._lines, at) - 1]

    def next_line(self, at: int) -> int:
        """Start of the line behind the one that holds an offset; the end of the text behind the last one."""
        behind = bisect_right(self._lines, at)
        return self._lines[behind] if behind < len(self._lines) else len(self._text)


def _text_of(context: Context) -> str:
    return in_digits(wide(context.read.text), context.figures)


def _breaks_of(context: Context) -> Breaks:
    return Breaks(context.text, [body for _, body, _ in context.nodes])


def _extents_of(context: Context) -> Nested:
    return Nested((start, end) for start, _, end in context.nodes)


def _bare_headings_of(context: Context) -> list[tuple[int, str]]:
    return [(match.end(), match[1]) for match in _BARE.finditer("\n" + context.text)]


def _first_of(context: Context) -> str:
    first = _FIRST.match(context.text)
    return first[1] if first else ""


@attrs.frozen
class Context:
    """A report as the rules see it: text, figures, sections. All offsets are those of `text`."""

    source: SourceText
    """The clean text and its map."""
    read: SourceText
    """What the rules read and its map to the clean text: numbers that spaces set apart are not (受理 6 件)."""
    figures: tuple[Found, ...]
    """Quantities in order."""
    quantities: tuple[Quantity, ...]
    """The same as public records, with raw offsets."""
    nodes: tuple[tuple[int, int, int], ...]
    """Extent (marker, body, end) of each section in document order."""
    sections: tuple[Section, ...]
    """The sections in the same order."""
    skip: SpanSet
    """Chrome, title, signature, in clean offsets: not the report's text."""
    metadata: Metadata
    """Place and year."""
    text: str = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_text_of, takes_self=True)
    )
    """The text as rules read it: with full-width punctuation."""
    breaks: Breaks = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_breaks_of, takes_self=True)
    )
    """Where lines and sentences begin and end."""
    _extents: Nested = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_extents_of, takes_self=True)
    )
    _bare: list[tuple[int, str]] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_bare_headings_of, takes_self=True)
    )
    """Headings without a number, and where their text begins."""
    _first: str = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_first_of, takes_self=True)
    )

    @classmethod
    def of(
        cls,
        source: SourceText,
        figures: tuple[Found, ...],
        quantities: tuple[Quantity, ...],
        nodes: tuple[tuple[int, int, int], ...],
        sections: tuple[Section, ...],
        skip: SpanSet,
        metadata: Metadata,
    ) -> Context:
        """The context of a report whose figures and sections are given in clean offsets."""
        spaces = spacing(source.text)
        read = unspaced(source.text, spaces)
        if spaces:
            gone = [at for span in spaces for at in range(*span)]

            def at(offset: int) -> int:
                return offset - bisect_left(gone, offset)

            new: Any = tuple.__new__  # half the time of calling the class  # pyright: ignore[reportUnknownVariableType]
            figures = tuple([new(Found, (at(start), at(end), *rest)) for start, end, *rest in figures])
            nodes = tuple([(at(start), at(body), at(end)) for start, body, end in nodes])
        return cls(source, read, figures, quantities, nodes, sections, skip, metadata)

    def clean(self, start: int, end: int) -> tuple[int, int]:
        """Clean range of a range of `text`."""
        return self.read.to_raw(start, end)

    def section_at(self, offset: int) -> int | None:
        """Index of the innermost section that holds an offset."""
        return self._extents.at(offset)

    def headings(self, section: int | None, at: int) -> str:
        """The headings above an offset in a section, in one string, those without a number, too; else the first sentence of a text."""
        numbered = self.path(section) if self.sections else ()
        if section is not None and at < self.nodes[section][1]:
            numbered = numbered[:-1]  # what a heading says of its own figures is their sentence
        i = bisect_right(self._bare, (at,)) - 1
        since = 0 if section is None else self.nodes[section][0]
        if i >= 0 and self._bare[i][0] > since:
            return "＞".join((*numbered, self._bare[i][1]))
        return "＞".join(numbered) if self.sections else self._first

    def path(self, section: int | None) -> tuple[str, ...]:
        """Titles of the sections that hold a section's text, and its own."""
        return self.sections[section].path if section is not None else ()
