"""What each side says about a topic: the same number of statements, as equally long as can be.

Every statement is a sentence of a passage that gives that side's account. It must not know how
whose account it is was found, nor where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.answers.answerer import Answerer
from bot.answers.citing import Citer
from bot.answers.ranking import Candidate, Ranking
from bot.articles.accounts import Accounts, Attribution
from bot.articles.model import Dispute, Passage, Side
from bot.articles.passage_sentences import spans_of

MOST = 3
"""Statements of each side."""

_CHOSEN_FROM = 6
_LEAST_COVER = 0.45
"""The share of the topic that a passage must have, weighted by idf."""
_NEAR_FIRST = 0.5
"""A passage is on the topic as a whole if its score is this share of the first one's."""
_SAYS_IT = 0.25
"""In any other passage a sentence needs this share of the topic's words itself."""
_FALL = 0.5
"""A statement is worth showing if it scores this share of its side's best."""
_NEAR = 0.75
"""Two lengths are equal enough if the shorter is this share of the longer."""


@dataclass(frozen=True, slots=True)
class SideStatement:
    """One sentence of a side.

    Attributes:
        start, end: where the sentence stands, in offsets of the passage's text.
        attribution: why it is this side's.
    """

    passage: Passage
    start: int
    end: int
    attribution: Attribution
    score: float

    @property
    def text(self) -> str:
        """The sentence, word for word as stored."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What each side says about a topic, in the order in which the dispute names the sides.

    Attributes:
        missing: the sides of which the knowledge base says nothing on the topic.
    """

    topic: str
    language: str
    sides: tuple[tuple[Side, tuple[SideStatement, ...]], ...]

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides that are not heard."""
        return tuple(side for side, statements in self.sides if not statements)

    @property
    def empty(self) -> bool:
        """No side says anything about it."""
        return len(self.missing) == len(self.sides)


def side_by_side(
    topic: str,
    answerer: Answerer,
    accounts: Accounts,
    dispute: Dispute,
    *,
    previous: str | None = None,
) -> SideBySide:
    """What each side says about a topic.

    Args:
        previous: the question before, if the topic leans on it.

    Raises:
        InputError: the topic is empty or too long.
    """
    considered = answerer.consider(topic, previous=previous)
    ranking = considered.ranking
    found: dict[str, list[SideStatement]] = {side.id: [] for side in dispute.sides}
    first = max((one.score for one in ranking.candidates), default=0.0)
    for candidate in _on_topic(ranking):
        scores = _sentence_scores(candidate, ranking, answerer.citer)
        near = candidate.score >= _NEAR_FIRST * first
        for number, told in enumerate(accounts.attributions(candidate.passage)):
            if told.account not in found or number >= len(scores):
                continue
            if candidate.passage.text.startswith("#", told.start):
                continue
            if near or scores[number] >= _SAYS_IT:
                score = candidate.score * (0.25 + scores[number])
                statement = SideStatement(candidate.passage, told.start, told.end, told, score)
                found[told.account].append(statement)
    heard = {side: _distinct(statements) for side, statements in found.items()}
    count = min((len(few) for few in heard.values() if few), default=0)
    chosen = _balanced([few for few in heard.values() if few], min(count, MOST))
    shown = dict(zip((side for side, few in heard.items() if few), chosen, strict=True))
    return SideBySide(
        topic,
        ranking.query.language,
        tuple((side, shown.get(side.id, ())) for side in dispute.sides),
    )


def _on_topic(ranking: Ranking) -> list[Candidate]:
    worth = [i * t.weight for i, t in zip(ranking.hits.idf, ranking.query.terms, strict=True)]
    total = sum(worth) or 1.0
    return [
        candidate
        for candidate in ranking.candidates
        if sum(w * m for w, m in zip(worth, candidate.evidence.matched, strict=False)) / total
        >= _LEAST_COVER
    ]


def _sentence_scores(candidate: Candidate, ranking: Ranking, citer: Citer) -> list[float]:
    """Each sentence's share of the topic's words, 0 to 1."""
    passage = candidate.passage
    spans = spans_of(passage)
    total = sum(i * t.weight for i, t in zip(ranking.hits.idf, ranking.query.terms, strict=True))
    found = list(citer.matches(candidate, ranking))
    scores = []
    for start, end in spans:
        best: dict[str, float] = {}
        for match in found:
            if start <= match.start < end:
                best[match.word] = max(best.get(match.word, 0.0), match.score)
        scores.append(min(1.0, sum(best.values()) / (total or 1.0)))
    return scores


def _distinct(statements: Iterable[SideStatement]) -> list[SideStatement]:
    """The best statements, each said once and none much worse than the first."""
    ranked = sorted(statements, key=lambda one: -one.score)
    chosen: list[SideStatement] = []
    for one in ranked:
        if one.score < _FALL * ranked[0].score or len(chosen) == _CHOSEN_FROM:
            break
        if all(one.text != other.text for other in chosen):
            chosen.append(one)
    return chosen


def _balanced(
    heard: Sequence[Sequence[SideStatement]], count: int
) -> list[tuple[SideStatement, ...]]:
    """So many statements of each, the best that are about as long as the shortest side's best."""
    if not heard:
        return []
    if len(heard) == 1:
        return [tuple(heard[0][:MOST])]
    first = [tuple(few[:count]) for few in heard]
    target = min(map(_length, first))
    return [_nearest(few, count, target) for few in heard]


def _nearest(few: Sequence[SideStatement], count: int, target: int) -> tuple[SideStatement, ...]:
    options = list(combinations(few, count))
    equal = [one for one in options if _ratio(_length(one), target) >= _NEAR]
    if equal:
        return max(equal, key=lambda one: sum(statement.score for statement in one))
    return max(options, key=lambda one: _ratio(_length(one), target))


def _length(statements: Iterable[SideStatement]) -> int:
    return sum(len(one.text) for one in statements)


def _ratio(length: int, target: int) -> float:
    return min(length, target) / max(length, target, 1)
