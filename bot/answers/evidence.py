"""Why a hit answers: which words it has, its best sentence, and whether that is the right kind.

All parts are sums of idf over the question's words, as shares of the most that is possible, so
they can be added. It must not know how the parts are weighted against each other, nor whether the
answer is good enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.forward import ForwardIndex
from bot.search.query import Query

_NEXT_SENTENCE = 0.2
_GAP = 2
"""Words of the question that are neighbours may stand this far apart in a passage."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one passage. Shares are weighted by idf and lie between 0 and 1.

    Attributes:
        matched: for each query term, how well the passage has it, 0 to 1.
        in_best: the same for the best sentence alone.
        best: the number of the best sentence, from 0.
        sentence: the share of the question that the best sentence has, its neighbour helping.
        title: the share that the title has.
        pairs: the share of the question's neighbouring words that are neighbours here too.
        cue: the share of the wanted kinds of answer that the best sentence holds.
    """

    matched: tuple[float, ...]
    in_best: tuple[float, ...]
    best: int
    sentence: float
    title: float
    pairs: float
    cue: float


class EvidenceWeigher:
    """Weighs the evidence of passages for one question.

    Args:
        query: the question.
        idf: of each query term.
        forward: where the passages' terms are read.
    """

    def __init__(self, query: Query, idf: Sequence[float], forward: ForwardIndex) -> None:
        self._forward = forward
        self._cues = int(query.cues)
        self._size = len(query.terms)
        self._idf = np.array([v * t.weight for v, t in zip(idf, query.terms, strict=True)])
        self._total = float(self._idf.sum()) or 1.0
        known = sorted(
            (found, number, weight)
            for number, term in enumerate(query.terms)
            for name, weight in term.alternatives
            if (found := forward.vocabulary.get(name)) is not None
        )
        self._ids = np.array([found for found, _, _ in known], dtype=np.int32)
        self._numbers = np.array([number for _, number, _ in known], dtype=np.int32)
        self._weights = np.array([weight for _, _, weight in known])
        self._neighbours = [
            left
            for left in range(self._size - 1)
            if query.units[left + 1].position - query.units[left].position
            <= len(query.units[left].tokens) + 1
        ]

    def weigh(self, passages: Sequence[int]) -> list[Evidence]:
        """The evidence of each passage, by its number in the index."""
        if not passages or not len(self._ids):
            return []
        held = [self._forward[number] for number in passages]
        sentences = np.array([len(one.cues) for one in held])
        lengths = np.array([int(one.positions[-1]) + 1 if len(one.terms) else 0 for one in held])
        first_sentence = _starts(sentences)
        first_position = _starts(lengths + _GAP)
        sizes = [len(one.terms) for one in held]
        terms = np.concatenate([one.terms for one in held])
        sentence = np.concatenate([one.sentences for one in held]) + np.repeat(
            first_sentence, sizes
        )
        position = np.concatenate([one.positions for one in held]) + np.repeat(
            first_position, sizes
        )
        entry, known = self._meet(terms)
        number, weight = self._numbers[known], self._weights[known]
        have = np.zeros((int(sentences.sum()), self._size))
        np.maximum.at(have, (sentence[entry], number), weight)
        where = np.zeros((self._size, int((lengths + _GAP).sum())))
        np.maximum.at(where, (number, position[entry]), weight)
        matched = np.maximum.reduceat(have, first_sentence, axis=0)
        cues = self._cue_shares(np.concatenate([one.cues for one in held]))
        scores = self._sentence_scores(have, first_sentence)
        pairs = self._pairs(where, first_position)
        titles = self._titles(passages)
        result = []
        for at, (begin, count) in enumerate(zip(first_sentence, sentences, strict=True)):
            here = slice(begin, begin + count)
            best = int(np.argmax(scores[here] * (1 + 0.05 * cues[here])))
            result.append(
                Evidence(
                    matched=tuple(matched[at].tolist()),
                    in_best=tuple(have[begin + best].tolist()),
                    best=best,
                    sentence=float(scores[begin + best]),
                    title=float(titles[at]),
                    pairs=float(pairs[at]),
                    cue=float(cues[begin + best]),
                )
            )
        return result

    def _meet(
        self, terms: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Pairs of a passage's entry and an alternative of the query that is the same term."""
        low = np.searchsorted(self._ids, terms, "left")
        high = np.searchsorted(self._ids, terms, "right")
        counts = high - low
        entry = np.repeat(np.arange(len(terms)), counts)
        offset = np.arange(len(entry)) - np.repeat(np.cumsum(counts) - counts, counts)
        return entry, np.repeat(low, counts) + offset

    def _sentence_scores(self, have: Floats, first: npt.NDArray[np.intp]) -> Floats:
        """Each sentence's share of the question; what only the next sentence has counts less."""
        after = np.vstack([have[1:], np.zeros((1, self._size))])
        after[first[1:] - 1] = 0
        both = have + _NEXT_SENTENCE * np.maximum(0, after - have)
        shares: Floats = both @ self._idf / self._total
        return shares

    def _pairs(self, where: Floats, first: npt.NDArray[np.intp]) -> Floats:
        total = np.zeros(len(first))
        most = 0.0
        for left in self._neighbours:
            one, other = where[left], where[left + 1]
            worth = float(self._idf[left] + self._idf[left + 1]) / 2
            most += worth
            if not (one.any() and other.any()):
                continue
            near = np.zeros_like(one)
            for step in range(1, _GAP + 1):
                near[:-step] = np.maximum(near[:-step], one[:-step] * other[step:])
                near[step:] = np.maximum(near[step:], one[step:] * other[:-step])
            total += np.maximum.reduceat(near, first) * worth
        return total / self._total

    def _cue_shares(self, held: npt.NDArray[np.int32]) -> Floats:
        if not self._cues:
            return np.zeros(len(held))
        shares: Floats = np.bitwise_count(held & self._cues) / self._cues.bit_count()
        return shares

    def _titles(self, passages: Sequence[int]) -> Floats:
        """For each passage the share of the question that its article's title has."""
        titles = [self._forward.title(passage) for passage in passages]
        owner = np.repeat(np.arange(len(titles)), [len(title) for title in titles])
        entry, known = self._meet(np.concatenate(titles))
        have = np.zeros((len(titles), self._size))
        np.maximum.at(have, (owner[entry], self._numbers[known]), self._weights[known])
        return np.asarray(have @ self._idf / self._total)


def _starts(counts: npt.NDArray[np.int_]) -> npt.NDArray[np.intp]:
    return (np.cumsum(counts) - counts).astype(np.intp)
