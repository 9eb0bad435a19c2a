"""The scan: running text to the places where a quantity stands, with value, range, unit and approximator.

Most figures of a text are *direct*: digits with their unit right behind them, and nothing around them that could
make them part of something else. The grammar's pattern reads those whole. Every other number is read with care.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..deferred import deferred
from ..numerals import evaluate, plain, power_of, shifted
from .found import Found, Rejected, without_titles
from .grammar import Grammar, grammar
from .numbers import BEGINS_JOIN, SIMPLE_SCALE, Number, read_number, with_range
from .special import JOINS, special_form
from .whole_units import INCLUSIVE, OPENING, UNIT_GOES_ON, behind_repeated, bracket_first, whole_unit

__all__ = ["Found", "Rejected", "scan"]

_LIST = deferred(r" ?[、,，和及与] ?(?=\d)(?!(?:19|20)\d\d ?年)")
_BASE = deferred(r"(?:[1-9]0{2,}|1?0?[百千万]|[一二两三五][百千万]|[十百]万)(?:人口?|户|名|件|家|个)")
"""What a rate is given for, behind 每: 每10万人发案12起."""
_SPLIT = deferred(r"[^\W\x00-\x7f] ?\d{1,4}[,，]?(?:\s*\n ?[-—–]{1,2} ?\d{1,4} ?[-—–]{1,2} ?)?\s*\n$")
"""A number at a line's end, also before the number of a page."""
_BEFORE_SPLIT = frozenset("0123456789,，-—–")
_SCALED = deferred(r"[\d.,]+ ?([万亿萬億千百]+)")
_SCORE = deferred(r"(?:得分|平均分|总分|分数|评分|指数|均分|得|系数|为|达|至|到)[为达到至是:：]? ?$")
_FORMAL = frozenset("參肆伍陆陸拾")
_AFTER_FORMAL = frozenset("元圆圓角分万佰仟拾")
_PERIODS = frozenset({"年", "周", "天", "季度", "学期", "日"})
_NOT_AFTER_SCALE = frozenset("能家里物事岁众一向分丈般")
_DEGREES = frozenset({"℃", "摄氏度", "度"})
_SIGNED = frozenset({"percent", "percentage_point", "count"})
_GREAT_SCALE = frozenset("万亿萬億")
_BARE_SCALE = frozenset("百千万亿佰仟萬億")
_SPACED = frozenset(" (（")
_SPECIAL = JOINS | frozenset("分成半折番/／")
"""What stands behind the digits of a special form: 百分之六十, 七成, 三至五成, 一半, 1/3."""


def scan(
    text: str, known: Grammar | None = None, *, alone: bool = False
) -> tuple[list[Found], list[Rejected]]:
    """All quantities of a clean text in order, and the numbers that are none.

    Args:
        text: The clean text.
        known: The tables to go by; the built-in ones by default.
        alone: Whether the text is said to be one quantity, so that a small Chinese number counts.

    >>> found, _ = scan("发放资料3.5万余份,举办讲座近百场。")
    >>> [(q.start, q.end, str(q.value), q.unit, q.approx) for q in found]
    [(4, 10, '35000', '份', 'above'), (15, 18, '100', '场', 'below')]
    """
    scanner = _Scanner(text, known or grammar(), alone)
    scanner.run()
    return without_titles(text, scanner.found, scanner.rejected)


