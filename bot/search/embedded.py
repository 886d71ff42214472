"""The index inside the process: rank-bm25's weights with Lucene's idf, laid out as postings.

rank-bm25 is the definition of a score. Its own `get_scores` walks every passage in Python (20 ms a
question at 10,000 passages); the same weights as postings in numpy give the same scores in less
than 1 ms. It must not know languages, texts or answers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from bot.search.forward import ForwardIndex
from bot.search.index import Hit, Hits, QueryTerm
from bot.search.postings import Postings, lucene_idf

EXACT = 0.7
"""How much of its own idf the very word that was asked for keeps beside that of its group."""


Passages = npt.NDArray[np.int32] | npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]
_float = np.float32
_NO_PASSAGES = np.zeros(0, dtype=np.intp)
_FEW = 4
"""Up to so many times the passages that are wanted they are not sieved before they are sorted."""
_COLUMNS = 4
"""Columns for each value that is looked for: with more of them fewer values too many are found."""


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

    Every passage that has a word is scored, by a handful of numpy's calls for all words together.
    Skipping those that cannot be among the best (MaxScore: rare terms make candidates, frequent
    ones are looked up in them) was tried and took .8 to 2 times as long at 10,000 passages and
    1.7 to 2.2 times at 100,000: half of the queries cannot be cut short, and to find that out
    costs a search.

    Args:
        forward: the terms of all passages.
        postings: the same terms' postings, where they are known already.
    """

    def __init__(self, forward: ForwardIndex, postings: Postings | None = None) -> None:
        self._vocabulary = forward.vocabulary
        self._postings = postings or Postings.of(forward.analysis.terms, len(forward.vocabulary))
        self._scratch = _Scratch(len(forward))

    def search(self, query: Sequence[QueryTerm], k: int, withheld: Sequence[int] = ()) -> Hits:
        """The best `k` passages that have at least one term of the query, as `Index` says."""
        scratch = self._scratch
        size = self._postings.size - len(withheld)
        hidden = np.array(withheld, dtype=np.intp) if len(withheld) else None
        passages: list[Passages] = []
        scores: list[Scores] = []
        idfs: list[float] = []
        frequencies: list[float] = []
        for term in query:
            found = self._found(term, hidden)
            winners = together = _NO_PASSAGES
            frequency = 0.0
            if len(found) == 1:
                frequency = found[0].weight * len(found[0].passages)
            elif found:
                frequency, winners, together = _united(found, scratch)
            idf = lucene_idf(size, frequency)
            idfs.append(idf)
            frequencies.append(frequency)
            if not found or not term.weight:
                continue
            if len(found) == 1:
                worth = term.weight * _worth(found[0], idf, size)
                passages.append(found[0].passages)
                scores.append(found[0].scores if worth == 1.0 else found[0].scores * _float(worth))
            else:
                worths = [term.weight * _worth(one, idf, size) for one in found]
                passages.append(winners)
                scores.append(_best(found, worths, winners, together, scratch))
        return Hits(_top(passages, scores, k, scratch), tuple(idfs), tuple(frequencies))

    def _found(self, term: QueryTerm, hidden: Passages | None) -> list[_Found]:
        """The alternatives that stand for a word and are there, the best last."""
        found = []
        get, of_term = self._vocabulary.get, self._postings.of_term
        for name, weight in term.alternatives:
            number = get(name)
            if number is None or not weight:
                continue
            passages, scores = of_term(number)
            own = lucene_idf(self._postings.size, len(passages))
            if hidden is not None:
                shown = ~np.isin(passages, hidden)
                passages, scores = passages[shown], scores[shown]
            if len(passages):
                found.append(_Found(weight, passages, scores, own))
        if len(found) > 1:
            found.sort(key=_weight)
        return found


class _Found(NamedTuple):
    """An alternative: how well it stands for the word, its postings, the idf in its scores."""

    weight: float
    passages: Passages
    scores: Scores
    idf: float


