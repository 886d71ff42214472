"""The terms that may stand for a word of a question, and how well each does.

Its concepts, its stems in every language of the articles, and where none of them exists, words that
look like it. It must not know passages, scores, or the rest of the question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.search.analyzer import Analyzer, Unit, stem
from bot.search.similar import SimilarWords, similar_arrays, similar_words

Weighted = tuple[tuple[str, float], ...]
"""Terms, each with how well it stands for the word, 0 to 1."""

_SHORTEST_MENDED = 4


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


class Alternatives:
    """What may stand for the words of questions in one index. Safe to use from any thread.

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
        self.analyzer = analyzer
        self.vocabulary = vocabulary
        self._languages = tuple(sorted(languages))
        self._weights = weights or QueryWeights()
        self._lexicon_words: dict[str, SimilarWords] = {}
        if similar is None:
            arrays = similar_arrays(vocabulary, self._languages)
            similar = {language: similar_words(arrays, language) for language in self._languages}
        self._similar = similar

    def of_phrase(self, unit: Unit) -> Weighted:
        """What stands for several words that mean one thing."""
        found = dict.fromkeys(unit.concepts, 1.0)
        for term in (*unit.terms, *unit.parts):
            found.setdefault(term, self._weights.phrase_part)
        return _worth(found)

    def of_word(self, word: str, concepts: tuple[str, ...], language: str) -> Weighted:
        """What stands for a normalised word of a question in a language.

        Args:
            concepts: the terms of what it may mean.
        """
        weights = self._weights
        found: dict[str, float] = {}
        concepts = concepts if weights.concept else ()
        for concept in concepts:
            # A name of the dispute is as good as the word itself.
            found[concept] = 1.0 if concept.startswith("=@") else weights.concept
        known = bool(concepts)
        for other in self._languages:
            term = f"{other}:{stem(word, other)}"
            if other == language:
                found[term] = 1.0
                # A word that the lexicon knows is not misspelt.
                if known or term in self.vocabulary:
                    continue
                least = weights.least_likeness
            elif known:
                found[term] = weights.known_in_other_language
                if self._any(concepts):
                    continue
                least = weights.least_cognate
            else:
                found[term] = weights.other_language
                if term in self.vocabulary:
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
        if f"{language}:{here}" in self.vocabulary or len(here) < _SHORTEST_MENDED:
            return
        if language not in self._lexicon_words:
            words = self.analyzer.lexicon.words(language)
            self._lexicon_words[language] = SimilarWords(words)
        for like, likeness in self._lexicon_words[language].find(
            here, self._weights.least_mended, self._weights.most_similar
        ):
            for concept in self.analyzer.lexicon.concepts(like, like, language, name=False):
                yield f"={concept}", likeness

    def _any(self, terms: Sequence[str]) -> bool:
        return any(term in self.vocabulary for term in terms)


def _worth(found: Mapping[str, float]) -> Weighted:
    return tuple((term, weight) for term, weight in found.items() if weight)
