"""Cleaning passes that look at a few characters at a time: each reads a text and yields edits.

A pass sees the *view*: the raw text after 1:1 translations of widths, so with raw offsets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..source import Edit
from ..spans import lines
from .traditional import traditional_characters

__all__ = ["controls", "glosses", "markup", "spaces", "widths"]

_WIDE: dict[int, str] = {
    **{0xFF10 + i: chr(0x30 + i) for i in range(10)},
    **{0xFF21 + i: chr(0x41 + i) for i in range(26)},
    **{0xFF41 + i: chr(0x61 + i) for i in range(26)},
    **{ord(percent): "%" for percent in "％﹪"},
    **dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " "),
    **dict.fromkeys((11, 12, 133, 8232, 8233), "\n"),
}
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


def widths(text: str) -> str:
    """Full-width digits, letters and ％ to half-width, wide spaces to a space, odd line ends to newline; 1:1.

    Punctuation stays as it is, but for the point inside a decimal number.

    >>> widths("合格率９８．５％；ＡＰＰ")
    '合格率98.5%；APP'
    """
    return _WIDE_POINT.sub(".", text.translate(_WIDE))


_CONTROL = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]+|\\r+(?=\\n)"
)


def controls(view: str) -> Iterator[Edit]:
    """Delete zero-width and control characters, byte order marks, and the CR of CR LF."""
    for match in _CONTROL.finditer(view):
        yield Edit(match.start(), match.end(), "", "controls")


_TAG = re.compile(
    r"<!--[^\n]{0,200}?-->|</?(?P<name>p|br|div|span|strong|b|em|i|u|font|section|h[1-6]|a|img|center|o:p|sup|sub|"
    r"table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd|hr)(?:\s[^<>\n]{0,300})?/?>|&(?:[a-z]{2,8}|#[0-9]{2,7}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"</(?:p|div|section|h[1-6]|tr|li|table|dd|dt)\s*>|<br|<hr", re.IGNORECASE)
_MARKDOWN = re.compile(r"^ {0,3}#{1,6} +|\*\*(?=\S[^*\n]{0,500}\*\*)|(?<=\S)\*\*", re.MULTILINE)


def markup(view: str) -> Iterator[Edit]:
    """Remove what is left of HTML and Markdown; the end of a block becomes a line end."""
    if "<" in view or "&" in view:
        for match in _TAG.finditer(view):
            found = match.group()
            if found.startswith("&"):
                char = html.unescape(found)
                if char != found:
                    yield Edit(match.start(), match.end(), widths(char), "markup")
            else:
                line_end = _BLOCK_END.match(found) and view[match.end() : match.end() + 1] != "\n"
                yield Edit(match.start(), match.end(), "\n" if line_end else "", "markup")
    if "**" in view or "#" in view:
        for match in _MARKDOWN.finditer(view):
            yield Edit(match.start(), match.end(), "", "markup")


_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿế"
_GLOSS = re.compile(rf"[(（]([a-zü{_TONES}]{{1,7}})[)）]")
_TONELESS = {"men", "me", "ma", "ne", "de", "le", "ge", "li", "zi", "tou", "er", "a", "ba", "la"}
_ENOUGH_GLOSSES = 3


def glosses(view: str) -> Iterator[Edit]:
    """Delete the pinyin that scraper mills glue behind a character: 監(jiān)管.

    Sure only when the character before is one that t2s converts (or leads to one), the
    bracket holds one syllable with a tone mark (or a known toneless one), and the document
    has at least three of them; a single reading given in a text, 重(chóng)复, stays.
    """
    hits: list[re.Match[str]] = []
    toned = 0
    known = traditional_characters()
    for match in _GLOSS.finditer(view):
        if view[match.start() - 1 : match.start()] not in known:
            continue
        tone = any(c in _TONES for c in match.group(1))
        if tone or match.group(1) in _TONELESS:
            hits.append(match)
            toned += tone
    if toned >= _ENOUGH_GLOSSES:
        for match in hits:
            yield Edit(match.start(), match.end(), "", "glosses")


_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9])")
_SPLIT = re.compile(r"(?<=[一-鿿(（])(?<!第) ?[0-9]{1,2}(?: [0-9]{1,2}){1,3}(?= ?[一-鿿%])")
_DATE = re.compile(r"(?<=[年月]) +(?=[0-9]{1,2} *[月日])|(?<=[0-9]) +(?=[年月日])")


_LETTERED = re.compile(r"(?<=[^\s]) (?=[^\s])")
_CHINESE = re.compile(r"[一-鿿]")
_ENOUGH_LETTERS = 5
"""A shorter line with a space behind each character is rather a table's row."""


def _is_lettered(line: str) -> bool:
    """Whether single spaces stand between most characters, as some PDF readers set them: 法 治 政 府."""
    spaced = line.count(" ")
    if len(line) < 2 * _ENOUGH_LETTERS or spaced * 5 < 2 * len(line) or "  " in line.strip():
        return False
    return len(_CHINESE.findall(line)) * 4 > len(line)


def spaces(view: str) -> Iterator[Edit]:
    """Delete spaces inside a number or a date (1 5起, 138 000, 2022年1月 1日), and all of a letter-spaced line."""
    if view.count(" ") * 10 > len(view):
        for start, end in lines(view):
            if _is_lettered(view[start:end]):
                for match in _LETTERED.finditer(view, start, end):
                    yield Edit(match.start(), match.end(), "", "spaces")
    for match in _DATE.finditer(view):
        yield Edit(match.start(), match.end(), "", "spaces")
    for pattern in (_GROUPED, _SPLIT):
        for match in pattern.finditer(view):
            digits = match.group().lstrip(" ")
            start = match.end() - len(digits)
            for i, char in enumerate(digits):
                if char == " ":
                    yield Edit(start + i, start + i + 1, "", "spaces")
