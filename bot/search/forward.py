"""The forward index: for each passage the terms it has, in which sentence, at which position.

The inverted index is built from it, and evidence is weighed on it without reading texts again.
It must not know scores.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer
from bot.search.cues import sentence_cues

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """What one passage holds.

    Attributes:
        terms: ids of its terms, in the order of the text.
        sentences: for each of them, the number of its sentence, from 0.
        positions: for each of them, the number of its token in the passage, from 0.
        cues: for each sentence, the kinds of answer it may hold (a bit set, see `cues`).
    """

    terms: Ids
    sentences: Ids
    positions: Ids
    cues: Ids


class ForwardIndex:
    """The terms of all passages.

    Args:
        passages: in the order that gives them their numbers.
        analyzer: turns texts into units.
    """

    def __init__(self, passages: Sequence[Passage], analyzer: Analyzer) -> None:
        self.passages = tuple(passages)
        self.vocabulary: dict[str, int] = {}
        self.languages = tuple(sorted({passage.article.language for passage in passages}))
        terms, sentences, positions, cues = array("i"), array("i"), array("i"), array("i")
        pointer, cue_pointer = array("q", [0]), array("q", [0])
        titles: dict[str, Ids] = {}
        for passage in self.passages:
            text, language = passage.text, passage.article.language
            spans = list(sentence_spans(text, language)) or [(0, len(text))]
            cues.extend(sentence_cues(text, spans, language))
            number = 0
            for unit in analyzer.units(text, language):
                while number + 1 < len(spans) and spans[number + 1][0] <= unit.start:
                    number += 1
                for term in (*unit.terms, *unit.concepts):
                    terms.append(self._id(term))
                    sentences.append(number)
                    positions.append(unit.position)
            pointer.append(len(terms))
            cue_pointer.append(len(cues))
            title = passage.article.title
            if title not in titles:
                titles[title] = self._ids(
                    term
                    for unit in analyzer.units(title, language)
                    for term in (*unit.terms, *unit.concepts)
                )
        self._terms, self._sentences = _frozen(terms), _frozen(sentences)
        self._positions, self._cues = _frozen(positions), _frozen(cues)
        self._pointer, self._cue_pointer = pointer, cue_pointer
        self._titles = titles

    def __len__(self) -> int:
        return len(self.passages)

    def __getitem__(self, number: int) -> PassageTerms:
        """What the passage of that number holds."""
        here = slice(self._pointer[number], self._pointer[number + 1])
        cues = slice(self._cue_pointer[number], self._cue_pointer[number + 1])
        return PassageTerms(
            self._terms[here], self._sentences[here], self._positions[here], self._cues[cues]
        )

    def title(self, number: int) -> Ids:
        """Ids of the terms in the title of the passage's article."""
        return self._titles[self.passages[number].article.title]

    def _id(self, term: str) -> int:
        return self.vocabulary.setdefault(term, len(self.vocabulary))

    def _ids(self, terms: Iterable[str]) -> Ids:
        return np.array(sorted({self._id(term) for term in terms}), dtype=np.int32)


def _frozen(values: array[int]) -> Ids:
    return np.frombuffer(values, dtype=np.int32) if len(values) else np.zeros(0, dtype=np.int32)
