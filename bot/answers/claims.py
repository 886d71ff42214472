"""What one passage states: amounts, dates and ways, each with the words around it.

Numbers that are no claim are left out: denied ones, those of a sentence about a mistake, and the
date of a text that is only named. It must not know questions, nor other passages.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.phrasebook import Phrasebook, Span
from bot.answers.values import COUNT, Value, amounts, dates
from bot.articles.model import Passage
from bot.articles.passage_sentences import spans_of
from bot.search.analyzer import Analyzer, Unit

Content = tuple[frozenset[str], ...]
"""The terms of each word in order, concepts included; without names, values, and words that only
tell who says something."""
DIFFER, TELL = "differ", "tell"
"""The labels of phrases by which a text says that accounts differ, and who says something."""
_SILENT = frozenset({TELL, "source", DIFFER})
_QUOTED = re.compile(r'["“„«]\s?([^"“”„«»\n]{2,120}?)\s?["”“»]')
_BOUNDARY = re.compile(
    r"[;:—–()]|,(?=\s)"
    r"|\b(?:while|whereas|but|mentre|ma|mientras|pero|während|aber|tandis que|mais)\b"
)
_WORD = re.compile(r"\w+")
_DENIAL_REACH = 3
"""A "not" denies a value that begins at most this many words after it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value, and what stands around it.

    Attributes:
        number: of its sentence in the passage, from 0.
        clause: the content of its clause.
        names: concept terms of the names before it, nearest last, from the sentence before on.
        clause_names: those of its clause, in order.
        adjacent: the nearest name stands right before it.
        told: its clause says who says so.
        apart: its clause speaks of a part, a total, a repetition or a change.
    """

    value: Value
    sentence: Span
    number: int
    clause: Content
    names: tuple[str, ...]
    clause_names: tuple[str, ...]
    adjacent: bool
    told: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage, read.

    Attributes:
        statements: in the order of the text.
        sentences: the content of each sentence.
        named: the numbers of the sentences that hold a name; another one may only point back.
        heading: the content of the nearest heading above it.
        marked: the numbers of the sentences that say themselves that accounts differ.
        attributed: the numbers of those that name a source or somebody who says so.
        names: the concept terms of all names in it and in its article's title.
    """

    passage: Passage
    statements: tuple[Statement, ...]
    sentences: tuple[Content, ...]
    named: frozenset[int]
    heading: Content
    marked: frozenset[int]
    attributed: frozenset[int]
    names: frozenset[str]


def read_passage(passage: Passage, analyzer: Analyzer, phrasebook: Phrasebook) -> Reading:
    """Read a passage."""
    return _Reader(passage, analyzer, phrasebook).read()


