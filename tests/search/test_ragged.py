"""Rows of unequal length are cut, taken and joined as lists are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.ragged import Ragged, narrow

lists = st.lists(st.lists(st.integers(0, 100), max_size=5), max_size=8)


def ragged(rows: list[list[int]]) -> Ragged:
    values = np.array([n for row in rows for n in row], dtype=np.int32)
    return Ragged.of(values, [len(row) for row in rows])


def read(found: Ragged) -> list[list[int]]:
    return [found[number].tolist() for number in range(len(found))]


@given(lists)
def test_rows_are_as_they_were_given(rows: list[list[int]]) -> None:
    assert read(ragged(rows)) == rows
    assert ragged(rows).lengths.tolist() == [len(row) for row in rows]


@given(lists.filter(len), st.data())
def test_rows_are_taken_in_any_order(rows: list[list[int]], data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(0, len(rows) - 1)))
    taken = ragged(rows).take(np.array(order, dtype=np.int64))
    assert read(taken) == [rows[number] for number in order]


@given(st.lists(lists, min_size=1, max_size=3))
def test_rows_are_put_together(parts: list[list[list[int]]]) -> None:
    assert read(Ragged.together(list(map(ragged, parts)))) == [
        row for rows in parts for row in rows
    ]


@given(st.lists(st.text()))
def test_texts_come_back(texts: list[str]) -> None:
    rows = Ragged.of_texts(texts)
    assert [rows.text(number) for number in range(len(rows))] == texts


@pytest.mark.parametrize(("most", "kind"), [(255, "uint8"), (256, "uint16"), (70_000, "uint32")])
def test_numbers_take_no_more_room_than_they_need(most: int, kind: str) -> None:
    found = narrow(np.array([0, most]))
    assert found.dtype == kind
    assert found.tolist() == [0, most]
