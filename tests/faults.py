"""Extractors that do what no extractor should: importable, so that workers can be given them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterable

import fazhi_parse as fp


def die_or_hang(report: fp.Report) -> Iterable[fp.Observation]:
    """End the process at a report that says so, or never come back."""
    if "进程终止" in report.raw:
        os._exit(9)
    while "永不返回" in report.raw:
        time.sleep(0.05)
    return ()


def leave(report: fp.Report) -> Iterable[fp.Observation]:
    """End the program, as a script does."""
    sys.exit("进程终止" if "进程终止" in report.raw else 0)


def kept(report: fp.Report) -> Iterable[fp.Observation]:
    """Yield what no other process can be given, at a report that says so."""

    class Own(str):
        pass

    if "留在原处" in report.raw:
        yield report.observe("own.kept", 0, 1, 1, unit=Own("件"))


def foreign(report: fp.Report) -> Iterable[fp.Observation]:
    """Yield what only a worker can make again, at a report that says so."""
    if "不知所云" in report.raw:
        yield report.observe("own.foreign", 0, 1, 1, unit=_Foreign("件"))


class _Foreign(str):
    """A unit that can be read again in a worker only."""

    def __reduce__(self) -> tuple[object, ...]:
        return _made_again, ()


def _made_again() -> str:
    if multiprocessing.parent_process() is None:
        raise LookupError("only there")
    return "件"
