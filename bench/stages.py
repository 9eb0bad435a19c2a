"""Speed of each stage and of parse, as ratios to one regex pass over the same text:  python bench/stages.py"""

from __future__ import annotations

from common import CHARSET_PASS, REGEX_PASS, medians, sample_text, table

import fazhi_parse as fp
from fazhi_parse.cleaning import clean
from fazhi_parse.outline import build_outline
from fazhi_parse.quantities.scan import scan


def main() -> None:
    rows: list[tuple[str, ...]] = []
    for size in (10_000, 100_000, 1_000_000):
        text = sample_text(size)
        source = clean(text)
        jobs = {
            "regex pass (markers)": lambda text=text: REGEX_PASS.findall(text),
            "regex pass (numerals)": lambda text=text: CHARSET_PASS.findall(text),
            "clean": lambda text=text: clean(text),
            "outline": lambda source=source: build_outline(source),
            "quantities (scan)": lambda source=source: scan(source.text),
        }
        if size <= 100_000:
            jobs["parse"] = lambda text=text: fp.parse(text)
        seconds = medians(jobs, rounds=5 if size < 1_000_000 else 3)
        base = seconds["regex pass (markers)"]
        for name, value in seconds.items():
            rows.append(
                (
                    f"{size:,}",
                    name,
                    f"{value * 1000:.2f} ms",
                    f"{size / value / 1e6:.2f} Mchar/s",
                    f"{value / base:.1f}",
                )
            )
    print(table(("characters", "job", "median", "rate", "× marker pass"), rows))


if __name__ == "__main__":
    main()
