"""Which dimensions a section is about: by its heading, by what stands above and under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..deferred import deferred
from .topics import SURE, Topic, akin, common, firsts, ranked, topics_of

if TYPE_CHECKING:
    from .roles import Labels
    from .tree import Node

__all__ = ["CLAUSES", "dimensions_of"]

CLAUSES = deferred(r"[，,；;。\n]")
"""What parts the clauses of a text."""
_SEPARATED = deferred(r"(?<=[^\W\x00-\x7f]{2})[ ；;](?=[^\W\x00-\x7f]{2})")
"""What parts the clauses of a heading where it is not a comma: 党建引领 提升能力."""
_TO_WHAT_END = deferred(
    r"[，,](?:有力|全力|有效)?(?:助力|助推|服务|护航|赋能|推动|促进|保障|支撑)[^，,]{0,6}(?:高质量发展|经济社会|发展大局|中心工作|乡村振兴|民生福祉)[^，,]{0,6}$"
    r"|[，,]为[^，,]{2,24}(?:提供|奠定|打下|夯实|筑牢)[^，,]{0,10}(?:基础|保障|支撑|基石)$"
)
"""What a heading ends with that could stand behind any other."""
_BODY, _PART = 200, 60
"""Characters of a section's text, and of each section under it, that are asked for its topic."""


