"""Whose number a figure is: its own subject, and the one that it shares with others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..deferred import deferred
from ..patterns import edge
from ..prefilter import Guarded
from ..quantities.scan import Found
from .acts import ANY_ACT, LEADING_ACT, act_of, head_of, in_order, stem_of, thing_of, undergone
from .leads import LEADS, LIGHT, MOVED
from .plain import plain
from .shared import AND_SIGNS, PAIR, alike, each_to_each, respective
from .wholes import Partial, of_all, of_some, only_some_time

if TYPE_CHECKING:
    from .figures import Figure

__all__ = ["AGAIN", "REACHES", "LeftOff", "Subjects", "starts_change"]

_TREND = deferred(
    r"(?:[，,、；;\s和与及“”)）]|再|又|进一步|继续|实现|维持在|提高|提升|增加|增长|上升|升|攀升|跃|扩展|扩充|扩容|发展|扩大|扩|壮大|充实|拓展|添置?|配备?|缩减|动态|下降|降低|减少|减|降|增|压缩|压减|缩短|精简|调整|变更|改|到|至|为|达|我[省市县区州旗乡镇局校街]|本[省市县区州旗乡镇局级]|本年度?|今年|(?:本年度?|今年|目前)的|去年底?的?|[上今]?年[初末底]的?|之后|则|而|了|全[省市县区乡镇]|[国省市县区]家?级|(?:19|20)\d\d年度?的?|平均|水平|高于|低于|共|(?<=[，,、；;])实际(?:完成|开展|举办|组织|实施)|实际|上年|由|从)*$"
)
"""What says nothing of its own between two figures: the later one has the subject of the earlier."""
_TOTAL = deferred(r"[，,、；;]?(?:合计|共计|总计|总共|共)\s*")
"""What opens the sum of the figures before: it has no subject of its own, nor that of the last of them."""
_SUM_OF_YEARS = deferred("(?<!全年)(?<!年内)(?<!年来)累计")
_OF_SEVERAL = Guarded("累计|以来|[两三四五六七八九十]年[来间共]|近[两三四五六七八九]年|期间")
_BY_HOW_MUCH = deferred("(?:增加|减少|增长|下降|上升|提[高升]|攀升|回[落升])[，,]$")
"""In 同比增加，12件 the number may be that of the growth."""
_OTHER_YEAR = deferred(r"上年|去年|同期|(?:19|20)\d\d年")
"""What makes the figure in brackets one of the same thing: 6件（上年9件）, but not 6件（3件结案）."""
_FROM_TAIL = deferred(r"(?:由|从|继(?=(?:19|20)\d\d年))[^，,。；;]{0,14}$")
_ON_THE_WAY = deferred(r"[、和](?:(?:19|20)\d\d年度?|上年|去年)的?")
"""What stands between the years that a change came through: 由2021年的12.1%、2022年的9.6%降到7.4%."""
_CHANGES = "提高|提升|上升|升|增长|增加|增|扩大|扩|降低|下降|降|减少|减|压缩|压减|缩短|回落|攀升|跃升"
REACHES = deferred(
    rf"(?!中)[^，。；、\d]{{0,10}}(?:[至到为成]|达到?)(?:了|约|近)?|[^，。；、\d]{{0,6}}，(?:再|又|进一步|稳步|逐步|大幅)*(?:{_CHANGES})[^，。；、\d]{{0,4}}(?:了|约|近)?"
)
"""What stands between the start of a change and its end, whatever the verb: 由82%稳步提升至96%."""
AGAIN = deferred(
    rf"，(?:今年|本年度?|(?:19|20)\d\d年度?)?(?:再|又|进一步|继续)(?:稳步|大幅|逐步)?(?:{_CHANGES})(?:至|到|为)(?:(?:19|20)\d\d年度?的)?"
)
"""What stands between the end of a change and that of the next one: 由82%升至95%，再升至98%."""
_GROWTH = deferred(
    r"[，,]?(?:同比|环比|(?:较|比)[^，,。；;]{1,6}?)?(?:增长|增加|上升|提高|提升|下降|减少|降低|增|降|翻)了?$"
    r"|[与同和较比](?:(?:19|20)\d\d年度?|上年|去年|上一?年度?)(?:同期)?的?$"
)
"""In 案件同比上升15%，达到86件 and 案件较2021年的62件增加24件，达到86件 the subject of the later figure stands before the growth."""
_ANEW = deferred(r"[；;].*|[，,、]?(?:为|给|对|向)")
"""What opens a statement of its own where words follow the figure: 受援人602人，为318名农民工讨薪."""
_OWN_RESULT = deferred(r"[^，,。；;]{0,8}(?:申领|取得|考取|荣获|获得|获评|通过)")
"""So does a result that the figure's own people come to: 培训5场，10名工作人员取得执法证."""
_TAKES_PART = deferred(
    r"[^，,。；;]{0,10}(?:参加|参与)了?[^，,。；;]{0,20}(考试|测试|测验|竞赛|答题|旁听|庭审|宣誓)"
)
"""So does what they take part in, where that is another thing: 培训2次，320名干部参加法律知识测试."""
_CHANGED = deferred(r"[，,、；;](?:动态|及时|依法)?(?:调整|更新|变更|改|精简|压缩|缩减)了?")
"""An act of its own: 提出意见12条，调整2件."""
_ANY_ACT = deferred(ANY_ACT)
_COMMA = deferred(r"[，,；;]\s*(?:另?有|还有|由|全[省市县区乡镇局])?")
_OF_OTHERS = deferred(r"[，,；;](?:为|给|对|向|在|实现|由|使)(?:全[省市县区乡镇])?")
"""What opens what was done to or for others, counted by the same unit: 建成站点16个，为16个乡镇配备律师."""
_MOST_PARTS, _NOUN_LENGTH = 12, 2
_OF_ONE_YEAR = deferred(
    rf"[，,；;（(](?P<only>其中[，：]?|仅|光|单)?(?:仅|光|单)?(?:今年(?:以来)?|本年度?|当年|(?:19|20)\d\d年度?)(?:全年)?(?:就|便|即|已|共)*(?P<act>{ANY_ACT}|[办开搞])?(?:有|达到?|了|约|近|为|共)*"
)
"""What stands between the sum of several years and what one of them brought: 累计640场，仅2023年就有215场."""
_LISTED = deferred(r"[、和及与](?!部门|乡镇|街道|刑事)([^，,。；;、]{2,16})$")
_HEAD = deferred(
    "(?:审查|审核|把关|审签|审定|抽评|抽查|评查|制发|公布|发布|出台|印发|报备|购置|添置|配备)了?"
)
"""An act whose objects are listed: 审查决策16件、合同85件 and 审查16件决策、合同85件 are read as 审查合同, 85件, too."""
_RATE = deferred(r"[^，,。；;：:、]{1,24}率(?=[、和与及][^，,。；;]{1,24}率[^“，]*(?:，[^“率]*)?$)")
"""A rate that is named before others with which it shares its value: 网上可办率、即办率均达98%."""
_PAUSES = "，,；;：:。"
_LABELS = ("：", ":")
_ACTS_ITSELF = deferred(rf"[^，。；、]{{2,}}?(?:{ANY_ACT})[^，。；、]{{2,}}")
"""What stands behind a label and a number that counts who acts: 人民调解：189个调解组织受理纠纷1136件; the label is no act then."""
_JOINT = deferred(r"[、，,和与及 ]{1,2}")
_NOUN = deferred(r"[^，,、；;。（）()\s][^，,、；;。（）()]*[，,、]")
"""A noun behind a number, up to the next number of a list with the numbers first (1个中心、37个工作站)."""


