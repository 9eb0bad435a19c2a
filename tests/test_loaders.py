"""Files of all kinds to text; what cannot be read is an error that says so."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import fazhi_parse as fp

TEXT = "一、主要成效\n受理行政复议案件6件。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_plain_text_in_its_encodings(tmp_path: Path, encoding: str) -> None:
    """The usual encodings are told apart."""
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert fp.read_text(file) == TEXT
    assert fp.read(file).observations[0].indicator == "reconsideration.accepted"


def test_a_page_that_says_gb2312_may_use_gbk() -> None:
    """The declared charset counts, and its successors' characters are read."""
    page = '<html><head><meta charset="gb2312"></head><body><p>朱镕基村</p></body></html>'.encode("gbk")
    assert "朱镕基村" in fp.load(page, ".txt")


def test_bytes_that_are_no_text_are_refused() -> None:
    """Random bytes never pass silently."""
    with pytest.raises(fp.UnreadableFile, match="not text"):
        fp.load(b"\x00\xff\xfe\x01" * 30)


def test_damaged_utf16_is_refused() -> None:
    """A byte order mark is a promise."""
    with pytest.raises(fp.UnreadableFile, match="damaged utf-16"):
        fp.load(b"\xff\xfea")


def test_html_keeps_headings_at_line_starts() -> None:
    """Blocks become lines, inline elements do not; scripts and styles are gone."""
    pytest.importorskip("bs4")
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><div><p>一、主要<b>成效</b></p><p>受理案件<span>12</span>35件，"
        "增<font>长</font>3%。</p></div><script>alert('一、假标题')</script></body></html>"
    )
    assert fp.load(page.encode(), ".html") == "一、主要成效\n受理案件1235件，增长3%。"


def test_docx_paragraphs_and_tables() -> None:
    """Paragraphs and table rows come in document order."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("一、主要成效")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "行政复议", "6件"
    document.add_paragraph("特此报告。")
    data = io.BytesIO()
    document.save(data)
    assert fp.load(data.getvalue(), ".docx") == "一、主要成效\n行政复议  6件\n特此报告。"


@pytest.mark.parametrize(("suffix", "package"), [(".docx", "docx"), (".pdf", "pypdfium2")])
def test_a_wrong_file_is_an_error_that_names_the_kind(suffix: str, package: str) -> None:
    """A text file with another ending is no Word or PDF file."""
    pytest.importorskip(package)
    with pytest.raises(fp.UnreadableFile, match="not a readable"):
        fp.load(b"plain text", suffix)


@pytest.mark.parametrize(
    ("suffix", "package", "extra"),
    [(".html", "bs4", "html"), (".docx", "docx", "docx"), (".pdf", "pypdfium2", "pdf")],
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, suffix: str, package: str, extra: str
) -> None:
    """Who lacks a package is told what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(fp.MissingExtra, match=rf"extra '{extra}'\): pip install"):
        fp.load(b"<p>x</p>", suffix)
