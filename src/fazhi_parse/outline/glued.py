"""Markers that follow a word with no stop between: the first of a list, where the second comes next."""

from __future__ import annotations

from ..deferred import deferred
from .marker_numbers import cn_number
from .markers import AS_MUCH, Marker

__all__ = ["STRUCTURAL", "with_glued"]

STRUCTURAL = frozenset(["chapter", "cn_comma", "cn_paren"])
"""Kinds of markers that head a chapter."""


def with_glued(text: str, markers: list[Marker]) -> list[Marker]:
    """Add the first markers of lists that are glued to the word before them.

    Args:
        text: The clean text.
        markers: The candidates behind stops and at the beginning of lines, in order.

    Returns:
        All of them in order.
    """
    markers = _with_glued_items(text, markers)
    if any(m.at_line and m.kind in STRUCTURAL for m in markers):
        return _with_first_points(text, _with_first_chapter(text, markers))
    return _with_glued_heads(text, _with_chapters(text, markers))


_ANNOUNCED = deferred(r"(?:如下|报告|汇报|总结)一、(?![一二三四五六七八九十])(?=[“《一-鿿])")


def _with_first_chapter(text: str, markers: list[Marker]) -> list[Marker]:
    """Add 一、 that the sentence announcing it runs into (现报告如下一、…), where the first chapter of a line is 二、."""
    first = next((m for m in markers if m.kind == "cn_comma"), None)
    if first is None or (first.number, first.style, first.at_line) != (_SECOND, "一、", True):
        return markers
    announced = list(_ANNOUNCED.finditer(text, 0, first.start))
    if not announced:
        return markers
    end = announced[-1].end()
    return sorted((*markers, Marker(end - 2, end, "cn_comma", "一、", 1, True)))


_FIRST_POINT = deferred(r"(?<=[一-鿿”》)）])1[.．、](?=[“《一-鿿])")
_HEADING = 45
"""A heading is not longer than this."""


def _with_first_points(text: str, markers: list[Marker]) -> list[Marker]:
    """Add 1. that its chapter's heading runs into （（一）加强领导1.健全机制。), where 2. begins the next point's line."""
    added: list[Marker] = []
    following: Marker | None = None
    for marker in reversed(markers):
        if marker.kind == "arabic_dot":
            following = marker
        elif marker.at_line and marker.kind in STRUCTURAL:
            if following is not None and following.number == _SECOND and following.at_line:
                upto = text.find("\n", marker.end, marker.end + _HEADING)
                upto = marker.end + _HEADING if upto < 0 else upto
                point = _FIRST_POINT.search(text, marker.end, upto)
                if point is not None and not _STOP.search(text, marker.end, point.start()):
                    style = "1、" if text[point.end() - 1] == "、" else "1."
                    added.append(Marker(point.start(), point.end(), "arabic_dot", style, 1, True))
            following = None
    return sorted((*markers, *added)) if added else markers


_STOP = deferred(r"[。；;：:]")
_CHAPTER = deferred(
    r"第([一二三四五六七八九十]{1,3})(部分|[编章节])(?:(?<=[ 。]第..)|(?<=[ 。]第...)|(?<=[ 。]第....))(?=[ 、：:]{1,2}[一-鿿\d“])"
)


def _with_chapters(text: str, markers: list[Marker]) -> list[Marker]:
    """Add 第一章 … behind the stops of a page without lines."""
    chapters = [
        Marker(m.start(), m.end(), "chapter", m[2], cn_number(m[1]), False) for m in _CHAPTER.finditer(text)
    ]
    return sorted((*markers, *chapters)) if chapters else markers


_BEFORE = "[一-鿿”》)）]"
_GLUED_HEAD = deferred(
    rf"(?:(一、(?<={_BEFORE}一、))|([(（]一[)）](?<={_BEFORE}...))|(1[、.．](?<={_BEFORE}..)))(?=[“《一-鿿])"
)
_KINDS = (("cn_comma", "一、"), ("cn_paren", "(一)"), ("arabic_dot", "1."))
_JOINED = frozenset("一二三四五六七八九十百千万第之其唯统同专划单合任如期周初")
"""Behind one of these 一、 ends a word: 统一、规范."""


def _with_glued_heads(text: str, markers: list[Marker]) -> list[Marker]:
    """Add each first heading that a page without lines has glued to a title, where the second one comes next."""
    taken = {m.start for m in markers}
    glued: list[Marker] = []
    for match in _GLUED_HEAD.finditer(text):
        at = match.lastindex or 1
        if match.start() not in taken and not (at == 1 and text[match.start() - 1] in _JOINED):
            kind, style = _KINDS[at - 1]
            style = "1、" if match.group()[-1] == "、" and at == len(_KINDS) else style
            glued.append(Marker(match.start(), match.end(), kind, style, 1, False))
    if not glued:
        return markers
    added, following = set(glued), dict[str, int]()
    kept: list[Marker] = []
    for marker in sorted((*markers, *glued), reverse=True):
        if marker not in added or following.get(marker.kind) == _SECOND:
            kept.append(marker)
            following[marker.kind] = marker.number
    return kept[::-1]


_GLUED_FIRST = deferred(
    rf"一是(?<=[^\W\x00-\x7f]一是)(?<![一二三四五六七八九十百千第其之唯统同单专划万逐归合某每任如]一是)(?!是|{AS_MUCH})"
)
"""The literal first: so the search runs from one 一是 to the next."""


_GLUED_MUST = deferred(rf"一要(?<=[将须需应还也]一要)(?![是素害职闻么塞说道塔不]|{AS_MUCH})")
_GLUED = (("是", _GLUED_FIRST), ("要", _GLUED_MUST))


def _with_glued_items(text: str, markers: list[Marker]) -> list[Marker]:
    """Add each 一是 that follows a word with no stop between (我局一是…, 主要表现为一是…) where 二是 comes next, and 将一要 alike."""
    for style, first in _GLUED:
        taken = {m.start for m in markers if m.style == style}
        glued = [
            Marker(m.start(), m.end(), "item", style, 1, False)
            for m in first.finditer(text)
            if m.start() not in taken
        ]
        if glued:
            markers = _where_second_follows(markers, glued, style)
    return markers


def _where_second_follows(markers: list[Marker], glued: list[Marker], style: str) -> list[Marker]:
    """Markers in order, with the glued ones of a style whose second comes next."""
    rows = sorted((*markers, *glued))
    added = set(glued)
    drop: set[Marker] = set()
    following = 0  # number of the next …是 of the paragraph
    for marker in reversed(rows):
        if marker in added and following != _SECOND:
            drop.add(marker)
        elif marker.style == style:
            following = marker.number
        elif marker.at_line and marker.kind in STRUCTURAL:
            following = 0
    waits = False  # whether a 一是 before has still to find its 二是
    kept: list[Marker] = []
    for marker in rows:
        if marker in drop or (marker in added and waits):
            continue
        kept.append(marker)
        if marker.style == style:
            waits = marker.number == 1
        elif marker.at_line and marker.kind in STRUCTURAL:
            waits = False
    return kept


_SECOND = 2
