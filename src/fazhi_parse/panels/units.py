"""Who reports on which year: the rows of a panel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple

from ..layout import layout_table
from ..reporter import reporter

__all__ = ["Unit", "in_name", "similar_places", "unit_of"]


class Unit(NamedTuple):
    """Who reports, on which year; departments are kept apart from the government of their place."""

    place: str
    """The place, as its reports name it."""
    department: str
    """The department, where the report is one's own; empty for the government's."""
    year: int
    """The year reported on."""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)(?:年度?)?")
_NOT_CHINESE = re.compile(r"[^一-鿿]+")


def unit_of(document: Mapping[str, Any]) -> tuple[Unit | None, str]:
    """The row that a document belongs to, and what of it only its name tells: its text goes first.

    Args:
        document: A row of the document table.

    Returns:
        The unit, and what its name tells: place, year, both or nothing as words; or None, and what neither tells.

    >>> unit_of({"document": "甲县/2023.txt", "region": None, "report_year": None, "title": None, "issuer": None})
    (Unit(place='甲县', department='', year=2023), 'place and year')
    >>> unit_of({"document": "a", "region": "甲县", "report_year": None, "title": None, "issuer": None})
    (None, 'year')
    """
    place, department = reporter(document["region"], document["issuer"], document["title"])
    named_place, named_year = in_name(document["document"])
    year = document["report_year"]
    told = _words(not place and named_place, year is None and named_year)
    place, year = place or named_place, named_year if year is None else year
    if place and year is not None:
        return Unit(place, department, year), told
    return None, _words(not place, year is None)


def _words(place: object, year: object) -> str:
    return " and ".join(what for what, said in (("place", place), ("year", year)) if said)


def in_name(document: str) -> tuple[str, int | None]:
    """Place and year that the name of a file tells, else that of its folder; empty and None where neither does.

    >>> in_name("甲县2023.txt"), in_name("报告/2023_甲县.docx"), in_name("甲县_2023年度报告.html"), in_name("a7.txt")
    (('甲县', 2023), ('甲县', 2023), ('甲县', 2023), ('', None))
    """
    path = PurePath(document.replace("\\", "/"))
    place, year = "", None
    for name in (path.stem, path.parent.name):
        years = {int(match.group()[:4]) for match in _YEAR.finditer(name)}
        if year is None and len(years) == 1:
            (year,) = years
        match = _place().match(_NOT_CHINESE.sub("", _YEAR.sub("", name)))
        place = place or (match.group(1) if match else "")
    return place, year


@cache
def _place() -> re.Pattern[str]:
    # a text needs two characters before 县 to be sure of a name; a file that is called 乾县2023 is sure with one
    county = "(?![全我各本该市省区乡镇外])[一-鿿]县"
    return re.compile(rf"(?:中共)?(?:关于)?((?:{layout_table()['organ']['region']}|{county})+)")


def similar_places(places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that end in another one: 河西省云岫县 and 云岫县 may be one place, or not.

    >>> list(similar_places(["云岫县", "河西省云岫县", "沣阳市"]))
    [('河西省云岫县', '云岫县')]
    """
    known = frozenset(places)
    for place in sorted(known):
        for cut in range(1, len(place) - 1):
            if place[cut:] in known:
                yield place, place[cut:]
