"""Cleaning: speed of the stage and of its parts, and memory of the map:  python bench/cleaning.py

Rates are set beside one `str.translate` pass over the same text, the least that a cleaner
written in Python has to do. Speed of conversion is set beside the package's own `convert`.
"""

from __future__ import annotations

import random
import sys
import tracemalloc
from pathlib import Path

from common import medians, sample_text, table

from fazhi_parse.cleaning import clean
from fazhi_parse.cleaning.traditional import is_traditional, simplified_forms, simplify
from fazhi_parse.source import SourceText

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from damaging import (
    full_width,
    mojibake,
    traditional,
    with_byte_shifts,
    with_glosses,
    with_invisibles,
    wrapped,
)

_WIDE = {0xFF10 + i: chr(0x30 + i) for i in range(10)}


def _damaged(text: str) -> dict[str, str]:
    """One text per kind of damage, and one with several."""
    rng = random.Random(7)
    old = traditional(text)
    return {
        "clean": text,
        "wrapped": wrapped(text, 32),
        "full widths, indents": full_width(text, 0.5, rng),
        "zero width at 1 %": with_invisibles(text, 0.01, rng),
        "traditional": old,
        "read one byte late": with_byte_shifts(old, 0.05, rng)[0],
        "UTF-8 read as Latin-1": mojibake(text, "utf-8", "latin-1"),
        "UTF-8 read as GB 18030": mojibake(text, "utf-8", "gb18030"),
        "traditional, glosses, invisibles": with_invisibles(with_glosses(old, 0.7, rng), 0.005, rng),
    }


def stage(size: int) -> list[tuple[str, ...]]:
    """Rate of the whole stage on each kind of text."""
    rows: list[tuple[str, ...]] = []
    # no line twice, or the pass that looks for a second copy of an article has more to do than on real pages
    lines = sample_text(size).split("\n")
    distinct = "\n".join(f"{i}{line}" if line else "" for i, line in enumerate(lines))
    for name, text in _damaged(distinct).items():
        seconds = medians(
            {"translate": lambda text=text: text.translate(_WIDE), "clean": lambda text=text: clean(text)}, 5
        )
        rate = len(text) / seconds["clean"] / 1e6
        rows.append((name, f"{rate:.1f} Mchar/s", f"{seconds['clean'] / seconds['translate']:.2f}"))
    return rows


def conversion() -> tuple[float, float, bool]:
    """How many times faster than the package simplify is, its rate, and whether both agree, also on random text."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    text = traditional(sample_text(100_000))
    seconds = medians({"package": lambda: convert(text), "simplify": lambda: simplify(text)}, 5)
    rng = random.Random(11)
    alphabet = [*simplified_forms(), *sample_text(2_000), *"乾著藉瞭覆於甯 a1，\n"]
    noise = "".join(rng.choices(alphabet, k=200_000))
    same = all(convert(t) == simplify(t) for t in (text, noise, *(traditional(noise[:20_000]),)))
    return seconds["package"] / seconds["simplify"], len(text) / seconds["simplify"] / 1e6, same


def detection() -> float:
    """Rate of telling the script of a simplified text, on what it looks at."""
    text = sample_text(20_000)
    return len(text) / medians({"detect": lambda: is_traditional(text)}, 9)["detect"] / 1e6


def memory() -> tuple[int, int]:
    """Bytes of the map of a million characters with 3 % edits, and edits."""
    text = sample_text(1_000_000)
    changes = [(i, i + 1, "", "spaces") for i in range(0, len(text), 33)]
    tracemalloc.start()
    source = SourceText.of(text).edited(changes)
    size = tracemalloc.get_traced_memory()[0] - sys.getsizeof(source.text)
    tracemalloc.stop()
    return size, len(changes)


def look_ups() -> list[tuple[str, ...]]:
    """Nanoseconds a span, one by one and in a batch."""
    rows: list[tuple[str, ...]] = []
    for name, text in (("unedited", sample_text(100_000)), ("3 % edits", sample_text(100_000))):
        source = SourceText.of(text)
        if name != "unedited":
            source = source.edited((i, i + 1, "", "spaces") for i in range(0, len(text), 33))
        spans = [(i, i + 5) for i in range(0, len(source.text) - 5, 10)]
        seconds = medians(
            {
                "one": lambda source=source, spans=spans: [source.to_raw(a, b) for a, b in spans],
                "many": lambda source=source, spans=spans: source.to_raw_many(spans),
            },
            7,
        )
        rows.append((name, *(f"{value / len(spans) * 1e9:.0f} ns" for value in seconds.values())))
    return rows


def main() -> None:
    for size in (2_500, 1_000_000):
        print(table((f"clean, {size:,} characters", "rate", "× translate"), stage(size)), "\n")
    times, rate, same = conversion()
    print(f"conversion: {times:.1f} × the package's convert, {rate:.1f} Mchar/s, same output: {same}")
    print(f"detection on simplified text: {detection():.0f} Mchar/s")
    size, edits = memory()
    print(f"map: {size / 2**20:.2f} MiB a million characters with {edits:,} edits\n")
    print(table(("to_raw", "one", "in a batch"), look_ups()))


if __name__ == "__main__":
    main()