def dimensions_of(labels: Labels, title: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """Dimensions that a heading names, or its text where it names none; may be empty."""
    title = _SEPARATED.sub("，", title)
    frame = labels.frame[1]
    if frame == "meta/achievements" and inherited[:1] == (frame,):
        frame = ""  # the frame is named above; this is one of its topics
    topics = topics_of(_TO_WHAT_END.sub("", title)) or topics_of(title)
    above = inherited[0] if inherited else ""
    if above and not above.startswith("meta/") and not any(topic.weight for topic in topics.values()):
        topics = {}  # 把权力放在聚光灯下 under 行政执法: a figure of speech does not lead out of a chapter
    silent = not frame and (_leaves_open(labels, topics, above) or _belied(labels, topics, above))
    found = _told_by_text(labels, above) if silent else ()
    if found:  # 深化职能改革 above what was done for 审批 is about the whole besides
        named = (d for d, topic in topics.items() if topic.weight >= _HINT and akin(d, found[0]))
        found = tuple(dict.fromkeys((*found, *named)))
    if topics and not found:
        first = _told_by_parts(labels, topics) or _primary(labels, title, topics, above)
        first = _narrowed(labels, topics, first)
        found = (first, *_besides(topics, first, above))
    solid = any(topic.weight >= SURE for topic in topics.values())
    reported = labels.role in ("done", "outcome")
    if frame and not (reported and solid):
        return (frame, *(d for d in found if d != frame and not reported))
    if labels.above is not None and labels.above.role == labels.role:
        meta = {"plan": "meta/plan", "problem": "meta/problems"}.get(labels.role)
        return (meta, *found) if meta else found
    return found


def _besides(topics: dict[str, Topic], first: str, above: str) -> Iterator[str]:
    """What a heading names (not only hints at) beside its primary dimension.

    In one clause with it general words only tell the manner: 统筹推进普法, 应急能力建设.
    """
    primary = topics.get(first)
    for dimension in ranked(topics):
        topic = topics[dimension]
        taken = primary is None and _inside(above, dimension) == first  # 明确职责分工 under 组织领导
        if dimension == first or topic.weight < SURE or taken:
            continue
        apart = primary is None or (topic.leading >= SURE) != (primary.leading > 0)
        if apart or dimension not in _GENERAL or topic.weight > _GENERAL_WEIGHT:
            yield dimension


def _body(labels: Labels) -> str:
    node = labels.node
    return labels.text[node.body : min(node.body + _BODY, node.end)] if node is not None else ""


def _clauses(labels: Labels) -> tuple[str, ...]:
    """What each of the first clauses of a section's text is about, where it names anything."""
    clauses = CLAUSES.split(_body(labels))
    return firsts(clauses, _HINT) or firsts(clauses)


def _parts(labels: Labels) -> tuple[str, ...]:
    """What each of the sections below is about, where it names anything."""
    parts = labels.node.children if labels.node is not None else ()
    return firsts(labels.text[p.marker.end : min(p.end, p.marker.end + _PART)] for p in parts)


def _is_item(node: Node | None) -> bool:
    return node is not None and node.marker.kind == "item"


def _leaves_open(labels: Labels, topics: dict[str, Topic], above: str) -> bool:
    """Whether a heading names no topic, or has but faint words (发展, 制度) for one that nothing above it is about."""
    if not topics:
        return True
    faint = all(topic.weight < _HINT for topic in topics.values())
    alone = not above or above.startswith("meta/") or _is_item(labels.node)
    return faint and alone and not any(akin(dimension, above) for dimension in topics)


def _belied(labels: Labels, topics: dict[str, Topic], above: str) -> bool:
    """Whether the text tells plainly of something else than a heading's words, which are no sure ones.

    守住平安底色 may stand above drills and stores for floods, 拍板有章法，办事有分寸 above the decisions of a year.
    The field of a department (耕地, 医保) says less still: what was done in it the text tells.
    """
    unsure = all(topic.weight <= SURE for topic in topics.values())
    if not unsure or (above and not above.startswith("meta/")) or _parts(labels):
        return False
    said = topics[ranked(topics)[0]]
    field = said.dimension == "functions" and said.weight <= _HINT
    clauses = [clause for clause in CLAUSES.split(_body(labels)) if clause.strip()]
    told = _told_by(clauses, whole=not field)
    own = sum(told.pop(said.dimension if field else said.dimension.partition("/")[0], ()))
    if not told:
        return False
    first = max(told, key=lambda dimension: sum(told[dimension]))
    most = told[first]
    taken = said.weight > _HINT and (
        _inside(said.dimension, first) != first or (said.dimension, first) in _BY
    )
    if taken or _PLAINLY * len(most) < len(clauses):
        return False  # 集体学习 under 理论学习 is what the heading says
    plainly = len(most) > sum(map(len, told.values())) / 2 and (field or not own)
    return plainly and sum(most) > 2 * own + said.weight


def _narrowed(labels: Labels, topics: dict[str, Topic], first: str) -> str:
    """What serves the topic of a heading, where the heading but mentions it and the text plainly tells of that.

    让脱缰的执法回到轨道 may stand above what was trained, reformed or supervised; cases and fines are enforcement itself.
    """
    serving, most = _SERVE.get(first, ((first,), -1))
    topic = topics.get(first)
    named = any(t.weight > _HINT for d, t in topics.items() if d != first and d not in serving)
    if topic is None or topic.weight > most or named:
        return first
    if parts := _parts(labels):
        told_of = common(parts)[:1]
        return told_of[0] if told_of and told_of[0] in serving and len(parts) >= _SEVERAL else first
    told = _told_by([clause for clause in CLAUSES.split(_body(labels)) if clause.strip()], whole=False)
    if _WHOLE.get(first) in told:
        return first  # what 听证 and 目录 tell of beside 法律顾问 is decision as a whole
    best = max(serving, key=lambda d: len(told.get(d, ())))
    return best if told.get(best) and 2 * len(told[best]) >= sum(map(len, told.values())) else first


def _told_by(clauses: list[str], *, whole: bool) -> dict[str, list[float]]:
    """The weights by which clauses more than hint at each dimension, or at each whole with all its parts."""
    told: dict[str, list[float]] = {}
    for topics in map(topics_of, clauses):
        weight = max((topic.weight for topic in topics.values()), default=0)
        if weight >= _HINT:
            dimension = ranked(topics)[0]
            told.setdefault(dimension.partition("/")[0] if whole else dimension, []).append(weight)
    return told


_PLAINLY = 3
"""One of so many clauses at least must tell of a topic for a text to tell plainly of it."""


def _told_by_text(labels: Labels, above: str) -> tuple[str, ...]:
    """What the sections below or the text of a heading without a topic of its own are about."""
    parts = _parts(labels)
    votes = sorted(parts or _clauses(labels), key=lambda vote: not akin(vote, above))
    # 人大, 审计, 公开: all of them watch
    several = parts or not votes or akin(votes[0], "oversight")
    found = common(votes) if several else common(votes, _MOST_CLAUSES)
    if not parts and found[:1] == ("decision/procedure",) and _DECISIONS.search(_body(labels)):
        found = tuple(
            dict.fromkeys(("decision", *found))
        )  # 重大决策全部经论证、听证和集体讨论: all steps of it
    if not found or not above:
        return found
    first = _inside(above, found[0])
    if not parts and _only_hints(labels, above, found):
        return ()
    if not parts and first not in _GENERAL and first == above.partition("/")[0]:
        # 练内功 under 行政执法: about a part of it
        first = next((vote for vote in votes if vote.startswith(f"{first}/")), first)
    return tuple(dict.fromkeys((first, *found)))


def _only_hints(labels: Labels, above: str, found: tuple[str, ...]) -> bool:
    """Whether a text but hints at what is not the topic of its chapter: 审结情况 under 行政复议."""
    topical = not above.startswith("meta/") and above not in _GENERAL
    apart = not any(akin(dimension, above) for dimension in found)
    return topical and apart and not firsts(CLAUSES.split(_body(labels)), SURE)


_DECISIONS = deferred(r"重大(?:行政)?决策(?!程序)")
"""What a text must name for the steps it tells of (听证, 论证) to be those of decisions as a whole."""


def _told_by_parts(labels: Labels, topics: dict[str, Topic]) -> str:
    """What most of the sections below are about, if none is about what the heading says at its end; else empty.

    定规矩、严程序，把权力关进笼子 may stand above all that was done for 执法. One that names its topic first means it.
    """
    if any(topic.leading >= _HINT for topic in topics.values()):
        return ""
    parts = _parts(labels)
    if len(parts) < _SEVERAL or any(akin(part, dimension) for part in parts for dimension in topics):
        return ""
    found = common(parts)
    return found[0] if found and 2 * sum(akin(part, found[0]) for part in parts) > len(parts) else ""


_MOST_CLAUSES = 0.6
"""Share of the clauses of its family that a part must have for a text to be about it: two of three."""
_SEVERAL = 3
"""Fewer sections do not speak against the heading above them."""
_HINT = 2
"""Up to this weight a heading's words only hint at a topic."""
_GENERAL = frozenset(["capacity", "leadership"])
_GENERAL_WEIGHT = 3
"""Training and leadership serve any topic: up to this weight their words do not outweigh that of the section."""
_THOUGHT = "leadership/thought"
_ENFORCERS = "enforcement/capacity"
_SERVE = {
    "enforcement": (("enforcement/system", _ENFORCERS, "oversight/enforcement_supervision"), SURE),
    "decision": (("decision/counsel", "decision/review"), SURE + 1),
    "functions": (
        ("functions/services", "functions/business_env", "functions/regulation", "functions/org"),
        1,
    ),
    "capacity": ((_THOUGHT,), _HINT),
    "leadership": (("leadership/first_responsible", _THOUGHT, "leadership/assessment"), 1),
}
"""What serves a topic rather than being it, and up to which weight its words only mention it: 决策少走冤枉路."""
_BY = frozenset([("functions/regulation", "enforcement"), ("functions/regulation", "disputes")])
"""What topics are done by means of others: 消费维权, 监管从严 by complaints that were settled and cases that were tried."""
_WHOLE = {"decision": "decision/procedure", "leadership": "leadership"}
"""What a text tells of besides where it is about the whole topic, not about what serves it."""
_INSIDE = {
    (_THOUGHT, "capacity"): _THOUGHT,  # 分层分类培训
    (_THOUGHT, "society/publicity"): _THOUGHT,  # 广泛宣讲
    ("oversight", "leadership/assessment"): "oversight",  # 加强政府督查
    ("leadership", "functions/org"): "leadership",  # 明确职责分工
    ("disputes", "society"): "disputes",  # 网格员排查
    ("disputes", "society/legal_service"): "disputes",  # 发挥仲裁作用
    ("enforcement", "capacity"): "enforcement/capacity",  # 抓队伍
    ("enforcement", "decision/review"): "enforcement/activity",  # 严格审核
    ("enforcement", "functions"): "enforcement/system",  # 深化体制改革
    ("enforcement", "oversight/disclosure"): "enforcement/activity",  # 主动公示
    ("enforcement", "oversight"): "oversight/enforcement_supervision",  # 强化监督
}
"""What general words are about inside a section of another topic."""
_PLACES = {(above, part) for (above, _), part in _INSIDE.items()}
_NEAR = 1
"""Of topics whose scores differ by no more than this, the section above decides: 监管执法 under 依法履职."""


def _primary(labels: Labels, title: str, topics: dict[str, Topic], above: str) -> str:
    """The primary dimension of a heading: by its words, or where they are ambiguous by what stands under it."""
    found = ranked(topics)
    near = topics[found[0]].score - _NEAR
    first = next((d for d in found if _belongs(d, above) and topics[d].score >= near), found[0])
    general = first in _GENERAL and above in _GENERAL
    if above and not general and (told := _told_by_above(labels, topics[first], above)):
        return told
    training = first == "capacity" and topics[first].weight <= _GENERAL_WEIGHT
    if training and _clauses(labels)[:1] == (_ENFORCERS,):
        return _ENFORCERS  # 强化队伍建设: of those who enforce
    if len(found) == 1:
        return first
    # 以重要讲话精神为导向，全面部署法治政府建设: the means is named first
    if (means := _MEANS.match(title)) and (served := topics_of(title[means.end() :])):
        best = served[ranked(served)[0]]
        if best.weight >= SURE and (first == _THOUGHT or not akin(best.dimension, first)):
            return best.dimension
    if training and _ENFORCERS in topics:
        return _ENFORCERS  # 强化教育培训，打造执法铁军
    if aim := _behind(title, topics[first]):
        return aim
    if (named := _named_first(title, topics, first)) != first:
        return named
    if "方面" in title:  # 切实转变政府职能，促进政务公开方面: two topics side by side
        return next((d for d in ranked(topics_of(_body(labels))) if d in topics), first)
    return next((d for child in found if (d := _part_or_whole(labels, title, topics, child))), first)


def _behind(title: str, first: Topic) -> str:
    """What a heading is about behind a point of attack or two efforts in front, if it says so plainly; else empty."""
    focus, efforts = _FOCUS.match(title), _EFFORTS.match(title)
    front = focus or efforts
    topics = topics_of(title[front.end() :]) if front is not None else {}
    if not topics:
        return ""
    best = topics[ranked(topics)[0]]
    whole = first.dimension.startswith(f"{best.dimension}/")
    least = max(SURE, first.weight) + 1 if focus else SURE if whole else max(SURE, first.weight)
    return best.dimension if best.weight >= least else ""


def _inside(above: str, first: str) -> str:
    """What words of a general topic are about in a section: 强化监督 under 行政执法."""
    if above.startswith(f"{first}/"):
        return above  # the words speak of the whole, the section of this part
    family = _INSIDE.get((above.partition("/")[0], first), first)
    return _INSIDE.get((above, first), family)


def _belongs(dimension: str, above: str) -> bool:
    """Whether a section about one dimension has its place in a section about another."""
    family = above.partition("/")[0]
    return akin(dimension, family) or (family, dimension) in _PLACES


def _told_by_above(labels: Labels, first: Topic, above: str) -> str:
    """What a heading of general words (能力建设) is about by the section that it stands in; empty if it says so itself."""
    told = _inside(above, first.dimension)
    limit = _HINT if above.startswith(f"{first.dimension}/") else _GENERAL_WEIGHT
    if told != first.dimension and (first.weight <= limit or first.dimension == "oversight"):
        if told != _THOUGHT:
            return told
        said = topics_of(
            _body(labels)
        )  # 发挥“关键少数”作用: of the first responsible, of training, or of the study above
        return next((d for d in ranked(said) if akin(d, above)), "" if first.dimension in said else told)
    if first.dimension in _GENERAL and first.weight <= _GENERAL_WEIGHT and _is_item(labels.node):
        return above if above in topics_of(_body(labels)) else first.dimension
    if first.dimension == above == "disputes" and "disputes/mediation" in topics_of(_body(labels)):
        return "disputes/mediation"  # 化解纠纷 beside 复议, 应诉 and 信访
    if "/" in above and first.weight <= 1 and akin(first.dimension, above):
        # 服务做“乘法” under 营商环境: what was done for enterprises, if the text tells of it first
        return above if ranked(topics_of(_body(labels)))[:1] == (above,) else ""
    if not _is_item(labels.node) and first.weight <= _HINT and not akin(first.dimension, above):
        # 办案质量提升 under 行政复议: what the heading only hints at, its text and the section above tell
        return next((d for d in ranked(topics_of(_body(labels))) if akin(d, above)), "")
    return ""


_MEANS = deferred(r"(?:(?:坚持)?以[^，,]{2,24}为[^，,]{2,4}|(?:依托|对照)[^，,]{2,16}|以法[^，,]{1,3})[，,]")
"""What comes first only serves what follows: 以……为统领，加强组织领导; 依托服务站，开展普法宣传."""

_FOCUS = deferred(r"(?:聚焦|围绕|紧盯|紧扣|抓住)[^，,]{2,12}[，,]")
"""What comes first is but the point of attack: 聚焦“关键少数”，党对法治政府建设的领导全面加强."""

_EFFORTS = deferred(
    r"(?:坚持)?(?:[^，,、]{3}(?:、[^，,、]{3}){1,2}|[^，,、]{4}(?:、[^，,、]{4}){1,2})[，,](?!为)"
)
"""Two efforts side by side come first, what they reach last: 抓规范、强监督，行政执法水平进一步提升."""

_SERVES = deferred(r"[，,](?:为|护航|助力|助推|防范)")
"""What follows only says to what end: 法律顾问全程参与，护航依法决策."""


def _part_or_whole(labels: Labels, title: str, topics: dict[str, Topic], child: str) -> str:
    """Which of a part and the whole a heading is about that names both: 严格合法审查，提升行政决策水平; empty if not both."""
    whole, part = topics.get(child.partition("/")[0]), topics[child]
    if whole is None or whole is part or not part.leading:
        return ""
    if whole.leading >= SURE:  # 化解信访积案: the narrower of two in one clause
        return child if part.weight >= whole.weight else ""
    if whole.weight < (SURE if _MEANS.match(title) else max(SURE, part.weight)):
        return ""
    if _SERVES.search(title, part.at, whole.at):
        return child
    inside = {d for d in _parts(labels) if akin(d, whole.dimension)}
    only = inside == {child} or (not inside and part.weight >= whole.weight)
    return child if only else whole.dimension


_AND = re.compile(r"[^，,；; ]*[和与及、][^，,；; ]*")
_WORD = 2
"""Characters of a word."""


def _named_first(title: str, topics: dict[str, Topic], first: str) -> str:
    """Of two topics side by side (调解和信访) the one that is named first, where its words are no mere hint."""
    best = topics[first]
    for topic in sorted(topics.values(), key=lambda t: t.at):
        if topic.at >= best.at:
            break
        whole_and_part = topic.dimension.startswith(f"{first}/") or first.startswith(f"{topic.dimension}/")
        joined = _AND.fullmatch(title, topic.at, best.at) or (
            topic.weight >= best.weight and best.at - topic.at <= _WORD  # 复议应诉
        )
        if topic.weight >= SURE and not whole_and_part and joined:
            return topic.dimension
    return first
