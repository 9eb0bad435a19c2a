"""The title of a heading or item, and where its own text begins."""

from __future__ import annotations

import re

from ..deferred import deferred
from ..spans import line_end
from .tree import Node

__all__ = ["title_of"]

_TITLE_OF_ITEM = 25
"""An item's first sentence is its title only up to this length (contract)."""
_LONGEST = 45
"""A heading longer than this has taken in the sentence behind it, if there is a space between them."""
_SHORTEST = 8
_GLUED = deferred(
    r"(?<=[效法力算督度革化题升排平围境能纷策制任范强系高序设足心责谐善础固好稳])(?=[我全][省市县区州旗镇乡街局](?!域|一体|统一)"
    r"|[省市县区州旗镇乡](?:委、|党委|政府|委常委|委高度)|街道党|局党[组委]|(?:19|20)\d\d年|今年以来|一年来"
    r"|(?:深入(?:推进|实施|贯彻)|持续(?:推进|推动|深化)|认真(?:贯彻|落实)|严格(?:执行|落实)|扎实(?:推进|开展)|大力(?:推进|推行)|全面(?:落实|推行|贯彻)|积极(?:推进|开展))[^，。；：、]{2})"
)
"""Where a text begins that is glued to its heading, a bold one on its page: by who acts, or when, behind how headings end."""
_GAP = deferred(r" (?<![\d%] )(?:(?!\d)|(?=(?:19|20)\d\d ?年))")
"""A space that may part a title from its text: not one that sets a number apart (推进 3 项), unless that is a year."""


def title_of(text: str, node: Node) -> tuple[str | None, int]:
    """Title of a node, and the clean offset where its own text begins.

    A heading's title goes to the end of its line, or to the first 。 on it; an item's is its first
    sentence, if that is short and more of the item follows.

    Args:
        text: The clean text.
        node: A node whose neighbours are set, and an item's end.
    """
    marker = node.marker
    start = marker.end
    while text[start : start + 1] in _BLANK:
        start += 1
    if not marker.at_line or marker.kind in ("item", "circled"):
        return _of_item(text, node, start)
    end = line_end(text, start)
    if start == end or text[start:end].isspace():  # a marker split from its title
        if node.children and not text[end : node.children[0].marker.start].strip():
            return None, end
        start, end = end + 1, line_end(text, end + 1)
    limit = end
    if node.children and node.children[0].marker.start < limit:
        limit = node.children[0].marker.start
    if node.after is not None and node.after.marker.start < limit:
        limit = node.after.marker.start
    sentence = text.find("。", start, limit)
    if (sentence if sentence >= 0 else limit) - start > _LONGEST and (body := _text_behind(text, start)):
        return text[start:body].strip() or None, body
    if sentence >= 0:
        return text[start:sentence].strip() or None, sentence + 1
    whole = text[start:limit].strip()
    if whole.endswith("】") and "【" not in whole:
        whole = whole[:-1]
    if whole[-1:] in _SEMICOLON and not text[limit : node.end].strip():  # a clause of a list
        return None, start
    return whole.rstrip("：:；;") or None, limit


def _text_behind(text: str, start: int) -> int:
    """Where the text begins that follows a title on its line, or is glued to it; 0 if nothing tells."""
    gap = _gap(text, start, start + _LONGEST)
    if gap and "，" not in text[gap.start() - 2 : gap.start()]:
        return gap.start()
    glued = _GLUED.search(text, start + _SHORTEST, start + _LONGEST)
    return glued.start() if glued else 0


def _gap(text: str, start: int, upto: int) -> re.Match[str] | None:
    """The first space that may part a title from its text, and does not stand inside of quotes."""
    gaps = _GAP.finditer(text, start, upto)
    return next(
        (m for m in gaps if text.rfind("“", start, m.start()) <= text.rfind("”", start, m.start())), None
    )


_BLANK = frozenset([" ", "\t", "\u3000"])
_SEMICOLON = frozenset(["；", ";"])


def _of_item(text: str, node: Node, start: int) -> tuple[str | None, int]:
    limit = node.end
    upto = min(limit, start + 4 * _TITLE_OF_ITEM)
    if node.children and node.children[0].marker.start < upto:
        upto = node.children[0].marker.start
    sentence = text.find("。", start, upto)
    if node.marker.kind in _CHAPTERS and (end := _end_of_glued(text, node, start, upto)):
        return text[start:end], end
    if sentence < 0:
        return None, start
    title = text[start:sentence]
    goes_on = _GOES_ON.match(text, sentence, limit)
    if node.marker.kind in _CHAPTERS and goes_on and not _STOPS & set(title):
        return title, sentence + 1  # the space tells where the line ended
    if len(title) > _TITLE_OF_ITEM and len("".join(title.split())) > _TITLE_OF_ITEM:
        return None, start
    if not text[sentence + 1 : limit].strip():
        return None, start
    return title.strip().lstrip("，,、：:") or None, sentence + 1


_GOES_ON = deferred("。 +[^ \n]")
_CHAPTERS = frozenset(["chapter", "cn_comma", "cn_paren"])


def _end_of_glued(text: str, node: Node, start: int, upto: int) -> int:
    """Where the title of a chapter ends that stands in a line with others, its line end lost: a space or a section follows; 0 if none."""
    gap = _gap(text, start, upto)
    end = gap.start() if gap else upto if node.children else start
    title = text[start:end]
    return end if 2 <= len(title) <= _LONGEST and not _STOPS & set(title) else 0


_STOPS = frozenset("。；;：:")
