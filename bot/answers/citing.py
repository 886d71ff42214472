"""From a candidate to a citation: which words met, where they stand, which sentence is best.

It must not know how candidates were found or whether they are good enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from bot.answers.model import Citation, Match
from bot.answers.ranking import Candidate, Ranking
from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer

_KEPT = 512
"""Passages that stay read: those asked for most are cited again and again."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A passage's sentences, and where each of its units stands with which terms."""

    sentences: list[tuple[int, int]]
    places: list[tuple[int, int, tuple[str, ...]]]


class Citer:
    """Cites passages. Safe to use from any thread.

    Args:
        analyzer: the one the index was built with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        # A method would hold the citer, and only a search for garbage would let go of it.
        self._read = lru_cache(_KEPT)(partial(_reading, analyzer))

    def cite(
        self,
        candidate: Candidate,
        rank: int,
        ranking: Ranking,
        also_in: tuple[Passage, ...] = (),
    ) -> Citation:
        """A citation of a candidate's passage."""
        passage = candidate.passage
        sentences = self._read(passage).sentences
        return Citation(
            rank=rank,
            passage=passage,
            score=candidate.score,
            best=_below_headings(passage.text, sentences, candidate.evidence.best),
            matches=tuple(self.matches(passage, ranking)),
            also_in=also_in,
            parts=candidate.parts,
        )

    def cite_pinned(
        self, passage: Passage, ranking: Ranking, twins: Sequence[Passage] = ()
    ) -> Citation:
        """A citation of a passage that moderators chose, whether it was found or not.

        Args:
            twins: the passages that are near-identical.
        """
        also_in = tuple(twin for twin in twins if twin.article.id != passage.article.id)
        for candidate in ranking.candidates:
            if candidate.passage.id == passage.id:
                return replace(self.cite(candidate, 1, ranking, also_in), pinned=True)
        return Citation(
            rank=1,
            passage=passage,
            score=0.0,
            best=_below_headings(passage.text, self._read(passage).sentences, 0),
            matches=tuple(self.matches(passage, ranking)),
            also_in=also_in,
            pinned=True,
        )

    def matches(self, passage: Passage, ranking: Ranking) -> Iterator[Match]:
        """The best meeting of each word of a passage with a word of the question, in order."""
        stands_for: dict[str, tuple[float, int]] = {}
        terms = ranking.query.terms
        for number, term in enumerate(terms):
            for name, weight in term.alternatives:
                meeting = (weight * ranking.hits.idf[number] * term.weight, -number)
                stands_for[name] = max(meeting, stands_for.get(name, meeting))
        for start, end, names in self._read(passage).places:
            if stands_for.keys().isdisjoint(names):
                continue
            worth, negative, name = max(
                (*stands_for[name], name) for name in names if name in stands_for
            )
            asked = ranking.query.units[-negative]
            yield Match(
                word=terms[-negative].word,
                met=passage.text[start:end],
                start=start,
                end=end,
                through=_through(name, asked.terms),
                score=worth,
            )


def _reading(analyzer: Analyzer, passage: Passage) -> _Reading:
    text, language = passage.text, passage.article.language
    return _Reading(list(sentence_spans(text, language)), list(analyzer.places(text, language)))


def _below_headings(text: str, spans: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """The sentence of a number; of a heading, which says nothing itself, the sentence below it."""
    below = (span for span in spans[number:] if not text.startswith("#", span[0]))
    return next(below, spans[number] if spans else (0, len(text)))


def _through(name: str, asked: tuple[str, ...]) -> str:
    if name in asked:
        return "same value" if name.startswith("#") else "same word"
    if name.startswith("=@"):
        return f"name {name[2:]}"
    if name.startswith("="):
        return f"concept {name[1:]}"
    return "similar word"
