"""Why a hit answers: which words it has, its best sentence, and whether that is the right kind.

All parts are sums of idf over the question's words, as shares of the most that is possible, so
they can be added. It must not know how the parts are weighted against each other, nor whether the
answer is good enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.search.forward import ForwardIndex
from bot.search.query import Query

_NEXT_SENTENCE = 0.2
_CUE = 0.05
"""How much more a sentence counts that holds the wanted kinds of answer."""
_GAP = 2
"""Words of the question that are neighbours may stand this far apart in a passage."""

_STEPS = np.array([step for step in range(-_GAP, _GAP + 1) if step])
"""From a word to where its neighbours may stand."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.signedinteger]


class Evidence(NamedTuple):
    """What speaks for one passage. Shares are weighted by idf and lie between 0 and 1.

    Attributes:
        matched: for each query term, how well the passage has it, 0 to 1.
        in_best: the same for the best sentence alone.
        best: the number of the best sentence, from 0.
        sentence: the share of the question that the best sentence has, its neighbour helping.
        title: the share that the title has.
        pairs: the share of the question's neighbouring words that are neighbours here too.
        cue: the share of the wanted kinds of answer that the best sentence holds.
        where: the positions of the units that the question has, too, ascending; some twice.
    """

    matched: tuple[float, ...]
    in_best: tuple[float, ...]
    best: int
    sentence: float
    title: float
    pairs: float
    cue: float
    where: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The evidence of some passages, each made when it is looked at, as few are.

    Attributes:
        matched, in_best, best: of each passage, as in `Evidence`.
        shares: a row each for `sentence`, `title`, `pairs` and `cue`, in which each passage has
            a column.
        where: the same of all of them, one after the other.
        pointer: where each passage's begin, and where the last one's end.
    """

    matched: list[list[float]]
    in_best: list[list[float]]
    best: list[int]
    shares: Floats
    where: list[int]
    pointer: list[int]

    def evidence(self, row: int) -> Evidence:
        """The evidence of one of the passages, by its place among them."""
        sentence, title, pairs, cue = self.shares[:, row].tolist()
        return Evidence(
            tuple(self.matched[row]),
            tuple(self.in_best[row]),
            self.best[row],
            sentence,
            title,
            pairs,
            cue,
            self.where[self.pointer[row] : self.pointer[row + 1]],
        )


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
        self._is_known = np.zeros(forward.vocabulary.size, dtype=bool)
        self._is_known[self._ids] = True
        # No term stands for two words: each is met once.
        self._is_clear = len(set(self._ids.tolist())) == len(known)
        self._neighbours = [
            left
            for left in range(self._size - 1)
            if query.units[left + 1].position - query.units[left].position
            <= len(query.units[left].tokens) + 1
        ]

    def weigh(self, passages: Sequence[int]) -> Weighed:
        """The evidence of each passage, by its number in the index."""
        if not passages or not len(self._ids):
            return Weighed([], [], [], np.zeros((4, 0)), [], [])
        held, rows = self._forward.analysis, np.asarray(passages, dtype=np.int64)
        cues = held.cues.take(rows)
        where, pointer = held.terms.places(rows)
        met, known = self._meet(held.terms.values.take(where))
        owner = pointer.searchsorted(met, "right") - 1
        first_sentence = cues.pointer[:-1]
        last = held.terms.pointer[rows + 1] - 1
        lengths = np.where(pointer[1:] > pointer[:-1], held.positions[last].astype(np.int64) + 1, 0)
        first_position = _starts(lengths + _GAP) + _GAP
        sentence = first_sentence[owner] + held.sentences[where[met]]
        place = held.positions[where[met]]
        position = first_position[owner] + place
        number, weight = self._numbers[known], self._weights[known]
        have = self._most(len(cues.values), sentence, number, weight)
        cues_held = self._cue_shares(cues.values)
        scores = self._sentence_scores(have, first_sentence)
        best = _first_best(scores * (1 + _CUE * cues_held), first_sentence, cues.lengths)
        return Weighed(
            matched=np.maximum.reduceat(have, first_sentence, axis=0).tolist(),
            in_best=have[best].tolist(),
            best=(best - first_sentence).tolist(),
            shares=np.array(
                [
                    scores[best],
                    self._titles(rows),
                    self._pairs(len(rows), owner, position, number, weight),
                    cues_held[best],
                ]
            ),
            where=place.tolist(),
            pointer=met.searchsorted(pointer).tolist(),
        )

    def _meet(
        self, terms: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Pairs of a passage's entry and an alternative of the query that is the same term."""
        entry = self._is_known.take(terms).nonzero()[0]
        found = terms[entry]
        low = self._ids.searchsorted(found)
        if self._is_clear:
            return entry, low
        counts = self._ids.searchsorted(found, "right") - low
        entry = np.repeat(entry, counts)
        offset = np.arange(len(entry)) - np.repeat(np.cumsum(counts) - counts, counts)
        return entry, np.repeat(low, counts) + offset

    def _sentence_scores(self, have: Floats, first: npt.NDArray[np.int64]) -> Floats:
        """Each sentence's share of the question; what only the next sentence has counts less."""
        after = np.zeros_like(have)
        after[:-1] = have[1:]
        after[first[1:] - 1] = 0
        both = have + _NEXT_SENTENCE * np.maximum(0, after - have)
        shares: Floats = both @ self._idf / self._total
        return shares

    def _most(self, count: int, row: Integers, number: Integers, weight: Floats) -> Floats:
        """For each row and term of the query the most that is given."""
        most = np.zeros(count * self._size)
        np.maximum.at(most, row * self._size + number, weight)
        return most.reshape(count, self._size)

    def _pairs(
        self, count: int, owner: Integers, position: Integers, number: Integers, weight: Floats
    ) -> Floats:
        """For each passage the share of the neighbouring words that are neighbours here too."""
        total = np.zeros(count)
        if not self._neighbours or not len(position):
            return total
        width = int(position.max()) + _GAP + 1
        where = np.zeros(self._size * width)
        np.maximum.at(where, number * width + position, weight)
        is_left = np.zeros(self._size, dtype=bool)
        is_left[self._neighbours] = True
        left = is_left[number].nonzero()[0]
        owner, number = owner[left], number[left]
        one = number * width + position[left]
        other = np.maximum.reduce(where[one[:, None] + (width + _STEPS)], axis=1)
        near = self._most(count, owner, number, where[one] * other)
        for pair in self._neighbours:
            total += near[:, pair] * (float(self._idf[pair] + self._idf[pair + 1]) / 2)
        return total / self._total

    def _cue_shares(self, held: npt.NDArray[np.int32]) -> Floats:
        if not self._cues:
            return np.zeros(len(held))
        shares: Floats = np.bitwise_count(held & self._cues) / self._cues.bit_count()
        return shares

    def _titles(self, rows: npt.NDArray[np.int64]) -> Floats:
        """For each passage the share of the question that its article's title has."""
        titles = self._forward.analysis.titles.take(rows)
        entry, known = self._meet(titles.values)
        owner = titles.pointer.searchsorted(entry, "right") - 1
        have = self._most(len(rows), owner, self._numbers[known], self._weights[known])
        return np.asarray(have @ self._idf / self._total)


def _first_best(
    values: Floats, first: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Where the best value of each run of values stands, the first of equal ones.

    Args:
        first: where each run begins; none is empty.
        counts: how long each is.
    """
    is_best = values == np.maximum.reduceat(values, first).repeat(counts)
    places = np.where(is_best, np.arange(len(values)), len(values))
    return np.minimum.reduceat(places, first)


def _starts(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.cumsum(counts) - counts
