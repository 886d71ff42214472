"""A refresh against a real server: what is new, changed, gone or failed, and what people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.articles.sources import Source
from bot.articles.store import ArticleStore
from bot.moderation.publishing import Publisher
from bot.moderation.refreshing import Refreshed, refresh
from bot.moderation.source_state import SourceStates
from tests.fetching.site import Site
from tests.moderation.small_mill import Mill, publish_hand_edits

SENTENCES = [
    "The weir above the mill broke in the spring flood of 2027, and nobody slept that night.",
    "Stones and timber lay across the road for nine days before the oxen came to clear it.",
    "The valley paid for a new weir of concrete, and the miller lent his animals and his carts.",
    "Eels came back to the river two years later, and children caught them with lanterns.",
    "They sold them at the market for a copper coin each, until the owners forbade the fishing.",
    "The baker wrote a letter about it to the newspaper, which printed it on the first page.",
    "A judge from the harbour listened to both sides and asked for the old maps of the river.",
    "On these maps the weir stands a hundred paces further up, where the alders grow today.",
    "The surveyor measured for three days in the rain and found that both maps were right.",
    "In the end the village voted, and the weir was built where it had always been.",
]
LATER = "A year later the first boat passed through the new lock and everybody came to see it."
PAGE = ("news", "/weir")


def html(sentences: list[str], title: str = "The weir of the valley") -> str:
    paragraphs = "".join(f"<p>{one}</p>" for one in sentences)
    head = f"<title>{title}</title><meta property='og:site_name' content='The Valley Post'>"
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><article><h1>{title}</h1>"
        f"{paragraphs}</article></body></html>"
    )


@dataclass
class Fresh:
    """The mill, a site that it is refreshed from, and what is remembered of that."""

    mill: Mill
    site: Site
    publisher: Publisher
    states: SourceStates

    def page(self, path: str = "/weir", **fields: object) -> Source:
        told = {"id": path.strip("/"), "url": self.site.url(path), "kind": "page", **fields}
        return Source(**told)  # type: ignore[arg-type]

    def feed(self, *paths: str) -> Source:
        items = "".join(f"<item><link>{self.site.url(path)}</link></item>" for path in paths)
        content = f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>"
        self.site.says(content, "/feed", Content_Type="application/rss+xml", ETag='"f"')
        return Source("feed", self.site.url("/feed"), "feed")

    async def refresh(self, *sources: Source) -> Refreshed:
        async with self.site.fetcher() as fetcher:
            return await refresh(sources or (self.page(),), fetcher, self.publisher, self.states)

    async def published(self, *sources: Source) -> Refreshed:
        found = await self.refresh(*sources)
        assert found.proposal is not None
        self.publisher.publish(found.proposal, who="x")
        return found

    def text(self, article: str = "the-weir-of-the-valley") -> str:
        return ArticleStore(self.mill.knowledge).get(article).text

    def conditional(self, path: str = "/weir") -> list[str | None]:
        """The etags that were handed back, one for each request."""
        asked = [one for one in self.site.requests if one.path == path]
        return [request.headers.get("If-None-Match") for request in asked]

    def answers(self, sentences: list[str], path: str = "/weir", etag: str = '"1"') -> None:
        """Answer with a page, or with 304 to those who have it."""
        body = html(sentences)

        async def answer(request: web.BaseRequest) -> web.Response:
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            return web.Response(text=body, content_type="text/html", headers={"ETag": etag})

        self.site.paths[path] = answer


@pytest.fixture
def fresh(mill: Mill, site: Site, tmp_path: Path) -> Fresh:
    return Fresh(mill, site, mill.publisher(), SourceStates(tmp_path / "sources.json"))


def outcomes(found: Refreshed) -> list[str]:
    return [page.outcome for page in found.pages]


async def test_a_new_page_is_proposed_and_asked_for_changes_only_once_published(
    fresh: Fresh,
) -> None:
    fresh.answers(SENTENCES)
    found = await fresh.refresh()
    assert outcomes(found) == ["new"]
    assert found.proposal is not None
    [new] = found.proposal.diff.new
    assert (new.id, new.publisher, new.language) == (
        "the-weir-of-the-valley",
        "The Valley Post",
        "en",
    )
    assert new.url == fresh.site.url("/weir")
    assert new.retrieved is not None
    assert found.may_publish_itself
    # It was not published: the next refresh must not be told that nothing has changed.
    assert outcomes(await fresh.published()) == ["new"]
    assert outcomes(await fresh.refresh()) == ["unchanged"]
    assert fresh.conditional() == [None, None, '"1"']


async def test_a_changed_page_changes_the_text_and_keeps_what_people_mended(fresh: Fresh) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    path = fresh.mill.knowledge / "articles" / "the-weir-of-the-valley.md"
    path.write_text(path.read_text("utf-8").replace("The weir of", "A weir of"), encoding="utf-8")
    publish_hand_edits(fresh.publisher, who="y")
    fresh.answers([*SENTENCES, LATER], etag='"2"')
    found = await fresh.published()
    assert outcomes(found) == ["changed"]
    assert found.may_publish_itself
    stored = ArticleStore(fresh.mill.knowledge).get("the-weir-of-the-valley")
    assert stored.title == "A weir of the valley"
    assert LATER in stored.text


async def test_one_bad_page_never_stops_the_others(fresh: Fresh) -> None:
    fresh.answers(SENTENCES, "/a")
    fresh.site.sends("/b", 500)
    fresh.site.says("<p>Too short.</p>", "/c")
    fresh.site.says(b"\x00\x01binary", "/d", Content_Type="application/zip")
    sources = [fresh.page(path) for path in ("/b", "/c", "/d", "/a", "/e")]
    found = await fresh.refresh(*sources)
    assert outcomes(found) == ["failed", "failed", "failed", "new", "failed"]
    assert all(page.detail for page in found.of("failed"))
    errors = {name: one.error for name, one in fresh.states.read().sources.items()}
    assert errors["a"] is None
    assert "500" in (errors["b"] or "")


async def test_a_feed_s_entries_are_articles_and_it_is_fetched_conditionally(fresh: Fresh) -> None:
    fresh.answers(SENTENCES, "/a")
    fresh.answers([LATER, *SENTENCES[::-1]], "/b")
    feed = fresh.feed("/a", "/b", "/a")
    found = await fresh.published(feed)
    assert outcomes(found) == ["unchanged", "new", "new"]
    assert outcomes(await fresh.refresh(feed)) == ["unchanged"] * 3
    assert fresh.conditional("/feed") == [None, '"f"']


async def test_an_empty_feed_is_told_as_failed(fresh: Fresh) -> None:
    found = await fresh.refresh(fresh.feed())
    assert outcomes(found) == ["failed"]
    assert found.proposal is None


async def test_a_gone_page_is_proposed_and_waits_for_a_person(fresh: Fresh) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    fresh.site.sends("/weir", 410)
    found = await fresh.refresh()
    assert outcomes(found) == ["gone"]
    assert not found.may_publish_itself
    assert found.proposal is not None
    assert [one.id for one in found.proposal.diff.gone] == ["the-weir-of-the-valley"]
    assert "is gone" in (found.proposal.held or "")


@pytest.mark.parametrize(
    "body",
    [
        "<title>Sign in</title><p>Please log in to continue.</p><input type=password>",
        "<title>Cookies</title><p>We use cookies. Accept all cookies before you continue.</p>",
        "<p>Short.</p>",
    ],
    ids=["log-in", "cookies", "short"],
)
async def test_a_page_that_holds_its_article_no_more_is_held_and_stays(
    fresh: Fresh, body: str
) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    before = fresh.text()
    fresh.site.says(f"<!doctype html>{body}", "/weir", ETag='"2"')
    found = await fresh.refresh()
    assert outcomes(found) == ["failed"]
    assert "holds no article any more" in found.held[0]
    assert found.proposal is None
    assert fresh.text() == before


async def test_a_page_that_loses_much_is_held(fresh: Fresh) -> None:
    fresh.answers([*SENTENCES, LATER, *[f"{one} Again." for one in SENTENCES[::-1]]])
    await fresh.published()
    fresh.answers(SENTENCES, etag='"2"')
    found = await fresh.refresh()
    assert outcomes(found) == ["changed"]
    assert any("The source `weir` loses" in reason for reason in found.held)
    allowing = fresh.page(lose_at_most=1.0)
    fresh.answers(SENTENCES + [LATER] * 2, etag='"3"')
    assert (await fresh.refresh(allowing)).may_publish_itself


async def test_what_people_took_back_is_not_proposed_again(fresh: Fresh) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    fresh.publisher.undo(who="y", why="not ours")
    assert outcomes(await fresh.refresh()) == ["unchanged"]
    fresh.answers([*SENTENCES, LATER], etag='"2"')
    found = await fresh.refresh()
    assert outcomes(found) == ["kept"]
    assert found.proposal is None


async def test_a_change_that_people_took_back_waits_for_a_new_one(fresh: Fresh) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    fresh.answers([*SENTENCES, LATER], etag='"2"')
    await fresh.published()
    fresh.publisher.undo(who="y", why="wrong")
    fresh.site.says(html([*SENTENCES, LATER]), "/weir")
    assert outcomes(await fresh.refresh()) == ["kept"]
    fresh.site.says(html([*SENTENCES, LATER, SENTENCES[0]]), "/weir")
    found = await fresh.refresh()
    assert outcomes(found) == ["changed"]
    assert "put back" in found.held[0]


async def test_a_text_that_people_changed_is_never_overwritten(fresh: Fresh) -> None:
    fresh.answers(SENTENCES)
    await fresh.published()
    path = fresh.mill.knowledge / "articles" / "the-weir-of-the-valley.md"
    path.write_text(path.read_text("utf-8").replace("nine days", "ten days"), encoding="utf-8")
    publish_hand_edits(fresh.publisher, who="y")
    fresh.site.says(html(SENTENCES), "/weir")
    assert outcomes(await fresh.refresh()) == ["kept"]
    fresh.answers([*SENTENCES, LATER], etag='"2"')
    found = await fresh.refresh()
    assert outcomes(found) == ["kept"]
    assert "the page changed too" in found.pages[0].detail
    assert "ten days" in fresh.text()


async def test_an_article_that_is_there_already_is_not_proposed_twice(fresh: Fresh) -> None:
    fresh.answers(SENTENCES, "/a")
    await fresh.published(fresh.page("/a"))
    fresh.answers(SENTENCES, "/copy")
    found = await fresh.refresh(fresh.page("/copy"))
    assert outcomes(found) == ["unchanged"]
    fresh.answers([LATER, *SENTENCES], "/near")
    found = await fresh.refresh(fresh.page("/near"))
    assert outcomes(found) == ["new"]
    assert "is nearly what" in found.held[0]


async def test_an_article_that_did_not_come_from_its_page_waits_for_a_person(fresh: Fresh) -> None:
    folder = fresh.mill.knowledge
    store = ArticleStore(folder)
    from dataclasses import replace

    store.write(replace(store.get("bread"), url=fresh.site.url("/weir")))
    publish_hand_edits(fresh.publisher, who="y")
    fresh.answers(SENTENCES)
    found = await fresh.refresh()
    assert outcomes(found) == ["changed"]
    assert any("did not come from its page" in reason for reason in found.held)


async def test_what_is_not_said_by_a_page_is_said_by_its_source(fresh: Fresh) -> None:
    body = html(SENTENCES).replace("<meta property='og:site_name' content='The Valley Post'>", "")
    fresh.site.says(body, "/weir")
    source = fresh.page(publisher="The Source", every=timedelta(hours=1))
    found = await fresh.refresh(source)
    assert found.proposal is not None
    assert found.proposal.diff.new[0].publisher in {"The Source", "news.example.org"}
