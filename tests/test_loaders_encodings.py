"""Encodings are told from the bytes, and what is doubtful is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import fazhi_parse as fp
from encoded import encoded, right
from fazhi_parse.loaders.charsets import decode

TEXT = "一、主要成效\n全年受理行政复议案件46件，审结44件，调解成功率98.5%。\n二、存在的不足\n执法力量不足。\n"
TRADITIONAL = "一、主要成效\n全年受理行政復議案件46件，審結44件，調解成功率98.5%。\n"
REPORTS = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))


def test_reports_in_every_encoding_are_read_right() -> None:
    """99.5 % of pieces of 20 characters and more, whole and cut by a byte; a lost character is never silent."""
    became = Counter[str]()
    for piece in encoded([file.read_text("utf-8") for file in REPORTS], 12):
        try:
            read = decode(piece.data)
        except fp.UnreadableFile:
            became["refused"] += 1
            continue
        became["right" if right(read.text, piece.text, piece.cut) else "wrong"] += 1
        if "\ufffd" in read.text:
            assert {d.code for d in read.diagnostics} & {"load.cut", "load.bad_bytes"}
    assert became["right"] >= 0.995 * became.total(), became


@pytest.mark.parametrize(
    ("data", "text", "encoding", "found"),
    [
        (TEXT.encode(), TEXT, "utf-8", "utf-8"),
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8", "bom"),
        (TEXT.encode("utf-16"), TEXT, "utf-16-le", "bom"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16-be", "bom"),
        (TEXT.encode("utf-32"), TEXT, "utf-32-le", "bom"),
        (TEXT.encode("utf-32-be"), TEXT, "utf-32-be", "detected"),
        (TEXT.encode("gbk"), TEXT, "gb18030", "detected"),
        (b"\x84\x31\x95\x33" + TEXT.encode("gb18030"), TEXT, "gb18030", "bom"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5", "detected"),
        (TRADITIONAL.encode("gbk"), TRADITIONAL, "gb18030", "detected"),
        ("報告～3％".encode("cp950"), "報告～3％", "big5", "detected"),
        (TEXT.encode("hz"), TEXT, "hz", "detected"),
        (TEXT.encode("utf-7"), TEXT, "utf-7", "detected"),
        ("联通".encode("gbk"), "联通", "gb18030", "detected"),
        ("执法人员政".encode("utf-16-le"), "执法人员政", "utf-16-le", "detected"),
        (b"plain ASCII + more ~{", "plain ASCII + more ~{", "utf-8", "utf-8"),
        ("café".encode(), "café", "utf-8", "utf-8"),
        (b"", "", "utf-8", "utf-8"),
    ],
)
def test_an_encoding_is_told(data: bytes, text: str, encoding: str, found: str) -> None:
    """The text, the encoding and how it was found are recorded."""
    loaded = fp.load_bytes(data)
    assert (loaded.text, loaded.encoding, loaded.found, loaded.diagnostics) == (text, encoding, found, ())


@pytest.mark.parametrize(
    ("declared", "real"),
    [("gb2312", "utf-8"), ("utf-8", "gbk"), ("iso-8859-1", "gbk"), ("big5", "gbk"), ("gb2312", "utf-16")],
)
def test_a_wrong_declaration_is_noticed(declared: str, real: str) -> None:
    """The bytes decide, and the contradiction is a diagnostic."""
    pytest.importorskip("lxml")
    page = f'<html><head><meta charset="{declared}"></head><body><p>{TEXT}</p></body></html>'
    loaded = fp.load_bytes(page.encode(real), ".html")
    assert "受理行政复议案件46件" in loaded.text
    if real != "utf-16":  # a byte order mark stands above all declarations
        assert [d.code for d in loaded.diagnostics] == ["load.charset"]


def test_a_declaration_decides_where_the_bytes_do_not() -> None:
    """A page without prose is read as it says."""
    pytest.importorskip("lxml")
    page = "<meta charset=gb2312><p>朱镕基村</p>".encode("gbk")
    loaded = fp.load_bytes(page, ".html")
    assert (loaded.text, loaded.encoding, loaded.found) == ("朱镕基村", "gb18030", "declared")
    latin = "<meta charset=iso-8859-1><p>café</p>".encode("latin-1")
    assert fp.load_bytes(latin, ".html").text == "café"


@pytest.mark.parametrize("label", ["unicode_escape", "rot13", "hex", "idna", "no-such", "utf-16"])
def test_declarations_that_are_no_encoding_of_pages_do_not_count(label: str) -> None:
    """Python knows codecs that no page means."""
    pytest.importorskip("lxml")
    page = f"<meta charset={label}><p>{TEXT}</p>".encode()
    assert fp.load_bytes(page, ".html").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le", "utf-8-sig"])
def test_a_file_cut_inside_a_character_is_read_and_the_cut_told(encoding: str) -> None:
    """All but the broken character is there; its sign stands at the end."""
    loaded = fp.load_bytes(TEXT.rstrip().encode(encoding)[:-1])
    assert loaded.text.startswith(TEXT.rstrip()[:-1]) and loaded.text.endswith("\ufffd")
    assert [(d.code, d.start) for d in loaded.diagnostics] == [("load.cut", len(loaded.text) - 1)]


def test_few_bad_bytes_are_told_and_many_refused(tmp_path: Path) -> None:
    """One bad byte costs no report; its place is among the diagnostics of the report, too."""
    data = TEXT.encode()
    loaded = fp.load_bytes(data[:9] + b"\xff" + data[9:])
    assert loaded.text[3] == "\ufffd"
    assert [(d.code, d.start, d.end) for d in loaded.diagnostics] == [("load.bad_bytes", 3, 4)]
    file = tmp_path / "a.txt"
    file.write_bytes(data[:9] + b"\xff" + data[9:])
    codes = [d.code for d in fp.read(file).diagnostics]
    assert codes[0] == "load.bad_bytes" and "text.unreadable" in codes
    with pytest.raises(fp.UnreadableFile):
        fp.load_bytes(data.replace("，".encode(), b"\xff"))


def test_an_encoding_can_be_given() -> None:
    """What cannot be told can be said; a wrong name is the caller's fault, wrong bytes are the file's."""
    rare = "龘靐齉龗龖".encode("gbk")
    with pytest.raises(fp.UnreadableFile, match="say its encoding"):
        fp.load_bytes(rare)
    loaded = fp.load_bytes(rare, encoding="gbk")
    assert (loaded.text, loaded.found) == ("龘靐齉龗龖", "given")
    assert fp.load_bytes(TEXT.encode("utf-8-sig"), encoding="utf-8").text == TEXT
    for codec in ("idna", "utf-8", "punycode"):
        with pytest.raises(fp.UnreadableFile, match="damaged"):
            fp.load_bytes(rare, encoding=codec)
    with pytest.raises(LookupError):
        fp.load_bytes(rare, encoding="no-such")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode() + b"\0",
        TEXT.encode()[:20] + b"\0\0\0" + TEXT.encode()[20:],
        TEXT.encode("utf-16-le")[1:],
        TEXT.encode() + TEXT.encode("gbk"),
        b"\xe3\x85\xa7\xa3@\x89\x95@\xc5\xc2\xc3\xc4\xc9\xc3" * 9,
        "これは日本語の文章です。行政手続".encode("shift_jis"),
        "행정심판 사건을 접수하였다. 올해 우리 군은 법치행정을 강화하였다.".encode("euc-kr"),
        "受理案件".encode("iso2022_jp"),
        bytes(range(1, 32)) * 9,
        b"\xff\xfe" + bytes(range(256)) * 2,
    ],
    ids=["NUL", "NULs", "shifted", "two", "EBCDIC", "Shift-JIS", "EUC-KR", "ISO 2022", "controls", "random"],
)
def test_what_is_no_chinese_text_is_refused(data: bytes) -> None:
    """Never read as something that it is not."""
    with pytest.raises(fp.UnreadableFile):
        fp.load_bytes(data)
