"""Tables as records and as data frames of pandas, polars and Arrow, and as Parquet files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from .cells import typed
from .columns import Column
from .extras import extra_module

__all__ = ["LIBRARIES", "arrow_fields", "make_frame", "parquet_rows"]

LIBRARIES = ("pandas", "polars", "arrow")
"""What a table can be held in."""
_BATCH = 8192
_PANDAS: dict[str, Any] = {"number": "float64", "integer": "Int64", "flag": "boolean"}


def make_frame(columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]], library: str) -> Any:
    """A table in memory; numbers are floats, whole numbers and flags may be missing.

    Args:
        columns: Its columns.
        rows: What stands in them.
        library: One of `LIBRARIES`.

    Raises:
        ValueError: There is no such library.
        MissingExtra: It is not installed.
    """
    if library not in LIBRARIES:
        raise ValueError(f"library is one of {', '.join(LIBRARIES)}, not {library!r}")
    if library == "arrow":
        return extra_module("pyarrow", "parquet", "an Arrow table").Table.from_batches(
            _batches(columns, rows), schema=arrow_fields(columns)
        )
    data: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for name, cell in typed(row, columns).items():
            data[name].append(cell)
    if library == "polars":
        polars = extra_module("polars", "polars", "a polars frame")
        types = {
            "text": polars.String, "number": polars.Float64, "integer": polars.Int64, "flag": polars.Boolean
        }  # fmt: skip
        return polars.DataFrame(data, schema={column.name: types[column.type] for column in columns})
    pandas = extra_module("pandas", "frame", "a data frame")
    # text as pandas itself would have it, also where a column is empty: str since pandas 3, object before
    types = _PANDAS | {"text": pandas.Series([""]).dtype}
    return pandas.DataFrame({c.name: pandas.Series(data[c.name], dtype=types[c.type]) for c in columns})


def arrow_fields(columns: tuple[Column, ...]) -> Any:
    """The Arrow schema of a flat table."""
    arrow = extra_module("pyarrow", "parquet", "a Parquet file")
    types = {
        "text": arrow.string(), "number": arrow.float64(), "integer": arrow.int64(), "flag": arrow.bool_()
    }  # fmt: skip
    return arrow.schema([(column.name, types[column.type]) for column in columns])


def parquet_rows(partial: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a table as Parquet, a few thousand rows at a time."""
    parquet = extra_module("pyarrow.parquet", "parquet", "a Parquet file")
    count = 0
    with parquet.ParquetWriter(partial, arrow_fields(columns), compression="zstd") as writer:
        for batch in _batches(columns, rows):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _batches(columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    arrow = extra_module("pyarrow", "parquet", "a Parquet file")
    left = (typed(row, columns) for row in rows)
    while batch := list(islice(left, _BATCH)):
        yield arrow.RecordBatch.from_pylist(batch, schema=arrow_fields(columns))
