"""Quantities beside peers on the same text, full records made:  python bench/quantities.py

Every round reads a text with other figures, so that no job profits from a cache of the round before. Times are those of
the process; the ratios are medians over rounds, in which all jobs take turns. Peers that are not installed are left
out (pip install cn2an chinese2digits).
"""

from __future__ import annotations

import gc
import random
import statistics
import time
import warnings
from collections.abc import Callable

from common import CHARSET_PASS, chinese, sample_text, table, varied

import fazhi_parse as fp
from fazhi_parse.cleaning import clean
from fazhi_parse.quantities import from_found
from fazhi_parse.quantities.scan import scan

ROUNDS = 15
WANTED = {
    "regex pass (numerals)": "1/12 or more",
    "cn2an.transform": "4 or more",
    "chinese2digits": "1.5 or more",
}
ADVERSARIAL = ("一", "一百", "三四", "1.5万", "1,", "%", "百分之", "1 ")


def peers() -> dict[str, Callable[[str], object]]:
    """The jobs: text to anything."""
    jobs: dict[str, Callable[[str], object]] = {"regex pass (numerals)": CHARSET_PASS.findall}
    try:
        import cn2an

        jobs["cn2an.transform"] = cn2an.transform
    except ImportError:
        pass
    try:
        import chinese2digits

        def in_parts(text: str) -> object:  # its cost grows faster than the text, so it gets pieces
            return [
                chinese2digits.takeNumberFromString(text[i : i + 5_000]) for i in range(0, len(text), 5_000)
            ]

        jobs["chinese2digits"] = in_parts
    except ImportError:
        pass
    return jobs


def scan_speed(*, prose: bool) -> None:
    """Seconds of each job on clean text, beside the scan with its public records."""
    sample = clean(sample_text(100_000, prose=prose)).text
    jobs = peers()
    times: dict[str, list[float]] = {
        name: [] for name in ("scan + records", "find_quantities (with cleaning)", *jobs)
    }

    def timed(name: str, job: Callable[[], object]) -> None:
        gc.disable()  # as timeit does
        start = time.process_time()
        job()
        times[name].append(time.process_time() - start)
        gc.enable()

    for seed in range(ROUNDS):
        text = varied(sample, seed)
        source = fp.SourceText.of(text)
        for name, job in jobs.items():
            timed(name, lambda job=job, text=text: job(text))
        timed("scan + records", lambda text=text, source=source: from_found(source, scan(text)[0]))
        timed("find_quantities (with cleaning)", lambda text=text: fp.find_quantities(text))
    print(
        f"{'Usual density' if prose else 'Dense'}: {len(sample):,} characters, {len(scan(sample)[0]):,} quantities, {ROUNDS} rounds"
    )
    ours = times["scan + records"]
    rows: list[tuple[str, ...]] = []
    for name, values in times.items():
        seconds = statistics.median(values)
        ratio = statistics.median(theirs / mine for theirs, mine in zip(values, ours, strict=True))
        shown = f"1/{1 / ratio:.1f}" if ratio < 0.5 else f"{ratio:.2f}"
        rows.append(
            (
                name,
                f"{seconds * 1000:.1f} ms",
                f"{len(sample) / seconds / 1e6:.2f} Mchar/s",
                shown,
                WANTED.get(name, ""),
            )
        )
    print(table(("job", "median", "rate", "time / ours", "wanted"), rows))


def phrases(seed: int) -> dict[str, list[str]]:
    """Distinct quantities of each kind."""
    chance = random.Random(seed)

    def unit() -> str:
        return chance.choice(("件", "起", "人次", "份", "场次", "万元", "项", "户", "条", "平方米", "公里"))

    makers: dict[str, Callable[[], str]] = {
        "5286件": lambda: f"{chance.randint(1, 99_999)}{unit()}",
        "12.37万份": lambda: f"{chance.uniform(0, 999):.2f}万{chance.choice(('份', '人次', '亩', '元'))}",
        "96.05%": lambda: f"{chance.uniform(0, 100):.2f}%",
        "1,234件": lambda: f"{chance.randint(1000, 9_999_999):,}{unit()}",
        "不少于1200人次": lambda: (
            chance.choice(("约", "近", "超过", "不少于")) + f"{chance.randint(1, 9999)}{unit()}"
        ),
        "3.5万余份": lambda: f"{chance.randint(1, 9999) / 10}万余{chance.choice(('份', '人次', '元'))}",
        "12个工作日以内": lambda: f"{chance.randint(1, 9999)}{chance.choice(('个工作日', '天', '小时'))}以内",
        "15至20件": lambda: (
            f"{(low := chance.randint(1, 9999))}{chance.choice('至-—')}{low + chance.randint(1, 99)}件"
        ),
        "三百四十二件": lambda: chinese(chance.randint(2, 9999)) + chance.choice("件名户家"),
        "两亿三千万元": lambda: chinese(chance.randint(10_000, 10**9)) + "元",
        "百分之六十点五": lambda: f"百分之{chinese(chance.randint(1, 100))}点{chinese(chance.randint(1, 9))}",
    }
    return {name: list({make() for _ in range(2_000)}) for name, make in makers.items()}


def phrase_speed() -> None:
    """Microseconds of parse_quantity per call, each string met for the first time, beside cn2an on the same strings."""
    for strings in phrases(0).values():  # tables are loaded, cn2an is imported; the strings are others
        fp.parse_quantity(strings[0])
    jobs: dict[str, Callable[[str], object]] = {"parse_quantity": fp.parse_quantity}
    if (transform := peers().get("cn2an.transform")) is not None:
        jobs["cn2an.transform"] = transform
    least: dict[str, dict[str, float]] = {}
    for seed in (1, 2, 3):
        for kind, strings in phrases(seed).items():
            for name, job in jobs.items():
                start = time.process_time()
                for string in strings:
                    job(string)
                call = (time.process_time() - start) / len(strings) * 1e6
                known = least.setdefault(kind, {})
                known[name] = min(call, known.get(name, call))
    means = {name: statistics.fmean(calls[name] for calls in least.values()) for name in jobs}
    rows = [
        (kind, *(f"{calls[name]:.1f} µs" for name in jobs))
        for kind, calls in (*least.items(), ("mean", means))
    ]
    print(table(("distinct strings like", *jobs), rows))
    print("Wanted: parse_quantity at most 10 µs where a call of cn2an costs 20 to 60.")


def growth() -> None:
    """How the cost of adversarial text grows: least time of 4n over least time of n."""

    def least(text: str) -> float:
        times: list[float] = []
        for _ in range(25):
            start = time.process_time()
            fp.find_quantities(text)
            times.append(time.process_time() - start)
        return min(times)

    rows: list[tuple[str, ...]] = []
    for piece in ADVERSARIAL:
        small, large = (least((piece * n)[:n]) for n in (2_000, 8_000))
        mark = "" if large / small < 4.4 else "too much"
        rows.append((f"{piece} …", f"{large * 1000:.2f} ms", f"{large / small:.2f}", mark))
    print(table(("pattern", "8,000 characters", "4n / n", ""), rows))


def main() -> None:
    warnings.simplefilter("ignore")
    for prose in (False, True):
        scan_speed(prose=prose)
        print()
    phrase_speed()
    print()
    growth()


if __name__ == "__main__":
    main()
