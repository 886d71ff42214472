"""The inverted index: for each term the passages that have it, and rank-bm25's score there.

The score is rank-bm25's Okapi: idf f (K1 + 1) / (f + K1 (1 - B + B length / average)),
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). It must not
know queries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.search.ragged import Numbers, Ragged

K1 = 1.2
B = 0.75

_AT_ONCE = 1 << 24
"""Terms of passages that are sorted together."""


def lucene_idf(passages: int, frequency: float) -> float:
    """Lucene's idf of a term that stands in `frequency` of `passages` passages."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True)
class Postings:
    """The passages of every term, and its score there.

    Attributes:
        passages: numbers, ascending for each term; one term after the other.
        scores: for each of them that of the term there.
        pointer: where each term's begin, and where the last one's end.
        size: how many passages there are.
    """

    passages: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]
    pointer: npt.NDArray[np.int64]
    size: int

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            "posting_passages": self.passages,
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
        size, lengths, values = len(terms), terms.lengths, terms.values
        owners = np.repeat(np.arange(size, dtype=np.int32), lengths)
        upto = np.cumsum(np.bincount(values, minlength=vocabulary))
        # Some terms at a time, so that little more is held than what is kept.
        ends = np.searchsorted(upto, np.arange(at_once, len(values), at_once), "right")
        parts = [
            _counted(values, owners, size, first, last)
            for first, last in pairwise([0, *ends.tolist(), vocabulary])
            if first < last
        ]
        passages = np.concatenate([np.zeros(0, dtype=np.int32), *(part[0] for part in parts)])
        often = np.concatenate([np.zeros(0, dtype=np.float32), *(part[1] for part in parts)])
        frequencies = np.concatenate([np.zeros(0, dtype=np.int64), *(part[2] for part in parts)])
        pointer = np.concatenate([[0], np.cumsum(frequencies)])
        average = lengths.mean() if len(terms.values) else 1.0
        norm = (K1 * (1 - B + B * lengths / average)).astype(np.float32)
        idf = np.log(1 + (size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        scores = often * np.float32(K1 + 1) / (often + norm[passages])
        scores *= np.repeat(idf, frequencies)
        return Postings(passages, scores, pointer, size)


def _counted(
    values: Numbers, owners: npt.NDArray[np.int32], size: int, first: int, last: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """The passages of terms from `first` to before `last`, how often each has it, and how many."""
    here = np.flatnonzero((values >= first) & (values < last))
    # A term and a passage as one number: sorting brings the postings into their order, and
    # those of a term that stands several times in a passage together.
    pairs = (values[here].astype(np.int64) - first) * size + owners[here]
    pairs.sort()
    once = np.flatnonzero(np.diff(pairs, prepend=-1))
    often = np.diff(once, append=len(pairs)).astype(np.float32)
    pairs = pairs[once]
    pointer = np.searchsorted(pairs, np.arange(last - first + 1) * size)
    return (pairs % max(size, 1)).astype(np.int32), often, np.diff(pointer)
