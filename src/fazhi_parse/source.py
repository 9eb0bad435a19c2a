"""SourceText: the raw input, the clean text, and the exact way from one to the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import attrs

__all__ = ["Edit", "SourceText"]


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


@attrs.frozen(eq=False, repr=False)
class SourceText:
    """A raw text, its clean form, and the map between their offsets.

    Every offset that the library gives to a user is one into `raw`. The map is three
    sorted arrays; a look-up is one bisection.

    >>> source = SourceText.from_edits("全年 1 5起", [Edit(4, 5, "", "spaces")])
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
    edits: tuple[Edit, ...]
    """What was done and why, in the order of the raw text (1:1 translations of characters are not listed)."""
    traditional: bool = False
    """Whether the input was in traditional characters (and `text` is its simplified form)."""
    _clean_at: Sequence[int] = attrs.field(default=(0,), repr=False)
    _raw_at: Sequence[int] = attrs.field(default=(0,), repr=False)
    _raw_end: Sequence[int] = attrs.field(default=(-1,), repr=False)  # -1: a kept run, copied 1:1

    @classmethod
    def from_edits(cls, raw: str, edits: Iterable[Edit], *, view: str | None = None) -> SourceText:
        """Apply edits once.

        Args:
            raw: The input.
            edits: Changes in any order; one that overlaps an earlier range (in order of
                start) is left out.
            view: What kept characters look like in the clean text: `raw` after 1:1
                translations, so of the same length. Defaults to `raw`.

        Returns:
            The source text; its `edits` are those that were applied.
        """
        view = raw if view is None else view
        if len(view) != len(raw):
            raise ValueError("view must have the length of raw")
        pieces: list[str] = []
        applied: list[Edit] = []
        clean_at: list[int] = []
        raw_at: list[int] = []
        raw_end: list[int] = []
        here = length = 0

        def keep(upto: int) -> None:
            nonlocal length
            if upto > here:
                clean_at.append(length)
                raw_at.append(here)
                raw_end.append(-1)
                pieces.append(view[here:upto])
                length += upto - here

        for edit in sorted(edits):
            if edit.start < here or (edit.start == edit.end and not edit.text):
                continue
            keep(edit.start)
            if edit.text:
                clean_at.append(length)
                raw_at.append(edit.start)
                raw_end.append(edit.end)
                pieces.append(edit.text)
                length += len(edit.text)
            applied.append(edit)
            here = edit.end
        keep(len(raw))
        return cls(
            raw, "".join(pieces), tuple(applied), False, clean_at or (0,), raw_at or (0,), raw_end or (-1,)
        )

    def with_text(self, text: str, *, traditional: bool) -> SourceText:
        """The same map for a clean text of the same length (a 1:1 translation of this one)."""
        if len(text) != len(self.text):
            raise ValueError("a 1:1 translation keeps the length")
        return attrs.evolve(self, text=text, traditional=traditional)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw range of the clean range `[start, end)`.

        The end is the end of the range's last kept character, so that something deleted
        behind it is not swallowed. An empty range stays empty.

        Raises:
            IndexError: The range does not lie in the clean text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not a range of the clean text (length {len(self.text)})")
        if start == end:
            at = self._bounds(start)[0] if start < len(self.text) else len(self.raw)
            return at, at
        return self._bounds(start)[0], self._bounds(end - 1)[1]

    def to_raw_many(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """`to_raw` for many ranges."""
        return [self.to_raw(start, end) for start, end in spans]

    def to_clean(self, offset: int) -> int:
        """Clean offset of the first kept character at or behind a raw offset.

        Raises:
            IndexError: The offset does not lie in the raw text (its end is allowed).
        """
        if not 0 <= offset <= len(self.raw):
            raise IndexError(f"{offset} is not an offset of the raw text (length {len(self.raw)})")
        i = bisect_right(self._raw_at, offset) - 1
        if i < 0:
            return 0
        after = self._clean_at[i + 1] if i + 1 < len(self._clean_at) else len(self.text)
        if self._raw_end[i] >= 0:
            return self._clean_at[i] if offset < self._raw_end[i] else after
        return min(self._clean_at[i] + offset - self._raw_at[i], after)

    def _bounds(self, position: int) -> tuple[int, int]:
        """Raw range of the one clean character at `position`."""
        i = bisect_right(self._clean_at, position) - 1
        if self._raw_end[i] >= 0:
            return self._raw_at[i], self._raw_end[i]
        at = self._raw_at[i] + position - self._clean_at[i]
        return at, at + 1

    def __repr__(self) -> str:
        return (
            f"<SourceText: {len(self.raw)} raw characters, {len(self.text)} clean, {len(self.edits)} edits>"
        )
