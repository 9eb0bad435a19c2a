"""Which figures are parts of a total that was stated: they are no values of their own."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..deferred import deferred
from ..extractors import Observation
from ..quantities.scan import Found
from ..reporter import reporter
from .context import LONGEST_SENTENCE, Context
from .definitions import Indicator
from .figures import Figure
from .places import OF_TOWNS
from .wholes import told_of_some

__all__ = ["Parts", "drop_parts", "drop_some"]

_FARTHEST_TOTAL = 70
"""So far before 其中 the total of its parts may stand."""
_INSIDE = deferred(r"[^，,。；;、（()）]{1,12}(?:[（(][^（()）]{0,40}|中[，,]?(?:仅|只|共|就)?有)")
"""From a total to a figure in the bracket that is opened right behind it (窗口42个（综合窗口9个）) or among it (7件败诉案件中有4件)."""
_MOST_PARTS = 16
"""So many figures behind a total, or values before one, are added up."""
_SHARE = re.compile(
    r"[，,、（(]?占(?:到|了)?(?:(?P<place>全[省市县区州旗局])|(?P<total>[^，,。；;\d]{0,10}(?:总[数量]|案件量))|(?P<next>\d))"
)
"""A share of the whole place, of a total that was stated, or, behind such a share, the next one (…，占6.8%)."""
_OWN_LEVEL = re.compile(
    "(?:[省市县区州旗]|政府)本级|(?:政府|部门|[局委办厅镇乡]|街道|机关)(?:单独|共同|或者?|和|、)*(?:作为?|当|为)(?:共同|单独)*被(?:告|申请人)"
)
"""Names a part of what all levels did together, or of the cases against all of them, where that total stands before it."""
_ONE_BODY = "被申请人的"
_OFFICE = deferred(
    r"(?:[^，。；\d]{2,8}，)?(?:其中[，：]?)?(?:[县区市州旗省])?(?![我本全各该其在对]|[^，。；\d]{0,6}(?:相关|有关|所有|执法|职能|各|两|重点|民生|关键)[^，。；\d]{0,4}(?:局|部门|委|队|领域))[^\W\x00-\x7f]{1,8}?(?:局|部门|委|[大支]队|领域|(?:监理|监督)所)"
    r"(?:深入|持续|扎实|严格|依法|全力|集中|认真|积极)?(?=全年|年内|今年|共|累计|先后|立案|按日|查[处办](?!率)|查|办[理结]|作出|实施|罚|处罚|开展|受理|检查|下达|组织|举办)[^。；\d和及与]*\d"
)
"""What opens a half sentence about one office: 市场监管局查办案件512件."""
_ALL = deferred("全[县区市州旗省盟]|各级|各部门|等(?:部门|单位|领域)|执法(?:机关|部门|单位)")
_COLON = re.compile("：")
_THEN_ALL = deferred("[，；。](?:[全本我][县区市州旗省盟]|各级|各部门)")
"""What turns from one of them to all."""
_BREAKDOWN = deferred(
    r"(?:从|按照?|就)[^，。；\d]{0,8}(?:类型?|类别|领域|区域|地区|来源|性质|结构|案由|事项|行业|部门|机关|主体|对象|层级|程序|原因|内容|分布)[^，。；\d]{0,4}(?:看|分|统计|而言)[，：]"
    r"|以[^，。；\d]{1,16}(?:为主|居多|最多)[，；：]"
)
"""What opens the kinds that a total is made up of: 从案件类型看，, 以投诉举报为主，."""
_BY_SOME = deferred(
    r"(?:其中)?(?:通过|利用|在|依托)?(?:县|区|市|州|旗|省)?(?:政府)?(?:门户网站|网站|公众号|微信|微博|公开栏|公示栏|(?:政府)?(?:信息)?公开(?:目录|专栏|平台)|新媒体|[^，。；\d]{0,6}客户端|[^，。；\d]{2,12}公众号"
    r"|[县区市州旗省]?(?:政府)?本级|各?(?:乡镇|镇街|街道|司法所)|[^，。；\d]{0,10}(?:等\d+[个家])?(?:行业性|专业性))[^，。；\d]*\d"
)
"""What tells of some: one channel, level or group."""
_BY_LEADERS = deferred(
    r"(?:其中，?)?[^，。；\d]{0,6}[省市县区州盟旗](?:委|政府|级)?(?:(?:主要|班子)?领导(?:班子成员)?|长)(?:本人|带头|亲自)*出庭"
)
"""What tells how often leaders of the place came to court, among those who came: 负责人出庭421件，市政府领导出庭4件."""
_BY_ALL = deferred(
    r"(?:全[县区市州旗省镇乡]|各级|[合共总累]计|(?<!公)共(?![享建治同])|累计|总[量数])[^，。；]*$"
)
_ALL_LEVELS = deferred(r"(?:全[县区市州旗省]|各级)[^，。；]*$")
_NEW = deferred(
    r"[，；。、（(：](?:[^，；。、\d]|\d{4}年){0,8}新(?!建(?:小区|社区|小学|项目|楼盘)|招录)(?:增|建|聘|设|招|培|选|吸|发展|命名|评|认定|成立|组建|创建|打造)[^，。；\d级]*$"
)
"""What tells of those that have come anew behind how many there are: 公职律师86名，今年新聘9名; 新增省级3个 is another kind."""
_LONGEST_LEAD = 40
"""What stands before a total so far back tells whether it is that of all."""
_PUBLISHED = "disclosure.items"
_HOLDS = deferred("，(?:其中)?(?:主要)?(?:包括|包含|含|涵盖|分为)")
"""What opens the kinds of what was counted: 公开信息320条，包括人大建议10件."""
_MAKES_UP = ("占", "占了", "占去")
"""What stands before a part that is told by its number: 宣传134场，演出占47场."""
_MAKES = deferred("[，,（(]占(?:到|了|比)?(?:为)?")
_LIST, _LONGEST_OPENING = re.compile("其中[：，]?[ ]*\n"), 8
"""Ends a line behind which the parts of a total are listed."""


_Total = tuple[int, Decimal | Fraction, int]
"""Offset, value and number of a figure that is the last one of its indicator, status and year."""


class Parts:
    """The parts among a report's figures, asked for in the order of the figures."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._totals: dict[tuple[str, str, int | None], _Total] = {}
        self._shared: dict[str, int] = {}
        self._last_of_unit: dict[str, tuple[int, Decimal | Fraction, str]] = {}
        """Offset, value and indicator of the last figure of each unit that is no part."""
        self._own_level: tuple[int, Found] | None = None
        """The figure that was that of 本级, a part of what all levels did, and where its sentence starts."""
        self._published = -1
        """Number of the last figure of items that were published."""
        self._has_lists = _LIST.search(context.text) is not None
        self._has_bodies = _ONE_BODY in context.text
        self._on_a_place = _is_on_a_place(context)

    def is_part(self, figure: Figure, counted: Indicator, status: str, year: int | None) -> bool:
        """Whether 其中 opens what the figure says, and its indicator's total stands before (受理9件。其中市本级受理4件).

        Or else the total stands somewhere before: in the section that a line ending in 其中 belongs to; in the
        paragraph, where the figure is one of 本级 or called a share of the whole (受理417件，占全市三成); anywhere, where
        the section is about one body's cases or the figure is called a share of a total (占受理总数的三成).
        """
        indicator = counted.id
        kind = indicator, status, year
        at, value, total = figure.found.start, figure.found.value, self._totals.get(kind)
        if (
            self._is_kind(figure, indicator)
            or self._is_published(figure, indicator)
            or self._goes_on_below(figure)
            or (counted.of_all and self._on_a_place and self._is_by_one_office(figure))
        ):
            return True
        if total is not None and self._is_part_of(total, figure, indicator):
            return True
        self._totals[kind] = at, value, figure.number
        self._last_of_unit[figure.found.unit] = at, value, indicator
        if indicator == _PUBLISHED:
            self._published = figure.number
        return False

    def _is_part_of(self, total: _Total, figure: Figure, indicator: str) -> bool:
        """Whether a figure is a part of its indicator's total before it."""
        if figure.found.value > total[1] and figure.found.kind != "percent":
            return False
        text, at, begin = self._context.text, figure.found.start, figure.sentence.start
        opened = text.rfind("其中", begin, at)
        if opened >= 0 and (begin if opened > begin else begin - _FARTHEST_TOTAL) <= total[0] < opened:
            return True
        if _INSIDE.fullmatch(text, total[0], at):
            return True
        if total[0] >= figure.half.start and _HOLDS.match(text, self._context.figures[total[2]].end):
            return True
        if (total[0] >= begin and self._is_new(total[2], figure)) or (
            total[0] >= self._context.breaks.line(at) and self._makes_up(figure, total[1])
        ):
            return True
        if self._has_lists and self._is_listed(total[0], at):
            return True
        if self._has_bodies and self._of_one_body(figure):
            return True
        share, line = _SHARE.match(text, figure.found.end), self._context.breaks.line(at)
        own = _OWN_LEVEL.search(text, max(begin, total[0]), at) or _OWN_LEVEL.search(text, begin, at)
        if own is not None and (line <= total[0] < own.start() or self._is_of_all(total[0], figure)):
            self._own_level = begin, figure.found
            return True
        if share and (
            share["total"]
            or (share["place"] and line <= total[0])
            or (share["next"] and line == self._shared.get(indicator))
        ):
            self._shared[indicator] = line
            return True
        before_half = total[0] < figure.half.start
        return line <= total[0] and (
            self._is_of_some(figure, total[0])
            or (before_half and self._adds_up(total[2], figure.number))
            or (before_half and self._is_of_one_office(figure, total[0]))
        )

    def _goes_on_below(self, figure: Figure) -> bool:
        """Whether a figure before it in its sentence is that of 本级, a part of what all did (市政府本级应诉86件，败诉9件)."""
        text, begin, at = self._context.text, figure.sentence.start, figure.found.start
        if self._own_level is None or self._own_level[0] != begin or text.find("其余", begin, at) >= 0:
            return False  # the rest ends the list of parts, as does what is more than the part
        if figure.found.unit == self._own_level[1].unit and figure.found.value > self._own_level[1].value:
            self._own_level = None
            return False
        return _ALL_LEVELS.search(text, begin, at) is None

    def _is_kind(self, figure: Figure, indicator: str) -> bool:
        """Whether a figure is that of one kind of what the last total of its paragraph counted (从案件类型看，罚款类9件).

        Other indicators of the same family are results (从审理结果看，维持12件), and values of their own.
        """
        if (last := self._last_of_unit.get(figure.found.unit)) is None:
            return False
        at, total, counted = last
        opening = _BREAKDOWN.search(self._context.text, figure.sentence.start, figure.found.start)
        return (
            opening is not None
            and self._context.breaks.line(figure.found.start) <= at < opening.start()
            and total >= figure.found.value
            and (indicator == counted or indicator.partition(".")[0] != counted.partition(".")[0])
        )

    def _is_published(self, figure: Figure, indicator: str) -> bool:
        """Whether it counts one kind of the items that its half sentence says were published (公开信息320条，包括人大建议10件)."""
        if self._published < 0 or indicator.startswith("disclosure."):
            return False
        total = self._context.figures[self._published]
        return (
            total.start >= figure.half.start
            and total.value >= figure.found.value
            and _HOLDS.match(self._context.text, total.end) is not None
        )

    def _makes_up(self, figure: Figure, total: Decimal | Fraction) -> bool:
        """Whether a figure is called a share of a total before it in its line, or the share behind it is that of the total.

        宣传134场，演出占47场; 罚没款6327万元；食品线罚没2418万元，占38%.
        """
        if figure.before.endswith(_MAKES_UP):
            return True
        found, following = self._context.figures, figure.number + 1
        if following == len(found) or found[following].kind != "percent" or not total:
            return False
        if _MAKES.fullmatch(self._context.text, figure.found.end, found[following].start) is None:
            return False
        share = 100 * Fraction(figure.found.value) / Fraction(total)
        return abs(share - Fraction(found[following].value)) < 1

    def _is_new(self, total: int, figure: Figure) -> bool:
        """Whether it tells of those that have come anew to a total of its sentence."""
        whole, found = self._context.figures[total], figure.found
        same = whole.unit == found.unit and found.value < whole.value
        return same and _NEW.search(self._context.text, whole.end, found.start) is not None

    def _is_of_some(self, figure: Figure, total: int) -> bool:
        """Whether it is what one channel, level or group did of what all did (全县共公开836条。门户网站公开512条)."""
        text = self._context.text
        clause = max(text.rfind(mark, figure.half.start, figure.found.start) for mark in "，；。") + 1
        clause = max(clause, figure.half.start)
        if total >= clause:
            return False
        if _BY_LEADERS.match(text, clause) is not None:
            return True
        return _BY_SOME.match(text, clause) is not None and (
            _BY_ALL.search(text, max(0, total - _LONGEST_LEAD), total) is not None or self._names_all(total)
        )

    def _is_by_one_office(self, figure: Figure) -> bool:
        """Whether its half sentence, its sentence or what follows a colon opens with one office or field, and does not turn to all of them."""
        text, at = self._context.text, figure.found.start
        starts = [figure.half.start, figure.sentence.start]
        starts += [colon.end() for colon in _COLON.finditer(text, figure.sentence.start, at)]
        office = next(filter(None, (_OFFICE.match(text, start, at + 1) for start in starts)), None)
        return office is not None and _THEN_ALL.search(text, office.end(), at) is None

    def _is_of_one_office(self, figure: Figure, total: int) -> bool:
        """Whether it is what one office did of what all did (全县罚没款1560万元。市场监管局查办案件512件，罚没206万元)."""
        return _OFFICE.match(self._context.text, figure.half.start) is not None and self._names_all(total)

    def _names_all(self, total: int) -> bool:
        """Whether the sentence of a total says before it that all did it (全县各部门作出处罚决定860件，罚没款360万元)."""
        text = self._context.text
        since = max(self._context.breaks.line(total), total - LONGEST_SENTENCE)
        return _ALL.search(text, max(since, text.rfind("。", since, total) + 1), total) is not None

    def _is_of_all(self, total: int, figure: Figure) -> bool:
        """Whether a total above in the section of a figure is that of all levels (全市新收8745件。 and in the next paragraph 市本级新收3326件)."""
        return (
            self._context.section_at(total) == figure.section
            and _ALL_LEVELS.search(self._context.text, max(0, total - _LONGEST_LEAD), total) is not None
        )

    def _adds_up(self, total: int, part: int) -> bool:
        """Whether the figures of one unit behind a total, one of them the part, add up to it (公开信息96条。网站60条；微信36条)."""
        found = self._context.figures
        rest, parts = Fraction(found[total].value), 0
        for number in range(total + 1, min(len(found), total + _MOST_PARTS)):
            if found[number].unit == found[total].unit:
                rest -= Fraction(found[number].value)
                parts += 1
                if rest <= 0:
                    return rest == 0 and parts > 1 and number >= part
        return False

    def _of_one_body(self, figure: Figure) -> bool:
        """Whether the section is about the cases against one body only."""
        return any(_ONE_BODY in heading for heading in self._context.path(figure.section))

    def _is_listed(self, total: int, at: int) -> bool:
        """Whether a line that ends with 其中 opens, behind a total, the list of its parts that an offset is in."""
        section = self._context.section_at(total)
        if section is None or at >= self._context.nodes[section][2]:
            return False
        behind = self._context.breaks.next_line(total)
        return (
            behind <= at
            and _LIST.search(self._context.text, max(total, behind - _LONGEST_OPENING), behind) is not None
        )


