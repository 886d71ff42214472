"""How sure the first candidate is: one probability from what the evidence has and lacks.

The number is the share of such questions whose first passage is right, where as many questions
have an answer in the knowledge base as have none. It is a logistic regression over nine figures,
fitted by `python -m bot calibrate` on public questions, some with their article left out, some with
their passage. A word that the lexicon does not know is neutral where the passage is in another
language: that it is missing says nothing. It must not know the text of questions or passages.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np

from bot.answers.ranking import Ranking
from bot.search.embedded import lucene_idf

THRESHOLD = 0.5
"""From this confidence on a question is answered."""

_FULL = 0.65
"""How well a word must be matched to count as found: by one of its concepts, at least."""
_NEUTRAL = 0.3
_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Signs:
    """What the confidence is made of; shares are weighted by idf.

    Attributes:
        cover: the share of the question that the passage has.
        sentence: the share that its best sentence has.
        margin: how far its score is above the mean of the next five, as a share of it.
        score: its score.
        bm25: the index's part of it.
        worst: the highest idf of a word that it lacks, as a share of the highest there is.
        missing: the share of the words that it lacks, unweighted.
        length: the logarithm of the number of words.
        cross: 1 if the passage is in another language than the question.
        absent: the share of the question that no passage has at all.
    """

    cover: float
    sentence: float
    margin: float
    score: float
    bm25: float
    worst: float
    missing: float
    length: float
    cross: float
    absent: float


COEFFICIENTS = Signs(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
INTERCEPT = 0.0


def confidence(signs: Signs | None) -> float:
    """The probability that the first candidate is right; 0 if there is none."""
    if signs is None:
        return 0.0
    products = zip(astuple(COEFFICIENTS), astuple(signs), strict=True)
    return 1 / (1 + math.exp(-INTERCEPT - sum(a * b for a, b in products)))


def signs_of(ranking: Ranking, passages: int) -> Signs | None:
    """The signs of a ranking's first candidate, or None if there is no candidate.

    Args:
        passages: how many passages the index holds.
    """
    if not ranking.candidates:
        return None
    first, query = ranking.candidates[0], ranking.query
    cross = first.passage.article.language != query.language
    found = np.clip((np.array(first.evidence.matched) - _NEUTRAL) / (_FULL - _NEUTRAL), 0, 1)
    in_best = np.clip((np.array(first.evidence.in_best) - _NEUTRAL) / (_FULL - _NEUTRAL), 0, 1)
    idf = np.array([v * t.weight for v, t in zip(ranking.hits.idf, query.terms, strict=True)])
    unknown = np.array([not unit.concepts and not unit.is_number for unit in query.units])
    counts = ~(unknown & (np.array(first.evidence.matched) < _NEUTRAL) & cross)
    weights = idf * counts
    total = float(weights.sum()) or 1.0
    lacking = (1 - found) * counts
    scores = [candidate.score for candidate in ranking.candidates[: _OTHERS + 1]]
    others = sum(scores[1:]) / len(scores[1:]) if len(scores) > 1 else 0.0
    return Signs(
        cover=float(weights @ found) / total,
        sentence=float(weights @ in_best) / total,
        margin=(first.score - others) / first.score if first.score else 0.0,
        score=first.score,
        bm25=dict(first.parts)["bm25"],
        worst=float((lacking * idf).max()) / lucene_idf(passages, 0),
        missing=float((lacking > 0.5).mean()),
        length=math.log(len(idf)),
        cross=float(cross),
        absent=float(idf[np.array(ranking.hits.df) < 0.5].sum() / (idf.sum() or 1.0)),
    )
