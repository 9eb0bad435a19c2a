"""What the benches share: texts, interleaved timing, tables. Medians over rounds; trust ratios, not seconds."""

from __future__ import annotations

import gc
import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

REPORTS = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))
PROSE = sorted((Path(__file__).parents[1] / "tests" / "cases" / "blind_h").glob("*.txt"))
"""Reports as dense with figures as those that governments publish: one in 50 to 200 characters; the samples have one in 16."""
REGEX_PASS = re.compile(
    r"[。;；:：\n]\s*(?:[一二三四五六七八九十]+[、是]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、])"
)
"""One separator-first pass: the cheapest way to find markers at all."""
CHARSET_PASS = re.compile(
    r"(?=[\d零一二三四五六七八九十百千万亿])(?:\d+(?:\.\d+)?|[零一二三四五六七八九十百千万亿]+)"
)
"""One pass over numerals with a character-class look-ahead."""


def sample_text(characters: int, *, prose: bool = False) -> str:
    """Reports one behind the other, cut to a length.

    Args:
        characters: The length.
        prose: Those of the density of published reports, else the samples (clean ones, so that each stage sees
            what it expects), which are full of figures.
    """
    dense = [p for p in REPORTS if p.stem.split("_")[0] in ("yunxiu", "mingcheng", "songling", "yuanpu")]
    text = "\n".join(p.read_text("utf-8") for p in (PROSE if prose else dense))
    return (text * (characters // len(text) + 1))[:characters]


_FIGURE = re.compile(
    r"(?<![\d.])(?!(?:19|20)\d\d(?:年|[-—/.]))\d+(?:\.\d+)?(?![\d月日])"
    r"|[一二三四五六七八九](?=[十百千万])|(?<=[十百千])[一二三四五六七八九]"
)


def varied(text: str, seed: int) -> str:
    """The text with other figures (digits and Chinese numerals; years stay), so that no cache knows them."""
    chance = random.Random(seed)

    def other(match: re.Match[str]) -> str:
        return "".join(
            char if char == "." else chance.choice("123456789" if char.isdigit() else "一二三四五六七八九")
            for char in match.group()
        )

    return _FIGURE.sub(other, text)


def chinese(value: int) -> str:
    """A number below 10^16 in Chinese words, written digit by digit: not the library's own way, to check it."""
    if value == 0:
        return "零"
    words, gap = "", False
    for power in range(15, -1, -1):
        digit = value // 10**power % 10
        if digit:
            words += "零" * gap + "零一二三四五六七八九"[digit] + ("", "十", "百", "千")[power % 4]
        gap = digit == 0 and words != ""
        if power in (4, 12) and value // 10**power % 10_000:
            words, gap = words + "万", False
        elif power == 8 and value >= 10**8:
            words, gap = words + "亿", gap and value // 10**8 % 10_000 == 0
    return words


_AT_LEAST = 0.02
"""Seconds that one measurement takes at least: short jobs are run several times."""


def medians(jobs: dict[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """Median seconds of processor time of each job, the collector off as in timeit; the rounds are interleaved."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    loops: dict[str, int] = {}
    for name, job in jobs.items():
        job()  # the first run reads tables
        start = time.process_time()
        job()
        loops[name] = max(1, round(_AT_LEAST / max(time.process_time() - start, 1e-6)))
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            gc.disable()
            start = time.process_time()
            for _ in range(loops[name]):
                job()
            times[name].append((time.process_time() - start) / loops[name])
            gc.enable()
    return {name: statistics.median(values) for name, values in times.items()}


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join(lines)
