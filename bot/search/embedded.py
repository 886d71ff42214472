"""The index inside the process: rank-bm25's weights with Lucene's idf, laid out as postings.

rank-bm25 is the definition of a score. Its own `get_scores` walks every passage in Python (20 ms a
question at 10,000 passages); the same weights as postings in numpy give the same scores in less
than 1 ms. It must not know languages, texts or answers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from bot.search.forward import ForwardIndex
from bot.search.index import Hit, Hits, QueryTerm

K1 = 1.2
B = 0.75
EXACT = 0.7
"""How much of its own idf the very word that was asked for keeps beside that of its group."""


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's Okapi with Lucene's idf, which is never negative and needs no floor.

    idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5)), Lucene's BM25Similarity; the rest is Robertson and
    Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
    """

    def _calc_idf(self, nd: dict[int, int]) -> None:
        for term, frequency in nd.items():
            self.idf[term] = lucene_idf(self.corpus_size, frequency)


def lucene_idf(passages: int, frequency: float) -> float:
    """Lucene's idf of a term that stands in `frequency` of `passages` passages."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


class EmbeddedIndex:
    """Postings of every term: the passages that have it, and rank-bm25's weight there without idf.

    Args:
        forward: the terms of all passages.
    """

    def __init__(self, forward: ForwardIndex) -> None:
        self._vocabulary = forward.vocabulary
        self._size = len(forward)
        corpus = [forward[number].terms.tolist() for number in range(self._size)]
        frequencies, lengths, average = [], np.zeros(0), 1.0
        if any(corpus):
            model = LuceneBM25(corpus, k1=K1, b=B)
            frequencies, lengths = model.doc_freqs, np.array(model.doc_len, dtype=np.float64)
            average = model.avgdl
        counts = [len(terms) for terms in frequencies]
        total = sum(counts)
        terms = np.fromiter((t for row in frequencies for t in row), np.int64, total)
        often = np.fromiter((n for row in frequencies for n in row.values()), np.float64, total)
        passages = np.repeat(np.arange(len(counts)), counts)
        norm = K1 * (1 - B + B * lengths / average)
        weights = often * (K1 + 1) / (often + norm[passages])
        order = np.argsort(terms, kind="stable")
        self._passages = passages[order].astype(np.int32)
        self._weights = weights[order].astype(np.float32)
        self._pointer = np.searchsorted(terms[order], np.arange(len(self._vocabulary) + 1))

    def search(self, query: Sequence[QueryTerm], k: int, withheld: Sequence[int] = ()) -> Hits:
        """The best `k` passages that have at least one term of the query, as `Index` says."""
        without = np.array(withheld, dtype=np.intp)
        size = self._size - len(without)
        scores = np.zeros(self._size, dtype=np.float32)
        idfs: list[float] = []
        frequencies: list[float] = []
        for term in query:
            postings = [
                (self._postings(found), weight)
                for name, weight in term.alternatives
                if (found := self._vocabulary.get(name)) is not None
            ]
            present = self._present(postings)
            present[without] = 0
            frequency = float(present.sum())
            idf = lucene_idf(size, frequency)
            best = np.zeros(self._size, dtype=np.float32)
            for here, weight in postings:
                passages = self._passages[here]
                worth = weight * idf
                if weight == 1.0:
                    own = lucene_idf(size, int(np.count_nonzero(present[passages])))
                    worth += EXACT * (own - idf)
                best[passages] = np.maximum(best[passages], self._weights[here] * np.float32(worth))
            scores += best * np.float32(term.weight)
            idfs.append(idf)
            frequencies.append(frequency)
        scores[without] = 0
        return Hits(tuple(_top(scores, k)), tuple(idfs), tuple(frequencies))

    def _postings(self, term: int) -> slice:
        return slice(int(self._pointer[term]), int(self._pointer[term + 1]))

    def _present(self, postings: Sequence[tuple[slice, float]]) -> npt.NDArray[np.float32]:
        """How well the best alternative in each passage stands for the word; 0 without any.

        Its sum is the word's document frequency: unlikely alternatives do not make a rare word
        common.
        """
        present = np.zeros(self._size, dtype=np.float32)
        for here, weight in postings:
            passages = self._passages[here]
            present[passages] = np.maximum(present[passages], np.float32(weight))
        return present


def _top(scores: npt.NDArray[np.float32], k: int) -> list[Hit]:
    """The best `k` of the scores above zero, best first, equal ones in order."""
    found = np.flatnonzero(scores)
    if len(found) > k:
        least = np.partition(scores[found], len(found) - k)[len(found) - k]
        found = found[scores[found] >= least]
    order = found[np.argsort(-scores[found], kind="stable")][:k]
    return [Hit(int(number), float(scores[number])) for number in order]
