"""The tables together, and the pattern of the places where a quantity may begin."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import attrs

from .approximators import Approximators, approximators
from .exclusions import CN, Exclusions, exclusions
from .units import Units, trie, units

__all__ = ["Grammar", "grammar"]


@attrs.frozen(eq=False)
class Grammar:
    """What the scan goes by. `grammar()` makes it."""

    units: Units
    words: Approximators
    table: Exclusions
    pattern: re.Pattern[str]
    """Every place where a number may begin; see `_pattern`."""
    direct: dict[str, tuple[str, str]]
    """Unit as written to canonical form and kind, for the units of direct forms."""
    _clean: re.Pattern[str]

    def needs_no_cleaning(self, text: str) -> bool:
        """Whether a text has nothing but characters of numbers, units and approximators that no cleaning touches."""
        return self._clean.fullmatch(text) is not None


@cache
def grammar(known: Units | None = None) -> Grammar:
    """The grammar for a table of units, by default the built-in one."""
    known = known or units()
    direct = {
        unit: (known.simple(unit), kind)
        for unit, kind in known.kinds.items()
        if unit[0] in _DIRECT_FIRSTS and kind != "duration"
    }
    words = approximators()
    characters = {*CN, *"几成分之折点半到至—", *words.last_before, *words.first_after, *words.inside}.union(
        *known.kinds
    )
    # what GB 2312 lacks may be a traditional form
    simple = "".join(sorted(characters)).encode("gb2312", "ignore").decode("gb2312")
    clean = re.compile(rf"[0-9A-Za-z.,%\-{re.escape(simple)}]*")
    return Grammar(known, words, exclusions(), re.compile(_pattern(direct, known)), direct, clean)


_DIRECT_FIRSTS = "件%个项名次份条人场起宗期户家元处台批册卷本所辆套部吨亩公平米位张例幢栋支艘篇"
"""First characters of units behind which no row of the exclusions can go on."""
_NOT_BEFORE = r"\x00-\x20\"-'*+\--:<-\x7f第跑逢—–~～－−至到"
_NOT_BEHIND = r" 级半(（\-—–~～－至到"
_NOT_BEHIND_UNIT = {"个": "、,和及与多余半"}
"""Before these, 个 may be the beginning of another unit: 10个、5个工作日, 3个多月."""
_HOTLINE = r"(?:1[12][0-9]|12[0-9]{3}|95[0-9]{3})(?![0-9])"


def _pattern(direct: Collection[str], known: Units) -> str:
    """Where a number may begin.

    The first alternative is the *direct form*: digits with their unit right behind them, between characters
    that leave nothing to decide. Its groups are digits, scale and unit; the other alternatives have none.
    """
    others = dict(_NOT_BEHIND_UNIT)
    for longer in known.kinds.keys() - direct:
        for end in range(1, len(longer)):
            if longer[:end] in direct:
                others[longer[:end]] = others.get(longer[:end], "") + longer[end]
    unit = trie(direct, known.not_followed, others)
    number = rf"(?!{_HOTLINE})([0-9]{{1,8}}(?:\.[0-9]{{1,8}})?+)(万亿?|亿)?+"
    return (
        rf"(?=[0-9{CN}几幾数數半])(?:(?<![{_NOT_BEFORE}]){number}((?>{unit}))(?![{_NOT_BEHIND}])"
        rf"|[0-9][0-9,.]*|(?:[{CN}几幾]|[数數](?=[十百千万亿萬億]))[{CN}几幾数數]*|半)"
    )
