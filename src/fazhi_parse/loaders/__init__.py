"""Files to text: plain text in its encodings, HTML, Word, PDF; `read` also parses."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import attrs

from ..errors import Diagnostic, UnreadableFile
from ..report import Parser, Report
from .charsets import decode
from .kinds import kind_of_bytes, kind_of_text

__all__ = ["SUFFIXES", "Loaded", "load", "load_bytes", "load_file", "read", "read_text"]

_BINARY = {".docx": "Word", ".pdf": "PDF"}
SUFFIXES: tuple[str, ...] = (".txt", ".text", ".md", ".html", ".htm", ".shtml", *_BINARY)
"""Endings of the files that `read` knows; others are read as what they are by their content."""


@attrs.frozen
class Loaded:
    """The raw text of a file, and how it was read.

    >>> load_bytes("云岫县法治政府建设情况报告".encode("gbk"))
    Loaded(text='云岫县法治政府建设情况报告', kind='text', encoding='gb18030', found='detected', diagnostics=())
    """

    text: str
    """The raw text, which all offsets of a report lead back to."""
    kind: str
    """`text`, `html`, `docx` or `pdf`, by content."""
    encoding: str | None
    """Python's name of the encoding; None for Word and PDF files, which hold their own."""
    found: str
    """How the encoding was told: `given`, `bom`, `declared`, `utf-8`, `detected`, or the kind where it is none."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was doubtful in the bytes (`load.*`), with offsets into `text`."""


def load_bytes(data: bytes, suffix: str = ".txt", *, encoding: str | None = None) -> Loaded:
    """Read the bytes of a file.

    Args:
        data: The bytes.
        suffix: Ending of the file's name. It decides only where the content leaves it open.
        encoding: Encoding of text and HTML where it is known; told from the bytes where it is not.

    Raises:
        LookupError: The encoding that is given is unknown.
        MissingExtra: The kind needs an extra that is not installed.
        NoText: The file is of a kind that is read, and holds no text.
        UnreadableFile: The bytes cannot be read.

    >>> load_bytes(b"<p>\\xe4\\xb8\\x80\\xe3\\x80\\x81<b>\\xe6\\x88\\x90</b>\\xe6\\x95\\x88</p>", ".txt").kind
    'html'
    """
    suffix = suffix.lower()
    kind = kind_of_bytes(data) if data else None
    if kind == "docx":
        from . import docx

        return Loaded(docx.load(data), kind, None, kind)
    if kind == "pdf":
        from . import pdf

        text, doubts = pdf.load(data)
        return Loaded(text, kind, None, kind, doubts)
    decoded = decode(data, encoding)
    kind = kind_of_text(decoded.text, suffix)
    if kind == "text":
        if suffix in _BINARY and data:
            raise UnreadableFile(
                f"not a readable {_BINARY[suffix]} file but plain text: end its name in .txt"
            )
        return Loaded(decoded.text, kind, decoded.encoding, decoded.found, decoded.diagnostics)
    from . import html

    # the places of doubts in the page are not those in its text
    doubts = tuple(attrs.evolve(d, start=None, end=None) for d in decoded.diagnostics)
    return Loaded(html.load(decoded.text), kind, decoded.encoding, decoded.found, doubts)


def load_file(path: str | PathLike[str], *, encoding: str | None = None) -> Loaded:
    """Read a file: text, HTML (extra `html`), Word (extra `docx`) or PDF (extra `pdf`), told by its content.

    Raises:
        OSError: The file cannot be opened, or (`UnreadableFile`, `NoText`) not be read as text.
        LookupError: The encoding that is given is unknown.
        MissingExtra: Its kind needs an extra that is not installed.
    """
    file = Path(path)
    return load_bytes(file.read_bytes(), file.suffix, encoding=encoding)


def load(data: bytes, suffix: str = ".txt", *, encoding: str | None = None) -> str:
    """Raw text of a file's bytes; `load_bytes` also tells how they were read.

    Raises:
        LookupError: The encoding that is given is unknown.
        MissingExtra: The kind needs an extra that is not installed.
        UnreadableFile: The bytes cannot be read.
    """
    return load_bytes(data, suffix, encoding=encoding).text


def read_text(path: str | PathLike[str], *, encoding: str | None = None) -> str:
    """Raw text of a file; `load_file` also tells how it was read.

    Raises:
        OSError: The file cannot be opened, or (`UnreadableFile`) not be read as text.
        LookupError: The encoding that is given is unknown.
        MissingExtra: Its kind needs an extra that is not installed.
    """
    return load_file(path, encoding=encoding).text


def read(path: str | PathLike[str], *, parser: Parser | None = None, encoding: str | None = None) -> Report:
    """Parse a file; what was doubtful in its bytes stands among the report's diagnostics.

    Args:
        path: The file.
        parser: What to parse it with.
        encoding: Encoding of text and HTML where it is known; told from the bytes where it is not.

    Raises:
        OSError: The file cannot be opened, or (`UnreadableFile`) not be read as text.
        LookupError: The encoding that is given is unknown.
        MissingExtra: Its kind needs an extra that is not installed.
    """
    loaded = load_file(path, encoding=encoding)
    report = (parser or Parser()).parse(loaded.text)
    return attrs.evolve(report, diagnostics=(*loaded.diagnostics, *report.diagnostics))
