"""Whether the words beside a figure are those that a rule asks for, and do not say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..deferred import deferred
from ..patterns import named
from .acts import ANY_ACT
from .definitions import Rule, Words
from .figures import FORBIDS_TO, Figure

__all__ = ["LEFT_OVER", "is_forbidden", "is_of_review", "words_beside"]


def words_beside(figure: Figure, rule: Rule) -> list[str] | None:
    """The words left, right or behind that the rule asks for; None where one of them is missing."""
    words: list[str] = []
    behind = 0
    if rule.left is not None:
        for clause in figure.lefts:
            match = rule.left.search(clause)
            if (
                match is not None
                and not (figure.thing and _without_thing(figure.thing, clause, rule))
                and not _negated(clause, match, rule.left.pattern)
                and not (figure.found.kind == "count" and _is_joint(clause, match))
            ):
                break
        else:
            return None
        words.append(match.group())
        if figure.thing and clause.endswith(figure.thing):
            behind = len(figure.thing)
    else:
        clause = figure.lefts[0]
        if clause.endswith("的") and LEFT_OVER.search(clause):
            return None
    if rule.right is not None and not _found(rule.right, figure.right[behind:], words):
        return None
    if rule.tail is not None and not _found(rule.tail, figure.tail[behind:], words):
        return None
    if rule.without is not None and rule.without.search(figure.around(clause)):
        return None
    return words


_REVIEW = deferred("评查|评析|评估|回访|复查|抽查|清理")


def is_of_review(rule: Rule, figure: Figure, words: Iterable[str]) -> bool:
    """Whether a rule is about going through old cases itself."""
    near = rule.near is not None and rule.near.search(figure.right) is not None
    return near or any(map(_REVIEW.search, words))


_KIND = "行政复议|行政应诉|行政诉讼|行政赔偿|民事诉讼|民事|刑事|仲裁|信访|公证|法律援助|调解|法律顾问|公职律师|规章|规范性文件|行政许可|行政处罚|行政强制|行政检查|人民调解员|法律明白人|建议|提案"
_SEVERAL_KINDS = deferred(
    rf"(?:{_KIND})(?:案件|申请|事项|服务|工作|业务)?(?:、|和(?!解)|与|以?及(?!时)|或)(?=[^，。；、\d]{{0,4}}({_KIND}))"
)
"""A kind that shares a number with the one named behind it: 行政复议、行政应诉案件共60件."""


def _is_joint(left: str, match: re.Match[str]) -> bool:
    """Whether the words are but the last of several kinds that a number counts together."""
    return match.start() > 0 and any(
        joint.start() < match.start() < joint.end(1) and match.end() > joint.start(1)
        for joint in _SEVERAL_KINDS.finditer(left)
    )


def _without_thing(thing: str, left: str, rule: Rule) -> bool:
    """Whether a rule that relies on words elsewhere would leave out the thing behind a figure: 受理8件劳动争议 under 复议."""
    alone = rule.right is None and rule.tail is None
    return alone and not left.endswith(thing) and (rule.topic is not None or rule.near is not None)


def is_forbidden(figure: Figure, unless: Words) -> bool:
    """Whether words of its half sentence forbid a rule, where they stand near enough to be about the figure."""
    start, end = figure.found.start - figure.half.start, figure.found.end - figure.half.start
    said = unless.finditer(figure.half.text, max(0, start - FORBIDS_TO), end + FORBIDS_TO)
    first = next(said, None)
    return first is not None and first.start() < figure.half.praise


def _found(pattern: Words, text: str, words: list[str]) -> bool:
    """Whether a pattern finds words that do not say the opposite; they are added to the others."""
    match = pattern.search(text)
    if match is None or _negated(text, match, pattern.pattern):
        return False
    words.append(match.group())
    return True


_UNDONE = deferred(r"(?:未|没有?)[^，,。；;、]{1,6}的$")
"""What has not been done counts for nothing: 未办结的人大代表建议3件."""
LEFT_OVER = deferred(
    r"(?:未|不能|无法|难以|暂[不未])[^，,。；;、]{0,3}(?:办|解决|落实|完成|处理|采纳|立案)[^，,。；;、]{0,2}的$"
)
"""The same before a number that has its noun behind it: 不能办理的3件提案."""
_NOT_DONE = deferred(rf"(?:未能?|不再)(?:{ANY_ACT})[^，,。；;、的时后]*$")
"""The same in front of a noun and its number: 尚未办结信访事项5件."""
_BRACKET = deferred(r"[（(][^（()）]*[)）]")
_NOT = (
    "未", "不", "无", "没有", "没", "待", "暂缓", "拒绝", "避免", "防止", "杜绝", "取消", "推迟", "停办", "无一", "无一件", "没有一件",
    "停用", "关停", "暂停", "淘汰", "注销", "撤销", "撤并", "合并", "流失", "清退", "解聘", "减少",
    "筹建", "筹备", "在建", "待建", "拟建", "规划建设", "申报", "待办", "积压", "结转", "遗留", "剩余", "其余", "虚假", "相当于", "折合",
    "除", "不含", "不包括", "扣除", "等候", "参观", "考察",
)  # fmt: skip
"""What makes of the noun right behind it what is not, not yet or no longer there, or not one's own."""
_NO_NEGATION = frozenset(
    [
        "接待",
        "对待",
        "等待",
        "优待",
        "招待",
        "期待",
        "解除",
        "排除",
        "消除",
        "废除",
        "清除",
        "免除",
        "删除",
        "拆除",
        "开除",
        "扫除",
        "破除",
        "整除",
    ]
)
"""Verbs that end like 待审结, 待申领, 除……外."""
_NOT_ENDS = frozenset(word[-1] for word in (*_NOT, "的"))
_ANY_NOT = deferred(
    "未(?!成年)|不(?!放松|松[劲懈]|手软|停歇|间断|懈怠|打折|留死角|走过场|动产|见面|良|正当|打烊|断|定期)|无(?!障碍|人机|线|讼|烟|废|偿|纸|缝|感|接触|犯罪|毒|诈)|(?<!罚)没(?!收)"
)
"""What negates; not the same characters in names of things and ways (未成年人, 不动产, 不定期, 无障碍, 无纸化, 罚没)."""


def _negated(text: str, match: re.Match[str], pattern: str) -> bool:
    """Whether the words say the opposite (未审结2件, 无负责人出庭) and the pattern does not ask for that."""
    start = match.start()
    if (
        start
        and text[start - 1] in _NOT_ENDS
        and (
            (text.endswith(_NOT, 0, start) and text[max(0, start - 2) : start] not in _NO_NEGATION)
            or (text[start - 1] == "的" and _UNDONE.search(text, 0, start))
        )
    ):
        return True
    if ("未" in text or "不再" in text) and "未" not in pattern:
        clause = text.rfind("，", 0, match.end()) + 1
        if _NOT_DONE.search(text, clause, start):
            return True
    words = match.group()
    if _ANY_NOT.search(words) is None:
        return False
    said = _ANY_NOT.findall(_BRACKET.sub("", words))
    return bool(said) and not named(pattern).issuperset(said)
