"""Documents on Ray Data: a dataset in, a dataset of results out, and a check that nothing is missing (extra `ray`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..extras import extra_module
from ..report import Parser
from .arrow import TIMEOUT, ArrowParser, Holds, ids_of

__all__ = ["missing_documents", "parse_dataset", "parse_missing"]

Dataset = Any
"""A ray.data.Dataset (whose own types take longer to check than this library)."""


def parse_dataset(
    dataset: Dataset,
    parser: Parser | None = None,
    *,
    id: str = "document",
    text: str = "text",
    holds: Holds = "text",
    timeout: float | None = TIMEOUT,
    **options: Any,
) -> Dataset:
    """The results of a dataset's documents: a row each, with the columns of `ArrowParser.output_schema`.

    Like every dataset, it is worked out where it is written or read. Ray works a block out again when it loses it with
    a machine.

    Args:
        dataset: A dataset of documents.
        parser: A configured parser; by default the built-in rules.
        id: Column with the ids; text or whole numbers, no two alike.
        text: Column with the documents.
        holds: What that column holds: text, path or bytes (see `ArrowParser`).
        timeout: Seconds that a document may take. Without a limit no process is started beside Ray's own, and a
            document that kills one never ends: Ray tries its block again and again.
        options: Further options of `ray.data.Dataset.map_batches`, e.g. `compute` or `memory`.

    Raises:
        MissingExtra: ray is not installed.
    """
    extra_module("ray.data", "ray", "Ray Data")
    work = partial(_parse_block, ArrowParser(parser or Parser(), id, text, holds, timeout))
    return dataset.map_batches(work, batch_size=None, batch_format="pyarrow", **options)


def _parse_block(work: ArrowParser, block: Any) -> Iterator[Any]:
    table = extra_module("pyarrow", "ray", "Ray Data").Table
    yield work.output_schema.empty_table()  # also a block without rows has columns
    for batch in work.map(block.to_batches()):
        yield table.from_batches([batch])


def missing_documents(dataset: Dataset, results: Dataset, *, id: str = "document") -> Dataset:
    """The rows of a dataset whose ids have no result yet: none, where nothing was lost.

    The ids of the results are held in memory once a machine (about 100 MB for a million).

    Args:
        dataset: The documents.
        results: Their results, written or materialised before: others would be worked out here for their ids.
        id: Column with the ids of the documents.

    Raises:
        MissingExtra: ray is not installed.
    """
    ray = extra_module("ray", "ray", "Ray Data")
    arrow = extra_module("pyarrow", "ray", "Ray Data")
    batches = results.select_columns(["document"]).iter_batches(batch_size=None, batch_format="pyarrow")
    known = arrow.array(
        [identity for batch in batches for identity in ids_of(batch, "document")], arrow.string()
    )
    without = partial(_without, id=id, known=ray.put(known))
    return dataset.map_batches(without, batch_size=None, batch_format="pyarrow")


def _without(batch: Any, id: str, known: Any) -> Any:
    """The rows of a batch whose ids are not known."""
    ray = extra_module("ray", "ray", "Ray Data")
    arrow = extra_module("pyarrow", "ray", "Ray Data")
    compute = extra_module("pyarrow.compute", "ray", "Ray Data")
    ids = arrow.array(ids_of(batch, id), arrow.string())
    return batch.filter(compute.invert(compute.is_in(ids, value_set=ray.get(known))))


def parse_missing(
    dataset: Dataset,
    results: Dataset,
    parser: Parser | None = None,
    *,
    id: str = "document",
    text: str = "text",
    holds: Holds = "text",
    timeout: float = TIMEOUT,
    **options: Any,
) -> Dataset:
    """The results that are missing, each document parsed alone: one at which a process dies or hangs is marked.

    What it gives and `results` together hold every id of the dataset.

    Args:
        dataset: The documents.
        results: Their results so far; see `missing_documents`.
        parser: See `parse_dataset`, as for the other arguments.
        id: Column with the ids.
        text: Column with the documents.
        holds: What that column holds.
        timeout: Seconds that a document may take.
        options: Further options of `ray.data.Dataset.map_batches`.

    Raises:
        MissingExtra: ray is not installed.
    """
    left = missing_documents(dataset, results, id=id)
    return parse_dataset(left, parser, id=id, text=text, holds=holds, timeout=timeout, **options)
