"""From a question to a query: each word with the terms that may stand for it.

It must not know passages or scores, nor what stands for a word: it asks the analyzer for units and
leaves out those that mean nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.search.alternatives import Alternatives, Weighted
from bot.search.analyzer import Unit
from bot.search.cues import Cue, question_cues
from bot.search.index import QueryTerm
from bot.search.languages import STOP_WORDS
from bot.search.tokens import fold

_LONGEST_SLIP = 4
_KEPT = 4096
"""Words that stay known: most of those that are asked for are asked for again."""
_MOST_TERMS = 64
"""A longer question is no question; its beginning is searched."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be searched.

    Attributes:
        terms: one for each word, phrase and number that carries meaning.
        units: the unit of each term.
        cues: the kinds of answer wanted.
    """

    text: str
    language: str
    terms: tuple[QueryTerm, ...]
    units: tuple[Unit, ...]
    cues: Cue


class QueryBuilder:
    """Builds queries against the vocabulary of one index.

    Args:
        alternatives: what stands for words in that index.
    """

    def __init__(self, alternatives: Alternatives) -> None:
        self._analyzer = alternatives.analyzer
        self._vocabulary = alternatives.vocabulary
        self._of_phrase = alternatives.of_phrase
        self._of_word = lru_cache(_KEPT)(alternatives.of_word)

    def build(self, question: str, language: str) -> Query:
        """The query of a question in a language."""
        terms: list[QueryTerm] = []
        units: list[Unit] = []
        for unit in self._analyzer.units(question, language, asked=True):
            alternatives = self._alternatives(unit, language)
            if alternatives and not self._is_misspelt_stop_word(unit, language):
                terms.append(QueryTerm(question[unit.start : unit.end], alternatives))
                units.append(unit)
        return Query(
            text=question,
            language=language,
            terms=tuple(terms[:_MOST_TERMS]),
            units=tuple(units[:_MOST_TERMS]),
            cues=question_cues(question, language),
        )

    def _alternatives(self, unit: Unit, language: str) -> Weighted:
        if unit.is_number:
            return ((unit.terms[0], 1.0),)
        if len(unit.tokens) > 1:
            return self._of_phrase(unit)
        return self._of_word(unit.tokens[0].word, unit.concepts, language)

    def _is_misspelt_stop_word(self, unit: Unit, language: str) -> bool:
        """Whether a short word that nothing knows is nearly a stop word ("wy", "teh")."""
        word = fold(unit.tokens[0].word)
        if len(unit.tokens) > 1 or unit.concepts or unit.is_number or len(word) > _LONGEST_SLIP:
            return False
        if any(term in self._vocabulary for term in unit.terms) or unit.tokens[0].capital:
            return False
        # Only words that nothing knows need it.
        from rapidfuzz.distance import OSA

        return any(
            (len(word) < len(stop) or sorted(word) == sorted(stop))
            and OSA.distance(word, stop, score_cutoff=1) <= 1
            for stop in STOP_WORDS.get(language, ())
        )
