"""Several reports in one text: titles inside it that name another place or year."""

from __future__ import annotations

from collections.abc import Iterator

from .deferred import deferred
from .errors import Diagnostic
from .layout import Layout
from .metadata import Metadata, region_of
from .page_title import unquoted
from .source import SourceText
from .years import title_year

__all__ = ["find_several"]


def find_several(source: SourceText, layout: Layout, metadata: Metadata) -> Iterator[Diagnostic]:
    """A doubt where titles inside the text say that another report begins: headings and values go by the first one's year.

    Args:
        source: The text.
        layout: Its page.
        metadata: What it says about itself.
    """
    titles = [(unquoted("".join(source.text[slice(*span)].split())), span) for span in layout.titles]
    others = [(title, span) for title, span in titles if _is_other(title, metadata)]
    if others:
        start, end = source.to_raw(others[0][1][0], others[-1][1][1])
        message = f"{len(others)} × the title of another report inside the text: {others[0][0]}"
        yield Diagnostic("text.several_reports", message, start, end)


_OPENS = deferred(r"关于|(?:19|20)\d\d|二[〇○零0O]")
"""How a title begins that names no place: 2024年法治政府建设情况报告, but not 听取2024年法治政府建设情况报告."""


def _is_other(title: str, metadata: Metadata) -> bool:
    """Whether a title names another year, or another place, than the report's own (河西省云岫县 is 云岫县)."""
    year, place, own = title_year(title), region_of(title), metadata.region
    if place and own and not place.endswith(own) and not own.endswith(place):
        return True
    begins = place is not None or _OPENS.match(title) is not None
    return begins and None not in (year, metadata.year) and year != metadata.year
