"""What is handed in is shown as it would be stored; its metadata may be mended, never its text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.importing import Shelf
from bot.articles.store import ArticleStore
from bot.errors import ImportRefused, InputError
from bot.fetching.model import Fetched
from bot.moderation.drafting import (
    Drafted,
    changes_of,
    draft_attached,
    draft_page,
    draft_text,
    edited,
    file_of,
    read_page,
)
from tests.answers.small_knowledge import PARTING, articles
from tests.moderation.small_mill import WEIR, Mill
from tests.moderation.test_refreshing import SENTENCES, html

ADDRESS = "https://news.example.org/2026/weir?x=1"


def fetched(body: str, note: str = "") -> Fetched:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Fetched(
        ADDRESS, ADDRESS, 200, "html", "text/html", "utf-8", body.encode(), None, None, at, note
    )


@pytest.fixture
def shelf(mill: Mill) -> Shelf:
    return Shelf(ArticleStore(mill.knowledge))


@pytest.fixture
def drafted(shelf: Shelf) -> Drafted:
    return draft_text("The weir", WEIR, shelf)


def test_a_page_is_drafted_with_its_address_and_day(shelf: Shelf) -> None:
    found = draft_page(read_page(fetched(html(SENTENCES), "it was read as cp1252")), shelf)
    assert found.article.id == "the-weir-of-the-valley"
    assert (found.article.url, found.origin) == (ADDRESS, ADDRESS)
    assert found.article.retrieved == date(2026, 3, 1)
    assert (found.same, found.near, found.wall) == (None, (), None)
    assert found.notes == ("It was read as cp1252.",)


def test_a_wall_is_told_instead_of_a_page_that_is_too_short() -> None:
    with pytest.raises(ImportRefused, match="asks to log in"):
        read_page(fetched("<!doctype html><p>Please log in to continue.</p>"))


def test_what_is_never_closed_is_no_text_of_the_page() -> None:
    with pytest.raises(ImportRefused, match="No article can be found"):
        read_page(fetched("<!doctype html><div><script> 'Please log in to continue.'"))


def test_a_short_article_beside_a_wall_s_words_is_drafted_with_the_wall(shelf: Shelf) -> None:
    body = html([*SENTENCES[:4], "Subscribe to continue reading this story of the valley."])
    assert draft_page(read_page(fetched(body)), shelf).wall == "asks to subscribe"


def test_what_repeats_an_article_or_nearly_does_is_told(shelf: Shelf) -> None:
    assert draft_text("Mine", PARTING, shelf).same == "mill-quarrel"
    near = draft_text("Mine", f"{PARTING}\n\nOne more line stands here.", shelf)
    assert (near.same, near.near) == (None, ("mill-quarrel",))


def test_an_attached_file_s_name_is_not_believed(shelf: Shelf) -> None:
    found = draft_attached("../../etc/the weir.md", WEIR.encode(), shelf)
    assert (found.origin, found.file) == ("the weir.md", "the weir.md")
    [path] = changes_of(found)
    assert path == f"articles/{found.article.id}.md"


def test_an_attached_file_that_is_no_article_is_refused(shelf: Shelf) -> None:
    with pytest.raises(ImportRefused):
        draft_attached("x.md", b"\x89PNG\r\n", shelf)


def test_an_id_that_is_taken_gets_a_number(shelf: Shelf) -> None:
    assert draft_text("Bread", WEIR, shelf).article.id == "bread-2"


def test_the_file_is_what_the_store_would_write(mill: Mill) -> None:
    store = ArticleStore(mill.knowledge)
    for article in articles():
        path, content = file_of(article)
        assert (mill.knowledge / path).read_bytes() == content
        assert store.get(article.id) == article


def test_metadata_can_be_mended_and_said_to_be_unknown(drafted: Drafted) -> None:
    found = edited(
        drafted,
        title=" The  weir\nof 2027 ",
        publisher="The Valley Post",
        published="2027-04-01",
        language="EN",
        url="https://example.org/weir",
    ).article
    assert (found.title, found.publisher) == ("The weir of 2027", "The Valley Post")
    assert (found.published, found.language) == (date(2027, 4, 1), "en")
    assert found.url == "https://example.org/weir"
    assert (found.text, found.id) == (drafted.article.text, drafted.article.id)
    emptied = edited(drafted, publisher="", published=" ", language="", url="").article
    assert (emptied.publisher, emptied.published, emptied.url) == (None, None, None)
    assert emptied.language == "und"
    assert edited(drafted) == drafted


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", " ", "Give the article a title."),
        ("title", "x" * 201, "in at most 200"),
        ("publisher", "x" * 101, "in at most 100"),
        ("published", "soon", "Write the day"),
        ("published", "2025-13-01", "Write the day"),
        ("language", "italian", "two letters"),
        ("url", "example.org", "whole address"),
        ("url", "javascript:alert(1)", "whole address"),
        ("url", "https://[x", "whole address"),
    ],
)
def test_metadata_that_cannot_be_stored_is_told(
    drafted: Drafted, field: str, value: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        edited(drafted, **{field: value})


def test_all_that_is_wrong_is_told_at_once(drafted: Drafted) -> None:
    with pytest.raises(InputError, match=r"title.*day.*two letters"):
        edited(drafted, title="", published="x", language="x")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
@example("0\r\x1b", "", "")
@example("\x1b\r\x1b", "\r\x1b", "")
def test_whatever_is_written_is_refused_or_can_be_read_again(
    title: str, publisher: str, url: str
) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as aside:
        store = ArticleStore(Path(aside))
        found = draft_text("The weir", WEIR, Shelf(store))
        try:
            article = edited(found, title=title, publisher=publisher, url=url).article
        except InputError:
            return
        path, content = file_of(article)
        (store.folder / "articles").mkdir()
        (store.folder / path).write_bytes(content)
        assert store.get(article.id) == article
