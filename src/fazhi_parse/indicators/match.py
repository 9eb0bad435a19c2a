"""Which indicator a figure belongs to: candidates of all rules, resolved by stated evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from ..deferred import deferred
from ..errors import Diagnostic
from ..extractors import Observation, Rival
from ..patterns import named
from .context import Context, Passage
from .definitions import Indicator, Rule, RuleTimeout, Words
from .figures import FORBIDS_TO, Figure, figures
from .index import Catalogue, Wording
from .parts import Parts, drop_parts
from .plain import is_unusual, plain
from .roles import Roles
from .status import NO_LEVEL, Statuses
from .subjects import ANY_ACT
from .topics import Topics
from .zeros import stated_zeros

__all__ = ["find_observations"]

_COORDINATED = deferred(
    r"率[、和与及][^，,。；;]{0,14}率|[、和与及][^，,。；;]{1,14}(?:率|比)[^，,。；;]{0,4}(?:均|都|各|双)|受理并"
)
_ALL_OF = deferred("均|都|皆|双双")
"""What a rate has where it is that of several subjects (86件建议、71件提案……，办结率均为100%)."""
_CLOSE, _EQUAL, _SAME_SENTENCE = 4.0, 0.01, 2.0
"""So much weaker a second indicator of a count may be (受理并办结); rates that are named together share their value whatever their names weigh."""
_BEFORE, _BEHIND = 10.0, 8.0
"""Words before a figure speak louder than words behind it."""
_OTHER_HALF = 1.0
"""So much less counts what stands in another half of the sentence only."""
_LONGEST_WORD = 14
_SHORTEST_LEFT = 2
"""Fewer characters say nothing by themselves."""
_PAUSES = tuple("，,；;")
_NO_INDICATOR = frozenset(["percentage_point", "multiple", "ratio", "area", "length"])
"""Kinds of quantities that no indicator is stated in."""


class _Candidate(NamedTuple):
    score: float
    indicator: Indicator
    rule: Rule
    words: tuple[str, ...]


class _Matcher:
    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self.context = context
        self.catalogue = catalogue
        self.topics = Topics(context, catalogue)
        self.statuses = Statuses(context, Roles(context))
        self.slow: dict[str, str] = {}
        self.parts = Parts(context)
        self.sentence = (0, 0), ""

    def run(self) -> list[Observation]:
        # one step for all figures, then the next: that is kinder to the processor's caches
        possible = self.catalogue.figures.possible
        all_figures = [f for f in figures(self.context) if f.found.kind not in _NO_INDICATOR]
        tried = [(figure, possible(figure)) for figure in all_figures]
        led = [(figure, rules, self.candidates(figure, rules) if rules else []) for figure, rules in tried]
        found: list[Observation] = []
        for figure, rules, candidates in led:
            if candidates := candidates or self.by_other_readings(figure, hopeful=bool(rules)):
                self.resolve(figure, candidates, found)
        found.extend(stated_zeros(self.context, self.catalogue, self.topics, self.statuses, self.slow))
        return found

    # -- candidates -------------------------------------------------------------------

    def candidates(self, figure: Figure, rules: Iterable[Wording]) -> list[_Candidate]:
        result: list[_Candidate] = []
        slow = self.slow
        for indicator, fit, rule in rules:
            if slow and rule.id in slow:
                continue
            try:
                words = _beside(figure, rule)
                if words is None or (figure.looked_back_on and not _of_review(rule, figure, words)):
                    continue
                candidate = self.candidate(figure, indicator, rule, fit, words)
            except RuleTimeout as error:
                slow[rule.id] = str(error)
                continue
            if candidate is not None:
                result.append(candidate)
        return result

    def by_other_readings(self, figure: Figure, *, hopeful: bool) -> list[_Candidate]:
        """The candidates of a figure of which no rule says anything as it stands.

        Its words without what adds nothing to a statement, if some rule could be meant (`hopeful`); else with the
        noun behind it before it.
        """
        left = figure.lefts[0]
        unusual = (
            is_unusual(left)
            or (figure.right and is_unusual(figure.right))
            or (hopeful and figure.found.kind == "percent" and figure.sentence.unusual)
        )
        words = plain(self.own_place(left)) if (hopeful or unusual) and not figure.inherited else ""
        if len(words) >= _SHORTEST_LEFT and (unusual or words not in figure.lefts):
            figure.read_plainly(words)
            if candidates := self.candidates(figure, self.catalogue.figures.possible(figure)):
                return candidates
        if figure.right and figure.turn() and not _LEFT_OVER.search(figure.before):
            return self.candidates(figure, self.catalogue.figures.possible(figure))
        return []

    def own_place(self, words: str) -> str:
        """Words in which the place that reports is called as places call themselves (全县)."""
        place = self.context.metadata.region
        return words.replace(place, "全" + place[-1]) if place else words

    def candidate(
        self, figure: Figure, indicator: Indicator, rule: Rule, fit: float, words: list[str]
    ) -> _Candidate | None:
        """What a rule that found its words beside a figure says for its indicator; None if more is missing."""
        if rule.unless is not None and _forbidden(figure, rule.unless):
            return None
        score = fit + (_BEHIND if rule.left is None else _BEFORE) - (1 if figure.inherited else 0)
        for word in words:
            score += min(len(word), _LONGEST_WORD) * 0.5
        if rule.near is not None:
            near = rule.near.search(figure.said)
            if near is None or near.start() >= figure.sentence.praise:
                near = rule.near.search(self.context.headings(figure.section)) or rule.near.search(
                    figure.sentence_before
                )
            elif figure.half is not figure.sentence and rule.near.search(figure.half.text) is None:
                score -= _OTHER_HALF
            if near is None:
                return None
            words.append(near.group())
        if rule.topic is not None:
            level = self.topics.level(figure, rule.topic, words[0] if words else "")
            if level is None:
                return None
            score += level
            words.append(rule.topic)
        return _Candidate(score, indicator, rule, tuple(words))

    # -- resolving ----------------------------------------------------------------------

    def resolve(self, figure: Figure, candidates: list[_Candidate], found: list[Observation]) -> None:
        """Add the best candidate; several where subjects share the figure (均达100%) or speak the same words.

        Each indicator has one candidate, its best. One that is a change or about another
        place is none. The order of ties is that of the indicators' ids, then that of their rules.
        """
        if len(candidates) > 1:
            candidates.sort(key=lambda c: (-c.score, c.indicator.id))
        flags: tuple[bool, bool, bool] | None = None
        status, year = "", None
        winners: list[tuple[_Candidate, str, int | None]] = []
        seen: set[str] = set()
        for candidate in candidates:
            rule = candidate.rule
            if winners and figure.found.kind != "percent" and candidate.score < winners[0][0].score - _CLOSE:
                break
            asked = rule.change, rule.since, candidate.indicator.aggregate == "sum"
            if flags != asked:
                flags = asked
                status, year = self.statuses.of(figure, change=rule.change, since=rule.since, summed=asked[2])
            if status in NO_LEVEL or rule.indicator in seen or self.is_another(figure, rule.indicator, found):
                continue
            seen.add(rule.indicator)
            if not winners or _go_together(figure, winners[0][0], candidate):
                winners.append((candidate, status, year))
        rivals = _rivals(candidates, winners) if len(candidates) > len(winners) else ()
        for winner, status, year in winners:
            if not self.parts.is_part(figure, winner.indicator.id, status, year):
                stated = self.observation(figure, winner, status, year, rivals)
                drop_parts(stated, figure, found)
                found.append(stated)

    def is_another(self, figure: Figure, indicator: str, found: list[Observation]) -> bool:
        """Whether a figure without a subject of its own counts another thing than the indicator's value before it.

        It has another unit and words of its own behind it: 修订预案2部，45家企业完成备案.
        """
        if not (figure.inherited and found and found[-1].indicator == indicator and figure.right.strip()):
            return False
        before = figure.number - 1
        return (
            found[-1].start == self.context.quantities[before].start
            and self.context.figures[before].unit != figure.found.unit
            and figure.before[:1] in _PAUSES
        )

    def said(self, sentence: Passage) -> str:
        """What a sentence says in clean form: one string for all that it states."""
        span = sentence.start, sentence.end
        if self.sentence[0] != span:
            self.sentence = span, self.context.source.text[slice(*self.context.clean(*span))].strip()
        return self.sentence[1]

    def observation(
        self,
        figure: Figure,
        winner: _Candidate,
        status: str,
        year: int | None,
        rivals: tuple[Rival, ...],
    ) -> Observation:
        found, quantity = figure.found, self.context.quantities[figure.number]
        return Observation(
            winner.indicator.id,
            found.value,
            found.value_max,
            winner.indicator.unit,
            found.approx,
            year,
            status,
            False,
            quantity.start,
            quantity.end,
            quantity.text,
            figure.section,
            winner.rule.id,
            tuple([word for word in winner.words if word]),
            round(winner.score, 2),
            self.said(figure.sentence),
            self.context.path(figure.section),
            rivals,
        )


def _rivals(
    candidates: Iterable[_Candidate], winners: Iterable[tuple[_Candidate, str, int | None]]
) -> tuple[Rival, ...]:
    """The other indicators that were considered, each with its best rule, for people who ask why they lost."""
    won = {winner.indicator.id for winner, _, _ in winners}
    rivals: dict[str, Rival] = {}
    for c in candidates:
        identity = c.indicator.id
        if identity not in won and identity not in rivals:
            rivals[identity] = Rival(identity, c.rule.id, c.words, round(c.score, 2))
    return tuple(rivals.values())


def _beside(figure: Figure, rule: Rule) -> list[str] | None:
    """The words left, right or behind that the rule asks for; None where one of them is missing."""
    words: list[str] = []
    clause = figure.lefts[0]
    behind = 0
    if rule.left is not None:
        for left in figure.lefts:
            match = rule.left.search(left)
            if (
                match is not None
                and not (figure.thing and _without_thing(figure.thing, left, rule))
                and not _negated(left, match, rule.left.pattern)
                and not (figure.found.kind == "count" and _is_joint(left, match))
            ):
                words.append(match.group())
                clause = left
                if figure.thing and left.endswith(figure.thing):
                    behind = len(figure.thing)
                break
        else:
            return None
    elif clause.endswith("的") and _LEFT_OVER.search(clause):
        return None
    if rule.right is not None and not _found(rule.right, figure.right[behind:], words):
        return None
    if rule.tail is not None and not _found(rule.tail, figure.tail[behind:], words):
        return None
    if rule.without is not None and rule.without.search(figure.around(clause)):
        return None
    return words


_REVIEW = deferred("评查|评析|评估|回访|复查|抽查|清理")


def _of_review(rule: Rule, figure: Figure, words: Iterable[str]) -> bool:
    """Whether a rule is about going through old cases itself."""
    near = rule.near is not None and rule.near.search(figure.right) is not None
    return near or any(map(_REVIEW.search, words))


_KIND = "行政复议|行政应诉|行政诉讼|民事诉讼|民事|刑事|仲裁|信访|公证|法律援助|调解|法律顾问|公职律师|规章|规范性文件|行政许可|行政处罚|行政强制|行政检查|人民调解员|法律明白人|建议|提案"
_SEVERAL_KINDS = deferred(
    rf"(?:{_KIND})(?:案件|申请|事项|服务|工作|业务)?(?:、|和(?!解)|与|以?及(?!时)|或)(?=[^，。；、\d]{{0,4}}({_KIND}))"
)
"""A kind that shares a number with the one named behind it: 行政复议、行政应诉案件共60件."""


def _is_joint(left: str, match: re.Match[str]) -> bool:
    """Whether the words are but the last of several kinds that a number counts together."""
    return any(
        joint.start() < match.start() < joint.end(1) and match.end() > joint.start(1)
        for joint in _SEVERAL_KINDS.finditer(left)
    )


def _without_thing(thing: str, left: str, rule: Rule) -> bool:
    """Whether a rule that relies on words elsewhere would leave out the thing behind a figure: 受理8件劳动争议 under 复议."""
    alone = rule.right is None and rule.tail is None
    return alone and not left.endswith(thing) and (rule.topic is not None or rule.near is not None)


def _forbidden(figure: Figure, unless: Words) -> bool:
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
_LEFT_OVER = deferred(
    r"(?:未|不能|无法|难以|暂[不未])[^，,。；;、]{0,3}(?:办|解决|落实|完成|处理|采纳|立案)[^，,。；;、]{0,2}的$"
)
"""The same before a number that has its noun behind it: 不能办理的3件提案."""
_NOT_DONE = deferred(rf"(?:未能?|不再)(?:{ANY_ACT})[^，,。；;、的时后]*$")
"""The same in front of a noun and its number: 尚未办结信访事项5件."""
_BRACKET = deferred(r"[（(][^（()）]*[)）]")
_NOT = ("未", "不", "无", "没有", "没", "待", "暂缓", "拒绝", "避免", "防止", "杜绝", "取消", "推迟", "停办")
_NOT_YET = frozenset(["接待", "对待", "等待", "优待", "招待", "期待"])
"""Verbs that end like 待审结, 待申领."""
_NOT_ENDS = frozenset(word[-1] for word in (*_NOT, "的"))
_ANY_NOT = deferred(
    "未(?!成年)|不(?!动产|见面|良|正当|打烊|断|定期)|无(?!障碍|人机|线|讼|烟|废|偿|纸|缝|感|接触|犯罪|毒|诈)|(?<!罚)没(?!收)"
)
"""What negates; not the same characters in names of things and ways (未成年人, 不动产, 不定期, 无障碍, 无纸化, 罚没)."""


def _negated(text: str, match: re.Match[str], pattern: str) -> bool:
    """Whether the words say the opposite (未审结2件, 无负责人出庭) and the pattern does not ask for that."""
    start = match.start()
    if (
        start
        and text[start - 1] in _NOT_ENDS
        and (
            (text.endswith(_NOT, 0, start) and text[max(0, start - 2) : start] not in _NOT_YET)
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


def _go_together(figure: Figure, best: _Candidate, other: _Candidate) -> bool:
    """Whether a figure is about two indicators: their subjects are named together, or the same words lead to both."""
    if best.words[:1] == other.words[:1] and best.rule.topic and other.rule.topic:
        apart = abs(other.score - best.score)
        if apart < _EQUAL or (apart <= _SAME_SENTENCE and _ALL_OF.search(figure.before)):
            return True
    return _COORDINATED.search(figure.lefts[0] + figure.before) is not None


def find_observations(
    context: Context, catalogue: Catalogue
) -> tuple[tuple[Observation, ...], tuple[Diagnostic, ...]]:
    """All indicator values of a report, in order, and what went wrong with rules.

    Results do not depend on the order of the rules: candidates compete by score, and ties
    are broken by id.
    """
    matcher = _Matcher(context, catalogue)
    unique: list[Observation] = []
    for o in sorted(matcher.run(), key=attrgetter("start", "end", "indicator", "implied")):
        last = unique[-1] if unique else None
        if last is None or o.start != last.start or (o.end, o.indicator) != (last.end, last.indicator):
            unique.append(o)
    doubts = tuple(Diagnostic("rule.timeout", f"{rule}: {why}") for rule, why in sorted(matcher.slow.items()))
    return tuple(unique), doubts
