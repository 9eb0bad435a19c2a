"""Clean reports are damaged in every way the web knows, cleaned, and measured against what they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random

import pytest

import damaging
import fazhi_parse as fp
from support import CASES

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
POINT = 0.01
"""What damage may cost in F1."""


@cache
def samples() -> tuple[str, ...]:
    """The sample reports without the damage that some of them have."""
    return tuple(fp.clean(path.read_text("utf-8")).text for path in sorted(EXAMPLES.glob("*.txt")))


@cache
def quantities(text: str) -> Counter[object]:
    """Figures of a text without their places."""
    return Counter((q.value, q.value_max, q.unit, q.kind, q.approx) for q in fp.parse(text).quantities)


@cache
def sections(text: str) -> Counter[object]:
    """Sections of a text without their places, by what stands above them."""
    return Counter(_numbers(fp.parse(text).sections, ()))


def _numbers(sections: Iterable[fp.Section], above: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    for section in sections:
        path = (*above, section.kind, section.number)
        yield path
        yield from _numbers(section.children, path)


@cache
def titles(text: str) -> Counter[object]:
    """Titles of a text's sections."""
    return Counter((s.kind, s.number, s.title) for s in fp.parse(text).walk())


def f1(find: Callable[[str], Counter[object]], pairs: Iterable[tuple[str, str]]) -> float:
    """F1 over pairs of an undamaged and a damaged text."""
    both = total = 0
    for whole, damaged in pairs:
        wanted, found = find(whole), find(damaged)
        both += (wanted & found).total()
        total += wanted.total() + found.total()
    return 2 * both / total


def assert_nothing_lost(pairs: list[tuple[str, str]]) -> None:
    """Quantities, sections and titles are those of the undamaged texts, but for one point."""
    for find in (quantities, sections, titles):
        assert f1(find, pairs) >= 1 - POINT


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
def test_glosses_are_removed(rate: float) -> None:
    """At least 99 of 100 glosses go, and the figures and headings around them are what they were."""
    rng = Random(f"glosses {rate}")
    wholes = [damaging.traditional(text) for text in samples()]
    pairs = [(whole, damaging.with_glosses(whole, rate, rng)) for whole in wholes]
    glosses = left = 0
    for whole, damaged in pairs:
        glosses += (len(damaged) - len(whole)) > 0 and damaged.count("(") - whole.count("(")
        left += fp.clean(damaged).text.count("(") - fp.clean(whole).text.count("(")
    assert left <= 0.01 * glosses
    assert_nothing_lost(pairs)


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("script", ["traditional with glosses", "traditional", "simplified"])
def test_byte_shifts_are_repaired(script: str, rate: float) -> None:
    """At least 85 of 100 shifts are read in step again; only characters whose bytes are lost stay lost."""
    rng = Random(f"shifts {script} {rate}")
    shifts = wrong = 0
    pairs: list[tuple[str, str]] = []
    for sample in samples():
        whole = sample if script == "simplified" else damaging.traditional(sample)
        if "glosses" in script:
            whole = damaging.with_glosses(whole, 0.7, rng)
        damaged, count = damaging.with_byte_shifts(whole, rate, rng)
        shifts += count
        wanted, found = fp.clean(whole).text, fp.clean(damaged).text
        for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
            lost = b - a <= 1 and set(found[c:d]) <= {"\ufffd", "?"}
            wrong += kind != "equal" and not lost
        pairs.append((whole, damaged))
    assert shifts > 10
    assert shifts - wrong >= 0.85 * shifts
    assert f1(quantities, pairs) >= 1 - POINT
    assert f1(sections, pairs) >= 1 - POINT
    if rate < 0.1:  # a title with a lost character is another title
        assert f1(titles, pairs) >= 1 - POINT


@pytest.mark.parametrize("sign", ["?", "\ufffd"])
def test_question_marks_and_single_lost_characters_are_no_byte_shift(sign: str) -> None:
    """Characters that were lost one by one, stray signs and ? for 。 are not read as if bytes were shifted."""
    rng = Random(f"signs {sign}")
    for sample in samples():
        for text in (sample, damaging.traditional(sample)):
            for rate in (0.02, 0.2):
                lost = "".join(sign if rng.random() < rate else char for char in text)
                added = "".join(char + sign if rng.random() < rate else char for char in text)
                for damaged in (lost, added, text.replace("。", sign)):
                    reasons = {edit.reason for edit in fp.clean(damaged).edits}
                    assert not reasons & {"byte_shift", "mojibake"}


@pytest.mark.parametrize("width", [22, 26, 31, 36, 40])
def test_wrapped_lines_are_joined(width: int) -> None:
    """At least 97 of 100 broken lines are whole again, and paragraphs are not joined."""
    breaks = joined = ends = kept = 0
    pairs: list[tuple[str, str]] = []
    for whole in samples():
        damaged = damaging.wrapped(whole, width)
        source = fp.clean(damaged)
        gone = {at for edit in source.edits for at in range(edit.start, edit.end)}
        inserted, own = _line_ends(whole, damaged)
        breaks += len(inserted)
        joined += len(inserted & gone)
        ends += len(own)
        kept += len(own - gone)
        pairs.append((whole, damaged))
    assert joined >= 0.97 * breaks
    assert kept >= 0.97 * ends
    assert_nothing_lost(pairs)


