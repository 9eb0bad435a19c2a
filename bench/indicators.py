"""parse with the full catalogue beside cn2an.transform, what each stage takes, and growth with the rules.

    python bench/indicators.py

The texts: reports one behind the other with other figures each time, and each sample report
once, so that nothing repeats. Synthetic indicators have the shape of the catalogue's own with
other words: each Chinese character of their patterns is replaced by another one. Processor time, least of interleaved rounds.
"""

from __future__ import annotations

import random
import re
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import attrs
from common import PROSE, REPORTS, sample_text, table

import fazhi_parse as fp
from fazhi_parse.cleaning import clean
from fazhi_parse.indicators import Context, Rule, find_observations
from fazhi_parse.layout import chrome_set, find_layout
from fazhi_parse.metadata import find_metadata
from fazhi_parse.outline import build_outline
from fazhi_parse.quantities import from_found
from fazhi_parse.quantities.scan import scan
from fazhi_parse.spans import SpanSet

T = TypeVar("T")
SIZES = (50, 100, 189, 1000)
WORDS = ("left", "right", "zero", "near", "without", "unless", "tail")
FULL = fp.load_catalogue()


def varied(text: str) -> str:
    """The text with other figures of the same length; years stay."""
    digits = random.Random(0)

    def other(match: re.Match[str]) -> str:
        length = len(match.group())
        return match.group() if length == 4 else str(digits.randrange(10 ** (length - 1), 10**length))

    return re.sub(r"\d+", other, text)


def context(text: str, timed: Callable[[str, Callable[[], T]], T] = lambda _, run: run()) -> Context:
    """What parse does before it looks for indicators; `timed` is given each stage."""
    source = timed("clean", lambda: clean(text))
    layout = timed("layout", lambda: find_layout(source.text))
    outline = timed("outline", lambda: build_outline(source, layout))
    metadata = timed("metadata", lambda: find_metadata(source, layout, outline))
    found = timed("figures", lambda: scan(source.text)[0])

    def within() -> Context:
        body, markers = chrome_set(layout), SpanSet((start, start + 1) for start, _, _ in outline.nodes)
        kept = tuple(markers.outside(body.outside(found)))
        sections = tuple(s for section in outline.sections for s in section.walk())
        return Context.of(source, kept, from_found(source, kept), outline.nodes, sections, body, metadata)

    return timed("records of figures", within)


def least(jobs: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Least processor seconds of each job over interleaved rounds."""
    seconds: dict[str, float] = {}
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            taken = time.process_time() - start
            seconds[name] = min(taken, seconds.get(name, taken))
    return seconds


def shares(texts: list[str]) -> dict[str, float]:
    """Seconds that each stage takes, the least of several rounds."""
    seconds: dict[str, float] = {}
    for _ in range(5):
        taken: dict[str, float] = {}

        def timed(name: str, run: Callable[[], T], taken: dict[str, float] = taken) -> T:
            start = time.process_time()
            result = run()
            taken[name] = taken.get(name, 0.0) + time.process_time() - start
            return result

        for text in texts:
            known = context(text, timed)
            timed("indicators", lambda known=known: find_observations(known, FULL))
        seconds = {name: min(value, seconds.get(name, value)) for name, value in taken.items()}
    return seconds


def catalogue(size: int) -> fp.Catalogue:
    """Entries of the catalogue, spread over its families, then synthetic ones."""
    real = [*FULL.indicators.values()]
    order = sorted(range(len(real)), key=lambda i: (i * 89) % len(real))
    entries = [real[i] for i in order[:size]]
    chars = sorted({c for e in real for r in e.rules for p in r.patterns for c in p if "一" < c < "鿿"})
    for number in range(size - len(entries)):
        turn, entry = 1 + number // len(real), real[number % len(real)]
        other = str.maketrans(dict(zip(chars, random.Random(turn).sample(chars, len(chars)), strict=True)))
        name = f"{entry.id}.{turn}"
        rules = (_with_other_words(rule, name, other) for rule in entry.rules)
        entries.append(attrs.evolve(entry, id=name, rules=tuple(rules)))
    return attrs.evolve(FULL, indicators={entry.id: entry for entry in entries})


def _with_other_words(rule: Rule, indicator: str, other: dict[int, str]) -> Rule:
    changed = {
        name: re.compile(words.pattern.translate(other))
        for name in WORDS
        if (words := getattr(rule, name)) is not None
    }
    return attrs.evolve(rule, id=f"{indicator}#{rule.id.rpartition('#')[2]}", indicator=indicator, **changed)


def beside_cn2an(name: str, texts: list[str]) -> None:
    jobs: dict[str, Callable[[], object]] = {"parse": lambda: [fp.parse(text) for text in texts]}
    try:
        import cn2an

        whole = "\n".join(texts)
        jobs["cn2an.transform"] = lambda: cn2an.transform(whole)
    except ImportError:
        pass
    warnings.simplefilter("ignore")
    seconds, size = least(jobs), sum(map(len, texts))
    rows = [
        (
            job,
            f"{value * 1000:.0f} ms",
            f"{size / value / 1e6:.2f} Mchar/s",
            f"{value / seconds['parse']:.2f}",
        )
        for job, value in seconds.items()
    ]
    print(table((name, "least", "rate", "× parse"), rows), end="\n\n")
    parts = shares(texts)
    rows = [(part, f"{v * 1000:.1f} ms", f"{v / sum(parts.values()):.0%}") for part, v in parts.items()]
    print(table(("stage", "least", "share"), rows), end="\n\n")


def growth(text: str) -> None:
    known = context(text)
    catalogues = {size: catalogue(size) for size in SIZES}
    jobs: dict[str, Callable[[], object]] = {
        str(size): lambda c=c: find_observations(known, c) for size, c in catalogues.items()
    }
    seconds = least({"before": lambda: context(text), **jobs})
    rows: list[tuple[str, ...]] = []
    for size, c in catalogues.items():
        alone = seconds[str(size)]
        whole, first = seconds["before"] + alone, seconds["before"] + seconds[str(SIZES[0])]
        more = size / SIZES[0] - 1
        slope = f"{(whole / first - 1) / more:.2f}" if more else ""
        rules = sum(len(entry.rules) for entry in c.indicators.values())
        rows.append((str(size), f"{rules:,}", f"{alone * 1000:.0f} ms", f"{whole * 1000:.0f} ms", slope))
    head = ("indicators", "rules", "matching", "parse", "growth of parse / growth of rules")
    print(table(head, rows))


def main() -> None:
    text = varied(sample_text(100_000))
    beside_cn2an("100,000 characters, dense", [text])
    beside_cn2an("each report once", [path.read_text("utf-8") for path in REPORTS])
    beside_cn2an("reports of the density that is usual", [varied(path.read_text("utf-8")) for path in PROSE])
    growth(text)


if __name__ == "__main__":
    main()
