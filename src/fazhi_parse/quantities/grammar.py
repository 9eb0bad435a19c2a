"""The tables together, and the pattern of the places where a quantity may begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import attrs

from ..numerals import power_of
from .approximators import Approximators, approximators
from .exclusions import CN, DIGIT, Exclusions, exclusions
from .units import Units, trie, units

__all__ = ["MOVES", "Grammar", "grammar"]


@attrs.frozen(eq=False)
class Grammar:
    """What the scan goes by. `grammar()` makes it."""

    units: Units
    words: Approximators
    table: Exclusions
    pattern: re.Pattern[str]
    """Every place where a number may begin; its groups, if any, are those of a direct form."""
    direct: dict[str, tuple[str, str]]
    """Unit as written to canonical form and kind, for the units of direct forms."""
    tails: dict[str, tuple[int, str]]
    """What stands between the digits and the unit of a direct form (万余) to power of ten and sense."""
    _clean: re.Pattern[str]

    def needs_no_cleaning(self, text: str) -> bool:
        """Whether a text has nothing but characters of numbers, units and approximators that no cleaning touches."""
        return self._clean.fullmatch(text) is not None


@lru_cache(maxsize=8)
def grammar(known: Units | None = None, *, direct_forms: bool = True) -> Grammar:
    """The grammar for a table of units, by default the built-in one.

    Args:
        known: The units.
        direct_forms: Whether figures that leave nothing to decide are read the short way; the result is the same.
    """
    known = known or units()
    direct = {
        unit: (known.simple(unit), kind)
        for unit, kind in known.kinds.items()
        if direct_forms and _is_direct(unit, kind)
    }
    words, table = approximators(), exclusions()
    characters = {*CN, *"几成分之折番翻点半到至", *words.characters}.union(*known.kinds)
    # what GB 2312 lacks may be a traditional form
    simple = "".join(sorted(characters - {*"<>#*&"})).encode("gb2312", "ignore").decode("gb2312")
    clean = re.compile(rf"[0-9A-Za-z.,%~—–\-{re.escape(simple)}]*")
    tails = {
        scale + inside + more: (power_of(scale + more), words.inside.get(inside, ""))
        for scale in ("", "万", "亿", "万亿")
        for inside in ("", "余", "多")
        for more in ("", "万", "亿")
    }
    pattern = (
        rf"(?=[0-9{CN}几幾数數半])(?:{_direct_form(direct, known, words, table)}"
        rf"|(?<![0-9])(?!{_LIST_MARKER})[0-9][0-9,.]*+|{_numeral(known, words, table)}|半)"
    )
    return Grammar(known, words, table, re.compile(pattern), direct, tails, clean)


def _is_direct(unit: str, kind: str) -> bool:
    """Whether a number before this unit can be nothing else; years and days can, and so can letters."""
    return unit == "%" or not (kind == "duration" or unit[0].isascii() or unit[0] in _NEVER_DIRECT)


_NEVER_DIRECT = frozenset(CN + "单乡县届路里")
"""First characters of units that the exclusions of houses, roads, meetings and places begin with, too: 2单元, 102路公交, 十八里铺."""
_NOT_BEFORE = r"\x00-\x20\"-'*+\--:<-\x7f第前每经纬跑逢负—–~～－−"
"""What makes digits part of something longer, or a negative number."""
MOVES = "压缩减精降提"
"""How verbs begin that say where a figure went: 20个压缩到5个工作日."""
_NOT_BEHIND = rf"(?<=分)之|[ 级半/／\-—–~～－至到]|[(（](?:[^\W\x00-\x7f]{{1,2}}[)）]|不?含)|(?<=个)(?:[多余{MOVES}]|[、,和及与“\"]?[0-9])"
"""What makes a unit part of something longer; 个 may begin another unit: 10个、5个工作日, 3个多月; and a name: 3个100."""
_LIST_MARKER = r"(?<=\n)[0-9]{1,2}(?:[.．、](?![0-9 ])|[)）])"
_NUMERAL_GOES_ON = '分成折番点半余餘多来來几幾数數+＋ (（-—–~～－至到,"'
"""What may follow a Chinese numeral besides a unit: 百分之, 七成, 三点五, 一半, 二十余, 二十+, 十几, a range."""


def _direct_form(direct: Collection[str], known: Units, words: Approximators, table: Exclusions) -> str:
    """Digits, or two and more Chinese numerals, with their unit right behind them, between characters that leave nothing to decide.

    Groups: the number, what stands between it and the unit (万, 余, 余万), and the unit.
    """
    others: dict[str, str] = {}
    for longer in known.kinds.keys() - direct:  # 个 is direct, 个月 is not
        for end in range(1, len(longer)):
            if longer[:end] in direct:
                others[longer[:end]] = others.get(longer[:end], "") + longer[end]
    unit = trie(direct, known.not_followed, others)
    before_numeral = _charset({*CN, *"几幾数數点¥￥", *words.last_before, *table.chinese.behind})
    number = rf"((?<!零下)[0-9]{{1,8}}(?:\.[0-9]{{1,8}})?+|(?<!{before_numeral})[{CN}]{{2,24}}+)"
    tail = "((?:万亿|[万亿])?+[余多]?+[万亿]?+)"
    return rf"(?<![{_NOT_BEFORE}]){number}{tail}((?>{unit}))(?!{_NOT_BEHIND})"


def _numeral(known: Units, words: Approximators, table: Exclusions) -> str:
    """A run of Chinese numerals, unless nothing around it can be part of a figure: 一是, （二）, 进一步."""
    before = _charset({*words.last_before, *table.chinese.behind, *" ¥￥"})
    inner = {unit[1] for unit in known.kinds if unit[0] in CN and len(unit) > 1}  # 一万千瓦
    behind = _charset({*inner, *known.firsts, *table.chinese.characters, *_NUMERAL_GOES_ON})
    run, alone = f"[{CN}几幾][{CN}几幾数數]*+", f"[{CN}几幾](?![{CN}几幾数數])"
    return (
        rf"(?<![{CN}几幾])(?:(?<={before}){run}|(?!{alone}){run}(?={behind}|\Z)"
        rf"|{alone}(?=(?![，,、”“\"]){behind}|、[{DIGIT}两]))"
        rf"|[数數](?=[十百千万亿萬億])[{CN}几幾数數]*+"
    )


def _charset(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"
