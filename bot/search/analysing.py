"""From passages to what their texts hold.

It must not know scores, nor where what is known comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from bot.articles.model import Passage
from bot.articles.sentences import sentence_spans
from bot.search.analyzer import Analyzer
from bot.search.forward import Analysis
from bot.search.growing import Growing, GrowingRows
from bot.search.ragged import Numbers, Ragged, narrow
from bot.search.reading import Reader, Text
from bot.search.vocabulary import Vocabulary

_AT_ONCE = 1024
"""Passages that are read together."""

_VALUES = 1 << 16
"""Numbers of terms that are looked up together."""

_NONE: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)


def analyse(
    passages: Iterable[Passage],
    analyzer: Analyzer,
    step: Callable[[], None] | None = None,
    vocabulary: Vocabulary | None = None,
) -> Analysis:
    """What the texts of passages hold.

    Args:
        step: called after each passage that was analysed.
        vocabulary: terms that keep their ids, whether a passage has them or not; new ones come
            after.
    """
    fresh = _Fresh(Vocabulary.of(()) if vocabulary is None else vocabulary, analyzer)
    fresh.add(passages, step or _no_step)
    return fresh.analysis()


def renumber(terms: Numbers, used: npt.NDArray[np.bool_]) -> None:
    """Count the ids of terms anew, in place, where those that are not used are left out.

    Args:
        used: for each term whether it stays; those that are numbered do.
    """
    ids = np.cumsum(used, dtype=np.int32) - np.int32(1)
    # Numbers become indices of twice their size, which would be much for all at once.
    for start in range(0, len(terms), _VALUES):
        some = terms[start : start + _VALUES]
        some[:] = ids.take(some, mode="clip")


class _Fresh:
    """Collects what passages hold; the ids of terms go on from a vocabulary's."""

    def __init__(self, vocabulary: Vocabulary, analyzer: Analyzer) -> None:
        self._vocabulary = vocabulary
        self._new: list[str] = []
        self._reader = Reader(analyzer)
        # The id of each of the reader's terms, or -1 as long as no passage has it.
        self._id_of = np.zeros(0, dtype=np.int32)
        self._titles: dict[tuple[str, str], npt.NDArray[np.int32]] = {}
        self._terms, self._cues = GrowingRows(), GrowingRows()
        self._titles_of, self._spans = GrowingRows(), GrowingRows()
        self._sentences, self._positions = Growing(), Growing()
        # So that each has its type also where nothing else is added.
        self._terms.add(Ragged.of(_NONE, []))
        self._cues.add(Ragged.of(_NONE.astype(np.int8), []))
        self._titles_of.add(Ragged.of(_NONE, []))
        self._spans.add(Ragged.of(_NONE, []))

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
        found: list[list[int]] = []
        for passage in passages:
            text, article = passage.text, passage.article
            spans = list(sentence_spans(text, article.language))
            found.append([bound for span in spans for bound in span])
            texts.append(Text(text, article.language, spans or [(0, len(text))]))
            title = _title(passage)
            if title not in self._titles:
                self._titles[title] = _NONE
                titles[len(texts)] = title
                texts.append(Text(*title, [(0, len(article.title))]))
        read = self._reader.read(texts)
        terms = Ragged(self._with_ids(read.terms.values), read.terms.pointer)
        for number, title in titles.items():
            # Not numpy's `unique`: it loads a part of numpy that takes longer than a short article.
            self._titles[title] = np.array(sorted(set(terms[number].tolist())), dtype=np.int32)
        own = np.ones(len(texts), dtype=bool)
        own[list(titles)] = False
        inside = np.repeat(own, terms.lengths)
        self._terms.add(Ragged.of(terms.values[inside], terms.lengths[own]))
        self._sentences.add(narrow(read.sentences[inside]))
        self._positions.add(narrow(read.positions[inside]))
        self._cues.add(read.cues.take(np.flatnonzero(own)))
        held = [self._titles[p.article.title, p.article.language] for p in passages]
        self._titles_of.add(_of_rows(held))
        self._spans.add(_of_rows([np.array(bounds, dtype=np.int32) for bounds in found]))

    def _with_ids(self, terms: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The ids of the reader's terms; new ones count on in the order of the texts."""
        more = len(self._reader.terms) - len(self._id_of)
        if more:
            self._id_of = np.concatenate([self._id_of, np.full(more, -1, dtype=np.int32)])
        numbers, firsts = np.unique(terms[self._id_of[terms] < 0], return_index=True)
        met = numbers[np.argsort(firsts)]
        names = [self._reader.terms[number] for number in met.tolist()]
        ids = np.array(self._vocabulary.ids(names), dtype=np.int32)
        new = np.flatnonzero(ids < 0)
        ids[new] = self._vocabulary.size + len(self._new) + np.arange(len(new))
        self._new += [names[number] for number in new.tolist()]
        self._id_of[met] = ids
        return self._id_of[terms]

    def analysis(self) -> Analysis:
        return Analysis(
            vocabulary=self._vocabulary.with_terms(self._new),
            terms=self._terms.whole(),
            sentences=self._sentences.whole(),
            positions=self._positions.whole(),
            cues=self._cues.whole(),
            titles=self._titles_of.whole(),
            spans=self._spans.whole(),
        )


def _no_step() -> None:
    """Nobody watches."""


def _title(passage: Passage) -> tuple[str, str]:
    return passage.article.title, passage.article.language


def _of_rows(rows: Sequence[Numbers]) -> Ragged:
    return Ragged.of(np.concatenate(rows), [len(row) for row in rows])
