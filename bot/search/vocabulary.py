"""Terms and their ids, as arrays that can be saved and mapped: nothing is read to open them.

A term is found by bisection over the checksums of all terms. The id of one that is gone stays free,
as counting all anew would change what holds them everywhere. It must not know what a term means.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.search.ragged import Numbers, Ragged

_KEPT = 4096
"""Terms that stay known: one question asks for each several times, and the next one for many."""


class Vocabulary(Mapping[str, int]):
    """Every term of an index with its id, which is its place in the order given.

    Args:
        terms: in UTF-8, a row for each id, also for those that are free.
        sums: the CRC-32 of every term, in ascending order.
        order: the id of the term of each of them.
    """

    def __init__(
        self, terms: Ragged, sums: npt.NDArray[np.uint32], order: npt.NDArray[np.int32]
    ) -> None:
        self.terms, self.sums, self.order = terms, sums, order
        # Views give Python's own numbers, which bisection and slices want.
        self._table = _Table(
            *(np.ascontiguousarray(one).data for one in (terms.values, terms.pointer, sums, order))
        )
        self._find = lru_cache(_KEPT)(self._table.find)

    @classmethod
    def of(cls, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary of terms that all differ."""
        rows = Ragged.of_texts(terms)
        return _sorted(rows, _sums(rows), np.arange(len(rows), dtype=np.int32))

    @staticmethod
    def restored(arrays: Mapping[str, Numbers]) -> Vocabulary:
        """What those arrays hold."""
        letters = Ragged(arrays["letters"], arrays["letter_pointer"])
        return Vocabulary(letters, arrays["sums"], arrays["order"])

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            "letters": self.terms.values,
            "letter_pointer": self.terms.pointer,
            "sums": self.sums,
            "order": self.order,
        }

    def with_terms(self, terms: Sequence[str]) -> Vocabulary:
        """The same and further terms after it."""
        if not terms:
            return self
        rows = Ragged.of_texts(terms)
        ids = np.arange(self.size, self.size + len(rows), dtype=np.int32)
        return _sorted(
            Ragged.together([self.terms, rows]),
            np.concatenate([self.sums, _sums(rows)]),
            np.concatenate([self.order, ids]),
        )

    def without(self, ids: Numbers) -> Vocabulary:
        """The same without the terms of some ids, which are free then."""
        left = np.ones(self.size, dtype=bool)
        left[ids] = False
        stays = left[self.order]
        return Vocabulary(self.terms, self.sums[stays], self.order[stays])

    def only(self, ids: npt.NDArray[np.int64]) -> Vocabulary:
        """The terms of some ids, none of which is free, and which are counted anew."""
        sums = np.zeros(self.size, dtype=np.uint32)
        sums[self.order] = self.sums
        return _sorted(self.terms.take(ids), sums[ids], np.arange(len(ids), dtype=np.int32))

    @property
    def size(self) -> int:
        """How many ids there are, with those that are free."""
        return len(self.terms)

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[str]:
        letters, ends = self.terms.values.tobytes(), self.terms.pointer.tolist()
        for number in np.sort(self.order).tolist():
            yield letters[ends[number] : ends[number + 1]].decode("utf-8", "surrogatepass")

    def __getitem__(self, term: str) -> int:
        found = self._find(term)
        if found is None:
            raise KeyError(term)
        return found

    def get(self, term: str, default: Any = None) -> Any:
        """The id of a term, or another value if there is no such term."""
        # Mapping's own raises and catches an error for each term that is not there.
        found = self._find(term)
        return default if found is None else found

    def ids(self, terms: Sequence[str]) -> list[int]:
        """The ids of many terms, -1 for what is no term, in less time than one by one."""
        rows = [term.encode("utf-8", "surrogatepass") for term in terms]
        sums = [crc32(row) for row in rows]
        places = np.searchsorted(self.sums, np.array(sums, dtype=np.uint32)).tolist()
        found = map(self._table.among, rows, sums, places)
        return [-1 if one is None else one for one in found]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._find(term) is not None


@dataclass(frozen=True, slots=True)
class _Table:
    """Where terms are found; apart from what keeps them, so that neither holds the other."""

    letters: memoryview
    pointer: memoryview
    sums: memoryview
    order: memoryview

    def find(self, term: str) -> int | None:
        written = term.encode("utf-8", "surrogatepass")
        sum_ = crc32(written)
        return self.among(written, sum_, bisect_left(self.sums, sum_))

    def among(self, written: bytes, sum_: int, at: int) -> int | None:
        """The id of a term, if it is among those of its checksum, the first of which is told."""
        sums = self.sums
        while at < len(sums) and sums[at] == sum_:
            found: int = self.order[at]
            if self.letters[self.pointer[found] : self.pointer[found + 1]] == written:
                return found
            at += 1
        return None


def _sums(rows: Ragged) -> npt.NDArray[np.uint32]:
    letters, ends = rows.values.tobytes(), rows.pointer.tolist()
    sums = [crc32(letters[start:end]) for start, end in pairwise(ends)]
    return np.array(sums, dtype=np.uint32)


def _sorted(rows: Ragged, sums: npt.NDArray[np.uint32], ids: npt.NDArray[np.int32]) -> Vocabulary:
    order = np.argsort(sums, kind="stable")
    return Vocabulary(rows, sums[order], ids[order])
