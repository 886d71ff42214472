"""The index of a knowledge folder, made; what is known of articles that have not changed is kept.

Texts are read some at a time, so that of many only the columns are held. It must not know where an
index is saved, nor what it is good for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot.articles.duplicates import numbered
from bot.articles.grouping import Groups, near_rows, near_rows_again
from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError, ReceiptsError
from bot.search.analysing import analyse, analyse_again, only_used
from bot.search.analyzer import Analyzer
from bot.search.cache import file_digest
from bot.search.forward import Analysis
from bot.search.merging import Merge
from bot.search.postings import Postings
from bot.search.ragged import Numbers, Positions, Ragged
from bot.search.recurring import Before
from bot.search.saved_file import Saved
from bot.search.shelf import Columns, GrowingColumns, Shelf
from bot.search.similar import similar_arrays_again

_T = TypeVar("_T")
_Places = Callable[[Article, Sequence[Passage]], list[int]]
"""An article and its passages to what `Before` tells of them."""

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
    files = saved.head["articles"] if saved else []
    known = {(name, digest): number for number, (name, digest) in enumerate(files)}
    numbers = np.array([known.get((name, digest), -1) for name, digest in digests], dtype=np.int64)
    wanted = [digests[number] for number in np.flatnonzero(numbers < 0).tolist()]
    places = _places_before(saved) if saved else _none_before
    cut = _cut_as_found(store, wanted, places) if digests else None
    if cut is None:
        # Some article has faults, or the folder has changed meanwhile: all is read anew.
        saved, digests = None, []
        cut = _cut(_some(store.read()), _none_before)
    with watch("Indexing", len(cut.shingles)) if watch else nullcontext(_unwatched) as step:
        if saved is None:
            made = _anew(cut, analyzer, step)
        else:
            size = len(saved.arrays["counts"])
            numbers[numbers < 0] = size + np.arange(len(wanted))
            made = _again(saved.arrays, Merge.of(numbers, size), cut, analyzer, step)
    languages = Shelf(made.columns).languages()
    vocabulary = made.analysis.vocabulary
    before = saved.arrays if saved else {}
    similar = similar_arrays_again(vocabulary, languages, made.new, made.gone, before)
    return Saved({"articles": digests, "languages": languages}, {**made.arrays(), **similar})


@dataclass(frozen=True, slots=True)
class _Cut:
    """Articles that were read.

    Attributes:
        columns: of them and their passages.
        places: for each passage its number in the index that was saved, ascending, or -1 where it
            is not known there.
        shingles: of those that are not.
    """

    columns: Columns
    places: Positions
    shingles: Ragged


@dataclass(frozen=True, slots=True)
class _Made:
    """What is known of all passages, but for what follows from their words alone."""

    columns: Columns
    shingles: Ragged
    groups: Groups
    analysis: Analysis
    postings: Postings
    new: Sequence[str] = ()
    gone: Sequence[str] = ()
    """The terms that are new, and those that are gone, where some were known."""

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            **self.columns.arrays(),
            **self.analysis.arrays(),
            **self.postings.arrays(),
            "shingles": self.shingles.values,
            "shingle_pointer": self.shingles.pointer,
            "twins": self.groups.rows,
            "twin_pointer": self.groups.pointer,
        }


def _anew(cut: _Cut, analyzer: Analyzer, step: Callable[[], None]) -> _Made:
    columns, shingles = cut.columns, cut.shingles
    # First, as it takes room that the analysis and the postings fill later.
    groups = near_rows(shingles.values, shingles.pointer)
    analysis = analyse(Shelf(columns), analyzer, step)
    postings = Postings.of(analysis.terms, len(analysis.vocabulary))
    return _Made(columns, shingles, groups, analysis, postings)


def _again(
    arrays: Mapping[str, Numbers],
    articles: Merge,
    cut: _Cut,
    analyzer: Analyzer,
    step: Callable[[], None],
) -> _Made:
    """The same of articles that are in part those of the arrays, in part those that were read."""
    old, known = Columns.restored(arrays), Analysis.of(arrays)
    moved = articles.inside(old.firsts, cut.columns.firsts)
    before = np.concatenate([np.arange(moved.size), cut.places])[moved.places()]
    passages = Merge.with_new(before, moved.size)
    shelf, unknown = Shelf(cut.columns), np.flatnonzero(cut.places < 0).tolist()
    analysis = analyse_again((shelf[n] for n in unknown), analyzer, known, passages, step)
    postings = Postings.restored(arrays, passages.size).again(
        known.terms, analysis.terms, len(analysis.vocabulary), before
    )
    # Those of the texts have postings; some terms stand in titles alone.
    used = np.diff(postings.pointer) > 0
    used[analysis.titles.values] = True
    terms, size = analysis.vocabulary.terms, len(known.vocabulary)
    new = [terms.text(number) for number in range(size, len(terms))]
    gone = [terms.text(number) for number in np.flatnonzero(~used).tolist()]
    if not used.all():
        analysis, postings = only_used(analysis, used), postings.only_used(used)
    shingles = passages.ragged(Ragged(arrays["shingles"], arrays["shingle_pointer"]), cut.shingles)
    groups = Groups(arrays["twins"], arrays["twin_pointer"])
    return _Made(
        columns=old.merged(cut.columns, articles, moved),
        shingles=shingles,
        groups=near_rows_again(shingles.values, shingles.pointer, groups, before),
        analysis=analysis,
        postings=postings,
        new=new,
        gone=gone,
    )


def _unwatched() -> None:
    """Nobody watches."""


def _places_before(saved: Saved) -> _Places:
    names = [name.removesuffix(".md") for name, _ in saved.head["articles"]]
    return Before(names, Columns.restored(saved.arrays)).places


def _none_before(_: Article, passages: Sequence[Passage]) -> list[int]:
    return [-1] * len(passages)


def _cut_as_found(
    store: ArticleStore, wanted: Sequence[Sequence[str]], places: _Places
) -> _Cut | None:
    """Articles by the names and digests of their files; None if one cannot be had like that."""

    def read() -> Iterator[list[Article]]:
        for some in _some(wanted):
            yield [store.get(name.removesuffix(".md")) for name, _ in some]
            if any(file_digest(store.articles / name) != digest for name, digest in some):
                raise KnowledgeError("An article has changed while it was read.")

    try:
        return _cut(read(), places)
    except (ReceiptsError, OSError):
        return None


def _cut(batches: Iterator[Sequence[Article]], places: _Places) -> _Cut:
    columns, before = GrowingColumns(), array("q")

    def new_texts() -> Iterator[str]:
        for articles in batches:
            rows = [split(article) for article in articles]
            columns.add(Columns.of(articles, rows))
            for article, row in zip(articles, rows, strict=True):
                found = places(article, row)
                before.extend(found)
                yield from (one.text for one, place in zip(row, found, strict=True) if place < 0)

    shingles = Ragged(*numbered(new_texts()))
    return _Cut(columns.whole(), np.array(before, dtype=np.int64), shingles)


def _some(every: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
