"""What surrounds a figure: sentence, words left and right, headings above, year and status."""

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

__all__ = ["Context", "Figure", "figures", "status_of"]


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
    part: bool
    """Whether it is part of a total before (其中)."""


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_HALF_END = re.compile(r"[；;]")
_STOP = re.compile(r"[，,。；;：:！？、\n]")
_LEADING = r"[\s：:“”\"（(]|总共|一共|共计|合计|总计|共|总数|达到|达|为|是|有|已|计|均|都|各|仅|只|约|近|超过|超|逾|至少|高达|分别|由|从|实际|平均|始终|一直|保持在|保持|稳定在|连续[一二三四五六七八九]年|三个|了|的有|目前"
_LEADS = re.compile(rf"(?:{_LEADING})+$")
"""What only leads to the number."""
_LIGHT = re.compile(
    r"(?:搞|办|开|组织|举办|举行|开展|进行|完成|实现|做|作|集中|现有|现|在册|在岗|登记|列明|列有|保留|定格在|控制在|扩大?[到至]|升[到至]|增加?[到至]"
    r"|累计|先后|全年|年内|年度|当年|总量|数量|人数|规模|比例|占比|[，,](?=共|累计|合计|总计|一共)|的|过|已经|就|又|还|在"
    rf"|{_LEADING})+$"
)
"""What says nothing of its own between a subject and its number: 活动办了28场, 事项只保留24项, 审核，共92件."""
_TREND = re.compile(
    r"(?:[，,、；;\s和与及“”)）]|提高|提升|增加|增长|上升|扩展|发展|扩大|缩减|动态|下降|降低|减少|减|降|增|压缩|压减|缩短|精简|调整|变更|改|到|至|为|达|我[省市县区州旗乡镇局校街]|本[省市县区州旗乡镇局级]|本年度?|今年|去年底?的?|则|而|全[省市县区乡镇]|[国省市县区]家?级|(?:19|20)\d\d年度?的?|平均|水平|高于|低于|共|实际|上年|由|从)*$"
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
_LONGEST_LEFT, _LONGEST_RIGHT, _LONGEST_SENTENCE = 70, 40, 400


def figures(context: Context) -> list[Figure]:
    """Every figure of a report with its surroundings."""
    text = context.source.text
    result: list[Figure] = []
    bodies = sorted(body for _, body, _ in context.nodes)
    shared: list[str] = []
    for i, found in enumerate(context.figures):
        start = _sentence_start(text, found.start, bodies)
        until = min(len(text), found.end + _LONGEST_SENTENCE)
        end = _SENTENCE_END.search(text, found.end, until)
        sentence = (start, end.start() if end else until)
        earlier = context.figures[i - 1].end if i else 0
        if i and context.figures[i - 1].start == found.start:
            earlier = result[-1].found.start - len(result[-1].before)
        before = text[max(start, earlier, found.start - _LONGEST_LEFT) : found.start]
        left = _LEADS.sub("", before)
        bare = _LIGHT.sub("", before)
        lefts: tuple[str, ...] = (left, bare) if bare and bare != left else (left,)
        inherited = False
        if subjects := _subjects(before, _joint(context, i)) if "分别" in before else []:
            shared, lefts = subjects[1:], _readings(subjects, 0)
        elif shared and _JOINT.fullmatch(before):
            lefts = (shared.pop(0),)
        else:
            shared = []
            total = i and _TOTAL.fullmatch(before) is not None and found.unit == context.figures[i - 1].unit
            aside = before.startswith(("（", "(")) and not _OTHER_YEAR.search(before)
            if (
                result
                and earlier > start
                and not (aside or total)
                and _TREND.fullmatch(lefts[0].lstrip("（("))
            ):
                lefts = tuple(_GROWTH.sub("", _FROM_TAIL.sub("", left)) for left in result[-1].lefts)
                inherited = True
        later = context.figures[i + 1].start if i + 1 < len(context.figures) else len(text)
        limit = min(later, found.end + _LONGEST_RIGHT, len(text))
        stop = _STOP.search(text, found.end, limit)
        right = text[found.end : stop.start() if stop else limit]
        half_from = max(
            start, text.rfind("；", start, found.start) + 1, text.rfind(";", start, found.start) + 1
        )
        half_to = _HALF_END.search(text, found.end, sentence[1])
        half_end = half_to.start() if half_to else sentence[1]
        part = "其中" in text[half_from : found.start]
        result.append(
            Figure(
                found,
                sentence,
                before,
                lefts,
                right,
                text[found.end : min(half_end, found.end + 60)],
                text[half_from:half_end],
                context.section_at(found.start),
                inherited,
                part,
            )
        )
    return result


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


_CHANGE = re.compile(
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低|降幅|增幅|上涨|回落|压减|压缩|缩短|缩减|精简|减|降|增|多了?|少了?|高出|高|低|净增|新增|翻)(?:了|近|约|达|超|超过|逾|将近)*$"
)
_COMPARED = re.compile(r"(?:同比|环比|较|比|与)[^，,。；;]{0,14}$")
_TO = re.compile(r"(?:至|到|为|达|成)(?:了|近|约)*$")
_FROM = re.compile(r"(?:由|从)[^，,。；;到至]{0,16}$")
_FROM_TO = re.compile(
    r"^[^，,。；;]{0,10}?(?:压缩|压减|缩短|缩减|提高|提升|增加|增长|增|上升|扩展|发展|下降|降|减少|减|精简|调整|上涨|扩|变|压|跃|攀升|提|整合|合并|撤并)[^，,。；;]{0,4}(?:至|到|为|成)?"
)
_PREVIOUS = re.compile(
    r"(?:上年|去年|上一年|上年度|前一年|上年同期|去年同期|同期|往年|年初|此前|原来|以前|改革前|过去)(?:的|为|是|共|有|仅|度)*$"
)
_COMPARED_WITH = re.compile(r"(?:比|较|与)(?:上年|去年|上一年|前一年)[^，,。；;]{0,14}$")
_BASIS = re.compile(r"^[^，,。；;]{0,4}(?:的)?(?:基础上|相比|增长|上升到|相比较)")
_REQUIRED = re.compile(
    r"要达到|(?<![按照合据再])要求(?!的|整改)|不低于|不少于|不高于|不超过|控制在|应(?:当|安排|不)|须|(?<![确只急亟所])需(?!要?(?:的|求|整改))|必须|省定|规定(?:的)?(?:不|时限|期限|学时|课时|标准|任务)|原则上|至少|达标"
)
"""What opens a demand: the figure is one that somebody asks for."""
_PLAN = re.compile(
    r"力争|计划(?!生育|内|任务|项目)|(?<!模)拟(?!出台|提请|提交|制[定发]|印发|签|以|作出|提拔|任|处罚|[定订稿])|预计|目标(?!任务完成)|争取|打算|将(?:再|继续|新|于|达|要|进一步|开展|实现)|下一步|明年|来年|每(?:名|年|人|个|季度|半年|月|学期|周|村|案)|人均|平均每|确保|年度任务"
)
"""What opens an intention, or a rate by head or unit that is no level either."""
_NEXT_YEAR = re.compile(r"(?:^|[，,；;])(?:明年|来年|下一年度?|下一步|下步)[，,]?(?!就|准备)")
_SINCE = re.compile(
    r"((?:19|20)\d\d)年?(?:度|\d{1,2}月)?(?:份)?以来|(?:成立|改革|启动|开展|建成|实施|“?[一二三四五六七八九十]+五”?(?:普法|规划|时期)?)[^，,。；;]{0,6}以来"
)
_SEVERAL_YEARS = re.compile(
    r"(?:19|20)\d\d年?(?:度)?(?:[至到—－~～-]{1,2})(?:19|20)\d\d年[^，,。；;]{0,4}[，,]?(?:累计|共|合计|总)|(?<![一-鿿])近?[两三四五六七八九]年(?:来|间)?[，,]?(?:以?来)?(?:累计|共|合计|总)"
)
_THIS_YEAR = re.compile(r"其中|今年|本年|全年")
_YEAR = re.compile(
    r"(?<![〔\[\d比较是与同对至到自从由])((?:19|20)\d\d)年(?!以来|版|以前|之前|前|底前|\d{1,2}月\d{0,2}日?(?:以前|之前|以来)|出台|制[发定]|度?考核|度?反馈)"
)
_RELATIVE = re.compile(r"(?:^|(?<=[，,；;：:。]))(?:去年|上年|上年度)(?=[^同底以来相末的之])|今年|本年")
"""去年 opens a clause that goes on about last year; in 比去年 and 去年同期 it only compares."""
_TODAY = re.compile(r"今年|本年度?|全年|年内|目前|截至")


