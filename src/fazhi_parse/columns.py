"""The tables that the library gives, as data: names, types and labels of their columns."""

from __future__ import annotations

from functools import cache

import attrs

from .data_files import load_table

__all__ = ["Column", "columns", "table_named"]


@attrs.frozen
class Column:
    """A column of a table."""

    name: str
    """Short ASCII name."""
    type: str
    """text, integer, number (a decimal string in rows) or flag."""
    zh: str
    """Chinese label."""
    en: str
    """English label."""


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order.

    Args:
        table: A table of data/tables.toml.

    Raises:
        KeyError: There is no such table.

    >>> [column.name for column in columns("problem")][:4]
    ['document', 'region', 'report_year', 'code']
    """
    return tuple(Column(name, **entry) for name, entry in load_table("tables.toml")[table].items())


_NAMES = {"quantities": "quantity", "diagnostic": "problem", "diagnostics": "problem"}


def table_named(name: str) -> str:
    """What a table is called here, where a user names it after its rows or after the field of a report.

    >>> table_named("observations"), table_named("document"), table_named("diagnostics")
    ('observation', 'document', 'problem')
    """
    return _NAMES.get(name, name.removesuffix("s"))
