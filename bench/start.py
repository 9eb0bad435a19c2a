"""Import time over bare Python and time of the first call, in fresh processes:  python bench/start.py [ROUNDS]

Processor time within a process, from the first import to its end, and of the first `parse` of a sample report. The least
of the rounds is the cost; the median shows how busy the machine was. Then: what must not be imported before it is used.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

from common import REPORTS, table

_CHILD = """
import sys, time
text = open(sys.argv[1], encoding="utf-8").read()
start = time.process_time()
import fazhi_parse as fp
imported = time.process_time()
{call}
print(imported - start, time.process_time() - imported)
"""
CALLS = {
    "parse": "fp.parse(text)",
    "parse_sections": "fp.parse_sections(text)",
    "find_quantities": "fp.find_quantities(text)",
    "clean": "fp.clean(text)",
}
BUDGET_MS = {"import": 80, "parse": 250}
NOT_AT_IMPORT = (
    "cn2an",
    "opencc",
    "regex",
    "pandas",
    "lxml",
    "docx",
    "multiprocessing",
    "importlib.metadata",
)


def _with_bytecode() -> dict[str, str]:
    """The environment, in which modules are compiled once, as they are for users."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measured(python: str, call: str) -> tuple[float, float]:
    """Seconds of import and of a call in a process of its own."""
    command = [python, "-c", _CHILD.format(call=call), str(REPORTS[-1])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_with_bytecode())
    first, second = map(float, done.stdout.split())
    return first, second


def start_times(rounds: int, python: str = sys.executable) -> dict[str, list[float]]:
    """Seconds by what was done: import, and each first call; the rounds are interleaved."""
    times: dict[str, list[float]] = {"import": [], **{name: [] for name in CALLS}}
    for _ in range(rounds):
        for name, call in CALLS.items():
            imported, called = measured(python, call)
            times["import"].append(imported)
            times[name].append(called)
    return times


def early() -> list[str]:
    """Which of the libraries that may be needed later are imported with the package."""
    code = f"import sys, fazhi_parse; print(*[m for m in {NOT_AT_IMPORT} if m in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def main() -> None:
    times = start_times(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    rows = [
        (
            name if name == "import" else f"first {name}",
            f"{min(values) * 1000:.0f} ms",
            f"{statistics.median(values) * 1000:.0f} ms",
            f"{BUDGET_MS[name]} ms" if name in BUDGET_MS else "",
        )
        for name, values in times.items()
    ]
    print(table(("cost of", "least", "median", "budget"), rows))
    print("imported with the package, though not needed yet:", " ".join(early()) or "nothing")


if __name__ == "__main__":
    main()
