"""Pieces of HTML that views and notebooks are made of: marked text, outlines, tables, the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from .data_files import data_text
from .labels import label

if TYPE_CHECKING:
    from .outline import Section

__all__ = ["Mark", "marked_text", "outline", "style_sheet", "styled", "table"]


@attrs.frozen
class Mark:
    """A span of the text and how it is shown."""

    start: int
    """First code point."""
    end: int
    """One behind the last."""
    style: str
    """CSS classes."""
    title: str = ""
    """What is told when one points at it."""
    anchor: str = ""
    """Id that links lead to."""
    href: str = ""
    """Id that it leads to."""


def marked_text(text: str, marks: Iterable[Mark]) -> str:
    """HTML of a text in which each mark is shown; where marks overlap, all of them are.

    Args:
        text: The text; it is escaped.
        marks: In any order; offsets into the text.

    >>> marked_text("受理<6>件", [Mark(2, 6, "o"), Mark(0, 4, "h")])
    '<b class="h">受理</b><b class="o h">&lt;6</b><b class="o">&gt;件</b>'
    """
    return "".join(_pieces(text, sorted(marks, key=lambda mark: (mark.start, -mark.end))))


def _pieces(text: str, marks: list[Mark]) -> Iterator[str]:
    borders = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    active: list[Mark] = []
    waiting = iter(marks)
    following = next(waiting, None)
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        while following is not None and following.start <= start:
            if following.end > start:
                active.append(following)
            following = next(waiting, None)
        yield _piece(escape(text[start:end], quote=False), start, active)


def _piece(text: str, start: int, active: list[Mark]) -> str:
    """A stretch between two borders: an element with the looks of all marks that cover it, the innermost first."""
    if not active:
        return text
    inner = active[::-1]
    attributes = {
        "class": " ".join(dict.fromkeys(mark.style for mark in inner)),
        "id": next((mark.anchor for mark in inner if mark.anchor and mark.start == start), ""),
        "title": "\n".join(dict.fromkeys(mark.title for mark in inner if mark.title)),
    }
    target = next((mark.href for mark in inner if mark.href), "")
    tag = "a" if target else "b"
    if target:
        attributes["href"] = f"#{target}"
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{written}>{text}</{tag}>"


def outline(sections: Iterable[Section], link: Callable[[Section], str], lang: str) -> str:
    """A tree of headings that fold; each leads to its place in the text.

    Args:
        sections: Top-level sections.
        link: Id of a section's heading in the text; empty for none.
        lang: en or zh.
    """
    written: list[str] = []
    stack: list[Section | str] = [*reversed(list(sections))]
    while stack:
        entry = stack.pop()
        if isinstance(entry, str):
            written.append(entry)
        elif entry.children:
            shown = " open" if entry.level == 1 else ""
            written.append(f"<details{shown}><summary>{_entry(entry, link, lang)}</summary>")
            stack.append("</details>")
            stack.extend(reversed(entry.children))
        else:
            written.append(f"<p>{_entry(entry, link, lang)}</p>")
    return "".join(written)


_LONG = 24


def _entry(section: Section, link: Callable[[Section], str], lang: str) -> str:
    words = section.heading
    if section.title is None:
        own = " ".join(section.own_text.split())
        words += own if len(own) <= _LONG else own[:_LONG] + "…"
    target = link(section)
    words = f'<a href="#{target}">{escape(words)}</a>' if target else escape(words)
    about = ", ".join(label("dimension", each, lang) for each in section.dimensions)
    return f'{words} <i title="{escape(about)}">{escape(label("role", section.role, lang))}</i>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], anchors: Iterable[str] = ()) -> str:
    """A table; cells are HTML already.

    Args:
        head: Names of the columns; none for a table without a head.
        rows: Cells of each row.
        anchors: Id of each row; none where there are fewer.
    """
    ids = iter(anchors)
    body = "".join(
        f"<tr{_identity(next(ids, ''))}>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows
    )
    heading = "".join(f"<th>{escape(name)}</th>" for name in head)
    top = f"<thead><tr>{heading}</tr></thead>" if head else ""
    return f"<table>{top}<tbody>{body}</tbody></table>"


def _identity(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def styled(content: str) -> str:
    """Content with the style sheet that it needs, shut off from the page around it."""
    return f'<div class="fazhi"><style>{style_sheet()}</style>{content}</div>'


@cache
def style_sheet() -> str:
    """The style sheet of all views, in one line: a notebook holds it with every output."""
    return " ".join(data_text("view.css").split())