class _Scanner:
    """One pass over one text; every position is looked at once."""

    def __init__(self, text: str, known: Grammar, alone: bool) -> None:
        self.text = text
        self.grammar = known
        self.alone = alone
        self.units = known.units
        self.words = known.words
        self.found: list[Found] = []
        self.rejected: list[Rejected] = []
        # numbers of a list before its unit (73、12、34个), each with whether it has a 万 of its own
        self.waiting: list[tuple[int, int, Decimal, bool]] = []

    def run(self) -> None:
        """Read every place where a number may begin; local names and look-ups of one character, for speed."""
        text, words, waiting = self.text, self.words, self.waiting
        direct, tails = self.grammar.direct, self.grammar.tails
        first_after, last_before, keep = words.first_after, words.last_before | words.links, self.found.append
        new: Any = tuple.__new__  # half the time of calling the class  # pyright: ignore[reportUnknownVariableType]
        here, length = 0, len(text)
        for match in self.grammar.pattern.finditer(text):
            start, end = match.span()
            if start < here:
                continue
            digits, tail, written = match.groups()
            if digits is None:
                here = self.careful(start, end)
                if here == length:
                    break  # a quantity by itself is read, and with it all there is
                continue
            # a direct form: only the words before and behind it are left to read
            power, inside = tails[tail]
            if digits[0] > "9":
                numeral = self.large_numeral(digits, start)
                if numeral is None:
                    here = self.careful(start, start + len(digits))
                    continue
                value = Decimal(int(numeral) * 10**power) if power else numeral
            elif power or (digits[-1] == "0" and "." in digits):
                value = shifted(digits, power)
            else:
                value = Decimal(digits)
            unit, kind = direct[written]
            approx = inside
            if text[end : end + 1] in first_after:
                unit_end = end
                end, after = words.after(text, end, kind)
                approx = approx or after
                here = behind_repeated(text, start, unit_end, end) if after else end
            else:
                here = end
            if start and text[start - 1] in last_before:
                length, before, _ = words.before(text, start, scaled=power > 0)
                start -= length
                approx = inside or before or approx
            if waiting:
                self.flush(match.start(), unit, kind, 0 if inside else power)
            keep(new(Found, (start, end, value, None, unit, kind, approx)))

    def large_numeral(self, numeral: str, start: int) -> Decimal | None:
        """Value of a Chinese numeral that is too large for a set phrase and not in quotes, else None."""
        value = evaluate(numeral)[0]
        if value is None or value <= self.grammar.table.unsafe_to:
            return None
        if (
            numeral[0] in _BARE_SCALE
            or numeral[-1] == "千"
            or (start and self.grammar.table.after_quote(self.text, start))
        ):
            return None
        return value

    def careful(self, start: int, run_end: int) -> int:
        """The quantity or other number that begins at a candidate; returns where to go on."""
        text = self.text
        mask = self.grammar.table.mask(text, start, run_end)
        if mask is None and start and text[start - 1] == "\n" and text[start].isdigit():
            mask = _split(text, start, run_end)
        if mask is not None:
            self.rejected.append(Rejected(*mask))
            return mask[1]
        if text[run_end : run_end + 1] in _SPECIAL or text[start] == "半":
            special = special_form(text, start, run_end, self.grammar)
            if special is not None:
                if special[1] is not None:
                    self.found.append(special[1])
                return special[0]
        number = read_number(text, start, run_end, self.grammar)
        if number is None or (text[start] in _FORMAL and self.is_word(start, number.end)):
            return start
        at = number.end
        # no unit begins like the join of a range
        written = None if text[at : at + 1] in BEGINS_JOIN else self.units.match(text, at)
        follows = at + len(written) if written else at
        if text[follows : follows + 1] in BEGINS_JOIN:
            number, unit = with_range(text, start, number, written, self.grammar)
            if number.end != at:
                at, written = number.end, unit
        if written is not None:
            return self.with_unit(start, number, at, written)
        if text[at : at + 1] in _SPACED:
            at += text.startswith(" ", at)
            if written := self.units.match(text, at) or bracket_first(text, at, self.units):
                return self.with_unit(start, number, at, written)
        return self.without_unit(start, number)

    def is_word(self, start: int, end: int) -> bool:
        """Whether a single formal numeral is a word of its own: 队伍, 大陆, 开拓."""
        return end - start == 1 and self.text[end : end + 1] not in _AFTER_FORMAL

    def before(self, start: int, number: Number) -> tuple[int, str]:
        """Length and sense of the approximator before a number."""
        last = self.text[start - 1 : start]
        if last not in self.words.last_before and last not in self.words.links and last != " ":
            return 0, ""
        bare = number.bare_scale or (number.chinese and number.scaled)
        return self.words.before(self.text, start, scaled=number.scaled, bare=bare)[:2]

    def with_unit(self, start: int, number: Number, at: int, written: str) -> int:
        """A number with its unit: a quantity, or rejected."""
        text, unit, end = self.text, written, at + len(written)
        follows = text[end : end + 1]
        if follows in UNIT_GOES_ON or written[0] in "(（":
            unit, kind, end, number = whole_unit(text, written, end, number, self.units)
            follows = text[end : end + 1]
        else:
            kind = self.units.kinds[unit]
        unit_end, after = end, ""
        if follows in OPENING and (inclusive := INCLUSIVE.match(text, end)):
            end, after = self.words.after(text, inclusive.end(), kind)
        elif follows == " " or follows in self.words.first_after:
            end, after = self.words.after(text, end, kind)
        length, before = self.before(start, number) if start else (0, "")
        if reason := self.reason_against(start, unit_end, number, unit, kind, before, after):
            self.rejected.append(Rejected(start, end, reason))
            return end
        value, first = number.low, start - length
        if start and not length and kind in _SIGNED and (minus := self.minus(start, unit, kind)):
            value, first = -value, start - minus
        unit = self.units.simple(unit)
        if self.waiting:
            scale = _SCALED.match(text, start) if number.scaled else None
            self.flush(start, unit, kind, power_of(scale.group(1).translate(SIMPLE_SCALE)) if scale else 0)
        approx = number.approx or (before if number.high is None else "") or after
        self.found.append(Found(first, end, value, number.high, unit, kind, approx))
        return behind_repeated(text, start, unit_end, end) if after else end

    def reason_against(
        self, start: int, end: int, number: Number, unit: str, kind: str, before: str, after: str
    ) -> str | None:
        """Why a number with a unit (which ends at `end`) is no quantity after all."""
        text, table = self.text, self.grammar.table
        if text.startswith("级", end):
            return "grade"
        if start and text[start - 1] == "每" and kind == "count" and _BASE.fullmatch(text, start, end):
            return "base of a rate"
        if (
            kind == "duration"
            and unit in _PERIODS
            and (reason := self.why_no_time(start, end, number, unit, before, after))
        ):
            return reason
        if not number.chinese or number.approx or self.alone:
            return None
        if number.bare_scale and not (before or (after and kind != "money")) and number.high is None:
            return "set phrase"  # and 亿元以上 says of what size projects are
        if number.high is not None:
            return "set phrase" if number.high < 10 and unit in ("级", "月", "日") else None
        if (before or after) and not (number.low == 1 and unit == "年" and text.startswith("内", end)):
            return None  # 一年内 is a period as 近一年 is, 一年以上 and 不到一年 are not
        return table.why_not_counting(text, start, end, number.low, unit)

    def why_no_time(
        self, start: int, end: int, number: Number, unit: str, before: str, after: str
    ) -> str | None:
        """Why a number of years, days or the like measures no time, or None where it does."""
        text = self.text
        if text.endswith("近", 0, start) or (after and text.startswith("多来", end)):
            return "period"
        if unit == "季度" and not self.alone:
            return "ordinal"  # a number of them are 个季度
        if not (before or after) and (reason := self.grammar.table.why_not_duration(text, start, end)):
            return reason
        return "date" if unit == "年" and not number.chinese and number.low >= 1000 else None

    def minus(self, start: int, unit: str, kind: str) -> int:
        """Length of the minus before a percentage or a temperature, where no other number stands before it."""
        degrees = unit in _DEGREES
        if not (degrees or kind in ("percent", "percentage_point")):
            return 0
        for word in ("零下", "负") if degrees else ("负",):
            if self.text.endswith(word, 0, start):
                return len(word)
        if not start or self.text[start - 1] not in "-－−":
            return 0
        prior = self.text[start - 2] if start > 1 else " "
        return 0 if prior.isascii() and (prior.isalnum() or prior in "%-") else 1

    def without_unit(self, start: int, number: Number) -> int:
        """A number alone: the head of a list, a scaled count (人口23.8万), a score, money; or none."""
        text, end, exact = self.text, number.end, number.high is None and not number.approx
        if exact and not number.chinese and _LIST.match(text, end):
            begins_line = start == 0 or text[start - 1] == "\n"
            if not (begins_line and end - start <= 2 and text.startswith("、", end)):  # no list marker
                self.waiting.append((start, end, number.low, number.scaled))
            return end
        self.waiting.clear()
        if start and text[start - 1] in "¥￥":
            self.found.append(Found(start - 1, end, number.low, number.high, "元", "money", number.approx))
            return end
        length, before = self.before(start, number)
        if self.alone:
            end, after = self.words.after(text, end, "count")
            self.found.append(
                Found(
                    start - length,
                    end,
                    number.low,
                    number.high,
                    "",
                    "count",
                    number.approx or before or after,
                )
            )
            return end
        # 人口23.8万, 超过三万 and 三百多万 are figures, 三万 alone may be a name
        scaled = text[end - 1] in _GREAT_SCALE and (
            not number.chinese or length > 0 or (number.approx == "above" and number.high is None)
        )
        if not scaled and (number.chinese or "." not in text[start:end]):
            return end
        if not scaled and not _SCORE.search(text, max(0, start - 8), start):
            return end
        if text[end : end + 1] in _NOT_AFTER_SCALE:
            return end
        end, after = self.words.after(text, end, "count")
        approx = number.approx or before or after
        self.found.append(Found(start - length, end, number.low, number.high, "", "count", approx))
        return end

    def flush(self, start: int, unit: str, kind: str, power: int) -> None:
        """Give the numbers of a list the unit of its last member, and its scale (12.5、8.3、4.6万元).

        Args:
            start: Where the last member begins.
            unit: Its canonical unit.
            kind: The unit's kind.
            power: Power of ten of the scale right behind its digits.
        """
        edge = start
        members: list[Found] = []
        for first, end, value, scaled in reversed(self.waiting):
            join = _LIST.match(self.text, end)
            if join is None or join.end() != edge:
                break
            if power and not scaled:
                value = plain(value * 10**power)
            members.append(Found(first, end, value, None, unit, kind, ""))
            edge = first
        self.waiting.clear()
        self.found.extend(reversed(members))


def _split(text: str, start: int, run_end: int) -> tuple[int, int, str] | None:
    """The rest of a number that a line end splits."""
    before = max(0, start - 40)
    if text[before:start].rstrip()[-1:] in _BEFORE_SPLIT and _SPLIT.search(text, before, start):
        return start, run_end, "rest of a number that a line end splits"
    return None
