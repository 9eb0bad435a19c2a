"""Several subjects before one figure or before as many figures as they are: 建议、提案分别为72件和95件, 建议、提案各12件."""

from __future__ import annotations

from ..deferred import deferred
from .acts import LEADING_ACT

__all__ = ["AND_SIGNS", "PAIR", "alike", "each_to_each", "respective"]

AND_SIGNS, PAIR = ("、", "和", "与", "及"), 2
"""What joins subjects or figures, and how many are the fewest."""
_AND = deferred(r"、|(?<=”)(?=“)|及(?![时格早])|和(?![解谐睦平])|与(?![会者])")
_RESPECTIVE = deferred(
    r"([^，,。；;：:]{2,40}?)(?:[，,]?(?:目前|现)?(?:已经?)?)分别(?:达到|达|为|是|有|共|举[办行]|开展|组织|召开|安排|完成)?了?([^\W\x00-\x7f]{0,24})[ ]?$"
)
_ALIKE = deferred(
    r"(?:^|[，,；;。])([^，,。；;：:\d]{4,40}?)[，,]?(?:[各均都]|各自|均各)(?:为|是|达到?|有|举[办行]|开展|组织|召开|完成)?了?$"
)
_LEVEL = deferred("(?:国家|全国|自治区|自治州|[省市州盟县区旗乡镇村])级?")
_FIRST_LEVEL = deferred(rf"(?:.*[，,])?([^，,]{{0,6}}?)(?:{_LEVEL.pattern})")
_LAST_LEVEL = deferred(rf"(?:{_LEVEL.pattern})(?:[两三四五]级)?的?(?=[^\W\x00-\x7f]{{3}})")
_FROM_LEVELS = deferred("人大|政协|代表|委员|建议|提案|交办|转办|督办|示范|命名|表彰")
"""What several levels hand down or award; of other things each level has its own."""
_SIGNS, _NEAR = frozenset("各均都"), 6
"""One of these stands so near before a count that several have each."""
_NAMED = deferred(r"[^，,。；;：:（）()]{4,40}$")


def respective(before: str, joint: int) -> list[str]:
    """Subjects that share a verb with 分别, one for each of the figures that are listed behind it; none where there is no such thing.

    >>> respective("人大代表建议、政协委员提案分别为", 2)
    ['人大代表建议', '政协委员提案']
    """
    match = _RESPECTIVE.search(before)
    if match is None:
        return []
    subjects = [part for part in _AND.split(match.group(1)) if part][-joint:]
    if levels := _of_levels(subjects):
        return [words + match.group(2) for words in levels]
    return [_completed(subject, subjects[-1]) + match.group(2) for subject in subjects]


def each_to_each(before: str, joint: int) -> list[str]:
    """Subjects that stand before as many figures, each to each (人大代表建议、政协委员提案72件和95件)."""
    match = _NAMED.search(before)
    subjects = _AND.split(match.group()) if match else []
    return _of_levels(subjects) or subjects if len(subjects) == joint and all(subjects) else []


def _of_levels(subjects: list[str]) -> list[str]:
    """What several levels of government have each (省、市、县三级人大代表建议分别为1件、3件和86件); empty where they are none.

    >>> _of_levels(["承办省", "市", "县三级人大代表建议"])
    ['承办人大代表建议', '承办人大代表建议', '承办人大代表建议']
    """
    last = _LAST_LEVEL.match(subjects[-1]) if len(subjects) > 1 else None
    first = _FIRST_LEVEL.fullmatch(subjects[0]) if last and _FROM_LEVELS.search(subjects[-1]) else None
    if last is None or first is None or not all(map(_LEVEL.fullmatch, subjects[1:-1])):
        return []
    return [first[1] + subjects[-1][last.end() :]] * len(subjects)


def alike(before: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each of several subjects that have the same count.

    >>> alike("办理人大代表建议、政协委员提案各")
    (('办理人大代表建议', '办理人大代表建议提案'), ('政协委员提案', '办理政协委员提案'))
    """
    match = None if _SIGNS.isdisjoint(before[-_NEAR:]) else _ALIKE.search(before)
    subjects = [part for part in _AND.split(match[1]) if part] if match else []
    if len(subjects) < PAIR:
        return ()
    act, last = LEADING_ACT.match(subjects[0]), subjects[-1]
    verb = act[1] if act else ""
    first, *others = subjects
    return (
        (first, first + last[-2:]),
        *((own, own + last[-2:], verb + own) for own in others[:-1]),
        (last, verb + last),
    )


def _completed(subject: str, last: str) -> str:
    """A subject with what only the last one says, where both end alike before it: 党委会议、常务会议研究法治工作分别为."""
    before, same, said = last.rpartition(subject[-2:])
    return subject + said if before and same else subject
