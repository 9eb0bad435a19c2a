"""One value for one indicator, place and year out of all that is said about it; or none, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from sys import intern
from typing import Any

import attrs

from ..printed import Bounds, bounds, overlap
from ..quantities import number_text

__all__ = ["NOT_REPORTED", "STATES", "UNREADABLE", "Cell", "agree", "cell_of", "conflict", "exactness"]

STATES = ("value", "approximate", "zero", "stated_zero", "not_reported", "conflict", "unreadable")
"""What a cell is. The first four have a value: an exact one; one with 余, 近, 约 or a range; the figure 0; a zero in
words (未发生…). The others have none: the report does not say; figures contradict each other; no report could be read."""


@attrs.frozen
class Cell:
    """What is known of one indicator in one place and year."""

    state: str
    """One of `STATES`."""
    value: str | None = None
    """The value, or low end of a range, in exact decimal digits."""
    value_max: str | None = None
    """High end of a range."""
    approx: str = ""
    """above, below, about or empty."""
    text: str = ""
    """The raw characters; those of several figures with + between what was added, | between what contradicts."""
    document: str = ""
    """The input that says so (the first one)."""
    start: int | None = None
    """Raw offset of the first character in it."""
    end: int | None = None
    """Raw offset behind the last character of that figure."""
    note: str = attrs.field(default="", eq=False)
    """Code of the problem that tells what was decided; empty where nothing was."""


NOT_REPORTED = Cell("not_reported")
"""The report was read and does not say."""
UNREADABLE = Cell("unreadable")
"""A report of this place and year could not be read, and no other one says."""

Record = Mapping[str, Any]


def cell_of(records: Sequence[Record], aggregate: str) -> Cell:
    """The cell of one indicator in one report.

    Figures that say the same count once. Parts that the sentence marks (其中, in brackets) are left out. What remains is
    added up where the indicator says sum; one that is clearly the total stands for the others; else there is no value.

    Args:
        records: Rows of the observation table: one indicator, one document, one year.
        aggregate: sum or single.

    >>> row = {"document": "a", "value_max": None, "approx": "", "implied": False, "sentence": "", "unit": "份"}
    >>> several = [row | {"value": v, "text": f"{v}份", "start": s, "end": s + 3} for v, s in (("10", 5), ("30", 50))]
    >>> cell_of(several, "sum").value, cell_of(several, "single").state
    ('40', 'conflict')
    """
    if len(records) == 1:
        return _cell(records[0])
    context = _contexts(records)
    wholes = _without_parts(records, context)
    groups = _without_repetitions(wholes, aggregate, context)
    if groups is None:
        return conflict(wholes, "panel.repeated")
    if len(groups) == 1:
        return attrs.evolve(_cell(groups[0]), note="panel.total" if len(wholes) < len(records) else "")
    if (total := _total(groups, context, added=aggregate == "sum")) is not None:
        return attrs.evolve(_cell(total), note="panel.total")
    if aggregate == "sum" and not _maybe_total(groups, context):
        return _added(groups)
    return conflict(groups, "panel.unclear_total" if aggregate == "sum" else "panel.conflict")


def conflict(records: Sequence[Record], note: str) -> Cell:
    """A cell without a value that says which figures contradict each other."""
    first = records[0]
    text, document = " | ".join(record["text"] for record in records), intern(str(first["document"]))
    return Cell("conflict", None, None, "", text, document, first["start"], first["end"], note)


def _cell(record: Record) -> Cell:
    value, high, approx = str(record["value"]), record["value_max"], record["approx"] or ""
    state = "value"
    if record["implied"]:
        state = "stated_zero"
    elif approx or high is not None:
        state = "approximate"
    elif value.strip("0.") == "":
        state = "zero"
    # a panel holds millions of cells: equal strings are one object
    text, document = intern(str(record["text"])), intern(str(record["document"]))
    return Cell(state, intern(value), high, approx, text, document, record["start"], record["end"])


# -- what is said twice ------------------------------------------------------------------------


def agree(one: Record, other: Record) -> bool:
    """Whether two figures may be the same one: equal, or one is the other rounded or approximated.

    >>> exact = {"value": "35012", "value_max": None, "approx": "", "text": "35012份"}
    >>> agree(exact, {"value": "35000", "value_max": None, "approx": "", "text": "3.5万份"})
    True
    >>> agree(exact, {"value": "35000", "value_max": None, "approx": "below", "text": "近3.5万份"})
    False
    """
    return overlap(_bounds(one), _bounds(other))


def _bounds(record: Record) -> Bounds:
    high = record["value_max"]
    return bounds(
        Fraction(record["value"]),
        None if high is None else Fraction(high),
        record["approx"] or "",
        record["text"],
    )


def _without_repetitions(records: Sequence[Record], aggregate: str, context: _Context) -> list[Record] | None:
    """The figures, those that say the same once; None where that cannot be told."""
    kept: list[Record] = []
    for record in sorted(records, key=exactness):
        same = next((other for other in kept if _is_said_again(other, record, aggregate)), None)
        if same is None or (aggregate == "sum" and _another(same, record, context)):
            kept.append(record)
        elif aggregate == "sum" and _digits(same) < _TELLING:
            return None
    return sorted(kept, key=lambda record: record["start"])


def _is_said_again(one: Record, other: Record, aggregate: str) -> bool:
    """Whether two figures may be one; activities that are added up only where they also come near each other."""
    a, b = Fraction(one["value"]), Fraction(other["value"])
    return agree(one, other) and (aggregate != "sum" or abs(a - b) <= max(abs(a), abs(b)) / 10)


def exactness(record: Record) -> tuple[bool, bool, Fraction, str, int]:
    """Exact figures first: a rounded one agrees with them, not they with each other through it."""
    low, high = _bounds(record)
    in_words = bool(record.get("implied")) or record.get("state") == "stated_zero"
    return in_words, high is None, (high or 0) - low, record["document"], record["start"]


_TELLING = 3
"""Digits of a figure that two activities will hardly share by chance."""


def _digits(record: Record) -> int:
    return len(record["value"].replace(".", "").strip("0"))


def _another(one: Record, other: Record, context: _Context) -> bool:
    """Whether equal figures count two things: they stand apart in one sentence (A 1场、B 1场), or only look alike."""
    if one["value"] != other["value"] and _digits(one) < _TELLING:
        return True
    return one["start"] != other["start"] and _in_one_sentence(one, other, context)


# -- totals and parts --------------------------------------------------------------------------

_PART = re.compile(r"(?:其中|包括|含)[^；;]*$")
_TOTAL = re.compile(r"(?:共|累计|合计|总计)[^，,；;。：:、]{0,12}$")
_YEAR_LONG = re.compile(
    r"全[省市县区州旗盟镇乡局](?=[^，,；;]{0,6}(?:共|累计))|全年|年内|一年来|今年以来|本年|(?:19|20)\d{2}年(?!\d*月)"
)


_Context = Mapping[int, tuple[str, int]]
"""Sentence of each figure, and where in it the figure stands; by its start."""


def _contexts(records: Sequence[Record]) -> _Context:
    result: dict[int, tuple[str, int]] = {}
    for inside in _by_sentence(records):
        sentence = inside[0]["sentence"] or ""
        at = sentence.find(inside[0]["text"])
        # the same words may stand in it before: all figures of the sentence must fit
        while at >= 0 and not all(
            sentence.startswith(r["text"], at + r["start"] - inside[0]["start"]) for r in inside
        ):
            at = sentence.find(inside[0]["text"], at + 1)
        for record in inside if at >= 0 else ():
            result[record["start"]] = sentence, at + record["start"] - inside[0]["start"]
    return result


def _by_sentence(records: Sequence[Record]) -> Iterator[list[Record]]:
    """The figures of each sentence; one that the report says again word for word is another one."""
    latest: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record["start"]):
        sentence = record["sentence"] or ""
        inside = latest.get(sentence)
        if inside is not None and record["start"] - inside[0]["start"] < len(sentence):
            inside.append(record)
            continue
        if inside is not None:
            yield inside
        latest[sentence] = [record]
    yield from latest.values()


def _in_one_sentence(one: Record, other: Record, context: _Context) -> bool:
    (sentence, at), (another, there) = (context.get(r["start"], ("", r["start"])) for r in (one, other))
    return sentence == another != "" and one["start"] - at == other["start"] - there


def _without_parts(records: Sequence[Record], context: _Context) -> list[Record]:
    """The figures without those that the sentence tells to be parts of another one."""
    ordered = sorted(records, key=lambda record: (record["start"], record["end"]))
    kept: list[Record] = []
    for record in ordered:
        if not any(_is_part(record, whole, context) for whole in kept):
            kept.append(record)
    return kept


def _is_part(record: Record, whole: Record, context: _Context) -> bool:
    if not _in_one_sentence(record, whole, context) or Fraction(record["value"]) > Fraction(whole["value"]):
        return False
    (sentence, at), (_, from_) = context[record["start"]], context[whole["start"]]
    between = sentence[from_ + len(whole["text"]) : at]
    inside = between.count("（") + between.count("(") > between.count("）") + between.count(")")
    return inside or _PART.search(between) is not None


def _total(records: Sequence[Record], context: _Context, *, added: bool) -> Record | None:
    """The figure that is clearly the total of the others: of the whole year, or their exact sum."""
    if any(record["unit"] in ("%", "‰") for record in records):
        return None
    largest = max(records, key=lambda record: Fraction(record["value"]))
    rest = sum(Fraction(record["value"]) for record in records if record is not largest)
    value = Fraction(largest["value"])
    sentence, at = context.get(largest["start"], ("", 0))
    if len(records) > 2 and value == rest and not (added and _by_chance(records, largest, context)):
        return largest
    return largest if value >= rest and _says_total(sentence, at, _YEAR_LONG) else None


def _by_chance(records: Sequence[Record], largest: Record, context: _Context) -> bool:
    """Whether a figure that is the sum of the others may be one beside them: 2, 3 and 5 events."""
    sentence, at = context.get(largest["start"], ("", 0))
    if _digits(largest) >= _TELLING or _says_total(sentence, at) or _YEAR_LONG.search(sentence[:at]):
        return False
    first, *parts = sorted(records, key=lambda record: record["start"])
    return first is not largest or not all(_in_one_sentence(parts[0], part, context) for part in parts)


def _maybe_total(records: Sequence[Record], context: _Context) -> bool:
    """Whether a figure is said to be a total, of what is not said, or to be the year's, and is no less than the others."""
    largest = max(records, key=lambda record: Fraction(record["value"]))
    rest = [record for record in records if record is not largest]
    sentence, at = context.get(largest["start"], ("", 0))
    if all(_in_one_sentence(record, largest, context) for record in rest):
        return False  # told one after the other, without 其中: each is a thing of its own
    value, others = Fraction(largest["value"]), sum(Fraction(record["value"]) for record in rest)
    if len(rest) > 1 and value == others:
        return True
    return value >= others and (_says_total(sentence, at) or "全年" in sentence[:at])


def _says_total(sentence: str, at: int, also: re.Pattern[str] | None = None) -> bool:
    before = sentence[:at]
    return _TOTAL.search(before) is not None and (also is None or also.search(before) is not None)


def _added(records: Sequence[Record]) -> Cell:
    """The sum, with its bounds where one of the figures is a range."""
    low = sum((Fraction(record["value"]) for record in records), Fraction(0))
    ranges = any(record["value_max"] is not None for record in records)
    high = sum((Fraction(record["value_max"] or record["value"]) for record in records), Fraction(0))
    signs = {record["approx"] for record in records} - {"", None}
    approx = signs.pop() if len(signs) == 1 else "about" if signs else ""
    first = records[0]
    return attrs.evolve(
        _cell({**first, "approx": approx, "value": _text(low), "value_max": _text(high) if ranges else None}),
        text=" + ".join(record["text"] for record in records),
        note="panel.added",
    )


def _text(number: Fraction) -> str:
    """A sum in decimal digits where it has finitely many."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return number_text(number)
    places = number.denominator.bit_length()  # enough for a multiple of it
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
