"""Which indicator a figure belongs to: candidates of all rules, resolved by stated evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from ..errors import Diagnostic
from ..extractors import Observation, Rival
from .context import Context, Figure, figures
from .rules import Catalogue, Indicator, Rule, RuleTimeout
from .status import status_of

__all__ = ["find_observations"]

_COORDINATED = re.compile(
    r"率[、和与及][^，,。；;]{0,14}率|[、和与及][^，,。；;]{1,14}(?:率|比)[^，,。；;]{0,4}(?:均|都|各|双)|受理并"
)
_CLOSE = 4.0
_EVIDENCE = {True: 10.0, False: 8.0}
"""Words before a figure speak louder than words behind it."""
_CLAUSE = re.compile(r"[^，,；;。]*$")


@attrs.frozen
class _Candidate:
    rule: Rule
    indicator: Indicator
    score: float
    words: tuple[str, ...]
    status: str
    year: int | None


class _Topics:
    """Where the text speaks of each topic."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.at = {
            name: [m.start() for m in words.finditer(text)] for name, words in catalogue.topics.items()
        }
        self.words: Mapping[str, re.Pattern[str]] = catalogue.topics
        self.exclusive = catalogue.exclusive

    def last(self, name: str, before: int) -> int:
        """Where a topic was last named before an offset, or -1."""
        places = self.at[name]
        i = bisect_right(places, before) - 1
        return places[i] if i >= 0 else -1

    def nearest(self, before: int) -> tuple[str, int]:
        """The exclusive topic named last before an offset."""
        return max(
            ((name, self.last(name, before)) for name in sorted(self.exclusive)), key=lambda item: item[1]
        )


