"""From passages to what their texts hold, taking over what is known of the same passages.

It must not know scores, nor where what is known comes from.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer
from bot.search.cues import sentence_cues
from bot.search.forward import Analysis
from bot.search.ragged import Numbers, Ragged, narrow
from bot.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some of the passages.

    Attributes:
        analysis: of passages, some of which are the same, by an analyzer that does the same.
        numbers: for each passage its number there, or -1 if it is not there.
    """

    analysis: Analysis
    numbers: npt.NDArray[np.int64]


def analyse(
    passages: Sequence[Passage],
    analyzer: Analyzer,
    known: Known | None = None,
    step: Callable[[], None] | None = None,
) -> Analysis:
    """What the texts of passages hold.

    Args:
        known: what need not be analysed again.
        step: called after each passage that was analysed.
    """
    if known is None:
        fresh = _Fresh(Vocabulary.of(()))
        for passage in passages:
            fresh.add(passage, analyzer)
            if step:
                step()
        return fresh.analysis()
    fresh = _Fresh(known.analysis.vocabulary)
    new = np.flatnonzero(known.numbers < 0)
    for number in new.tolist():
        fresh.add(passages[number], analyzer)
        if step:
            step()
    where = known.numbers.copy()
    where[new] = len(known.analysis.terms) + np.arange(len(new))
    return _compact(_joined(known.analysis, fresh.analysis(), where))


class _Ids(dict[str, int]):
    """The ids of terms: a vocabulary's, and further ones for those that it lacks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.new: list[str] = []

    def __missing__(self, term: str) -> int:
        known = len(self._vocabulary)
        found: int = self._vocabulary.get(term, known + len(self.new))
        if found >= known:
            self.new.append(term)
        self[term] = found
        return found


class _Fresh:
    """Collects what passages hold; the ids of terms go on from a vocabulary's."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ids = _Ids(vocabulary)
        self._terms, self._lengths = array("i"), array("q")
        # Of each unit: how many terms it has, its sentence, its position.
        self._units, self._sentences, self._positions = array("i"), array("i"), array("i")
        self._cues, self._cue_lengths = array("b"), array("q")
        self._titles, self._title_lengths = array("i"), array("q")
        self._title_ids: dict[tuple[str, str], list[int]] = {}

    def add(self, passage: Passage, analyzer: Analyzer) -> None:
        text, language = passage.text, passage.article.language
        spans = list(sentence_spans(text, language)) or [(0, len(text))]
        starts = [*(start for start, _ in spans[1:]), len(text) + 1]
        units, sentences, positions = self._units, self._sentences, self._positions
        found: list[str] = []
        number = 0
        for position, start, terms in analyzer.terms(text, language):
            while starts[number] <= start:
                number += 1
            found += terms
            units.append(len(terms))
            sentences.append(number)
            positions.append(position)
        self._terms.extend(map(self._ids.__getitem__, found))
        self._lengths.append(len(found))
        self._cues.extend(sentence_cues(text, spans, language))
        self._cue_lengths.append(len(spans))
        title = self._title(passage.article.title, language, analyzer)
        self._titles.extend(title)
        self._title_lengths.append(len(title))

    def _title(self, title: str, language: str, analyzer: Analyzer) -> list[int]:
        if (title, language) not in self._title_ids:
            units = analyzer.terms(title, language)
            found = {self._ids[term] for _, _, terms in units for term in terms}
            self._title_ids[title, language] = sorted(found)
        return self._title_ids[title, language]

    def analysis(self) -> Analysis:
        return Analysis(
            vocabulary=self._vocabulary.with_terms(self._ids.new),
            terms=Ragged.of(_numbers(self._terms), _numbers(self._lengths)),
            sentences=np.repeat(narrow(_numbers(self._sentences)), self._units),
            positions=np.repeat(narrow(_numbers(self._positions)), self._units),
            cues=Ragged.of(_numbers(self._cues), _numbers(self._cue_lengths)),
            titles=Ragged.of(_numbers(self._titles), _numbers(self._title_lengths)),
        )


def _joined(one: Analysis, other: Analysis, where: npt.NDArray[np.int64]) -> Analysis:
    """The rows of two analyses, the second one's vocabulary holding the first one's."""

    def column(first: Numbers, second: Numbers) -> Numbers:
        rows = Ragged(first, one.terms.pointer), Ragged(second, other.terms.pointer)
        return Ragged.join(*rows).take(where).values

    return Analysis(
        vocabulary=other.vocabulary,
        terms=Ragged.join(one.terms, other.terms).take(where),
        sentences=column(one.sentences, other.sentences),
        positions=column(one.positions, other.positions),
        cues=Ragged.join(one.cues, other.cues).take(where),
        titles=Ragged.join(one.titles, other.titles).take(where),
    )


def _compact(analysis: Analysis) -> Analysis:
    """The same without the terms that no passage has any more."""
    used = np.zeros(len(analysis.vocabulary), dtype=bool)
    used[analysis.terms.values] = True
    used[analysis.titles.values] = True
    if used.all():
        return analysis
    now = (np.cumsum(used) - 1).astype(np.int32)
    return Analysis(
        vocabulary=analysis.vocabulary.only(np.flatnonzero(used)),
        terms=Ragged(now[analysis.terms.values], analysis.terms.pointer),
        sentences=analysis.sentences,
        positions=analysis.positions,
        cues=analysis.cues,
        titles=Ragged(now[analysis.titles.values], analysis.titles.pointer),
    )


def _numbers(values: array[int]) -> Numbers:
    return np.array(values, dtype=values.typecode)
