"""Twenty SIGKILLs at random moments of a run of 2,000 documents: the files at the end are those of a clean run.

    python bench/kills.py [DOCUMENTS [KILLS]]

Prints for each kill how many shards are there. Exit code 1 where the files differ.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import documents

import fazhi_parse as fp

SHARD, WORKERS = 16, 2


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(folder: Path, count: int, workers: int) -> None:
    fp.parse_into(folder, documents(count), workers=workers, shard_size=SHARD, resume=True)


def shards(folder: Path) -> int:
    return sum(1 for _ in (folder / "shards").glob("*.jsonl"))


def killed(folder: Path, count: int, kills: int) -> None:
    """Start the run again and again and kill it, some shards later and some moments more."""
    chance = random.Random(2023)
    whole = -(-count // SHARD)
    command = [sys.executable, __file__, "work", str(folder), str(count)]
    for kill in range(1, kills + 1):
        before, more = shards(folder), chance.randint(0, 2 * whole // kills)
        # its workers warn of what the killed one left
        work = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while work.poll() is None and shards(folder) < min(before + more, whole):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 1.5 if more == 0 else 0.1))
        work.send_signal(signal.SIGKILL)
        work.wait()
        there = shards(folder)
        print(f"kill {kill:2}: {there} of {whole} shards are there, {there - before} of them new", flush=True)
    subprocess.run(command, check=True)


def main() -> int:
    if sys.argv[1:2] == ["work"]:
        run(Path(sys.argv[2]), int(sys.argv[3]), WORKERS)
        return 0
    count, kills = (*map(int, sys.argv[1:3]), 2_000, 20)[:2] if len(sys.argv) > 2 else (2_000, 20)
    with tempfile.TemporaryDirectory() as scratch:
        clean, broken = Path(scratch, "clean"), Path(scratch, "killed")
        run(clean, count, 1)
        killed(broken, count, kills)
        same = contents(clean) == contents(broken)
    print(f"{count} documents, {kills} kills: the files are {'the same' if same else 'NOT THE SAME'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
