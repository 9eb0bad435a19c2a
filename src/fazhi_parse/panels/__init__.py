"""A panel of place, year and indicator out of documents' rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import index

from ..errors import near_to
from ..exports import Documents, found_indicators
from ..given import names_of
from ..indicators import Catalogue, load_catalogue
from ..tables import document_rows
from .build import Builder
from .cells import STATES, Cell
from .table import Panel, PanelRow
from .units import similar_places

__all__ = ["STATES", "Cell", "Panel", "PanelRow", "panel"]


def panel(
    documents: Documents,
    *,
    indicators: str | Iterable[str] | None = None,
    tier: str | None = None,
    years: Iterable[int] | None = None,
    places: Mapping[str, str] | None = None,
    all_indicators: bool = False,
    catalogue: Catalogue | None = None,
) -> Panel:
    """One row a place and year, one cell an indicator, out of many reports.

    A cell has a value only where the reports agree on it; every other cell says why it has none (`STATES`), and what
    was decided is told in `problems`. Nothing is filled in or guessed. Only values that a report states as achieved in
    its own year make cells; what it recalls of an earlier year is held against that year's report.

    Args:
        documents: What `parse_many` yields, or rows that were read back from a run. They are gone through once.
        indicators: Id or ids of the indicators that are wanted, of the catalogue or of an extractor; by default all that occur.
        tier: core or extended: only indicators of this tier.
        years: Only these years, such as `range(2019, 2024)`.
        places: Names to read as other ones, such as {"河西省云岫县": "云岫县"}.
        all_indicators: Whether indicators that no report states get a column, too.
        catalogue: Where the indicators are defined, if by rules of your own (`parser.catalogue`).

    Raises:
        ValueError: There is no such tier; or no such indicator, neither in the catalogue nor in any of the documents;
            or the years are no whole numbers.
        TypeError: The documents are neither results nor rows.

    >>> import fazhi_parse as fp
    >>> texts = {
    ...     "a": "云岫县2022年法治政府建设情况报告\\n一、成效\\n受理行政复议案件6件，未发生败诉案件。",
    ...     "b": "云岫县2023年法治政府建设情况报告\\n一、成效\\n受理行政复议案件9件。",
    ... }
    >>> found = fp.panel(fp.parse_many(texts))
    >>> found
    <Panel: 2 rows (1 place, 2022 to 2023), 2 indicators, 3 of 4 cells with a value, 0 in conflict, 0 unreadable, 0 problems>
    >>> [(row.place, row.year, {id: (cell.value, cell.state) for id, cell in row.cells.items()}) for row in found.rows]
    [('云岫县', 2022, {'litigation.lost': ('0', 'stated_zero'), 'reconsideration.accepted': ('6', 'value')}),
     ('云岫县', 2023, {'reconsideration.accepted': ('9', 'value')})]
    """
    catalogue = catalogue or load_catalogue()
    chosen = None if indicators is None else names_of(indicators)
    wanted = _wanted(catalogue, chosen, tier)
    builder = Builder(catalogue, wanted, _years(years), places or {})
    for document in document_rows(documents, catalogue):
        builder.add(document)
    _refuse((chosen or frozenset()) - builder.found, catalogue)
    builder.compare_recalled()
    _tell_similar(builder)
    builder.tell_other_years()
    rows = builder.rows()
    shown = {id: builder.units[id] for row in rows for id in row.cells}
    if chosen is not None or all_indicators:
        shown = dict.fromkeys(catalogue.indicators if wanted is None else wanted, "") | shown
    found = found_indicators(shown, catalogue)
    return Panel(rows, found, tuple(builder.problems), tuple(builder.inputs))


def _wanted(catalogue: Catalogue, chosen: frozenset[str] | None, tier: str | None) -> frozenset[str] | None:
    """Ids that are wanted; None for all, those of extractors among them."""
    if tier is None:
        return chosen
    tiers = {indicator.tier for indicator in catalogue.indicators.values()}
    if tier not in tiers:
        raise ValueError(f"tier is {' or '.join(sorted(tiers))}, not {tier!r}")
    ids = frozenset(id for id, indicator in catalogue.indicators.items() if indicator.tier == tier)
    return ids if chosen is None else ids & chosen


def _years(years: Iterable[int] | None) -> frozenset[int] | None:
    try:
        return None if years is None else frozenset(map(index, years))
    except TypeError:
        raise ValueError(f"years are whole numbers, range(2021, 2024) or [2023], not {years!r}") from None


def _refuse(missing: frozenset[str], catalogue: Catalogue) -> None:
    """What extractors find is in no catalogue: that there is no such indicator is only known at the end."""
    for id in sorted(missing - catalogue.indicators.keys()):
        hint = near_to([id], catalogue.indicators)
        raise ValueError(f"no indicator {id!r} in the catalogue or in the documents{hint}")


def _tell_similar(builder: Builder) -> None:
    for long, short in similar_places(unit.place for unit in builder.known):
        message = f"{long} and {short} may be one place; panel(places={{{long!r}: {short!r}}}) joins them"
        builder.tell("panel.similar_places", message, place=long)
