"""Which indicator a figure belongs to: candidates of all rules, resolved by stated evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from ..deferred import deferred
from ..errors import Diagnostic
from ..extractors import Observation, Rival
from ..spans import SpanSet
from .beside import LEFT_OVER, is_forbidden, is_of_review, words_beside
from .context import Context, Passage
from .definitions import Indicator, Rule, RuleTimeout, Words
from .dress import wide
from .faults import is_about_faults, is_of_other_things
from .figures import Figure, figures
from .index import Catalogue, Wording
from .parts import Parts, drop_parts, drop_some
from .plain import is_unusual, plain
from .roles import Roles
from .status import NO_LEVEL, Statuses
from .topics import Topics
from .zeros import stated_zeros

__all__ = ["find_observations"]

_COORDINATED = deferred(
    r"率[、和与及][^，,。；;]{0,14}率|[、和与及][^，,。；;]{1,14}(?:率|比)[^，,。；;]{0,4}(?:均|都|各|双)|受理并"
)
_ALL_OF = deferred("均|都|皆|双双")
"""What a rate has where it is that of several subjects (86件建议、71件提案……，办结率均为100%)."""
_DISPUTES = ("reconsideration.", "litigation.")
_OF_DISPUTES = deferred("复议|应诉|诉讼|纠纷|争议|矛盾|监督|制约|权力|执法")
_OVER_DISCLOSURE = deferred("信息公开(?:工作)?(?:被申请|被提起|引发的?|相关)?(?:行政)?(?:复议|诉讼)")
_HELD = deferred(r"连续[^，。；]{1,4}(?:保持|稳定|维持|控制|均|都|在|达到?)*$")
"""What stands before a bound that has held for years: 98%，连续四年保持95%以上."""
_CLOSE, _EQUAL, _SAME_SENTENCE = 4.0, 0.01, 2.0
"""So much weaker a second indicator of a count may be (受理并办结); rates that are named together share their value whatever their names weigh."""
_BEFORE, _BEHIND = 10.0, 8.0
"""Words before a figure speak louder than words behind it."""
_NAME_OF_PARTS = deferred("“[^“”，。；\n]{0,30}[+＋][^“”，。；\n]{0,30}”")
"""A way of working that is called by what it is made up of."""
_MOST_IN_A_NAME = 5
"""“12个司法所+186个调委会” rather tells how many there are."""
_BARE = 4
"""Characters of words beside a figure that say by themselves too little: 共办理, 组织培训."""
_OTHER_HALF = 1.0
"""So much less counts what stands in another half of the sentence only."""
_LONGEST_WORD = 14
_SHORTEST_LEFT = 2
"""Fewer characters say nothing by themselves."""
_PAUSES = tuple("，,；;")
_OF_ITS_OWN = deferred(r"\s*[^，。；、]{4}")
"""Words behind a figure that say something of it."""
_COMPARES = frozenset("与较比同")
"""Before a figure they make another year's of it: 与去年的177件相比增长15.8%."""
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
        self.names = SpanSet(match.span() for match in _NAME_OF_PARTS.finditer(context.text))
        self.sentence = (0, 0), ""

    def run(self) -> list[Observation]:
        # one step for all figures, then the next: that is kinder to the processor's caches
        possible = self.catalogue.figures.possible
        all_figures = [f for f in figures(self.context) if self.counts(f)]
        tried = [(figure, possible(figure)) for figure in all_figures]
        led = [(figure, rules, self.candidates(figure, rules) if rules else []) for figure, rules in tried]
        found: list[Observation] = []
        for figure, rules, candidates in led:
            candidates = candidates or self.summed_up(figure, found)
            if candidates := candidates or self.by_other_readings(figure, hopeful=bool(rules)):
                self.resolve(figure, candidates, found)
            for readings in () if candidates else figure.alike:
                figure.lefts = readings
                self.resolve(figure, self.candidates(figure, possible(figure)), found)
        zeros = stated_zeros(self.context, self.catalogue, self.topics, self.statuses, self.slow)
        found.extend(
            zero
            for zero in zeros
            if not (zero.indicator.startswith(_DISPUTES) and self.is_about_disclosure(zero.section))
        )
        return found

    def counts(self, figure: Figure) -> bool:
        """Whether a figure may be the value of an indicator: not one that only names a way of working (“1名顾问+3名明白人”)."""
        found = figure.found
        if found.kind in _NO_INDICATOR or figure.tells_several:
            return False
        return found.value > _MOST_IN_A_NAME or not self.names.touches(found.start, found.end)

    # -- candidates -------------------------------------------------------------------

    def candidates(self, figure: Figure, rules: Iterable[Wording]) -> list[_Candidate]:
        result: list[_Candidate] = []
        slow = self.slow
        faulty: bool | None = None
        for indicator, fit, rule in rules:
            if slow and rule.id in slow:
                continue
            try:
                words = words_beside(figure, rule)
                if words is None or (figure.looked_back_on and not is_of_review(rule, figure, words)):
                    continue
                if faulty is None:
                    faulty = figure.found.kind == "count" and is_of_other_things(figure)
                if faulty and not is_about_faults(rule):
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
        if figure.right and figure.turn() and not LEFT_OVER.search(figure.before):
            return self.candidates(figure, self.catalogue.figures.possible(figure))
        return []

    def summed_up(self, figure: Figure, found: list[Observation]) -> list[_Candidate]:
        """The candidates of the sum of listed figures for the one indicator of which all of them are values."""
        if not (figure.summed and figure.sums):
            return []
        starts = {self.context.quantities[number].start for number in figure.sums}
        parts = {o.start: o.indicator for o in found[-2 * len(starts) :] if o.start in starts}
        if parts.keys() != starts or len({*parts.values()}) > 1:
            return []
        figure.lefts = (figure.summed,)
        candidates = self.candidates(figure, self.catalogue.figures.possible(figure))
        return [c for c in candidates if c.indicator.id in parts.values()]

    def own_place(self, words: str) -> str:
        """Words in which the place that reports is called as places call themselves (全县)."""
        place = self.context.metadata.region
        return words.replace(place, wide("全" + place[-1])) if place else words

    def candidate(
        self, figure: Figure, indicator: Indicator, rule: Rule, fit: float, words: list[str]
    ) -> _Candidate | None:
        """What a rule that found its words beside a figure says for its indicator; None if more is missing."""
        if (rule.unless is not None and is_forbidden(figure, rule.unless)) or (
            figure.over_years and not indicator.stands
        ):
            return None
        if indicator.id.startswith(_DISPUTES) and self.is_about_disclosure(figure.section):
            return None
        score = fit + (_BEHIND if rule.left is None else _BEFORE) - (1 if figure.inherited else 0)
        for word in words:
            score += min(len(word), _LONGEST_WORD) * 0.5
        if rule.near is not None:
            near, less = self.words_near(figure, rule.near, bare=len(words[0] if words else "") <= _BARE)
            if near is None:
                return None
            score -= less
            words.append(near.group())
        if rule.topic is not None:
            level = self.topics.level(figure, rule.topic, words[0] if words else "")
            if level is None:
                return None
            score += level
            words.append(rule.topic)
        return _Candidate(score, indicator, rule, tuple(words))

    def words_near(self, figure: Figure, pattern: Words, *, bare: bool) -> tuple[re.Match[str] | None, float]:
        """The words that a rule asks for in a figure's sentence, else in the headings or the sentence before.

        Those of another half sentence weigh less. Those of a later one tell of what is there, not of a `bare` verb
        (办理), and what a half sentence with an aim of its own says (；做好市容管理，共受理3761件) is told by nothing before it.
        """
        half, sentence = figure.half, figure.sentence
        near = pattern.search(figure.said)
        if near is not None and near.start() < sentence.praise:
            if half is sentence or pattern.search(half.text) is not None:
                return near, 0.0
            among = self.context.text.find("其中", half.start, figure.found.start) >= 0
            behind = bare and near.start() >= half.end - sentence.start and not among
            if not (behind or half.opens_anew):
                return near, _OTHER_HALF
        near = pattern.search(self.context.headings(figure.section, figure.found.start))
        if near is None and not sentence.opens_anew:
            near = pattern.search(figure.sentence_before)
        return near, 0.0

    def is_about_disclosure(self, section: int | None) -> bool:
        """Whether a section is about disclosure alone: the cases counted there are those about disclosure."""
        last = next((title for title in reversed(self.context.path(section)) if title), "")
        return "公开" in last and (
            _OF_DISPUTES.search(last) is None or _OVER_DISCLOSURE.search(last) is not None
        )

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
            if not self.parts.is_part(figure, winner.indicator, status, year):
                stated = self.observation(figure, winner, status, year, rivals)
                drop_parts(stated, figure, found, self.context)
                drop_some(stated, figure, found, self.context, stock=winner.indicator.stands)
                found.append(stated)

    def is_another(self, figure: Figure, indicator: str, found: list[Observation]) -> bool:
        """Whether a figure without a subject of its own counts another thing than the indicator's value before it.

        It has words of its own behind it, and another unit or enough of them to be a statement:
        修订预案2部，45家企业完成备案; 持证126人，今年有16人通过资格考试.
        """
        if not (found and found[-1].indicator == indicator):
            return False
        if self._has_held(figure, found[-1]):
            return True
        if not (figure.inherited and figure.right.strip()):
            return False
        before = figure.number - 1
        return (
            found[-1].start == self.context.quantities[before].start
            and (
                self.context.figures[before].unit != figure.found.unit
                or (_OF_ITS_OWN.match(figure.right) is not None and _COMPARES.isdisjoint(figure.before))
            )
            and figure.before[:1] in _PAUSES
        )

    def _has_held(self, figure: Figure, told: Observation) -> bool:
        """Whether a share is but the bound that one told before it in its half sentence has kept for years (98%，连续四年保持95%以上)."""
        if figure.found.kind != "percent" or figure.found.approx not in ("above", "below"):
            return False
        earlier = self.context.quantities[
            max(0, figure.number - 2) : figure.number
        ]  # the years stand between
        held = any(quantity.start == told.start for quantity in earlier)
        return held and _HELD.search(self.context.text, figure.half.start, figure.found.start) is not None

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
