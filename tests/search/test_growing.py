"""What has grown part by part is what was added, one after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.search.growing import Growing, GrowingRows
from bot.search.ragged import Ragged, narrow

numbers = st.lists(st.sampled_from([0, 1, 255, 256, 70_000]), max_size=5)


@given(st.lists(numbers))
def test_numbers_are_kept_in_a_type_that_holds_them(parts: list[list[int]]) -> None:
    growing = Growing()
    for part in parts:
        growing.add(narrow(np.array(part, dtype=np.int64)))
    every = [number for part in parts for number in part]
    assert growing.whole().tolist() == every
    assert growing.whole().dtype == narrow(np.array(every, dtype=np.int64)).dtype


@given(st.lists(st.lists(numbers, max_size=4)))
def test_rows_are_added_after_each_other(parts: list[list[list[int]]]) -> None:
    growing = GrowingRows()
    for rows in parts:
        values = np.array([number for row in rows for number in row], dtype=np.int64)
        growing.add(Ragged.of(values, [len(row) for row in rows]))
    found = growing.whole()
    expected = [row for rows in parts for row in rows]
    assert [found[number].tolist() for number in range(len(found))] == expected