class _Scratch(threading.local):
    """Room for one number for each passage, for each thread its own.

    Attributes:
        sums: zero wherever no search is at work.
        best, stamps: of no value but to who has just written there.
    """

    def __init__(self, size: int) -> None:
        self.sums = np.zeros(size, dtype=np.float32)
        self.best = np.empty(size, dtype=np.float32)
        self.stamps = np.empty(size, dtype=np.intp)


def _weight(found: _Found) -> float:
    return found.weight


def _worth(found: _Found, idf: float, size: int) -> float:
    """By what an alternative's scores are multiplied, once the idf of its word is known."""
    if idf == found.idf and found.weight == 1.0:
        return 1.0
    worth = found.weight * idf
    if found.weight == 1.0:
        worth += EXACT * (lucene_idf(size, len(found.passages)) - idf)
    return worth / found.idf


def _united(
    found: Sequence[_Found], scratch: _Scratch
) -> tuple[float, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """All passages of a word's alternatives.

    Returns:
        the sum over passages of how well the best alternative there stands for the word, which is
        its document frequency: unlikely alternatives do not make a rare word common; the passages,
        each once; the alternatives' passages, one after the other.
    """
    together = np.concatenate([one.passages for one in found], dtype=np.intp)
    places = np.arange(len(together))
    # Of several writes to one place numpy keeps the last, which is the best alternative's here.
    scratch.stamps[together] = places
    last = scratch.stamps[together] == places
    frequency, start = 0.0, 0
    for one in found:
        end = start + len(one.passages)
        frequency += one.weight * int(np.count_nonzero(last[start:end]))
        start = end
    return frequency, together[last], together


def _best(
    found: Sequence[_Found],
    worths: Sequence[float],
    winners: npt.NDArray[np.intp],
    together: npt.NDArray[np.intp],
    scratch: _Scratch,
) -> Scores:
    """For each of the passages the score of the best alternative there."""
    best = scratch.best
    best[winners] = 0.0
    scores = [one.scores * _float(worth) for one, worth in zip(found, worths, strict=True)]
    np.maximum.at(best, together, np.concatenate(scores))
    return best[winners]


def _top(
    passages: Sequence[Passages], scores: Sequence[Scores], k: int, scratch: _Scratch
) -> tuple[Hit, ...]:
    """The best `k` passages of the greatest sums above zero, equal ones in order.

    Args:
        passages: for each word of the query those that have it, each once.
        scores: of each of them.
    """
    if not passages or k < 1:
        return ()
    met = np.concatenate(passages, dtype=np.intp)
    np.add.at(scratch.sums, met, np.concatenate(scores))
    reached = scratch.sums[met]
    scratch.sums[met] = 0.0
    # A passage stands here once for each word that it has; among so many there are k.
    most = k * len(passages)
    if len(met) > _FEW * most:
        good = (reached >= _least(reached, most)).nonzero()[0]
        met, reached = met[good], reached[good]
    if len(passages) > 1:
        places = np.arange(len(met))
        scratch.stamps[met] = places
        once = scratch.stamps[met] == places
        met, reached = met[once], reached[once]
    if len(met) > k:
        good = (reached >= np.partition(reached, len(met) - k)[len(met) - k]).nonzero()[0]
        met, reached = met[good], reached[good]
    ranked = sorted(zip((-reached).tolist(), met.tolist(), strict=True))[:k]
    return tuple([Hit(number, -score) for score, number in ranked if score < 0])


def _least(values: Scores, most: int) -> float:
    """A number that at least `most` of the values reach, and few more."""
    # The greatest of each column are values, too; finding theirs is quicker than everybody's.
    columns = _COLUMNS * most
    rows = len(values) // columns
    if rows > 1:
        values = values[: rows * columns].reshape(rows, columns).max(axis=0)
    return float(np.partition(values, len(values) - most)[len(values) - most])
