"""Extractors that do what no extractor should: importable, so that workers can be given them."""

from __future__ import annotations

import os
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
