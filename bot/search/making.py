"""The index of a knowledge folder, made; what is known of articles that have not changed is kept.

Texts are read some at a time, so that of many only the columns are held. It must not know where an
index is saved, nor what it is good for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot.articles.duplicates import numbered
from bot.articles.grouping import Groups, near_rows, near_rows_again
from bot.articles.model import Article
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError, ReceiptsError
from bot.search.analysing import analyse, analyse_again, only_used
from bot.search.analyzer import Analyzer
from bot.search.cache import file_digest
from bot.search.forward import Analysis
from bot.search.merging import Merge
from bot.search.postings import Postings
from bot.search.ragged import Numbers, Ragged
from bot.search.saved_file import Saved
from bot.search.shelf import Columns, GrowingColumns, Shelf
from bot.search.similar import similar_arrays_again

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
    count = len(columns.starts)
    with watch("Indexing", count) if watch else nullcontext(_unwatched) as step:
        if saved is None:
            made = _anew(columns, shingles, analyzer, step)
        else:
            size = len(saved.arrays["counts"])
            numbers[numbers < 0] = size + np.arange(len(wanted))
            articles = Merge.of(numbers, size)
            made = _again(saved.arrays, articles, columns, shingles, analyzer, step)
    languages = Shelf(made.columns).languages()
    vocabulary = made.analysis.vocabulary
    similar = similar_arrays_again(
        vocabulary, languages, made.changed, saved.arrays if saved else {}
    )
    return Saved({"articles": digests, "languages": languages}, {**made.arrays(), **similar})


@dataclass(frozen=True, slots=True)
class _Made:
    """What is known of all passages, but for what follows from their words alone."""

    columns: Columns
    shingles: Ragged
    groups: Groups
    analysis: Analysis
    postings: Postings
    changed: Sequence[str] = ()
    """The terms that are new or gone, where some were known."""

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            **self.columns.arrays(),
            **self.analysis.arrays(),
            **self.postings.arrays(),
            "shingles": self.shingles.values,
            "shingle_pointer": self.shingles.pointer,
            "twins": np.array([n for group in self.groups for n in group], dtype=np.int64),
            "twin_pointer": np.cumsum([0, *map(len, self.groups)]),
        }


def _anew(
    columns: Columns, shingles: Ragged, analyzer: Analyzer, step: Callable[[], None]
) -> _Made:
    # First, as it takes room that the analysis and the postings fill later.
    groups = near_rows(shingles.values, shingles.pointer)
    analysis = analyse(Shelf(columns), analyzer, step)
    postings = Postings.of(analysis.terms, len(analysis.vocabulary))
    return _Made(columns, shingles, groups, analysis, postings)


def _again(
    arrays: Mapping[str, Numbers],
    articles: Merge,
    columns: Columns,
    shingles: Ragged,
    analyzer: Analyzer,
    step: Callable[[], None],
) -> _Made:
    """The same of articles that are in part those of the arrays, in part those of the columns."""
    old, known = Columns.restored(arrays), Analysis.of(arrays)
    passages = articles.inside(old.firsts, columns.firsts)
    before = passages.places()
    before[before >= passages.size] = -1
    analysis = analyse_again(Shelf(columns), analyzer, known, passages, step)
    postings = Postings.restored(arrays, passages.size).again(
        analysis.terms, len(analysis.vocabulary), before
    )
    # Those of the texts have postings; some terms stand in titles alone.
    used = np.diff(postings.pointer) > 0
    used[analysis.titles.values] = True
    touched = ~used
    touched[len(known.vocabulary) :] = True
    terms = analysis.vocabulary.terms
    changed = [terms.text(number) for number in np.flatnonzero(touched).tolist()]
    if not used.all():
        analysis, postings = only_used(analysis, used), postings.only_used(used)
    shingles = passages.ragged(Ragged(arrays["shingles"], arrays["shingle_pointer"]), shingles)
    twins = Ragged(arrays["twins"], arrays["twin_pointer"])
    groups = [tuple(twins[number].tolist()) for number in range(len(twins))]
    return _Made(
        columns=old.merged(columns, articles, passages),
        shingles=shingles,
        groups=near_rows_again(shingles.values, shingles.pointer, groups, before),
        analysis=analysis,
        postings=postings,
        changed=changed,
    )


def _unwatched() -> None:
    """Nobody watches."""


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
    columns = GrowingColumns()

    def texts() -> Iterator[str]:
        for articles in batches:
            rows = [split(article) for article in articles]
            columns.add(Columns.of(articles, rows))
            yield from (passage.text for row in rows for passage in row)

    shingles = Ragged(*numbered(texts()))
    return columns.whole(), shingles


def _some(every: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