@cache
def _trend_begins() -> frozenset[str]:
    """First characters of what may stand between a figure and the next one of its subject."""
    return (edge(f"^{_TREND.pattern}", last=False) or frozenset()) | {"（", "("}


class LeftOff(NamedTuple):
    """What the next figure's subject depends on."""

    previous: int
    waiting: tuple[str, ...]
    last: tuple[str, ...]
    act: str
    thing: str


class Subjects:
    """The subjects of a text's figures, asked for in the order of the figures."""

    def __init__(self, text: str, figures: Sequence[Found]) -> None:
        self._text = text
        self._figures = figures
        self._previous = -1
        """Number of the figure before."""
        self._before = ""
        """What stands before the figure before."""
        self._started = False
        """Whether the figure before was the start of a change (由82%)."""
        self._listed: list[tuple[int, str]] = []
        """The figures of the sentence so far, each with what stands before it."""
        self._some: tuple[Partial, ...] = ()
        """In which ways the figure before counted but some."""
        self._resumed = False
        """Whether a bracket with figures stands between that one and this one."""
        self._waiting: list[str] = []
        self._last: tuple[str, ...] = ("",)
        self._act = ""
        """What stands before the first figure of a list; of subjects that share 分别, what the first says up to its 的."""
        self._thing = ""
        """What stands behind the figure before where its act stands before it."""
        self._group: list[str] = []
        """The subjects that shared the figures before, each one: 甲、乙分别由9项、6项精简为5项、3项."""

    def left_off(self) -> LeftOff:
        """Where the subjects stand now, for the figure behind a bracket that opens here."""
        return LeftOff(self._previous, tuple(self._waiting), self._last, self._act, self._thing)

    def resume(self, state: LeftOff) -> None:
        """Go on as if what has come since were not there."""
        self._previous, waiting, self._last, self._act, self._thing = state
        self._waiting, self._resumed = list(waiting), True

    def of(self, i: int, figure: Figure, *, follows: bool) -> tuple[tuple[str, ...], bool]:
        """The words before a figure that name its subject, in one or two readings, or one for each of several rates.

        Args:
            i: Number of the figure.
            figure: What stands beside it.
            follows: Whether another figure stands before it in its sentence.

        Returns:
            The readings, and whether they are those of the figure before.
        """
        if follows:
            on_the_way = self._started and _ON_THE_WAY.fullmatch(self._before) is not None
            self._started, self._some = starts_change(self._before) or on_the_way, of_some(self._before)
        thing, self._thing = self._thing, ""
        if thing and figure.before.startswith(thing):  # 62件建议、提案78件 goes on like 建议62件、提案78件
            figure.before = figure.before[len(thing) :]
            if figure.right and figure.before in AND_SIGNS:
                self._previous = i
                return self._another_thing(figure), False
        before, inherited = figure.before, False
        readings: tuple[str, ...]
        subjects = respective(before, self._joint(i)) if "分别" in before else self._paired(i, before)
        if subjects:
            self._waiting, self._group = subjects[1:], subjects
            own = subjects[0]
            # alone, and with the verb that stands behind the last one (中心组、常务会议学法分别…)
            # but not where they are things of one kind (行政许可、行政强制) or rates
            # or share what is said of the first (审查的合同、议题分别…)
            # or where each has an act of its own (收到申请、审结案件), or the first one's is that of all (举办讲座、演出)
            last = subjects[-1]
            acts = LEADING_ACT.match(last) or (LEADING_ACT.match(plain(own)) and not act_of(last))
            shared = (
                len(subjects) > 1 and not acts and last[:2] != own[:2] and own[-1] not in ("率", last[-1])
            )
            self._act = own[: own.rfind("的") + 1] or head_of(own, subjects[1:])
            # what the last one says for all is its end, of whatever length: 学法, 案件受理数
            readings = (own, own + last[-2:], own + last[-6:])
            if self._act or not shared:
                readings = (own, act_of(own) + self._act) if act_of(own) else (own,)
        elif self._waiting and _JOINT.fullmatch(before):
            own = self._waiting.pop(0)
            readings = (own, self._act + own, stem_of(own) + self._act) if self._act else (own,)
        else:
            self._waiting = []
            figure.alike = alike(before) if self._figures[i].kind == "count" else ()
            readings, inherited = self._alone(i, figure, follows=follows)
            if follows and _TOTAL.fullmatch(before):
                figure.summed = self._summed_up(i, figure)
        if not follows:
            self._listed = []
        self._listed.append((i, readings[0]))
        self._last, self._previous, self._resumed = readings, i, False
        self._before = before
        return readings, inherited

    def _another_thing(self, figure: Figure) -> tuple[str, ...]:
        """The readings of the next figure of a list with the things behind the numbers: 审查3份合同、12件文件."""
        self._thing = figure.thing = thing_of(figure.right)
        first = "" if figure.before == "、" else figure.before
        return (first, self._act + figure.thing) if figure.thing else (first,)

    def _alone(self, i: int, figure: Figure, *, follows: bool) -> tuple[tuple[str, ...], bool]:
        """The readings of a figure that shares nothing with those behind it, and whether they are those of the one before."""
        before, inherited = figure.before, False
        bare = LIGHT.stripped(before)
        left = before if bare is before else LEADS.stripped(before)  # what only leads is light, too
        if (unmoved := MOVED.stripped(left)) is not left and not (
            left is before and _BY_HOW_MUCH.search(left)
        ):
            left = bare = LEADS.stripped(unmoved)
        readings: tuple[str, ...] = (left, bare) if bare and bare != left else (left,)
        item = _LISTED.match(left) if follows else None
        turned = undergone(before, figure.right)
        if follows and figure.right and self._own_noun_behind(i, before):
            readings = ("",)
        elif turned:
            readings += (turned,)
        elif follows and (self._started or left[:1] in _trend_begins()) and self._goes_on(i, figure, left):
            readings, inherited = self._of_the_one_before(i, figure, left), True
        else:
            readings = self._in_other_orders(figure, readings, item, follows=follows)
        if left.count("率") > 1 and self._figures[i].kind == "percent":
            readings += tuple(_RATE.findall(left))
        if item is None:
            self._act = left
        if not inherited:
            self._group = []
        return readings, inherited

    def _of_the_one_before(self, i: int, figure: Figure, left: str) -> tuple[str, ...]:
        """The readings of a figure that has the subject of the one before it."""
        if self._as_many(i):
            own, self._waiting = self._group[0], self._group[1:]
            return (own,)
        if subjects := of_all(figure.before, self._some, self._last):
            figure.over_years = _SUM_OF_YEARS.search(figure.before) is not None
            return tuple(dict.fromkeys((*subjects, *self._last, left)))
        ends = [_FROM_TAIL.sub("", reading) for reading in self._last]
        # 从申请到领照由3天压到1天: only 由 opens the change, and its verb may say something
        whole = (*self._last, left) if self._started else ()
        return tuple(dict.fromkeys(_GROWTH.sub("", reading) for reading in (*ends, *whole)))

    def _in_other_orders(
        self, figure: Figure, readings: tuple[str, ...], item: re.Match[str] | None, *, follows: bool
    ) -> tuple[str, ...]:
        """The readings of a figure with those of which act, thing and number stand in another order."""
        left = readings[0]
        labelled = figure.before[-1:] in _LABELS and _ACTS_ITSELF.match(figure.right) is not None
        act = "" if labelled else act_of(left)
        if act and (thing := thing_of(figure.right)):
            self._thing, figure.thing = thing, thing.rstrip("”")
            return (*readings, left + figure.thing)
        if not figure.right and (turned := in_order(left, act, follows=follows)):
            return (left, turned)
        if item is not None and (head := _HEAD.search(self._act)) is not None:
            return (*readings, head[0] + item[1])
        return readings

    def _summed_up(self, i: int, figure: Figure) -> str:
        """What a total counts that is the sum of the figures listed right before it: 处罚案卷60卷、许可案卷25卷，合计85卷."""
        rest, unit = Fraction(self._figures[i].value), self._figures[i].unit
        parts: list[tuple[int, str]] = []
        for number, words in reversed(self._listed[-_MOST_PARTS:]):
            if self._figures[number].kind == "percent":  # 12件（同比增长9%）、85件
                continue
            if self._figures[number].unit != unit or rest <= 0:
                break
            rest -= Fraction(self._figures[number].value)
            parts.append((number, words))
        if rest or len(parts) < PAIR:
            return ""
        first, noun = parts[-1][1], parts[0][1][-2:]
        if len(noun) < _NOUN_LENGTH or not all(words.endswith(noun) for _, words in parts):
            return ""
        figure.sums = tuple(number for number, _ in parts)
        act = LEADING_ACT.match(first)
        return act[1] + noun if act else first

    def _as_many(self, i: int) -> bool:
        """Whether as many figures of one unit follow each other as the group before had subjects."""
        size = len(self._group)
        units = {found.unit for found in self._figures[i : i + size]}
        return size > 1 and len(units) == 1 and self._joint(i) == size

    def _own_noun_behind(self, i: int, before: str) -> bool:
        """Whether nothing stands before a figure but the noun of the one before, as in a list with the numbers first (1个中心、37个工作站)."""
        return (
            self._figures[i].unit == self._figures[self._previous].unit
            and _NOUN.fullmatch(before) is not None
        )

    def _goes_on(self, i: int, figure: Figure, left: str) -> bool:
        """Whether a figure has the subject of the one before it: nothing but 增至, 上年 and the like between them.

        Not in brackets (6件（3件结案）) unless they name another year, and not behind them where it has a
        noun of its own (60人（含新聘8人）、20件案件).
        """
        before, own = figure.before, bool(figure.right.strip())
        same = self._figures[i].unit == self._figures[self._previous].unit
        if same and (
            (self._started and REACHES.fullmatch(before))
            or of_all(before, self._some, self._last)
            or (self._some and only_some_time(before))
            or (
                (year := _OF_ONE_YEAR.fullmatch(before))
                and (year["only"] or _OF_SEVERAL.search(self._before) is not None)
                and (year["act"] or "") in self._last[0]
            )
        ):
            return True
        words = left.lstrip("（(")
        if not same:  # 培训5期，累计1420人次; but 新建6处，累计90处 counts another thing
            words = words.removesuffix("累")
        if not _TREND.fullmatch(words) or _CHANGED.fullmatch(before):
            return False
        if before.startswith(("（", "(")) and not (_OTHER_YEAR.search(before) or self._who_came(i, before)):
            return False
        if (self._resumed or before.startswith(("）", ")"))) and own:
            return False
        if same:  # not the sum of a list, nor what has words of its own behind a comma (优秀15卷，6卷不合格)
            commas = _COMMA.fullmatch(before) or _OF_OTHERS.fullmatch(before)
            return not (_TOTAL.fullmatch(before) or (commas and own))
        return self._goes_on_otherwise(figure, own=own)

    def _who_came(self, i: int, before: str) -> bool:
        """Whether a figure alone in a bracket counts those who came to what the one before counts (培训4期（780人次）)."""
        end = self._figures[i].end
        return (
            before in ("（", "(")
            and self._figures[i].unit == "人次"
            and self._text[end : end + 1] in ("）", ")")
        )

    def _goes_on_otherwise(self, figure: Figure, *, own: bool) -> bool:
        """Not what the people that a figure of another unit counts have come to or taken part in."""
        part = _TAKES_PART.match(figure.right)
        another = part is not None and not any(part[1] in reading for reading in self._last)
        if another or _OWN_RESULT.match(figure.right):
            return False
        if figure.before == "，" and own and self._figures[self._previous].kind == "percent":
            return False
        return not (own and _ANEW.fullmatch(figure.before))

    def _paired(self, i: int, before: str) -> list[str]:
        """Subjects that stand before as many figures of one unit."""
        end = self._figures[i].end
        if self._text[end : end + 1] not in AND_SIGNS or (joint := self._joint(i)) < PAIR:
            return []
        units = {found.unit for found in self._figures[i : i + joint]}
        return each_to_each(before, joint) if len(units) == 1 else []

    def _joint(self, at: int) -> int:
        """How many figures from one on are listed without words between them (72件和95件)."""
        last, found = at, self._figures
        while (
            last + 1 < len(found)
            and last - at < _MOST_PARTS
            and _JOINT.fullmatch(self._text, found[last].end, found[last + 1].start)
        ):
            last += 1
        return last - at + 1


def starts_change(words: str) -> bool:
    """Whether words before a figure end with 由 or 从 and nothing that is done: 由上年的, but not 由司法局审查.

    >>> starts_change("应诉率由上年的"), starts_change("由法律顾问审查政府合同")
    (True, False)
    """
    tail = _FROM_TAIL.search(words)
    return tail is not None and _ANY_ACT.search(tail.group()) is None