def _is_on_a_place(context: Context) -> bool:
    """Whether a report is on a place with offices: not on one of them, nor on a town, whose figures are all its own."""
    meta = context.metadata
    place, office = reporter(meta.region, meta.issuer, meta.title)
    return bool(place) and not (office or place.endswith(OF_TOWNS) or "我局" in context.text)


def _summands(figure: Figure, context: Context) -> frozenset[int]:
    """Where the figures of its unit before it in its sentence begin in the report, if it is their sum (罚款86万元，没收14万元，合计100万元)."""
    rest, parts = Fraction(figure.found.value), set[int]()
    for number in range(figure.number - 1, max(-1, figure.number - 1 - _MOST_PARTS), -1):
        found = context.figures[number]
        if found.start < figure.sentence.start or rest <= 0:
            break
        if found.unit == figure.found.unit:
            rest -= Fraction(found.value)
            parts.add(context.quantities[number].start)
    return frozenset(parts) if rest == 0 and len(parts) > 1 else frozenset()


def _sums_up(starts: frozenset[int], figure: Figure, indicator: str, found: list[Observation]) -> bool:
    """Whether the sum of figures is that of all of them: without words of its own, or where they are values of no other indicator."""
    others = any(o.indicator != indicator for o in found[-_MOST_PARTS:] if o.start in starts)
    return bool(starts) and (not others or _BARE_SUM.fullmatch(figure.before) is not None)


