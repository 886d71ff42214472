"""The inverted index: for each term the passages that have it, and rank-bm25's score there.

The score is rank-bm25's Okapi: idf f (K1 + 1) / (f + K1 (1 - B + B length / average)),
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). It must not
know queries.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.search.merging import Merge
from bot.search.ragged import Numbers, Positions, Ragged, narrow

K1 = 1.2
B = 0.75

_AT_ONCE = 1 << 23
"""Terms of passages that are sorted together."""
_FEW = 1 << 17
"""Postings that are gone through together: few enough to stay near the processor."""


def lucene_idf(passages: int, frequency: float) -> float:
    """Lucene's idf of a term that stands in `frequency` of `passages` passages."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True)
class Postings:
    """The passages of every term, and its score there.

    Attributes:
        passages: numbers, ascending for each term; one term after the other.
        often: for each of them how often it has the term.
        scores: for each of them that of the term there.
        pointer: where each term's begin, and where the last one's end.
        size: how many passages there are.
    """

    passages: npt.NDArray[np.int32]
    often: Numbers
    scores: npt.NDArray[np.float32]
    pointer: npt.NDArray[np.int64]
    size: int

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            "posting_passages": self.passages,
            "posting_often": self.often,
            "posting_scores": self.scores,
            "posting_pointer": self.pointer,
        }

    def place(self, term: int) -> tuple[int, int]:
        """Where the postings of one term begin and end."""
        return self._starts[term], self._starts[term + 1]

    @cached_property
    def _starts(self) -> memoryview:
        # A view gives Python's own numbers, which slices take in half the time of numpy's.
        return self.pointer.data

    @staticmethod
    def restored(arrays: Mapping[str, Numbers], size: int) -> Postings:
        """What those arrays hold."""
        return Postings(
            arrays["posting_passages"],
            arrays["posting_often"],
            arrays["posting_scores"],
            arrays["posting_pointer"],
            size,
        )

    @staticmethod
    def of(terms: Ragged, vocabulary: int, at_once: int = _AT_ONCE) -> Postings:
        """The postings of passages.

        Args:
            terms: the ids of each passage's terms.
            vocabulary: how many terms there are.
            at_once: about how many of them are sorted together.
        """
        size, values = len(terms), terms.values
        numbers = np.arange(size, dtype=np.int32)
        counts = np.zeros(vocabulary, dtype=np.int64)
        for start in range(0, len(values), at_once):
            counts += np.bincount(values[start : start + at_once], minlength=vocabulary)
        room = _Room(len(values), terms.lengths)
        # Some terms at a time, so that little more is held than what is kept.
        for first, last in _terms(np.cumsum(counts), at_once):
            room.add(_counted(terms, numbers, size, first, last))
        return room.whole()

    def again(
        self,
        old: Ragged,
        added: Ragged,
        lengths: Positions,
        vocabulary: int,
        before: Positions,
    ) -> Postings:
        """The same as `of` makes, where some of the passages stand in these postings.

        Args:
            old: the ids of the terms of each passage of these postings.
            added: those of each passage that is new.
            lengths: how many terms each passage has.
            vocabulary: how many terms there are: all of these postings, then those that are new.
            before: for each passage its number in these postings, ascending, or -1 if it is new.
        """
        kept, new = np.flatnonzero(before >= 0), np.flatnonzero(before < 0)
        now = np.full(self.size, -1, dtype=np.int32)
        now[before[kept]] = kept
        gone = np.flatnonzero(now < 0)
        # New passages have numbers after the old ones first, so that all are renumbered together.
        further = np.arange(self.size, self.size + len(new), dtype=np.int32)
        fresh = _counted(added, further, self.size + len(new), 0, vocabulary)
        left = _counted(old.take(gone), gone.astype(np.int32), self.size, 0, vocabulary)
        # A new passage stands before the old one that comes next.
        next_ = np.append(before[kept], self.size)[np.searchsorted(kept, new)]
        merge = Merge.edited(
            len(self.passages),
            self._places(left, left.passages),
            self._places(fresh, next_[fresh.passages - self.size]),
        )
        numbers = np.concatenate([now, new.astype(np.int32)])
        stay = np.array_equal(before[kept], kept)
        passages = merge.flat(self.passages, numbers[fresh.passages] if stay else fresh.passages)
        often = narrow(merge.flat(self.often, fresh.often))
        frequencies = fresh.frequencies - left.frequencies
        frequencies[: len(self.pointer) - 1] += np.diff(self.pointer)
        scores, scoring = np.empty(len(passages), dtype=np.float32), _Scoring(lengths)
        upto, start = np.cumsum(frequencies), 0
        for first, last in _terms(upto, _FEW):
            here = slice(start, int(upto[last - 1]))
            if not stay:
                passages[here] = numbers.take(passages[here], mode="clip")
            part = _Part(passages[here], often[here], frequencies[first:last])
            scoring.fill(part, scores[here])
            start = here.stop
        return Postings(passages, often, scores, np.append(0, upto), len(lengths))

    def _places(self, part: _Part, passages: Numbers) -> Positions:
        """For each posting of a part where its term's first one of at least that passage stands.

        Args:
            passages: of each of them.
        """
        terms = np.repeat(np.arange(len(part.frequencies)), part.frequencies)
        # Those of new terms come after all others.
        pointer = np.append(self.pointer, np.full(len(part.frequencies), self.pointer[-1]))
        low, high = pointer[terms], pointer[terms + 1]
        # All are bisected at once: each has its own stretch of ascending passages.
        while len(wide := np.flatnonzero(low < high)):
            middle = (low[wide] + high[wide]) // 2
            less = self.passages[middle] < passages[wide]
            low[wide[less]] = middle[less] + 1
            high[wide[~less]] = middle[~less]
        return low

    def only_used(self, used: npt.NDArray[np.bool_]) -> Postings:
        """The same without terms that no passage has.

        Args:
            used: for each term whether it stays.
        """
        # Where there are no postings, only their place is to be left out.
        return replace(self, pointer=self.pointer[np.append(used, True)])


