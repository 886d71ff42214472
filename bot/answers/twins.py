"""Which passages are nearly identical, by their numbers; nothing is read until one is asked for.

It must not know what makes passages nearly identical, nor the passages themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from bot.search.ragged import Ragged


class Twins(Mapping[int, tuple[int, ...]]):
    """A passage's number to those of its twins; who has none is not in it.

    Args:
        groups: the numbers of passages that are nearly identical, each in one group at most.
    """

    def __init__(self, groups: Ragged) -> None:
        order = np.argsort(groups.values, kind="stable")
        self._groups = groups
        # Numpy would convert all of them to look one up.
        self._numbers = groups.values[order].data
        self._rows = np.repeat(np.arange(len(groups)), groups.lengths)[order]

    @classmethod
    def of(cls, groups: Iterable[Sequence[int]]) -> Twins:
        """The twins of some groups; who is alone in one has none."""
        rows = [group for group in groups if len(group) > 1]
        numbers = [number for row in rows for number in row]
        return cls(Ragged.of(np.array(numbers, dtype=np.int64), [len(row) for row in rows]))

    def __getitem__(self, number: int) -> tuple[int, ...]:
        at = bisect_left(self._numbers, number)
        if at == len(self._numbers) or self._numbers[at] != number:
            raise KeyError(number)
        group = self._groups[int(self._rows[at])].tolist()
        return tuple(other for other in group if other != number)

    def __iter__(self) -> Iterator[int]:
        yield from self._numbers.tolist()

    def __len__(self) -> int:
        return len(self._numbers)
