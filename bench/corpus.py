"""Many documents: rate on one worker and on all cores, memory as their number grows.

    python bench/corpus.py

The documents are the sample reports with other figures each time. Wall-clock time: work in
other processes does not count as this one's. Memory is the peak of this process over that
before the first document, with results taken one by one and let go.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from common import REPORTS, table, varied

import fazhi_parse as fp
from fazhi_parse.pool import cores

SHORT = 400
"""Characters of the documents of which there are many."""


def documents(count: int, characters: int | None = None) -> Iterator[tuple[str, str]]:
    """Ids and texts, made one by one; cut to a length where one is given."""
    texts = [path.read_text("utf-8")[:characters] for path in REPORTS]
    for n in range(count):
        yield f"{n:06}", varied(texts[n % len(texts)], n)


def whole(given: list[tuple[str, str]], workers: int) -> int:
    """Reports with all that they hold, passed on from the workers."""
    count = 0
    for result in fp.parse_many(given, workers=workers):
        assert result.report is not None
        # what a section is about is worked out when somebody asks; from a worker it comes with the report
        count += all(section.labels.dimensions is not None for section in result.report.walk())
    return count


def run(given: list[tuple[str, str]], workers: int) -> int:
    """A run in a folder, of which the workers pass on rows."""
    with tempfile.TemporaryDirectory() as folder:
        return len(fp.parse_into(Path(folder, "run"), given, workers=workers))


def rates(count: int, job: Callable[[list[tuple[str, str]], int], int]) -> None:
    """Documents and characters a second, for one worker and for one a core."""
    given = list(documents(count))
    size = sum(len(text) for _, text in given)
    list(fp.parse_many(given[:20]))
    seconds: dict[int, float] = {}
    for _ in range(3):
        for workers in sorted({1, 2, cores()}):
            start = time.perf_counter()
            assert job(given, workers) == count
            taken = time.perf_counter() - start
            seconds[workers] = min(taken, seconds.get(workers, taken))
    rows = [
        (
            str(workers),
            f"{taken:.2f} s",
            f"{count / taken:.0f}",
            f"{size / taken / 1e6:.2f} M",
            f"{seconds[1] / taken:.2f}",
        )
        for workers, taken in seconds.items()
    ]
    print(
        f"{job.__doc__} {count} documents, {size:,} characters, {cores()} cores; starting the workers counts."
    )
    print(table(("workers", "least", "documents/s", "characters/s", "× one"), rows), end="\n\n")


def memory(counts: tuple[int, ...]) -> None:
    """Peak memory of a process of its own that parses so many documents, with one and with two workers."""
    rows: list[tuple[str, ...]] = []
    for count in counts:
        cells = [
            subprocess.run(
                [sys.executable, __file__, "peak", str(count), str(workers)],
                capture_output=True, text=True, check=True,
            ).stdout.strip()
            for workers in (1, 2)
        ]  # fmt: skip
        rows.append((f"{count:,}", *(f"{cell} MiB" for cell in cells)))
    print(f"documents of {SHORT} characters")
    print(table(("documents", "more memory, 1 worker", "2 workers"), rows))


def peak(count: int, workers: int) -> None:
    """Print by how many MiB the peak rose."""
    list(fp.parse_many(documents(20, SHORT), workers=workers))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in fp.parse_many(documents(count, SHORT), workers=workers):
        pass
    print(round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1))


def main() -> None:
    if sys.argv[1:2] == ["peak"]:
        peak(int(sys.argv[2]), int(sys.argv[3]))
        return
    rates(3_000, run)
    rates(3_000, whole)
    memory((1_000, 10_000, 100_000))


if __name__ == "__main__":
    main()
