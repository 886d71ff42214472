"""The lexicon: words and phrases of several languages that mean one thing, under one concept.

It answers one question, "which concepts may this run of stems mean?", phrases first. It must not
know files (the rows are handed to it) nor scores.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.articles.model import Dispute
from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.tokens import fold, normalize, tokenize

_PARTED = 4
"""How many words may stand between a verb and its particle."""

_AND = "\x1f"
"""Between what one key of `_Words` means. Strings are read faster than lists, take less room, and
are nothing that the garbage collector must walk."""

_PLURAL_WITH_S = frozenset({"en", "es", "fr"})
_SHORT = 4

Stem = Callable[[str, str], str]
"""(normalised word, language) to the folded stem that stands in terms."""


@dataclass(frozen=True, slots=True)
class Row:
    """One concept and its words: language code to words and phrases as people write them."""

    concept: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Words:
    """One language: concepts by the stem of a word, by a folded name, by the stems of a phrase.

    Where there are several values they are one string, with `_AND` between them.

    Attributes:
        openings: by their first two stems, how many words the phrases have, most first.
    """

    single: Mapping[str, str]
    names: Mapping[str, str]
    phrases: Mapping[str, str]
    openings: Mapping[str, str]

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The stems that phrases begin with."""
        return frozenset(opening.partition(" ")[0] for opening in self.openings)

    @cached_property
    def longest(self) -> int:
        """How many words the longest phrase has."""
        most = (int(lengths.partition(_AND)[0]) for lengths in self.openings.values())
        return max(most, default=1)


def name_rows(dispute: Dispute) -> Iterator[Row]:
    """A row for each person, company and thing of the dispute, under `@` and its id."""
    for entity in dispute.entities:
        everywhere = (entity.name, *entity.names.get("any", ()))
        yield Row(
            f"@{entity.id}",
            {code: (*everywhere, *entity.names.get(code, ())) for code in STEMMERS},
        )


