"""Figures that stand side by side in the row of a table: dated by the head of their column, else no values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from .deferred import deferred
from .errors import Diagnostic
from .extractors import Observation
from .quantities import Quantity
from .quantities.found import Found
from .source import SourceText

__all__ = ["tell_columns"]

_GAP = " \t|｜"
"""What stands between the cells of a row; where tags were, nothing does."""
_WIDEST_GAP, _LONGEST_ROW, _MOST_ROWS = 12, 200, 40
"""So wide is a gap at most, so long a row, and so many rows above is the head of a table looked for."""
_BARS = deferred(r" *[\t|｜] *")
_BEHIND = deferred(r"[\s|｜。；;]|\Z")
_COUNTED = r"(?:数|数量|情况|完成(?:数|情况)?|实绩)?(?:[（(][^）)]{1,8}[)）])?"
_YEAR = deferred(rf"((?:19|20)\d\d)(?: ?年度?)?{_COUNTED}")
_THIS = deferred(rf"(?:本年度?|今年|当年|本期){_COUNTED}")
_LAST = deferred(rf"(?:上年度?|去年|上期|(?:上年|去年)?同期){_COUNTED}")
_TOTAL = deferred(rf"(?:合计|总计|共计|总数|总量|全[省市县区州盟旗]){_COUNTED}")
_OPEN = frozenset(["actual", "planned"])
"""Statuses that the head of a column may put right: a table at a report's end stands in the section with the plans."""
_WORDS = deferred(r"[^\W\x00-\x7f][^0-9]*")


def tell_columns(
    source: SourceText,
    found: Sequence[Found],
    quantities: Sequence[Quantity],
    observations: tuple[Observation, ...],
    year: int | None,
) -> tuple[tuple[Observation, ...], tuple[Diagnostic, ...]]:
    """The values of a report when of figures side by side (3万份 | 5万份) those are left that a head of columns tells apart.

    Args:
        source: The text.
        found: Its quantities in clean offsets.
        quantities: The same with raw offsets.
        observations: The values of its text.
        year: The year that it is about.

    Returns:
        The values, and one doubt if there are figures of which it is not said what tells them apart.
    """
    rows = list(_rows(source.text, found))
    if not rows:
        return observations, ()
    taken: dict[tuple[int, int], list[Observation]] = {}
    for observation in observations:
        taken.setdefault((observation.start, observation.end), []).append(observation)
    replaced: dict[int, Observation | None] = {}
    untold: list[tuple[int, int]] = []
    for row in rows:
        stated = [taken.get((quantities[i].start, quantities[i].end), []) for i in row]
        if not any(stated) or _differ(stated):
            continue
        heads = _heads(source.text, [found[i] for i in row])
        told = _told(stated, heads, year)
        replaced.update(told)
        if None in told.values() and not any(told.values()):
            untold.append((quantities[row[0]].start, quantities[row[-1]].end))
    kept = (replaced.get(id(observation), observation) for observation in observations)
    return tuple(o for o in kept if o is not None), tuple(_doubt(source, untold))


def _rows(text: str, found: Sequence[Found]) -> Iterator[list[int]]:
    """Indexes of figures of one unit with nothing but gaps between them, two or more, in order."""
    run: list[int] = []
    for i, (one, other) in enumerate(pairwise(found)):
        if other.start - one.end <= _WIDEST_GAP and not text[one.end : other.start].strip(_GAP):
            run = run or [i]
            run.append(i + 1)
        elif run:
            yield from _of_one_unit(text, found, run)
            run = []
    if run:
        yield from _of_one_unit(text, found, run)


def _of_one_unit(text: str, found: Sequence[Found], run: list[int]) -> Iterator[list[int]]:
    """The figures of a run by their units; the last is none of it where words follow (3次 5次会议)."""
    if not _BEHIND.match(text, found[run[-1]].end):
        run = run[:-1]
    by_unit: dict[str, list[int]] = {}
    for i in run:
        by_unit.setdefault(found[i].unit, []).append(i)
    return (indexes for indexes in by_unit.values() if len(indexes) > 1)


