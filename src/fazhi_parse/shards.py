"""Documents' rows to a file and back, nothing lost: one row an input, its observations and problems inside.

Values stay decimal strings here, so that what is read is what was written, to the last digit. What a person opens in
a spreadsheet or a statistics program is made from these rows by `exports`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from .errors import FazhiError
from .extras import extra_module
from .files import replacing
from .tables import columns, encodable

__all__ = ["SHARD_SUFFIXES", "arrow_schema", "read_documents", "write_documents"]

SHARD_SUFFIXES = (".jsonl", ".parquet")
"""Endings of files that hold documents' rows."""
_BATCH = 256
"""Documents that are held at a time: a row group of a Parquet file."""


@cache
def arrow_schema() -> Any:
    """The schema of documents' rows in Arrow: a column a field, observations and problems as lists of structs.

    Raises:
        MissingExtra: pyarrow is not installed.

    >>> schema = arrow_schema()
    >>> schema.field("report_year").type, schema.field("observations").type.value_type.field("value").type
    (DataType(int64), DataType(string))
    """
    arrow = extra_module("pyarrow", "parquet", "a Parquet file")
    types = {
        "text": arrow.string(),
        "number": arrow.string(),
        "integer": arrow.int64(),
        "flag": arrow.bool_(),
    }

    def fields(table: str) -> list[Any]:
        return [arrow.field(column.name, types[column.type]) for column in columns(table)]

    nested = [
        arrow.field(f"{table}s", arrow.list_(arrow.struct(fields(table))))
        for table in ("observation", "problem")
    ]
    return arrow.schema([*fields("document"), *nested])


def write_documents(path: Path, documents: Iterable[Mapping[str, Any]]) -> int:
    """Write documents' rows; the same rows give the same bytes. Returns their number.

    Args:
        path: A file with the ending .jsonl or .parquet; it appears when it is complete.
        documents: What `document_row` gave.

    Raises:
        ValueError: The ending is another one.
        OSError: The file cannot be written.
        MissingExtra: pyarrow is not installed, and the ending is .parquet.
    """
    write = _write_parquet if _suffix(path) == ".parquet" else _write_jsonl
    with replacing(path) as partial:
        return write(partial, documents)


def read_documents(path: Path) -> Iterator[dict[str, Any]]:
    """Documents' rows again, a few at a time.

    Args:
        path: A file that `write_documents` wrote.

    Raises:
        FazhiError: The file holds something else.
        ValueError: The ending is another one.
        OSError: The file cannot be read.
        MissingExtra: pyarrow is not installed, and the ending is .parquet.
    """
    return (_read_parquet if _suffix(path) == ".parquet" else _read_jsonl)(path)


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in SHARD_SUFFIXES:
        raise ValueError(f"{path.name}: the ending must be {' or '.join(SHARD_SUFFIXES)}")
    return path.suffix.lower()


# -- JSON lines --------------------------------------------------------------------------------


def _write_jsonl(path: Path, documents: Iterable[Mapping[str, Any]]) -> int:
    # half a surrogate pair becomes its JSON escape
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        return sum(file.write(json.dumps(document, ensure_ascii=False) + "\n") > 0 for document in documents)


def _read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                document = json.loads(line)
            except ValueError as error:
                raise FazhiError(f"{path.name}, line {number}: no JSON ({error})") from error
            if not isinstance(document, dict) or "observations" not in document:
                raise FazhiError(
                    f"{path.name}, line {number}: no document's row (one an input, with observations inside)"
                )
            yield document


# -- Parquet -----------------------------------------------------------------------------------


def _write_parquet(path: Path, documents: Iterable[Mapping[str, Any]]) -> int:
    parquet = extra_module("pyarrow.parquet", "parquet", "a Parquet file")
    count, left = 0, iter(documents)
    with parquet.ParquetWriter(path, arrow_schema(), compression="zstd") as writer:
        while batch := list(islice(left, _BATCH)):
            writer.write_table(_arrow_table(batch))
            count += len(batch)
    return count


def _arrow_table(batch: list[Mapping[str, Any]]) -> Any:
    from_rows = extra_module("pyarrow", "parquet", "a Parquet file").Table.from_pylist
    try:
        return from_rows(batch, schema=arrow_schema())
    except UnicodeEncodeError:
        return from_rows(encodable(batch), schema=arrow_schema())


def _read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    arrow = extra_module("pyarrow", "parquet", "a Parquet file")
    parquet = extra_module("pyarrow.parquet", "parquet", "a Parquet file")
    try:
        with parquet.ParquetFile(path) as file:
            if "observations" not in file.schema_arrow.names:
                raise FazhiError(f"{path.name}: no documents' rows (one an input, with observations inside)")
            for batch in file.iter_batches(_BATCH):
                yield from batch.to_pylist()
    except arrow.ArrowInvalid as error:
        raise FazhiError(f"{path.name}: no Parquet file ({error})") from error
