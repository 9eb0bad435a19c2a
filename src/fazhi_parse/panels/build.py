"""From documents' rows to the rows of a panel, one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..indicators import Catalogue
from ..tables import columns
from .cells import Cell, agree, cell_of
from .table import PanelRow
from .units import Unit, unit_of

__all__ = ["Builder"]

_NOTES = {
    "panel.conflict": "the report states different values, none of them as the total: {text}",
    "panel.repeated": "the report states the same small figure in several places, once or twice is not known: {text}",
    "panel.unclear_total": "one figure may be the total of the others, which is not said: {text}",
    "panel.total": "one figure is the total, the others are parts of it: {text}",
    "panel.added": "figures of the report added up: {text}",
}
"""What was decided within one report, by code."""
_WITHOUT_ERROR = {"empty": "it holds no text", "no_text": "it holds nothing but pictures"}


class Builder:
    """Takes documents, keeps one cell for each indicator, place and year."""

    def __init__(
        self,
        catalogue: Catalogue,
        wanted: frozenset[str] | None,
        years: frozenset[int] | None,
        places: Mapping[str, str],
    ) -> None:
        self._aggregate = {id: entry.aggregate for id, entry in catalogue.indicators.items()}
        self._wanted, self._years, self._places = wanted, years, places
        self._cells: dict[Unit, dict[str, Cell]] = {}
        self._read: dict[Unit, list[str]] = {}
        self._failed: dict[Unit, list[str]] = {}
        self._recalled: list[tuple[Unit, str, Cell]] = []
        self.problems: list[dict[str, Any]] = []
        self.inputs: list[dict[str, Any]] = []
        self.units: dict[str, str] = {}

    @property
    def known(self) -> Iterable[Unit]:
        """Who reports on which year, read or not."""
        return self._read.keys() | self._failed.keys()

    def tell(
        self,
        code: str,
        message: str,
        *,
        place: str = "",
        unit: Unit | None = None,
        indicator: str = "",
        documents: Iterable[str] = (),
    ) -> None:
        """Keep a problem."""
        self.problems.append(
            {
                "place": place if unit is None else unit.place,
                "department": "" if unit is None else unit.department,
                "year": None if unit is None else unit.year,
                "indicator": indicator,
                "code": code,
                "message": message,
                "documents": "; ".join(documents),
            }
        )

    def add(self, document: Mapping[str, Any]) -> None:
        """Take a document in."""
        name = document["document"]
        self.inputs.append({column.name: document[column.name] for column in columns("document")})
        unit, told = unit_of(document)
        if unit is not None and unit.place in self._places:
            unit = unit._replace(place=self._places[unit.place])
        read = document["status"] == "ok"
        if not read:
            why: str = document["error"] or _WITHOUT_ERROR.get(document["status"], "")
            self.tell(f"input.{document['status']}", why, unit=unit, documents=[name])
        if unit is None:
            message = "neither text nor name of the file tell place and year; it is not in the panel"
            self.tell("panel.unplaced", message, place=document["region"] or "", documents=[name])
        elif self._years is None or unit.year in self._years:
            if told and read:
                self.tell(
                    "panel.from_name", f"{told} told by the name of the file", unit=unit, documents=[name]
                )
            (self._read if read else self._failed).setdefault(unit, []).append(name)
            if read:
                self._take(unit, document)

    def _take(self, unit: Unit, document: Mapping[str, Any]) -> None:
        """The cells of one report, joined with what others said of the same place and year."""
        own: dict[str, list[Mapping[str, Any]]] = {}
        for row in document["observations"]:
            id = row["indicator"]
            if (self._wanted is not None and id not in self._wanted) or row["value"] is None:
                continue
            self.units.setdefault(id, row["unit"])
            # the year is missing where only the file's name tells the report's
            year = (
                row["year"] if row["year"] is not None or document["report_year"] is not None else unit.year
            )
            if row["status"] == "actual" and year == unit.year:
                own.setdefault(id, []).append(row)
            elif row["status"] in ("actual", "previous") and year is not None:
                self._recalled.append((unit._replace(year=year), id, cell_of([row], "single")))
        cells = self._cells.setdefault(unit, {})
        for id in sorted(own):
            cell = cell_of(own[id], self._aggregate.get(id, "single"))
            if cell.note:
                message = _NOTES[cell.note].format(text=_several(own[id]))
                self.tell(cell.note, message, unit=unit, indicator=id, documents=[cell.document])
            cells[id] = (
                self._joined(unit, id, cells[id], cell, "panel.documents_differ") if id in cells else cell
            )

    def _joined(self, unit: Unit, id: str, one: Cell, other: Cell, code: str) -> Cell:
        """One cell out of two documents'; without a value where they differ."""
        if "conflict" in (one.state, other.state):
            return one if one.state == "conflict" else other
        if agree(_record(one), _record(other)):
            exact = ("value", "zero", "stated_zero")
            return other if other.state in exact and one.state not in exact else one
        message = f"{one.text} in one document, {other.text} in another"
        self.tell(code, message, unit=unit, indicator=id, documents=[one.document, other.document])
        text = f"{one.text} | {other.text}"
        return Cell("conflict", None, None, "", text, one.document, one.start, one.end, code)

    def compare_recalled(self) -> None:
        """Hold what reports recall of earlier years against the reports of those years."""
        for unit, id, cell in self._recalled:
            cells = self._cells.get(unit, {})
            if id in cells:
                cells[id] = self._joined(unit, id, cells[id], cell, "panel.restated")

    def rows(self) -> tuple[PanelRow, ...]:
        """The rows, by place, department and year; to be called once, at the end."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[PanelRow]:
        number, before = 0, None
        for unit in sorted(self.known):
            if unit[:2] != before:
                number, before = number + 1, unit[:2]
            failed = self._failed.get(unit, [])
            documents = (*self._read.get(unit, ()), *failed)
            cells = dict(sorted(self._cells.pop(unit, {}).items()))
            yield PanelRow(*unit, number, documents, cells, bool(failed))


def _record(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "value_max": cell.value_max, "approx": cell.approx, "text": cell.text}


def _several(records: Iterable[Mapping[str, Any]]) -> str:
    """Figures with a few words around them, for a person to decide."""
    return " | ".join(f"{record['text']}（{_short(record['sentence'] or '')}）" for record in records)


def _short(sentence: str, width: int = 60) -> str:
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= width else sentence[:width] + "…"
