"""Cleaning: damaged text in, clean text with a way back to every raw character out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from ..source import Edit, SourceText
from . import passes, wraps
from .traditional import is_traditional, simplify

__all__ = ["PASSES", "check_passes", "clean"]

_EDITING: dict[str, Callable[[str], Iterable[Edit]]] = {
    "controls": passes.controls,
    "markup": passes.markup,
    "glosses": passes.glosses,
    "spaces": passes.spaces,
    "wraps": wraps.wraps,
}
PASSES: tuple[str, ...] = ("widths", *_EDITING, "traditional")
"""Names of the cleaning passes, in the order in which they run; `clean(raw, skip=…)` takes them."""


def check_passes(names: Iterable[str]) -> None:
    """Refuse names of passes that do not exist.

    Raises:
        ValueError: There is no such pass.
    """
    unknown = set(names) - set(PASSES)
    if unknown:
        raise ValueError(
            f"no such cleaning pass: {', '.join(sorted(unknown))} (there are: {', '.join(PASSES)})"
        )


def clean(raw: str, *, skip: Collection[str] = ()) -> SourceText:
    """Repair what can be repaired in a text, and keep the way back.

    Args:
        raw: Any text.
        skip: Names of passes to leave out (see `PASSES`).

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
    check_passes(skip)
    view = raw if "widths" in skip else passes.widths(raw)

    def edits() -> Iterator[Edit]:
        for name, run in _EDITING.items():
            if name not in skip:
                yield from run(view)

    source = SourceText.from_edits(raw, edits(), view=view)
    if "traditional" not in skip and is_traditional(source.text):
        source = source.with_text(simplify(source.text), traditional=True)
    return source
