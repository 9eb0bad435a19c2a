"""Views in a real browser: text is visible, nothing overlaps or runs over the edge, nothing is loaded or complained about.

Needs playwright and an installed Chromium; CHROMIUM names one that is not on the path.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fazhi_parse as fp

pytestmark = pytest.mark.browser
REPORTS = Path(__file__).parents[1] / "examples" / "reports"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip

BOXES = """() => [...document.querySelectorAll('.fazhi > header, .fazhi > nav, .fazhi > main')]
    .map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"""
CONTRAST = """() => {
    const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
        .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
    const page = getComputedStyle(document.documentElement).backgroundColor;
    return [...document.querySelectorAll('h1, .text, .o, nav a, td')].slice(0, 200).map(e => {
        const [a, b] = [light(getComputedStyle(e).color), light(page)].sort(); return (b + .05) / (a + .05) }) }"""
DRAWN = """async () => { await document.fonts.ready; const c = document.createElement('canvas');
    c.width = c.height = 40; const d = c.getContext('2d'); d.textBaseline = 'top';
    d.font = getComputedStyle(document.querySelector('.text')).font;
    return ['政', '府', '\\u{10FFFD}'].map(t => { d.clearRect(0, 0, 40, 40); d.fillText(t, 5, 5); return c.toDataURL() }) }"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless browser."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield browser
        browser.close()


def opened(browser: Any, path: Path, *, dark: bool = False, width: int = 1300) -> tuple[Any, list[str]]:
    """A page, and what it said or asked for while it was opened."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else said.append(request.url))
    page.goto(path.as_uri())
    return page, said


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a report."""
    path = tmp_path_factory.mktemp("view") / "report.html"
    fp.read(REPORTS / "yunxiu_county_2023.txt").save_html(path, lang="zh")
    return path


@pytest.fixture(scope="module")
def english_view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in English, whose words are longer."""
    path = tmp_path_factory.mktemp("view") / "report.html"
    fp.read(REPORTS / "yunxiu_county_2023.txt").save_html(path, lang="en")
    return path


@pytest.mark.parametrize("width", [1300, 420])
def test_the_english_page_does_not_scroll_sideways(chromium: Any, english_view: Path, width: int) -> None:
    """The names of the dimensions go on in another line."""
    page, said = opened(chromium, english_view, width=width)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1300, 420])
def test_the_page_can_be_read(chromium: Any, view: Path, dark: bool, width: int) -> None:
    """In light and dark, on a screen and a telephone: no overlap, no sideways scrolling, enough contrast."""
    page, said = opened(chromium, view, dark=dark, width=width)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.evaluate(BOXES)
    assert len(boxes) == 3 and all(right > left and bottom > top for left, top, right, bottom in boxes)
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    assert min(page.evaluate(CONTRAST)) >= 4.5
    assert len(set(page.screenshot())) > 100


def test_a_figure_leads_to_its_row_and_back(chromium: Any, view: Path) -> None:
    """Clicking a marked figure shows its row, whose words lead back; pointing at it tells its indicator."""
    page, said = opened(chromium, view)
    mark = page.locator("a.o").nth(5)
    words = mark.inner_text()
    assert "(" in mark.get_attribute("title")
    mark.click()
    row = page.locator(":target")
    assert row.evaluate("e => e.tagName") == "TR" and words in row.inner_text() and row.is_visible()
    row.locator("a").click()
    assert page.locator(":target").inner_text() == words and said == []


def test_outlines_fold(chromium: Any, view: Path) -> None:
    """Headings below the second level are shown when their parent is opened."""
    page, _ = opened(chromium, view)
    inner = page.locator("nav details details").first
    below = inner.locator("p").first
    assert not below.is_visible()
    inner.locator("summary").click(position={"x": 4, "y": 8})
    assert below.is_visible()


def test_chinese_is_drawn(chromium: Any, view: Path) -> None:
    """Characters look different from each other, and from one that no font has."""
    page, _ = opened(chromium, view)
    assert len(set(page.evaluate(DRAWN))) == 3


def test_notebook_outputs_can_be_read(chromium: Any, tmp_path: Path) -> None:
    """Two reports in one notebook: links stay within their own output."""
    reports = [fp.read(REPORTS / name) for name in ("yunxiu_county_2023.txt", "songling_county_2018.txt")]
    path = tmp_path / "notebook.html"
    outputs = "".join(f"<div class=cell>{r._repr_html_()}</div>" for r in reports)
    path.write_text(f"<meta charset=utf-8>{outputs}{reports[0].observations[3]._repr_html_()}", "utf-8")
    page, said = opened(chromium, path)
    assert said == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    second = page.locator(".cell").nth(1)
    second.locator("summary", has_text="Text").click()
    second.locator("a.o").first.click()
    assert page.locator(".cell").nth(1).locator(":target").count() == 1


SITE = Path(__file__).parents[1] / "docs" / "_build" / "html"
PAGES = sorted(page for page in SITE.glob("*.html") if page.stem not in ("genindex", "py-modindex", "search"))


@pytest.mark.skipif(not PAGES, reason="the docs are not built: sphinx-build docs docs/_build/html")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_docs_can_be_read(chromium: Any, page: Path) -> None:
    """Its heading and text are visible, nothing runs over the edge of screen or telephone, nothing complains."""
    for width in (1300, 420):
        shown, said = opened(chromium, page, width=width)
        assert [line for line in said if "fonts" not in line] == []
        heading = shown.locator("h1").first
        assert heading.is_visible() and heading.inner_text().strip()
        assert shown.locator("article p").first.is_visible()
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert len(set(shown.screenshot())) > 100
        shown.context.close()