class _Part(NamedTuple):
    """The postings of some terms that follow each other.

    Attributes:
        passages, often: as in `Postings`.
        frequencies: how many postings each term has.
    """

    passages: npt.NDArray[np.int32]
    often: Numbers
    frequencies: Positions


def _terms(upto: Positions, at_once: int) -> Iterator[tuple[int, int]]:
    """Some terms at a time, from which to before which, by the sums of how often they stand."""
    most = int(upto[-1]) if len(upto) else 0
    ends = np.searchsorted(upto, np.arange(at_once, most, at_once), "right")
    for first, last in pairwise([0, *ends.tolist(), len(upto)]):
        if first < last:
            yield first, last


class _Scoring:
    """Scores postings.

    Args:
        lengths: how many terms each passage has.
    """

    def __init__(self, lengths: Positions) -> None:
        average = lengths.mean() if lengths.any() else 1.0
        self._size = len(lengths)
        self._norm = (K1 * (1 - B + B * lengths / average)).astype(np.float32)

    def fill(self, part: _Part, scores: npt.NDArray[np.float32]) -> None:
        """Fill in the scores of the postings of some terms, of which these are all."""
        upto = np.cumsum(part.frequencies)
        idf = np.log(1 + (self._size - part.frequencies + 0.5) / (part.frequencies + 0.5)).astype(
            np.float32
        )
        start = 0
        for first, last in _terms(upto, _FEW):
            here = slice(start, int(upto[last - 1]))
            times = part.often[here].astype(np.float32)
            norm = self._norm.take(part.passages[here], mode="clip")
            norm += times
            times *= np.float32(K1 + 1)
            times /= norm
            own = np.repeat(idf[first:last], part.frequencies[first:last])
            np.multiply(times, own, out=scores[here])
            start = here.stop


class _Room:
    """Room for postings, filled some terms at a time: they are held once, not in parts first.

    Args:
        most: how many postings there are at most.
        lengths: how many terms each passage has.
    """

    def __init__(self, most: int, lengths: Positions) -> None:
        self._size, self._scoring = len(lengths), _Scoring(lengths)
        self._passages = np.empty(most, dtype=np.int32)
        self._often: Numbers = np.empty(most, dtype=np.uint8)
        self._scores = np.empty(most, dtype=np.float32)
        self._frequencies = [np.zeros(0, dtype=np.int64)]
        self._filled = 0

    def add(self, part: _Part) -> None:
        """Add the postings of the next terms."""
        self._often = self._often.astype(np.result_type(self._often, part.often), copy=False)
        self._frequencies.append(part.frequencies)
        here = slice(self._filled, self._filled + len(part.passages))
        self._passages[here], self._often[here] = part.passages, part.often
        self._scoring.fill(part, self._scores[here])
        self._filled = here.stop

    def whole(self) -> Postings:
        """All of them; nothing can be added any more."""
        filled = slice(self._filled)
        pointer = np.concatenate([[0], np.cumsum(np.concatenate(self._frequencies))])
        return Postings(
            self._passages[filled],
            narrow(self._often[filled]),
            self._scores[filled],
            pointer,
            self._size,
        )


def _counted(
    terms: Ragged, numbers: npt.NDArray[np.int32], size: int, first: int, last: int
) -> _Part:
    """The postings of terms from `first` to before `last` in passages of those numbers."""
    wanted = terms.values >= first
    wanted &= terms.values < last
    here = np.flatnonzero(wanted)
    owners = np.repeat(numbers, np.diff(np.searchsorted(here, terms.pointer)))
    # A term and a passage as one number: sorting brings the postings into their order, and
    # those of a term that stands several times in a passage together.
    pairs = (terms.values[here].astype(np.int64) - first) * size
    pairs += owners
    del here, owners, wanted
    pairs.sort()
    once = np.flatnonzero(np.diff(pairs, prepend=-1))
    often = narrow(np.diff(once, append=len(pairs)))
    pairs = pairs[once]
    pointer = np.searchsorted(pairs, np.arange(last - first + 1) * size)
    return _Part((pairs % max(size, 1)).astype(np.int32), often, np.diff(pointer))
