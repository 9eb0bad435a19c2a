"""What surrounds a figure: its sentence, the words left and right of it, its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import attrs

from ..metadata import Metadata
from ..outline import Section
from ..quantities.scan import Found
from ..source import SourceText
from ..spans import SpanSet

__all__ = ["LEADS", "Context", "Figure", "figures"]


@attrs.frozen
class Context:
    """A report as the rules see it: clean text, figures, sections. All offsets are clean ones."""

    source: SourceText
    """The text and its map."""
    figures: tuple[Found, ...]
    """Quantities in order."""
    nodes: tuple[tuple[int, int, int], ...]
    """Clean extent (marker, body, end) of each section in document order."""
    sections: tuple[Section, ...]
    """The sections in the same order."""
    skip: SpanSet
    """Chrome, title, signature: not the report's text."""
    metadata: Metadata
    """Place and year."""

    def section_at(self, offset: int) -> int | None:
        """Index of the innermost section that holds a clean offset."""
        i = bisect_right(self.nodes, offset, key=lambda node: node[0]) - 1
        while i >= 0:
            if offset < self.nodes[i][2]:
                return i
            if self.sections[i].level == 1:
                return None
            i -= 1
        return None


@attrs.define
class Figure:
    """One figure with its surroundings."""

    found: Found
    """The quantity."""
    sentence: tuple[int, int]
    """Clean range of its sentence."""
    before: str
    """Words between the figure before (or the sentence's start) and this one."""
    lefts: tuple[str, ...]
    """The same without what only leads to the number (共, 达, 为), in one or two readings: that of the figure before
    where nothing is left, the own subject where several share a verb (甲、乙分别为3件和5件)."""
    right: str
    """Words behind it, up to the next punctuation or figure."""
    tail: str
    """Words behind it up to the sentence's or half sentence's end, across other figures."""
    half: str
    """The half sentence (between 。 and ；) that it stands in."""
    section: int | None
    """Index of its section."""
    inherited: bool
    """Whether `left` is that of the figure before."""


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_HALF_END = re.compile(r"[；;]")
_STOP = re.compile(r"[，,。；;：:！？、\n]")
_LEADING = r"[\s：:“”\"（(]|总共|一共|共计|合计|总计|共|总数|达到|达|为|是|有|已|计|均|都|各|仅|只|约|近|超过|超|逾|至少|高达|分别|由|从|实际|平均|始终|一直|保持在|保持|稳定在|连续[一二三四五六七八九]年|了|的有|目前"
LEADS = re.compile(rf"(?:{_LEADING})+$")
"""What only leads to the number."""
_LIGHT = re.compile(
    r"(?:搞|办|开|组织|举办|举行|开展|进行|完成|实现|做|作|集中|现有|现|在册|在岗|登记|列明|列有|保留|定格在|控制在|扩大?[到至]|升[到至]|增加?[到至]"
    r"|累计|先后|全年|年内|年度|当年|总量|数量|人数|规模|比例|占比|[，,](?=共|累计|合计|总计|一共)|的|过|已经|就|又|还|在"
    rf"|{_LEADING})+$"
)
"""What says nothing of its own between a subject and its number: 活动办了28场, 事项只保留24项, 审核，共92件."""
_TREND = re.compile(
    r"(?:[，,、；;\s和与及“”)）]|提高|提升|增加|增长|上升|升|攀升|跃|扩展|发展|扩大|缩减|动态|下降|降低|减少|减|降|增|压缩|压减|缩短|精简|调整|变更|改|到|至|为|达|我[省市县区州旗乡镇局校街]|本[省市县区州旗乡镇局级]|本年度?|今年|去年底?的?|则|而|全[省市县区乡镇]|[国省市县区]家?级|(?:19|20)\d\d年度?的?|平均|水平|高于|低于|共|实际|上年|由|从)*$"
)
"""What says nothing of its own between two figures: the later one has the subject of the earlier."""
_TOTAL = re.compile(r"[，,、；;]?(?:合计|共计|总计|总共|共)\s*")
"""What opens the sum of the figures before: it has no subject of its own, nor that of the last of them."""
_OTHER_YEAR = re.compile(r"上年|去年|同期|(?:19|20)\d\d年")
"""What makes the figure in brackets one of the same thing: 6件（上年9件）, but not 6件（3件结案）."""
_FROM_TAIL = re.compile(r"(?:由|从)[^，,。；;]{0,14}$")
_GROWTH = re.compile(
    r"[，,]?(?:同比|环比|(?:较|比)[^，,。；;]{1,6}?)?(?:增长|增加|上升|提高|提升|下降|减少|降低|增|降)了?$"
)
"""In 案件同比上升15%，达到86件 the subject of the later figure stands before the growth."""
_COMMA = re.compile(r"[，,；;]\s*(?:另?有|还有)?")
_LONGEST_LEFT, _LONGEST_RIGHT, _LONGEST_TAIL, _LONGEST_SENTENCE = 70, 40, 60, 400


