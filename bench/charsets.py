"""Encodings: which bytes are read right, wrong, with a doubt or not at all:  python bench/charsets.py [FOLDER]

Pieces of reports in all encodings that they come in, whole and cut by a byte; FOLDER holds other reports (.txt) than
the samples. A cut piece is right where all but its broken character is read and the cut is told. Beside it, the
detectors charset-normalizer and chardet where they are installed, on the pieces that declare nothing.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from common import REPORTS, table

from fazhi_parse.errors import UnreadableFile
from fazhi_parse.loaders.charsets import decode

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from encoded import KINDS, LENGTHS, Encoded, encoded, right

EACH = 100


def judged(piece: Encoded) -> str:
    """What became of a piece: right, refused, wrong (told), or wrong and silent."""
    try:
        result = decode(piece.data)
    except UnreadableFile:
        return "refused"
    told = {d.code for d in result.diagnostics} & {"load.cut", "load.bad_bytes"}
    lost = "\ufffd" in result.text or (piece.cut and result.text != piece.text[:-1])
    if right(result.text, piece.text, piece.cut) and (told or not lost):
        return "right"
    return "told" if told else "silent"


def normalizer() -> Callable[[bytes], str | None]:
    """charset-normalizer's best guess."""
    from_bytes = importlib.import_module("charset_normalizer").from_bytes
    return lambda data: best.encoding if (best := from_bytes(data).best()) else None


def chardet() -> Callable[[bytes], str | None]:
    """chardet's guess."""
    detect = importlib.import_module("chardet").detect
    return lambda data: detect(data)["encoding"]


def guessed(guess: Callable[[bytes], str | None], piece: Encoded) -> str:
    """What a text becomes in the encoding that a detector names; GB 2312 is read as GB 18030 for it."""
    name = guess(piece.data)
    if name is None:
        return "refused"
    name = "gb18030" if name.lower().replace("_", "") in ("gb2312", "gbk", "cp936") else name
    try:
        text = piece.data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return "refused"
    return "right" if right(text.removeprefix("\ufeff"), piece.text, piece.cut) else "silent"


def main() -> None:
    """Print a table per kind and one per detector."""
    files = sorted(Path(sys.argv[1]).glob("*.txt")) if len(sys.argv) > 1 else REPORTS
    pieces = list(encoded([file.read_text("utf-8") for file in files], EACH))
    start = time.process_time()
    became = {(p.label, p.length, p.cut): Counter[str]() for p in pieces}
    for piece in pieces:
        became[piece.label, piece.length, piece.cut][judged(piece)] += 1
    seconds = time.process_time() - start
    rows: list[tuple[str, ...]] = []
    for label in KINDS:
        counts = {length: became[label, length, False] + became[label, length, True] for length in LENGTHS}
        total = sum(counts.values(), Counter[str]())
        shares = (f"{counts[n]['right'] / counts[n].total():.1%}" for n in LENGTHS)
        rows.append((label, *shares, *(str(total[k]) for k in ("refused", "told", "silent"))))
    print(table(("right of", *(f"{n} characters" for n in LENGTHS), "refused", "told", "silent"), rows))
    total = sum(became.values(), Counter[str]())
    print(
        f"\n{total['right'] / total.total():.2%} of {total.total()} right, {seconds / len(pieces) * 1e3:.2f} ms each\n"
    )
    plain = [p for p in pieces if "declared" not in p.label and "BOM" not in p.label and not p.cut]
    rows = []
    for name, make in (("charset-normalizer", normalizer), ("chardet", chardet)):
        try:
            guess = make()
        except ImportError:
            continue
        row = [name]
        for length in LENGTHS:
            fate = Counter(guessed(guess, p) for p in plain if p.length == length)
            row.append(f"{fate['right'] / fate.total():.1%} ({fate['silent']} silent)")
        rows.append(tuple(row))
    row = ["fazhi_parse"]
    for length in LENGTHS:
        fate = Counter(judged(p) for p in plain if p.length == length)
        row.append(f"{fate['right'] / fate.total():.1%} ({fate['silent']} silent)")
    print(table(("no mark, no declaration", *(f"{n} characters" for n in LENGTHS)), [*rows, tuple(row)]))


if __name__ == "__main__":
    main()
