"""The map between raw and clean text, held against a slow model that carries each character's place along."""

from __future__ import annotations

import sys
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.cleaning import PASSES
from fazhi_parse.source import Edit, SourceText, runs

rounds = st.lists(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("xy", max_size=3), st.sampled_from("pq")),
        max_size=6,
    ),
    max_size=4,
)

fragments = st.sampled_from(
    ["監(jiān)管", "執(zhí)", "?，F(xiàn)將", "?Ｈ\ue087泄\ue06f颊?1", "�", "??", "娉曟不鏀垮簻", "æ³•æ²»æ”¿åºœ",
     "&nbsp;", "&amp;lt;p&gt;", "<p>", "</p>", "<style>", "**", "\\.", "１２ ３件", "1 5起", "138 000册", "\u200b",
     "\ufeff", "\r\n", "\n", "　　", "一、", "全县受理案件三十余件，审结二十余件，其中", "。", "(", "XX县", "⼈⺠", "\ue5e5"]
)  # fmt: skip
damaged = st.lists(fragments | st.text(max_size=4), max_size=25).map("".join)


@given(st.text("abcdefgh", max_size=30), rounds)
@example("ab", [[(1, 0, "x", "w")]])
def test_the_map_of_many_rounds_is_that_of_each_character(
    raw: str, made: list[list[tuple[int, int, str, str]]]
) -> None:
    """After any rounds of edits each character knows the raw range that it stands for."""
    source = SourceText.of(raw)
    model = [(char, i, i + 1) for i, char in enumerate(raw)]  # clean character, raw start, raw end
    for changes in made:
        inside = [(start, min(start + size, len(source.text)), new, why) for start, size, new, why in changes]
        source = source.edited(inside)
        here, after = 0, []
        for start, end, new, _ in sorted(inside):
            if here <= start < end:
                after += model[here:start]
                after += [(char, model[start][1], model[end - 1][2]) for char in new]
                here = end
        model = after + model[here:]
    assert source.text == "".join(char for char, _, _ in model)
    for position, (_, start, end) in enumerate(model):
        found = source.to_raw(position, position + 1)
        # an edit of an edit may stand for more than its own characters, never for less
        assert found[0] <= start and end <= found[1]
        if raw[start:end] == source.text[position] and not _touched(source.edits, start):
            assert found == (start, end)
    ranges = [(edit.start, edit.end) for edit in source.edits]
    assert ranges == sorted(ranges)
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))


def _touched(edits: tuple[Edit, ...], offset: int) -> bool:
    return any(edit.start <= offset < edit.end for edit in edits)


@given(damaged, st.sets(st.sampled_from(PASSES)))
def test_any_passes_on_any_damage_keep_the_way_back(raw: str, skip: set[str]) -> None:
    """Offsets are monotone and in range, kept characters map to their own raw ones, edits replay to the clean text."""
    source = fp.clean(raw, skip=skip)
    replayed: list[str] = []
    here = clean = 0
    for edit in source.edits:
        replayed += (source.text[clean : clean + edit.start - here], edit.text)
        for at in range(here, edit.start):
            assert source.to_raw(clean + at - here, clean + at - here + 1) == (at, at + 1)
            assert source.to_clean(at) == clean + at - here
        clean += edit.start - here + len(edit.text)
        here = edit.end
        assert 0 <= edit.start < edit.end <= len(raw)
    assert "".join(replayed) + source.text[clean:] == source.text
    assert len(source.text) - clean == len(raw) - here
    last = (0, 0)
    for position in range(len(source.text)):
        found = source.to_raw(position, position + 1)
        assert last[0] <= found[0] < found[1] <= len(raw) and last[1] <= found[1]
        last = found


@given(damaged, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=20))
def test_ranges_map_in_a_batch_as_one_by_one(raw: str, asked: list[tuple[int, int]]) -> None:
    """to_raw_many is to_raw for each range, whatever their order."""
    source = fp.clean(raw)
    length = len(source.text)
    spans = [(min(start, length), min(start + size, length)) for start, size in asked]
    for order in (spans, sorted(spans)):
        assert source.to_raw_many(order) == [source.to_raw(start, end) for start, end in order]


@given(damaged)
def test_cleaning_twice_changes_little(raw: str) -> None:
    """A clean text parses and cleans again without an error, and is never longer."""
    text = fp.clean(raw).text
    assert len(fp.clean(text).text) <= len(text)


def test_wrong_ranges_are_refused() -> None:
    """A range or offset outside of the text is a mistake of the caller."""
    for source in (SourceText.of("甲乙"), SourceText.of("甲 乙").edited([(1, 2, "", "x")])):
        with pytest.raises(IndexError, match="not a range of the clean text"):
            source.to_raw(0, 3)
        with pytest.raises(IndexError, match="not a range of the clean text"):
            source.to_raw_many([(0, 1), (2, 1)])
        with pytest.raises(IndexError, match="not an offset of the raw text"):
            source.to_clean(4)
        assert source.to_raw(2, 2) == (len(source.raw), len(source.raw))


def test_a_translation_keeps_the_length() -> None:
    """A 1:1 translation of another length cannot share the map."""
    with pytest.raises(ValueError, match="keeps the length"):
        SourceText.of("甲").translated("甲乙")


def test_edits_that_follow_each_other_are_one_repair() -> None:
    """runs() puts neighbours of one reason together, and no others."""
    edits = [Edit(0, 1, "甲", "a"), Edit(1, 2, "乙", "a"), Edit(2, 3, "", "b"), Edit(4, 5, "", "b")]
    assert list(runs(edits)) == [Edit(0, 2, "甲乙", "a"), Edit(2, 3, "", "b"), Edit(4, 5, "", "b")]
    assert repr(SourceText.of("甲")) == "<SourceText: 1 raw characters, 1 clean, 0 edits>"


def test_the_map_is_small() -> None:
    """A text with 3 % edits needs at most one byte of map a character: a mebibyte for a million."""
    text = "全年受理案件" * 80_000
    changes = [(at, at + 1, "", "spaces") for at in range(0, len(text), 33)]
    tracemalloc.start()
    source = SourceText.of(text).edited(changes)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size -= sys.getsizeof(source.text)
    assert size <= len(text)
