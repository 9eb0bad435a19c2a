"""Sets of ranges answer as a list of their characters would."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_parse.spans import Nested, SpanSet

spans = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=6), spans)
@example([(3, 8)], (8, 9))
@example([(3, 8)], (2, 3))
def test_a_set_of_ranges_is_a_set_of_characters(
    ranges: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    """Ranges that overlap, abut or hold each other are one."""
    characters = {at for start, end in ranges for at in range(start, end)}
    shared = not characters.isdisjoint(range(*asked))
    assert SpanSet(ranges).touches(*asked) == shared
    assert SpanSet(ranges).outside([asked]) == ([] if shared else [asked])


def test_the_innermost_of_nested_ranges_is_found() -> None:
    """… at each offset, and None outside of all."""
    nested = Nested([(1, 9), (2, 5), (3, 4), (6, 8)])
    assert [nested.at(offset) for offset in range(10)] == [None, 0, 1, 2, 1, 0, 3, 3, 0, None]
