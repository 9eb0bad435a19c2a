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


def test_text_with_the_ending_of_a_page_keeps_its_lines() -> None:
    """Without a tag it is plain text."""
    assert fp.load("一、成效\n受理。".encode(), ".html") == "一、成效\n受理。"
