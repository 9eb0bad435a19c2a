"""The tables together, and the pattern of the places where a quantity may begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

import attrs

from ..numerals import power_of
from .approximators import Approximators, approximators
from .exclusions import CN, DIGIT, Exclusions, exclusions
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
    tails: dict[str, tuple[int, str]]
    """What stands between the digits and the unit of a direct form (万余) to power of ten and sense."""
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
    words, table = approximators(), exclusions()
    characters = {*CN, *"几成分之折点半到至", *words.characters}.union(*known.kinds)
    # what GB 2312 lacks may be a traditional form
    simple = "".join(sorted(characters - {*"<>#*&"})).encode("gb2312", "ignore").decode("gb2312")
    clean = re.compile(rf"[0-9A-Za-z.,%~—–\-{re.escape(simple)}]*")
    tails = {
        scale + inside + more: (power_of(scale + more), words.inside.get(inside, ""))
        for scale in ("", "万", "亿", "万亿")
        for inside in ("", "余", "多")
        for more in ("", "万", "亿")
    }
    return Grammar(
        known, words, table, re.compile(_pattern(direct, known, words, table)), direct, tails, clean
    )


_DIRECT_FIRSTS = "件%个项名次份条人场起宗期户家元处台批册卷本所辆套部吨亩公平米位张例幢栋支艘篇"
"""First characters of units behind which no row of the exclusions can go on."""
_NOT_BEFORE = r"\x00-\x20\"-'*+\--:<-\x7f第跑逢—–~～－−"
_NOT_BEHIND = r"[ 级半(（\-—–~～－至到]|(?<=个)(?:[多余]|[、,和及与][0-9])"
"""What makes a unit part of something longer; 个 may begin another unit: 10个、5个工作日, 3个多月."""
_LIST_MARKER = r"(?<=\n)[0-9]{1,2}(?:[.．、](?![0-9 ])|[)）])"


def _pattern(direct: Collection[str], known: Units, words: Approximators, table: Exclusions) -> str:
    """Where a number may begin that is worth a look.

    The first alternative is the *direct form*: digits with their unit right behind them, between characters
    that leave nothing to decide. Its groups are the digits, what stands between them and the unit, and the unit; the other alternatives have none.
    Chinese numerals are passed over where nothing before or behind them can be part of a figure: 一是, （二）, 进一步.
    """
    others: dict[str, str] = {}
    for longer in known.kinds.keys() - direct:
        for end in range(1, len(longer)):
            if longer[:end] in direct:
                others[longer[:end]] = others.get(longer[:end], "") + longer[end]
    unit = trie(direct, known.not_followed, others)
    digits = r"([0-9]{1,8}(?:\.[0-9]{1,8})?+)((?:万亿|[万亿])?+[余多]?+[万亿]?+)"
    before = _charset({*words.last_before, *table.chinese.behind, *" ¥￥"})
    inner = {unit[1] for unit in known.kinds if unit[0] in CN and len(unit) > 1}  # 一万千瓦
    behind = _charset({*inner, *known.firsts, *table.chinese.characters, *_NUMBER_GOES_ON})
    run, single = f"[{CN}几幾][{CN}几幾数數]*+", f"[{CN}几幾](?![{CN}几幾数數])"
    return (
        rf"(?=[0-9{CN}几幾数數半])(?:(?<![{_NOT_BEFORE}]){digits}((?>{unit}))(?!{_NOT_BEHIND})"
        rf"|(?<![0-9])(?!{_LIST_MARKER})[0-9][0-9,.]*+"
        rf"|(?<![{CN}几幾])(?:(?<={before}){run}|{single}(?:(?=(?![，,、”“\"]){behind})|(?=、[{DIGIT}两]))|(?!{single}){run}(?={behind}))"
        rf"|[数數](?=[十百千万亿萬億])[{CN}几幾数數]*+|半)"
    )


_NUMBER_GOES_ON = ',"分成点半余餘多来來几幾数數 (（-—–~～－至到'
"""What may follow a Chinese numeral besides a unit: 百分之, 七成, 三点五, 一半, 二十余, 十几, a range."""


def _charset(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"
