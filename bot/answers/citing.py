"""From a candidate to a citation: which words met, where they stand, which sentence is best.

It must not know how candidates were found or whether they are good enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.model import Citation, Match
from bot.answers.ranking import Candidate, Ranking
from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer


def cite(
    candidate: Candidate,
    rank: int,
    ranking: Ranking,
    analyzer: Analyzer,
    also_in: tuple[Passage, ...] = (),
) -> Citation:
    """A citation of a candidate's passage."""
    passage = candidate.passage
    spans = list(sentence_spans(passage.text, passage.article.language))
    best = _below_headings(passage.text, spans, candidate.evidence.best)
    return Citation(
        rank=rank,
        passage=passage,
        score=candidate.score,
        best=best,
        matches=tuple(matches(passage, ranking, analyzer)),
        also_in=also_in,
        parts=candidate.parts,
    )


def cite_pinned(
    passage: Passage, ranking: Ranking, analyzer: Analyzer, twins: Sequence[Passage] = ()
) -> Citation:
    """A citation of a passage that moderators chose, whether it was found or not.

    Args:
        twins: the passages that are near-identical.
    """
    also_in = tuple(twin for twin in twins if twin.article.id != passage.article.id)
    for candidate in ranking.candidates:
        if candidate.passage.id == passage.id:
            return replace(cite(candidate, 1, ranking, analyzer, also_in), pinned=True)
    spans = list(sentence_spans(passage.text, passage.article.language))
    return Citation(
        rank=1,
        passage=passage,
        score=0.0,
        best=_below_headings(passage.text, spans, 0),
        matches=tuple(matches(passage, ranking, analyzer)),
        also_in=also_in,
        pinned=True,
    )


def _below_headings(text: str, spans: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """The sentence of a number; of a heading, which says nothing itself, the sentence below it."""
    below = (span for span in spans[number:] if not text.startswith("#", span[0]))
    return next(below, spans[number] if spans else (0, len(text)))


def matches(passage: Passage, ranking: Ranking, analyzer: Analyzer) -> Iterator[Match]:
    """The best meeting of each word of the passage with a word of the question, in order."""
    stands_for: dict[str, tuple[float, int]] = {}
    terms = ranking.query.terms
    for number, term in enumerate(terms):
        for name, weight in term.alternatives:
            meeting = (weight * ranking.hits.idf[number] * term.weight, -number)
            stands_for[name] = max(meeting, stands_for.get(name, meeting))
    for start, end, names in analyzer.places(passage.text, passage.article.language):
        meetings = [(*stands_for[name], name) for name in names if name in stands_for]
        if not meetings:
            continue
        worth, negative, name = max(meetings)
        asked = ranking.query.units[-negative]
        yield Match(
            word=terms[-negative].word,
            met=passage.text[start:end],
            start=start,
            end=end,
            through=_through(name, asked.terms),
            score=worth,
        )


def _through(name: str, asked: tuple[str, ...]) -> str:
    if name in asked:
        return "same value" if name.startswith("#") else "same word"
    if name.startswith("=@"):
        return f"name {name[2:]}"
    if name.startswith("="):
        return f"concept {name[1:]}"
    return "similar word"