class Lexicon:
    """Concepts by the stems of their words. A language is prepared when it is first asked for.

    Args:
        rows: concepts and their words; a word may stand in several rows, and then means them all.
        stem: how the analyzer stems a word, so that rows and texts meet in the same form.
        prepared: instead of rows, what another lexicon told as its languages, in UTF-8.
    """

    def __init__(
        self, rows: Iterable[Row], stem: Stem, prepared: Mapping[str, memoryview] | None = None
    ) -> None:
        self._rows = tuple(rows)
        self._stem = stem
        self._prepared = prepared or {}
        self._languages: dict[str, _Words] = {}

    def languages(self) -> Mapping[str, str]:
        """Every language as it is when prepared, in JSON, so that it can be kept."""
        known = {*STEMMERS, *(code for row in self._rows for code in row.words)}
        parts = {code: self._of(code) for code in sorted({*known, *self._prepared})}
        return {
            code: json.dumps(
                [words.single, words.names, words.phrases, words.openings], ensure_ascii=False
            )
            for code, words in parts.items()
        }

    def concepts(self, word: str, stem: str, language: str, *, name: bool) -> tuple[str, ...]:
        """The concepts that one word may mean.

        Args:
            name: whether the word may be a proper name, so that "Mosca" is Moscow but "mosca" is
                not. A row's word is a name if it is written with a capital letter.
        """
        words = self._of(language)
        concepts = _several(words.single.get(stem))
        if name and (named := words.names.get(fold(word))):
            return (*_several(named), *concepts)
        return concepts

    def phrase(
        self, stems: Sequence[str], at: int, language: str
    ) -> tuple[int, tuple[str, ...]] | None:
        """The longest phrase that begins at a position: how many words it has, and its concepts."""
        words = self._of(language)
        lengths = words.openings.get(" ".join(stems[at : at + 2]))
        if lengths is None:
            return None
        for length in map(int, _several(lengths)):
            found = words.phrases.get(" ".join(stems[at : at + length]))
            # At the end of a text there are fewer stems, and perhaps a shorter phrase.
            if found and at + length <= len(stems):
                return length, _several(found)
        return None

    def opens_phrase(self, stem: str, language: str) -> bool:
        """Whether some phrase begins with a word."""
        return stem in self._of(language).firsts

    def opens_with(self, first: str, second: str, language: str) -> bool:
        """Whether some phrase begins with two words."""
        return f"{first} {second}" in self._of(language).openings

    def longest(self, language: str) -> int:
        """How many words the longest phrase of a language has."""
        return self._of(language).longest

    def openings(self, language: str) -> Iterable[str]:
        """The first two stems of all phrases of a language."""
        return self._of(language).openings

    def lengths(self, opening: str, language: str) -> Sequence[int]:
        """How many words the phrases have that begin with those stems, most first."""
        return tuple(map(int, _several(self._of(language).openings.get(opening))))

    def split_phrase(self, stems: Sequence[str], at: int, language: str) -> tuple[str, ...]:
        """The concepts of two-word phrases whose second, a stop word, stands a little further on.

        English and German part their verbs: "fold the lab into", "kam ChatGPT heraus".
        """
        stop_words = STOP_WORDS.get(language, frozenset())
        phrases = self._of(language).phrases
        following = dict.fromkeys(stems[at + 2 : at + 2 + _PARTED])
        return tuple(
            concept
            for particle in following
            if particle in stop_words
            for concept in _several(phrases.get(f"{stems[at]} {particle}"))
        )

    def words(self, language: str) -> Iterable[str]:
        """The stems of all single words of a language."""
        return self._of(language).single

    def knows(self, stem: str, language: str) -> bool:
        """Whether the word stands in some row, alone and not as a name."""
        return stem in self._of(language).single

    def _of(self, language: str) -> _Words:
        # Two threads may both prepare a language; they find the same.
        if language not in self._languages:
            if language in self._prepared:
                self._languages[language] = _Words(
                    *json.loads(str(self._prepared[language], "utf-8"))
                )
            else:
                self._languages[language] = _prepare(self._rows, language, self._stem)
        return self._languages[language]


def _prepare(rows: Iterable[Row], language: str, stem: Stem) -> _Words:
    single: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, list[str]] = defaultdict(list)
    openings: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        for word in row.words.get(language, ()):
            # Most words are plain; taking them apart would double the time this takes.
            parts = (normalize(word),) if word.isalpha() else _parts(word)
            if len(parts) > 1:
                stems = [stem(part, language) for part in parts]
                _add(phrases, " ".join(stems), row.concept)
                openings[" ".join(stems[:2])].add(len(stems))
            elif parts and _is_name(word, language):
                _add(names, fold(parts[0]), row.concept)
            elif parts:
                _add(single, stem(parts[0], language), row.concept)
                if plural := _plural(parts[0], language):
                    _add(single, stem(plural, language), row.concept)
    lengths = {first: map(str, sorted(found, reverse=True)) for first, found in openings.items()}
    return _Words(_joined(single), _joined(names), _joined(phrases), _joined(lengths))


def _joined(values: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {key: _AND.join(found) for key, found in values.items()}


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(value.split(_AND)) if value else ()


def _parts(word: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokenize(word))


def _plural(word: str, language: str) -> str | None:
    """A plural whose ending Snowball leaves on short words: "años", "ans", "ways"."""
    if language not in _PLURAL_WITH_S or len(word) > _SHORT or word.endswith(("s", "x", "z")):
        return None
    return word + ("es" if language == "es" and word[-1] not in "aeiouáéíóú" else "s")


def _add(where: dict[str, list[str]], key: str, concept: str) -> None:
    known = where[key]
    if concept not in known:
        known.append(concept)


def _is_name(word: str, language: str) -> bool:
    # German writes every noun with a capital letter.
    return language != "de" and next((c.isupper() for c in word if c.isalpha()), False)