def _differ(stated: Sequence[Sequence[Observation]]) -> bool:
    """Whether each figure has an indicator of its own: 受理、审结案件 56件 50件."""
    indicators = [o.indicator for observations in stated for o in observations]
    return all(stated) and len(set(indicators)) == len(indicators)


def _told(
    stated: Sequence[Sequence[Observation]], heads: Sequence[str], year: int | None
) -> dict[int, Observation | None]:
    """What becomes of the values of a row, by identity: dated, kept as the total of the others, or dropped."""
    dates = [_date(head, year) for head in heads]
    totals = [_TOTAL.fullmatch(head) is not None for head in heads]
    several = [date for date, total in zip(dates, totals, strict=True) if not total]
    dated = None not in several and len(set(several)) == len(several)
    result: dict[int, Observation | None] = {}
    for observations, head, date, total in zip(stated, heads, dates, totals, strict=True):
        for o in observations:
            if dated and date is not None and o.status in _OPEN and (year is None or date <= year):
                status = "previous" if year is not None and date < year else "actual"
                result[id(o)] = attrs.evolve(o, status=status, year=date, evidence=(*o.evidence, head))
            elif not dated and total and totals.count(True) == 1:
                result[id(o)] = o
            else:
                result[id(o)] = None
    return result


def _date(head: str, year: int | None) -> int | None:
    """The year that the head of a column names."""
    if match := _YEAR.fullmatch(head):
        return int(match[1])
    if year is None:
        return None
    return year if _THIS.fullmatch(head) else year - 1 if _LAST.fullmatch(head) else None


def _heads(text: str, figures: Sequence[Found]) -> list[str]:
    """What the head of a table says above figures of one of its rows; empty where it has none, or none for all of them."""
    at, behind = figures[0].start, figures[-1].end
    start = text.rfind("\n", max(0, at - _LONGEST_ROW), at) + 1
    end = text.find("\n", behind, behind + _LONGEST_ROW)
    end = end if end >= 0 else min(len(text), behind + _LONGEST_ROW)
    if end - start <= _LONGEST_ROW:
        size = len(_cells(text[start:end]))
        columns = [len(_cells(text[start : figure.start] + "·")) - 1 for figure in figures]
        for row in _above(text, start):
            if len(row) == size and _is_head(heads := [row[i] for i in columns]):
                return heads
    return [""] * len(figures)


def _above(text: str, start: int) -> Iterator[list[str]]:
    """The rows of a table above a line, as their cells, the nearest first."""
    for _ in range(_MOST_ROWS):
        end = start - 1
        start = text.rfind("\n", max(0, end - _LONGEST_ROW), max(0, end)) + 1
        cells = _cells(text[start:end]) if 0 <= end - start <= _LONGEST_ROW else []
        if len(cells) < 2:
            return
        yield cells


def _is_head(cells: Sequence[str]) -> bool:
    """Whether cells are the heads of their columns: one is a year, or all are words."""
    return any(_YEAR.fullmatch(cell) for cell in cells) or all(_WORDS.fullmatch(cell) for cell in cells)


def _cells(line: str) -> list[str]:
    """The cells of a row, parted by tabs or bars, else by spaces."""
    line = line.strip(" ")
    return [cell.strip() for cell in _BARS.split(line)] if _BARS.search(line) else line.split()


def _doubt(source: SourceText, rows: Sequence[tuple[int, int]]) -> Iterator[Diagnostic]:
    if rows:
        first = " ".join(source.raw[slice(*rows[0])].split())
        message = (
            f"{len(rows)} × figures side by side, and no head of their columns says which counts: {first}"
        )
        yield Diagnostic("text.columns", message, rows[0][0], rows[-1][1])
