"""What is left of HTML, Markdown and JSON in a text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..deferred import deferred
from ..source import Change
from .passes import INVISIBLE

__all__ = ["contents", "entities", "escapes", "markdown", "tables", "tags"]

_ESCAPED_SPACE = deferred(r"\\{1,2}(?:r\\{1,2}n|[nrt](?![a-z])|u3000)")
"""White space as JSON and SQL write it, also escaped twice: \\r\\n, \\t, \\u3000."""
_ESCAPES = 3
"""So many line ends written as two characters show that an export wrote them."""


_ESCAPED_CHAR = deferred(r"\\{1,2}u(?!3000|[dD][89a-fA-F])([0-9a-fA-F]{4})")
"""A character as JSON writes it for ASCII: \\u4e91."""


def escapes(text: str) -> Iterator[Change]:
    """Put characters, line ends and spaces in the place of their escapes, in texts cut out of JSON or SQL."""
    if "\\" not in text:
        return
    if text.count("\\u") * 20 > len(text):  # no Chinese is left but that
        for match in _ESCAPED_CHAR.finditer(text):
            yield match.start(), match.end(), _NOTHING.sub("", chr(int(match[1], 16))), "markup"
    if text.count("\\n") + text.count("\\r") < _ESCAPES:
        return
    for match in _ESCAPED_SPACE.finditer(text):
        kind = match.group()[-1]
        yield match.start(), match.end(), {"t": "\t", "0": "\u3000"}.get(kind, "\n"), "markup"


_ENTITY = deferred(
    r"&(?:amp;)?(?:[a-zA-Z]{2,8}[0-9]{0,2}|#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6});"
    # the commonest also without their semicolon, but not in the query of an address
    r"|&(?:nbsp|ensp|emsp|ldquo|rdquo|mdash|hellip|middot)(?![a-zA-Z0-9;=])"
)


_NOTHING = deferred(f"[{INVISIBLE}]")


def entities(text: str) -> Iterator[Change]:
    """Put characters in the place of entities, also of those that were escaped twice."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        found = match.group()
        char = html.unescape(html.unescape(found))
        if char != found and len(char) <= 2:
            yield match.start(), match.end(), _NOTHING.sub("", char), "markup"


_CONTENT = deferred(r"<(style|script)\b[^<>]{0,300}>|<!--", re.IGNORECASE)
_LOWER = {i: i + 32 for i in range(ord("A"), ord("Z") + 1)}


def contents(text: str) -> Iterator[Change]:
    """Delete styles, scripts and comments, with what is in them."""
    folded = ""
    here = 0
    for match in _CONTENT.finditer(text):
        if match.start() < here:
            continue
        folded = folded or text.translate(_LOWER)
        closing = f"</{match.group(1).lower()}>" if match.group(1) else "-->"
        end = folded.find(closing, match.end())
        if end < 0:
            return
        here = end + len(closing)
        yield match.start(), here, "", "markup"


_TAG = deferred(
    r"<!doctype[^<>]{0,200}>"
    r"|</?(?:p|br|div|span|strong|b|em|i|u|s|font|section|article|h[1-6]|a|img|center|o:p|sup|sub|table|thead|tbody|tr|td|th"
    r"|ul|ol|li|dl|dt|dd|hr|html|head|body|meta|link|title|style|script|input|form|label|iframe|blockquote|pre|col|colgroup"
    r"|st1:[a-z]{1,20}|v:[a-z]{1,20}|w:[a-z]{1,20}|\?xml[^<>\n]{0,100}|ucap[a-z]{0,20})(?:\s[^<>]{0,500})?\s*/?>",
    re.IGNORECASE,
)
_BLOCK_END = deferred(
    r"</(?:p|div|section|article|h[1-6]|tr|li|table|dd|dt|title|blockquote)\s*>|<br|<hr", re.IGNORECASE
)


_BLOCK = deferred(r"<(?:p|div|section|article|h[1-6]|tr|li|table|blockquote)[\s>/]", re.IGNORECASE)
_CELL_END, _ROW_END = deferred(r"</t[dh]\s*>", re.IGNORECASE), deferred(r"\s*</tr\s*>", re.IGNORECASE)
_BLANK_LINE = deferred(r"[ \t\u3000\xa0]*+")


_UNIT_CELL = deferred(
    r"\s*<t[dh](?:\s[^<>]{0,200})?>\s*(?:[件个名人次场份条家起项户处所台辆期篇部册块%％]|人次|场次|[万亿]?元)\s*</t[dh]",
    re.IGNORECASE,
)


def _is_unit_of(cell: str, text: str, here: int) -> bool:
    """Whether the cell that begins at an offset holds but the unit of the number in the one before it.

    Else a tab parts them, for the figures of two cells would be one.
    """
    return cell.rstrip()[-1:].isdecimal() and _UNIT_CELL.match(text, here) is not None


def tags(text: str) -> Iterator[Change]:
    """Delete tags; the end of a block becomes a line end, so does a beginning whose end before it was left out, the end of a cell a tab."""
    if "<" not in text:
        return
    here, opened = 0, False  # whether something stands in the line already
    for match in _TAG.finditer(text):
        between = text[here : match.start()]
        last = max(between.rfind("\n"), between.rfind("\r")) + 1
        opened = (opened and not last) or not _BLANK_LINE.fullmatch(between, last)
        here = match.end()
        sign = ""
        if text[here : here + 1] not in ("\n", "\r"):
            if _BLOCK_END.match(match.group()) or (opened and _BLOCK.match(match.group())):
                sign = "\n"
            elif opened and _CELL_END.match(match.group()) and not _ROW_END.match(text, here):
                sign = "" if _is_unit_of(between, text, here) else "\t"
        opened = opened and sign != "\n"
        yield match.start(), here, sign, "markup"


