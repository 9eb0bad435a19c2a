"""Small PDF files, written by hand."""

from __future__ import annotations

from collections.abc import Sequence


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A file of numbered objects, the catalogue first."""
    data = b"%PDF-1.4\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + table
        + b"trailer<</Root 1 0 R/Size %d>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    )


FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def pdf_file(pages: Sequence[str], repeat: int = 1) -> bytes:
    """A page a text, each named several times."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    for text in pages:
        number = len(objects) + 1
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources%s>>"
            % (number + 1, FONT),
            stream(b"BT /F 9 Tf 10 700 Td %s ET" % text.encode()),
        ]
    kids = b" ".join(b"%d 0 R" % number for number in range(3, len(objects) + 1, 2)) + b" "
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages) * repeat, kids * repeat)
    return pdf_of(objects)
