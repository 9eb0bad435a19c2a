"""What belongs to a unit besides the unit itself: what it is for each of, brackets, halves, and the unit that 个 only begins."""

from __future__ import annotations

from decimal import Decimal

from ..deferred import deferred
from .grammar import MOVES
from .numbers import ARABIC, Number
from .units import Units

__all__ = ["INCLUSIVE", "OPENING", "UNIT_GOES_ON", "behind_repeated", "bracket_first", "whole_unit"]

_LISTED_UNIT = deferred(
    rf"(?:[、,和及与]{ARABIC}个){{0,12}}(?:[、,和及与]{ARABIC}个(百分点|工作日|自然日|交易日|小时|月)|(?:压缩|压减|缩短|缩减|减少|精简|降低|提速|[压缩减降])[至到为]{ARABIC}个(工作日|自然日|小时))(?!饼|嫂)"
)
"""In 10个、5个工作日 and 20个压缩到5个工作日 the unit of the first stands behind the last."""
_ONE_AND_HALF = deferred(r"半(?=[月年天小个個])|(?<=[年天倍])半")
_BRACKET_FIRST = deferred(r"[(（]([^\W\x00-\x7f]{1,2})[)）]([^\W\x00-\x7f])")
_BRACKETED = deferred(r"[(（]([^\W\x00-\x7f]{1,2})[)）](次?)")
_FOR_EACH = deferred(
    "[/／](人次|车次|平方米|㎡|立方米|平方公里|公里|千瓦时|小时|分钟|[年月周天日秒人户件次亩吨升度村镇乡所家案单台辆套栋部只头株棵场])(?:[/·／][年月周天日次])?(?![A-Za-z均])"
)
"""What makes a figure so much for each: 1.8个/件, 45元/平方米, 60公里/小时."""
INCLUSIVE = deferred(r"[(（]不?含[^()（）\n]{0,10}[)）](?=及?以[上下内])")
"""What stands between a unit and its 以上: 100万元（含）以上, 30人（含30人）以上."""
OPENING = frozenset("(（")
_LIST_JOIN = frozenset("、,和及与")
_LISTED = _LIST_JOIN | frozenset(MOVES)
_INSIDE_UNIT = frozenset("半多余")
UNIT_GOES_ON = _LISTED | _INSIDE_UNIT | frozenset("(（/／")
"""What may stand behind a unit that is not all of it yet."""
_EITHER = frozenset("户件套台辆部家所栋册")
_HALF = Decimal("0.5")


def bracket_first(text: str, at: int, units: Units) -> str | None:
    """28(场)次: the bracket stands before the unit."""
    if text[at : at + 1] not in OPENING:
        return None
    match = _BRACKET_FIRST.match(text, at)
    return match.group() if match and match.group(2) in units.kinds else None


def whole_unit(
    text: str, written: str, end: int, number: Number, units: Units
) -> tuple[str, str, int, Number]:
    """The unit with all that belongs to it, its kind, where it ends, and the number.

    Args:
        text: The clean text.
        written: The unit that was read.
        end: Where it ends.
        number: The number before it.
        units: The known units.
    """
    unit = written
    if written[0] in "(（" and (bracket := _BRACKET_FIRST.match(written)):
        unit = "".join(bracket.groups())
        unit = unit if unit in units.kinds else bracket.group(2)
    follows = text[end : end + 1]
    if written in ("个", "個"):
        if follows in _LISTED and (listed := _LISTED_UNIT.match(text, end)):
            shared = "个" + (listed.group(1) or listed.group(2))
            return shared, units.kinds[shared], end, number
        if text.startswith("半天", end):  # 384个半天: so many of them
            return "个半天", "duration", end + 2, number
        if follows in _INSIDE_UNIT and (inner := _inner_unit(text, end + 1, units)):
            number = (
                number._replace(low=number.low + _HALF)
                if follows == "半"
                else number._replace(approx="above")
            )
            return "个" + inner, units.kinds["个" + inner], end + 1 + len(inner), number
    kind = units.kinds[unit]
    if follows in ("/", "／"):
        each = _FOR_EACH.match(text, end)
        # 12家/户 and 5起/件 give two words for the same
        either = each and kind == "count" and each.group(1) in _EITHER and number.low == int(number.low)
        return (
            (unit + each.group(), kind, each.end(), number)
            if each and not either
            else (unit, kind, end, number)
        )
    if follows == "半" and kind in ("duration", "multiple") and number.high is None:
        if half := _ONE_AND_HALF.match(text, end):
            return unit, kind, half.end(), number._replace(low=number.low + _HALF)
    elif (
        follows in OPENING
        and kind == "count"
        and (behind := _BRACKETED.match(text, end))
        and behind.group(1) in units.kinds  # 台（套）, but 1个（二级） only says of what grade
    ):
        # 873个（次）stays as written, 28场(次)次 does not
        unit += "次" if behind.group(2) else behind.group()
        end = behind.end()
    return unit, kind, end, number


def _inner_unit(text: str, at: int, units: Units) -> str | None:
    """The rest of a unit with 个 behind 个半 or 个多: 两个半月, 3个多小时, 5个多百分点."""
    unit = "月" if text.startswith("月", at) else units.match(text, at)
    return unit if unit and units.kinds.get("个" + unit, "count") != "count" else None


def behind_repeated(text: str, start: int, unit_end: int, end: int) -> int:
    """Where to go on behind a figure that is said again in brackets: 5000元以上（含5000元）.

    Args:
        text: The clean text.
        start: Where the figure begins.
        unit_end: Where its unit ends.
        end: Where the word behind its unit ends.
    """
    if text[end : end + 1] not in OPENING or not text.startswith("含", end + 1):
        return end
    again = end + 2 + unit_end - start
    return again if text[end + 2 : again] == text[start:unit_end] else end
