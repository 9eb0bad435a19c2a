"""Damaged and hostile files of every kind: text or an error of this library, nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import fazhi_parse as fp
from word_files import archive

for _package in ("lxml", "docx", "pypdfium2"):
    pytest.importorskip(_package)

FILES = sorted((Path(__file__).parent / "cases" / "files").iterdir())
_TEXT = "一、主要成效\n全年受理行政复议案件46件。\n"
_OTHERS: dict[str, bytes] = {
    "empty": b"",
    "spaces": b" \r\n" * 9,
    "NULs": b"\0" * 999,
    "one byte": b"\xe4",
    "a byte order mark": b"\xff\xfe",
    "gigantic line": "受理案件46件，".encode() * 50_000,
    "gigantic GBK line": "受理案件46件，".encode("gbk") * 50_000,
    "only line ends": b"\n" * 100_000,
    "ZIP magic": b"PK\x03\x04",
    "ZIP end": b"PK\x05\x06" + b"\0" * 18,
    "ZIP magic and text": b"PK\x03\x04" + _TEXT.encode(),
    "archive of a text": archive({"a.txt": _TEXT}),
    "workbook": archive({"xl/workbook.xml": "<a/>"}),
    "slides": archive({"ppt/presentation.xml": "<a/>"}),
    "OFD": archive({"OFD.xml": "<a/>"}),
    "OpenDocument": archive({"content.xml": "<a/>"}),
    "EPUB": archive({"META-INF/container.xml": "<a/>"}),
    "Word without parts": archive({"word/document.xml": "<a/>"}),
    "Word, XML not closed": archive({"[Content_Types].xml": "<Types>", "word/document.xml": "<w:document>"}),
    "Word, empty parts": archive({"[Content_Types].xml": "", "_rels/.rels": "", "word/document.xml": ""}),
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "locked Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "RTF": b"{\\rtf1\\ansi \\u19968?}",
    "PNG": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    "JPEG": b"\xff\xd8\xff\xe0" + b"\0" * 99,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 99,
    "PDF magic": b"%PDF-1.7",
    "PDF magic and text": b"%PDF-1.7\n" + _TEXT.encode(),
    "PDF of nothing": b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF",
    "PDF that refers to itself": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9999999>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF",
    "Word's XML": b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>',
    "flat Word": b'<?xml version="1.0"?>\n<pkg:package xmlns:pkg="x"/>',
    "web archive": b"From: <Saved by>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
    "page of ends": b"</p></td></table></body></html>" * 99,
    "page of comments": b"<!--" * 9999,
    "page, tag not closed": b"<p style='" + b"x" * 9999,
    "page of entities": b"<p>&#0;&#xD800;&#x110000;&#99999999999;&nosuch;&amp</p>",
    "page of declarations": b"<meta charset=" * 999,
    "surrogates in UTF-7": b"+2AA-+2AA-+2AA-+2AA-+2AA-",
    "random": random.Random(1).randbytes(4000),
    "random ASCII": bytes(random.Random(2).choices(range(32, 127), k=4000)),
}
_CUTS = (0.02, 0.2, 0.5, 0.8, 0.98)


def _text_or_error(data: bytes, suffix: str) -> str:
    """The text of some bytes, or the name of the error; anything else fails the test."""
    try:
        text = fp.load_bytes(data, suffix).text
    except fp.UnreadableFile as error:
        return type(error).__name__
    assert not any("\ud800" <= c <= "\udfff" for c in text)
    fp.clean(text[:10_000])
    return text


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf", ".doc", ""])
@pytest.mark.parametrize("name", _OTHERS)
def test_files_that_are_none(name: str, suffix: str) -> None:
    """Under any ending."""
    _text_or_error(_OTHERS[name], suffix)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_cut_short(file: Path) -> None:
    """At any place; what is left of a page or a text is text."""
    data = file.read_bytes()
    for part in _CUTS:
        _text_or_error(data[: int(len(data) * part)], file.suffix)
    _text_or_error(data[:-1], file.suffix)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_with_changed_bytes(file: Path) -> None:
    """Some bytes changed, a block lost, a block of zeros, halves swapped."""
    data = file.read_bytes()
    for seed in range(6):
        rng = random.Random(seed)
        damaged = bytearray(data)
        for _ in range(4**seed // 16 + 1):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        _text_or_error(bytes(damaged), file.suffix)
    third = len(data) // 3
    _text_or_error(data[:third] + data[2 * third :], file.suffix)
    _text_or_error(data[:third] + bytes(third) + data[2 * third :], file.suffix)
    _text_or_error(data[third:] + data[:third], file.suffix)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf", ".doc", ".wps", ""])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_wrong_ending_costs_nothing(file: Path, suffix: str) -> None:
    """The content tells the kind: the text is the same under any ending."""
    wanted = _text_or_error(file.read_bytes(), file.suffix)
    found = _text_or_error(file.read_bytes(), suffix)
    assert found == wanted or (file.suffix == ".txt" and suffix in (".docx", ".pdf"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("old Word", "save it as .docx"),
        ("locked Word", "locked by a password"),
        ("RTF", "Rich Text Format"),
        ("workbook", "Excel"),
        ("OFD", "save it as .pdf"),
        ("OpenDocument", "save it as .docx"),
        ("archive of a text", "unpack it"),
        ("ZIP magic", "damaged Word file or ZIP archive"),
        ("gzip", "unpack it"),
        ("PNG", "a picture"),
        ("Word's XML", "save it as .docx"),
        ("web archive", "save it as .html"),
        ("PDF magic", "not a readable PDF file"),
        ("random", "not text"),
    ],
)
def test_an_error_says_what_to_do(name: str, message: str) -> None:
    """The kind is named, whatever the ending."""
    with pytest.raises(fp.UnreadableFile, match=message):
        fp.load(_OTHERS[name], ".txt")
