"""An article that stands on a page twice (for print, for phones): the second copy goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..source import Change
from ..spans import lines

__all__ = ["duplicates"]

_LINE = 8
"""A shorter line may well stand twice (一、工作成效)."""
_ARTICLE = 300
"""Characters of an article at least."""
_SHARE = 0.4
"""Share of the page that each copy must fill: then the page is the article twice, and little else."""
_GAPS = 0.05
"""Share of the second copy that may differ from the first (a caption, a counter) …"""


def duplicates(text: str) -> Iterator[Change]:
    """Delete the second copy of an article, if the text is little else than the article twice."""
    if len(text) < 2 * _ARTICLE:
        return
    long = [line for line in map(str.strip, text.split("\n")) if len(line) >= _LINE]
    if len(set(long)) == len(long):
        return
    rows = list(lines(text))
    texts = [text[start:end] for start, end in rows]
    distance = _distance(texts)
    if not distance:
        return
    first = [i for i in range(len(rows) - distance) if texts[i] == texts[i + distance]]
    size = sum(len(texts[i]) for i in first)
    if size < max(_ARTICLE, _SHARE * sum(map(len, texts))):
        return
    copy = range(first[0] + distance, first[-1] + distance + 1)
    if first[-1] < copy[0] and size >= (1 - _GAPS) * sum(len(texts[i]) for i in copy):
        yield rows[copy[0]][0], rows[copy[-1]][1], "", "duplicates"


def _distance(texts: list[str]) -> int:
    """How many lines behind the first copy the second one stands, as most of the text has it."""
    seen: dict[str, int] = {}
    votes: Counter[int] = Counter()
    for i, line in enumerate(texts):
        if len(line) >= _LINE:
            if line in seen:
                votes[i - seen[line]] += len(line)
            else:
                seen[line] = i
    return votes.most_common(1)[0][0] if votes else 0
