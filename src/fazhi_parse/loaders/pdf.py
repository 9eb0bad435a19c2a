"""PDF files to text, page by page; hard wraps, page numbers and running headers are left to cleaning."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ..errors import Diagnostic, NoText, UnreadableFile
from ..extras import extra_module

__all__ = ["load"]

_ODD = frozenset(("Cc", "Cn", "Co", "Cs"))
_BETWEEN_FIGURES = re.compile(r"(?<=\d) (?=\d)")
_WIDE_GAP = 0.9
"""Gap between two columns at least, in heights of a character; a space takes half of one at most."""
_FEW = 16
"""Characters fewer than which, beside a picture, are a page number or a stamp."""
_MOST_TEXT = 20_000_000
"""Characters; a page that is named a million times makes gigabytes of a small file."""
_LINE_ENDS = str.maketrans({"\ufffe": None, "\x02": None, "\r": None, "\0": None})
"""What the library writes for a hyphen at a line end, and the half of its line ends that Python does not use."""


def load(data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text of a PDF file, and which pages are pictures only.

    Raises:
        MissingExtra: pypdfium2 is not installed.
        NoText: The file holds no text (scanned pages), or its fonts do not say which characters they draw.
        UnreadableFile: The bytes are no PDF file, a damaged one, one that is locked by a password, or one whose text
            grows beyond measure.
    """
    pypdfium2 = extra_module("pypdfium2", "pdf", "reading PDF files")
    try:
        document: Any = pypdfium2.PdfDocument(data)
        try:
            pages = _pages(document, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
        finally:
            document.close()
    except UnreadableFile:
        raise
    except Exception as error:
        if "password" in str(error).lower():
            raise UnreadableFile("a PDF file that is locked by a password") from error
        raise UnreadableFile(f"not a readable PDF file: {error}") from error
    text = "\n".join(text for text, _ in pages)
    scanned = [number for number, (_, is_picture) in enumerate(pages, 1) if is_picture]
    if not text.strip() or len(scanned) == len(pages):
        raise NoText(f"the PDF file holds no text on {len(pages)} pages{' (scanned?)' if scanned else ''}")
    if _is_odd(text):
        raise NoText("the fonts of the PDF file do not say which characters they draw")
    return text, _doubts(scanned)


def _pages(document: Any, image: int) -> list[tuple[str, bool]]:
    pages: list[tuple[str, bool]] = []
    size = 0
    for number in range(len(document)):
        pages.append(_page(document[number], image))
        size += len(pages[-1][0])
        if size > _MOST_TEXT:
            raise UnreadableFile("a PDF file whose text is too large")
    return pages


def _page(page: Any, image: int) -> tuple[str, bool]:
    """Text of a page, and whether it is a picture, with a page number at most."""
    textpage = page.get_textpage()
    try:
        text = _with_columns(textpage, textpage.get_text_bounded()).translate(_LINE_ENDS)
        return text, len("".join(text.split())) < _FEW and any(True for _ in page.get_objects(filter=[image]))
    finally:
        textpage.close()
        page.close()


def _with_columns(textpage: Any, text: str) -> str:
    """Tabs for the spaces that the library writes for the gaps of a table: 31 and 346 in two cells are no 31 346."""
    gaps = [match.start() for match in _BETWEEN_FIGURES.finditer(text)]
    if not gaps or len(text) != textpage.count_chars() or text != textpage.get_text_range():
        return text  # where places in the text are not those on the page, nothing can be measured
    signs = list(text)
    for gap in gaps:
        _, bottom, right, top = textpage.get_charbox(gap - 1, loose=True)
        left = textpage.get_charbox(gap + 1, loose=True)[0]
        if left - right > _WIDE_GAP * (top - bottom):
            signs[gap] = "\t"
    return "".join(signs)


def _is_odd(text: str) -> bool:
    """Whether most characters are private or lost ones."""
    signs = [c for c in text if not c.isspace()]
    return 2 * sum(c == "\ufffd" or unicodedata.category(c) in _ODD for c in signs) > len(signs)


def _doubts(scanned: list[int]) -> tuple[Diagnostic, ...]:
    if not scanned:
        return ()
    places = "、".join(map(str, scanned))
    return (Diagnostic("load.scanned_pages", f"pages that are pictures and were not read: {places}"),)
