"""The section tree: headings, their levels and extents, roles and dimensions."""

from __future__ import annotations

from collections.abc import Iterable

from ..cleaning import clean
from .build import Outline, build_outline
from .markers import MarkerKind
from .roles import Labels, role_of
from .sections import Part, Section

__all__ = ["Labels", "MarkerKind", "Outline", "Part", "Section", "build_outline", "parse_sections", "role_of"]


def parse_sections(text: str, *, markers: Iterable[MarkerKind] = ()) -> tuple[Section, ...]:
    """Top-level sections of any Chinese text with numbered headings; offsets are code points of `text`.

    Args:
        text: The raw text.
        markers: Marker kinds of your own, beside the built-in ones.

    >>> for section in parse_sections("一、成效\\n(一)加强领导。一是健全机制;二是压实责任。\\n二、打算"):
    ...     print(section)
    一、成效
      (一)加强领导
        一是
        二是
    二、打算
    """
    return build_outline(clean(text), own=markers).sections