def figures(context: Context) -> list[Figure]:
    """Every figure of a report with its surroundings."""
    text = context.source.text
    result: list[Figure] = []
    bodies = sorted(body for _, body, _ in context.nodes)
    shared: list[str] = []
    for i, found in enumerate(context.figures):
        sentence = _sentence(text, found, bodies)
        start = sentence[0]
        earlier = context.figures[i - 1].end if i else 0
        if i and context.figures[i - 1].start == found.start:
            earlier = result[-1].found.start - len(result[-1].before)
        before = text[max(start, earlier, found.start - _LONGEST_LEFT) : found.start]
        right = _right(context, i)
        left, bare = LEADS.sub("", before), _LIGHT.sub("", before)
        lefts: tuple[str, ...] = (left, bare) if bare and bare != left else (left,)
        subjects = _subjects(before, _joint(context, i)) if "分别" in before else []
        inherited = False
        if subjects:
            shared, lefts = subjects[1:], _readings(subjects, 0)
        elif shared and _JOINT.fullmatch(before):
            lefts = (shared.pop(0),)
        else:
            shared = []
            inherited = i > 0 and earlier > start and _goes_on(context, i, before, left, right)
            if inherited:
                lefts = tuple(_GROWTH.sub("", _FROM_TAIL.sub("", left)) for left in result[-1].lefts)
        half_start, half_end = _half(text, sentence, found)
        result.append(
            Figure(
                found,
                sentence,
                before,
                lefts,
                right,
                text[found.end : min(half_end, found.end + _LONGEST_TAIL)],
                text[half_start:half_end],
                context.section_at(found.start),
                inherited,
            )
        )
    return result


def _sentence(text: str, found: Found, bodies: Sequence[int]) -> tuple[int, int]:
    until = min(len(text), found.end + _LONGEST_SENTENCE)
    end = _SENTENCE_END.search(text, found.end, until)
    return _sentence_start(text, found.start, bodies), end.start() if end else until


def _half(text: str, sentence: tuple[int, int], found: Found) -> tuple[int, int]:
    start = max(text.rfind(stop, sentence[0], found.start) + 1 for stop in "；;")
    end = _HALF_END.search(text, found.end, sentence[1])
    return max(sentence[0], start), end.start() if end else sentence[1]


def _right(context: Context, i: int) -> str:
    """Words behind a figure up to the next punctuation or figure."""
    text, end = context.source.text, context.figures[i].end
    later = context.figures[i + 1].start if i + 1 < len(context.figures) else len(text)
    limit = min(later, end + _LONGEST_RIGHT)
    stop = _STOP.search(text, end, limit)
    return text[end : stop.start() if stop else limit]


def _goes_on(context: Context, i: int, before: str, left: str, right: str) -> bool:
    """Whether a figure has the subject of the one before it: nothing but 增至, 上年 and the like between them.

    Not in brackets (6件（3件结案）) unless they name another year, not the sum of a list, and
    not a figure of the same unit that has words of its own behind a comma (优秀15卷，6卷不合格).
    """
    if not _TREND.fullmatch(left.lstrip("（(")):
        return False
    if before.startswith(("（", "(")) and not _OTHER_YEAR.search(before):
        return False
    if context.figures[i].unit != context.figures[i - 1].unit:
        return True
    return not (_TOTAL.fullmatch(before) or (_COMMA.fullmatch(before) and right.strip()))


_SHARED = re.compile(
    r"([^，,。；;：:]{2,40}?)(?:[，,]?(?:目前|现)?(?:已经?)?)分别(?:达到|达|为|是|有|共)?([一-鿿]{0,6})[ ]?$"
)
_JOINT = re.compile(r"[、，,和与及 ]{1,2}")
_AND = re.compile(r"[、及]|和(?![解谐睦平])|与(?![会者])")


def _subjects(before: str, count: int) -> list[str]:
    """Subjects that share a verb with 分别, one a figure: 人大代表建议、政协委员提案分别为72件和95件."""
    match = _SHARED.search(before)
    if match is None:
        return []
    subjects = [part for part in _AND.split(match.group(1)) if part]
    return [subject + match.group(2) for subject in subjects[-count:]]


def _joint(context: Context, at: int) -> int:
    """How many figures from one on are listed without words between them (72件和95件)."""
    found, text = context.figures, context.source.text
    last = at
    while last + 1 < len(found) and _JOINT.fullmatch(text, found[last].end, found[last + 1].start):
        last += 1
    return last - at + 1


def _readings(subjects: list[str], at: int) -> tuple[str, ...]:
    """A subject alone, and with the verb that stands behind the last one (中心组、常务会议学法分别…)."""
    return (subjects[at], subjects[at] + subjects[-1][-6:]) if len(subjects) > 1 else (subjects[at],)


def _sentence_start(text: str, at: int, bodies: Sequence[int]) -> int:
    since = max(0, at - _LONGEST_SENTENCE)
    start = max(since, *(text.rfind(stop, since, at) + 1 for stop in "。！？\n"))
    i = bisect_right(bodies, at) - 1
    return max(start, bodies[i]) if i >= 0 else start
