"""Documents and characters a second on each engine, the same documents for all:  python bench/engines.py [documents]

Wall-clock time, the best of the rounds; engines are started before. Two processes each, where there are several.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow
from common import REPORTS, table, varied

import fazhi_parse as fp
from fazhi_parse.engines.arrow import ArrowParser
from fazhi_parse.tables import document_row

ROUNDS = 2
Job = Callable[[], int]


def documents(count: int) -> dict[str, str]:
    """Reports of the usual length, each with other figures, so that no cache knows them."""
    texts = [p.read_text("utf-8") for p in REPORTS if p.stat().st_size > 6_000]
    return {f"{n}": varied(texts[n % len(texts)], n) for n in range(count)}


def rows(texts: dict[str, str], workers: int) -> int:
    """The plain loop, or processes."""
    catalogue = fp.load_catalogue()
    return sum(bool(document_row(result, catalogue)) for result in fp.parse_many(texts, workers=workers))


@contextmanager
def on_ray(batch: pyarrow.Table) -> Iterator[dict[str, Job]]:
    """Ray Data on this machine."""
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_TOKEN": os.urandom(32).hex()}
    import ray

    from fazhi_parse.engines.ray import parse_dataset

    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    dataset = ray.data.from_arrow(batch).repartition(2).materialize()

    def run(timeout: float | None) -> int:
        return int(parse_dataset(dataset, timeout=timeout).materialize().count())

    yield {"Ray, 2 tasks": lambda: run(None), "Ray, 2 tasks, guarded": lambda: run(60.0)}
    ray.shutdown()


@contextmanager
def on_spark(batch: pyarrow.Table) -> Iterator[dict[str, Job]]:
    """Spark on this machine."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from fazhi_parse.engines.spark import parse_frame

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    frame = session.createDataFrame(list(zip(*batch.to_pydict().values(), strict=True)), batch.schema.names)
    frame = frame.repartition(2).cache()
    frame.count()

    def run(timeout: float | None) -> int:
        results = parse_frame(frame, timeout=timeout)
        return sum(row.figures > 0 for row in results.select("figures", "observations").collect())

    yield {"Spark, 2 tasks": lambda: run(None), "Spark, 2 tasks, guarded": lambda: run(60.0)}
    session.stop()


def best(jobs: dict[str, Job], count: int) -> dict[str, float]:
    """Least seconds of each job; the rounds are interleaved, one before them warms up."""
    times: dict[str, float] = dict.fromkeys(jobs, float("inf"))
    for turn in range(ROUNDS + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            done = job()
            assert done == count, f"{name}: {done} rows of {count} documents"
            if turn:
                times[name] = min(times[name], time.perf_counter() - start)
    return times


def main() -> None:
    warnings.simplefilter("ignore")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    texts = documents(count)
    characters = sum(map(len, texts.values()))
    batch: Any = pyarrow.table({"document": list(texts), "text": list(texts.values())})
    work = ArrowParser()
    times = best(
        {
            "plain loop": lambda: rows(texts, 1),
            "2 processes": lambda: rows(texts, 2),
            "Arrow batches": lambda: sum(done.num_rows for done in map(work, batch.to_batches(64))),
        },
        count,
    )
    for engine in (on_ray, on_spark):
        with engine(batch) as jobs:
            times |= best(jobs, count)
    print(f"{count} documents, {characters / count:,.0f} characters each on average")
    lines = [
        (
            name,
            f"{count / seconds:.0f}",
            f"{characters / seconds:,.0f}",
            f"{times['plain loop'] / seconds:.2f}",
        )
        for name, seconds in times.items()
    ]
    print(table(("engine", "documents/s", "characters/s", "of the plain loop"), lines))


if __name__ == "__main__":
    main()
