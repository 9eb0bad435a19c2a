"""What people look at: pages and notebook outputs that hold all they need and run nothing."""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.cli import main
from fazhi_parse.html_parts import Mark, marked_text

HOSTILE = (
    "<script>alert(1)</script>县2023年法治政府建设情况报告\n一、成效<img src=x onerror=alert(2)>\n"
    '（一）"><svg onload=alert(3)>复议。受理行政复议案件6件，办结率达100%，未发生行政败诉案件。\n&lt;b&gt; javascript:alert(4) </style>\n'
)
REPORTS = Path(__file__).parents[1] / "examples" / "reports"


class Reader(HTMLParser):
    """Tags with their attributes, and the text of one element by its class."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def outputs(report: fp.Report) -> list[str]:
    """Every HTML that a report and its parts give."""
    reprs: list[Any] = [report, *report.walk(), *report.quantities, *report.observations]
    return [report.to_html(), report.to_html(lang="zh"), *(each._repr_html_() for each in reprs)]


def test_nothing_of_the_text_runs() -> None:
    """Tags, handlers and style ends of a hostile text are shown as they are written."""
    report = fp.parse(HOSTILE)
    assert len(report.observations) >= 2
    for page in outputs(report):
        for tag, attributes in read(page).tags:
            assert tag not in ("script", "img", "svg", "iframe", "link", "object")
            assert not any(name.startswith("on") for name in attributes)
            assert (attributes.get("href") or "#").startswith("#") and "src" not in attributes
    shown = "".join(read(report.to_html()).texts)
    assert "<script>alert(1)</script>县2023年" in shown and '"><svg onload=alert(3)>复议' in shown


def test_the_page_shows_the_text_as_it_is() -> None:
    """All characters of the raw input, in order; each value leads to its row and back."""
    raw = (REPORTS / "yunxiu_county_2023.txt").read_text("utf-8")
    report = fp.parse(raw)
    page = report.to_html(lang="zh")
    (text,) = re.findall(r'<p class="text">(.*?)</p>', page, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", text)) == raw
    reader = read(page)
    anchors = {a["id"] for _, a in reader.tags if a.get("id")}
    targets = {(a["href"] or "")[1:] for _, a in reader.tags if a.get("href")}
    assert targets <= anchors and len(targets) >= 2 * len(report.observations)
    assert "指标值" in page and "受理行政复议案件 (reconsideration.accepted)" in page


def test_a_page_is_small(tmp_path: Path) -> None:
    """Under a million bytes for 50,000 characters that are full of figures."""
    texts = "\n".join(path.read_text("utf-8") for path in sorted(REPORTS.glob("y*.txt")))
    raw = (texts * (50_000 // len(texts) + 1))[:50_000]
    fp.parse(raw).save_html(tmp_path / "page.html")
    assert 50_000 < (tmp_path / "page.html").stat().st_size < 1_000_000


@settings(max_examples=200, deadline=None)
@given(
    st.text("ab<&>\n件", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("xyz")), max_size=8),
)
def test_marks_may_overlap(text: str, spans: list[tuple[int, int, str]]) -> None:
    """The text stays as it is, and each character carries the marks of all spans that hold it."""
    marks = [Mark(min(a, b, len(text)), min(max(a, b), len(text)), style) for a, b, style in spans]
    shown = marked_text(text, marks)
    pieces = re.findall(r'<b class="([^"]*)">(.*?)</b>|([^<]+)', shown, re.DOTALL)
    styles = [set(classes.split()) for classes, inner, plain in pieces for _ in html.unescape(inner or plain)]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == text
    assert styles == [{m.style for m in marks if m.start <= at < m.end} for at in range(len(text))]


def test_the_command_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the chosen language; wrong files and endings are told."""
    source, page = tmp_path / "a.txt", tmp_path / "a.html"
    source.write_text(HOSTILE, "utf-8")
    assert main(["view", str(source), "-o", str(page), "--lang", "zh", "--no-open"]) == 0
    assert "指标值" in page.read_text("utf-8")
    assert main(["view", str(source), "-o", str(tmp_path / "a.pdf"), "--no-open"]) == 2
    assert main(["view", str(tmp_path / "none.txt"), "--no-open"]) == 2
    assert "none.txt" in capsys.readouterr().err
    assert main(["view", str(source), "--no-open"]) == 0
    written = capsys.readouterr().out.split("written to ")[1].strip()
    assert Path(written).read_text("utf-8").startswith("<!DOCTYPE html>")
    shutil.rmtree(Path(written).parent)


def test_half_characters_do_not_stop_the_page(tmp_path: Path) -> None:
    """A text may hold half a surrogate pair, which no file can."""
    fp.parse("一、成效\ud800受理行政复议案件6件").save_html(tmp_path / "page.html")
    assert "\\ud800" in (tmp_path / "page.html").read_text("utf-8")


def test_a_panel_in_a_notebook_tells_states_apart() -> None:
    """Each cell carries its state; hostile names are shown as they are written; a large panel is cut, and says so."""
    text = "云岫县{}年法治政府建设情况报告\n一、成效\n受理行政复议案件{}件，未发生败诉案件。"
    texts = {f"{y}": text.format(y, n) for n, y in enumerate(range(1980, 2020))}
    shown = fp.panel(fp.parse_many(texts | {"<img>2023.txt": None}))._repr_html_()
    reader = read(shown)
    states = [a["class"] for tag, a in reader.tags if tag == "span"]
    assert states.count("stated_zero") >= 20 and "zero" in states and "value" in states
    assert "more rows" in shown and not any(tag == "img" for tag, _ in reader.tags)
