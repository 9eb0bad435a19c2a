"""Documents in Arrow record batches: the function that every engine calls, whatever moves its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any, Literal, cast, get_args

import attrs

from ..corpus import each_document, in_chunks, read_row
from ..documents import Document
from ..errors import FazhiError
from ..extras import extra_module
from ..fingerprint import fingerprint
from ..indicators import load_catalogue
from ..report import Parser
from ..shards import arrow_schema
from ..tables import Result, columns, document_row

__all__ = ["SCHEMA", "TIMEOUT", "ArrowParser", "Holds", "flat_table", "ids_of", "versions"]

SCHEMA = 1
"""Version of the columns; a change that a reader could notice raises it."""
Holds = Literal["text", "path", "bytes"]
"""What the column with the documents holds: texts, paths of files, or the bytes of files."""
TIMEOUT = 60.0
"""Seconds that a document may take on a cluster, where one that takes its process along would end or stop the job."""
_ONE: dict[Holds, str] = {"text": "a text", "path": "a path", "bytes": "bytes"}
_ROWS = 256
"""Rows of the batches that a stream of batches gives."""
_PREFIX = "fazhi_parse."

Batch = Any
"""A pyarrow.RecordBatch or a pyarrow.Table; pyarrow has no types of its own."""


@attrs.frozen
class ArrowParser:
    """A record batch (or table) of documents in, one of results out: a row an input row, in order. It can be pickled.

    A row that cannot be read (null, no text, not UTF-8, no id) gives a row with the status error. The rules are
    compiled once a process.

    >>> import pyarrow
    >>> batch = pyarrow.RecordBatch.from_pydict({"name": ["a", "b"], "body": ["一、成效\\n受理行政复议案件6件。", None]})
    >>> rows = ArrowParser(id="name", text="body")(batch).to_pylist()
    >>> [(row["document"], row["status"], row["error"]) for row in rows]
    [('a', 'ok', ''), ('b', 'error', 'not a text but NoneType')]
    >>> [(value["indicator"], value["value"]) for value in rows[0]["observations"]]
    [('reconsideration.accepted', '6')]
    """

    parser: Parser = attrs.field(factory=Parser)
    """A configured parser; it carries what its rule files held when it was made."""
    id: str = "document"
    """Column with the ids: text or whole numbers, no two alike."""
    text: str = "text"
    """Column with the documents."""
    holds: Holds = attrs.field(default="text", validator=attrs.validators.in_(get_args(Holds)))
    """What that column holds: text; path, of a file that every machine can open; or bytes of a file, whose kind the
    ending of the id tells."""
    timeout: float | None = None
    """Seconds that a document may take. With a limit, documents are parsed in a process beside this one
    (extractors must be importable), so that one at which that process dies or hangs costs its own row only."""
    rules: str = attrs.field(init=False)
    """Hash of all that the results depend on (`fingerprint`)."""
    _version: str = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "rules", fingerprint(self.parser))
        object.__setattr__(self, "_version", _installed())

    @property
    def output_schema(self) -> Any:
        """The columns of the results; its metadata say with what they were made (see `versions`)."""
        known = {"schema": str(SCHEMA), "version": _installed(), "rules": self.rules}
        schema = arrow_schema()
        return schema.with_metadata({_PREFIX + key: value for key, value in known.items()})

    def __call__(self, batch: Batch) -> Batch:
        """The results of one batch.

        Raises:
            FazhiError: A column is not there, or this process has another version than the one that made the parser.
        """
        return self._made(list(self._rows([batch])), type(batch))

    def map(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The results of a stream of batches, in batches of their own size; see `__call__`.

        >>> import pyarrow
        >>> batches = pyarrow.table({"document": ["a", "b"], "text": ["", "一、成效"]}).to_batches(1)
        >>> [row["status"] for batch in ArrowParser().map(batches) for row in batch.to_pylist()]
        ['empty', 'ok']
        """
        arrow = extra_module("pyarrow", "parquet", "an Arrow batch")
        for rows in in_chunks(self._rows(batches), _ROWS):
            yield self._made(rows, arrow.RecordBatch)

    def _rows(self, batches: Iterable[Any]) -> Iterator[dict[str, Any]]:
        self._check_process()
        documents = (document for batch in batches for document in self._documents(batch))
        return each_document(read_row, _row_of_lost, documents, self.parser, 1, self.timeout)

    def _check_process(self) -> None:
        if self._version != _installed():
            raise FazhiError(
                f"this process has fazhi-parse {_installed()}, the parser was made with {self._version}"
            )

    def _documents(self, batch: Any) -> Iterator[Document]:
        contents = _values(_column(batch, self.text))
        for identity, content in zip(ids_of(batch, self.id), contents, strict=True):
            yield _document(identity, content, self.holds)

    def _made(self, rows: Sequence[dict[str, Any]], kind: Any) -> Any:
        """A batch of rows; one with what no column can hold (the work of an extractor) becomes an error."""
        schema = self.output_schema
        try:
            return kind.from_pylist(list(rows), schema=schema)
        except (TypeError, ValueError, OverflowError):
            return kind.from_pylist([_fitting(row, schema) for row in rows], schema=schema)


