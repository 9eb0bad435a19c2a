"""Documents on Spark: a data frame in, a data frame of results out, and a check that nothing is missing (extra `spark`)."""

from __future__ import annotations

from typing import Any, cast

from ..errors import FazhiError
from ..extras import extra_module
from ..report import Parser
from .arrow import TIMEOUT, ArrowParser, Holds

__all__ = ["missing_documents", "parse_frame", "parse_missing", "spark_schema"]

DataFrame = Any
"""A pyspark.sql.DataFrame."""


def spark_schema(schema: Any) -> Any:
    """An Arrow schema in Spark's terms; its metadata become those of the first column, as Spark has none of a table.

    Args:
        schema: `ArrowParser.output_schema`.

    Raises:
        MissingExtra: pyspark is not installed.
    """
    types = extra_module("pyspark.sql.types", "spark", "Spark")
    translated = extra_module("pyspark.sql.pandas.types", "spark", "Spark").from_arrow_schema(schema)
    metadata = cast(dict[bytes, bytes], schema.metadata or {})
    known = {key.decode(): value.decode() for key, value in metadata.items()}
    first, *others = translated.fields
    return types.StructType([types.StructField(first.name, first.dataType, first.nullable, known), *others])


def parse_frame(
    frame: DataFrame,
    parser: Parser | None = None,
    *,
    id: str = "document",
    text: str = "text",
    holds: Holds = "text",
    timeout: float | None = TIMEOUT,
) -> DataFrame:
    """The results of a data frame's documents: a row each, with the columns of `spark_schema`.

    Args:
        frame: A data frame of documents.
        parser: A configured parser; by default the built-in rules.
        id: Column with the ids; text or whole numbers, no two alike.
        text: Column with the documents.
        holds: What that column holds: text, path or bytes (see `ArrowParser`).
        timeout: Seconds that a document may take. Without a limit no process is started beside Spark's own, and a
            document that kills one ends the job: Spark does not go on without a partition.

    Raises:
        FazhiError: A column is not there, or its ids are neither text nor whole numbers.
        MissingExtra: pyspark is not installed.
    """
    work = ArrowParser(parser or Parser(), id, text, holds, timeout)
    schema = spark_schema(work.output_schema)
    return frame.select(_id_column(frame, id), text).mapInArrow(work.map, schema)


def missing_documents(frame: DataFrame, results: DataFrame, *, id: str = "document") -> DataFrame:
    """The rows of a data frame whose ids have no result yet: none, where nothing was lost.

    Args:
        frame: The documents.
        results: Their results, written or kept before: others would be worked out again for their ids.
        id: Column with the ids of the documents.

    Raises:
        FazhiError: The column is not there, or its ids are neither text nor whole numbers.
    """
    functions = extra_module("pyspark.sql.functions", "spark", "Spark")
    identity = functions.coalesce(_id_column(frame, id).cast("string"), functions.lit(""))
    known = results.select(results["document"].alias("_known"))
    return frame.join(known, identity == known["_known"], "left_anti")


def parse_missing(
    frame: DataFrame,
    results: DataFrame,
    parser: Parser | None = None,
    *,
    id: str = "document",
    text: str = "text",
    holds: Holds = "text",
    timeout: float = TIMEOUT,
) -> DataFrame:
    """The results that are missing, each document parsed alone: one at which a process dies or hangs is marked.

    What it gives and `results` together hold every id of the data frame.

    Args:
        frame: The documents.
        results: Their results so far; see `missing_documents`.
        parser: See `parse_frame`, as for the other arguments.
        id: Column with the ids.
        text: Column with the documents.
        holds: What that column holds.
        timeout: Seconds that a document may take.

    Raises:
        FazhiError: A column is not there, or its ids are neither text nor whole numbers.
        MissingExtra: pyspark is not installed.
    """
    left = missing_documents(frame, results, id=id)
    return parse_frame(left, parser, id=id, text=text, holds=holds, timeout=timeout)


def _id_column(frame: DataFrame, id: str) -> Any:
    types = extra_module("pyspark.sql.types", "spark", "Spark")
    if id not in frame.columns:
        raise FazhiError(f"no column {id!r}; there are {', '.join(frame.columns)}")
    if not isinstance(frame.schema[id].dataType, (types.StringType, types.IntegralType)):
        raise FazhiError(
            f"column {id!r} holds {frame.schema[id].dataType.simpleString()}, no text or whole numbers"
        )
    return frame[id]
