"""HTML pages to text, one block a line, so that headings stay at line starts."""

from __future__ import annotations

from ..errors import MissingExtra, UnreadableFile
from . import decode

__all__ = ["load"]

_BLOCKS = [
    "p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr",
    "section", "article", "header", "footer", "nav", "center", "blockquote", "pre", "title",
]  # fmt: skip
_SILENT = ["script", "style", "noscript", "template", "head", "svg", "iframe", "select", "button", "textarea"]


def load(data: bytes) -> str:
    """Text of an HTML page.

    Raises:
        MissingExtra: beautifulsoup4 is not installed.
        UnreadableFile: The page cannot be parsed.
    """
    try:
        from bs4 import BeautifulSoup
    except ImportError as error:
        raise MissingExtra("beautifulsoup4", "html", "reading HTML") from error
    try:
        soup = BeautifulSoup(decode(data), "html.parser")
        for tag in soup.find_all(_SILENT):
            tag.decompose()
        for tag in soup.find_all(_BLOCKS):
            tag.insert_before("\n")
            tag.insert_after("\n")
        for tag in soup.find_all(["td", "th"]):
            tag.insert_after(" ")
        text = soup.get_text()
    except RecursionError as error:
        raise UnreadableFile("the page nests its elements too deep") from error
    lines = (" ".join(line.split()) if line.strip() else "" for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
