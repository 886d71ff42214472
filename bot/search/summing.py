"""Postings summed to the best passages, with numpy alone.

Every passage that has a word is scored: all postings of a question are added to one row of numbers,
a passage each, whose best are then found column by column. Among few passages each word is such a
row itself, as what a call costs outweighs adding zeros. Leaving out passages that cannot be
among the best (MaxScore: rare terms make candidates, frequent ones are looked up in them) was tried
and took 1.3 to 2.2 times as long: the words of a question are too alike in frequency to leave much
out, and to find out how much costs a search. It must not know words or weights.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from math import isqrt
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from bot.search.postings import Postings

Best = tuple[Sequence[int], Sequence[float]]
"""Numbers of passages and their scores."""

_LEAST = float(np.finfo(np.float32).tiny)
_COLUMNS = 3.3
"""Columns to the root of the number of passages: measured best at 1,000, 10,000 and 100,000."""
_FEW_PASSAGES = 2_048
"""Among so few, a word is a row: a quarter less time at 1,000, none at 10,000. Some thousand words
that stay known then take up to 30 MB."""
_MANY_PASSAGES = 32_768
"""Among so many, the best are looked for in the best columns alone."""


class Part(NamedTuple):
    """Postings from `start` to `end`, whose scores are multiplied by `worth`."""

    start: int
    end: int
    worth: float


Word = TypeVar("Word")


class Sums(Protocol[Word]):
    """Sums postings. Made once for an index; safe to use from any thread."""

    def word(self, parts: Sequence[Part]) -> Word:
        """A word, from its parts: what stays the same for all questions that have it.

        One without parts is in no passage.
        """
        ...

    def top(self, words: Sequence[Word], k: int) -> Best:
        """The best `k` passages above zero, best first, equal ones in order.

        A passage's score is the sum over words of the best of the word's parts there.
        """
        ...


def numpy_sums(postings: Postings) -> Sums[Any]:
    """What sums these postings most quickly with numpy."""
    return RowSums(postings) if postings.size <= _FEW_PASSAGES else PostingSums(postings)


class RowSums:
    """Sums rows of scores; a word is a row, as long as `_Room.sums`."""

    def __init__(self, postings: Postings) -> None:
        self._passages, self._scores = postings.passages, postings.scores
        self._room = _Room(postings.size)

    def word(self, parts: Sequence[Part]) -> npt.NDArray[np.float32]:
        """A word, as `Sums` says."""
        row = np.zeros_like(self._room.sums)
        for start, end, worth in parts:
            scores = self._scores[start:end] * np.float32(worth)
            np.maximum.at(row, self._passages[start:end].astype(np.intp), scores)
        return row

    def top(self, words: Sequence[npt.NDArray[np.float32]], k: int) -> Best:
        """The best `k` passages, as `Sums` says."""
        if k < 1 or not words:
            return (), ()
        sums = self._room.sums
        sums[:] = words[0]
        for row in words[1:]:
            np.add(sums, row, sums)
        return _best(self._room, k)


_Columns = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]
"""Passages and scores of some postings."""


class Slices(NamedTuple):
    """A word's postings: as they stand, if they are of one part and multiplied by nothing.

    Attributes:
        passages, scores: empty if they are not.
        parts: what has to be made of them first, and by what it is multiplied.
    """

    passages: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]
    parts: Sequence[tuple[_Columns, np.float32]] = ()


class PostingSums:
    """Sums postings as they stand; a word is slices of them.

    Its room is zero wherever no search is at work.
    """

    def __init__(self, postings: Postings) -> None:
        self._passages, self._scores = postings.passages, postings.scores
        self._room = _Room(postings.size)

    def word(self, parts: Sequence[Part]) -> Slices:
        """A word, as `Sums` says."""
        if len(parts) == 1 and parts[0].worth == 1.0:
            return Slices(*self._columns(parts[0]))
        nothing = self._columns(Part(0, 0, 0.0))
        made = [(self._columns(part), np.float32(part.worth)) for part in parts]
        return Slices(*nothing, made)

    def _columns(self, part: Part) -> _Columns:
        start, end, _ = part
        return self._passages[start:end], self._scores[start:end]

    def top(self, words: Sequence[Slices], k: int) -> Best:
        """The best `k` passages, as `Sums` says."""
        if k < 1 or not words:
            return (), ()
        room = self._room
        passages, scores, made = zip(*words, strict=True)
        # Together: what a call costs outweighs copying.
        np.add.at(room.sums, np.concatenate(passages, dtype=np.intp), np.concatenate(scores))
        for parts in made:
            if parts:
                _add(room, parts)
        best = _best(room, k)
        room.sums.fill(0.0)
        return best


def _add(room: _Room, parts: Sequence[tuple[_Columns, np.float32]]) -> None:
    """Add for each passage the best of a word's parts."""
    if len(parts) == 1:
        [((passages, scores), worth)] = parts
        np.add.at(room.sums, passages.astype(np.intp), scores * worth)
        return
    for (passages, scores), worth in parts:
        np.maximum.at(room.best, passages.astype(np.intp), scores * worth)
    room.sums += room.best
    room.best.fill(0.0)


class _Room(threading.local):
    """Room for a number for each passage and a few more, for each thread its own.

    Attributes:
        sums, best: zero to begin with.
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
    sums, grid = room.sums, room.grid
    tops = np.maximum.reduce(grid, 0)
    columns = len(tops)
    least = _LEAST
    if k < columns:
        # The k best columns' best are k of the values, so that the k-th best of all is no less.
        # Sorting so few is quicker than np.partition, above all where many are zero.
        ranked = tops.copy()
        ranked.sort()
        least = max(least, ranked.item(columns - k))
    if len(sums) < _MANY_PASSAGES:
        numbers = (sums >= least).nonzero()[0]
    else:
        chosen = (tops >= least).nonzero()[0]
        # As one row: to look through rows and columns takes five times as long.
        found = (grid.take(chosen, 1, None, "clip") >= least).ravel().nonzero()[0]
        rows, places = np.divmod(found, len(chosen))
        numbers = rows * columns + chosen[places]
    scores = sums[numbers]
    # The numbers ascend, which a stable order keeps among equals.
    order = (-scores).argsort(kind="stable")[:k]
    return numbers[order].tolist(), scores[order].tolist()