_HEADING = deferred(r"^ {0,3}#{1,6} +(?=\S)", re.MULTILINE)
_BOLD = deferred(r"(?<!\*)\*\*(?=[^\s*])([^*\n]{1,500})(?<=\S)\*\*(?!\*)")
_BOUNDARY = deferred(r"[^\w*]|\Z")
_ESCAPE = deferred(r"\\(?=[.\-_*#()\[\]+!>~`|])")
_ESCAPED_NUMBER = deferred(r"(?<=^[0-9])\\(?=[.)])|(?<=^[0-9]{2})\\(?=[.)])", re.MULTILINE)
_RULE = deferred(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,}) *$\n?", re.MULTILINE)
_LINK = deferred(
    r"(!?\[)([^\[\]\n]{0,200})(\]\((?:https?://|/|\./|#|javascript:|mailto:)[^()\s]{0,500}\))", re.IGNORECASE
)
_MATH = deferred(
    r"\$(?<![0-9A-Za-z$]\$)[ ]*([0-9](?:[0-9.,]| (?=[0-9.,]))*)[ ]*(?:\\?%)?[ ]*\$(?![0-9A-Za-z$])"
)
"""A number that PDF readers take for a formula: $98.5\\%$."""
_MATH_SIGNS = deferred(r"[$ \\]+")
_QUOTED_LINE = deferred(r"^ {0,3}> ?", re.MULTILINE)
_HARD_BREAK = deferred(r"\\$", re.MULTILINE)
_LONG = 4
"""Stars around fewer characters in the middle of words are rather masks: 王**与李**"""
_FIGURE = deferred(r"\d[\d,.]*(?:%|[万亿余多]{1,2})?[^\W\x00-\x7f]{0,3}")
"""A figure in the middle of words is bold: 受理**64**件; not the number of a person, 3301**1990**1234."""
_PLACES = frozenset("省市县区州旗乡镇村街局")
"""Two stars before such a character each time stand for names: **县……，**镇"""


def markdown(text: str) -> Iterator[Change]:
    """Delete the signs of Markdown: heading marks, bold, rules, escapes, formulas and quotes, and the address behind a link's text."""
    spans = [match.span() for match in _HEADING.finditer(text)] if "#" in text else []
    spans += _bold(text) if "**" in text else []
    if spans:  # else a row of dashes may be the writer's own, and a backslash program code
        spans += [match.span() for match in _RULE.finditer(text)]
    if text.count("\n>") * 3 > text.count("\n"):
        spans += [match.span() for match in _QUOTED_LINE.finditer(text)]
    if "$" in text:
        for math in _MATH.finditer(text):
            spans += [match.span() for match in _MATH_SIGNS.finditer(text, *math.span())]
    if text.count("\\\n") >= _ESCAPES:
        spans += [match.span() for match in _HARD_BREAK.finditer(text)]
    if "\\" in text:
        spans += [match.span() for match in (_ESCAPE if spans else _ESCAPED_NUMBER).finditer(text)]
    if "](" in text:
        for match in _LINK.finditer(text):
            spans += [match.span()] if match.group(1) == "![" else [match.span(1), match.span(3)]
    return ((start, end, "", "markup") for start, end in spans)


def _bold(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _BOLD.finditer(text):
        start, end = match.span()
        opens = not start or _BOUNDARY.match(text[start - 1])
        closes = _BOUNDARY.match(text, end) and len(match.group(1)) >= _LONG
        masks = text[start + 2] in _PLACES and text[end : end + 1] in _PLACES
        figure = _FIGURE.fullmatch(match.group(1)) and not text[start - 1 : start].isdigit()
        if (opens or closes or figure) and not masks:
            spans += [(start, start + 2), (end - 2, end)]
    return spans


_TABLE_RULE = deferred(r"^ {0,3}\|(?: *:?-+:? *\|)+ *\n?", re.MULTILINE)
_BAR = deferred(r"[ \t]*\|[ \t]*")


def tables(text: str) -> Iterator[Change]:
    """Put tabs between the cells of Markdown tables, as other tables have them; the line below the head goes."""
    if "|" not in text or ("-|" not in text and "- |" not in text and ":|" not in text):
        return
    here = 0
    for rule in _TABLE_RULE.finditer(text):
        if rule.start() < here:
            continue
        yield rule.start(), rule.end(), "", "markup"
        yield from _bars(text, text.rfind("\n", 0, max(0, rule.start() - 1)) + 1, rule.start() - 1)
        start = rule.end()
        while text.startswith("|", start):
            end = text.find("\n", start)
            end = end if end >= 0 else len(text)
            yield from _bars(text, start, end)
            start = end + 1
        here = start


def _bars(text: str, start: int, end: int) -> Iterator[Change]:
    """The bars of a row: those at its ends go."""
    for bar in _BAR.finditer(text, start, max(start, end)):
        outer = bar.start() == start or bar.end() == end
        yield bar.start(), bar.end(), "" if outer else "\t", "markup"
