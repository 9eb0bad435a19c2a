"""HTML pages to text, one block a line, so that headings stay at line starts and words in one piece.

The events of libxml2's parser drive it (lxml): linear at any depth, and malformed pages are read as it repairs them.
Nothing is judged unimportant: what is not the report is for cleaning to mark, which sees all formats alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import NoText
from ..extras import extra_module
from .cells import LINES, OWN_NUMBER, one_entry
from .numbering import in_format
from .raised import raised

__all__ = ["load"]

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)  # fmt: skip
_SILENT = frozenset(
    ["audio", "button", "canvas", "del", "iframe", "math", "noscript", "object", "option", "rp", "rt", "s", "script", "select", "strike", "style", "svg", "template", "textarea", "title", "video"]
)  # fmt: skip
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through)", re.IGNORECASE
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|list-item)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile(
    r"[\u2014-\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_LIST_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting", "trad-chinese-informal": "chineseCounting",
    "simp-chinese-informal": "chineseCounting", "none": "none", "disc": "none", "circle": "none", "square": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)*)\s*(?:;|$)", re.IGNORECASE)


def load(page: str) -> str:
    """Text of an HTML page: a line per block and per table row, cells parted by tabs.

    Raises:
        MissingExtra: lxml is not installed.
        NoText: The page holds no text.
    """
    etree = extra_module("lxml.etree", "html", "reading HTML")
    target = _Page()
    parser = etree.HTMLParser(target=target, huge_tree=True)
    parser.feed(page)
    parser.close()
    text = target.text()
    if not text:
        raise NoText("the page holds no text")
    return text


class _Page:
    """Receives a page's events and gathers its lines; a line is a list of cells, mostly of one."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = []
        self._pieces: list[str] = []
        self._hidden = 0  # open elements inside a hidden one, that one included
        self._preformatted = 0
        self._lists: list[_Numbered | None] = []
        self._marker = ""
        self._rows: list[int] = []  # for each open row, the line that takes its next cell, or -1
        self._cells: list[int] = []  # for each open cell, the line where it begins
        self._headline = ""
        self._raised = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._hidden or tag in _SILENT or (tag != "body" and _is_hidden(attributes)):
            self._hidden += 1
        elif tag == "sup":
            self._raised = True
        elif tag == "meta":
            if attributes.get("name", "").lower() == "articletitle":
                self._headline = _squeezed(attributes.get("content", ""))
        elif tag in _BLOCKS or _BLOCK_STYLE.search(attributes.get("style", "")):
            self._break()
            self._open(tag, attributes)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "pre":
            self._preformatted += 1
        elif tag in ("ol", "ul"):
            self._lists.append(_Numbered(attributes) if tag == "ol" else None)
        elif tag == "li" and self._lists and (numbered := self._lists[-1]):
            self._marker = numbered.next(attributes)
        elif tag == "tr":
            self._rows.append(-1)
        elif tag in ("td", "th"):
            self._cells.append(len(self._lines))

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        if tag == "sup":
            self._raised = False
        if tag not in _BLOCKS:
            return
        self._break()
        if tag == "pre":
            self._preformatted -= 1
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        elif tag == "tr":
            self._rows.pop()
        elif tag in ("td", "th"):
            self._close_cell(self._cells.pop())

    def _close_cell(self, start: int) -> None:
        """A cell of one line is put behind the row's cell before it; one of many lines is part of a layout."""
        if not self._rows:
            return
        cells = _cells(self._lines[start:]) if len(self._lines) - start <= LINES else None
        if cells is None:
            self._rows[-1] = -1
            return
        del self._lines[start:]
        if self._rows[-1] == start - 1 >= 0:
            self._lines[-1].extend(cells)
        else:
            self._lines.append(cells)
            self._rows[-1] = start

    def data(self, data: str) -> None:
        if self._hidden:
            return
        if self._raised:
            data = raised(data, "".join(self._pieces[-1:]))
        if not self._preformatted:
            self._pieces.append(data)
            return
        first, *rest = data.splitlines() or [""]
        self._pieces.append(first)
        for line in rest:
            self._break()
            self._pieces.append(line)

    def close(self) -> None:
        self._break()

    def _break(self) -> None:
        line = _squeezed("".join(self._pieces)) if self._pieces else ""
        self._pieces.clear()
        if line:
            # a browser draws a number before the author's own only where the site's style sheet lets it
            self._lines.append([line if OWN_NUMBER.match(line) else self._marker + line])
            self._marker = ""

    def text(self) -> str:
        """All lines; before them the headline that content systems put into the head, where the text lacks it."""
        lines = [line for cells in self._lines if (line := "\t".join(cells).strip())]
        if self._headline and lines and _solid(self._headline) not in _solid("".join(lines)):
            lines.insert(0, self._headline)
        return "\n".join(lines)


class _Numbered:
    """Numbers that a browser draws before the items of an ordered list."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._number = _integer(attributes.get("start", "1"), 1) - 1
        self._format = _list_format(attributes) or "decimal"

    def next(self, attributes: Mapping[str, str]) -> str:
        """The marker of the next item."""
        self._number = _integer(attributes.get("value", ""), self._number + 1)
        style = _list_format(attributes) or self._format
        if style == "none":
            return ""
        return in_format(self._number, style) + ("、" if style == "chineseCounting" else ". ")


def _list_format(attributes: Mapping[str, str]) -> str | None:
    match = _LIST_STYLE.search(attributes.get("style", ""))
    return _LIST_STYLES.get(match.group(1).lower() if match else attributes.get("type", ""))


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else otherwise


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _cells(lines: list[list[str]]) -> list[str] | None:
    """The entries that the lines of a cell bring to its row, None where they are a text of their own."""
    if len(lines) == 1:
        return lines[0]
    if any(len(line) > 1 for line in lines):
        return None
    entry = one_entry([line[0] for line in lines])
    return None if entry is None else [entry]


def _solid(text: str) -> str:
    return "".join(text.split())


def _squeezed(text: str) -> str:
    """Runs of white space as one space, as browsers draw them; a line end beside a Chinese character as nothing."""

    def one(match: re.Match[str]) -> str:
        run = match.group()
        if "\n" not in run and "\r" not in run:
            return " "
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if _WIDE.match(before) or _WIDE.match(after) else " "

    return _SPACES.sub(one, text.strip()) if _SPACES.search(text) else text.strip()
