"""Inputs that mean harm, each in a process of its own:  python bench/hostile.py [NAME …]

Prints what each took and what became of it. Exit code 1 where one ends otherwise than is said here, takes more than
its time or its memory. Those that only a worker can survive run in one, with a limit of time and of memory.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
from common import sample_text, table

import fazhi_parse as fp

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from pdf_files import FONT, pdf_file, pdf_of, stream
from word_files import archive, paragraph, word_file

MILLION = 1_000_000
SECONDS, MEGABYTES = 360, 3_000
"""What an input may take; the slowest take a quarter of that time on a busy core of 2026, and the largest most of the memory."""
LIMITED_SECONDS, LIMITED_BYTES = 5, 3 << 30
"""What a worker is given for an input that would take all there is."""


def repeated(piece: str, characters: int = MILLION) -> bytes:
    """A text of one piece again and again."""
    return (piece * (characters // len(piece) + 1))[:characters].encode()


def entities(kind: str, body: str) -> bytes:
    """Ten entities, each of ten of the one before: a billion words where they are expanded."""
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE {kind} [<!ENTITY e0 '受理案件6件'>{levels}]>{body}".encode()


def word_of_entities() -> bytes:
    with zipfile.ZipFile(io.BytesIO(word_file("<w:p><w:r><w:t>文&e9;</w:t></w:r></w:p>"))) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    head, _, body = bytes(parts["word/document.xml"]).partition(b"?>\n")  # type: ignore[arg-type]
    parts["word/document.xml"] = head + b"?>\n" + entities("w:document", body.decode())
    return archive(parts)


def zipped(name: str, megabytes: int) -> bytes:
    """A Word file with a member that is large when unpacked."""
    return word_file(paragraph("文"), **{name: b"<a>" + b" " * (megabytes << 20)})


def forms(depth: int, width: int) -> bytes:
    """A PDF page of a form that draws a form ten times, and so on."""
    names = b"/Resources<</XObject<</X %d 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + names % 5 + b">>",
        stream(b"/X Do"),
    ]
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    objects += [stream(b"/X Do " * width, form + names % (6 + level)) for level in range(depth)]
    return pdf_of([*objects, stream(b"BT /F 9 Tf (6) Tj ET", form + b"/Resources" + FONT)])


def packed_page(megabytes: int) -> bytes:
    """A PDF page whose drawing is large when unpacked."""
    drawing = zlib.compress(b"BT /F 9 Tf 10 700 Td " + b"(6) Tj 0 -10 Td " * (megabytes << 16) + b"ET", 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources%s>>" % FONT
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page,
            stream(drawing, b"/Filter/FlateDecode"),
        ]
    )


@attrs.frozen
class Input:
    """The bytes of a file, its ending, and what is to become of it."""

    make: Callable[[], bytes]
    suffix: str = ".txt"
    status: str = "ok"
    limited: bool = False


INPUTS = {
    "text, 10 MB of reports": Input(lambda: sample_text(10 * MILLION // 3).encode()),
    "text, 10 MB in one line": Input(
        lambda: repeated("受理行政复议案件6件，办结率达100%，", 10 * MILLION // 3)
    ),
    "text, 10 MB of one sign": Input(lambda: b"1" * 10 * MILLION),
    "text, 10 MB of white space": Input(lambda: b" \n" * 5 * MILLION, status="empty"),
    "text, brackets that open": Input(lambda: repeated("（")),
    "text, brackets that close": Input(lambda: repeated(")")),
    "text, brackets around one": Input(lambda: ("（" * MILLION + "1件" + "）" * MILLION).encode()),
    "text, quotes that open": Input(lambda: repeated("“《")),
    "text, Chinese numerals": Input(lambda: repeated("三百二十一万", MILLION)),
    "text, numerals of one sign": Input(lambda: repeated("零一")),
    "text, digits with separators": Input(lambda: repeated("1,")),
    "text, quantities": Input(lambda: repeated("3件")),
    "text, ranges": Input(lambda: repeated("由3件至")),
    "text, headings": Input(lambda: repeated("一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n一是己；二是庚。\n")),
    "text, headings of one number": Input(lambda: repeated("一、甲\n")),
    "text, wrong characters": Input(lambda: repeated("Ã©")),
    "text, tags": Input(lambda: repeated("<p>件")),
    "page, 10 MB of a report": Input(
        lambda: repeated("<p>一、成效</p><p>受理案件6件。</p>", 4 * MILLION), ".html"
    ),
    "page, entities of entities": Input(lambda: entities("html", "<p>文&e9;"), ".html"),
    "page, elements in elements": Input(lambda: b"<div>" * MILLION + "文".encode(), ".html"),
    "page, comment of 10 MB": Input(lambda: b"<!--" + b"-" * 10 * MILLION, ".html", "no_text"),
    "page, comments": Input(lambda: b"<!---->" * MILLION + "<p>文".encode(), ".html"),
    "page, attributes": Input(
        lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(MILLION)) + b">6", ".html"
    ),
    "page, cells": Input(lambda: b"<table><tr>" + b"<td>1" * MILLION, ".html"),
    "page, items": Input(lambda: b"<ol type=i start=3888>" + b"<li>x" * (MILLION // 4), ".html"),
    "Word, entities of entities": Input(word_of_entities, ".docx", "error"),
    "Word, 600 MB in 600 kB": Input(lambda: zipped("word/document2.xml", 600), ".docx", "error"),
    "Word, 100 MB of XML by another name": Input(lambda: zipped("word/media.png", 100), ".docx", "error"),
    "Word, paragraphs": Input(lambda: word_file(paragraph("6件") * (MILLION // 8)), ".docx"),
    "Word, empty paragraphs": Input(lambda: word_file("<w:p/>" * 9 * MILLION + paragraph("6件")), ".docx"),
    "PDF, a page 20,000 times": Input(lambda: pdf_file(["(123456789) Tj"], repeat=20_000), ".pdf"),
    "PDF, brackets": Input(lambda: b"%PDF-1.4\n1 0 obj" + b"[<</A" * MILLION, ".pdf", "error"),
    "PDF, forms of forms (in a worker)": Input(lambda: forms(9, 10), ".pdf", "error timeout", limited=True),
    "PDF, page of 500 MB (in a worker)": Input(
        lambda: packed_page(500), ".pdf", "error timeout", limited=True
    ),
}


def peak() -> int:
    """Most memory that this process and its workers took so far, in megabytes."""
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        >> 10
    )


def one(name: str) -> None:
    """Parse one input and print what became of it."""
    entry = INPUTS[name]
    data, small = entry.make(), "一、成效\n受理案件6件。".encode()
    list(
        fp.parse_many({f"a{entry.suffix}": small, "a.txt": small})
    )  # reads tables, imports what the kind needs
    before = peak()
    if entry.limited:
        resource.setrlimit(resource.RLIMIT_AS, (LIMITED_BYTES, LIMITED_BYTES))
    begin = time.perf_counter()
    inputs = {f"x{entry.suffix}": data, "y.txt": small} if entry.limited else {f"x{entry.suffix}": data}
    timeout, workers = (LIMITED_SECONDS, 2) if entry.limited else (None, 1)
    result, *others = fp.parse_many(inputs, timeout=timeout, workers=workers)
    report = result.report
    if report is not None and len(data) <= MILLION:
        report.to_html()
        with tempfile.TemporaryDirectory() as folder:
            fp.export([result], Path(folder, "values.csv"))
    fine = result.status in entry.status.split() and all(other.status == "ok" for other in others)
    print(
        json.dumps(
            {
                "size": len(data),
                "seconds": time.perf_counter() - begin,
                "memory": peak() - before,
                "status": result.status,
                "fine": fine,
                "told": result.error or f"{len(report.quantities)} figures" if report or result.error else "",
            }
        )
    )


def main() -> int:
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2])
        return 0
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(row_of, sys.argv[1:] or INPUTS))
    print(table(("input", "bytes", "seconds", "MB", "status", ""), [row for row, _ in rows]))
    return int(any(fault for _, fault in rows))


def row_of(name: str) -> tuple[tuple[str, ...], str]:
    """The row of an input, and what is wrong with it."""
    command = [sys.executable, __file__, "one", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return (name, "", "", "", "", f"FAILED: {error}"), "failed"
    found = json.loads(done.stdout)
    fault = "" if found["fine"] else "OTHER STATUS"
    if found["memory"] > MEGABYTES and not INPUTS[name].limited:
        fault = "TOO MUCH MEMORY"
    cells = (f"{found['size']:,}", f"{found['seconds']:.1f}", f"{found['memory']:,}", found["status"])
    return (name, *cells, fault or found["told"][:60]), fault


if __name__ == "__main__":
    sys.exit(main())
