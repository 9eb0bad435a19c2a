"""Numbers that do not count anything: dates, ordinals, document numbers, names of schemes, set phrases."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

from .units import load_table

__all__ = ["CN", "Exclusions", "exclusions", "masked_at", "why_not_counting", "why_not_duration"]

CN = "零〇○一二三四五六七八九十百千万亿两兩萬億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅"
"""Characters of Chinese numerals."""

_IN_PLACE_NAMES = frozenset(["台", "盘", "道", "门", "里", "座", "桥"])
_QUOTE_OPEN = re.compile(r"[“「『][^”」』\n]{0,12}$")
_QUOTE_CLOSE = re.compile(r"[^“「『\n]{0,16}[”」』]")


@attrs.frozen
class _Behind:
    """A pattern that needs something directly before the number."""

    before: re.Pattern[str]
    regex: re.Pattern[str]
    reason: str


@attrs.frozen
class Exclusions:
    """The table `data/not_quantities.toml`, compiled."""

    digits: re.Pattern[str]
    """What a run of digits may begin that is no quantity; the group tells the reason."""
    chinese: re.Pattern[str]
    """The same for Chinese numerals."""
    reasons: tuple[str, ...]
    """Reason of each group."""
    behind: dict[str, tuple[_Behind, ...]]
    """Last character before the number to the patterns that need it; "" for all characters."""
    scheme_names: re.Pattern[str]
    unsafe_units: frozenset[str]
    unsafe_to: int
    counted_words: tuple[str, ...]
    day_units: frozenset[str]
    one_counting: frozenset[str]
    one_not_followed: tuple[str, ...]
    one_not_preceded: tuple[str, ...]
    years_not_preceded: re.Pattern[str]
    years_not_followed: tuple[str, ...]


def _behind(rows: list[dict[str, Any]]) -> dict[str, tuple[_Behind, ...]]:
    result: dict[str, list[_Behind]] = {}
    for row in rows:
        regex = re.compile(row["regex"].replace("{cn}", CN))
        for literal in row.get("behind", ()):
            entry = _Behind(re.compile(re.escape(literal) + " ?$"), regex, row["reason"])
            result.setdefault(literal[-1], []).append(entry)
        if "behind_regex" in row:
            last = _LAST_OF_ASSEMBLY
            for char in last:
                entry = _Behind(re.compile(row["behind_regex"]), regex, row["reason"])
                result.setdefault(char, []).append(entry)
    return {char: tuple(entries) for char, entries in result.items()}


_LAST_OF_ASSEMBLY = "届大协会"


@cache
def exclusions() -> Exclusions:
    """The built-in table."""
    table = load_table("not_quantities.toml")
    small, one, years = table["small_numbers"], table["one"], table["years"]
    plain = [row for row in table["pattern"] if "behind" not in row and "behind_regex" not in row]
    rest = [row for row in table["pattern"] if row not in plain]
    pattern = "|".join(f"({row['regex'].replace('{cn}', CN)})" for row in plain)
    return Exclusions(
        re.compile(rf"(?=\d)(?:{pattern})"),
        re.compile(rf"(?=[{CN}])(?:{pattern})"),
        tuple(row["reason"] for row in plain),
        _behind(rest),
        re.compile("|".join(small["names"])),
        frozenset(small["unsafe_units"]),
        small["unsafe_to"],
        tuple(small["counted_words"]),
        frozenset(small["day_units"]),
        frozenset(one["counting"]),
        tuple(one["not_followed_by"]),
        tuple(one["not_preceded_by"]),
        re.compile(f"(?:{'|'.join(years['not_preceded_by'])})$"),
        tuple(years["not_followed_by"]),
    )


_IDENTIFIER = re.compile(r"[\w./?=&%#:+-]*", re.ASCII)
_ASCII_JOIN = frozenset("/_@=?&%#~.-:+")


def masked_at(text: str, start: int, table: Exclusions) -> tuple[int, int, str] | None:
    """Range and reason of what begins at a number without counting, or None.

    Args:
        text: The clean text.
        start: Where a run of digits or of Chinese numerals begins.
        table: The exclusions.
    """
    char = text[start]
    if start:
        before = text[start - 1]
        if before == " " and start > 1:
            before = text[start - 2]
        if before.isascii():
            joined = before.isalpha() or (
                before in _ASCII_JOIN
                and start > 1
                and text[start - 2].isascii()
                and text[start - 2].isalpha()
            )
            if joined and text[start - 1] != " " and char.isascii():
                match = _IDENTIFIER.match(text, start)
                return start, max(match.end() if match else 0, start + 1), "identifier"
        for entry in table.behind.get(before, ()):
            context = entry.before.search(text, max(0, start - 10), start)
            match = entry.regex.match(text, start) if context else None
            if context is not None and match is not None and match.end() > start:
                return context.start(), match.end(), entry.reason
    match = (table.digits if char.isascii() else table.chinese).match(text, start)
    if match is not None and match.end() > start:
        return start, match.end(), table.reasons[(match.lastindex or 1) - 1]
    return None


def why_not_counting(text: str, start: int, end: int, value: Decimal, unit: str) -> str | None:
    """Why a small Chinese numeral with a unit does not count, or None where it does.

    Args:
        text: The clean text.
        start: Where the numeral begins.
        end: Where its unit ends.
        value: Its value.
        unit: Its unit as written.
    """
    table = exclusions()
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
        postposed = before.endswith(table.counted_words) and not text[end : end + 1].isalnum()
        return None if postposed and unit not in table.day_units else "set phrase"
    if (
        unit in _IN_PLACE_NAMES
        and value <= 10
        and after[:1] in ("县", "市", "区", "镇", "乡", "州")
        and after[1:2] != "级"
    ):
        return "place name"
    if value <= 12 and table.scheme_names.match(after):
        return "name of a scheme"
    return None


def why_not_duration(text: str, start: int, end: int) -> str | None:
    """Why a number of years names a period (近三年, 五年规划) instead of measuring one."""
    table = exclusions()
    before, after = text[max(0, start - 4) : start], text[end : end + 5]
    if table.years_not_preceded.search(before) or after.startswith(table.years_not_followed):
        return "period"
    return None
