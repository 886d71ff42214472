"""Rows are grouped as by comparing each with the first row of every group before it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.grouping import Groups, near_rows, near_rows_again
from bot.articles.meeting import NEAR, Meeting, Numbers, Values

Row = frozenset[int]


def grouped(rows: list[Row]) -> list[tuple[int, ...]]:
    """What the groups are, by definition."""
    groups: list[list[int]] = []
    for number, row in enumerate(rows):
        near = (group for group in groups if likeness(row, rows[group[0]]) >= NEAR)
        group = next(near, None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return [tuple(group) for group in groups if len(group) > 1]


def likeness(one: Row, other: Row) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def flat(rows: list[Row]) -> tuple[Values, Numbers]:
    values = [number for row in rows for number in sorted(row)]
    return np.array(values, dtype=np.uint32), np.cumsum([0, *map(len, rows)])


small = st.frozensets(st.integers(0, 7), max_size=6)
pieces = [frozenset(range(at * 100, at * 100 + size)) for at, size in enumerate([1, 3, 9, 9, 8, 2])]
# As texts of sentences that recur: whole runs of numbers in common, and some of a row's own.
made = st.builds(
    lambda parts, own, gone: frozenset().union(*parts, own) - gone,
    st.lists(st.sampled_from(pieces), min_size=1, max_size=5),
    st.frozensets(st.integers(10_000, 10_009), max_size=3),
    st.frozensets(st.integers(0, 600), max_size=20),
)
# Most rows are like one of a few others, so that groups depend on who comes first.
chains = st.builds(
    lambda start, length: frozenset(range(start, start + length)),
    st.integers(0, 30),
    st.integers(8, 14),
)
rows = st.one_of(*(st.lists(kind, max_size=40) for kind in (small, made, chains)))


@given(rows)
def test_groups_are_those_of_the_definition(found: list[Row]) -> None:
    assert near_rows(*flat(found)).each() == grouped(found)


@given(st.integers(0, 2**32 - 1))
def test_no_number_is_special(number: int) -> None:
    found = [frozenset({number}), frozenset(), frozenset({number})]
    assert near_rows(*flat(found)).each() == [(0, 2)]


def test_no_rows_and_empty_rows_have_no_groups() -> None:
    assert near_rows(*flat([])).each() == []
    assert near_rows(*flat([frozenset(), frozenset()])).each() == []
    none = np.zeros(0, dtype=np.int64)
    assert near_rows_again(*flat([]), Groups.of([(0, 1)]), none).each() == []


def drawn(generator: np.random.Generator, count: int, sentences: int) -> list[Row]:
    """Rows as of texts whose sentences recur hundreds of times."""
    lengths = generator.integers(4, 30, sentences)
    chosen = generator.integers(0, sentences, (count, 5))
    return [
        frozenset(100 * one + at for one in row for at in range(lengths[one]))
        | {10_000 + sentences * one + other for one, other in pairwise(row)}
        for row in chosen.tolist()
    ]


def test_sentences_that_recur_everywhere_are_grouped_by_the_definition() -> None:
    for sentences in (4, 8, 20):
        found = drawn(np.random.default_rng(sentences), 400, sentences)
        assert near_rows(*flat(found)).each() == grouped(found)


def test_texts_that_share_a_long_part_do_not_all_meet() -> None:
    found = [frozenset(range(70)) | set(range(1000 * n, 1000 * n + 30)) for n in range(1, 200)]
    values, pointer = flat(found)
    assert list(Meeting(values, pointer, np.arange(len(found))).by_row()) == []


@given(rows, st.data())
def test_rows_are_compared_together_as_pair_by_pair(found: list[Row], data: st.DataObject) -> None:
    meeting = Meeting(*flat(found), np.arange(len(found)))
    asking = [number for number in range(len(found)) if data.draw(st.booleans())]
    asked = np.array(asking, dtype=np.int64)
    met = meeting.met_by(asked, 1 << 20)
    assert met is not None
    pairs = list(zip(*(column.tolist() for column in met), strict=True))
    places = {row: set(at) for row, at in meeting.by_row()}
    assert pairs == [
        (one, other)
        for one in asking
        for other in range(len(found))
        if one != other and places.get(one, set()) & places.get(other, set())
    ]
    assert meeting.alike(*met).tolist() == [meeting.near(*pair) for pair in pairs]
    alike = {pair for pair, near in zip(pairs, meeting.alike(*met), strict=True) if near}
    assert alike == {
        (one, other)
        for one in asking
        for other in range(len(found))
        if one != other and found[one] and likeness(found[one], found[other]) >= NEAR
    }
    assert not pairs or meeting.met_by(asked, len(pairs) - 1) is None


@given(st.data())
def test_groups_found_again_are_those_found_from_the_beginning(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([small, made, chains]))
    old = data.draw(st.lists(kind, max_size=30))
    now: list[Row] = []
    before: list[int] = []
    for number, row in enumerate(old):
        fate = data.draw(st.sampled_from(["kept"] * 5 + ["changed", "removed", "after another"]))
        if fate in ("changed", "after another"):
            now.append(data.draw(kind))
            before.append(-1)
        if fate in ("kept", "after another"):
            now.append(row)
            before.append(number)
    values, pointer = flat(now)
    again = near_rows_again(
        values, pointer, Groups.of(grouped(old)), np.array(before, dtype=np.int64), most_again=1.0
    )
    assert again.each() == grouped(now)


def test_a_first_row_that_is_gone_leaves_its_group_to_be_found_again() -> None:
    old = [frozenset(range(start, start + 10)) for start in (0, 1, 2, 3)]
    assert grouped(old) == [(0, 1), (2, 3)]
    values, pointer = flat(old[1:])
    again = near_rows_again(
        values, pointer, Groups.of(grouped(old)), np.array([1, 2, 3]), most_again=1.0
    )
    assert again.each() == grouped(old[1:]) == [(0, 1)]


def test_recurring_sentences_are_found_again_article_by_article() -> None:
    generator = np.random.default_rng(1)
    found = drawn(generator, 300, 8)
    groups = near_rows(*flat(found))
    for start in range(0, 300, 50):
        found[start : start + 5] = drawn(generator, 5, 8)
        before = np.arange(300)
        before[start : start + 5] = -1
        groups = near_rows_again(*flat(found), groups, before, most_again=1.0)
        assert groups.each() == near_rows(*flat(found)).each()
