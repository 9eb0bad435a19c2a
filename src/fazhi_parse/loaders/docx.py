"""Word files (.docx) to text: paragraphs and tables in document order."""

from __future__ import annotations

import io
from typing import Any

from ..errors import MissingExtra, UnreadableFile

__all__ = ["load"]


def load(data: bytes) -> str:
    """Text of a Word file, a line per paragraph and per table row.

    Raises:
        MissingExtra: python-docx is not installed.
        UnreadableFile: The bytes are no Word file.
    """
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise MissingExtra("python-docx", "docx", "reading Word files") from error
    try:
        document: Any = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines.extend("  ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
            else:
                lines.append(block.text)
    except Exception as error:  # the package raises whatever its XML and ZIP layers raise
        raise UnreadableFile(f"not a readable Word file: {error}") from error
    return "\n".join(lines)
