"""A passage is verified against the article as it lies in the store now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.articles.store import ArticleStore, digest
from bot.articles.verification import Verified, verified, verify_passage
from bot.errors import ArticleNotFound, KnowledgeError

TEXT = "## The parting\n\nAnna left the mill in 2018. “Too much flour”, she said — perché? 🙂"
ARTICLE = Article("mill", "The mill", TEXT, "en")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    store = ArticleStore(tmp_path_factory.mktemp("kept"))
    store.write(ARTICLE)
    return store


@pytest.fixture
def store(tmp_path: Path) -> ArticleStore:
    found = ArticleStore(tmp_path)
    found.write(ARTICLE)
    return found


def test_a_passage_of_an_article_as_stored_is_verified(store: ArticleStore) -> None:
    (article,) = store.read()
    assert all(verify_passage(passage, store) for passage in split(article))


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_slice_with_text_in_it_is_verified(kept: ArticleStore, start: int, end: int) -> None:
    assert verify_passage(Passage(ARTICLE, start, end, 1, 1), kept) == (start < end)


@given(st.text(min_size=1))
def test_any_other_text_is_not(kept: ArticleStore, text: str) -> None:
    other = replace(ARTICLE, text=text)
    assert not verify_passage(Passage(other, 0, len(text), 1, 1), kept)


def test_a_passage_of_an_article_that_was_changed_elsewhere_is_not(store: ArticleStore) -> None:
    (passage,) = split(ARTICLE)
    store.write(replace(ARTICLE, text=f"{TEXT}\n\nA new end."))
    assert store.get("mill").text[passage.start : passage.end] == passage.text
    assert not verify_passage(passage, store)


def test_a_changed_text_with_an_old_digest_is_told(store: ArticleStore) -> None:
    path = store.path_of("mill")
    path.write_text(path.read_text("utf-8").replace("2018", "2019"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not the one that was stored"):
        verify_passage(split(ARTICLE)[0], store)


def test_a_changed_text_with_a_new_digest_is_not_verified(store: ArticleStore) -> None:
    path = store.path_of("mill")
    path.write_text(path.read_text("utf-8").replace("2018", "2019"), encoding="utf-8")
    store.stamp()
    assert not verify_passage(split(ARTICLE)[0], store)


def test_an_article_that_is_gone_is_told(store: ArticleStore) -> None:
    store.path_of("mill").unlink()
    with pytest.raises(ArticleNotFound):
        verify_passage(split(ARTICLE)[0], store)


def found_in(store: ArticleStore) -> Verified:
    """What becomes of the last passage of the article as it was."""
    return verified(split(ARTICLE)[-1], store)


def test_where_a_passage_stands_is_told_with_the_digest_of_the_text(store: ArticleStore) -> None:
    passage = split(ARTICLE)[-1]
    assert found_in(store) == Verified(True, passage.start, passage.end, digest(TEXT), True)


def test_a_passage_that_moved_is_found_again(store: ArticleStore) -> None:
    before = "🙂 One line more.\n\n"
    passage = split(ARTICLE)[-1]
    store.write(replace(ARTICLE, text=before + TEXT))
    told = found_in(store)
    assert (told.stands, told.intact) == (False, False)
    assert (told.start, told.end) == (passage.start + len(before), passage.end + len(before))


def test_a_passage_that_was_changed_stands_nowhere(store: ArticleStore) -> None:
    other = TEXT.replace("2018", "2019")
    store.write(replace(ARTICLE, text=other))
    assert found_in(store) == Verified(False, None, None, digest(other), False)


def test_of_an_article_that_is_gone_there_is_not_even_a_digest(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    assert found_in(ArticleStore(tmp_path)) == Verified(False, None, None, None, False)


def test_a_change_elsewhere_leaves_the_passage_standing_in_a_text_that_is_not_the_same(
    store: ArticleStore,
) -> None:
    store.write(replace(ARTICLE, text=f"{TEXT}\n\nMore."))
    told = found_in(store)
    assert (told.stands, told.intact) == (True, False)
