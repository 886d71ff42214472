"""Text to terms, the same way when indexing and when asking.

A word becomes a term of its language (`en:leav`) and one for each concept that it may mean
(`=leave`); a number becomes its value (`#97400000000`). Phrases of the lexicon are met first,
longest first, before stop words go. It must not know passages, scores or files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import Stemmer

from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.lexicon import Lexicon, Row
from bot.search.numbers import SCALES, number_value, scaled
from bot.search.tokens import Token, fold, kept_token_bounds, normalize, token_spans

_MOST_LETTERS = 60
"""A longer run of letters is no word; its beginning stands for it."""
_MOST_WORDS = 200_000
"""Different words of a language that are kept in mind."""


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


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word of one language, however often it stands in texts.

    Attributes:
        word, capital: as in `Token`.
        number: its value, if it is a number.
        stops: it is a stop word.
        opens: a phrase may begin with it.
        terms: itself, as a term.
        own: its concepts as terms, read as it is written.
        lower: the same in a text without capitals, where any word may be a name.
    """

    word: str
    stem: str
    capital: bool
    number: str | None
    stops: bool
    opens: bool
    terms: tuple[str, ...]
    own: tuple[str, ...]
    lower: tuple[str, ...]


class Words(dict[str, Word]):
    """The words of one language as they are written, each looked into when it is first met."""

    def __init__(self, language: str, lexicon: Lexicon) -> None:
        super().__init__()
        self._language, self._lexicon = language, lexicon

    def __missing__(self, surface: str) -> Word:
        language, lexicon = self._language, self._lexicon
        word, capital = normalize(surface), surface[0].isupper()
        stemmed = stem(word, language)
        as_name = lexicon.concepts(word, stemmed, language, name=True)
        # What means nothing as a name either is most words.
        plain = lexicon.concepts(word, stemmed, language, name=False) if as_name else ()
        found = Word(
            word=word,
            stem=stemmed,
            capital=capital,
            number=number_value(word, language),
            stops=fold(word) in STOP_WORDS.get(language, frozenset()),
            opens=lexicon.opens_phrase(stemmed, language),
            terms=(f"{language}:{stemmed}",),
            own=_named(concept_terms(as_name if capital else plain), capital),
            lower=_named(concept_terms(as_name), capital),
        )
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[surface] = found
        return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's words, where each begins and ends, and the stems of all."""

    text: str
    language: str
    words: list[Word]
    spans: Sequence[tuple[int, int]]
    stems: list[str]


_Run = tuple[int, int, tuple[str, ...], tuple[str, ...]]
"""A unit before it is made: its first word, how many it has, its terms, its concept terms."""
Place = tuple[int, int, tuple[str, ...]]
"""Where a unit begins, where it ends, and its terms, those of its concepts included."""


