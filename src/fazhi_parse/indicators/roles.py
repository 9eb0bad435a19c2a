"""What a figure's surroundings are about (done, plan, problem), also where no numbered heading says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from ..deferred import deferred
from ..outline import role_of
from .context import Context, Figure

__all__ = ["Roles"]

_LINE = deferred(r"\n[ \t]*((?:(?:19|20)\d\d年度?)?[^，,。；;：:、（(\d\n]{2,20})[：:]?[ \t]*(?=\n)")
_HEADING_ENDS = (
    "打算",
    "计划",
    "安排",
    "思路",
    "设想",
    "措施",
    "举措",
    "重点",
    "任务",
    "问题",
    "不足",
    "困难",
)
"""A line of its own that ends so may be a heading without a number."""
_AHEAD = ("下一步", "下步", "今后", "明年")
_BEFORE_SENTENCE = frozenset("。！？!?\n \t")
_LONGEST = 40
"""Characters of an announcement that may have been looked at for the figure before."""


class Roles:
    """The roles of a report's figures, asked for in the order of the figures.

    The section's role, but for what is announced inside it: behind a sentence's opening 下一步 or next year, up to
    the paragraph's end; below a heading without a number, up to the next heading.
    """

    def __init__(self, context: Context) -> None:
        self._context, self._text, year = context, context.text, context.metadata.year
        next_year = f"{year + 1}年" if year else "明年"
        self._words = re.compile(rf"下一步|下步|今后|{next_year}[，,]?[^。]{{0,30}}将")
        self._paragraph = self._seen = -1
        self._found = False
        numbered = {start for start, _, _ in context.nodes}
        lines = [m for m in _LINE.finditer(self._text) if m[1].rstrip().endswith(_HEADING_ENDS)]
        lines = [m for m in lines if m.start(1) not in numbered]
        self._heads = [m.start(1) for m in lines]
        self._roles = [role_of(m[1]) for m in lines]
        self._openings = sorted(
            (at, context.breaks.next_line(at)) for at in _openings(self._text, {next_year, *_AHEAD})
        )

    def of(self, figure: Figure) -> str:
        """Role of a figure's surroundings."""
        section, at = figure.section, figure.found.start
        since = self._context.nodes[section][0] if section is not None else 0
        if self._heads and (i := bisect_left(self._heads, at)) and self._heads[i - 1] >= since:
            return self._roles[i - 1]
        if section is None:
            return "plan" if self._announced(at) else "done"
        if self._openings and (i := bisect_left(self._openings, (at,))):
            opened, end = self._openings[i - 1]
            if since <= opened and at < end:
                return "plan"
        return self._context.sections[section].role

    def _announced(self, at: int) -> bool:
        """Whether plans were announced between the paragraph's start and an offset, none lower than the last one."""
        paragraph = self._text.rfind("\n", max(0, self._seen), at) + 1 or max(0, self._paragraph)
        if paragraph != self._paragraph:
            self._paragraph, self._seen, self._found = paragraph, paragraph, False
        if not self._found:
            since = max(paragraph, self._seen - _LONGEST)
            self._found = self._words.search(self._text, since, at) is not None
        self._seen = at
        return self._found


def _openings(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where a sentence opens with one of some words and a comma."""
    for word in words:
        at = text.find(f"{word}，")
        while at >= 0:
            if text[max(0, at - 1)] in _BEFORE_SENTENCE:
                yield at
            at = text.find(f"{word}，", at + 1)
