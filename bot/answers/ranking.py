"""Candidates for an answer, best first: the index proposes, the evidence decides.

It must not know whether the best candidate is good enough, nor how it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bot.answers.evidence import Evidence, EvidenceWeigher, Floats, Weighed
from bot.answers.semantic import Semantic
from bot.articles.model import Passage
from bot.search.encoder import Encoder
from bot.search.forward import ForwardIndex
from bot.search.index import Hits, Index
from bot.search.postings import K1
from bot.search.query import Query, QueryBuilder

CANDIDATES = 50
"""How many hits are weighed; the right passage is among them in 98% of Italian questions."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score counts. Every part is a share of the question, about 0 to 1.

    Tuned on one half of the public collections' articles, checked on the other; see
    `python -m tests.comparison`.
    """

    bm25: float = 2.2
    sentence: float = 0.55
    title: float = 0.9
    pairs: float = 0.85
    cue: float = 0.08
    semantic: float = 4.0
    """Of a cosine, which is rarely above .3; only with an encoder."""

    @property
    def of_shares(self) -> Floats:
        """What the shares of `Weighed` count, in its order, one below the other."""
        return np.array([[self.sentence], [self.title], [self.pairs], [self.cue]])


_PARTS = ("bm25", "sentence", "title", "pairs", "cue", "semantic")


class Candidate(NamedTuple):
    """A passage that may answer. A named tuple, as fifty are made for every question.

    Attributes:
        passages: all of the index; few candidates' are ever looked at.
        number: the passage's number among them.
        weighed: the evidence of all candidates, in the order in which the index proposed them.
        row: the candidate's among them.
        weighted: the parts of the score; they add up to `score`.
    """

    passages: Sequence[Passage]
    number: int
    score: float
    weighed: Weighed
    row: int
    weighted: Sequence[float]

    @property
    def parts(self) -> tuple[tuple[str, float], ...]:
        """The parts of the score by name, weighted."""
        return tuple(zip(_PARTS, self.weighted, strict=False))

    @property
    def evidence(self) -> Evidence:
        """What speaks for the passage."""
        return self.weighed.evidence(self.row)

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.passages[self.number]


@dataclass(frozen=True)
class Ranking:
    """The candidates of one question."""

    query: Query
    hits: Hits
    candidates: tuple[Candidate, ...]

    @cached_property
    def stands_for(self) -> Mapping[str, tuple[float, int]]:
        """For each term that was looked for what meeting it is worth, at most, and for which word
        of the question, as the negative of its number: of equals the first is the greatest."""
        found: dict[str, tuple[float, int]] = {}
        for number, (term, idf) in enumerate(zip(self.query.terms, self.hits.idf, strict=True)):
            for name, weight in term.alternatives:
                meeting = (weight * idf * term.weight, -number)
                known = found.get(name)
                if known is None or meeting > known:
                    found[name] = meeting
        return found


class Ranker:
    """Ranks passages for questions.

    Args:
        forward: the terms of all passages.
        index: proposes candidates.
        builder: makes queries.
        encoder: if given, nearness in meaning is a part of the score, too.
    """

    def __init__(
        self,
        forward: ForwardIndex,
        index: Index,
        builder: QueryBuilder,
        weights: Weights | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._forward = forward
        self._index = index
        self._builder = builder
        self._weights = weights or Weights()
        self._semantic = Semantic(encoder, forward.passages) if encoder else None

    def rank(
        self,
        question: str,
        language: str,
        *,
        withheld: Sequence[int] = (),
    ) -> Ranking:
        """The candidates for a question.

        Args:
            withheld: numbers of passages that are treated as if they were not there.
        """
        query = self._builder.build(question, language)
        hits = self._index.search(query.terms, CANDIDATES, withheld)
        weigher = EvidenceWeigher(query, hits.idf, self._forward)
        weighed = weigher.weigh(hits.passages)
        total = sum(v * t.weight for v, t in zip(hits.idf, query.terms, strict=True)) or 1.0
        bm25 = np.array(hits.scores) / total / (K1 + 1)
        weights = self._weights
        parts = [weights.bm25 * bm25, *(weights.of_shares * weighed.shares)]
        near = self._semantic.nearness(question, hits.passages) if self._semantic else None
        if near is not None:
            parts.append(weights.semantic * np.array(near))
        scores = sum(parts[1:], start=parts[0])
        order = np.lexsort((np.array(hits.passages), -scores)).tolist()
        score, weighted = scores.tolist(), np.array(parts).T.tolist()
        passages, numbers = self._forward.passages, hits.passages
        found = [
            Candidate(passages, numbers[row], score[row], weighed, row, weighted[row])
            for row in order
        ]
        return Ranking(query, hits, tuple(found))