def status_of(
    figure: Figure, context: Context, rule_change: bool, rule_since: bool
) -> tuple[str, int | None]:
    """Status and year of a figure; a change is no level and has the status "change"."""
    text = context.source.text
    found, year = figure.found, context.metadata.year
    start, end = figure.sentence
    sentence = _without_asides(text[start : found.start])
    clause = sentence[_last(sentence, len(sentence), "，,；;：:") :]
    if not rule_change and found.kind not in ("multiple",) and _is_change(clause, figure):
        return "change", year
    if _FROM.search(clause) and _FROM_TO.match(text[found.end : found.end + 14]):
        return "previous", None if year is None else year - 1
    compared = _COMPARED_WITH.search(clause) and not _TO.search(clause)
    if compared or _PREVIOUS.search(_LEADS.sub("", clause)) or _BASIS.match(figure.right):
        return "previous", None if year is None else year - 1
    role = (
        context.sections[figure.section].role
        if figure.section is not None
        else _closing_role(text, found.start, year)
    )
    if role == "plan":
        return "planned", None if year is None else year + 1
    worded = clause + text[found.start : found.end] if found.approx else clause
    if _PLAN.search(clause) or (_NEXT_YEAR.search(sentence) and not _THIS_YEAR.search(sentence)):
        return "planned", year
    if _REQUIRED.search(worded):
        return "required", year
    if _elsewhere(clause, context):
        return "other place", year
    if not rule_since and _is_cumulative(sentence, clause, year):
        return "cumulative", None
    if rule_since or year is None:
        return "actual", year
    return _by_named_year(sentence, clause, text[start:end], year)


