"""Groups of rows of numbers that are nearly the same, also when only some rows have changed.

A row joins the first group whose first row it resembles, so that a chain of small changes does not
bring strangers together. It must not know texts, nor what the numbers stand for.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bot.articles.meeting import Meeting, Numbers, Values, made_of, taken

_MOST_AGAIN = 0.02
"""Of all rows; looking at more of them again takes longer than grouping all."""
_MOST_PAIRS = 1 << 21
"""Of a row that is looked at again and one that it meets; more take long to compare."""


class Groups(NamedTuple):
    """Groups of rows, in the order of their first rows; who stands alone is in none.

    Attributes:
        rows: of all groups, one after the other; each group's ascend.
        pointer: where each group begins, and where the last one ends.
    """

    rows: Numbers
    pointer: Numbers

    @staticmethod
    def of(groups: Iterable[Sequence[int] | Numbers]) -> Groups:
        """Groups that are in their order."""
        held = [np.zeros(0, dtype=np.int64), *(np.array(one, dtype=np.int64) for one in groups)]
        return Groups(np.concatenate(held), np.cumsum([len(one) for one in held]))

    def each(self) -> list[tuple[int, ...]]:
        """Group by group."""
        rows = self.rows.tolist()
        return [tuple(rows[start:end]) for start, end in pairwise(self.pointer.tolist())]


def near_rows(values: Values, pointer: Numbers) -> Groups:
    """Group rows; who stands alone is left out.

    Args:
        values: all rows, one after the other; none has a number twice.
        pointer: where each row begins, and where the last one ends.
    """
    chosen = made_of(_repeated(values), values, pointer)
    meeting = Meeting(values, pointer, chosen)
    groups: list[list[int]] = []
    firsts: list[int] = []
    groups_at: dict[int, list[int]] = defaultdict(list)
    for row, places in meeting.by_row():
        met = sorted({number for place in places for number in groups_at.get(place, ())})
        number = next((n for n in met if meeting.near(row, firsts[n])), None)
        if number is not None:
            groups[number].append(row)
            continue
        for place in places:
            groups_at[place].append(len(groups))
        groups.append([row])
        firsts.append(row)
    return Groups.of(chosen[group] for group in groups if len(group) > 1)


def near_rows_again(
    values: Values,
    pointer: Numbers,
    groups: Groups,
    before: Numbers,
    most_again: float = _MOST_AGAIN,
) -> Groups:
    """The same where some rows are new or gone, without comparing those that are as they were.

    Args:
        values, pointer: all rows as they are now, as in `near_rows`.
        groups: what was found before, by the numbers that rows had then.
        before: for each row its number then, or -1 if it is new; those that are not are in the
            order in which they were.
        most_again: of all rows; where more have to be looked at, all are grouped anew.
    """
    firsts = _kept_firsts(groups, before)
    again = np.flatnonzero(firsts < 0)
    if len(again) > most_again * len(before):
        return near_rows(values, pointer)
    followers = _Followers(firsts)
    near = _near(values, pointer, again) if len(again) else {}
    if near is None:
        return near_rows(values, pointer)
    waiting = again.tolist()
    while waiting:
        row = heapq.heappop(waiting)
        # All rows before this one are as they will be.
        first = next((one for one in near[row] if one < row and firsts[one] == one), row)
        firsts[row] = first
        if first != row:
            followers[first].add(row)
            continue
        # Whoever follows a later row, and would have followed this one, follows it now.
        joining = {one for one in near[row] if firsts[one] > row}
        loose: set[int] = set()
        for one in joining:
            loose |= followers[one]
            followers[one] = set()
            followers[int(firsts[one])].discard(one)
            firsts[one] = row
        followers[row] |= joining
        loose -= joining
        if not near.keys() >= loose:
            # All rows are gone through for these; so for those that may be wanted next, too.
            met = {one for other in waiting for one in near[other]}
            next_ = {follower for one in met for follower in followers[one]}
            further = _near(values, pointer, _rows((loose | next_) - near.keys()))
            if further is None:
                return near_rows(values, pointer)
            near |= further
        for one in loose:
            firsts[one] = -1
            heapq.heappush(waiting, one)
    return _groups(firsts)


class _Followers(dict[int, set[int]]):
    """The rows that follow each first row, looked up when they are first asked for.

    Args:
        firsts: for each row the first row of its group; -1 where that is not known.
    """

    def __init__(self, firsts: Numbers) -> None:
        super().__init__()
        self._firsts, self._rows = _following(firsts)

    def __missing__(self, first: int) -> set[int]:
        begin, end = np.searchsorted(self._firsts, [first, first + 1])
        self[first] = found = set(self._rows[begin:end].tolist())
        return found


def _following(firsts: Numbers) -> tuple[Numbers, Numbers]:
    """The first rows of all rows that follow another one, ascending, and these rows."""
    rows = np.flatnonzero((firsts >= 0) & (firsts != np.arange(len(firsts))))
    order = np.argsort(firsts[rows], kind="stable")
    return firsts[rows[order]], rows[order]


def _groups(firsts: Numbers) -> Groups:
    """The groups, by the first row of that of each row."""
    ordered, rows = _following(firsts)
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    whole = np.insert(rows, starts, ordered[starts])
    return Groups(whole, np.append(starts + np.arange(len(starts)), len(whole)))


def _kept_firsts(groups: Groups, before: Numbers) -> Numbers:
    """For each row the first row of its group; -1 where the row is new or that one is gone."""
    size = 1 + int(max(before.max(initial=-1), groups.rows.max(initial=-1)))
    firsts = np.arange(size + 1)
    firsts[groups.rows] = np.repeat(groups.rows[groups.pointer[:-1]], np.diff(groups.pointer))
    now = np.full(size + 1, -1, dtype=np.int64)
    now[before] = np.arange(len(before))
    now[size] = firsts[size] = -1
    kept: Numbers = now[firsts[before]]
    return kept


def _repeated(values: Values) -> Values:
    """The numbers that several rows have, each once."""
    ordered = np.sort(values)
    same = np.zeros(len(values) + 1, dtype=bool)
    same[1:-1] = ordered[1:] == ordered[:-1]
    repeated: Values = ordered[~same[:-1] & same[1:]]
    return repeated


def _rows(numbers: set[int]) -> Numbers:
    return np.array(sorted(numbers), dtype=np.int64)


def _near(values: Values, pointer: Numbers, rows: Numbers) -> dict[int, list[int]] | None:
    """For each of some rows all others that are nearly the same, ascending; None if too many."""
    wanted, _ = taken(values, pointer, rows)
    chosen = made_of(wanted, values, pointer)
    meeting = Meeting(values, pointer, chosen)
    asked = np.zeros(len(pointer) - 1, dtype=bool)
    asked[rows] = True
    met = meeting.met_by(np.flatnonzero(asked[chosen]), _MOST_PAIRS)
    if met is None:
        return None
    alike = meeting.alike(*met)
    ones, others = (chosen[column[alike]] for column in met)
    begins, ends = (np.searchsorted(ones, rows, side).tolist() for side in ("left", "right"))
    found = others.tolist()
    return {
        row: found[begin:end] for row, begin, end in zip(rows.tolist(), begins, ends, strict=True)
    }