class _Reader:
    def __init__(self, passage: Passage, analyzer: Analyzer, phrasebook: Phrasebook) -> None:
        language = passage.article.language
        self._text = text = untitled(passage.text)
        self._passage = passage
        self._spans = spans_of(passage) or ((0, len(text)),)
        self._starts = [start for start, _ in self._spans]
        self._units = list(analyzer.units(text, language))
        self._unit_starts = [unit.start for unit in self._units]
        self._named = [(unit, names) for unit in self._units if (names := _names(unit))]
        self._title = list(analyzer.units(passage.article.title, language))
        self._heading = list(analyzer.units(passage.heading or "", language))
        self._labels: defaultdict[str, list[Span]] = defaultdict(list)
        for label, span in phrasebook.find(text, language):
            self._labels[label].append(span)
        self._words: list[frozenset[str] | None] = []

    def read(self) -> Reading:
        days = list(dates(self._text, self._passage.article.language))
        found = [
            value
            for value in amounts(self._text, self._units, self._passage.article.language)
            if value.unit != COUNT or not _within_any(value, days)
        ]
        taken = [(value.start, value.end) for value in (*found, *days)]
        taken += [span for label in _SILENT for span in self._labels[label]]
        self._words = list(map(_word, self._units))
        for first, last in taken:
            begin, end = (bisect_left(self._unit_starts, offset) for offset in (first, last))
            for number in range(begin, end):
                if self._units[number].end <= last:
                    self._words[number] = None
        values = [*found, *(day for day in days if not self._is_of_a_source(day)), *self._ways()]
        values.sort(key=lambda value: (value.start, value.end))
        mistaken = self._sentences_with("mistake")
        return Reading(
            passage=self._passage,
            statements=tuple(
                self._statement(value)
                for value in values
                if self._number(value.start) not in mistaken and not self._is_denied(value)
            ),
            sentences=tuple(self._content(span) for span in self._spans),
            named=frozenset(self._number(unit.start) for unit, _ in self._named),
            heading=tuple(word for unit in self._heading if (word := _word(unit))),
            marked=self._sentences_with(DIFFER),
            attributed=self._sentences_with(TELL) | self._sentences_with("source"),
            names=frozenset(
                name
                for names in (*(names for _, names in self._named), *map(_names, self._title))
                for name in names
            ),
        )

    def _ways(self) -> Iterator[Value]:
        for label, spans in self._labels.items():
            unit, mark, way = label.partition("=")
            if mark:
                yield from (Value(start, end, unit, way) for start, end in spans)

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _sentences_with(self, label: str) -> frozenset[int]:
        return frozenset(self._number(start) for start, _ in self._labels[label])

    def _content(self, span: Span) -> Content:
        first, last = (bisect_left(self._unit_starts, offset) for offset in span)
        return tuple(word for word in self._words[first:last] if word)

    def _names_in(self, span: Span) -> list[tuple[str, Unit]]:
        return [
            (name, unit)
            for unit, names in self._named
            if span[0] <= unit.start < span[1]
            for name in names
        ]

    def _is_denied(self, value: Value) -> bool:
        return any(
            end <= value.start
            and self._number(start) == self._number(value.start)
            and len(_WORD.findall(self._text[end : value.start])) < _DENIAL_REACH
            for start, end in self._labels["not"]
        )

    def _is_of_a_source(self, value: Value) -> bool:
        """Whether a date is that of a text: "its post of March", "an article dated 5 May"."""
        for label, least, most in (("source", 0, 2), (TELL, 1, 1)):
            for start, end in self._labels[label]:
                between = self._text[end : value.start]
                if end <= value.start and self._number(start) == self._number(value.start):
                    apart = len(_WORD.findall(between))
                    if least <= apart <= most and not _BOUNDARY.search(between):
                        return True
        return False

    def _statement(self, value: Value) -> Statement:
        number = self._number(value.start)
        sentence = self._spans[number]
        clause = self._clause(value, sentence)
        before = (self._spans[max(0, number - 1)][0], value.start)
        named = self._names_in(before)
        here = [name for name, unit in named if unit.start >= sentence[0]]
        gap = self._text[named[-1][1].end : value.start] if named else ""
        return Statement(
            value=value,
            sentence=sentence,
            number=number,
            clause=self._content(clause),
            names=tuple(here or (name for name, _ in named)),
            clause_names=tuple(name for name, _ in self._names_in(clause)),
            adjacent=bool(here) and len(_WORD.findall(gap)) < 2,
            told=self._holds(clause, TELL),
            apart=self._holds(clause, "apart"),
        )

    def _holds(self, span: Span, label: str) -> bool:
        return any(span[0] <= start and end <= span[1] for start, end in self._labels[label])

    def _clause(self, value: Value, sentence: Span) -> Span:
        """The clause around a value; one that says nothing else has the clause before it, too."""
        cuts = [sentence[0]]
        ends = []
        for found in _BOUNDARY.finditer(self._text, *sentence):
            if found.end() <= value.start:
                cuts.append(found.end())
            elif found.start() >= value.end:
                ends.append(found.start())
        end = min(ends, default=sentence[1])
        for start in reversed(cuts):
            if self._content((start, end)) or self._holds((start, end), TELL):
                return start, end
        return cuts[0], end


def _within_any(value: Value, others: Sequence[Value]) -> bool:
    return any(value.start < other.end and other.start < value.end for other in others)


def untitled(text: str) -> str:
    """A text with blanks for titles of sources: they are not what its sentences speak of."""
    return _QUOTED.sub(_without_title, text)


def _without_title(found: re.Match[str]) -> str:
    words = _WORD.findall(found.group(1))
    is_title = words and words[0][0].isupper() and words[-1][0].isupper()
    return " " * len(found.group()) if is_title else found.group()


def _word(unit: Unit) -> frozenset[str] | None:
    """The terms of a word that is no name."""
    return None if _names(unit) else frozenset((*unit.terms, *unit.concepts, *unit.parts))


def _names(unit: Unit) -> list[str]:
    if not unit.concepts:
        return []
    return [concept for concept in unit.concepts if concept.startswith("=@")]
