"""What a passage is about: which topics it names, and how near one is to a figure."""

from __future__ import annotations

from bisect import bisect_right

from ..deferred import deferred
from .context import Context
from .figures import Figure
from .index import Catalogue

__all__ = ["Topics"]

_MENTIONS = deferred("倍|之比|[法合司][定律法](?:途径|渠道|程序|方式)")
_IN_PASSING = deferred(
    r"[^，,。；;\d]{0,10}的?\d[\d.]{0,6}倍|[^，,。；;\d]{0,10}之比"
    r"|[^，,。；;\n]{0,30}等[^，,。；;\n]{0,2}(?:法[定律]|合法|司法)(?:途径|渠道|程序|方式)"
)
"""What follows a topic that only measures another one (是同期行政诉讼案件的2.7倍), or is one of the ways that people are
shown (引导群众通过仲裁、行政复议、诉讼等法定途径).
"""


_OF_CASES = frozenset(["复议", "诉讼", "信访", "援助", "仲裁", "公证"])
_DONE_WITH_ANY = ("办结", "办理", "受理", "化解", "办复")
"""What is done with cases of all kinds, unlike 审结 or 维持."""
_OF_OTHERS = deferred(
    r"平台|大厅|热线|公众号|执法(?:[局队]|大队|中队|支队)|审批局|(?:政务|便民)服务中心|市场监管局|派出所|学校|乡镇承接|罚没|罚款|律师办案"
)
"""What a sentence says that is not about the cases of the sentence before: 受理复议案件33件。综合执法局立案318宗."""


class Topics:
    """Where a report speaks of each topic: looked up line by line, where a rule asks."""

    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self._context = context
        self._text = context.text
        self._words = catalogue.topics
        self._exclusive = sorted(catalogue.exclusive)
        self._line, self._end = -1, -1
        self._at: dict[str, list[int]] = {}
        self._mentions = False
        self._named: tuple[list[int], list[str]] | None = None

    def level(self, figure: Figure, topic: str, own: str) -> float | None:
        """How near the topic is: in the clause 6, in the sentence 4, in the paragraph or the headings 3.

        Args:
            figure: The figure.
            topic: The topic's name.
            own: The words beside the figure that the rule asks for: what they name is no rival (调解率).
        """
        words = self._words[topic]
        if words.search(figure.lefts[0] + "＃" + figure.right):
            return 6
        start = figure.found.start
        here = self._last(topic, start)
        open_topic = topic not in self._exclusive
        rival, rival_at = ("", -1) if open_topic else self._rival(figure, own)
        if figure.sentence.start <= here < figure.half.start and figure.half.opens_anew:
            return None
        if here >= figure.sentence.start and (open_topic or rival == topic or rival_at <= here):
            return 4
        if here >= figure.sentence.start:
            # 受理复议7件，信访52件、办结52件: the cases named last have the word
            rivals = {topic, rival} <= _OF_CASES and own.endswith(_DONE_WITH_ANY)
            return None if rivals and rival_at >= figure.half.start else 1
        since = self._opening(start, figure.section)
        if not open_topic and (
            (rival != topic and rival_at >= since)
            or (
                topic in _OF_CASES
                and _OF_OTHERS.search(self._text, figure.sentence.start, figure.sentence.end)
            )
        ):
            return None
        if here >= since and not figure.sentence.opens_anew:
            return 3
        return 3 if words.search(self._context.headings(figure.section, start)) else None

    def _rival(self, figure: Figure, own: str) -> tuple[str, int]:
        """The exclusive topic named last before a figure, but for what its own words name."""
        start = figure.found.start
        own_at = self._text.rfind(own, figure.half.start, start) if own else -1
        return self._nearest(start if own_at < 0 else own_at - 1)

    def of_zero(self, topic: str, at: int, clause: str) -> bool:
        """Whether the topic is that of a negation: in its clause, else the last one of the paragraph, else in the headings."""
        if self._words[topic].search(clause):
            return True
        section = self._context.section_at(at)
        since = self._opening(at, section)
        here = self._last(topic, at)
        rival, rival_at = self._nearest(at)
        if rival != topic and rival_at > max(here, since):
            return False
        return here >= since or bool(self._words[topic].search(self._context.headings(section, at)))

    def _opening(self, at: int, section: int | None) -> int:
        """Where the paragraph or the section begins that holds an offset, whichever is later."""
        return max(self._enter(at), self._context.nodes[section][0] if section is not None else 0)

    def _enter(self, at: int) -> int:
        """Start of the line that holds an offset; what was found in another line is forgotten."""
        line = self._context.breaks.line(at)
        if line != self._line:
            end = self._text.find("\n", line)
            self._line, self._end = line, len(self._text) if end < 0 else end
            self._at, self._named = {}, None
            self._mentions = _MENTIONS.search(self._text, line, self._end) is not None
        return line

    def _places(self, name: str) -> list[int]:
        """Where the line names a topic."""
        places = self._at.get(name)
        if places is None:
            found = self._words[name].finditer(self._text, self._line, self._end)
            if self._mentions:
                found = (
                    match for match in found if not _IN_PASSING.match(self._text, match.end(), self._end)
                )
            places = self._at[name] = [match.start() for match in found]
        return places

    def _last(self, name: str, before: int) -> int:
        """Where the line last named a topic before an offset in it, or -1."""
        self._enter(before)
        places = self._places(name)
        i = bisect_right(places, before)
        return places[i - 1] if i else -1

    def _nearest(self, before: int) -> tuple[str, int]:
        """The exclusive topic that the line named last before an offset; the first by name where several begin there."""
        self._enter(before)
        if self._named is None:
            named = {place: name for name in reversed(self._exclusive) for place in self._places(name)}
            places = sorted(named)
            self._named = places, [named[place] for place in places]
        places, names = self._named
        i = bisect_right(places, before)
        return (names[i - 1], places[i - 1]) if i else ("", -1)