_BARE_SUM = deferred(r"[，,、；;（(]?(?:以上|上述)?(?:合计|共计|总计|累计)(?:为|达到?|有)?")
_SUMMED = re.compile("总[额数量计]|[合共总]计|全年|累计|(?<!公)共(?:有|达|为)?$")


def drop_parts(total: Observation, figure: Figure, found: list[Observation], context: Context) -> None:
    """Drop what a total behind them in the sentence sums up: 罚款1.1万元，…罚款0.8万元，全年罚款总额1.9万元."""
    if not found or found[-1].sentence is not total.sentence:
        return
    if not (figure.sums or _SUMMED.search(figure.before)):
        return
    meant = (total.indicator, total.status, total.year, total.sentence)
    parts = [o for o in found[-_MOST_PARTS:] if (o.indicator, o.status, o.year, o.sentence) == meant]
    listed = {context.quantities[number].start for number in figure.sums}
    if (
        (len(parts) > 1 and sum(o.value for o in parts) == total.value)
        or (listed and listed.issuperset(o.start for o in parts))
        or _sums_up(_summands(figure, context), figure, total.indicator, found)
    ):
        found[-_MOST_PARTS:] = [o for o in found[-_MOST_PARTS:] if o not in parts]


def drop_some(
    total: Observation, figure: Figure, found: list[Observation], context: Context, *, stock: bool
) -> None:
    """Drop what but some were before the number of all: 新聘公职律师12名，累计86名; 春节期间12场，全年累计120场.

    Args:
        total: The value that may be that of all.
        figure: Its figure.
        found: The values so far.
        context: The report.
        stock: Whether the indicator tells how many there are.
    """
    if not found or figure.number == 0:
        return
    last, number = found[-1], figure.number - 1
    same = (last.indicator, last.status, last.year) == (total.indicator, total.status, total.year)
    if not (same and last.start == context.quantities[number].start and last.value < total.value):
        return
    begin = max(figure.sentence.start, context.figures[number - 1].end if number else 0)
    if told_of_some(context.text[begin : context.figures[number].start], figure.before, stock=stock):
        found.pop()
