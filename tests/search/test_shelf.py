"""Passages on the shelf are the passages that were put there."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bot.articles.model import Article, Passage, Reference
from bot.articles.passage_sentences import spans_of
from bot.search.ragged import Ragged
from bot.search.shelf import Columns, Shelf, languages_of

FULL = Article(
    id="full",
    title="Ein Müller",
    text="Die Mühle 🌾 mahlt.\n\nSie ruht.",
    language="de",
    publisher="P",
    author="A",
    url="https://example.org",
    published=date(2018, 2, 1),
    retrieved=date(2026, 1, 1),
    sources=(Reference("T", None, "https://example.org", date(2017, 1, 1)), Reference()),
    sha256="0",
    account="third",
)
BARE = Article("bare", "Mill", "The mill.", "en")
ROWS = [
    [Passage(FULL, 0, 18, 1, 2, "Kopf"), Passage(FULL, 20, 29, 2, 2)],
    [Passage(BARE, 0, 9, 1, 1, "")],
]
ALL = [passage for row in ROWS for passage in row]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(Columns.restored(Columns.of([FULL, BARE], ROWS).arrays()))


def test_all_of_them_come_back_whole(shelf: Shelf) -> None:
    assert list(shelf) == ALL
    assert shelf == tuple(ALL)
    assert shelf != ALL[:2]
    assert [passage.text for passage in shelf] == ["Die Mühle 🌾 mahlt.", "Sie ruht.", "The mill."]


def test_they_have_their_sentences_where_these_are_known(shelf: Shelf) -> None:
    spans = Ragged.of(np.array([0, 18, 0, 4, 5, 9]), [2, 4, 0])
    known = Shelf(Columns.of([FULL, BARE], ROWS), spans)
    assert [one.sentences for one in known] == [((0, 18),), ((0, 4), (5, 9)), ()]
    assert [spans_of(one) for one in known] == [((0, 18),), ((0, 4), (5, 9)), ()]
    assert [one.sentences for one in shelf] == [None] * 3
    assert [spans_of(one) for one in shelf] == [((0, 18),), ((0, 9),), ((0, 9),)]
    assert list(known) == list(shelf)


def test_they_are_had_by_number_and_slice(shelf: Shelf) -> None:
    assert shelf[1] == ALL[1]
    assert shelf[-1] == ALL[-1]
    assert list(shelf[:2]) == ALL[:2]
    with pytest.raises(IndexError):
        shelf[3]


def test_passages_of_one_article_share_it(shelf: Shelf) -> None:
    assert shelf[0].article is shelf[1].article


def test_the_language_of_most_passages_comes_first() -> None:
    columns = Columns.of([FULL, BARE], ROWS)
    assert languages_of(columns.languages, columns.counts) == ("de", "en")
