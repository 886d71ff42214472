"""Stretches of text between two spaces, each looked into once, and what its words may be.

All that is known of them stands in columns, so that it can be looked up for many at once. It must
not know texts as a whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.analyzer import Analyzer, Word, concept_terms
from bot.search.held_cues import stretch_cues
from bot.search.numbers import SCALES
from bot.search.ragged import Numbers, Positions, Ragged
from bot.search.tokens import fold, token_spans

_Phrase = tuple[int, int] | None

_NO_PAIR = (1 << 63) - 1
"""Greater than the number of any pair of stems."""


class Terms(list[str]):
    """Terms in the order in which they were met; a term's number is its place."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    def number(self, term: str) -> int:
        """The number of a term."""
        found = self._numbers.get(term)
        if found is None:
            found = self._numbers[term] = len(self)
            self.append(term)
        return found


@dataclass(frozen=True, slots=True)
class About:
    """What is known of words, as `Word` says; `own` and `lower` are numbers of units."""

    capital: npt.NDArray[np.bool_]
    stops: npt.NDArray[np.bool_]
    own: Numbers
    lower: Numbers


class Stretches:
    """What is known of stretches, their words and the units that these may be."""

    def __init__(self, analyzer: Analyzer, terms: Terms) -> None:
        self._analyzer, self._terms = analyzer, terms
        self._languages: dict[str, _OfLanguage] = {}
        self._cues = array("B")
        self._held, self._held_ends = array("i"), array("q", [0])
        self._words: list[Word] = []
        self._word_numbers: dict[tuple[str, str], int] = {}
        self._capital, self._stops, self._value, self._scale = (array("B") for _ in range(4))
        self._first, self._second, self._own, self._lower = (array("i") for _ in range(4))
        self._units, self._unit_ends = array("i"), array("q", [0])
        self._unit_numbers: dict[tuple[str, ...], int] = {}
        # The stems that phrases begin with, those that come second, and which of them meet.
        self._firsts: dict[tuple[str, str], int] = {}
        self._seconds: dict[tuple[str, str], int] = {}
        self._pairs: set[tuple[int, int]] = set()
        self._pair_numbers = np.array([_NO_PAIR])
        self._lengths: dict[tuple[int, int], int] = {}
        self._phrases: dict[tuple[int, ...], _Phrase] = {}

    def of_language(self, language: str) -> _OfLanguage:
        """The numbers of the stretches of a language."""
        found = self._languages.get(language)
        if found is None:
            found = self._languages[language] = _OfLanguage(language, self)
            for opening in self._analyzer.lexicon.openings(language):
                first, _, second = opening.partition(" ")
                one = self._firsts.setdefault((language, first), len(self._firsts) + 1)
                other = self._seconds.setdefault((language, second), len(self._seconds) + 1)
                self._pairs.add((one, other))
            width = len(self._seconds) + 1
            pairs = sorted(one * width + other for one, other in self._pairs)
            self._pair_numbers = np.array([*pairs, _NO_PAIR])
        return found

    def __len__(self) -> int:
        return len(self._cues)

    def cues(self, stretches: Positions) -> npt.NDArray[np.uint8]:
        """What `stretch_cues` tells of some stretches."""
        return np.frombuffer(self._cues, dtype=np.uint8)[stretches]

    def add(self, stretch: str, language: str) -> int:
        """The number of a stretch that was not met yet."""
        self._cues.append(stretch_cues(stretch))
        for start, end in token_spans(stretch):
            self._held.append(self._word(stretch[start:end], language))
        self._held_ends.append(len(self._held))
        return len(self._cues) - 1

    def _word(self, surface: str, language: str) -> int:
        found = self._word_numbers.get((language, surface))
        if found is not None:
            return found
        word = self._analyzer.words(language)[surface]
        if word.number:
            own = lower = self._unit((f"#{word.number}",))
        else:
            own = lower = self._unit(word.terms + word.own)
            if word.lower != word.own:
                lower = self._unit(word.terms + word.lower)
        self._words.append(word)
        self._capital.append(word.capital)
        self._stops.append(word.stops and not word.number)
        self._value.append(bool(word.number))
        self._scale.append(fold(word.word) in SCALES)
        self._first.append(0 if word.number else self._firsts.get((language, word.stem), 0))
        self._second.append(self._seconds.get((language, word.stem), 0))
        self._own.append(own)
        self._lower.append(lower)
        found = self._word_numbers[language, surface] = len(self._words) - 1
        return found

    def _unit(self, terms: tuple[str, ...]) -> int:
        found = self._unit_numbers.get(terms)
        if found is None:
            found = self._unit_numbers[terms] = len(self._unit_numbers)
            self._units.extend(map(self._terms.number, terms))
            self._unit_ends.append(len(self._units))
        return found

    def words_of(self, held: Ragged) -> tuple[Numbers, Positions]:
        """The words of stretches that stand in rows, and the row of each."""
        found = _rows(self._held, self._held_ends).take(held.values)
        row = np.repeat(np.arange(len(held)), held.lengths)
        return found.values, np.repeat(row, found.lengths)

    def about(self, words: Numbers) -> About:
        """What is known of some words."""
        return About(
            np.frombuffer(self._capital, dtype=np.bool_)[words],
            np.frombuffer(self._stops, dtype=np.bool_)[words],
            np.frombuffer(self._own, dtype=np.int32)[words],
            np.frombuffer(self._lower, dtype=np.int32)[words],
        )

    def terms_of(self, units: Numbers) -> Ragged:
        """The terms of some units."""
        return _rows(self._units, self._unit_ends).take(units)

    def openings(self, words: Numbers, row: Positions) -> Positions:
        """Where an amount of several words or a phrase may begin: at two words of one row."""
        one, other = words[:-1], words[1:]
        amount = np.frombuffer(self._value, dtype=np.bool_)[one]
        amount &= np.frombuffer(self._scale, dtype=np.bool_)[other]
        first = np.frombuffer(self._first, dtype=np.int32)[one].astype(np.int64)
        second = np.frombuffer(self._second, dtype=np.int32)[other]
        phrase = np.flatnonzero((first > 0) & (second > 0))
        pairs = first[phrase] * (len(self._seconds) + 1) + second[phrase]
        # Not `isin`: it loads a part of numpy that takes longer than a short article.
        known = self._pair_numbers
        amount[phrase[known[np.searchsorted(known, pairs)] == pairs]] = True
        return np.flatnonzero(amount & (row[:-1] == row[1:]))

    def is_number(self, word: int) -> bool:
        """Whether a word is one; where it opens something, that is an amount."""
        return bool(self._value[word])

    def amounts(self, text: str, language: str) -> Callable[[int], tuple[int, int]]:
        """What tells of the amount at a text's word how many words it has, and its unit."""
        amount = self._analyzer.amounts(text, language)

        def found(at: int) -> tuple[int, int]:
            length, value = amount(at)
            return length, self._unit((value,))

        return found

    def phrase(self, words: Sequence[int], at: int, end: int, language: str) -> _Phrase:
        """How many words the phrase has that begins at one of a text's words, and its unit.

        Args:
            end: where the text's words end.
        """
        pair = words[at], words[at + 1]
        most = self._lengths.get(pair)
        if most is None:
            opening = f"{self._words[pair[0]].stem} {self._words[pair[1]].stem}"
            lengths = self._analyzer.lexicon.lengths(opening, language)
            most = self._lengths[pair] = max(lengths)
        following = tuple(words[at : min(at + most, end)])
        if following not in self._phrases:
            self._phrases[following] = self._read_phrase(following, language)
        return self._phrases[following]

    def _read_phrase(self, following: tuple[int, ...], language: str) -> _Phrase:
        words = [self._words[number] for number in following]
        found = self._analyzer.lexicon.phrase([word.stem for word in words], 0, language)
        if found is None:
            return None
        length, concepts = found
        terms = tuple(term for word in words[:length] if not word.stops for term in word.terms)
        return (length, self._unit(terms + concept_terms(concepts))) if terms else None


class _OfLanguage(dict[str, int]):
    """The numbers of the stretches of one language, each looked into when it is first met."""

    def __init__(self, language: str, known: Stretches) -> None:
        super().__init__()
        self._language, self._known = language, known

    def __missing__(self, stretch: str) -> int:
        found = self[stretch] = self._known.add(stretch, self._language)
        return found


def _rows(values: array[int], ends: array[int]) -> Ragged:
    return Ragged(np.frombuffer(values, dtype=np.int32), np.frombuffer(ends, dtype=np.int64))
