"""What the scan finds, in clean offsets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..deferred import deferred
from ..spans import SpanSet

__all__ = ["Found", "Rejected", "without_titles"]


class Found(NamedTuple):
    """A quantity."""

    start: int
    end: int
    value: Decimal | Fraction
    value_max: Decimal | Fraction | None
    unit: str
    kind: str
    approx: str


class Rejected(NamedTuple):
    """A number that is no quantity, and why."""

    start: int
    end: int
    reason: str


_LONGEST_NAME = 60
_TITLE = deferred(
    rf"《[^《》\n]{{1,{_LONGEST_NAME}}}》"
    r"|“(?![^”]{0,24}(?:个工作日|个小时|[%％+＋]))[^“”《》。；\n]{1,24}”(?:[^\W\x00-\x7f]{0,4}(?:工作法|机制|模式|行动|工程|品牌|体系|服务圈|格局|架构|布局|制度)|攻坚|战役)"
)
"""Names with figures in them: 《优化营商环境23条措施》, “100天”攻坚."""


def without_titles(
    text: str, found: list[Found], rejected: list[Rejected]
) -> tuple[list[Found], list[Rejected]]:
    """What is left when the figures in titles of documents and in names of schemes are taken for parts of names.

    Args:
        text: The clean text.
        found: The quantities, in order.
        rejected: The numbers that are none, in order.
    """
    if "《" not in text and "“" not in text:
        return found, rejected
    outside = SpanSet(match.span() for match in _TITLE.finditer(text)).outside(found)
    if len(outside) < len(found):
        kept = {quantity.start for quantity in outside}
        named = [Rejected(q.start, q.end, _named(text, q.start)) for q in found if q.start not in kept]
        rejected = sorted((*rejected, *named))
    return outside, rejected


def _named(text: str, at: int) -> str:
    """What the name in which a figure stands is the name of."""
    edge = max(0, at - _LONGEST_NAME)
    document = text.rfind("《", edge, at) > text.rfind("“", edge, at)
    return "name of a document" if document else "name of a scheme"