class _Matcher:
    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self.context = context
        self.text = context.source.text
        self.catalogue = catalogue
        self.topics = _Topics(self.text, catalogue)
        self.slow: dict[str, str] = {}
        self.statuses: dict[tuple[int, bool, bool], tuple[str, int | None]] = {}

    def run(self) -> Iterator[Observation]:
        for figure in figures(self.context):
            found = figure.found
            if found.kind in ("percentage_point", "multiple", "ratio", "area", "length"):
                continue
            winners, losers = self.resolve(figure, list(self.candidates(figure)))
            for winner in winners:
                yield self.observation(figure, winner, losers)
        yield from self.zeros()

    # -- candidates -------------------------------------------------------------------

    def candidates(self, figure: Figure) -> Iterator[_Candidate]:
        sentence = self.text[figure.sentence[0] : figure.sentence[1]]
        index = self.catalogue.wordings(figure.found.kind, figure.found.unit)
        best: dict[str, _Candidate] = {}
        for indicator, fit, rule in index.possible(figure.lefts, (figure.right, figure.tail)):
            if rule.id in self.slow:
                continue
            try:
                candidate = self.try_rule(figure, indicator, rule, sentence, fit)
            except RuleTimeout as error:
                self.slow[rule.id] = str(error)
                continue
            rival = best.get(indicator.id)
            if candidate is not None and (rival is None or candidate.score > rival.score):
                best[indicator.id] = candidate
        yield from best.values()

    def try_rule(
        self, figure: Figure, indicator: Indicator, rule: Rule, sentence: str, fit: float
    ) -> _Candidate | None:
        words = list(self.beside(figure, rule))
        if not words:
            return None
        score = fit + _EVIDENCE[rule.left is not None] - (1 if figure.inherited else 0)
        score += sum(min(len(word), 14) * 0.5 for word in words)
        if rule.unless is not None and rule.unless.search(figure.half):
            return None
        if rule.near is not None:
            match = rule.near.search(sentence) or rule.near.search(self.headings(figure))
            if match is None:
                return None
            words.append(match.group())
        if rule.topic is not None:
            level = self.topic_level(figure, rule.topic, " ".join(words))
            if level is None:
                return None
            score += level
            words.append(rule.topic)
        status, year = self.status(figure, rule.change, rule.since)
        if status in ("change", "other place"):
            return None
        return _Candidate(rule, indicator, score, tuple(words), status, year)

    def beside(self, figure: Figure, rule: Rule) -> tuple[str, ...]:
        """The words left, right or behind that the rule asks for; none where one of them is missing."""
        words: list[str] = []
        clause = ""
        if rule.left is not None:
            for left in figure.lefts:
                match = rule.left.search(left)
                if match is not None and not _negated(
                    left[: match.start()], match.group(), rule.left.pattern
                ):
                    words.append(match.group())
                    clause = left
                    break
            else:
                return ()
        for pattern, text in ((rule.right, figure.right), (rule.tail, figure.tail)):
            if pattern is not None:
                match = pattern.search(text)
                if match is None or _negated("", match.group(), pattern.pattern):
                    return ()
                words.append(match.group())
        if rule.without is not None:
            clause = clause or figure.lefts[0]
            here = _CLAUSE.search(clause)
            around = (here.group() if here else clause) + "＃" + figure.right[:24]
            if rule.without.search(around):
                return ()
        return tuple(words)

    def status(self, figure: Figure, change: bool, since: bool) -> tuple[str, int | None]:
        key = (figure.found.start, change, since)
        if key not in self.statuses:
            self.statuses[key] = status_of(figure, self.context, change, since)
        return self.statuses[key]

    def headings(self, figure: Figure) -> str:
        return "＞".join(self.context.sections[figure.section].path) if figure.section is not None else ""

    def topic_level(self, figure: Figure, topic: str, words: str) -> float | None:
        """How near the topic is: in the clause 6, in the sentence 4, in the paragraph or the headings 3."""
        named = self.topics.words[topic]
        if named.search(figure.lefts[0] + "＃" + figure.right):
            return 6
        start = figure.found.start
        here = self.topics.last(topic, start)
        rival, rival_at = self.topics.nearest(start)
        open_topic = topic not in self.topics.exclusive
        if here >= figure.sentence[0] and (open_topic or rival == topic or rival_at <= here):
            return 4
        if here >= figure.sentence[0]:
            return 1
        paragraph = self.text.rfind("\n", 0, start) + 1
        section = self.context.nodes[figure.section][0] if figure.section is not None else 0
        since = max(paragraph, section)
        crowded = not open_topic and rival != topic and rival_at >= since
        if here >= since:
            return None if crowded else 3
        if crowded:
            return None
        return 3 if named.search(self.headings(figure)) else None

    # -- resolving ----------------------------------------------------------------------

    def resolve(
        self, figure: Figure, candidates: list[_Candidate]
    ) -> tuple[list[_Candidate], list[_Candidate]]:
        """The best candidate, or several where subjects share the figure (均达100%) or speak the same words; the others."""
        if not candidates:
            return [], []
        candidates.sort(key=lambda c: (-c.score, c.indicator.id))
        best = candidates[0]
        shared = _COORDINATED.search(figure.lefts[0] + figure.before)
        kept, losers = [best], list[_Candidate]()
        for other in candidates[1:]:
            close = shared and other.score >= best.score - _CLOSE
            same = other.words[:1] == best.words[:1] and abs(other.score - best.score) < 0.01
            goes_too = close or (same and best.rule.topic and other.rule.topic)
            (kept if goes_too else losers).append(other)
        return kept, losers

    def observation(self, figure: Figure, winner: _Candidate, losers: list[_Candidate]) -> Observation:
        found = figure.found
        source = self.context.source
        start, end = source.to_raw(found.start, found.end)
        return Observation(
            winner.indicator.id,
            found.value,
            found.value_max,
            winner.indicator.unit,
            found.approx,
            winner.year,
            winner.status,
            False,
            start,
            end,
            source.raw[start:end],
            figure.section,
            winner.rule.id,
            tuple(w for w in winner.words if w),
            round(winner.score, 2),
            self.text[figure.sentence[0] : figure.sentence[1]].strip(),
            self.path(figure.section),
            tuple(Rival(c.indicator.id, c.rule.id, c.words, round(c.score, 2)) for c in losers),
        )

    def path(self, section: int | None) -> tuple[str, ...]:
        return () if section is None else self.context.sections[section].path

    # -- stated zeros ---------------------------------------------------------------------

    def zeros(self) -> Iterator[Observation]:
        rules = [r for i in self.catalogue.indicators.values() for r in i.rules if r.zero is not None]
        for match in _NEGATION.finditer(self.text):
            if self.context.skip.touches(match.start(), match.end()):
                continue
            clause = self.text[match.end() : self.clause_end(match.end())]
            for rule in rules:
                assert rule.zero is not None
                if rule.id in self.slow:
                    continue
                try:
                    hit = rule.zero.match(clause)
                    if hit is None or (rule.without and rule.without.search(clause)):
                        continue
                    half = self.text[self.half_start(match.start()) : match.end() + hit.end()]
                    if rule.unless is not None and rule.unless.search(half):
                        continue
                    if _CAUSE.search(hit.group()):
                        continue  # 未发生因信息公开引发的败诉案件: none of a kind, not none
                except RuleTimeout as error:
                    self.slow[rule.id] = str(error)
                    continue
                if rule.topic is not None and not self.zero_topic(rule.topic, match.start(), clause):
                    continue
                yield from self.zero(rule, match.start(), match.end() + hit.end())

    def half_start(self, at: int) -> int:
        return max(self.text.rfind(stop, max(0, at - 120), at) for stop in "。；;\n") + 1

    def clause_end(self, at: int) -> int:
        limit = min(len(self.text), at + 40)
        stop = _CLAUSE_END.search(self.text, at, limit)
        return stop.start() if stop else limit

    def zero_topic(self, topic: str, at: int, clause: str) -> bool:
        if self.topics.words[topic].search(clause):
            return True
        section = self.context.section_at(at)
        since = max(
            self.text.rfind("\n", 0, at) + 1, self.context.nodes[section][0] if section is not None else 0
        )
        here = self.topics.last(topic, at)
        rival, rival_at = self.topics.nearest(at)
        if rival != topic and rival_at > max(here, since):
            return False
        path = self.context.sections[section].path if section is not None else ()
        return here >= since or bool(self.topics.words[topic].search("＞".join(path)))

    def zero(self, rule: Rule, start: int, end: int) -> Iterator[Observation]:
        section = self.context.section_at(start)
        role = self.context.sections[section].role if section is not None else "done"
        clause = self.text[max(0, self.text.rfind("。", 0, start)) : start]
        if role == "plan" or re.search(r"确保|力争|实现.{0,4}目标$|争取|要求|防止|杜绝", clause[-12:]):
            return
        source = self.context.source
        indicator = self.catalogue.indicators[rule.indicator]
        raw_start, raw_end = source.to_raw(start, end)
        since = re.search(r"(?:19|20)\d\d年以来", clause)
        yield Observation(
            rule.indicator,
            Decimal(0),
            None,
            indicator.unit,
            "",
            None if since else self.context.metadata.year,
            "actual",
            True,
            raw_start,
            raw_end,
            source.raw[raw_start:raw_end],
            section,
            rule.id,
            (self.text[start:end],),
            10.0,
            clause.lstrip("。") + self.text[start:end],
            self.path(section),
        )


