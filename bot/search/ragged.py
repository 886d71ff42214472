"""Rows of unequal length in two flat arrays, so that they can be saved, mapped and joined whole.

It must not know what the rows hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of numbers.

    Attributes:
        values: all rows, one after the other.
        pointer: where each row begins, and where the last one ends.
    """

    values: Numbers
    pointer: Positions

    def __len__(self) -> int:
        return len(self.pointer) - 1

    def __getitem__(self, number: int) -> Numbers:
        return self.values[self.pointer[number] : self.pointer[number + 1]]

    @property
    def lengths(self) -> Positions:
        """How long each row is."""
        return self.pointer[1:] - self.pointer[:-1]

    def take(self, rows: npt.NDArray[np.int64]) -> Ragged:
        """The rows of those numbers, in that order."""
        where, pointer = self.places(rows)
        return Ragged(self.values[where], pointer)

    def places(self, rows: npt.NDArray[np.int64]) -> tuple[Positions, Positions]:
        """Where the values of those rows stand, and the pointer of rows made of them."""
        starts = self.pointer[rows]
        lengths = self.pointer[rows + 1] - starts
        pointer = np.zeros(len(rows) + 1, dtype=np.int64)
        lengths.cumsum(out=pointer[1:])
        where = (starts - pointer[:-1]).repeat(lengths)
        where += np.arange(len(where))
        return where, pointer

    @staticmethod
    def of(values: Numbers, lengths: Sequence[int] | Positions) -> Ragged:
        """Rows of those lengths, cut from values that stand one after the other."""
        pointer = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(np.asarray(lengths, dtype=np.int64), out=pointer[1:])
        return Ragged(values, pointer)

    @staticmethod
    def of_texts(texts: Iterable[str]) -> Ragged:
        """A row of UTF-8 for each text; what is no character stays as it is."""
        rows = [text.encode("utf-8", "surrogatepass") for text in texts]
        values = np.frombuffer(b"".join(rows), dtype=np.uint8)
        return Ragged.of(values, [len(row) for row in rows])

    def text(self, number: int) -> str:
        """A row of UTF-8 as text."""
        return self[number].tobytes().decode("utf-8", "surrogatepass")

    @staticmethod
    def together(parts: Sequence[Ragged]) -> Ragged:
        """The rows of the first part, then those of the next one, and so on."""
        values = np.concatenate([part.values for part in parts])
        return Ragged.of(values, np.concatenate([part.lengths for part in parts]))


def spread(lengths: Positions) -> tuple[Positions, Positions]:
    """For each element of rows of those lengths its row, and its place there, from 0."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    return rows, np.arange(len(rows)) - (np.cumsum(lengths) - lengths)[rows]


def narrow(values: Numbers) -> Numbers:
    """The same numbers, none negative, in the smallest type that holds them."""
    most = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(most), copy=False)
