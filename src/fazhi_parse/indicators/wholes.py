"""The number of all behind that of some: of what each has, of those that have come anew, of some months of the year."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..deferred import deferred
from ..prefilter import Guarded
from .acts import ANY_ACT

__all__ = ["Partial", "of_all", "of_some", "only_some_time", "told_of_some"]


class Partial(NamedTuple):
    """A way in which a figure counts but some."""

    told: re.Pattern[str] | Guarded
    """What tells it in the words before the figure."""
    head: re.Pattern[str]
    """That with all that belongs to it; without it the words name what all of them are."""
    whole: re.Pattern[str]
    """All the words before the number of all where it has no subject of its own, with the groups `sum` and `act`."""
    named: re.Pattern[str]
    """What tells in the words before a number with a subject of its own that it is that of all."""
    stands: bool
    """Whether the number of all is a stock: of those that have come anew there are more from other years."""


_SUM = "(?P<sum>合计|共计|总计|总共|共|总数|累计)?"
_ACT = rf"(?:(?:依法|集中|先后|已|统一|全面|顺利|圆满|成功|高质量)*(?P<act>{ANY_ACT}))?(?:有|了|达到?|为)?"
_OWN = "(?:全[省市县区旗乡镇街局系]统?|[我本][省市县区旗乡镇街局])?"
_EACH = Partial(
    deferred(r"每|人均|[各均都](?:[配设聘建选开举]|组织|评查|抽查|报送|审查|有|培)"),
    deferred(
        r"^.*(?:每[^，。；\d]{0,8}?|人均|[各均都])(?=[配设聘选培有拥开举召学评抽报审]|建(?!设)|组(?!织部))"
    ),
    deferred(rf"[，,、；;]?{_OWN}(?:全年|年内)?{_SUM}{_ACT}"),
    named=deferred("(?!)"),  # one with a subject of its own tells of what it names
    stands=False,
)
"""每校配备副校长1名，共配备96名."""
_NEWLY = Guarded(
    r"(?:今年|本年度?|全年|年内|共|[，、；])*新(?:增设?|建成?|设立?|聘请?|[选增]聘|创建|培育|培养|成立|组建|录入|录用|招录?|办|购置?|发展|命名|认定|评|打造|吸纳|配备?|添置?)(?:命名|认定|为|的|了)*"
)
_ANEW = Partial(
    _NEWLY,
    _NEWLY.pattern,
    deferred(
        rf"[，,；;](?:目前|现|使)?{_OWN}(?P<sum>现有|累计|总数|总量|总人数|总计|合计|共计?)(?P<act>)(?:已|达到?|建成|增至|增加到|扩大到|上升到|有|为|至)*"
    ),
    named=deferred(
        "总[数量人]|累计|现有|(?:[合共总]计?(?:达|有|为|已)*|达到?|[增升]至|[增扩升][加大到]*到)$"
    ),
    stands=True,
)
"""新建公共法律服务室12个，累计达186个."""
_SOME_DAYS = Guarded(
    r"(?:^|[，,；;])(?:(?:19|20)\d\d年|今年)?(?:[上下]半年|第?[一二三四1-4]季度|前三季度|(?<!\d)\d{1,2}月?份?[—－~～至-]{1,2}\d{1,2}月份?|(?<!\d)\d{1,2}月份?(?!\d)"
    r"|[^，。；\d五]{0,8}(?:\d{1,2}·\d{1,2}[”\"]?)?[^，。；\d五]{0,8}(?:期间|宣传[周月日]|活动[周月日]|服务[周月日]|[国节]庆))[，,]?"
)
_SOME_TIME = Partial(
    _SOME_DAYS,
    _SOME_DAYS.pattern,
    deferred(rf"[，,；;](?:全年|一年来|今年以来|年内|本年度?){_SUM}{_ACT}"),
    named=deferred("(?:全年|一年来|年内|本年度?)(?:合计|共计?|总[计共]|累计)(?![^，；]*[又再还另“《])"),
    stands=False,
)
"""春节期间开展普法宣传12场，全年累计120场."""
_WAYS = (_EACH, _ANEW, _SOME_TIME)
_GENERAL = frozenset(["", "组织", "开展", "举办", "召开", "实施"])
"""Acts that say nothing of what was done."""
_SHORTEST_NOUN = 2


def of_some(words: str) -> tuple[Partial, ...]:
    """In which ways the words before a figure make it that of some.

    >>> [way is _ANEW for way in of_some("新建公共法律服务室")], of_some("公共法律服务室")
    ([True], ())
    """
    return tuple([way for way in _WAYS if way.told.search(words)])


def only_some_time(words: str) -> bool:
    """Whether words before a figure tell but the months that it counts: 上半年受理42件，下半年44件."""
    return _SOME_DAYS.pattern.fullmatch(words) is not None


def of_all(words: str, ways: tuple[Partial, ...], subjects: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects of a figure which is the number of all; none where it is not.

    Args:
        words: What stands before it.
        ways: Those in which the figure before it was that of some.
        subjects: The readings of that one.

    >>> of_all("，累计达", of_some("新建公共法律服务室"), ("新建公共法律服务室",))
    ('公共法律服务室',)
    """
    for way in ways:
        whole = way.whole.fullmatch(words)
        if whole is None:
            continue
        act = whole["act"] or ""
        if not ((act in _GENERAL and whole["sum"] is not None) or (act and act in subjects[0])):
            continue
        head = way.head.search(subjects[0])
        if head is None or len(subjects[0]) - head.end() >= _SHORTEST_NOUN:
            return tuple([way.head.sub("", subject) for subject in subjects])
    return ()


def told_of_some(words: str, before: str, *, stock: bool) -> bool:
    """Whether a figure is but a part of the next one, of the same indicator.

    Args:
        words: What stands before the figure.
        before: What stands before the next one.
        stock: Whether the indicator tells how many there are.
    """
    ways = [way for way in of_some(words) if stock or not way.stands]
    return any(way.named.search(before) for way in ways)
