"""How sure the first candidate is: one probability from what the evidence has and lacks.

The number is the share of such questions with a right passage among the first three, where as many
questions have an answer in the knowledge base as have none. It is a logistic regression over six
figures, fitted by `python -m bot calibrate` on thousands of public questions, asked with their
passage present, withheld, and with its whole article withheld, on the judged questions of the
knowledge base, and on public questions asked of it that are about something else. A word that the
lexicon does not know is neutral where the passage is in another language: that it is missing says
nothing. It must not know the text of questions or passages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.ranking import Ranking
from bot.search.analyzer import Unit

THRESHOLD = 0.19
"""From this confidence on a question is answered: showing three cited passages in vain costs a
reader less than silence where the answer is known. Chosen on questions.yaml, checked on other
questions."""

_FULL = 0.65
"""How well a word must be matched to count as found: by one of its concepts, at least."""
_NEUTRAL = 0.3
_LONGEST = 6


class Signs(NamedTuple):
    """What the confidence is made of; shares are weighted by idf.

    Attributes:
        cover: the share of the question that the passage has.
        sentence: the share that its best sentence has.
        bm25: the index's part of the score.
        length: the logarithm of the number of words, of which no more than six count.
        cross: 1 if the passage is in another language than the question.
        unmet: 1 if the question wants a kind of answer that the best sentence has not.
    """

    cover: float
    sentence: float
    bm25: float
    length: float
    cross: float
    unmet: float


COEFFICIENTS = Signs(
    cover=1.9702, sentence=2.4607, bm25=2.6027, length=1.6543, cross=-0.0231, unmet=-0.3816
)
INTERCEPT = -6.6482


def confidence(signs: Signs | None) -> float:
    """The probability that the first candidate is right; 0 if there is none."""
    if signs is None:
        return 0.0
    products = zip(COEFFICIENTS, signs, strict=True)
    return 1 / (1 + math.exp(-INTERCEPT - sum(a * b for a, b in products)))


def signs_of(ranking: Ranking) -> Signs | None:
    """The signs of a ranking's first candidate, or None if there is no candidate."""
    if not ranking.candidates:
        return None
    first, query = ranking.candidates[0], ranking.query
    evidence = first.evidence
    matched, in_best = evidence.matched, evidence.in_best
    cross = first.passage.article.language != query.language
    weights = [
        0.0 if cross and met < _NEUTRAL and _is_neutral(unit) else idf * term.weight
        for idf, term, unit, met in zip(
            ranking.hits.idf, query.terms, query.units, matched, strict=True
        )
    ]
    return Signs(
        cover=_share(weights, matched),
        sentence=_share(weights, in_best),
        bm25=dict(first.parts)["bm25"],
        length=math.log(min(len(weights), _LONGEST)),
        cross=float(cross),
        unmet=float(bool(query.cues) and not evidence.cue),
    )


def _share(weights: Sequence[float], met: Sequence[float]) -> float:
    """The share of a question's words, by weight, that were found; each in part or in full."""
    found = (min(max((one - _NEUTRAL) / (_FULL - _NEUTRAL), 0.0), 1.0) for one in met)
    total = sum(weights) or 1.0
    return sum(weight * one for weight, one in zip(weights, found, strict=True)) / total


def _is_neutral(unit: Unit) -> bool:
    """Whether nothing can be said of a word in another language: no concept, number or name."""
    name = unit.tokens[0].capital and unit.position > 0
    return not (unit.concepts or unit.is_number or name)