def _by_named_year(sentence: str, clause: str, whole: str, year: int) -> tuple[str, int]:
    """Status and year by the years that the clause names, else the sentence so far."""
    this_year = year if "今年" in whole or "本年" in whole else None
    named = _named_years(clause, this_year)
    if not named and not _TODAY.search(clause):
        named = _named_years(sentence, this_year)
    if not named:
        return "actual", year
    if named[-1] == year + 1:
        return "planned", year + 1
    return ("previous" if named[-1] < year else "actual"), min(named[-1], year)


_ASIDE = re.compile(r"[（(][^（()）]{0,80}[)）]|《[^》]{0,60}》")


def _without_asides(text: str) -> str:
    """The text without brackets that are closed and titles: what they say is not about what follows."""
    return _ASIDE.sub("", text)


def _named_years(text: str, this_year: int | None) -> list[int]:
    """Years that date what follows: not those of comparisons (比2016年) or of objects (2015年以前的文件).

    去年 is the year before only where 今年 stands against it: a report written in January
    calls the year that it reports on 去年.
    """
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    if this_year is not None:
        found += [
            (match.start(), this_year - (match.group()[0] in "去上")) for match in _RELATIVE.finditer(text)
        ]
    return [named for _, named in sorted(found)]


def _is_cumulative(sentence: str, clause: str, year: int | None) -> bool:
    """Whether a figure sums up several years: 2018年以来累计, 改革以来."""
    if (several := _SEVERAL_YEARS.search(sentence)) and not _THIS_YEAR.search(sentence, several.end()):
        return True
    since = next(reversed(list(_SINCE.finditer(sentence))), None)
    if since is None:
        return False
    first = since.group(1)
    if first is not None and year is not None and int(first) >= year:
        return False
    behind = sentence[since.end() :]
    if re.match(r"的|制[发定]|出台|印发|形成|签订", behind) or re.search(r"其中|今年|本年|全年", behind):
        return False
    return (
        "累计" in behind
        or "累计" in clause
        or (first is not None and "，" not in behind[3:] and "," not in behind[3:])
    )


def _last(text: str, at: int, stops: str) -> int:
    return max(text.rfind(stop, 0, at) for stop in stops) + 1


def _is_change(clause: str, figure: Figure) -> bool:
    if figure.found.kind == "percentage_point":
        return True
    bare = re.sub(r"[\s“”]+$", "", clause)
    if _TO.search(bare):
        return False
    if not _CHANGE.search(bare):
        return False
    counted = figure.found.kind in ("count", "money")
    return (
        not counted
        or bool(_COMPARED.search(_CHANGE.sub("", bare)))
        or not re.search(r"新增$|精简$|压减$", bare)
    )


def _closing_role(text: str, at: int, year: int | None) -> str:
    """Role of a place outside of all sections: the closing speaks of plans behind 下一步 or next year."""
    paragraph = text[text.rfind("\n", 0, at) + 1 : at]
    next_year = f"{year + 1}年" if year else "明年"
    return "plan" if re.search(rf"下一步|下步|今后|{next_year}，?[^。]{{0,30}}将", paragraph) else "done"


_QUOTED = re.compile(r"“[^”]{1,24}”")


def _elsewhere(clause: str, context: Context) -> bool:
    """Whether the clause speaks of a wider place than the report's own."""
    region = context.metadata.region or ""
    if region.endswith(("省", "自治区")):
        wider = "全国"
    elif region.endswith("市") and not re.search(r"[县区]|局$", context.metadata.issuer or ""):
        wider = "全(?:省|国)|省平均"
    else:
        wider = "全(?:市|省|国|州)|[省市]平均"
    clause = _QUOTED.sub("", clause)
    match = next(reversed(list(re.finditer(wider, clause))), None)
    if match is None:
        return False
    after = clause[match.end() :]
    return not re.search(r"我[县区市局乡镇]|本[县区市局]", after) and not re.match(
        r"各级|各地|第|首|率先|前|十佳|先进|范围|统一|民主法治|文明|优秀|示范|百|重点|一体化|人大|政协", after
    )
