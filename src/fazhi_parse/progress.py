"""A bar that tells how far long work is: rate, time left, errors."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from .extras import extra_module

__all__ = ["Progress"]


class Progress:
    """A bar on standard error, in notebooks a widget; shown while the block runs.

    >>> with Progress(total=3, shown=False) as progress:
    ...     progress.add(failed=True)
    >>> progress.errors
    1
    """

    def __init__(self, total: int | None, *, shown: bool = True, unit: str = "report") -> None:
        """Draw the bar.

        Args:
            total: How many there will be; None where that is not known.
            shown: Whether there is a bar at all.
            unit: What they are.

        Raises:
            MissingExtra: tqdm is not installed.
        """
        self.errors = 0
        """How many failed."""
        self._bar: Any = None
        if shown:
            tqdm = extra_module("tqdm.auto", "progress", "a progress bar").tqdm
            self._bar = tqdm(total=total, unit=unit, smoothing=0.1)

    def add(self, count: int = 1, *, failed: bool = False) -> None:
        """Tell that more are done."""
        self.errors += failed
        if self._bar is not None:
            if failed:
                self._bar.set_postfix(errors=self.errors, refresh=False)
            self._bar.update(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
