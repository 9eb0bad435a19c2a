"""Quantities beside peers on the same text, full records made:  python bench/quantities.py

Peers that are not installed are left out (pip install cn2an chinese2digits).
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable

from common import CHARSET_PASS, medians, sample_text, table

import fazhi_parse as fp
from fazhi_parse.cleaning import clean
from fazhi_parse.quantities import from_found
from fazhi_parse.quantities.scan import scan


def main() -> None:
    text = sample_text(100_000)
    source = clean(text)
    jobs: dict[str, Callable[[], object]] = {
        "regex pass (numerals)": lambda: CHARSET_PASS.findall(text),
        "scan + records": lambda: from_found(source, scan(source.text)[0]),
        "find_quantities (with cleaning)": lambda: fp.find_quantities(text),
    }
    warnings.simplefilter("ignore")
    try:
        import cn2an

        jobs["cn2an.transform"] = lambda: cn2an.transform(text)
    except ImportError:
        pass
    try:
        import chinese2digits

        jobs["chinese2digits"] = lambda: chinese2digits.takeNumberFromString(text[:20_000])
    except ImportError:
        pass
    seconds = medians(jobs, rounds=5)
    if "chinese2digits" in seconds:
        seconds["chinese2digits"] *= 5  # measured on a fifth
    ours = seconds["scan + records"]
    rows = [
        (name, f"{value * 1000:.1f} ms", f"{len(text) / value / 1e6:.2f} Mchar/s", f"{value / ours:.2f}")
        for name, value in seconds.items()
    ]
    print(table(("job", "median", "rate", "× ours"), rows))
    for phrase in ("3.5万余份", "百分之六十点五", "两亿三千万元"):
        fp.parse_quantity(phrase)
        start = time.perf_counter()
        for _ in range(2000):
            fp.parse_quantity(phrase)
        print(f"parse_quantity({phrase!r}): {(time.perf_counter() - start) / 2000 * 1e6:.1f} µs")


if __name__ == "__main__":
    main()