class Analyzer:
    """Turns texts into units. Holds the stemmers and the lexicon; safe to share between threads.

    Args:
        lexicon: the concepts, or the rows that they are made from.
    """

    def __init__(self, lexicon: Lexicon | Sequence[Row] = ()) -> None:
        self.lexicon = lexicon if isinstance(lexicon, Lexicon) else Lexicon(lexicon, stem)
        self._words: dict[str, Words] = {}

    def units(self, text: str, language: str, *, asked: bool = False) -> Iterator[Unit]:
        """Yield what carries meaning in a text of a language, in order.

        Args:
            asked: the text is a question; a word then also means what it means together with a
                particle further on ("fold the lab into").
        """
        read = self._read(text, language)
        words, spans = read.words, read.spans
        for at, length, terms, concepts in self._runs(read):
            here = range(at, at + length)
            tokens = tuple([Token(words[n].word, *spans[n], words[n].capital) for n in here])
            parts: tuple[str, ...] = ()
            if not terms[0].startswith("#"):
                if length > 1:
                    parts = tuple(part for n in here for part in self._parts(words[n], language))
                elif asked:
                    further = self.lexicon.split_phrase(read.stems, at, language)
                    concepts = _named(concepts + concept_terms(further), words[at].capital)
            yield Unit(tokens, terms, concepts, at, parts)

    def places(self, text: str, language: str) -> Iterator[Place]:
        """Yield the same in brief: where each unit begins and ends, its terms and concepts."""
        read = self._read(text, language)
        spans = read.spans
        for at, length, terms, concepts in self._runs(read):
            yield spans[at][0], spans[at + length - 1][1], (*terms, *concepts)

    def places_at(self, text: str, language: str, positions: Iterable[int]) -> Iterator[Place]:
        """Yield the same of the units at some positions alone, without reading all the text."""
        known, longest = self.words(language), self.lexicon.longest(language)
        bounds = kept_token_bounds(text)
        lower = not any(text[start].isupper() for start in bounds[::2])
        for at in positions:
            start, end, *after = bounds[2 * at : 2 * at + 4]
            word = known[text[start:end]]
            # Of the words that may open a phrase most do not, as the word after them tells.
            opens = (
                word.opens
                and after
                and self.lexicon.opens_with(word.stem, known[text[slice(*after)]].stem, language)
            )
            if not (word.number or opens):
                yield start, end, (*word.terms, *(word.lower if lower else word.own))
                continue
            last = None if word.number else 2 * (at + longest)
            spans = list(zip(bounds[2 * at : last : 2], bounds[2 * at + 1 : last : 2], strict=True))
            words = [known[text[start:end]] for start, end in spans]
            read = _Read(text, language, words, spans, [word.stem for word in words])
            [(_, length, terms, concepts)] = islice(self._runs(read, lower), 1)
            yield start, spans[length - 1][1], (*terms, *concepts)

    def stems(self, text: str, language: str) -> tuple[Sequence[tuple[int, int]], list[str]]:
        """Where each token of a text begins and ends, and the stem of each."""
        read = self._read(text, language)
        return read.spans, read.stems

    def words(self, language: str) -> Words:
        """What is known of the words of a language."""
        known = self._words.get(language)
        if known is None:
            known = self._words.setdefault(language, Words(language, self.lexicon))
        return known

    def amounts(self, text: str, language: str) -> Callable[[int], tuple[int, str]]:
        """What tells of the amount at a text's token how many tokens it has, and its term."""
        read = self._read(text, language)

        def amount(at: int) -> tuple[int, str]:
            length, value = _amount(read, at, read.words[at].number or "")
            return length, f"#{value}"

        return amount

    def _read(self, text: str, language: str) -> _Read:
        known = self.words(language)
        spans = list(token_spans(text))
        words = [known[text[start:end]] for start, end in spans]
        return _Read(text, language, words, spans, [word.stem for word in words])

    def _runs(self, read: _Read, lower: bool | None = None) -> Iterator[_Run]:
        """The units of a text.

        Args:
            lower: it has no capitals, as people type in chat; None if that is not known.
        """
        words, language = read.words, read.language
        if lower is None:
            lower = not any(word.capital for word in words)
        at = 0
        while at < len(words):
            word = words[at]
            if word.number:
                length, value = _amount(read, at, word.number)
                yield at, length, (f"#{value}",), ()
                at += length
                continue
            phrase = self.lexicon.phrase(read.stems, at, language) if word.opens else None
            if phrase:
                length, concepts = phrase
                terms = tuple(
                    term for one in words[at : at + length] if not one.stops for term in one.terms
                )
                if terms:
                    yield at, length, terms, concept_terms(concepts)
                    at += length
                    continue
            if not word.stops:
                yield at, 1, word.terms, word.lower if lower else word.own
            at += 1

    def _parts(self, word: Word, language: str) -> tuple[str, ...]:
        if word.stops:
            return ()
        return concept_terms(
            self.lexicon.concepts(word.word, word.stem, language, name=word.capital)
        )


def concept_terms(concepts: Iterable[str]) -> tuple[str, ...]:
    """The terms of concepts."""
    return tuple([f"={concept}" for concept in concepts])


def _named(concepts: tuple[str, ...], capital: bool) -> tuple[str, ...]:
    """A name of the dispute, written as a name, means nothing else."""
    if not capital:
        return concepts
    return tuple([concept for concept in concepts if concept.startswith("=@")]) or concepts


def _amount(read: _Read, at: int, value: str) -> tuple[int, str]:
    """How many words an amount has ("97.4 billion" has two), and its value."""
    length = 1
    while at + length < len(read.words):
        between = read.text[read.spans[at + length - 1][1] : read.spans[at + length][0]]
        power = SCALES.get(fold(read.words[at + length].word))
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
