"""Numbers that do not count anything: dates, ordinals, document numbers, names of schemes, set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

from .units import load_table

__all__ = ["CN", "masked", "why_not_counting", "why_not_duration"]

CN = "零〇○一二三四五六七八九十百千万亿两兩萬億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅"
"""Characters of Chinese numerals."""

_IN_PLACE_NAMES = frozenset(["台", "盘", "道", "门", "里", "座", "桥"])
_QUOTE_OPEN = re.compile(r"[“「『][^”」』\n]{0,12}$")
_QUOTE_CLOSE = re.compile(r"[^“「『\n]{0,16}[”」』]")


@attrs.frozen
class _Exclusions:
    mask: re.Pattern[str]
    reasons: tuple[str, ...]
    scheme_names: tuple[str, ...]
    unsafe_units: frozenset[str]
    unsafe_to: int
    day_units: frozenset[str]
    one_counting: frozenset[str]
    one_not_followed: tuple[str, ...]
    one_not_preceded: tuple[str, ...]
    years_not_preceded: tuple[str, ...]
    years_not_followed: tuple[str, ...]


@cache
def _table() -> _Exclusions:
    table = load_table("not_quantities.toml")
    small, one, years = table["small_numbers"], table["one"], table["years"]
    rows = [(row["reason"], row["regex"].replace("{cn}", CN)) for row in table["pattern"]]
    return _Exclusions(
        re.compile("|".join(f"({regex})" for _, regex in rows)),
        tuple(reason for reason, _ in rows),
        tuple(small["names"]),
        frozenset(small["unsafe_units"]),
        small["unsafe_to"],
        frozenset(small["day_units"]),
        frozenset(one["counting"]),
        tuple(one["not_followed_by"]),
        tuple(one["not_preceded_by"]),
        tuple(years["not_preceded_by"]),
        tuple(years["not_followed_by"]),
    )


def masked(text: str) -> Iterator[tuple[int, int, str]]:
    """Ranges of a text that hold digits without counting, with the reason."""
    table = _table()
    for match in table.mask.finditer(text):
        if match.end() > match.start():
            yield match.start(), match.end(), table.reasons[(match.lastindex or 1) - 1]


def why_not_counting(text: str, start: int, end: int, value: Decimal, unit: str) -> str | None:
    """Why a small Chinese numeral with a unit does not count, or None where it does.

    Args:
        text: The clean text.
        start: Where the numeral begins.
        end: Where its unit ends.
        value: Its value.
        unit: Its unit as written.
    """
    table = _table()
    before, after = text[max(0, start - 14) : start], text[end : end + 6].lstrip("“‘「 ")
    if _QUOTE_OPEN.search(before) and _QUOTE_CLOSE.match(text, end):
        return "name of a scheme"
    if text[start:end] == "二" + unit:
        return "ordinal"  # two of a thing are 两
    if (unit == "部" and after[:1] in ("门", "委", "分", "署")) or (unit == "轮" and after[:1] == "车"):
        return "set phrase"
    if value == 1:
        counts = unit in table.one_counting
        if not counts or before.endswith(table.one_not_preceded) or after.startswith(table.one_not_followed):
            return "set phrase"
        return None
    if (unit in table.unsafe_units and 0 < value <= table.unsafe_to) or unit in table.day_units:
        return "set phrase"
    if (
        unit in _IN_PLACE_NAMES
        and value <= 10
        and after[:1] in ("县", "市", "区", "镇", "乡", "州")
        and after[1:2] != "级"
    ):
        return "place name"
    if value <= 12 and after.startswith(table.scheme_names):
        return "name of a scheme"
    return None


def why_not_duration(text: str, start: int, end: int) -> str | None:
    """Why a number of years names a period (近三年, 五年规划) instead of measuring one."""
    table = _table()
    before, after = text[max(0, start - 4) : start], text[end : end + 5]
    if before.endswith(table.years_not_preceded) or after.startswith(table.years_not_followed):
        return "period"
    return None
