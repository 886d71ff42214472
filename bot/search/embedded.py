"""The index inside the process: rank-bm25's weights with Lucene's idf, laid out as postings.

rank-bm25 is the definition of a score. Its own `get_scores` walks every passage in Python; here a
question becomes slices of postings, each with what it is worth, and summing them is another part's
job. It must not know languages, texts or answers, nor how postings are summed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from bot.search.forward import ForwardIndex
from bot.search.index import Hits, QueryTerm
from bot.search.postings import Postings, lucene_idf
from bot.search.summing import Part, Sums, numpy_sums

EXACT = 0.7
"""How much of its own idf the very word that was asked for keeps beside that of its group."""
_KEPT = 4096
"""Words of questions that stay known: their idf takes reading the postings of all that stand for
them."""

Alternatives = tuple[tuple[str, float], ...]


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's Okapi with Lucene's idf, which is never negative and needs no floor.

    idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5)), Lucene's BM25Similarity; the rest is Robertson and
    Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
    """

    def _calc_idf(self, nd: dict[int, int]) -> None:
        for term, frequency in nd.items():
            self.idf[term] = lucene_idf(self.corpus_size, frequency)


class EmbeddedIndex:
    """Searches postings. Safe to use from any thread.

    Args:
        forward: the terms of all passages.
        postings: the same terms' postings, where they are known already.
        summing: makes what sums postings.
    """

    def __init__(
        self,
        forward: ForwardIndex,
        postings: Postings | None = None,
        summing: Callable[[Postings], Sums[Any]] = numpy_sums,
    ) -> None:
        vocabulary = forward.vocabulary
        postings = postings or Postings.of(forward.analysis.terms, vocabulary.size)
        self._sums = sums = summing(postings)
        # Methods would hold the index, and only a search for garbage would let go of it.
        self._word = partial(_word, vocabulary, postings, sums)
        self._known = lru_cache(_KEPT)(self._word)

    def search(self, query: Sequence[QueryTerm], k: int, withheld: Sequence[int] = ()) -> Hits:
        """The best `k` passages that have at least one term of the query, as `Index` says."""
        if len(withheld):
            return self._search_without(query, k, frozenset(withheld))
        return self._best([self._known(term) for term in query], k)

    def _search_without(self, query: Sequence[QueryTerm], k: int, hidden: frozenset[int]) -> Hits:
        numbers = np.array(sorted(hidden), dtype=np.int32)
        hits = self._best([self._word(term, numbers) for term in query], k + len(hidden))
        best = zip(hits.passages, hits.scores, strict=True)
        shown = [(number, score) for number, score in best if number not in hidden][: max(k, 0)]
        return hits._replace(passages=[n for n, _ in shown], scores=[s for _, s in shown])

    def _best(self, words: Sequence[_Word], k: int) -> Hits:
        if not words:
            return Hits((), (), (), ())
        summed, idf, df = zip(*words, strict=True)
        passages, scores = self._sums.top(summed, k)
        return Hits(passages, scores, idf, df)


class _Word(NamedTuple):
    """A word of a question: what is summed for it, its idf and its document frequency."""

    summed: Any
    idf: float
    df: float


class _Found(NamedTuple):
    """An alternative: how well it stands for the word, its postings, in how many passages it is
    shown, the idf in its scores."""

    weight: float
    start: int
    end: int
    often: int
    idf: float


def _word(
    vocabulary: Mapping[str, int],
    postings: Postings,
    sums: Sums[Any],
    term: QueryTerm,
    hidden: npt.NDArray[np.int32] | None = None,
) -> _Word:
    """What a word of a question comes to.

    Args:
        hidden: passages that are treated as if they were not there, ascending.
    """
    size = postings.size - (0 if hidden is None else len(hidden))
    found = _found(vocabulary, postings, term.alternatives, hidden)
    frequency = _united(found, postings, hidden)
    idf = lucene_idf(size, frequency)
    counted = found if term.weight else ()
    parts = [Part(one.start, one.end, _worth(one, idf, size) * term.weight) for one in counted]
    return _Word(sums.word(parts), idf, frequency)


def _found(
    vocabulary: Mapping[str, int],
    postings: Postings,
    alternatives: Alternatives,
    hidden: npt.NDArray[np.int32] | None,
) -> list[_Found]:
    """The alternatives that stand for a word and are there, the best first."""
    found = []
    for name, weight in alternatives:
        number = vocabulary.get(name)
        if number is None or not weight:
            continue
        start, end = postings.place(number)
        count = end - start
        own = lucene_idf(postings.size, count)
        if hidden is not None:
            count -= int(np.isin(hidden, postings.passages[start:end]).sum())
        if count:
            found.append(_Found(weight, start, end, count, own))
    if len(found) > 1:
        found.sort(key=_weight, reverse=True)
    return found


def _weight(found: _Found) -> float:
    return found.weight


def _worth(found: _Found, idf: float, size: int) -> float:
    """By what an alternative's scores are multiplied, once the idf of its word is known."""
    if idf == found.idf and found.weight == 1.0:
        return 1.0
    worth = found.weight * idf
    if found.weight == 1.0:
        worth += EXACT * (lucene_idf(size, found.often) - idf)
    return worth / found.idf


def _united(
    found: Sequence[_Found], postings: Postings, hidden: npt.NDArray[np.int32] | None
) -> float:
    """The document frequency of a word: unlikely alternatives do not make a rare word common.

    Returns:
        the sum over passages of how well the best alternative there stands for the word.
    """
    if len(found) == 1:
        return found[0].weight * found[0].often
    seen = np.zeros(postings.size, dtype=bool)
    if hidden is not None:
        seen[hidden] = True
    frequency = 0.0
    for one in found:
        passages = postings.passages[one.start : one.end]
        frequency += one.weight * (len(passages) - int(np.count_nonzero(seen[passages])))
        seen[passages] = True
    return frequency
