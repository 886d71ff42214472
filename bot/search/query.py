"""From a question to a query: each word with the terms that may stand for it.

It must not know passages or scores: it asks the analyzer for units and the vocabulary for what
exists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.search.analyzer import Analyzer, Unit, stem
from bot.search.cues import Cue, question_cues
from bot.search.index import QueryTerm
from bot.search.languages import STOP_WORDS
from bot.search.similar import SimilarWords, similar_arrays, similar_words
from bot.search.tokens import fold

_SHORTEST_MENDED = 4
_LONGEST_SLIP = 4
_MOST_TERMS = 64
"""A longer question is no question; its beginning is searched."""


@dataclass(frozen=True, slots=True)
class QueryWeights:
    """How well each kind of alternative stands for a word, 0 to 1.

    A weight of 0 takes its alternatives out, `most_similar=0` those that only look alike. What each
    part is worth: `python -m tests.comparison`.
    """

    concept: float = 0.75
    phrase_part: float = 0.2
    other_language: float = 0.9
    known_in_other_language: float = 0.5
    similar: float = 0.8
    least_likeness: float = 0.55
    least_cognate: float = 0.8
    least_mended: float = 0.75
    most_similar: int = 3


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
        analyzer: the one the index was built with.
        vocabulary: every term of the index.
        languages: the languages of its passages.
        similar: the words of each language, where they are known already.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        vocabulary: Mapping[str, int],
        languages: Collection[str],
        weights: QueryWeights | None = None,
        similar: Mapping[str, SimilarWords] | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._languages = tuple(sorted(languages))
        self._weights = weights or QueryWeights()
        self._lexicon_words: dict[str, SimilarWords] = {}
        if similar is None:
            arrays = similar_arrays(vocabulary, self._languages)
            similar = {language: similar_words(arrays, language) for language in self._languages}
        self._similar = similar

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

    def _alternatives(self, unit: Unit, language: str) -> tuple[tuple[str, float], ...]:
        weights = self._weights
        found: dict[str, float] = {}
        if unit.is_number:
            return ((unit.terms[0], 1.0),)
        if len(unit.tokens) > 1:
            for concept in unit.concepts:
                found[concept] = 1.0
            for term in (*unit.terms, *unit.parts):
                found.setdefault(term, weights.phrase_part)
            return _worth(found)
        concepts = unit.concepts if weights.concept else ()
        for concept in concepts:
            # A name of the dispute is as good as the word itself.
            found[concept] = 1.0 if concept.startswith("=@") else weights.concept
        word = unit.tokens[0].word
        known = bool(concepts)
        for other in self._languages:
            term = f"{other}:{stem(word, other)}"
            if other == language:
                found[term] = 1.0
                # A word that the lexicon knows is not misspelt.
                if known or term in self._vocabulary:
                    continue
                least = weights.least_likeness
            elif known:
                found[term] = weights.known_in_other_language
                if self._any(concepts):
                    continue
                least = weights.least_cognate
            else:
                found[term] = weights.other_language
                if term in self._vocabulary:
                    continue
                least = weights.least_likeness
            for like, likeness in self._similar[other].find(
                stem(word, other), least, weights.most_similar
            ):
                found.setdefault(f"{other}:{like}", weights.similar * likeness)
        if not known:
            for concept, likeness in self._misspelt(word, language):
                found.setdefault(concept, weights.concept * likeness)
        return _worth(found)

    def _misspelt(self, word: str, language: str) -> Iterator[tuple[str, float]]:
        """Concepts of the lexicon's words that an unknown word of no article may be meant for."""
        here = stem(word, language)
        if f"{language}:{here}" in self._vocabulary or len(here) < _SHORTEST_MENDED:
            return
        if language not in self._lexicon_words:
            words = self._analyzer.lexicon.words(language)
            self._lexicon_words[language] = SimilarWords(words)
        for like, likeness in self._lexicon_words[language].find(
            here, self._weights.least_mended, self._weights.most_similar
        ):
            for concept in self._analyzer.lexicon.concepts(like, like, language, name=False):
                yield f"={concept}", likeness

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

    def _any(self, terms: Sequence[str]) -> bool:
        return any(term in self._vocabulary for term in terms)


def _worth(found: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((term, weight) for term, weight in found.items() if weight)
