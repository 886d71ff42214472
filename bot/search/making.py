"""The index of a knowledge folder, made; what is known of articles that have not changed is kept.

Texts are read some at a time, so that of many only the columns are held. It must not know where an
index is saved, nor what it is good for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

import numpy as np

from bot.articles.duplicates import numbered
from bot.articles.grouping import near_rows, near_rows_again
from bot.articles.model import Article
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError, ReceiptsError
from bot.search.analysing import analyse, analyse_again
from bot.search.analyzer import Analyzer
from bot.search.cache import file_digest
from bot.search.forward import Analysis
from bot.search.merging import Merge
from bot.search.postings import Postings
from bot.search.ragged import Numbers, Ragged
from bot.search.saved_file import Saved
from bot.search.shelf import Columns, Shelf
from bot.search.similar import similar_arrays

_T = TypeVar("_T")

_AT_ONCE = 64
"""Articles whose texts are held together."""


def make(
    store: ArticleStore,
    digests: list[list[str]],
    saved: Saved | None,
    analyzer: Analyzer,
    watch: Callable[[str, int], AbstractContextManager[Callable[[], None]]] | None,
) -> Saved:
    """All that is saved of an index.

    Args:
        digests: the name and digest of every article's file, in order; none if one is not known.
        saved: an index of articles some of which are the same, by an analyzer that does the same.
        watch: as `open_index` takes it.

    Raises:
        KnowledgeError: there are no articles, or some have faults; it carries all of them.
    """
    before = saved.head["articles"] if saved else []
    known = {(name, digest): number for number, (name, digest) in enumerate(before)}
    numbers = np.array([known.get((name, digest), -1) for name, digest in digests], dtype=np.int64)
    wanted = [digests[number] for number in np.flatnonzero(numbers < 0).tolist()]
    cut = _cut_as_found(store, wanted) if digests else None
    if cut is None:
        # Some article has faults, or the folder has changed meanwhile: all is read anew.
        saved, digests = None, []
        cut = _cut(_some(store.read()))
    columns, shingles = cut
    new = Shelf(columns)
    watching = watch("Indexing", len(new)) if watch else nullcontext(lambda: None)
    if saved is None:
        groups = near_rows(shingles.values, shingles.pointer)
        with watching as step:
            analysis = analyse(new, analyzer, step)
        postings = Postings.of(analysis.terms, len(analysis.vocabulary))
    else:
        old = Columns.restored(saved.arrays)
        numbers[numbers < 0] = len(old.counts) + np.arange(len(wanted))
        articles_ = Merge.of(numbers, len(old.counts))
        passages = articles_.inside(old.firsts, columns.firsts)
        columns = old.merged(columns, articles_, passages)
        taken = passages.places()
        taken[taken >= passages.size] = -1
        shingles = passages.ragged(_rows(saved, "shingles", "shingle_pointer"), shingles)
        twins = _rows(saved, "twins", "twin_pointer")
        found = [tuple(twins[number].tolist()) for number in range(len(twins))]
        groups = near_rows_again(shingles.values, shingles.pointer, found, taken)
        with watching as step:
            analysis, ids = analyse_again(new, analyzer, Analysis.of(saved.arrays), passages, step)
        postings = Postings.restored(saved.arrays, passages.size).again(
            analysis.terms, len(analysis.vocabulary), taken, ids
        )
    languages = Shelf(columns).languages()
    arrays: dict[str, Numbers] = {
        **columns.arrays(),
        **analysis.arrays(),
        **postings.arrays(),
        **similar_arrays(analysis.vocabulary, languages),
        "shingles": shingles.values,
        "shingle_pointer": shingles.pointer,
        "twins": np.array([n for group in groups for n in group], dtype=np.int64),
        "twin_pointer": np.cumsum([0, *map(len, groups)]),
    }
    return Saved({"articles": digests, "languages": languages}, arrays)


def _cut_as_found(
    store: ArticleStore, wanted: Sequence[Sequence[str]]
) -> tuple[Columns, Ragged] | None:
    """Articles by the names and digests of their files; None if one cannot be had like that."""

    def read() -> Iterator[list[Article]]:
        for some in _some(wanted):
            yield [store.get(name.removesuffix(".md")) for name, _ in some]
            if any(file_digest(store.articles / name) != digest for name, digest in some):
                raise KnowledgeError("An article has changed while it was read.")

    try:
        return _cut(read())
    except (ReceiptsError, OSError):
        return None


def _cut(batches: Iterator[Sequence[Article]]) -> tuple[Columns, Ragged]:
    """The columns of articles and their passages, and the shingles of these."""
    parts: list[Columns] = []

    def texts() -> Iterator[str]:
        for articles in batches:
            rows = [split(article) for article in articles]
            parts.append(Columns.of(articles, rows))
            yield from (passage.text for row in rows for passage in row)

    shingles = Ragged(*numbered(texts()))
    return Columns.together(parts), shingles


def _some(every: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _rows(saved: Saved, values: str, pointer: str) -> Ragged:
    return Ragged(saved.arrays[values], saved.arrays[pointer])
