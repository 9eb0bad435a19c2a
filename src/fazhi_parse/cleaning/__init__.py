"""Cleaning: damaged text in, clean text with a way back to every raw character out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..given import names_of
from ..source import Change, SourceText
from . import markup
from .byte_shift import byte_shift
from .damage import find_damage
from .duplicates import duplicates
from .glosses import glosses
from .mojibake import mojibake
from .passes import controls, indents, spaces, widths
from .traditional import is_traditional, simplify
from .wraps import wraps

__all__ = ["PASSES", "clean", "find_damage", "passes_of"]


def _editing(*finders: Callable[[str], Iterable[Change]]) -> Callable[[SourceText], SourceText]:
    """A pass of one or more steps that yield changes, each reading what the one before left."""

    def run(source: SourceText) -> SourceText:
        for find in finders:
            source = source.edited(find(source.text))
        return source

    return run


def _widths(source: SourceText) -> SourceText:
    return source.translated(widths(source.text))


def _traditional(source: SourceText) -> SourceText:
    if not is_traditional(source.text):
        return source
    return source.translated(simplify(source.text), traditional=True)


_PASSES: dict[str, Callable[[SourceText], SourceText]] = {
    "mojibake": _editing(mojibake),
    "controls": _editing(controls, indents),
    "byte_shift": _editing(byte_shift),
    "markup": _editing(
        markup.escapes, markup.entities, markup.contents, markup.tags, markup.markdown, markup.tables
    ),
    "widths": _widths,
    "glosses": _editing(glosses),
    "spaces": _editing(spaces),
    "wraps": _editing(wraps),
    "duplicates": _editing(duplicates),
    "traditional": _traditional,
}
PASSES: tuple[str, ...] = tuple(_PASSES)
"""Names of the cleaning passes, in the order in which they run; `clean(raw, skip=…)` takes them."""


def passes_of(names: str | Iterable[str]) -> frozenset[str]:
    """One name of a pass or several.

    Raises:
        ValueError: There is no such pass.
    """
    passes = names_of(names)
    if unknown := passes.difference(PASSES):
        raise ValueError(
            f"no such cleaning pass: {', '.join(sorted(unknown))} (there are: {', '.join(PASSES)})"
        )
    return passes


def clean(raw: str, *, skip: str | Iterable[str] = ()) -> SourceText:
    """Repair what can be repaired in a text, and keep the way back.

    Args:
        raw: Any text.
        skip: Passes to leave out, a name or several (see `PASSES`).

    Returns:
        The source text. Its `text` is clean, its `edits` say what was done.

    Raises:
        ValueError: `skip` names a pass that does not exist.

    >>> source = clean("全年受理案件１５\\u200b件。")
    >>> source.text
    '全年受理案件15件。'
    >>> source.raw[slice(*source.to_raw(6, 9))]
    '１５\\u200b件'
    """
    skipped = passes_of(skip)
    source = SourceText.of(raw)
    for name, run in _PASSES.items():
        if name not in skipped:
            source = run(source)
    return source
