"""What a figure's surroundings are about (done, plan, problem), also where no numbered heading says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ..deferred import deferred
from ..outline import role_of
from ..years import opening_year
from .context import Context

__all__ = ["Roles"]

_MARKER = (
    r"(?:PART ?)?\d{1,2}(?:\.0)?(?!\d)[ \t]*|第?[一二三四五六七八九十]{1,2}[：:·|｜、，,][ \t]*"
    r"|[①-⑩【〖〈\[◆◇●○■□▲★※·•][ \t]*|—{1,2}"
)
"""What may begin a heading of the report's frame, the outline's or none of it: 03 下一步打算, 【下一步打算】."""
_LINE = deferred(
    rf"\n[ \t]*+(?=[^\n]{{2,60}}\n)((?:{_MARKER})?+)((?:(?:19|20)\d\d年度?)?[^，,。；;：:、（(\d\n]{{2,20}}?)[】〗〉\]]?[：:]?[ \t]*(?=\n)"
)
_HEADING_ENDS = (
    "打算", "计划", "安排", "思路", "设想", "措施", "举措", "重点", "任务", "工作", "问题", "不足", "困难",
    "方向", "展望", "建议", "目标", "要点", "要求", "谋划", "下一步",
)  # fmt: skip
"""A line of its own that ends so may be a heading without a number; others name neither plans nor problems."""
_AHEAD = ("下一步", "下步", "下一阶段", "下一年", "今后", "未来", "明年", "来年", "新的一年", "接下来")
_LEADS_IN = deferred(r"(?:^|[。！？!?\n \t])(?:(?:为此|对此|因此|同时|展望|针对[^，。；\n]{0,10})，?)?$")
"""What may stand before words of the future that open a sentence, in so many characters."""
_LONGEST_LEAD = 15
_GOES_ON = deferred(
    r"[度里]?(?:，|[^，。；：\n\d]{0,12}?(?:将|拟|要(?![点求])|计划|打算|力争|继续|重点)|是[^。\n]{2,40}将)"
)
"""What follows them: a comma, or words of a plan (下一步我县将, 2024年重点抓好); but not 2024年1月."""


class Roles:
    """The roles of what stands at a report's offsets.

    The section's role, but for what is announced inside it: behind a sentence's opening 下一步 or next year, up to
    the paragraph's end; below a heading without a number, up to the next heading.
    """

    def __init__(self, context: Context) -> None:
        self._context, text, year = context, context.text, context.metadata.year
        next_year = f"{year + 1}年" if year else "明年"
        next_line = context.breaks.next_line
        titled = {
            node[0] for node, section in zip(context.nodes, context.sections, strict=True) if section.title
        }
        lines = [m for m in _LINE.finditer(text) if m[2].rstrip().endswith(_HEADING_ENDS)]
        heads = [
            (m.start(2), "plan" if year and opening_year(m[2]) == year + 1 else role_of(m[2]))
            for m in lines
            if m.start(1) not in titled
        ]
        # 工作措施 says nothing of its own: among plans these are plans
        self._heads = [head for head in heads if head[1] != "done"]
        self._openings = sorted((at, next_line(at)) for at in _openings(text, {next_year, *_AHEAD}))
        self._next_year = next_year

    @cached_property
    def _said(self) -> list[tuple[int, int]]:
        """The same anywhere in a sentence, for text outside of all sections."""
        text, next_line = self._context.text, self._context.breaks.next_line
        said = re.finditer(rf"下一步|下步|今后|{self._next_year}[，,]?[^。\n]{{0,30}}将", text)
        return [(m.end(), next_line(m.end())) for m in said]

    def at(self, offset: int, section: int | None) -> str:
        """Role of what stands at an offset in a section (None outside of all)."""
        i = bisect_right(self._heads, (offset,))
        if i and self._context.section_at(self._heads[i - 1][0]) == section:
            return self._heads[i - 1][1]
        if section is None:
            return "plan" if _holds(self._said, offset, 0) else "done"
        if _holds(self._openings, offset, self._context.nodes[section][0]):
            return "plan"
        return self._context.sections[section].role


def _holds(ranges: Sequence[tuple[int, int]], offset: int, since: int) -> bool:
    """Whether the last range that begins at an offset or before it, but not before `since`, goes on beyond it."""
    i = bisect_right(ranges, (offset + 1,))
    return i > 0 and ranges[i - 1][0] >= since and offset < ranges[i - 1][1]


def _openings(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where a sentence opens with one of some words of the future."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            if _GOES_ON.match(text, at + len(word)) and _LEADS_IN.search(
                text[max(0, at - _LONGEST_LEAD) : at]
            ):
                yield at
            at = text.find(word, at + 1)
