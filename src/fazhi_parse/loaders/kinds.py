"""What kind of file bytes are: told by their content, for endings often lie."""

from __future__ import annotations

import io
import re
import zipfile

from ..errors import UnreadableFile

__all__ = ["kind_of_bytes", "kind_of_text"]

_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or WPS file: save it as .docx"),
    (b"{\\rtf", "a file in Rich Text Format: save it as .docx"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "compressed by gzip: unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MEMBERS = (
    ("word/", "docx"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint file"),
    ("OFD.xml", "an OFD document: save it as .pdf"),
    ("content.xml", "an OpenDocument file: save it as .docx"),
    ("META-INF/container.xml", "an EPUB book"),
)
# atomic and possessive: what is passed over is never tried again, so that megabytes of comments leave nothing to remember
_BEFORE = r"\s*+(?:(?><\?xml[^<>]*>|<!--(?s:.*?)-->)\s*+)*+"
_PAGE = re.compile(
    _BEFORE + r"<(?:!doctype\s+html|(?:html|head|body|meta|title|script|style)\b)", re.IGNORECASE
)
_PIECE = re.compile(
    _BEFORE + r"<(?:div|p|table|tr|td|section|article|center|ul|ol|li|h[1-6]|font|span|br|pre)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCK = re.compile(r"<(?:p|div|br|tr|li|h[1-6])\b", re.IGNORECASE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_LINE = re.compile(r"^.*\S", re.MULTILINE)
_OTHER_TEXT = (
    (re.compile(r"\s*<\?xml[^<>]*>\s*<\?mso-application"), "a file in Word's XML of 2003: save it as .docx"),
    (re.compile(r"\s*<\?xml[^<>]*>\s*<pkg:package"), "a Word file in flat XML: save it as .docx"),
    (
        re.compile(r"(?:[\w-]+:[^\n]*\n){0,12}MIME-Version:", re.IGNORECASE),
        "a web archive (.mht): save it as .html",
    ),
)


def kind_of_bytes(data: bytes) -> str | None:
    """`docx` or `pdf` where the bytes are one, None where they may be text.

    Raises:
        UnreadableFile: The bytes are of a kind that is not read; the message names it.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            if _ENCRYPTED in data:
                kind = "a Word file that is locked by a password"
            raise UnreadableFile(f"not text but {kind}")
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(data)
    return None


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception as error:  # zipfile raises more than BadZipFile on damaged directories
        raise UnreadableFile(f"a damaged Word file or ZIP archive: {error}") from error
    for start, kind in _MEMBERS:
        if any(name.startswith(start) for name in names):
            if kind == "docx":
                return kind
            raise UnreadableFile(f"not text but {kind}")
    raise UnreadableFile("not text but a ZIP archive: unpack it")


def kind_of_text(text: str, suffix: str) -> str:
    """`html` or `text`, by how the text begins and, where that is open, by the ending.

    Raises:
        UnreadableFile: The text is that of a file format that is not read.

    >>> kind_of_text("<div>一、主要成效</div>", ".txt"), kind_of_text("一、主要成效", ".html")
    ('html', 'text')
    """
    for sign, kind in _OTHER_TEXT:
        if sign.match(text):
            raise UnreadableFile(f"not text but {kind}")
    if _PAGE.match(text):
        return "html"
    marked = _TAG.search(text) if suffix in (".html", ".htm", ".shtml") else _PIECE.match(text)
    return "html" if marked and _is_marked_up(text) else "text"


def _is_marked_up(text: str) -> bool:
    """Whether tags say where lines end; else a text holds a few of them, and its own line ends count."""
    if _PRE.search(text):
        return True
    lines = sum(1 for _ in _LINE.finditer(text))
    return 2 * sum(1 for _ in _BLOCK.finditer(text)) >= lines - 1
