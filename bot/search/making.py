"""The index of a knowledge folder, made; what is known of articles that have not changed is kept.

Texts are read some at a time, so that of many only the columns are held. It must not know where an
index is saved, nor what it is good for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np

from bot.articles.duplicates import numbered
from bot.articles.grouping import Groups, near_rows, near_rows_again
from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError, ReceiptsError
from bot.revisions.disk import file_digest
from bot.search.analysing import analyse, renumber
from bot.search.analyzer import Analyzer
from bot.search.forward import Analysis
from bot.search.merging import Merge, Pieces, joined
from bot.search.postings import Postings
from bot.search.ragged import Numbers, Positions, Ragged
from bot.search.recurring import Before
from bot.search.saved_file import Saved
from bot.search.shelf import Columns, GrowingColumns, Shelf, languages_of
from bot.search.similar import similar_arrays_again
from bot.search.taking_over import taken_over
from bot.search.vocabulary import Vocabulary

_T = TypeVar("_T")
_Places = Callable[[Article, Sequence[Passage]], list[int]]
"""An article and its passages to what `Before` tells of them."""

_AT_ONCE = 64
"""Articles whose texts are held together."""
_MOST_FREE = 0.1
"""Of all ids of terms; where more are free, they are counted anew."""
_MOST_AGAIN = 0.1
"""Of all passages; where so many are new or gone, putting postings in and out one by one takes two
thirds of the time of making all anew."""


def make(
    store: ArticleStore,
    digests: list[list[str]],
    saved: Saved | None,
    analyzer: Analyzer,
    watch: Callable[[str, int], AbstractContextManager[Callable[[], None]]] | None,
) -> tuple[dict[str, Any], dict[str, Numbers | Pieces]]:
    """All that is saved of an index, what is said about it and the arrays.

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
    rows = (joined(made.arrays[name]) for name in ("languages", "language_pointer"))
    languages = languages_of(Ragged(*rows), joined(made.arrays["counts"]))
    before = saved.arrays if saved else {}
    similar = similar_arrays_again(made.vocabulary, languages, made.new, made.gone, before)
    return {"articles": digests, "languages": languages}, {**made.arrays, **similar}


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

    def arrays(self) -> dict[str, Numbers]:
        """What is saved of them, by name."""
        shingles = {"shingles": self.shingles.values, "shingle_pointer": self.shingles.pointer}
        return {**self.columns.arrays(), **shingles}


class _Made(NamedTuple):
    """What is known of all passages, but for what follows from their words alone.

    Attributes:
        arrays: all that is saved of it, by name.
        new, gone: the terms that are new, and those that are gone, where some were known.
    """

    arrays: Mapping[str, Numbers | Pieces]
    vocabulary: Vocabulary
    new: Sequence[str] = ()
    gone: Sequence[str] = ()


def _anew(cut: _Cut, analyzer: Analyzer, step: Callable[[], None]) -> _Made:
    # First, as it takes room that the analysis and the postings fill later.
    groups = near_rows(cut.shingles.values, cut.shingles.pointer)
    analysis = analyse(Shelf(cut.columns), analyzer, step)
    postings = Postings.of(analysis.terms, analysis.vocabulary.size)
    arrays = {**cut.arrays(), **analysis.arrays(), **postings.arrays(), **_twins(groups)}
    return _Made(arrays, analysis.vocabulary)


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
    shelf, unknown = Shelf(cut.columns), np.flatnonzero(cut.places < 0).tolist()
    fresh = analyse((shelf[n] for n in unknown), analyzer, step, known.vocabulary)
    found: dict[str, Numbers | Pieces] = {}
    texts = Merge.with_new(before, moved.size)
    found.update(taken_over(arrays, {**cut.arrays(), **fresh.arrays()}, articles, moved, texts))
    postings = _postings_again(arrays, known.terms, fresh, found, before)
    # Those of the texts have postings; some terms stand in titles alone.
    used = np.diff(postings.pointer) > 0
    for values in found["titles"]:
        used[values] = True
    vocabulary = fresh.vocabulary
    new = range(known.vocabulary.size, vocabulary.size)
    gone = vocabulary.order[~used[vocabulary.order]]
    if np.count_nonzero(~used) <= _MOST_FREE * len(used):
        vocabulary = vocabulary.without(gone)
    else:
        vocabulary, postings = vocabulary.only(np.flatnonzero(used)), postings.only_used(used)
        for name in ("terms", "titles"):
            found[name] = renumbered = joined(found[name])
            renumber(renumbered, used)
    found["shingles"] = shingles = joined(found["shingles"])
    groups = Groups(arrays["twins"], arrays["twin_pointer"])
    groups = near_rows_again(shingles, joined(found["shingle_pointer"]), groups, before)
    whole = {**vocabulary.arrays(), **postings.arrays(), **_twins(groups)}
    text = fresh.vocabulary.terms.text
    return _Made(
        {**found, **whole}, vocabulary, list(map(text, new)), list(map(text, gone.tolist()))
    )


def _postings_again(
    arrays: Mapping[str, Numbers],
    old: Ragged,
    fresh: Analysis,
    found: Mapping[str, Numbers | Pieces],
    before: Positions,
) -> Postings:
    """The postings of passages of which some are those of the arrays, and the others fresh."""
    pointer, vocabulary = joined(found["term_pointer"]), fresh.vocabulary.size
    changed = len(old) - len(before) + 2 * len(fresh.terms)
    if changed > _MOST_AGAIN * len(before):
        return Postings.of(Ragged(joined(found["terms"]), pointer), vocabulary)
    postings = Postings.restored(arrays, len(old))
    return postings.again(old, fresh.terms, np.diff(pointer), vocabulary, before)


def _twins(groups: Groups) -> dict[str, Numbers]:
    return {"twins": groups.rows, "twin_pointer": groups.pointer}


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
