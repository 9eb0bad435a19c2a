"""PDF files to text, page by page; hard wraps are left to cleaning."""

from __future__ import annotations

from typing import Any

from ..errors import MissingExtra, UnreadableFile

__all__ = ["load"]


def load(data: bytes) -> str:
    """Text of a PDF file.

    Raises:
        MissingExtra: pypdfium2 is not installed.
        UnreadableFile: The bytes are no PDF file.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra("pypdfium2", "pdf", "reading PDF files") from error
    try:
        document: Any = pypdfium2.PdfDocument(data)
        try:
            pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
        finally:
            document.close()
    except Exception as error:
        raise UnreadableFile(f"not a readable PDF file: {error}") from error
    return "\n".join(page.replace("\r\n", "\n") for page in pages)
