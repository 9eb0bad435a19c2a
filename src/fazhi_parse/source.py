"""SourceText: the raw input, the clean text, and the exact way from one to the other."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

__all__ = ["Change", "Edit", "SourceText", "runs"]

Change = tuple[int, int, str, str]
"""What a cleaning pass yields: start and end in the text that it read, what is to stand there, and why."""


@attrs.frozen(order=True)
class Edit:
    """One change that cleaning made: the raw range `[start, end)` was replaced by `text`."""

    start: int
    """First code point of the raw range."""
    end: int
    """One behind its last code point."""
    text: str
    """What stands there in the clean text; empty where the range was deleted."""
    reason: str
    """Name of the cleaning pass that made the change."""


def runs(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits with those of one reason that follow each other without a gap put together: what a person calls one repair."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and last.reason == edit.reason and last.end == edit.start:
            last = Edit(last.start, edit.end, last.text + edit.text, last.reason)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _offsets(limit: int) -> array[int]:
    """An empty array for offsets up to a limit: four bytes each, for any text that fits into memory in practice."""
    return array("i" if limit < 2**31 else "q")


@attrs.frozen(slots=False, eq=False, repr=False)
class SourceText:
    """A raw text, its clean form, and the map between their offsets.

    Every offset that the library gives to a user is one into `raw`. The map is the edits
    themselves, as sorted arrays: edit *k* put `text[at:after]` where `raw[start:end]` was,
    and everything between two edits is kept. A look-up is one bisection.

    >>> source = SourceText.of("全年 1 5起").edited([(4, 5, "", "spaces")])
    >>> source.text
    '全年 15起'
    >>> source.to_raw(3, 5)
    (3, 6)
    >>> source.raw[3:6]
    '1 5'
    """

    raw: str
    """The input, untouched."""
    text: str
    """The clean text: what all later stages work on."""
    traditional: bool = False
    """Whether the input was in traditional characters (and `text` is its simplified form)."""
    _start: array[int] = attrs.field(factory=lambda: array("i"), repr=False)
    _end: array[int] = attrs.field(factory=lambda: array("i"), repr=False)
    _at: array[int] = attrs.field(factory=lambda: array("i"), repr=False)
    _after: array[int] = attrs.field(factory=lambda: array("i"), repr=False)
    _reason: array[int] = attrs.field(factory=lambda: array("B"), repr=False)  # indexes of _reasons
    _reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: str) -> SourceText:
        """A text that nothing was done to yet."""
        return cls(raw, raw)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What was done and why, in the order of the raw text (1:1 translations of characters are not listed)."""
        return tuple(
            Edit(start, end, self.text[at:after], self._reasons[reason])
            for start, end, at, after, reason in zip(
                self._start, self._end, self._at, self._after, self._reason, strict=True
            )
        )

    @property
    def keeps_offsets(self) -> bool:
        """Whether nothing was deleted or replaced, so that each clean offset is the raw one."""
        return not self._at

    def edited(self, changes: Iterable[Change]) -> SourceText:
        """The source text after more changes, made to its clean text as it is now.

        Args:
            changes: Changes in any order, with offsets into `text`. One that overlaps an
                earlier one (in order of start) or covers no character is left out.

        Returns:
            A source text with the same raw text; its map leads all the way back.
        """
        text = self.text
        reasons = dict.fromkeys(self._reasons)
        pieces: list[str] = []
        made: list[tuple[int, int, int, str]] = []
        here = 0
        for start, end, new, reason in sorted(changes):
            if start >= here and end > start:
                pieces += (text[here:start], new)
                made.append((start, end, len(new), reason))
                reasons[reason] = None
                here = end
        if not made:
            return self
        pieces.append(text[here:])
        return self._with_changes("".join(pieces), made, tuple(reasons))

    def _with_changes(
        self, text: str, changes: list[tuple[int, int, int, str]], reasons: tuple[str, ...]
    ) -> SourceText:
        """Merge the edits so far with changes (start, end, new length, reason) of `self.text` into one map.

        Both are walked in the order of `self.text`; those that share a character there
        become one edit. `to_raw` is raw minus old offset, `to_new` new minus old offset of
        the kept text at this point of the walk.
        """
        index = {reason: i for i, reason in enumerate(reasons)}
        limit = max(len(self.raw), len(text))
        starts, ends, ats, afters = (_offsets(limit) for _ in range(4))
        whys = array("B")
        old = list(zip(self._at, self._after, self._end, self._reason, strict=True))
        old.reverse()
        changes.reverse()
        to_raw = to_new = 0
        while old or changes:
            is_old = bool(old) and (not changes or old[-1][0] <= changes[-1][0])
            start = stop = old[-1][0] if is_old else changes[-1][0]
            starts.append(start + to_raw)
            ats.append(start + to_new)
            whys.append(old[-1][3] if is_old else index[changes[-1][3]])
            first = True
            while True:
                if old and (old[-1][0] < stop or (first and is_old)):
                    _, after, raw_end, _ = old.pop()
                    stop = max(stop, after)
                    to_raw = raw_end - after
                elif changes and (changes[-1][0] < stop or (first and not is_old)):
                    at, end, length, _ = changes.pop()
                    stop = max(stop, end)
                    to_new += length - (end - at)
                else:
                    break
                first = False
            ends.append(stop + to_raw)
            afters.append(stop + to_new)
        return SourceText(self.raw, text, self.traditional, starts, ends, ats, afters, whys, reasons)

    def translated(self, text: str, *, traditional: bool | None = None) -> SourceText:
        """The same map for a clean text of the same length (a 1:1 translation of this one)."""
        if text is self.text:
            return self
        if len(text) != len(self.text):
            raise ValueError("a 1:1 translation keeps the length")
        traditional = self.traditional if traditional is None else traditional
        return SourceText(
            self.raw, text, traditional,
            self._start, self._end, self._at, self._after, self._reason, self._reasons,
        )  # fmt: skip

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw range of the clean range `[start, end)`.

        The end is the end of the range's last kept character, so that something deleted
        behind it is not swallowed. An empty range stays empty.

        Raises:
            IndexError: The range does not lie in the clean text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not a range of the clean text (length {len(self.text)})")
        if not self._at:
            return start, end
        if start == end == len(self.text):
            return len(self.raw), len(self.raw)
        i = bisect_right(self._at, start) - 1
        raw_start = self._first(i, start)
        if start == end:
            return raw_start, raw_start
        if i + 1 < len(self._at) and self._at[i + 1] < end:
            i = bisect_right(self._at, end - 1, i + 1) - 1
        return raw_start, self._last(i, end)

    def to_raw_many(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """`to_raw` for many ranges, in their order; fastest where they are sorted.

        Raises:
            IndexError: A range does not lie in the clean text.
        """
        spans = list(spans)
        length = len(self.text)
        for start, end in spans:
            if not 0 <= start <= end <= length:
                self.to_raw(start, end)  # which says what is wrong
        if not self._at:
            return spans
        at, starts, ends, afters = self._at, self._start, self._end, self._after
        count = len(at)
        found: list[tuple[int, int]] = []
        i = -1  # the last edit at or before the start of a range
        for start, end in spans:
            if start == end:
                found.append(self.to_raw(start, end))
                continue
            if i >= 0 and start < at[i]:
                i = bisect_right(at, start) - 1
            while i + 1 < count and at[i + 1] <= start:
                i += 1
            j = i  # the last edit before its end
            if i + 1 < count and at[i + 1] < end:
                j = bisect_right(at, end - 1, i + 1) - 1
            raw_start = start if i < 0 else starts[i] if start < afters[i] else ends[i] + start - afters[i]
            raw_end = end if j < 0 else ends[j] if end <= afters[j] else ends[j] + end - afters[j]
            found.append((raw_start, raw_end))
        return found

    def to_clean(self, offset: int) -> int:
        """Clean offset of the first kept character at or behind a raw offset.

        Raises:
            IndexError: The offset does not lie in the raw text (its end is allowed).
        """
        if not 0 <= offset <= len(self.raw):
            raise IndexError(f"{offset} is not an offset of the raw text (length {len(self.raw)})")
        i = bisect_right(self._start, offset) - 1
        if i < 0:
            return offset
        return self._at[i] if offset < self._end[i] else self._after[i] + offset - self._end[i]

    def _first(self, edit: int, start: int) -> int:
        """Raw start of the character at `start`; `edit` is the last edit at or before it."""
        if edit < 0:
            return start
        beyond = start - self._after[edit]
        return self._start[edit] if beyond < 0 else self._end[edit] + beyond

    def _last(self, edit: int, end: int) -> int:
        """Raw end of the character before `end`; `edit` is the last edit at or before that."""
        if edit < 0:
            return end
        beyond = end - self._after[edit]
        return self._end[edit] + beyond if beyond > 0 else self._end[edit]

    def __repr__(self) -> str:
        return f"<SourceText: {len(self.raw)} raw characters, {len(self.text)} clean, {len(self._at)} edits>"
