"""Groups of rows of numbers that are nearly the same, also when only some rows have changed.

A row joins the first group whose first row it resembles, so that a chain of small changes does not
bring strangers together. It must not know texts, nor what the numbers stand for.
"""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np

from bot.articles.meeting import Meeting, Numbers, Values, made_of, taken

_MOST_AGAIN = 0.02
"""Of all rows; looking at more of them again takes longer than grouping all."""
_MOST_PAIRS = 1 << 21
"""Of a row that is looked at again and one that it meets; more take long to compare."""

Groups = list[tuple[int, ...]]


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
    return [tuple(chosen[group].tolist()) for group in groups if len(group) > 1]


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
    followers: dict[int, set[int]] = defaultdict(set)
    for row in np.flatnonzero((firsts >= 0) & (firsts != np.arange(len(firsts)))).tolist():
        followers[int(firsts[row])].add(row)
    near = _near(values, pointer, again)
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
            loose |= followers.pop(one, set())
            followers[int(firsts[one])].discard(one)
            firsts[one] = row
        followers[row] |= joining
        loose -= joining
        if not near.keys() >= loose:
            # All rows are gone through for these; so for those that may be wanted next, too.
            met = {one for other in waiting for one in near[other]}
            next_ = {follower for one in met for follower in followers.get(one, ())}
            further = _near(values, pointer, _rows((loose | next_) - near.keys()))
            if further is None:
                return near_rows(values, pointer)
            near |= further
        for one in loose:
            firsts[one] = -1
            heapq.heappush(waiting, one)
    found = [(first, *sorted(rows)) for first, rows in followers.items() if rows]
    return sorted(found)


def _kept_firsts(groups: Groups, before: Numbers) -> Numbers:
    """For each row the first row of its group; -1 where the row is new or that one is gone."""
    size = 1 + max([int(before.max(initial=-1)), *(group[-1] for group in groups)])
    firsts = np.arange(size + 1)
    for group in groups:
        firsts[list(group)] = group[0]
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
