"""Coverage-guided fuzzing with atheris: python fuzz/run.py {parse,quantity} [SECONDS] [SEED].

Inputs are texts; words of reports are given as a dictionary, the sample reports and past failures as seeds. A failure is
printed as a line for tests/cases/fuzz/TARGET.jsonl, whose lines the tests replay. What is learned in a run is kept in
out/fuzz/TARGET for the next one. The same seed tries the same inputs, where nothing has been learned before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))
with atheris.instrument_imports(include=["fazhi_parse"]):
    import fazhi_parse as fp
    import invariants

import strategies

LENGTHS = {"parse": 3_000, "quantity": 60}
"""Most bytes of an input."""
SLOW = 20
"""Seconds after which an input counts as hanging."""
_CASES = ROOT / "tests" / "cases"


def text_of(data: bytes) -> str:
    """Any bytes as a text; what is no UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def words() -> list[str]:
    """What reports are written with."""
    markers = (marker.format(cn="二", n=3, circled="②") for marker in strategies.MARKERS)
    groups = (markers, strategies.TITLES, strategies.SUBJECTS, strategies.UNITS, strategies.BEFORE)
    others = (
        strategies.CHROME,
        strategies.PUNCTUATION,
        strategies.ORDINALS,
        strategies.DIGITS,
        ("百分之", "3.5万", "十几"),
    )
    return sorted({word for group in (*groups, *others) for word in group if word})


def seeds(target: str) -> list[str]:
    """Texts to begin with."""
    with (_CASES / "fuzz" / f"{target}.jsonl").open(encoding="utf-8") as file:
        past = [json.loads(line)["text"] for line in file]
    samples = [path.read_text("utf-8") for path in sorted((ROOT / "examples" / "reports").glob("*.txt"))]
    if target == "parse":
        return past + [text[at : at + 900] for text in samples for at in range(0, len(text), 900)]
    return past + [q.text for text in samples for q in fp.find_quantities(text)]


def prepared(target: str) -> tuple[Path, Path]:
    """The dictionary and the folder of the inputs that are known."""
    folder = ROOT / "out" / "fuzz" / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(seeds(target)):
        (folder / f"seed{number:04}").write_bytes(text.encode("utf-8", "surrogatepass"))
    dictionary = folder.with_suffix(".dict")
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words())
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped), "utf-8")
    return dictionary, folder


def main() -> None:
    target = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = sys.argv[3] if len(sys.argv) > 3 else "0"  # which the fuzzer takes for any
    job = {"parse": invariants.check, "quantity": invariants.check_quantity}[target]

    def one(data: bytes) -> None:
        text = text_of(data)
        try:
            job(text)
        except BaseException as error:
            print(json.dumps({"note": f"{type(error).__name__}: {error}"[:200], "text": text}), flush=True)
            raise

    dictionary, folder = prepared(target)
    options = (f"-dict={dictionary}", f"-max_total_time={seconds}", f"-max_len={LENGTHS[target]}")
    others = (
        f"-timeout={SLOW}",
        f"-artifact_prefix={folder.parent}/",
        f"-seed={seed}",
        "-print_final_stats=1",
        "-verbosity=0",
    )
    atheris.Setup([sys.argv[0], *options, *others, str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
