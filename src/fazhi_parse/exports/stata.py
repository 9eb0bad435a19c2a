"""Stata files of version 118 (Stata 14 and later, Unicode).

pyreadstat, as it writes extended missing values (.a to .z), which pandas does not, and long text; R's haven is the same
library. The time stamp is set to a fixed one: the same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..cells import as_float, visible
from ..columns import Column
from ..data_files import load_table
from ..extras import extra_module

__all__ = ["stata_names", "stata_rows"]

_LONGEST_NAME, _LONGEST_LABEL = 28, 80
"""Stata allows names of 32 characters; the labels of values bear the name and the number of their variable."""
_LARGEST = 8.988e307
"""Doubles from here on are missing values in Stata."""
_RESERVED = re.compile(
    r"_all|_b|byte|_coef|_cons|double|float|if|in|int|_n|_N|long|_pi|_pred|_rc|_skip|str(?:\d+|L)|using|with"
)
_STAMP = re.compile(rb"<timestamp>\x11.{17}</timestamp>", re.DOTALL)


def stata_names(names: Iterable[str]) -> dict[str, str]:
    """A variable name of at most 28 ASCII characters for each; what had to be changed ends in a hash.

    Long names are abbreviated first, word by word (data/abbreviations.toml).

    >>> stata_names(["place", "reconsideration.accepted", "long", "a.b", "a_b", "调解.茶馆"])
    {'place': 'place', 'reconsideration.accepted': 'reconsideration_accepted', 'long': 'long_fc66f0',
     'a.b': 'a_b_2e7336', 'a_b': 'a_b', '调解.茶馆': 'v_4e6e1e'}
    """
    result: dict[str, str] = {}
    names = tuple(names)
    for name in names:
        short = name.replace(".", "_")
        if len(short) > _LONGEST_NAME:
            short = "_".join(_abbreviations().get(word, word) for word in short.split("_"))
        good = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", short, re.ASCII) and not _RESERVED.fullmatch(short)
        taken = (short != name and short in names) or short in result.values()
        if not good or taken or len(short) > _LONGEST_NAME:
            digest = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:6]
            stem = re.sub(r"[^A-Za-z0-9_]", "", short).strip("_") or "v"
            stem = stem if stem[0].isalpha() else f"v_{stem}"
            short = f"{stem[: _LONGEST_NAME - 7].rstrip('_')}_{digest}"
        result[name] = short
    return result


@cache
def _abbreviations() -> dict[str, str]:
    return load_table("abbreviations.toml")


def stata_rows(
    partial: Path,
    columns: tuple[Column, ...],
    rows: Iterable[Mapping[str, Any]],
    lang: str = "zh",
    missing: Mapping[str, str] | None = None,
) -> int:
    """Write a table for Stata; it is held in memory.

    Args:
        partial: The file.
        columns: Its columns; their labels become the variables' labels.
        rows: What stands in them; a number cell may be a letter of `missing`.
        lang: zh or en, the language of the labels.
        missing: Labels of the extended missing values, by letter.
    """
    pandas = extra_module("pandas", "stata", "a Stata file")
    pyreadstat = extra_module("pyreadstat", "stata", "a Stata file")
    letters = missing or {}
    data: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for column in columns:
            data[column.name].append(_cell(row[column.name], column, letters))
    names = stata_names(data)
    series = {
        names[column.name]: _series(pandas, data.pop(column.name), column, letters) for column in columns
    }
    frame = pandas.DataFrame(series)
    numbers = [names[column.name] for column in columns if column.type == "number"] if letters else []
    pyreadstat.write_dta(
        frame,
        str(partial),
        version=14,
        column_labels={names[c.name]: _label(c.zh if lang == "zh" else c.en) for c in columns},
        missing_user_values={name: list(letters) for name in numbers} or None,
        variable_value_labels={name: dict(letters) for name in numbers} or None,
        variable_format={names[c.name]: "%14.0g" for c in columns if c.type == "number"},
    )
    _fix_time(partial)
    return len(frame)


def _cell(cell: Any, column: Column, letters: Mapping[str, str]) -> Any:
    if column.type == "text":
        return "" if cell is None else visible(cell)
    if cell is None or cell in letters:
        return cell
    number = float(cell) if column.type != "number" else as_float(cell)
    return number if number is not None and abs(number) < _LARGEST else None


def _series(pandas: Any, cells: list[Any], column: Column, letters: Mapping[str, str]) -> Any:
    """A column as pyreadstat wants it: floats, among which letters of missing values make it one of objects."""
    if column.type == "text":
        return pandas.Series(cells, dtype="object")
    mixed = any(cell in letters for cell in cells) if letters else False
    return pandas.Series(cells, dtype="object" if mixed else "float64")


def _label(text: str) -> str:
    return visible(text)[:_LONGEST_LABEL]


def _fix_time(path: Path) -> None:
    with path.open("r+b") as file:
        head = file.read(1024)
        if stamp := _STAMP.search(head):
            file.seek(stamp.start())
            file.write(b"<timestamp>\x1101 Jan 2000 00:00</timestamp>")
