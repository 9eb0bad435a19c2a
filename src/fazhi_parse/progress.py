"""A bar that tells how far long work is: rate, time left, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import MissingExtra

if TYPE_CHECKING:
    from tqdm.std import tqdm

__all__ = ["progress_bar"]

Item = TypeVar("Item")


def progress_bar(
    items: Iterable[Item], *, total: int | None, failed: Callable[[Item], bool], unit: str = "report"
) -> Iterator[Item]:
    """The items, with a bar on standard error while they come.

    Args:
        items: What is done, one by one.
        total: How many there will be; None where that is not known.
        failed: Whether one counts as an error.
        unit: What they are.

    Raises:
        MissingExtra: tqdm is not installed.
    """
    try:
        from tqdm.auto import tqdm as bar
    except ImportError as error:
        raise MissingExtra("tqdm", "batch", "a progress bar") from error
    return _shown(items, bar(total=total, unit=unit, smoothing=0.1), failed)


def _shown(items: Iterable[Item], bar: tqdm[Any], failed: Callable[[Item], bool]) -> Iterator[Item]:
    errors = 0
    with bar:
        for item in items:
            if failed(item):
                errors += 1
                bar.set_postfix(errors=errors, refresh=False)
            bar.update()
            yield item