def _line_ends(whole: str, damaged: str) -> tuple[set[int], set[int]]:
    """Where the damaged text has line ends that were put in, and those of the text (but for blank lines)."""
    inserted: set[int] = set()
    own: set[int] = set()
    i = 0
    for at, char in enumerate(damaged):
        if i < len(whole) and char == whole[i]:
            if char == "\n" and whole[i - 1 : i] != "\n" and whole[i + 1 : i + 2] != "\n":
                own.add(at)
            i += 1
        else:
            inserted.add(at)
    return inserted, own


def test_unwrapped_text_is_not_changed() -> None:
    """Clean reports come out as they are: no joins, no other edits, no flags of damage."""
    for text in samples():
        source = fp.clean(text)
        assert source.text == text and source.edits == ()
        assert not [d for d in fp.parse(text).diagnostics if d.code.startswith(("text.", "repaired."))]


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
@pytest.mark.parametrize(
    "damage",
    [
        damaging.with_spaces_in_numbers,
        damaging.full_width,
        damaging.with_invisibles,
        damaging.with_entities,
    ],
)
def test_small_damage_costs_nothing(damage: Callable[[str, float, Random], str], rate: float) -> None:
    """Spaces in numbers, full widths, invisible characters and entities leave figures and headings as they were."""
    rng = Random(f"{damage.__name__} {rate}")
    assert_nothing_lost([(text, damage(text, rate, rng)) for text in samples()])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252")],
)
def test_mojibake_without_loss_is_undone(right: str, wrong: str) -> None:
    """A text read in a wrong encoding that loses nothing is the same text again."""
    for text in samples():
        assert fp.clean(damaging.mojibake(text, right, wrong)).text == text


@pytest.mark.parametrize("wrong", ["gb18030", "cp1252", "gbk"])
def test_mojibake_with_loss_is_flagged(wrong: str) -> None:
    """What is read again has no character that was not there; the rest is flagged, and the text called damaged."""
    for text in samples():
        raw = damaging.mojibake(text, "utf-8", wrong)
        codes = {d.code for d in fp.parse(raw).diagnostics}
        assert "text.damaged" in codes and codes & {"text.unreadable", "text.mojibake"}
        repaired = {e.text for e in fp.clean(raw).edits if e.reason == "mojibake"}
        assert {char for new in repaired for char in new} <= {*text, "\ufffd"}


def test_a_damaged_report_gives_what_the_one_cleaned_by_hand_gives() -> None:
    """Text, figures, sections and observations of an own report and of its damaged copy are the same."""
    whole = (CASES / "cleaning_pair_clean.txt").read_text("utf-8")
    damaged = (CASES / "cleaning_pair_damaged.txt").read_text("utf-8")
    assert fp.clean(damaged).text == whole
    assert f1(quantities, [(whole, damaged)]) == f1(sections, [(whole, damaged)]) == 1
    reports = fp.parse(whole), fp.parse(damaged)
    observations = [
        [(o.indicator, o.value, o.unit, o.status, o.year) for o in r.observations] for r in reports
    ]
    assert observations[0] == observations[1] != []
    for record in (*reports[1].quantities, *reports[1].observations):
        assert damaged[record.start : record.end] == record.text
        assert not re.search(r"[)\s;]$", record.text)


@pytest.mark.parametrize(
    ("length", "end", "told"), [(1000, "", True), (999, "", False), (1000, "\n", False), (1000, "\r", False)]
)
def test_a_long_text_without_line_ends_is_a_doubt(length: int, end: str, told: bool) -> None:
    """Where all line ends are lost headings may be, too; any kind of line end will do."""
    text = "全县严格规范公正文明执法。" * (length // 13 + 1)
    text = text[: length // 2] + end + text[length // 2 : length]
    assert ("text.no_lines" in [doubt.code for doubt in fp.parse(text + "\n").diagnostics]) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The county government reported on its work in 2023 and 14 cases.", {"text.not_chinese"}),
        ("Short note.", set[str]()),
        ("GDP、GPS、APP、PPP、BIM、ETC、WTO、ISO 9001 等系统全部上线运行。", set[str]()),
        ("reports/云岫县2023.txt", {"text.path"}),
        ("见附件：云岫县2023.txt\n一、成效", set[str]()),
        ("附件：云岫县2023年法治政府建设情况报告.docx", set[str]()),
    ],
)
def test_what_is_no_chinese_text_is_a_doubt(text: str, told: set[str]) -> None:
    """A foreign text and the name of a file are told of; words in Latin letters between Chinese ones are none."""
    assert {d.code for d in fp.parse(text).diagnostics} & {"text.not_chinese", "text.path"} == told
