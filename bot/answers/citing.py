"""From a candidate to a citation: which words met, where they stand, which sentence is best.

It must not know how candidates were found or whether they are good enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.model import Citation, Match
from bot.answers.ranking import Candidate, Ranking
from bot.articles.model import Passage
from bot.articles.passage_sentences import spans_of
from bot.search.analyzer import Analyzer, Place


class Citer:
    """Cites passages. Safe to use from any thread.

    Args:
        analyzer: the one the index was built with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def cite(
        self,
        candidate: Candidate,
        rank: int,
        ranking: Ranking,
        also_in: tuple[Passage, ...] = (),
    ) -> Citation:
        """A citation of a candidate's passage."""
        passage = candidate.passage
        return Citation(
            rank=rank,
            passage=passage,
            score=candidate.score,
            best=_best(passage, candidate.evidence.best),
            matches=tuple(self.matches(candidate, ranking)),
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
            best=_best(passage, 0),
            matches=tuple(
                _matches(
                    passage, self._analyzer.places(passage.text, passage.article.language), ranking
                )
            ),
            also_in=also_in,
            pinned=True,
        )

    def matches(self, candidate: Candidate, ranking: Ranking) -> Iterator[Match]:
        """The best meeting of each word of a candidate with a word of the question, in order."""
        passage, where = candidate.passage, dict.fromkeys(candidate.evidence.where)
        language = passage.article.language
        return _matches(passage, self._analyzer.places_at(passage.text, language, where), ranking)


def _matches(passage: Passage, places: Iterable[Place], ranking: Ranking) -> Iterator[Match]:
    stands_for, terms, text = ranking.stands_for, ranking.query.terms, passage.text
    for start, end, names in places:
        met = [(*stands_for[name], name) for name in names if name in stands_for]
        if not met:
            continue
        worth, negative, name = max(met)
        asked = ranking.query.units[-negative]
        yield Match(
            word=terms[-negative].word,
            met=text[start:end],
            start=start,
            end=end,
            through=_through(name, asked.terms),
            score=worth,
        )


def _best(passage: Passage, number: int) -> tuple[int, int]:
    """The sentence of a number; of a heading, which says nothing itself, the sentence below it."""
    text = passage.text
    spans = spans_of(passage)
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
