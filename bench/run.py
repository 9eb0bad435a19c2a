"""All figures of the performance page in one run:  python bench/run.py [--write] | compare [REV]

Without arguments: prints the tables; with --write they also go to docs/performance_tables.txt, and the ratios to
bench/baseline.json, beside which later runs are printed. `compare REV` (HEAD) sets the working tree beside a revision, in
fresh processes that take turns. Ratios are what to look at; seconds are those of the machine.
"""

from __future__ import annotations

import gc
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from common import CHARSET_PASS, REGEX_PASS, sample_text, table, varied
from indicators import catalogue
from peers import peers
from revision import ROOT, run, worktree
from start import start_times

import fazhi_parse as fp
from fazhi_parse.cleaning import clean
from fazhi_parse.outline import build_outline
from fazhi_parse.quantities.scan import scan

BASELINE = Path(__file__).with_name("baseline.json")
TABLES = ROOT / "docs" / "performance_tables.txt"
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]
CHARACTERS, ROUNDS = 30_000, 7
WARMING = 12
"""Texts that are parsed before: rules wait for the tenth that may hold their words; what a first parse costs stands by itself."""
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of UTF-8."""
RULES = (189, 1_890)


def seconds(job: Callable[[], object]) -> float:
    """Processor time of one run, the collector off as in timeit."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    job()
    gc.enable()
    return time.process_time() - start


def beside_peers(sample: str, rounds: int = ROUNDS) -> dict[str, float]:
    """How many regex passes each job costs: the median over rounds, in which all read the same new figures."""
    jobs: dict[str, Callable[[str], object]] = {
        "regex pass (markers)": REGEX_PASS.findall,
        "regex pass (numerals)": CHARSET_PASS.findall,
        "clean": clean,
        "outline": lambda text: build_outline(fp.SourceText.of(text)),
        "figures": lambda text: scan(text)[0],
        "find_quantities": fp.find_quantities,
        "parse": fp.parse,
        **peers(),
    }
    for job in jobs.values():
        job(sample)
    for seed in range(WARMING):
        fp.parse(varied(sample, rounds + seed))
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for seed in range(rounds):
        text = varied(sample, seed)
        for name, job in jobs.items():
            times[name].append(seconds(lambda job=job, text=text: job(text)))
    base = times["regex pass (markers)"]
    return {
        name: statistics.median(a / b for a, b in zip(values, base, strict=True))
        for name, values in times.items()
    }


TEXTS = {"sample reports, one figure in 16 characters": False, "reports of the density that is usual": True}
"""What is read, and whether it is prose."""


def stages_table(text: str, ratios: dict[str, float], before: dict[str, float]) -> Table:
    rows = [
        (
            name,
            f"{value:.1f}",
            f"{value / ratios['parse']:.2f}",
            f"{before[name]:.1f}" if name in before else "",
        )
        for name, value in ratios.items()
    ]
    return (
        f"{CHARACTERS:,} characters of {text}",
        ("job", "× regex pass", "× parse", "baseline"),
        rows,
    )


