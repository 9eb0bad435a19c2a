"""The one dress in which rules read a text, whoever typed it: widths, quotation marks, spaces around numbers, counts in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..deferred import deferred
from ..quantities.scan import Found
from ..source import SourceText

__all__ = ["in_digits", "spacing", "unspaced", "wide"]

_WIDE = (
    (",", "，"), (":", "："), (";", "；"), ("(", "（"), (")", "）"),
    ("「", "“"), ("」", "”"), ("『", "“"), ("』", "”"), ("‘", "“"), ("’", "”"), ("＂", '"'),
)  # fmt: skip
_STRAIGHT = deferred(r'"([^"\n]{1,40})"')
_YEAR = deferred("(?:二[〇○零]|一九)[〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PARTS = deferred(r"。(?=其中[，：]?[^，。；：\n\d]{0,16}\d)")
"""What ends the sentence of a total whose parts follow: 审核文件36件。其中，规范性文件11件."""
_BANNER = deferred(r"旗(?:(?<=[全我本各该]旗)(?!帜)|(?<![^\W\x00-\x7f]旗)(?=[级直委]|政府|人民政府|司法局))")
"""A banner is a county: what is said of 全旗 and 旗政府 is what others say of 全县 and 县政府."""
_NOUGHT = deferred(r"0(?<=[为是]0)(?=[，。；\n]|$)")
"""A nought without a unit is read as the word: 败诉率为0."""
_IN_NUMBER = deferred(r"[0-9][,:](?=[0-9])")


def wide(text: str) -> str:
    """The text with full-width punctuation outside of numbers, and with “ and ”, as rules are written; no offset changes.

    A sentence that opens with the parts of a figure goes on with the one before it; years are in digits; 全旗 is 全县, app APP, 为0 为零.

    >>> wide("受理12,345件(含结转),审结9件;培育「法律明白人」6名\\t另有9名")
    '受理12,345件（含结转），审结9件；培育“法律明白人”6名，另有9名'
    """
    pieces: list[str] = []
    here = 0
    for match in _IN_NUMBER.finditer(text):
        end = match.end()
        pieces += (_widened(text[here : end - 1]), text[end - 1])
        here = end
    pieces.append(_widened(text[here:]))
    text = "".join(pieces)
    if "〇" in text or "○" in text or "二零" in text:
        text = _YEAR.sub(lambda match: match.group().translate(_DIGITS), text)
    if "。其中" in text:
        text = _PARTS.sub("，", text)
    if "pp" in text:
        text = text.replace("App", "APP").replace("app", "APP")
    if "旗" in text:
        text = _BANNER.sub("县", text)
    if "为0" in text or "是0" in text:
        text = _NOUGHT.sub("零", text)
    if "\t" in text:
        text = _PAUSE.sub("，", text)
    return _STRAIGHT.sub(r"“\1”", text) if '"' in text else text


def _widened(text: str) -> str:
    for narrow, full in _WIDE:
        text = text.replace(narrow, full)  # far faster than a translation
    return text


_SPACING = deferred(
    r" (?:(?<=[^\x00-\x24\x26-\x7f] ) ?(?=\d)|(?<=[\d%] ) ?(?=[^\x00-\x7f]|%)|(?<=[，。；：、] ) ?(?=[^\x00-\x7f]))"
)
"""Spaces that only set a number apart (受理 6 件, 比 2022 年) or follow a stop. More of them rather part the cells of a table."""


_CELL = deferred(r"(?m)(?:^|\t)[^\d\t\n]+(\t)(?=\d)")
"""Of a table's row the gap between what a figure is about and the figure; behind a figure it is a pause."""
_PAUSE = deferred(r"(?<=[^\n])\t")


def spacing(clean: str) -> list[tuple[int, int]]:
    """Where such spaces stand in a clean text."""
    spaces = [match.span() for match in _SPACING.finditer(clean)]
    if "\t" in clean:
        spaces = sorted([*spaces, *(match.span(1) for match in _CELL.finditer(clean))])
    return spaces


def unspaced(clean: str, spaces: Iterable[tuple[int, int]]) -> SourceText:
    """A clean text without such spaces, and the map back to it.

    >>> text = "受理 6 件，比 2022 年多"
    >>> unspaced(text, spacing(text)).text
    '受理6件，比2022年多'
    """
    return SourceText.of(clean).edited((*span, "", "spacing") for span in spaces)


_THOUSANDS = frozenset(",，")
_WRITTEN = deferred(r"[近约超逾]?(?:\d+(?:[,，]\d{3})*|[一二两三四五六七八九十百千]+)[余多]?")


def in_digits(text: str, figures: Iterable[Found]) -> str:
    """The text with counts in plain digits, as rules expect them beside a figure; no offset changes (二十三件 023件, 近80余件 0080件, 1,130件 01130件)."""
    pieces: list[str] = []
    here = 0
    for found in figures:
        start = found.start
        if found.kind != "count" or start < here:
            continue
        if not found.approx and text[start].isascii() and _THOUSANDS.isdisjoint(text[start : found.end]):
            continue
        written = _WRITTEN.match(text, start)
        digits = str(found.value)
        if written and digits.isdigit() and len(digits) <= (length := written.end() - start):
            pieces += (text[here:start], digits.zfill(length))
            here = written.end()
    return "".join((*pieces, text[here:])) if pieces else text
