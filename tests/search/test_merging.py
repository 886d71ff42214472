"""What is taken over in runs is what is taken place by place."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.search.merging import Merge
from bot.search.ragged import Ragged

lists = st.lists(st.lists(st.integers(0, 100), max_size=4), max_size=8)


def ragged(rows: list[list[int]]) -> Ragged:
    values = np.array([n for row in rows for n in row], dtype=np.int32)
    return Ragged.of(values, [len(row) for row in rows])


@given(lists, lists, st.data())
def test_rows_are_taken_from_both_lists(
    one: list[list[int]], other: list[list[int]], data: st.DataObject
) -> None:
    every = range(len(one) + len(other))
    drawn = st.lists(st.sampled_from(every)) if every else st.just([])
    some = st.lists(st.booleans(), min_size=len(every), max_size=len(every)).map(
        lambda kept: [place for place in every if kept[place]]
    )
    places = data.draw(drawn | some)
    merge = Merge.of(np.array(places, dtype=np.int64), len(one))
    assert merge.places().tolist() == places
    found = merge.ragged(ragged(one), ragged(other))
    expected = [[*one, *other][place] for place in places]
    assert [found[number].tolist() for number in range(len(found))] == expected
    values = ragged(expected).values.tolist()
    inside = merge.inside(ragged(one).pointer, ragged(other).pointer)
    assert inside.flat(ragged(one).values, ragged(other).values).tolist() == values


def test_what_stands_together_is_one_run() -> None:
    merge = Merge.of(np.array([0, 1, 2, 3, 4, 7, 8, 2]), 3)
    assert merge.starts.tolist() == [0, 3, 7, 2]
    assert merge.ends.tolist() == [3, 5, 9, 3]


def test_what_is_new_is_taken_in_its_order() -> None:
    merge = Merge.with_new(np.array([-1, 0, 2, -1, -1, 3]), 4)
    assert merge.places().tolist() == [4, 0, 2, 5, 6, 3]


@given(st.integers(0, 12), st.data())
def test_elements_are_taken_out_and_put_in_where_they_are_wanted(
    size: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.integers(0, size - 1)) if size else st.just(set()))
    at = sorted(data.draw(st.lists(st.integers(0, size), max_size=6)))
    expected = []
    for place in range(size + 1):
        expected += [size + number for number, wanted in enumerate(at) if wanted == place]
        expected += [place] * (place < size and place not in gone)
    places = np.array(sorted(gone), dtype=np.int64), np.array(at, dtype=np.int64)
    assert Merge.edited(size, *places).places().tolist() == expected
