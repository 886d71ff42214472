"""Many texts read at once: the terms they hold and where, the same as `Analyzer.units` tells.

A stretch of text between two spaces is looked into when it is first met; what is then done for
every word of every text is done for all of them together. It must not know passages, nor which ids
an index gives to terms.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.analyzer import Analyzer
from bot.search.held_cues import joined_cues, sentence_cues
from bot.search.ragged import Positions, Ragged, spread
from bot.search.stretches import Stretches, Terms
from bot.search.tokens import token_spans

_MOST_STRETCHES = 400_000
"""Different stretches that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read, and where its sentences stand; at least one."""

    text: str
    language: str
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Read:
    """What texts hold.

    Attributes:
        terms: for each text its terms in their order, as numbers that the reader gives them.
        sentences: for each of these terms, the number of its sentence, from 0.
        positions: for each of these terms, the number of its token in the text, from 0.
        cues: for each text those of its sentences.
    """

    terms: Ragged
    sentences: Positions
    positions: Positions
    cues: Ragged


class Reader:
    """Reads texts.

    Attributes:
        terms: those met so far; a term's number is its place.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.terms = Terms()
        self._known = Stretches(analyzer, self.terms)

    def read(self, texts: Sequence[Text]) -> Read:
        """What some texts hold; a few hundred at once are read most quickly."""
        if len(self._known) > _MOST_STRETCHES:
            self._known = Stretches(self._analyzer, self.terms)
        known = self._known
        stretches, lengths = array("i"), array("q")
        sentences: list[str] = []
        told: list[tuple[int, list[int]]] = []
        for text in texts:
            of_language = known.of_language(text.language)
            parted = _parted(text)
            if parted is None:
                # A word may reach over a sentence's end: each is then a stretch of its own.
                told.append((len(sentences), list(sentence_cues(text.text, text.spans))))
                for words in _words_by_sentence(text):
                    stretches.extend([of_language[word] for word in words or [""]])
                    lengths.append(max(1, len(words)))
                sentences.extend("" for _ in text.spans)
                continue
            for sentence in parted:
                found = sentence.split(" ")
                stretches.extend(map(of_language.__getitem__, found))
                lengths.append(len(found))
            sentences += parted
        held = Ragged.of(np.array(stretches, dtype=np.int64), np.array(lengths, dtype=np.int64))
        counts = np.array([len(text.spans) for text in texts], dtype=np.int64)
        cues = joined_cues(known.cues(held.values), held.pointer[:-1], sentences.__getitem__)
        for at, right in told:
            cues[at : at + len(right)] = right
        return self._units(texts, held, Ragged.of(cues, counts))

    def _units(self, texts: Sequence[Text], held: Ragged, cues: Ragged) -> Read:
        """The units that stretches hold, sentence by sentence, and what becomes of them."""
        known = self._known
        words, sentence = known.words_of(held)
        row = np.repeat(np.arange(len(texts)), cues.lengths)[sentence]
        starts = np.searchsorted(row, np.arange(len(texts) + 1))
        about = known.about(words)
        capitals = np.bincount(row, about.capital, len(texts)) > 0  # else as people type in chat
        units = np.where(capitals[row], about.own, about.lower)
        there = ~about.stops
        numbers, begins, last = words.tolist(), starts.tolist(), 0
        opened: list[tuple[int, int, int]] = []
        amounts: dict[int, Callable[[int], tuple[int, int]]] = {}
        openings = known.openings(words, row)
        for at, number in zip(openings.tolist(), row[openings].tolist(), strict=True):
            if at < last:
                continue
            text = texts[number]
            if known.is_number(numbers[at]):
                if number not in amounts:
                    # A text is read again for its first amount alone: there may be thousands.
                    amounts = {number: known.amounts(text.text, text.language)}
                found = amounts[number](at - begins[number])
            elif (phrase := known.phrase(numbers, at, begins[number + 1], text.language)) is None:
                continue
            else:
                found = phrase
            opened.append((at, *found))
            last = at + found[0]
        at_, lengths, units_ = np.array(opened, dtype=np.int64).reshape(-1, 3).T
        covered, inside = spread(lengths)
        there[at_[covered] + inside] = False
        there[at_], units[at_] = True, units_
        kept = np.flatnonzero(there)
        held_terms = known.terms_of(units[kept])
        often = held_terms.lengths
        return Read(
            terms=Ragged.of(
                held_terms.values,
                np.bincount(row[kept], often, len(texts)).astype(np.int64),
            ),
            sentences=np.repeat((sentence - cues.pointer[:-1][row])[kept], often),
            positions=np.repeat((kept - starts[:-1][row[kept]]), often),
            cues=cues,
        )


def _parted(text: Text) -> list[str] | None:
    """The sentences of a text; None where no white space parts two of them."""
    found, end = [], 0
    for start, stop in text.spans:
        if start > end or not end:
            if text.text[end:start].strip():
                return None
        else:
            return None
        found.append(text.text[start:stop])
        end = stop
    return None if text.text[end:].strip() else found


def _words_by_sentence(text: Text) -> list[list[str]]:
    """The words of each sentence; one belongs to the last sentence that begins before it ends."""
    starts = [start for start, _ in text.spans[1:]]
    found: list[list[str]] = [[] for _ in text.spans]
    number = 0
    for start, end in token_spans(text.text):
        while number < len(starts) and starts[number] <= start:
            number += 1
        found[number].append(text.text[start:end])
    return found
