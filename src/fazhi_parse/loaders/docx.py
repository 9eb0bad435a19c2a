"""Word files (.docx) to text: what Word shows, paragraph by paragraph, with the numbers that it draws.

python-docx opens the file; the text is read from its XML, where tracked changes, content controls, text boxes and
list numbers are. Headers, footers, notes and tables of contents are left out: no text of the report stands in them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ..errors import NoText, UnreadableFile
from ..extras import extra_module
from .cells import joined
from .raised import raised
from .styles import ListNumbers, Styles, is_raised, local, w

__all__ = ["load"]

_MOST_XML, _MOST_BYTES, _MOST_MEMBERS = 64 << 20, 512 << 20, 10_000
"""Sizes when unpacked; the XML of a report of 15,000 characters takes half a megabyte."""
_BEFORE_XML, _EBCDIC = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n", b"\x4c"
"""Marks of byte order and white space; the bracket < in IBM's encodings, which XML parsers know as well."""
_DESCEND = frozenset(
    (
        "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "r",
        "drawing", "inline", "anchor", "graphic", "graphicData", "wsp", "wgp", "grpSp", "wpc", "txbx", "pict", "shape",
        "rect", "roundrect", "group", "textbox", "object", "ruby", "rubyBase",
    )
)  # fmt: skip
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def load(data: bytes) -> str:
    """Text of a Word file: a line per paragraph and per table row, cells parted by tabs.

    Raises:
        MissingExtra: python-docx is not installed.
        NoText: The document holds no text (only pictures, say).
        UnreadableFile: The bytes are no Word file, a damaged one, or one that grows beyond measure when unpacked.
    """
    docx = extra_module("docx", "docx", "reading Word files", package="python-docx")
    _check_size(data)
    try:
        part: Any = docx.Document(io.BytesIO(data)).part
        styles = Styles(_related(part, "/styles"))
        reader = _Reader(styles, ListNumbers(_related(part, "/numbering"), styles))
        lines = list(reader.lines(part.element.body))
    except Exception as error:  # the package raises whatever its XML and ZIP layers raise
        raise UnreadableFile(f"not a readable Word file: {error}") from error
    text = "\n".join(lines)
    if not text.strip():
        raise NoText("the Word file holds no text")
    return text


def _check_size(data: bytes) -> None:
    """Refuse archives that grow beyond measure, by the sizes that they state: no more than those is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            whole = size <= _MOST_BYTES and len(members) <= _MOST_MEMBERS
            if whole and size > _MOST_XML:
                whole = sum(m.file_size for m in members if _may_be_xml(archive, m)) <= _MOST_XML
    except Exception as error:
        raise UnreadableFile(f"not a readable Word file: {error}") from error
    if not whole:
        raise UnreadableFile("a Word file that is too large when unpacked (a ZIP bomb?)")


def _may_be_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a member begins as XML does, whatever it is called: the package says by its type which ones are parsed."""
    with archive.open(member) as file:
        return file.read(64).lstrip(_BEFORE_XML)[:1] in (b"", b"<", _EBCDIC)


def _related(part: Any, kind: str) -> Any:
    """Root element of the part that the document refers to by a kind of relationship, or None."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            return getattr(relation.target_part, "element", None)
    return None


class _Reader:
    """Walks a document in its order; the list numbers count along."""

    def __init__(self, styles: Styles, numbers: ListNumbers) -> None:
        self._styles = styles
        self._numbers = numbers
        self._before = ""  # the last piece of text
        self._carried = ""  # text of paragraphs whose end is deleted

    def lines(self, container: Any) -> Iterator[str]:
        """Lines of the blocks in a body, a cell or a text box."""
        for block in container:
            name = local(block)
            if name == "p":
                yield from self._paragraph(block)
            elif name == "tbl":
                for row in _inside(block, "tr"):
                    if row.find(f"{w('trPr')}/{w('del')}") is None:
                        yield from joined([list(self._cell(cell)) for cell in _inside(row, "tc")])
            elif name == "sdt" and _is_contents(block):
                continue
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
                yield from self.lines(block)
            elif name == "AlternateContent" and len(block):
                yield from self.lines(block[0])

    def _cell(self, cell: Any) -> Iterator[str]:
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is None or merge.get(w("val")) == "restart":  # else part of the cell above
            yield from (line for line in self.lines(cell) if line.strip())

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        properties = paragraph.find(w("pPr"))
        style = self._styles.of_paragraph(properties)
        if self._styles.name(style).lower().startswith(("toc ", "目录")):
            return
        boxes: list[Any] = []
        text = self._carried + "".join(self._pieces(paragraph, boxes))
        mark = None if properties is None else properties.find(w("rPr"))
        if mark is not None and mark.find(w("del")) is not None:
            self._carried = text
        else:
            self._carried = ""
            number = self._numbers.next(properties, style)
            yield from (number + text if text.strip() else text).split("\n")
        for box in boxes:
            yield from self.lines(box)

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        """Text inside a paragraph; the contents of its text boxes are put aside."""
        for child in element:
            name = local(child)
            if name == "t":
                self._before = child.text or ""
                yield self._before
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent" and len(child):  # the same for newer and older programs: once
                yield from self._pieces(child[0], boxes)
            elif name == "r" and self._styles.is_hidden(child.find(w("rPr"))):
                continue
            elif name == "r" and is_raised(child.find(w("rPr"))):
                before, self._before = self._before, ""
                yield raised("".join(self._pieces(child, boxes)), before)
            elif name in _DESCEND or _MATH in str(child.tag):
                if name == "den":  # the lower part of a fraction: ½ must not become 12
                    yield "/"
                yield from self._pieces(child, boxes)


def _inside(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls."""
    for child in element:
        tag = local(child)
        if tag == name:
            yield child
        elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


def _is_contents(control: Any) -> bool:
    """Whether a content control is a table of contents."""
    gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(w("val")) == "Table of Contents"
