"""How cost grows on adversarial input: time of 4n over time of n (4 is linear):  python bench/growth.py"""

from __future__ import annotations

import tomllib
from pathlib import Path

from common import medians, table

import fazhi_parse as fp

PIECES = tomllib.loads((Path(__file__).parents[1] / "tests/cases/pieces.toml").read_text(encoding="utf-8"))


def main() -> None:
    rows: list[tuple[str, ...]] = []
    for name, piece in PIECES.items():
        small, large = (piece * (n // len(piece) + 1) for n in (2_000, 8_000))
        jobs = {"small": lambda t=small: fp.parse(t[:2_000]), "large": lambda t=large: fp.parse(t[:8_000])}
        seconds = medians(jobs, rounds=5)
        ratio = seconds["large"] / seconds["small"]
        rows.append(
            (name, f"{seconds['large'] * 1000:.1f} ms", f"{ratio:.2f}", "" if ratio < 4.4 else "not linear")
        )
    print(table(("pattern", "8,000 characters", "4n / n", ""), rows))


if __name__ == "__main__":
    main()
