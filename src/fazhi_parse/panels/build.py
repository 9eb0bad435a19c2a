"""From documents' rows to the rows of a panel, one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..indicators import Catalogue
from ..tables import columns
from .cells import Cell, agree, cell_of, conflict, exactness
from .table import PanelRow
from .units import Unit, unit_of

__all__ = ["Builder"]

_NOTES = {
    "panel.conflict": "the report states different values, and which of them holds is not clear: {text}",
    "panel.repeated": "the report states the same small figure in several places, once or twice is not known: {text}",
    "panel.unclear_total": "one figure may be the total of the others, which is not said: {text}",
    "panel.total": "one figure is the total, the others are parts of it: {text}",
    "panel.added": "figures of the report added up: {text}",
}
"""What was decided within one report, by code."""
_LOST = frozenset(["text.damaged", "text.bytes_shifted", "text.mojibake"])
"""Doubts about a text that was read, of which so much is lost that its silence says nothing."""
_UNDEFINED = (
    "the catalogue lacks this indicator of a rule: whether its figures are to be added up, its name and its tier are not "
    "known; give the catalogue of the parser that found it, panel(catalogue=parser.catalogue) or --rules"
)
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
        self._documents: dict[Unit, list[str]] = {}
        self._unreadable: set[Unit] = set()
        self._other_years: set[int] = set()
        self._recalled: list[tuple[Unit, str, Cell]] = []
        self._undefined: set[str] = set()
        self.problems: list[dict[str, Any]] = []
        self.inputs: list[dict[str, Any]] = []
        self.units: dict[str, str] = {}
        self.found: set[str] = set()

    @property
    def known(self) -> Iterable[Unit]:
        """Who reports on which year, read or not."""
        return self._documents.keys()

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
        name, status = document["document"], document["status"]
        self.found.update(row["indicator"] for row in document["observations"])
        self.inputs.append({column.name: document[column.name] for column in columns("document")})
        unit, words = unit_of(document)
        if unit is not None and unit.place in self._places:
            unit = unit._replace(place=self._places[unit.place])
        if unit is not None and self._years is not None and unit.year not in self._years:
            self._other_years.add(unit.year)
            return
        if status != "ok":
            why: str = document["error"] or _WITHOUT_ERROR.get(status, "")
            self.tell(f"input.{status}", why, unit=unit, documents=[name])
        if unit is None:
            message = f"neither text nor name of the file tell the {words}; it is not in the panel"
            self.tell("panel.unplaced", message, place=document["region"] or "", documents=[name])
            return
        if any(row["code"] == "text.not_annual" for row in document["problems"]):
            message = "it is a plan, or a report on a part of the year; it is not in the panel"
            self.tell("panel.not_annual", message, unit=unit, documents=[name])
            return
        self._documents.setdefault(unit, []).append(name)
        if status != "ok":
            self._unreadable.add(unit)
            return
        if words:
            self.tell("panel.from_name", f"{words} told by the name of the file", unit=unit, documents=[name])
        if any(row["code"] == "text.several_reports" for row in document["problems"]):
            self._unreadable.add(unit)
            message = (
                "there are several reports in the text, of other places or years; none of its values is taken"
            )
            self.tell("panel.several_reports", message, unit=unit, documents=[name])
            return
        if lost := sorted({row["code"] for row in document["problems"]} & _LOST):
            self._unreadable.add(unit)
            message = f"the text is damaged ({', '.join(lost)}); what it does not say may be lost"
            self.tell("panel.damaged", message, unit=unit, documents=[name])
        if document["figures"] == 0:
            self.tell(
                "panel.no_figures", "there is no figure in it; is it a report?", unit=unit, documents=[name]
            )
        self._take(unit, document)

    def _take(self, unit: Unit, document: Mapping[str, Any]) -> None:
        """The cells of one report, joined with what others said of the same place and year."""
        own: dict[str, list[Mapping[str, Any]]] = {}
        for row in document["observations"]:
            id, year = row["indicator"], row["year"]
            self._look_up(row)
            if self._wanted is not None and id not in self._wanted:
                continue
            self.units.setdefault(id, row["unit"])
            if year is None and document["report_year"] is None:
                year = unit.year  # only the name of the file tells it
            if row["status"] == "actual" and year == unit.year:
                own.setdefault(id, []).append(row)
            elif row["status"] in ("actual", "previous") and year is not None:
                self._recalled.append((unit._replace(year=year), id, cell_of([row], "single")))
            elif row["status"] == "actual":
                message = f"of which year {row['text']} is, is not said（{_short(row['sentence'] or '')}）"
                self.tell("panel.no_year", message, unit=unit, indicator=id, documents=[document["document"]])
        cells = self._cells.setdefault(unit, {})
        for id in sorted(own):
            cell = cell_of(own[id], self._aggregate.get(id, "single"))
            if cell.note:
                message = _NOTES[cell.note].format(text=_several(own[id]))
                self.tell(cell.note, message, unit=unit, indicator=id, documents=[cell.document])
            if id in cells:
                cell = self._joined(unit, id, cells[id], cell, "panel.documents_differ")
            cells[id] = cell

    def _look_up(self, row: Mapping[str, Any]) -> None:
        """Tell of a rule whose indicator the catalogue lacks: what an extractor finds is in none, and has no rule."""
        id = row["indicator"]
        if (
            id not in self._aggregate
            and id not in self._undefined
            and (row["rule"] or "").startswith(f"{id}#")
        ):
            self._undefined.add(id)
            self.tell("panel.undefined", _UNDEFINED, indicator=id, documents=[row["document"]])

    def _joined(self, unit: Unit, id: str, one: Cell, other: Cell, code: str) -> Cell:
        """One cell out of two documents'; without a value where they differ."""
        if "conflict" in (one.state, other.state):
            return one if one.state == "conflict" else other
        if agree(record := attrs.asdict(one), another := attrs.asdict(other)):
            return one if exactness(record) <= exactness(another) else other
        message = f"{one.text} in one document, {other.text} in another"
        self.tell(code, message, unit=unit, indicator=id, documents=[one.document, other.document])
        return conflict([record, another], code)

    def compare_recalled(self) -> None:
        """Hold what reports recall of earlier years against the reports of those years."""
        for unit, id, cell in self._recalled:
            cells = self._cells.get(unit, {})
            if id in cells:
                cells[id] = self._joined(unit, id, cells[id], cell, "panel.restated")

    def tell_other_years(self) -> None:
        """Tell why the panel has no row, where all documents are about other years than those asked for."""
        if self._other_years and not self._documents:
            years = ", ".join(map(str, sorted(self._other_years)))
            self.tell("panel.other_years", f"no document is about a year asked for; they are about {years}")

    def rows(self) -> tuple[PanelRow, ...]:
        """The rows, by place, department and year; to be called once, at the end."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[PanelRow]:
        number, before = 0, None
        for unit in sorted(self.known):
            if unit[:2] != before:
                number, before = number + 1, unit[:2]
            documents = tuple(self._documents[unit])
            cells = dict(sorted(self._cells.pop(unit, {}).items()))
            yield PanelRow(*unit, number, documents, cells, unit in self._unreadable)


def _several(records: Iterable[Mapping[str, Any]]) -> str:
    """Figures with a few words around them, for a person to decide."""
    return " | ".join(f"{record['text']}（{_short(record['sentence'] or '')}）" for record in records)


def _short(sentence: str, width: int = 60) -> str:
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= width else sentence[:width] + "…"
