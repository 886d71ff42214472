"""Where rows of numbers meet that may be nearly the same, so that not each is compared with each.

A row is a set of numbers; rows are nearly the same if they share `NEAR` of what both have. It must
not know texts, nor how rows are grouped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import shake_128

import numpy as np
import numpy.typing as npt

NEAR = 0.7
"""The likeness from which two rows are nearly the same: of two texts two words of fifty differ."""

_FEW = 8
"""So many rows may meet in one block, or in two; where there are more they meet in one more."""

_SEED = b"rows"

_ROWS = 1 << 15
"""Rows that are looked at together."""
_PAIRS = 1 << 14
"""Pairs of rows that are compared together."""

Values = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]

_NONE: Numbers = np.zeros(0, dtype=np.int64)


class Meeting:
    """Rows and the places where they meet. Only rows that share a place can be nearly the same.

    Args:
        values, pointer: all rows, as `near_rows` takes them.
        rows: the numbers of those that may be nearly the same; from here on they are counted anew.
    """

    def __init__(self, values: Values, pointer: Numbers, rows: Numbers) -> None:
        self._found = found = _blocks(*taken(values, pointer, rows))
        self._rows, self._places = _meetings(found)
        self._begins = np.searchsorted(found.rows, np.arange(len(rows) + 1))
        # Python's own numbers, for those who ask pair by pair.
        self._starts = self._begins.tolist()
        self._sizes = found.sizes.tolist()
        self._held: tuple[int, dict[int, int]] = (-1, {})

    def by_row(self) -> Iterator[tuple[int, list[int]]]:
        """Each row that meets others, and where."""
        rows, begins = np.unique(self._rows, return_index=True)
        ends = np.append(begins, len(self._rows))[1:]
        for row, begin, end in zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True):
            yield row, self._places[begin:end].tolist()

    def near(self, one: int, other: int) -> bool:
        """Whether two rows are nearly the same; it is quickest to keep to the same `one`."""
        size, further = self._sizes[one], self._sizes[other]
        if min(size, further) < NEAR * max(size, further):
            return False
        if self._held[0] != one:
            here = slice(self._starts[one], self._starts[one + 1])
            blocks, weights = self._found.blocks[here].tolist(), self._found.weights[here].tolist()
            self._held = one, dict(zip(blocks, weights, strict=True))
        held = self._held[1]
        blocks = self._found.blocks[self._starts[other] : self._starts[other + 1]].tolist()
        shared = sum([held[block] for block in blocks if block in held])
        alike: bool = shared >= NEAR * (size + further - shared)
        return alike

    def met_by(self, rows: Numbers, most: int) -> tuple[Numbers, Numbers] | None:
        """Some rows, ascending, each beside every other row that it meets, ascending.

        Args:
            most: so many meetings are gone through; where there are more, None is told.
        """
        # Not `isin` and `unique`: they load masked arrays of numpy, which takes longer than this.
        asked = np.zeros(len(self._begins), dtype=bool)
        asked[rows] = True
        asking = np.flatnonzero(asked[self._rows])
        order = np.argsort(self._places, kind="stable")
        places, wanted = self._places[order], self._places[asking]
        starts = np.searchsorted(places, wanted)
        often = np.searchsorted(places, wanted, "right") - starts
        if often.sum() > most:
            return None
        by, inside = spread(often)
        size = len(self._sizes)
        pairs = self._rows[asking][by] * size + self._rows[order][starts[by] + inside]
        pairs.sort()
        ones, others = np.divmod(pairs[np.diff(pairs, prepend=-1) != 0], max(size, 1))
        return ones[ones != others], others[ones != others]

    def alike(self, ones: Numbers, others: Numbers) -> npt.NDArray[np.bool_]:
        """What `near` tells of each pair."""
        found, begins = self._found, self._begins
        # Both ascend, so that a row's block is found by bisection.
        held = found.rows * found.count + found.blocks
        shared = np.zeros(len(ones), dtype=np.int64)
        for start in range(0, len(ones), _PAIRS):
            one, other = ones[start : start + _PAIRS], others[start : start + _PAIRS]
            by, inside = spread(begins[other + 1] - begins[other])
            wanted = begins[other][by] + inside
            looked_for = one[by] * found.count + found.blocks[wanted]
            at = np.minimum(np.searchsorted(held, looked_for), len(held) - 1)
            both = held[at] == looked_for
            shared[start : start + _PAIRS] = np.bincount(
                by[both], found.weights[wanted[both]], len(one)
            )
        return shared >= NEAR * (found.sizes[ones] + found.sizes[others] - shared)


def made_of(numbers: Values, values: Values, pointer: Numbers) -> Numbers:
    """The rows of which `NEAR` is among some numbers, and perhaps a few more."""
    # Told apart by their upper bits alone: some rows too many are found, never one too few.
    bits = min(27, max(16, len(numbers).bit_length() + 3))
    rest = np.uint32(32 - bits)
    known = np.zeros(1 << bits, dtype=bool)
    known[numbers >> rest] = True
    sizes = np.diff(pointer)
    shared = np.zeros(len(sizes), dtype=np.int64)
    for start in range(0, len(sizes), _ROWS):
        ends = pointer[start : start + _ROWS + 1]
        found = np.flatnonzero(known[values[ends[0] : ends[-1]] >> rest])
        shared[start : start + _ROWS] = np.diff(np.searchsorted(found, ends - ends[0]))
    return np.flatnonzero((shared >= NEAR * sizes) & (sizes > 0))


def taken(values: Values, pointer: Numbers, rows: Numbers) -> tuple[Values, Numbers]:
    """The values of some rows, and whose each is, counting these rows."""
    sizes = np.diff(pointer)[rows]
    where = np.repeat(pointer[rows] - (np.cumsum(sizes) - sizes), sizes)
    where += np.arange(len(where))
    found = values[where]
    del where  # of a million texts it is a gigabyte
    return found, np.repeat(np.arange(len(rows)), sizes)


def spread(lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Whose each element is of rows of those lengths, and which of its row, from 0."""
    owners = np.repeat(np.arange(len(lengths)), lengths)
    return owners, np.arange(len(owners)) - (np.cumsum(lengths) - lengths)[owners]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Rows in few parts: numbers that stand in exactly the same rows are one block.

    The words of a sentence that many texts hold are such a block. Numbers that stand in one row
    only are left out. Within a row the blocks that fewest rows have come first.

    Attributes:
        rows, blocks, weights: of every row each block, and how many numbers that is.
        before: how many numbers of the row come before it, those of that row alone among them.
        sizes: how many numbers each row has.
        count: how many different blocks there are.
    """

    rows: Numbers
    blocks: Numbers
    weights: Numbers
    before: Numbers
    sizes: Numbers
    count: int


def _blocks(values: Values, owners: Numbers) -> _Blocks:
    """The blocks of rows.

    Args:
        values: of all rows; a row has none twice.
        owners: the row of each, ascending.
    """
    sizes = np.bincount(owners)
    # A number and its row as one number: sorting brings together which rows have it.
    pairs = values.astype(np.uint64)
    pairs <<= np.uint64(32)
    pairs |= owners.view(np.uint64)
    pairs.sort()
    numbers = (pairs >> np.uint64(32)).astype(np.uint32)
    start = np.flatnonzero(np.diff(numbers, prepend=~numbers[:1]))
    del numbers
    often = np.diff(start, append=len(pairs))
    pairs &= np.uint64(0xFFFFFFFF)
    # The same rows have the same sum of such numbers, others once in 10^13 pairs of a million. Not
    # from numpy's generators: loading them takes a tenth of taking in a changed article.
    marks = np.frombuffer(shake_128(_SEED).digest(8 * len(sizes)), dtype=np.uint64)
    sums = np.add.reduceat(marks[pairs], start) if len(start) else marks
    start, often, sums = start[often > 1], often[often > 1], sums[often > 1]
    _, one, weights = np.unique(sums, return_index=True, return_counts=True)
    rarest = np.argsort(often[one], kind="stable")
    one, weights = one[rarest], weights[rarest]
    blocks, inside = spread(often[one])
    rows = pairs[start[one][blocks] + inside].astype(np.int64)
    order = np.argsort(rows, kind="stable")
    rows, blocks = rows[order], blocks[order]
    held = weights[blocks]
    total = np.bincount(rows, held, len(sizes)).astype(np.int64)
    # Counted from the row's end, as what it has alone comes first.
    after = np.cumsum(total)[rows] - np.cumsum(held)
    return _Blocks(rows, blocks, held, sizes[rows] - after - held, sizes, len(one))


def _meetings(found: _Blocks) -> tuple[Numbers, Numbers]:
    """Rows, ascending, and places where they meet; rows that are nearly the same share a place.

    Such rows share so many numbers that they cannot differ in all of the first ones: the first
    block that both have is among each one's first, and so are the second and the third. Rows meet
    in the first one, or in the first two or three where too many would.
    """
    rows, blocks, weights = found.rows, found.blocks, found.weights
    slack = (found.sizes - np.ceil(NEAR * found.sizes).astype(np.int64))[rows]
    smallest = np.full(found.count, np.iinfo(np.int64).max)
    np.minimum.at(smallest, blocks, found.sizes[rows])
    # A scale on which every row has its own stretch and its blocks stand in order.
    stretch = int(found.sizes.max(initial=0)) + 1
    scale = rows * stretch + found.before
    last = np.flatnonzero(found.before <= slack)
    places, shared = blocks[last], weights[last]
    met_rows, met_places, known = [_NONE], [_NONE], 0
    for few in (_FEW, _FEW, len(rows)):
        _, places, often = np.unique(places, return_inverse=True, return_counts=True)
        often = often[places]
        fine = (often > 1) & (often <= few)
        many = often > few
        # Of rows that share nothing further it is nearly all, and the smallest one is small enough.
        union = found.sizes[rows[last]] + smallest[blocks[last]] - shared
        only = many & (shared >= NEAR * union)
        met_rows += [rows[last[fine]], rows[last[only]]]
        met_places += [places[fine] + known, places[only] + known]
        known += len(places)
        last, places, shared = last[many], places[many], shared[many]
        reach = np.minimum(slack[last] + shared, stretch - 1)
        upto = np.searchsorted(scale, rows[last] * stretch + reach, "right")
        by, inside = spread(upto - last - 1)
        last = last[by] + 1 + inside
        places, shared = places[by] * found.count + blocks[last], shared[by] + weights[last]
    all_rows, all_places = np.concatenate(met_rows), np.concatenate(met_places)
    order = np.argsort(all_rows, kind="stable")
    return all_rows[order], all_places[order]
