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

import numpy as np
import numpy.typing as npt

from bot.search.ragged import Numbers, Ragged

K1 = 1.2
B = 0.75


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
    def of(terms: Ragged, vocabulary: int) -> Postings:
        """The postings of passages.

        Args:
            terms: the ids of each passage's terms.
            vocabulary: how many terms there are.
        """
        size = len(terms)
        lengths = terms.lengths
        # A term and a passage as one number: sorting brings the postings into their order, and
        # those of a term that stands several times in a passage together.
        pairs = terms.values.astype(np.int64) * size
        pairs += np.repeat(np.arange(size), lengths)
        pairs.sort()
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        often = np.diff(first, append=len(pairs)).astype(np.float32)
        pairs = pairs[first]
        average = lengths.mean() if len(terms.values) else 1.0
        norm = (K1 * (1 - B + B * lengths / average)).astype(np.float32)
        pointer = np.searchsorted(pairs, np.arange(vocabulary + 1) * size).astype(np.int64)
        frequencies = np.diff(pointer)
        idf = np.log(1 + (size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        passages = (pairs % max(size, 1)).astype(np.int32)
        scores = often * np.float32(K1 + 1) / (often + norm[passages])
        scores *= np.repeat(idf, frequencies)
        return Postings(passages, scores, pointer, size)
