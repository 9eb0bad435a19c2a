"""Rows of tables as lines: cells of one line beside each other, columns of a layout one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["LINES", "OWN_NUMBER", "joined", "one_entry"]

OWN_NUMBER = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]+|\d+)[)）、.．]|[①-⑳]|第[一二三四五六七八九十\d]+[章节条部]|[一二三四五六七八九十]+[是要]"
)
"""How a text begins that brings its own number."""
LINES = 3
_LENGTH = 24
"""Lines and characters up to which a cell of several lines is one entry of a table, not a column of a layout."""
_LATIN_ENDS = re.compile(r"[A-Za-z0-9.%]\n(?=[A-Za-z0-9])")


def one_entry(lines: Sequence[str]) -> str | None:
    """The lines of a cell as one entry of a table, or None where they are a text of their own.

    >>> one_entry(["行政", "复议"]), one_entry(["一、主要成效", "二、存在问题"])
    ('行政复议', None)
    """
    if len(lines) <= 1:
        return "".join(lines)
    if len(lines) > LINES or sum(map(len, lines)) > _LENGTH:
        return None
    if any(line.endswith(("。", "：", ":")) or OWN_NUMBER.match(line) for line in lines):
        return None
    return _LATIN_ENDS.sub(lambda m: m.group()[0] + " ", "\n".join(lines)).replace("\n", "")


def joined(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a row, entries parted by tabs: a tab keeps figures apart that a space would let grow together.

    >>> list(joined([["受理"], ["12"], [], ["345"]]))
    ['受理\\t12\\t\\t345']
    """
    row: list[str] = []
    for lines in cells:
        entry = one_entry(lines)
        if entry is not None:
            row.append(entry.strip())
            continue
        if any(row):
            yield "\t".join(row).rstrip()
        row = []
        yield from lines
    if any(row):
        yield "\t".join(row).strip()
