"""What a new list takes over from two others: what stands together there is copied together.

Of a large knowledge base that has changed a little nearly all is the same, in a few long runs. It
must not know what is in the lists.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.search.ragged import Numbers, Positions, Ragged

Pieces = list[Numbers]
"""A list in pieces of one type, one after the other: it can be written without being held whole."""


@dataclass(frozen=True, slots=True)
class Merge:
    """The places of two lists that a new one is made of, run by run.

    Attributes:
        size: how long the first list is; the places of the second count on from there.
        starts, ends: of each run; none reaches from one list into the other.
    """

    size: int
    starts: Positions
    ends: Positions

    @staticmethod
    def of(places: Positions, size: int) -> Merge:
        """The runs of places, in their order."""
        begins = np.flatnonzero((np.diff(places, prepend=-2) != 1) | (places == size))
        starts = places[begins]
        return Merge(size, starts, starts + np.diff(begins, append=len(places)))

    @staticmethod
    def with_new(before: Positions, size: int) -> Merge:
        """The first list's elements of those places; for each -1 the second list's next one."""
        new = np.flatnonzero(before < 0)
        places = before.copy()
        places[new] = size + np.arange(len(new))
        return Merge.of(places, size)

    @staticmethod
    def edited(size: int, gone: Positions, at: Positions) -> Merge:
        """The first list without some of its elements, and with all of the second list's.

        Args:
            gone: the places of those it is without, ascending.
            at: for each of the second list's before which place it stands, ascending.
        """
        starts = np.sort(np.concatenate([[0], gone + 1, at]))
        ends = np.sort(np.concatenate([gone, at, [size]]))
        new, before = size + np.arange(len(at)), np.searchsorted(starts, at)
        starts, ends = np.insert(starts, before, new), np.insert(ends, before, new + 1)
        runs = starts < ends
        starts, ends = starts[runs], ends[runs]
        # What is put in at one place is one run.
        begins = (starts != np.roll(ends, 1)) | (starts == size)
        return Merge(size, starts[begins], ends[np.roll(begins, -1)])

    def places(self) -> Positions:
        """All places, in their order."""
        lengths = self.ends - self.starts
        begins = np.cumsum(lengths) - lengths
        return np.repeat(self.starts - begins, lengths) + np.arange(int(lengths.sum()))

    def inside(self, one: Positions, other: Positions) -> Merge:
        """The same of the elements of rows that the lists hold, by the rows' pointers."""
        size = int(one[-1])
        pointer = np.concatenate([one, other[1:] + size])
        return Merge(size, pointer[self.starts], pointer[self.ends])

    def pieces(self, one: Numbers, other: Numbers) -> Pieces:
        """The new list of what these two hold, run by run; there is at least one piece."""
        kind, size = np.result_type(one, other), self.size
        one, other = one.astype(kind, copy=False), other.astype(kind, copy=False)
        runs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return [
            one[:0],
            *(
                one[start:end] if start < size else other[start - size : end - size]
                for start, end in runs
            ),
        ]

    def flat(self, one: Numbers, other: Numbers) -> Numbers:
        """The new list of what these two hold."""
        return np.concatenate(self.pieces(one, other))

    def ragged(self, one: Ragged, other: Ragged) -> Ragged:
        """The new list of the rows of these two."""
        values = self.inside(one.pointer, other.pointer).flat(one.values, other.values)
        return Ragged(values, self.pointer(one.pointer, other.pointer))

    def pointer(self, one: Positions, other: Positions) -> Positions:
        """The pointer of the new list of rows that those two point to."""
        return np.append(0, np.cumsum(self.flat(np.diff(one), np.diff(other))))


def joined(values: Numbers | Pieces) -> Numbers:
    """A list whole, in pieces or not."""
    return np.concatenate(values) if isinstance(values, list) else values
