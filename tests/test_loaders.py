"""Files of all kinds to text; what cannot be read is an error that says so."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

import fazhi_parse as fp
from support import CASES

TEXT = "一、主要成效\n受理行政复议案件6件。"
FILES = CASES / "files"
REPORT = (FILES / "report.txt").read_text("utf-8")
_PACKAGES = {".html": "lxml", ".htm": "lxml", ".docx": "docx", ".pdf": "pypdfium2"}


def _file(name: str) -> Path:
    if package := _PACKAGES.get(Path(name).suffix):
        pytest.importorskip(package)
    return FILES / name


def _values(report: fp.Report) -> list[tuple[str, str]]:
    return [(o.indicator, str(o.value)) for o in report.observations]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_plain_text_in_its_encodings(tmp_path: Path, encoding: str) -> None:
    """The usual encodings are told apart."""
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert fp.read_text(file) == TEXT
    assert fp.read(file).observations[0].indicator == "reconsideration.accepted"


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "found"),
    [
        ("report.txt", "text", "utf-8", "utf-8"),
        ("trs.html", "html", "utf-8", "declared"),
        ("dahan_gb2312.htm", "html", "gb18030", "declared"),
        ("word_page.htm", "html", "gb18030", "declared"),
        ("word_numbered.docx", "docx", None, "docx"),
        ("word_styled.docx", "docx", None, "docx"),
        ("libreoffice.docx", "docx", None, "docx"),
    ],
)
def test_a_report_is_the_same_from_every_program(
    name: str, kind: str, encoding: str | None, found: str
) -> None:
    """Every line stands alone and in order, the table's rows too; values and headings are those of the text."""
    loaded = fp.load_file(_file(name))
    assert (loaded.kind, loaded.encoding, loaded.found, loaded.diagnostics) == (kind, encoding, found, ())
    lines = iter(fp.clean(loaded.text).text.split("\n"))
    assert all(line in lines for line in REPORT.rstrip().split("\n"))
    report, wanted = fp.read(FILES / name), fp.parse(REPORT)
    assert _values(report) == _values(wanted)
    assert [(s.marker, s.title) for s in report.walk()] == [(s.marker, s.title) for s in wanted.walk()]
    assert report.metadata.title == wanted.metadata.title


@pytest.mark.parametrize("name", ["word.pdf", "embedded.pdf"])
def test_a_printed_report_is_joined_again(name: str) -> None:
    """Lines that end anywhere, a page number in the middle of a paragraph: cleaning joins what printing broke."""
    report = fp.read(_file(name))
    wanted = fp.parse(
        "\n".join(line for line in REPORT.split("\n") if "\t" not in line)
    )  # printed without the table
    assert _values(report) == _values(wanted)
    assert [(s.marker, s.title) for s in report.walk()] == [(s.marker, s.title) for s in wanted.walk()]
    assert (
        "加强行政复议。全年受理行政复议案件46件，审结44件，纠错5件。"
        in fp.clean(fp.read_text(FILES / name)).text
    )


def test_columns_of_figures_stay_apart() -> None:
    """A gap between two cells is no thousands separator; a space inside a number is one."""
    text = fp.read_text(_file("table.pdf"))
    assert text.split("\n") == ["受理案件 31\t346件", "审结案件 1 030\t1 044件"]
    assert fp.find_quantities(text)[0].text == "346件"


def test_numbers_that_a_browser_draws() -> None:
    """An ordered list is numbered, and a byte order mark no text."""
    lines = fp.read_text(_file("browser_numbers.html")).split("\n")
    assert [line[:4] for line in lines[1:]] == ["1. 加", "2. 做"]


@pytest.mark.parametrize("name", ["scanned.pdf", "pictures_only.docx"])
def test_no_text_is_an_error_of_its_own(name: str) -> None:
    """Pictures of text are neither an empty success nor a damaged file."""
    with pytest.raises(fp.NoText, match="no text"):
        fp.read(_file(name))
    assert issubclass(fp.NoText, fp.UnreadableFile)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_an_empty_file_is_empty_text(suffix: str) -> None:
    """It is no scan; the report says `text.empty`."""
    loaded = fp.load_bytes(b"", suffix)
    assert (loaded.text, loaded.kind) == ("", "text")
    assert [d.code for d in fp.parse(loaded.text).diagnostics] == ["text.empty"]


def test_a_locked_pdf_says_so() -> None:
    """It is not damaged."""
    with pytest.raises(fp.UnreadableFile, match="locked by a password"):
        fp.read(_file("locked.pdf"))


def test_scanned_pages_among_others_are_told() -> None:
    """What stands on them is missing, and a diagnostic says which they are."""
    pdfium = pytest.importorskip("pypdfium2")
    import io

    both, data = pdfium.PdfDocument.new(), io.BytesIO()
    for name in ("word.pdf", "scanned.pdf"):
        source = pdfium.PdfDocument(FILES / name)
        both.import_pages(source)
        source.close()
    both.save(data)
    both.close()
    loaded = fp.load_bytes(data.getvalue(), ".pdf")
    assert "云岫县人民政府" in loaded.text
    assert [(d.code, d.message[-3:]) for d in loaded.diagnostics] == [("load.scanned_pages", "3、4")]


@pytest.mark.parametrize(("suffix", "kind"), [(".docx", "Word"), (".pdf", "PDF")])
def test_a_wrong_file_is_an_error_that_names_the_kind(suffix: str, kind: str) -> None:
    """A text file with another ending is no Word or PDF file."""
    with pytest.raises(fp.UnreadableFile, match=f"not a readable {kind} file"):
        fp.load(b"plain text", suffix)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [("trs.html", "lxml", "html"), ("libreoffice.docx", "docx", "docx"), ("word.pdf", "pypdfium2", "pdf")],
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    """Who lacks a package is told what to install."""
    for module in [name for name in sys.modules if name.partition(".")[0] == package] or [package]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(fp.MissingExtra, match=rf"extra '{extra}'\): pip install"):
        fp.read(FILES / name)


def test_an_encoding_that_is_known_can_be_given(tmp_path: Path) -> None:
    """To whatever reads a file: rare names alone do not tell it."""
    file = tmp_path / "a.txt"
    file.write_bytes("龘靐齉".encode("gbk"))
    with pytest.raises(fp.UnreadableFile, match="say its encoding"):
        fp.read_text(file)
    assert fp.read(file, encoding="gbk").raw == fp.read_text(file, encoding="gbk") == "龘靐齉"
    assert fp.load(file.read_bytes(), encoding="gbk") == "龘靐齉"


def test_what_is_loaded_and_its_errors_travel_between_processes() -> None:
    """Pools send both."""
    loaded = fp.load_bytes(TEXT.encode())
    assert pickle.loads(pickle.dumps(loaded)) == loaded
    error = pickle.loads(pickle.dumps(fp.NoText("no text")))
    assert isinstance(error, fp.NoText) and str(error) == "no text"
