"""Text to terms, the same way when indexing and when asking.

A word becomes a term of its language (`en:leav`) and one for each concept that it may mean
(`=leave`); a number becomes its value (`#97400000000`). Phrases of the lexicon are met first,
longest first, before stop words go. It must not know passages, scores or files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.lexicon import Lexicon, Row
from bot.search.numbers import SCALES, number_value, scaled
from bot.search.tokens import Token, fold, tokenize

_MOST_LETTERS = 60
"""A longer run of letters is no word; its beginning stands for it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a phrase of the lexicon or a number, as it stands in a text.

    Attributes:
        tokens: the tokens that it is made of, more than one for a phrase or an amount.
        terms: the terms of its words, without concepts; empty if all are stop words.
        concepts: the concept terms it may mean.
        position: of its first token among all tokens of the text.
        parts: of a phrase, the concept terms that its words may mean apart.
    """

    tokens: tuple[Token, ...]
    terms: tuple[str, ...]
    concepts: tuple[str, ...]
    position: int
    parts: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where it begins, in code points of the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends, in code points of the text."""
        return self.tokens[-1].end

    @property
    def is_number(self) -> bool:
        """Whether it is a number or an amount."""
        return bool(self.terms) and self.terms[0].startswith("#")


class Analyzer:
    """Turns texts into units. Holds the stemmers and the lexicon; safe to share between threads.

    Args:
        rows: the lexicon's rows.
    """

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.lexicon = Lexicon(rows, stem)

    def units(self, text: str, language: str, *, asked: bool = False) -> Iterator[Unit]:
        """Yield what carries meaning in a text of a language, in order.

        Args:
            asked: the text is a question; a word then also means what it means together with a
                particle further on ("fold the lab into").
        """
        tokens = list(tokenize(text))
        stems = [stem(token.word, language) for token in tokens]
        stop_words = STOP_WORDS.get(language, frozenset())
        lower = not any(token.capital for token in tokens)  # as people type in chat
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if value := number_value(token.word, language):
                length, value = _amount(text, tokens, at, value)
                yield Unit(tuple(tokens[at : at + length]), (f"#{value}",), (), at)
                at += length
                continue
            phrase = self.lexicon.phrase(stems, at, language)
            if phrase and any(fold(t.word) not in stop_words for t in tokens[at : at + phrase[0]]):
                length, concepts = phrase
                yield self._phrase(tokens, stems, at, length, concepts, language)
                at += length
                continue
            if fold(token.word) not in stop_words:
                concepts = self.lexicon.concepts(
                    token.word, stems[at], language, name=token.capital or lower
                )
                if asked:
                    concepts += self.lexicon.split_phrase(stems, at, language)
                yield Unit((token,), (f"{language}:{stems[at]}",), _terms(concepts, token), at)
            at += 1

    def _phrase(
        self,
        tokens: Sequence[Token],
        stems: Sequence[str],
        at: int,
        length: int,
        concepts: tuple[str, ...],
        language: str,
    ) -> Unit:
        stop_words = STOP_WORDS.get(language, frozenset())
        meaning = [i for i in range(at, at + length) if fold(tokens[i].word) not in stop_words]
        return Unit(
            tokens=tuple(tokens[at : at + length]),
            terms=tuple(f"{language}:{stems[i]}" for i in meaning),
            concepts=tuple(f"={concept}" for concept in concepts),
            position=at,
            parts=tuple(
                f"={concept}"
                for i in meaning
                for concept in self.lexicon.concepts(
                    tokens[i].word, stems[i], language, name=tokens[i].capital
                )
            ),
        )


def _terms(concepts: tuple[str, ...], token: Token) -> tuple[str, ...]:
    """Terms of concepts. A name of the dispute, written as a name, means nothing else."""
    named = tuple(concept for concept in concepts if concept.startswith("@"))
    return tuple(f"={concept}" for concept in (named if named and token.capital else concepts))


def _amount(text: str, tokens: Sequence[Token], at: int, value: str) -> tuple[int, str]:
    """How many tokens an amount has ("97.4 billion" has two), and its value."""
    length = 1
    while at + length < len(tokens):
        between = text[tokens[at + length - 1].end : tokens[at + length].start]
        power = SCALES.get(fold(tokens[at + length].word))
        if power is None or between.strip(" \xa0-"):
            break
        value = scaled(value, power)
        length += 1
    return length, value


@lru_cache(maxsize=131072)
def stem(word: str, language: str) -> str:
    """The folded Snowball stem of a normalised word; the folded word in an unknown language."""
    word = word[:_MOST_LETTERS]
    name = STEMMERS.get(language)
    return fold(_stemmer(name).stemWord(word)) if name else fold(word)


@lru_cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    # The cache above serves, and a stemmer's own cache is not safe between threads.
    return Stemmer.Stemmer(name, 0)