_NEGATION = re.compile(
    r"(?:均)?(?:未|没有|没|无|从未|尚无|不存在|零)(?:发生过?|出现过?|收到|接到|有|受理|作出|制定|制发|出台|承办|判决)?(?:任何|过|一[起件例宗名项份]|因|新的)?"
)
_CAUSE = re.compile(r"因[^，。；]{2,}(?:引发|导致|引起|造成)|(?:引发|导致)的")
_CLAUSE_END = re.compile(r"[，,。；;！？\n]")


_NOT = ("未", "不", "无", "没有", "没")


def _negated(before: str, words: str, pattern: str) -> bool:
    """Whether the words say the opposite (未审结2件, 无负责人出庭) and the pattern does not ask for that."""
    return before.endswith(_NOT) or any(word in words and word not in pattern for word in _NOT)


def find_observations(
    context: Context, catalogue: Catalogue
) -> tuple[tuple[Observation, ...], tuple[Diagnostic, ...]]:
    """All indicator values of a report, in order, and what went wrong with rules.

    Results do not depend on the order of the rules: candidates compete by score, and ties
    are broken by id.
    """
    matcher = _Matcher(context, catalogue)
    unique: dict[tuple[int, int, str], Observation] = {}
    for observation in sorted(matcher.run(), key=lambda o: (o.start, o.end, o.indicator, o.implied)):
        unique.setdefault((observation.start, observation.end, observation.indicator), observation)
    doubts = tuple(Diagnostic("rule.timeout", f"{rule}: {why}") for rule, why in sorted(matcher.slow.items()))
    return tuple(unique.values()), doubts
