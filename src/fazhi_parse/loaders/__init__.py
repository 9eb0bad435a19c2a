"""Files to text: plain text in its encodings, HTML, Word, PDF; `read` also parses."""

from __future__ import annotations

import codecs
import importlib
import re
from collections.abc import Callable
from os import PathLike
from pathlib import Path

from ..errors import UnreadableFile
from ..report import Parser, Report

__all__ = ["SUFFIXES", "decode", "load", "read", "read_text"]

_MODULES = {".html": "html", ".htm": "html", ".shtml": "html", ".docx": "docx", ".pdf": "pdf"}
SUFFIXES: tuple[str, ...] = (".txt", ".text", ".md", *_MODULES)
"""Endings of the files that `read` knows; others are read as plain text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Bytes to text: byte order mark, declared charset, strict UTF-8, then GB 18030.

    Raises:
        UnreadableFile: The bytes are text in none of these.

    >>> decode("云岫县".encode("gbk"))
    '云岫县'
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(f"not text but {kind}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    tries = ["utf-8"]
    if declared := _DECLARED.search(data[:2048]):
        name = declared.group(1).decode("ascii").lower()
        # pages that say gb2312 use the characters of its successors
        tries.insert(0, "gb18030" if name in ("gb2312", "gbk", "gb18030", "x-gbk") else name)
    for encoding in [*tries, "gb18030"]:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("not text in UTF-8, UTF-16 (with a byte order mark) or GB 18030")


_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or WPS file: save it as .docx"),
    (b"PK\x03\x04", "a ZIP container (a Word file without the ending .docx? a workbook?)"),
    (b"%PDF", "a PDF file without the ending .pdf"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"damaged {encoding} text: {error.reason} at byte {error.start}") from error


def load(data: bytes, suffix: str = ".txt") -> str:
    """Bytes of a file of the given kind to raw text.

    Raises:
        MissingExtra: The kind needs an extra that is not installed.
        UnreadableFile: The bytes cannot be read as that kind.
    """
    module = _MODULES.get(suffix.lower())
    if module is None:
        return decode(data)
    loader: Callable[[bytes], str] = importlib.import_module(f".{module}", __name__).load
    return loader(data)


def read_text(path: str | PathLike[str]) -> str:
    """Raw text of a file: txt, html, docx or pdf, told by its ending.

    Raises:
        OSError: The file cannot be opened, or (`UnreadableFile`) not be read as text.
        MissingExtra: Its kind needs an extra that is not installed.
    """
    file = Path(path)
    return load(file.read_bytes(), file.suffix)


def read(path: str | PathLike[str], *, parser: Parser | None = None) -> Report:
    """Parse a file: txt, html (extra `html`), docx (extra `docx`) or pdf (extra `pdf`).

    Raises:
        OSError: The file cannot be opened, or (`UnreadableFile`) not be read as text.
        MissingExtra: Its kind needs an extra that is not installed.
    """
    return (parser or Parser()).parse(read_text(path))
