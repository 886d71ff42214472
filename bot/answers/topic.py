"""Whether a dated statement belongs to a topic.

It does if the part of its sentence around the date meets the topic's words; they may also stand in
the heading above, and a name elsewhere in the sentence. It must not know what a timeline is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.articles.folding import folded
from bot.articles.model import Article
from bot.articles.occurrences import Statement
from bot.search.analyzer import Analyzer, Unit
from bot.search.index import QueryTerm

BELONGS = 0.6
"""The share of a topic, weighted by idf, from which a statement belongs to it.

Chosen by reading 21 topics in both languages; a concept alone is worth .75 (`QueryWeights`).
"""
_SHARED = 2
"""Meanings that a word shares with the topic's word, or all of them, to stand for it fully."""
_WEAK = 0.6
"""What a word that shares fewer is worth."""
_HEADED = 0.3
"""What the heading adds to a word that is met weakly."""
_CUTS = (r";\s", r",\s+(?:and|while|but|e|ed|mentre|ma)\s", r",\s", r"\s(?:and|e|ed)\s")
_RELATIVE = re.compile(r",\s[^,]*\b(?:that|which|who|whom|che|cui|que|qui|dont)\b[^,]*\Z")
_STOP = re.compile("[,;]")
_QUOTED = re.compile('["“«„]([^"“”«»„]+)["”»“]')
_NAME = "=@"


def parts(statements: Iterable[Statement]) -> Mapping[Statement, str]:
    """For each statement the part of its sentence around its date; often that is all of it."""
    sentences: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for statement in statements:
        sentences[statement.passage.id, statement.start].append(statement)
    found: dict[Statement, str] = {}
    for dated in sentences.values():
        dated.sort(key=lambda one: one.dated or (0, 0))
        begin = dated[0].start
        for here, after in zip(dated, [*dated[1:], None], strict=True):
            end = here.end if after is None else _cut(here, after)
            found[here] = _clause(here, begin, end)
            begin = end
    return found


def _clause(statement: Statement, begin: int, end: int) -> str:
    """A relative clause around the date ("the company, which he left in 2018"), or all there is."""
    text = statement.passage.text
    if statement.dated is None or not (found := _RELATIVE.search(text[begin : statement.dated[0]])):
        return text[begin:end]
    stop = _STOP.search(text, statement.dated[1], end)
    return text[begin + found.start() : stop.start() if stop else end]


def _cut(here: Statement, after: Statement) -> int:
    """Where the part of one date ends and that of the next begins."""
    first, last = (here.dated or (0, here.end))[1], (after.dated or (here.end, 0))[0]
    for form in _CUTS:
        if cuts := list(re.finditer(form, here.passage.text[first:last])):
            return first + cuts[-1].start()
    return last


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's words, weighted.

    Attributes:
        idf: inverse document frequency of each term.
        analyzer: the one the index was built with.
    """

    terms: tuple[QueryTerm, ...]
    idf: tuple[float, ...]
    analyzer: Analyzer

    @classmethod
    def of(cls, topic: str, answerer: Answerer) -> Topic:
        """What is asked for, against an answerer's vocabulary.

        Raises:
            InputError: the topic is empty, or too long to be one.
        """
        ranking = answerer.consider(topic).ranking
        return cls(ranking.query.terms, ranking.hits.idf, answerer.analyzer)

    def shares(
        self, statements: Sequence[Statement], around: Mapping[Statement, str]
    ) -> list[float]:
        """How well each statement meets the topic, 0 to 1.

        Args:
            around: the part of its sentence around each one's date.
        """
        total = sum(self.idf)
        if not total:
            return [0.0] * len(statements)
        return [self._share(one, around[one]) / total for one in statements]

    def _share(self, statement: Statement, part: str) -> float:
        article = statement.passage.article
        here = self._units(part, article)
        whole = here if part == statement.text else self._units(statement.text, article)
        above = self._units(statement.passage.heading or "", article)
        share = 0.0
        for term, idf in zip(self.terms, self.idf, strict=True):
            worth, headed = _met(term, here), _met(term, above)
            if _is_name(term):
                worth = max(worth, headed, _met(term, whole) / 2)
                if not worth:
                    # A name that stands nowhere near is another one's story.
                    return 0.0
            elif worth < BELONGS:
                worth = max(worth + _HEADED * headed if worth else 0.0, BELONGS * (headed >= 1))
            share += idf * worth
        return share

    def _units(self, text: str, article: Article) -> list[Unit]:
        return list(self.analyzer.units(_without_titles(text, article), article.language))


def _without_titles(text: str, article: Article) -> str:
    """A text without quoted titles of sources: whom a title names need not have part in it."""
    titles = [folded(source.title) for source in article.sources if source.title]

    def kept(quoted: re.Match[str]) -> str:
        start = folded(quoted[1])
        return " " if any(title.startswith(start) for title in titles) else quoted[0]

    return _QUOTED.sub(kept, text) if titles else text


def _is_name(term: QueryTerm) -> bool:
    return any(name.startswith(_NAME) for name, _ in term.alternatives)


def _met(term: QueryTerm, units: Sequence[Unit]) -> float:
    """How well the best of some units stands for a word of the topic, 0 to 1."""
    return max((_worth(term, unit) for unit in units), default=0.0)


def _worth(term: QueryTerm, unit: Unit) -> float:
    held = {*unit.terms, *unit.concepts}
    met = [(name, weight) for name, weight in term.alternatives if name in held]
    if not met:
        return 0.0
    worth = max(weight for _, weight in met)
    if any(not name.startswith("=") or name.startswith(_NAME) for name, _ in met):
        return worth
    # A word of many meanings, met in one of them only, is often met by chance.
    asked = sum(name.startswith("=") for name, _ in term.alternatives)
    return worth if len(met) >= min(_SHARED, asked) else worth * _WEAK
