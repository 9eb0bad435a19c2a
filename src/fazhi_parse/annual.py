"""Texts that are no report on a year: plans, and reports on several years, a half-year, a quarter or some months."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from .deferred import deferred
from .errors import Diagnostic
from .extractors import Observation
from .layout import Layout
from .metadata import Metadata
from .source import SourceText

__all__ = ["as_planned", "find_not_annual"]

_REPORTS = deferred(r"报告|总结|汇报|情况|成效|白皮书|进展|述[法职]|通报")
_PLAN = deferred(
    r"(?:要点|计划|方案|安排|打算|规划|清单)(?:》?的通知)?(?:[（(〔\[【][^）)〕\]】]{1,12}[)）〕\]】])?$"
)
_PART_OF_YEAR = deferred(
    r"[上下]半年|[一二三四1-4]季度|(?<!\d)\d{1,2}月?份?[-—–－~～至到](?!12月)\d{1,2}月(?<!年\d月)"
)
_YEARS = deferred(
    r"(?:19|20)\d\d年?(?:度)?[-—–－~～至到]{1,2}(?:19|20)\d\d年?|(?<![第十百零〇○一二三四五六七八九])[两三四五]年(?:来|间)?(?=[^，。]{0,10}(?:总结|情况|工作|报告|汇报|成效))"
)
_TITLED = deferred(r"《[^》]*》")
_SECOND = re.compile("[及和与暨]")
"""What joins a second matter to a title's first: 上年工作总结和上半年安排."""


def find_not_annual(source: SourceText, layout: Layout, metadata: Metadata) -> Iterator[Diagnostic]:
    """A doubt where the title is that of a plan, or of a report on a part of the year or several: its figures are not what a year reached.

    Args:
        source: The text.
        layout: Its page.
        metadata: What it says about itself.
    """
    title = metadata.title
    if title is None or layout.title is None:
        return
    if _is_plan(title):
        message = "the title is that of a plan"
    else:
        part = _PART_OF_YEAR.search(_SECOND.split(title)[0])
        message = f"the title names a part of a year: {part.group()}" if part else ""
        if metadata.year is None and (years := _YEARS.search(_TITLED.sub("", title))):
            message = f"the title names several years: {years.group()}"
    if message:
        yield Diagnostic("text.not_annual", message, *source.to_raw(*layout.title))


def _is_plan(title: str) -> bool:
    return _REPORTS.search(title) is None and _PLAN.search(title) is not None


def as_planned(observations: tuple[Observation, ...], metadata: Metadata) -> tuple[Observation, ...]:
    """The values of a text; in a plan none was reached, and those of its year are planned for it."""
    if metadata.title is None or not _is_plan(metadata.title):
        return observations
    return tuple(attrs.evolve(o, status="planned") if o.status == "actual" else o for o in observations)
