"""From passages to what their texts hold, taking over what is known of the same passages.

It must not know scores, nor where what is known comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer
from bot.search.forward import Analysis
from bot.search.ragged import Numbers, Ragged, narrow
from bot.search.reading import Reader, Text
from bot.search.vocabulary import Vocabulary

_AT_ONCE = 1024
"""Passages that are read together."""

_NONE: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)


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
        fresh = _Fresh(Vocabulary.of(()), analyzer)
        fresh.add(passages, step or _no_step)
        return fresh.analysis()
    fresh = _Fresh(known.analysis.vocabulary, analyzer)
    new = np.flatnonzero(known.numbers < 0)
    fresh.add((passages[number] for number in new.tolist()), step or _no_step)
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


@dataclass(frozen=True, slots=True)
class _Part:
    """What some passages hold, as in `Analysis`."""

    terms: Ragged
    sentences: Numbers
    positions: Numbers
    cues: Ragged
    titles: Ragged

    @staticmethod
    def empty() -> _Part:
        """What no passages hold."""
        terms, bytes_ = Ragged.of(_NONE, []), np.zeros(0, dtype=np.uint8)
        return _Part(terms, bytes_, bytes_, Ragged.of(bytes_.astype(np.int8), []), terms)


class _Fresh:
    """Collects what passages hold; the ids of terms go on from a vocabulary's."""

    def __init__(self, vocabulary: Vocabulary, analyzer: Analyzer) -> None:
        self._vocabulary = vocabulary
        self._ids = _Ids(vocabulary)
        self._reader = Reader(analyzer)
        # The id of each of the reader's terms, or -1 as long as no passage has it.
        self._id_of = np.zeros(0, dtype=np.int32)
        self._titles: dict[tuple[str, str], npt.NDArray[np.int32]] = {}
        self._parts: list[_Part] = []

    def add(self, passages: Iterable[Passage], step: Callable[[], None]) -> None:
        """Read passages, some at a time."""
        rest = iter(passages)
        while some := list(islice(rest, _AT_ONCE)):
            self._add(some)
            for _ in some:
                step()

    def _add(self, passages: list[Passage]) -> None:
        texts: list[Text] = []
        titles: dict[int, tuple[str, str]] = {}
        for passage in passages:
            text, article = passage.text, passage.article
            spans = list(sentence_spans(text, article.language)) or [(0, len(text))]
            texts.append(Text(text, article.language, spans))
            title = _title(passage)
            if title not in self._titles:
                self._titles[title] = _NONE
                titles[len(texts)] = title
                texts.append(Text(*title, [(0, len(article.title))]))
        read = self._reader.read(texts)
        terms = Ragged(self._with_ids(read.terms.values), read.terms.pointer)
        for number, title in titles.items():
            self._titles[title] = np.unique(terms[number])
        own = np.ones(len(texts), dtype=bool)
        own[list(titles)] = False
        inside = np.repeat(own, terms.lengths)
        self._parts.append(
            _Part(
                terms=Ragged.of(terms.values[inside], terms.lengths[own]),
                sentences=narrow(read.sentences[inside]),
                positions=narrow(read.positions[inside]),
                cues=read.cues.take(np.flatnonzero(own)),
                titles=_of_rows(
                    [self._titles[p.article.title, p.article.language] for p in passages]
                ),
            )
        )

    def _with_ids(self, terms: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The ids of the reader's terms; new ones count on in the order of the texts."""
        more = len(self._reader.terms) - len(self._id_of)
        if more:
            self._id_of = np.concatenate([self._id_of, np.full(more, -1, dtype=np.int32)])
        numbers, firsts = np.unique(terms[self._id_of[terms] < 0], return_index=True)
        for number in numbers[np.argsort(firsts)].tolist():
            self._id_of[number] = self._ids[self._reader.terms[number]]
        return self._id_of[terms]

    def analysis(self) -> Analysis:
        parts = self._parts or [_Part.empty()]
        return Analysis(
            vocabulary=self._vocabulary.with_terms(self._ids.new),
            terms=_together([part.terms for part in parts]),
            sentences=narrow(np.concatenate([part.sentences for part in parts])),
            positions=narrow(np.concatenate([part.positions for part in parts])),
            cues=_together([part.cues for part in parts]),
            titles=_together([part.titles for part in parts]),
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


def _no_step() -> None:
    """Nobody watches."""


def _title(passage: Passage) -> tuple[str, str]:
    return passage.article.title, passage.article.language


def _of_rows(rows: Sequence[Numbers]) -> Ragged:
    return Ragged.of(np.concatenate(rows), [len(row) for row in rows])


def _together(parts: Sequence[Ragged]) -> Ragged:
    values = np.concatenate([part.values for part in parts])
    return Ragged.of(values, np.concatenate([part.lengths for part in parts]))
