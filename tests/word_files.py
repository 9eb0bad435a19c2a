"""Word files out of XML as Word, WPS and LibreOffice write it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from html import escape

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive whose bytes depend on its parts only."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def word_file(body: str, numbering: str = "", styles: str = "", **others: str | bytes) -> bytes:
    """A Word file with the XML of its body, its lists and its styles."""
    kinds = {"numbering": numbering, "styles": styles}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}{name}+xml"/>'
        for name in kinds
        if kinds[name]
    )
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}{name}" Target="{name}.xml"/>'
        for i, name in enumerate(kinds)
        if kinds[name]
    )
    package = "http://schemas.openxmlformats.org/package/2006/"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package}content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{package}relationships">{links}</Relationships>',
        "word/document.xml": f"{_HEAD}<w:document {_NS}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, content in kinds.items():
        if content:
            parts[f"word/{name}.xml"] = f"{_HEAD}<w:{name} {_NS}>{content}</w:{name}>"
    return archive({**parts, **others})


def run(text: str, properties: str = "") -> str:
    """A run of text as Word writes it."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph; its text is split into runs at figures, as Word does where the font changes."""
    runs = "".join(
        run(piece, '<w:rFonts w:hint="eastAsia"/>')
        for piece in re.split(r"(?<=\D)(?=\d)|(?<=\d)(?=\D)", text)
    )
    return f'<w:p w14:paraId="00000001"><w:pPr>{properties}</w:pPr>{runs}</w:p>'


def in_list(level: int, number: int = 1) -> str:
    """Properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
    )


def definition(levels: str, at: int = 0, more: str = "") -> str:
    """An abstract definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{levels}{more}</w:abstractNum>'


def num(number: int, of: int = 0, overrides: str = "") -> str:
    """A list of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def picture() -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0\x80\x80" * 2)
    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