def growth_table() -> Table:
    """What a megabyte costs in texts of each size."""
    rows: list[tuple[str, ...]] = []
    first = 0.0
    for size in SIZES:
        text = sample_text(size // 3)
        loops = max(1, min(20, 300_000 // size))
        best = min(
            seconds(lambda text=text: fp.parse(text)) for _ in range(loops if size < 10_000_000 else 1)
        )
        rate = best / size * 1e6
        first = first or rate
        rows.append(
            (f"{size // 1000:,} kB", f"{best * 1000:,.1f} ms", f"{rate:.2f} s", f"{rate / first:.2f}")
        )
    return "Cost by size (UTF-8)", ("text", "parse", "a megabyte", "× the smallest"), rows


def rules_table() -> Table:
    """What parse costs with ten times the indicators."""
    text = sample_text(CHARACTERS)
    from indicators import context, find_observations

    known = context(text)
    rows: list[tuple[str, ...]] = []
    first = 0.0
    for size in RULES:
        entries = catalogue(size)
        find_observations(known, entries)
        best = min(
            seconds(lambda entries=entries: find_observations(context(text), entries)) for _ in range(5)
        )
        first = first or best
        rows.append((f"{size:,}", f"{best / first:.2f}"))
    return "Cost by number of indicators", ("indicators", "× the catalogue"), rows


def start_table() -> Table:
    times = start_times(7)
    rows = [
        (name if name == "import" else f"first {name}", f"{min(v) * 1e3:.0f} ms", f"{statistics.median(v) * 1e3:.0f} ms")
        for name, v in times.items()
    ]  # fmt: skip
    return "Start, over bare Python", ("cost of", "least", "median"), rows


_PEAK = """
import sys
import fazhi_parse as fp

def peak():  # of this process since it began (Linux); getrusage would count the parent's, too
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))

text = sys.stdin.read()
fp.parse(text[:3000])
before = peak()
report = fp.parse(text)
print((peak() - before) / 1024)
"""


def memory_table() -> Table:
    """By how much the peak of a process rises."""
    rows: list[tuple[str, ...]] = []
    for size in (1_000_000, 3_000_000):
        text = sample_text(size // 3)
        done = subprocess.run(
            [sys.executable, "-c", _PEAK], input=text, capture_output=True, text=True, check=True
        )
        rows.append((f"{size // 1_000_000} MB", f"{float(done.stdout) / size * 1e6:.0f} MiB"))
    return "Peak memory a megabyte of text, all records kept", ("text", "a megabyte"), rows


def markdown(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" if i == 0 else "---:" for i in range(len(head))), *rows]
    return f"### {title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def report(write: bool) -> None:
    before: dict[str, dict[str, float]] = json.loads(BASELINE.read_text("utf-8"))
    ratios = {text: beside_peers(sample_text(CHARACTERS, prose=prose)) for text, prose in TEXTS.items()}
    tables = [
        *(stages_table(text, values, before.get(text, {})) for text, values in ratios.items()),
        growth_table(), rules_table(), start_table(), memory_table(),
    ]  # fmt: skip
    versions = f"fazhi_parse {fp.__version__}, Python {platform.python_version()}, {platform.machine()}"
    print(versions, end="\n\n")
    for title, head, rows in tables:
        print(title, table(head, rows), sep="\n", end="\n\n")
    if write:
        cells = [(t, h[:3] if "baseline" in h else h, [r[: len(h) - 1] for r in rows] if "baseline" in h else rows)
                 for t, h, rows in tables]  # fmt: skip
        text = "\n".join(markdown(*cell) for cell in cells)
        TABLES.write_text(f"<!-- written by bench/run.py -->\nMeasured: {versions}.\n\n{text}", "utf-8")
        kept = {text: {k: round(v, 2) for k, v in values.items()} for text, values in ratios.items()}
        BASELINE.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


_COMPARED = """
import sys, time
sys.path.insert(0, sys.argv[1])
from common import sample_text
text = sample_text(30000)
start = time.process_time()
import fazhi_parse as fp
times = [time.process_time() - start]
def least(job, rounds):
    best = []
    for _ in range(rounds):
        start = time.process_time()
        job(text)
        best.append(time.process_time() - start)
    return min(best)
times.append(least(fp.parse, 1))
times += [least(job, 5) for job in (fp.clean, fp.parse_sections, fp.find_quantities, fp.parse)]
print(*times)
"""


def compare(revision: str, rounds: int = 5) -> None:
    """The working tree beside a revision, in processes that take turns."""
    names = ("import", "first parse", "clean", "parse_sections", "find_quantities", "parse")
    times: dict[str, list[list[float]]] = {"old": [], "new": []}
    with worktree(revision) as source:
        for _ in range(rounds + 1):
            for name, tree in (("old", source), ("new", ROOT / "src")):
                printed = run(tree, _COMPARED, str(Path(__file__).parent))
                times[name].append([float(value) for value in printed.split()])
    old, new = ([min(column) for column in zip(*values[1:], strict=True)] for values in times.values())
    rows = [
        (name, f"{a * 1000:.1f} ms", f"{b * 1000:.1f} ms", f"{b / a:.2f}")
        for name, a, b in zip(names, old, new, strict=True)
    ]
    print(table(("least of", revision, "working tree", "ratio"), rows))


def main() -> None:
    if sys.argv[1:2] == ["compare"]:
        compare(sys.argv[2] if len(sys.argv) > 2 else "HEAD")
    else:
        report("--write" in sys.argv)


if __name__ == "__main__":
    main()
