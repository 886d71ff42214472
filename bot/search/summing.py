"""Postings summed to the best passages, with numpy alone.

Every passage that has a word is scored: all postings of a question are added to one row of numbers,
a passage each, whose best are then found column by column. Leaving out passages that cannot be
among the best (MaxScore: rare terms make candidates, frequent ones are looked up in them) was tried
and took 1.3 to 2.2 times as long: the words of a question are too alike in frequency to leave much
out, and to find out how much costs a search. It must not know words or weights.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from math import isqrt
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np

from bot.search.postings import Postings

Best = tuple[list[int], list[float]]
"""Numbers of passages and their scores."""

_float = np.float32
_LEAST = np.finfo(np.float32).tiny
_COLUMNS = 3.3
"""Columns to the root of the number of passages: measured best at 1,000, 10,000 and 100,000."""
_MANY_PASSAGES = 32_768
"""Among so many, the best are looked for in the best columns alone."""


class Part(NamedTuple):
    """Postings from `start` to `end`, whose scores are multiplied by `worth`."""

    start: int
    end: int
    worth: float


class Sums(Protocol):
    """Sums postings. Made once for an index; safe to use from any thread."""

    def top(self, words: Sequence[Sequence[Part]], k: int) -> Best:
        """The best `k` passages above zero, best first, equal ones in order.

        A passage's score is the sum over words of the best of the word's parts there.
        """
        ...


class NumpySums:
    """Sums postings with numpy."""

    def __init__(self, postings: Postings) -> None:
        self._passages, self._scores = postings.passages, postings.scores
        self._room = _Room(postings.size)

    def top(self, words: Sequence[Sequence[Part]], k: int) -> Best:
        """The best `k` passages, as `Sums` says."""
        if k < 1 or not words:
            return [], []
        room = self._room
        sums = room.sums
        passages, scores = [], []
        for word in words:
            if len(word) == 1:
                [(start, end, worth)] = word
                passages.append(self._passages[start:end])
                found = self._scores[start:end]
                scores.append(found if worth == 1.0 else found * _float(worth))
            else:
                self._add_best(word)
        if passages:
            # Together: what a call costs when the processor's caches are cold outweighs copying.
            numbers = np.concatenate(passages, dtype=np.intp)
            np.add.at(sums, numbers, np.concatenate(scores))
        best = _best(room, k)
        sums.fill(0.0)
        return best

    def _add_best(self, word: Sequence[Part]) -> None:
        """Add for each passage the best of a word's parts."""
        room = self._room
        for start, end, worth in word:
            numbers = self._passages[start:end].astype(np.intp)
            np.maximum.at(room.best, numbers, self._scores[start:end] * _float(worth))
        room.sums += room.best
        room.best.fill(0.0)


class _Room(threading.local):
    """Room for a number for each passage, for each thread its own.

    Attributes:
        sums, best: zero wherever no search is at work.
        grid: the sums in rows, so that the best of each column are found by comparing rows.
    """

    def __init__(self, size: int) -> None:
        columns = max(1, int(_COLUMNS * isqrt(size)))
        rows = max(1, -(-size // columns))
        self.sums = np.zeros(rows * columns, dtype=np.float32)
        self.best = np.zeros(rows * columns, dtype=np.float32)
        self.grid = self.sums.reshape(rows, columns)


def _best(room: _Room, k: int) -> Best:
    """The best `k` of the sums."""
    grid = room.grid
    tops = np.maximum.reduce(grid, 0)
    columns = len(tops)
    least = _LEAST
    if k < columns:
        # The k best columns' best are k of the values, so that the k-th best of all is no less.
        # Sorting so few is quicker than np.partition, above all where many are zero.
        least = max(least, np.sort(tops)[columns - k])
    if len(room.sums) < _MANY_PASSAGES:
        numbers = (room.sums >= least).nonzero()[0]
    else:
        chosen = (tops >= least).nonzero()[0]
        rows, places = (grid.take(chosen, 1, None, "clip") >= least).nonzero()
        numbers = rows * columns + chosen[places]
    # Sorting keeps the order of equals, backwards too; that of the numbers is ascending.
    found = sorted(
        zip(room.sums[numbers].tolist(), numbers.tolist(), strict=True),
        key=itemgetter(0),
        reverse=True,
    )[:k]
    return [number for _, number in found], [score for score, _ in found]
