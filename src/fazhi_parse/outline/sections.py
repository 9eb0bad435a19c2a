"""Sections: the public tree of headings and items, with extents that tile the text."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..html_parts import outline, styled
from ..pickles import pickled_by_fields
from ..spans import LINE_ENDS
from .roles import Labels

__all__ = ["Part", "Section"]


@pickled_by_fields
@attrs.frozen
class Part:
    """A part of the document that is no section: title, addressee, preamble, closing, signature, date, chrome."""

    kind: str
    """What it is."""
    start: int
    """First code point in the raw input."""
    end: int
    """One behind the last code point."""


@pickled_by_fields
@attrs.frozen
class Section:
    """A numbered heading or item with all that stands under it.

    >>> import fazhi_parse as fp
    >>> section = fp.parse_sections("一、成效\\n(一)加强领导。召开会议3次。")[0]
    >>> section.title, section.children[0].title, section.children[0].own_text
    ('成效', '加强领导', '召开会议3次。')
    """

    marker: str
    """The marker as it stands in the raw input: 一、 or (一) or 一是."""
    kind: str
    """cn_comma, cn_paren, arabic_dot, arabic_paren, circled, chapter, decimal or item."""
    number: int
    """Its number; 0 for a dash."""
    level: int
    """Depth in this document's tree, from 1."""
    title: str | None
    """Clean text of the heading; None for an item whose first sentence is long, or is all of it."""
    start: int
    """Raw offset of the marker."""
    end: int
    """Raw offset behind its extent, descendants included, without white space."""
    labels: Labels = attrs.field(repr=False)
    """What it is about; `role` and `dimensions` say it."""
    path: tuple[str, ...]
    """Headings from the top level down to this one (the marker where there is no title)."""
    why: str
    """Why the parser gave it this place."""
    children: tuple[Section, ...] = attrs.field(repr=False)
    """Sections directly under this one."""
    body_start: int = attrs.field(repr=False)
    """Raw offset where the own text begins: behind marker and title."""
    raw: str = attrs.field(repr=False, eq=False)
    """The whole raw input."""

    @property
    def role(self) -> str:
        """What the text does: done, outcome, plan, problem or background."""
        return self.labels.role

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the taxonomy, the primary one first; may be empty."""
        return self.labels.dimensions

    @property
    def text(self) -> str:
        """Raw text of the whole extent, marker and descendants included."""
        return self.raw[self.start : self.end]

    @property
    def own_text(self) -> str:
        """Raw text under this heading that belongs to no child, white space trimmed."""
        return "".join(self.raw[s:e] for s, e in self.own_spans()).strip()

    @property
    def heading(self) -> str:
        """Marker and title in one line, in clean text: 第一章 总则, （一）加强领导.

        >>> import fazhi_parse as fp
        >>> fp.parse_sections("第一章 总则\\n第一条 为了规范管理，制定本条例。")[0].heading
        '第一章 总则'
        """
        gap = " " if self.title and (self.marker[:1] == "第" or self.marker[-1:].isdigit()) else ""
        return self.marker + gap + (self.title or "")

    def own_spans(self) -> list[tuple[int, int]]:
        """Raw ranges of the own text, in order."""
        spans: list[tuple[int, int]] = []
        here = self.body_start
        for child in self.children:
            if child.start > here:
                spans.append((here, child.start))
            here = max(here, child.end)
        if self.end > here:
            spans.append((here, self.end))
        return spans

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in document order."""
        stack: list[Section] = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def to_markdown(self, level: int = 1) -> str:
        """The section as Markdown: headings by depth, items of a paragraph as a list; no text is lost.

        Args:
            level: Depth of the Markdown heading that this section gets (`#` is 1; below 6 it stays 6).

        >>> import fazhi_parse as fp
        >>> text = "一、成效\\n(一)加强领导\\n有关情况如下：一是健全机制；二是压实责任。\\n二、打算"
        >>> print(fp.parse_sections(text)[0].to_markdown())
        # 一、成效
        <BLANKLINE>
        ## (一)加强领导
        <BLANKLINE>
        有关情况如下：
        <BLANKLINE>
        - 一是健全机制；
        - 二是压实责任。
        """
        return "\n\n".join(_blocks(self, level))

    def _repr_html_(self) -> str:
        return styled(f"<nav>{outline([self], lambda _: '', 'en')}</nav>")

    def __str__(self) -> str:
        return "\n".join("  " * (s.level - self.level) + s.heading for s in self.walk())


def _blocks(section: Section, level: int) -> Iterator[str]:
    """Blocks of Markdown: the heading, paragraphs, lists, the sections below."""
    yield f"{'#' * min(level, 6)} {_one_line(section.raw[section.start : section.body_start])}"
    listed: list[str] = []
    here = section.body_start
    for child in section.children:
        between = list(_paragraphs(section.raw[here : child.start]))
        if listed and (between or not _in_list(child)):
            yield "\n".join(listed)
            listed.clear()
        yield from between
        if _in_list(child):
            listed.extend(_bullets(child))
        else:
            yield from _blocks(child, level + 1)
        here = child.end
    if listed:
        yield "\n".join(listed)
    yield from _paragraphs(section.raw[here : section.end])


def _in_list(section: Section) -> bool:
    """Whether a section is an item inside a paragraph."""
    before = section.raw[max(0, section.start - 20) : section.start].rstrip(" \t\u3000")
    return section.kind == "item" or (before != "" and before[-1] not in LINE_ENDS)


def _bullets(item: Section) -> Iterator[str]:
    """Lines of a nested list: an item, what it holds, and the text behind that."""
    stack: list[tuple[int, Section | str]] = [(0, item)]
    while stack:
        depth, entry = stack.pop()
        if isinstance(entry, str):
            yield "  " * (depth + 1) + entry
            continue
        first = entry.children[0].start if entry.children else entry.end
        yield "  " * depth + "- " + _one_line(entry.raw[entry.start : first])
        pieces: list[tuple[int, Section | str]] = []
        for i, child in enumerate(entry.children):
            pieces.append((depth + 1, child))
            following = entry.children[i + 1].start if i + 1 < len(entry.children) else entry.end
            if between := _one_line(entry.raw[child.end : following]):
                pieces.append((depth, between))
        stack.extend(reversed(pieces))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> Iterator[str]:
    return (stripped for line in text.splitlines() if (stripped := line.strip()))
