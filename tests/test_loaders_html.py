"""HTML pages to text: a line per block, words and figures in one piece, numbers that browsers draw."""

from __future__ import annotations

import tomllib

import pytest

import fazhi_parse as fp
from support import CASES

pytest.importorskip("lxml")
_PAGES = tomllib.loads((CASES / "html.toml").read_text("utf-8"))["page"]


@pytest.mark.parametrize("page", _PAGES, ids=[page["name"] for page in _PAGES])
def test_page(page: dict[str, str]) -> None:
    """What the case's name says."""
    assert fp.load(page["html"].encode(), ".html") == page["text"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "文" + "</div>" * 100_000,
        "<table><tr><td>文" * 20_000,
        "<ol><li>文" * 20_000,
        "<p><b><i>" * 50_000 + "文",
        "文" + "</div></td></tr></table></ol></pre></li>" * 10_000,
        "文" + "<td>" * 50_000 + "</table>" * 50_000,
    ],
    ids=["blocks", "tables", "lists", "inline", "only ends", "cells"],
)
def test_depth_and_disorder_are_no_matter(page: str) -> None:
    """Any nesting is read; nothing recurses."""
    assert "文" in fp.load(page.encode(), ".html")


def test_entities_do_not_grow() -> None:
    """Entities that a page defines are not expanded."""
    bomb = (
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><p>文&b;</p>"
    )
    assert len(fp.load(bomb.encode(), ".html")) < 200


@pytest.mark.parametrize(
    "page", ["<html><body><img src=scan.jpg></body></html>", "<p>&nbsp;</p>", "<!-- 文 --><div>"]
)
def test_a_page_without_text_says_so(page: str) -> None:
    """A page of pictures is no empty success."""
    with pytest.raises(fp.NoText, match="no text"):
        fp.load(page.encode(), ".html")


@pytest.mark.parametrize("suffix", [".html", ".txt"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、成效\n受理。", "text"),
        ("<b>一、成效</b>\n受理案件。\n<b>二、问题</b>\n不足。", "text"),
        ("<span>一、成效</span>\n受理案件。\n审结。\n二、问题\n不足。", "text"),
        ("<p>一、成效</p>\n<p>受理\n案件。</p>", "html"),
        ("<div>一、成效</div>", "html"),
        ("<!-- 注 -->\n<!DOCTYPE html>\n一、成效\n受理。\n审结。", "html"),
        ("<?xml version='1.0'?><html><p>一、成效</p></html>", "html"),
    ],
)
def test_a_text_with_a_few_tags_is_no_page(text: str, kind: str, suffix: str) -> None:
    """Where the author's line ends make the lines, they count."""
    assert fp.load_bytes(text.encode(), suffix).kind == kind
