"""A million values from Decimal to Chinese and back:  python bench/numerals.py [count]

The writer is `common.chinese`, which has nothing in common with the library; cn2an's `an2cn` writes
every hundredth value (up to 10^8: beyond, it leaves out the 零 of 一亿零五千).
"""

from __future__ import annotations

import random
import sys
import time
from decimal import Decimal

from common import chinese

import fazhi_parse as fp

DIGITS = "零一二三四五六七八九"


def written(value: Decimal) -> str:
    """A decimal in Chinese words: 三百二十点零五."""
    whole, _, part = str(value).partition(".")
    return chinese(int(whole)) + ("点" + "".join(DIGITS[int(digit)] for digit in part) if part else "")


def main() -> None:
    import cn2an

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = random.Random(20)
    wrong: list[tuple[Decimal, str]] = []
    start = time.perf_counter()
    for i in range(count):
        digits = str(chance.randrange(10 ** chance.randint(1, 16)))
        places = chance.randint(1, 6) if i % 4 == 0 else 0
        value = Decimal(f"{digits}.{chance.randrange(10**places):0{places}}" if places else digits)
        text = cn2an.an2cn(int(digits)) if i % 100 == 1 and len(digits) <= 8 else written(value)
        try:
            read = fp.parse_numeral(text)
        except fp.InvalidNumeral:
            read = None
        if read != value:
            wrong.append((value, text))
    print(f"{count:,} values in {time.perf_counter() - start:.1f} s, {len(wrong)} wrong {wrong[:5]}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
