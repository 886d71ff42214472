"""Whoever is in a group has all others of it for twins, and nobody else has any."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.twins import Twins


@st.composite
def parted(draw: st.DrawFn) -> list[list[int]]:
    """Numbers in groups, each in one."""
    owners = draw(st.lists(st.integers(0, 5), max_size=30))
    return [[n for n, owner in enumerate(owners) if owner == group] for group in range(6)]


@given(parted())
def test_twins_are_the_others_of_a_group(groups: Sequence[Sequence[int]]) -> None:
    twins = Twins.of(groups)
    expected = {n: tuple(o for o in row if o != n) for row in groups for n in row if len(row) > 1}
    assert dict(twins) == expected
    assert len(twins) == len(expected)


def test_who_is_in_no_group_has_none() -> None:
    twins = Twins.of([[3, 7], [5]])
    assert [twins.get(number, ()) for number in (-1, 0, 3, 5, 7, 8)] == [(), (), (7,), (), (3,), ()]
