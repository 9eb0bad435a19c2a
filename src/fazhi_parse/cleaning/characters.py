"""Which characters a Chinese official text is made of: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

from functools import cache

from .traditional import simplified_forms

__all__ = ["CJK_PUNCTUATION", "common", "known", "strangeness"]

CJK_PUNCTUATION = "、。·—～…‘’“”〔〕〈〉《》「」『』【】×℃！（），：；？％＋－．／０１２３４５６７８９〇①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ\u3000"
"""Punctuation and signs outside of ASCII that such texts use."""


def _gb2312(first_row: int, last_row: int) -> str:
    """Characters of rows of GB 2312 (level 1, by frequency: rows 16 to 55; level 2: 56 to 87)."""
    rows = range(0xA0 + first_row, 0xA1 + last_row)
    return bytes(b for row in rows for cell in range(0xA1, 0xFF) for b in (row, cell)).decode(
        "gb2312", "ignore"
    )


@cache
def common() -> frozenset[str]:
    """Frequent characters, simplified and traditional, and punctuation."""
    level_1 = frozenset(_gb2312(16, 55))
    traditional = (key for key, simple in simplified_forms().items() if simple in level_1)
    return level_1 | frozenset(traditional) | frozenset(CJK_PUNCTUATION)


@cache
def known() -> frozenset[str]:
    """Characters that may well stand in such a text, rare ones of names too."""
    return common() | frozenset(_gb2312(56, 87)) | frozenset(simplified_forms())


def strangeness(text: str) -> int:
    """How little a text without ASCII looks like one that somebody wrote: 0 for frequent characters.

    >>> strangeness("全市政府信息公"), strangeness("\\ue087姓\\ue47f\\ue1a7畔⒐\\ue0a6")
    (0, 15)
    """
    frequent, possible = common(), known()
    return sum(0 if c in frequent else 1 if c in possible else 3 for c in text)