def versions(schema: Any) -> dict[str, str]:
    """What made a table, from the metadata of its schema: schema, version, rules; empty where an engine dropped them.

    >>> versions(ArrowParser().output_schema)
    {'schema': '1', 'version': '...', 'rules': '...'}
    """
    metadata = cast(dict[bytes, bytes], schema.metadata or {})
    known = {key.decode(): value.decode() for key, value in metadata.items()}
    return {key.removeprefix(_PREFIX): text for key, text in known.items() if key.startswith(_PREFIX)}


def flat_table(documents: Any, table: str) -> Any:
    """One of the flat tables (see `fazhi_parse.tables.TABLES`) of results, made inside Arrow.

    Args:
        documents: A batch or table of results.
        table: document, observation or problem.

    Raises:
        KeyError: There is no such table.

    >>> import pyarrow
    >>> results = ArrowParser()(pyarrow.table({"document": ["a"], "text": ["一、成效\\n受理行政复议案件6件。"]}))
    >>> flat_table(results, "observation").select(["document", "indicator", "value"]).to_pylist()
    [{'document': 'a', 'indicator': 'reconsideration.accepted', 'value': '6'}]
    """
    arrow = extra_module("pyarrow", "parquet", "an Arrow table")
    names = [column.name for column in columns(table)]
    if table == "document":
        flat = arrow.table([documents.column(name) for name in names], names=names)
    else:
        compute = extra_module("pyarrow.compute", "parquet", "an Arrow table")
        flat = arrow.Table.from_struct_array(compute.list_flatten(documents.column(f"{table}s")))
    return flat.replace_schema_metadata(documents.schema.metadata)


def ids_of(batch: Any, column: str) -> list[str]:
    """The ids of documents as results hold them; empty where there is none.

    >>> import pyarrow
    >>> ids_of(pyarrow.table({"number": [7, None]}), "number")
    ['7', '']
    """
    values = _values(_column(batch, column))
    return ["" if value is None or isinstance(value, Exception) else str(value) for value in values]


def _column(batch: Any, name: str) -> Any:
    """A column by its name.

    Raises:
        FazhiError: It is not there, or there are several of that name.
    """
    names: list[str] = batch.schema.names
    if names.count(name) != 1:
        raise FazhiError(
            f"{names.count(name) or 'no'} columns {name!r}; there are {', '.join(names) or 'none'}"
        )
    return batch.column(name)


def _values(column: Any) -> list[Any]:
    """The values of a column; in the place of one that cannot be read, why."""
    try:
        return list(column.to_pylist())
    except ValueError:  # not UTF-8, say
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except ValueError as error:
        return error


def _document(identity: str, content: Any, holds: Holds) -> Document:
    if not identity:
        return Document(identity, fault="the row has no id")
    if isinstance(content, Exception):
        return Document(identity, fault=str(content))
    if not isinstance(content, bytes if holds == "bytes" else str):
        return Document(identity, fault=f"not {_ONE[holds]} but {type(content).__name__}")
    return Document(identity, str(content)) if holds == "path" else Document(identity, None, content)


def _row_of_lost(result: Result) -> dict[str, Any]:
    return document_row(result, load_catalogue())  # which has no part in it: there is no report


def _fitting(row: dict[str, Any], schema: Any) -> dict[str, Any]:
    try:
        extra_module("pyarrow", "parquet", "an Arrow batch").RecordBatch.from_pylist([row], schema=schema)
    except (TypeError, ValueError, OverflowError) as error:
        return _row_of_lost(
            Result(row["document"], "error", error=f"no row of a table: {error}", sha256=row["sha256"])
        )
    return row


@cache
def _installed() -> str:
    """What a process brings itself, which a pickled parser does not."""
    return version("fazhi-parse")
