"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["replacing"]


@contextmanager
def replacing(output: Path) -> Generator[Path, None, None]:
    """A file beside the target that takes its place when it is complete; a failure leaves the target as it was.

    Args:
        output: The target.

    Raises:
        OSError: The target is a folder, or nothing can be written there.
    """
    if output.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    partial = output.with_name(output.name + ".part")
    try:
        yield partial
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
