"""Numbers that do not count anything: dates, ordinals, document numbers, names of schemes, set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

from ..data_files import load_table
from ..deferred import deferred
from .units import trie, units

__all__ = ["CN", "DIGIT", "Exclusions", "exclusions"]

CN = "零〇○一二三四五六七八九十百千万亿两兩萬億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅"
"""Characters of Chinese numerals."""
DIGIT = "一二三四五六七八九"

_IN_PLACE_NAMES = frozenset("台盘道门里座桥")
_NONE = deferred(r"(?:没有(?<!有没有)|从未|未曾)[^，,。；;、]{0,6}$")
"""What comes before 一 that makes it none at all: 没有动用一次强制手段."""
_OPENING_QUOTES = frozenset("“‘「『")
_QUOTE_OPEN = deferred(r"[“‘「『][^”’」』\n]{0,12}$")
_QUOTE_CLOSE = deferred(r"[^“‘「『\n]{0,16}[”’」』]")
_STRAIGHT_CLOSE = deferred(r"[^\"\n，,。；;：:]{0,12}\"")
_LINE = 300
"""So far back the beginning of a line is looked for, to tell a straight quotation mark that opens from one that closes."""
_LISTED_AFTER = r"[、，；](?:另?有)?[^，,。；;、\d\n]{1,16}(?<![第近])(?:\d[\d.]*|[二两三四五六七八九十百]{1,5})余?[{units}](?![是要年月])"
_LISTED_BEFORE = r"(?:\d|[二两三四五六七八九十百])余?[{units}][、，；][^，,。；;、\d\n]{2,16}$"
"""What stands beside the item of a list with numbers behind their nouns: 县级中心一个、乡镇站16个; 街区12处、长廊八条."""
_LISTED_FIRST = deferred(
    r"[^，,。；;、\d\n]{2,16}[、和及与](?:\d+|[二三四五六七八九]?十[一二三四五六七八九]?)余?"
)
"""The same with numbers first: 一个县级中心、17个乡镇站."""
_APPOINTED = ("聘任", "选任", "委任")
"""What ends like 任一 and counts: 聘任一名顾问."""
_TWOFOLD = frozenset({"倍", "个月", "个工作日", "个小时"})
"""Units with which two may be 二, as laws write it."""
_TERMS = ("徒刑", "缓刑", "有效期", "有效期为", "任期", "期限", "期限为", "为期")
_PART = deferred(
    r"(?:[\d余]|[两二三四五六七八九十])(件|宗|例|人|名|家|份|部)[，,：:；、（(](?:其中|有)?(?:一\1[^，,。；;\n]{1,12}[，,；])?$"
    r"|一(件|宗|例|人|名|家|份|部)[^，,。；;\n]{1,12}[，,；]另外?有?$"
)
"""What stands before one of several: 复议2件，一件维持，另一件撤回."""
_NO_PART = tuple("一不没未都也多事接申件落包")
"""What follows 一件 where it is no part: 一件事一次办, 一件接一件."""
_LISTED_SPAN = 24
_PAUSES = frozenset("，,、；;。\n")
_IDENTIFIER = deferred(r"[\w./?=&%#:+-]*", re.ASCII)
_ASCII_JOIN = frozenset("/_@=?&%#~.-:+")


def _opens(text: str, at: int) -> bool:
    """Whether a straight quotation mark opens a quotation: an even number of them stands before it in its line."""
    line = text.rfind("\n", max(0, at - _LINE), at) + 1
    return (line > 0 or at < _LINE) and text.count('"', line, at) % 2 == 0


@attrs.frozen
class _Behind:
    """A pattern that needs something directly before the number."""

    before: re.Pattern[str]
    regex: re.Pattern[str]
    reason: str


@attrs.frozen
class _Script:
    """The exclusions for numbers that are written in one way: in digits, or in Chinese numerals."""

    regex: re.Pattern[str]
    """What a number may begin; the group tells the reason."""
    reasons: tuple[str, ...]
    """Reason of each group."""
    behind: dict[str, tuple[_Behind, ...]]
    """Last character before the number to the patterns that need it."""
    characters: frozenset[str]
    """All characters of the patterns that need nothing before, so any that can follow the number in one."""


@attrs.frozen(eq=False)
class Exclusions:
    """The table `data/not_quantities.toml`, compiled."""

    digits: _Script
    chinese: _Script
    scheme_names: re.Pattern[str]
    unsafe_units: frozenset[str]
    unsafe_to: int
    counted_words: tuple[str, ...]
    counted_nouns: Mapping[str, tuple[str, ...]]
    day_units: frozenset[str]
    counted_days: tuple[str, ...]
    listed_units: frozenset[str]
    listed_after: re.Pattern[str]
    listed_before: re.Pattern[str]
    zero_not_counted_behind: Mapping[str, tuple[str, ...]]
    one_counting: frozenset[str]
    one_counted_after: tuple[str, ...]
    one_counted_behind: Mapping[str, tuple[str, ...]]
    one_not_followed: tuple[str, ...]
    one_not_preceded: tuple[str, ...]
    years_not_preceded: re.Pattern[str]
    years_not_followed: tuple[str, ...]

    def mask(self, text: str, start: int, run_end: int) -> tuple[int, int, str] | None:
        """Range and reason of what begins at a number without counting, or None.

        Args:
            text: The clean text.
            start: Where a run of digits or of Chinese numerals begins.
            run_end: Where the run ends.
        """
        ascii_ = text[start].isascii()
        script = self.digits if ascii_ else self.chinese
        if start:
            before = text[start - 1]
            if before == " " and start > 1:
                before = text[start - 2]
            elif ascii_ and before.isascii() and (identifier := _identifier(text, start)):
                return identifier
            for entry in script.behind.get(before, ()):
                match = entry.regex.match(text, start)
                if match is not None and (context := entry.before.search(text, max(0, start - 10), start)):
                    return context.start(), match.end(), entry.reason
        if not ascii_ and text[run_end : run_end + 1] not in script.characters:
            return None
        match = script.regex.match(text, start)
        if match is None:
            return None
        return start, match.end(), script.reasons[(match.lastindex or 1) - 1]

    def after_quote(self, text: str, start: int) -> bool:
        """Whether a quotation may be open where a number begins."""
        before = text[max(0, start - 14) : start]
        return not _OPENING_QUOTES.isdisjoint(before)

    def why_not_counting(self, text: str, start: int, end: int, value: Decimal, unit: str) -> str | None:
        """Why a small Chinese numeral with a unit does not count, or None where it does.

        Args:
            text: The clean text.
            start: Where the numeral begins.
            end: Where its unit ends.
            value: Its value.
            unit: Its unit as written.
        """
        before, follows = text[max(0, start - 14) : start], text[end : end + 1]
        if self.after_quote(text, start) and _QUOTE_OPEN.search(before) and _QUOTE_CLOSE.match(text, end):
            return "name of a scheme"
        if before[-1:] == '"' and _opens(text, start - 1) and _STRAIGHT_CLOSE.match(text, end):
            return "name of a scheme"
        if text[start] == "二" and text[start:end] == "二" + unit:
            counts = unit in _TWOFOLD or before.endswith(_TERMS)
            return None if counts else "ordinal"  # two of a thing are 两
        if unit in self.day_units:
            return None if before.endswith(self.counted_days) else "set phrase"
        if value > self.unsafe_to:
            return None
        reason = self._why_not_small(before, text[end : end + 6].lstrip("“‘「 "), follows, value, unit)
        return None if reason == "set phrase" and self._is_listed(text, start, end, unit) else reason

    def _is_listed(self, text: str, start: int, end: int, unit: str) -> bool:
        """Whether a number is that of an item in a list in which the items beside it have theirs at the same place."""
        before = text[max(0, start - _LISTED_SPAN) : start]
        if text[start] == "一" and (part := _PART.search(before)):
            return unit in part.groups() and not text.startswith(_NO_PART, end)
        if unit not in self.listed_units or before.endswith(self.one_not_preceded):
            return False
        if text[end : end + 1] not in _PAUSES:
            first = _LISTED_FIRST.match(text, end)
            return first is not None and text.startswith(unit, first.end())
        return before[-2:].isalpha() and (
            self.listed_after.match(text, end) is not None or self.listed_before.search(before) is not None
        )

    def _why_not_small(self, before: str, after: str, follows: str, value: Decimal, unit: str) -> str | None:
        """The same for numerals up to twelve, which most set phrases and names of schemes have."""
        if not value and (words := self.zero_not_counted_behind.get(unit)):
            return "set phrase" if follows.isalnum() or before.endswith(words) else None
        if value == 1:
            behind = self.one_counted_behind.get(unit)
            named = behind is not None and before.endswith(behind) and not follows.isalnum()
            counts = (
                (named or unit in self.one_counting or before.endswith(self.one_counted_after))
                and not after.startswith((unit, "一" + unit))  # 一份份, 一份一份: one after the other
                and not before.endswith("一" + unit)
                and (not before.endswith(self.one_not_preceded) or before.endswith(_APPOINTED))
                and not after.startswith(self.one_not_followed)
                and not _NONE.search(before)
            )
            return None if counts else "set phrase"
        if value and unit in self.unsafe_units:
            counts = before.endswith(self.counted_words) and not follows.isalnum()
            return None if counts or after.startswith(self.counted_nouns.get(unit, ())) else "set phrase"
        if (
            value <= 10
            and unit in _IN_PLACE_NAMES
            and after[:1] in tuple("县市区镇乡州")
            and after[1:2] != "级"
        ):
            return "place name"
        if before.endswith("等") and after.startswith(("纳入", "列入")):
            return None  # what has been listed (甲、乙等六项纳入目录), unlike 四个纳入
        return "name of a scheme" if self.scheme_names.match(after) else None

    def why_not_duration(self, text: str, start: int, end: int) -> str | None:
        """Why a number of years names a period (近三年, 五年规划) instead of measuring one."""
        if text.startswith(self.years_not_followed, end) or self.years_not_preceded.search(
            text, max(0, start - 4), start
        ):
            return "period"
        return None


def _identifier(text: str, start: int) -> tuple[int, int, str] | None:
    """Digits that ASCII letters lead to: K125, H7N9, www.a.cn/12."""
    before = text[start - 1]
    if not before.isalpha():
        if before not in _ASCII_JOIN or start < 2:
            return None
        if not (text[start - 2].isascii() and text[start - 2].isalpha()):
            return None
    match = _IDENTIFIER.match(text, start)
    return start, match.end() if match else start + 1, "identifier"


@cache
def exclusions() -> Exclusions:
    """The built-in table."""
    table = load_table("not_quantities.toml")
    small, one, years = table["small_numbers"], table["one"], table["years"]
    listed = "".join(small["listed_units"])
    return Exclusions(
        _script([row for row in table["pattern"] if "\\d" in row["regex"] or "0" in row["regex"]]),
        _script([row for row in table["pattern"] if "{cn}" in row["regex"] or "\\d" not in row["regex"]]),
        deferred("|".join(small["names"])),
        frozenset(small["unsafe_units"]),
        small["unsafe_to"],
        tuple(small["counted_words"]),
        {unit: tuple(nouns) for unit, nouns in small["counted_nouns"].items()},
        frozenset(small["day_units"]),
        tuple(small["counted_days"]),
        frozenset(small["listed_units"]),
        deferred(_LISTED_AFTER.replace("{units}", listed)),
        deferred(_LISTED_BEFORE.replace("{units}", listed)),
        {unit: tuple(words) for unit, words in table["zero"]["not_counted_behind"].items()},
        frozenset(one["counting"]),
        tuple(one["counted_after"]),
        {unit: tuple(things) for unit, things in one["counted_behind"].items()},
        tuple(one["not_followed_by"]),
        tuple(one["not_preceded_by"]),
        deferred(f"(?:{'|'.join(years['not_preceded_by'])})$"),
        tuple(years["not_followed_by"]),
    )


def _script(rows: Iterable[dict[str, Any]]) -> _Script:
    plain: list[str] = []
    reasons: list[str] = []
    behind: dict[str, list[_Behind]] = {}
    for row in rows:
        source, reason = row["regex"].replace("{cn}", CN), row["reason"]
        if "{unit}" in source:
            source = source.replace("{unit}", trie(units().kinds, units().not_followed))
        contexts = [(last, row["behind_regex"]) for last in row.get("behind_last", "")]
        contexts += [(literal[-1], re.escape(literal) + " ?$") for literal in row.get("behind", ())]
        for last, context in contexts:
            behind.setdefault(last, []).append(_Behind(deferred(context), deferred(source), reason))
        if not contexts:
            plain.append(
                f"(?:{source})()"
            )  # the group behind it keeps the engine's look at the first character
            reasons.append(reason)
    return _Script(
        deferred("|".join(plain)),
        tuple(reasons),
        {last: tuple(rows) for last, rows in behind.items()},
        frozenset(char for char in "".join(plain) if char in ',"' or not (char.isascii() or char in CN)),
    )
