"""The scan: running text to the places where a quantity stands, with value, range, unit and approximator."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..errors import InvalidNumeral
from ..numerals import parse_numeral, plain, scale_of
from .exclusions import CN, Exclusions, exclusions, masked_at, why_not_counting, why_not_duration
from .numbers import ARABIC, DIGIT, JOIN, SIMPLE_SCALE, Number, read_number, with_range
from .units import Approximators, Units, approximators, units

__all__ = ["Found", "Rejected", "scan"]


class Found(NamedTuple):
    """A quantity in clean offsets."""

    start: int
    end: int
    value: Decimal | Fraction
    value_max: Decimal | Fraction | None
    unit: str
    kind: str
    approx: str


class Rejected(NamedTuple):
    """A number that is no quantity, in clean offsets, and why."""

    start: int
    end: int
    reason: str


_LISTED_UNIT = re.compile(
    r"(?:[、,和及与]"
    + ARABIC
    + r"个)*[、,和及与]"
    + ARABIC
    + r"个(百分点|工作日|自然日|交易日|小时|月)(?!饼|嫂)"
)
"""In 10个、5个工作日 the unit of the first stands behind the last."""
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,3})(?![\d/.月年日页]| *[、,])")
_PARTS = re.compile(rf"(?P<den>[百千万萬十{DIGIT}两{CN}]+)分之(?P<num>{ARABIC}|[{CN}]+(?:点[零〇{DIGIT}]+)?)")
_TENTHS = re.compile(
    rf"(?P<tens>[{DIGIT}两])(?P<next>[{DIGIT}])?成(?P<more>[{DIGIT}])?(?![立为為功员員效果本长長熟套品分绩績交就人家语語都体體因片年])"
)
_HALF = re.compile(
    r"一半|半[数數](?=以上|[，,。；;]|$)|半(?P<unit>年|个月|個月|月(?!\d)|天|小时|小時|个小时|学期|日)|(?<=[过過])半(?![{CN}一-鿿])".replace(
        "{CN}", CN
    )
)
_LIST = re.compile(r" ?[、,，和及与] ?(?=\d)")
_PER = {"百": "%", "千": "‰", "万": "‱", "萬": "‱"}
_ONE_AND_HALF = re.compile(r"半(?=[月年天小个個])|(?<=年)半|(?<=天)半")
_BRACKET_FIRST = re.compile(r"[(（]([一-鿿]{1,2})[)）]([一-鿿])")
_BRACKETED = re.compile(r"[(（][一-鿿]{1,2}[)）]次?")


def scan(text: str) -> tuple[list[Found], list[Rejected]]:
    """All quantities of a clean text in order, and the numbers that are none.

    >>> found, _ = scan("发放资料3.5万余份,举办讲座近百场。")
    >>> [(q.start, q.end, str(q.value), q.unit, q.approx) for q in found]
    [(4, 10, '35000', '份', 'above'), (15, 18, '100', '场', 'below')]
    """
    return _Scanner(text).run()


class _Scanner:
    """One pass over one text; every position is looked at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units: Units = units()
        self.table: Exclusions = exclusions()
        self.words: Approximators = approximators()
        self.found: list[Found] = []
        self.rejected: list[Rejected] = []
        # numbers of a list before its unit (73、12、34个), each with whether it has a 万 of its own
        self.waiting: list[tuple[int, int, Decimal, bool]] = []

    def run(self) -> tuple[list[Found], list[Rejected]]:
        here = 0
        for match in _CANDIDATE.finditer(self.text):
            start = match.start()
            if start < here:
                continue
            if self.text[start - 1 : start] == "\n" and _SPLIT.search(self.text, max(0, start - 40), start):
                self.rejected.append(Rejected(start, match.end(), "rest of a number that a line end splits"))
                here = match.end()
                continue
            mask = masked_at(self.text, start, self.table)
            if mask is not None:
                self.rejected.append(Rejected(*mask))
                here = mask[1]
                continue
            end = self.at(start)
            if end is not None:
                here = end
        return self.found, self.rejected

    def at(self, start: int) -> int | None:
        """Read the quantity or other number that begins here; returns where to go on."""
        text = self.text
        end = self.special(start)
        if end is not None:
            return end
        number = read_number(self.text, start)
        if number is None or (text[start] in _FORMAL and _is_word(text, start, number.end)):
            return None
        number = with_range(self.text, number)
        before = self.before(start, number)
        spaced = number.end + (text[number.end : number.end + 1] == " ")
        written = self.units.match(text, spaced) or self.bracket_first(spaced)
        if written is None:
            return self.without_unit(start, number, before)
        return self.with_unit(start, number, before, spaced, written)

    # -- forms that are not number + unit ------------------------------------------------

    def special(self, start: int) -> int | None:
        """A half, a fraction or tenths; each is tried only where its first character stands."""
        char = self.text[start]
        if char.isascii():
            return self.parts(start)
        if char in "半一":
            end = self.half(start)
            if end is not None:
                return end
        end = self.parts(start)
        return self.tenths(start) if end is None and char in _TENS else end

    def bracket_first(self, at: int) -> str | None:
        """28(场)次: the bracket stands before the unit."""
        match = _BRACKET_FIRST.match(self.text, at)
        return match.group() if match and match.group(2) in self.units.kinds else None

    def half(self, start: int) -> int | None:
        text = self.text
        match = _HALF.match(text, start)
        if match is None:
            return None
        unit = match.group("unit")
        end = match.end()
        if unit:
            if _CIRCLE.match(self.text, end):
                return end
            word, sense = self.word_before(start)
            if start and self.text[start - 1] in _BEFORE_HALF_YEAR and self.text[start - 2 : start] != "超过":
                return end
            after, more = self.after(end, "duration")
            unit = self.simple(unit.lstrip("个個"))
            self.add(
                start - word,
                after,
                Decimal("0.5"),
                None,
                unit,
                "duration",
                sense or more,
                whole=(start, after),
            )
            return after
        after, sense = self.after(end, "ratio")
        if sense and match.group() == "一半":
            self.add(start, after, Decimal(50), None, "%", "percent", sense, whole=(start, after))
        else:
            over = text[start - 1 : start] in ("过", "過")
            sense = "above" if over else sense
            first = start - over
            self.add(first, after, Fraction(1, 2), None, "", "ratio", sense, whole=(first, after))
        return after

    def parts(self, start: int) -> int | None:
        if fraction := _FRACTION.match(self.text, start):
            above, below = int(fraction.group(1)), int(fraction.group(2))
            if 0 < above < below:
                word, approx = self.word_before(start)
                end, sense = self.after(fraction.end(), "ratio")
                self.add(
                    start - word,
                    end,
                    Fraction(above, below),
                    None,
                    "",
                    "ratio",
                    approx or sense,
                    whole=(start, end),
                )
            return fraction.end()
        match = _PARTS.match(self.text, start)
        if match is None:
            return None
        try:
            numerator = parse_numeral(match.group("num"))
            per = _PER.get(match.group("den"))
            denominator = parse_numeral(match.group("den"))
        except InvalidNumeral:
            return match.end()
        word, approx = self.word_before(start)
        end, sense = self.after(match.end(), "percent")
        if per:
            end, high = self.second_part(match, end)
            self.add(start - word, end, numerator, high, per, "percent", approx or sense, whole=(start, end))
        elif denominator and numerator == int(numerator):
            value = Fraction(int(numerator), int(denominator))
            self.add(start - word, end, value, None, "", "ratio", approx or sense, whole=(start, end))
        return end

    def second_part(self, match: re.Match[str], end: int) -> tuple[int, Decimal | None]:
        """百分之八十至百分之九十."""
        join = JOIN.match(self.text, match.end())
        other = _PARTS.match(self.text, join.end()) if join else None
        if other is None or other.group("den") != match.group("den"):
            return end, None
        try:
            return other.end(), parse_numeral(other.group("num"))
        except InvalidNumeral:
            return end, None

    def tenths(self, start: int) -> int | None:
        match = _TENTHS.match(self.text, start)
        if match is None or self.text[start - 1 : start] in tuple(CN):
            return None
        value, high = parse_numeral(match.group("tens")) * 10, None
        if more := match.group("more"):
            value += parse_numeral(more)
        if following := match.group("next"):
            high = parse_numeral(following) * 10
            if more or high != value + 10:
                return None
        word, approx = self.word_before(start)
        end, sense = self.after(match.end(), "percent")
        approx = "about" if high else approx or sense
        self.add(start - word, end, value, high, "%", "percent", approx, whole=(start, end))
        return end

    # -- what stands around it ----------------------------------------------------------

    def word_before(self, start: int) -> tuple[int, str]:
        """Length (with a space) and sense of the approximator that ends where the number begins."""
        text = self.text
        space = text[start - 1 : start] == " " and start > 0
        end = start - 1 if space else start
        if text[end - 1 : end] not in self.words.last_before:
            return 0, ""
        for length in range(min(4, end), 0, -1):
            word = text[end - length : end]
            sense = self.words.before.get(word)
            if sense is None:
                continue
            stop = self.words.not_before.get(word)
            if stop and end > length and text[end - length - 1] in stop:
                return 0, ""
            return length + space, sense
        return 0, ""

    def before(self, start: int, number: Number) -> tuple[int, str] | None:
        length, sense = self.word_before(start)
        if not length:
            return None
        word = self.text[start - length : start].strip()
        # 上 and 过 approximate a bare scale only: 上千名, 过百件
        if word in ("上", "过") and not (number.bare_scale or (number.chinese and number.scaled)):
            return None
        if word == "破" and not number.scaled:
            return None  # 破156起 is a verb, 破10亿元 is not
        return length, sense

    def after(self, end: int, kind: str) -> tuple[int, str]:
        """End and sense of the approximator behind a unit."""
        text = self.text
        at = end + (text[end : end + 1] == " ")
        if text[at : at + 1] not in self.words.first_after:
            return end, ""
        for length in (3, 2, 1):
            word = text[at : at + length]
            sense = self.words.after.get(word) if len(word) == length else None
            if sense is None:
                continue
            if word in ("内", "內") and (
                kind not in ("duration", "length") or text[at + 1 : at + 2] in _INSIDE_WORDS
            ):
                continue
            follows = text[at + 1 : at + 2]
            inexact = kind in ("percent", "duration", "multiple") or not follows.isalnum()
            if word in ("多", "余") and (not inexact or follows in _MANY_WORDS):
                continue
            if word == "前后" and kind != "duration":
                continue
            return at + length, sense
        return end, ""

    def simple(self, unit: str) -> str:
        unit = unit.translate(_UNIT_SIMPLE)
        return self.units.canonical.get(unit, unit)

    # -- putting it together ---------------------------------------------------------------

    def with_unit(
        self, start: int, number: Number, before: tuple[int, str] | None, at: int, written: str
    ) -> int:
        text = self.text
        end = at + len(written)
        if bracket := _BRACKET_FIRST.match(written):
            inner, unit = bracket.groups()
            unit = inner + unit if inner + unit in self.units.kinds else unit
        else:
            unit = written
        if unit in ("个", "個") and (listed := _LISTED_UNIT.match(text, end)):
            unit = "个" + listed.group(1)
        elif unit == "个月" and text[end : end + 1] in ("饼", "嫂"):
            unit, end = "个", end - 1
        kind = self.units.kinds[unit]
        value, high = number.low, number.high
        if (
            kind in ("duration", "multiple")
            and number.high is None
            and (half := _ONE_AND_HALF.match(text, end))
        ):
            value += Decimal("0.5")
            end = half.end()
        elif written in ("个", "個") and text[end : end + 1] == "半":
            longer = "月" if text[end + 1 : end + 2] == "月" else self.units.match(text, end + 1)
            if longer and (longer == "月" or self.units.kinds[longer] == "duration"):
                value += Decimal("0.5")
                unit, kind, end = longer, "duration", end + 1 + len(longer)
        elif (
            written in ("个", "個")
            and text[end : end + 1] in ("多", "余")
            and text[end + 1 : end + 2] in ("月", "小")
        ):
            longer = self.units.match(text, end + 1) or "月"
            unit, kind, end = "个" + longer, "duration", end + 1 + len(longer)
            number = number._replace(approx="above")
        elif (bracket := _BRACKETED.match(text, end)) and kind == "count":
            tail = bracket.group()
            unit, end = self.bracketed(unit, tail), bracket.end()
        unit_end = end
        end, sense = self.after(end, kind)
        reason = self.reason_against(
            start, unit_end, number._replace(low=value), unit, kind, (before or (0, ""))[1] or sense
        )
        if reason:
            self.rejected.append(Rejected(start, end, reason))
            return end
        first = start - before[0] if before else start
        approx = number.approx or (before[1] if before else "") or sense
        if high is not None and not number.approx:
            approx = sense
        value, sign = self.signed(start, value, kind, unit)
        if before is None and sign:
            first = start - 1
        self.flush(start, unit, kind, number)
        self.add(first, end, value, high, self.simple(unit), kind, approx, whole=(start, end))
        return end

    def bracketed(self, unit: str, tail: str) -> str:
        """28(场)次 is 场次; 873个（次）stays as written."""
        inner = tail[1:-2] if tail.endswith("次") and tail[-2] in ")）" else tail[1:-1]
        if tail.endswith("次") and tail[-2] in ")）":
            return unit + "次"
        return f"{unit}（{inner}）" if "（" in tail else f"{unit}({inner})"

    def reason_against(
        self, start: int, end: int, number: Number, unit: str, kind: str, approx: str
    ) -> str | None:
        """Why a number with a unit (which ends at `end`) is no quantity after all."""
        text = self.text
        if text[end : end + 1] == "级":
            return "grade"
        if kind == "duration" and unit in _PERIODS:
            near = text[start - 1 : start] == "近"
            reason = "period" if near else None if approx else why_not_duration(text, start, end)
            if reason or (unit == "年" and not number.chinese and number.low >= 1000):
                return reason or "date"
        if not number.chinese or number.approx:
            return None
        if number.bare_scale and not approx and number.high is None:
            return "set phrase"
        if number.high is not None:
            return "set phrase" if number.high < 10 and unit in ("级", "月", "日") else None
        if approx and not (number.low == 1 and unit == "年"):
            return None
        return why_not_counting(text, start, end, number.low, unit)

    def signed(self, start: int, value: Decimal, kind: str, unit: str) -> tuple[Decimal, bool]:
        """A minus directly before a percentage or a temperature, where no other number stands before it."""
        text = self.text
        if (
            (kind in ("percent", "percentage_point") or unit in ("℃", "摄氏度"))
            and start
            and text[start - 1] in "-－−"
        ):
            prior = text[start - 2 : start - 1]
            if not prior or not (prior.isascii() and (prior.isalnum() or prior in "%-")):
                return -value, True
        return value, False

    def without_unit(self, start: int, number: Number, before: tuple[int, str] | None) -> int:
        """A number alone: the head of a list, a scaled count (人口23.8万), a score; or none."""
        text, end = self.text, number.end
        if _LIST.match(text, end) and not number.chinese and number.high is None and not number.approx:
            marker = text[end : end + 1] == "、" and text[start - 1 : start] in ("", "\n")
            if not marker:
                self.waiting.append((start, end, number.low, number.scaled))
            return end
        self.waiting.clear()
        written = text[start:end]
        scaled = written[-1:] in tuple("万亿萬億") and (not number.chinese or before is not None)
        score = "." in written and not number.chinese and bool(_SCORE.search(text, max(0, start - 8), start))
        if self.text[start - 1 : start] in ("¥", "￥") and start:
            self.add(
                start - 1, end, number.low, number.high, "元", "money", number.approx, whole=(start, end)
            )
            return end
        if not scaled and not score:
            return end
        if text[end : end + 1] in _NOT_AFTER_SCALE or (number.chinese and number.bare_scale and not before):
            return end
        end, sense = self.after(end, "count")
        first = start - before[0] if before else start
        approx = number.approx or (before[1] if before else "") or sense
        self.add(first, end, number.low, number.high, "", "count", approx, whole=(start, end))
        return end

    def flush(self, start: int, unit: str, kind: str, last: Number) -> None:
        """Give the numbers of a list the unit of its last member (and its 万: 12.5、8.3、4.6万元)."""
        digits = _SCALED.match(self.text, start)
        factor = scale_of(digits.group(1).translate(SIMPLE_SCALE)) if digits and last.scaled else Decimal(1)
        if not self.waiting:
            return
        pending, self.waiting = self.waiting, []
        edge = start
        members: list[tuple[int, int, Decimal]] = []
        for first, end, value, scaled in reversed(pending):
            join = _LIST.match(self.text, end)
            if join is None or join.end() != edge:
                break
            members.append((first, end, value if scaled else value * factor))
            edge = first
        for first, end, value in reversed(members):
            self.found.append(Found(first, end, _plain(value), None, self.simple(unit), kind, ""))

    def add(
        self,
        start: int,
        end: int,
        value: Decimal | Fraction,
        high: Decimal | None,
        unit: str,
        kind: str,
        approx: str,
        *,
        whole: tuple[int, int],
    ) -> None:
        if whole[1] > whole[0]:
            self.found.append(
                Found(start, end, _plain(value), None if high is None else _plain(high), unit, kind, approx)
            )


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a single formal numeral is a word of its own: 队伍, 大陆, 开拓."""
    return end - start == 1 and text[end : end + 1] not in tuple("元圆圓角分万佰仟拾")


def _plain(value: Decimal | Fraction) -> Decimal | Fraction:
    return value if isinstance(value, Fraction) else plain(value)


_CANDIDATE = re.compile(rf"\d[\d,.]*|(?:[{CN}几幾]|[数數](?=[十百千万亿萬億]))[{CN}几幾数數]*|半")
_FORMAL = frozenset("參肆伍陆陸拾")
_TENS = frozenset(DIGIT + "两")
_SPLIT = re.compile(r"[一-鿿] ?\d{1,4}[,，]?(?:\s*\n ?[-—–]{1,2} ?\d{1,4} ?[-—–]{1,2} ?)?\s*\n$")
"""A number at a line's end, also before the number of a page."""
_CIRCLE = re.compile(r"[一-鿿]{0,8}圈")
_BEFORE_HALF_YEAR = frozenset("上下前后过大多一二三四五六七八九十个两年月天")
_INSIDE_WORDS = frozenset("容设部涵外在控地陆")
_MANY_WORDS = frozenset("元种样次功年部方层轮名额")
_NOT_AFTER_SCALE = frozenset("能家里物事岁众一向分丈般")
_SCALED = re.compile(r"[\d.,]+ ?([万亿萬億千百]+)")
_PERIODS = frozenset(["年", "周", "天", "季度", "学期", "日"])
_SCORE = re.compile(r"(?:得分|平均分|总分|分数|评分|指数|均分|得|系数|为|达|至|到)[为达到至是:：]? ?$")
_UNIT_SIMPLE = str.maketrans(
    "項個條場戶輛張處臺種類點圓畝裡間級塊檔園館隊學時課節與員縣鄉鎮億萬週",
    "项个条场户辆张处台种类点元亩里间级块档园馆队学时课节与员县乡镇亿万周",
)
