"""HTML: this library's walk beside extractors that are installed:  python bench/pages.py

Three measures: cases of tests/cases/html.toml whose lines are right (spaces within a line are not compared); of the
report's lines, headings and values in the pages of tests/cases/files, those that are found; megabytes a second.
The cases were written with this library's aims in mind, so the pages are the fairer measure.
"""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from common import medians, table

import fazhi_parse as fp
from fazhi_parse.loaders import html
from fazhi_parse.loaders.charsets import decode

CASES = Path(__file__).parents[1] / "tests" / "cases"
_BIG = (
    '<div class="x"><p style="text-indent:2em"><span>一、主要</span><b>成效</b>受理案件<span>12</span>35件，增长3%。</p></div>\n'
    * 4000
)


def extractors() -> dict[str, Callable[[str], str]]:
    """What is installed, by name."""
    found: dict[str, Callable[[str], str]] = {"fazhi_parse": html.load}
    try:
        extract = importlib.import_module("trafilatura").extract
        found["trafilatura"] = lambda page: extract(page, include_tables=True, favor_recall=True) or ""
    except ImportError:
        pass
    try:
        plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
        found["resiliparse"] = lambda page: plain(page, main_content=False)
        found["resiliparse, main content"] = lambda page: plain(page, main_content=True)
    except ImportError:
        pass
    try:
        tree = importlib.import_module("selectolax.lexbor").LexborHTMLParser
        found["selectolax"] = lambda page: tree(page).body.text(separator="\n")
    except ImportError:
        pass
    try:
        soup = importlib.import_module("bs4").BeautifulSoup
        found["BeautifulSoup"] = lambda page: soup(page, "html.parser").get_text("\n")
    except ImportError:
        pass
    return found


def _lines(text: str) -> list[str]:
    """Lines without the form of their spaces and of what parts cells."""
    return [words for line in text.split("\n") if (words := " ".join(re.split(r"[\s|]+", line)).strip())]


def _attempt(extract: Callable[[str], str], page: str) -> str:
    try:
        return extract(page)
    except Exception as error:
        return repr(error)


def main() -> None:
    """Print the table."""
    cases = tomllib.loads((CASES / "html.toml").read_text("utf-8"))["page"]
    report = (CASES / "files" / "report.txt").read_text("utf-8")
    wanted, parsed = _lines(report), fp.parse(report)
    values = [(o.indicator, o.value) for o in parsed.observations]
    markers = [s.marker for s in parsed.walk()]
    pages = [
        decode((CASES / "files" / name).read_bytes()).text
        for name in ("trs.html", "dahan_gb2312.htm", "word_page.htm")
    ]
    rows: list[tuple[str, ...]] = []
    for name, extract in extractors().items():
        right = sum(_lines(_attempt(extract, case["html"])) == _lines(case["text"]) for case in cases)
        lines = headings = found = 0
        for page in pages:
            text = _attempt(extract, page)
            lines += len(set(wanted) & set(_lines(text)))
            got = fp.parse(text)
            headings += len(set(markers) & {s.marker for s in got.walk()})
            left = [(o.indicator, o.value) for o in got.observations]
            found += sum(value in left and not left.remove(value) for value in values)  # type: ignore[func-returns-value]
        seconds = medians({name: lambda extract=extract: extract(_BIG)}, 3)[name]
        rows.append(
            (
                name,
                f"{right}/{len(cases)}",
                f"{lines}/{3 * len(wanted)}",
                f"{headings}/{3 * len(set(markers))}",
                f"{found}/{3 * len(values)}",
                f"{len(_BIG.encode()) / seconds / 1e6:.1f}",
            )
        )
    print(table(("extractor", "cases", "lines", "headings", "values", "MB/s"), rows))


if __name__ == "__main__":
    sys.exit(main())
