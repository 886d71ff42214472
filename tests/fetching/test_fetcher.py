from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from importlib.metadata import version

import pytest
from aiohttp import web
from yarl import URL

from bot.errors import FetchFailed, FetchRefused, PageGone
from bot.fetching.fetcher import next_address, wait_asked
from bot.fetching.model import FEEDS, Fetched, NotModified
from tests.fetching.site import AGENT, PAGE, Site


async def fetched(site: Site, path: str = "/page") -> Fetched:
    async with site.fetcher() as fetcher:
        found = await fetcher.fetch(site.url(path))
    assert isinstance(found, Fetched)
    return found


async def refused(site: Site, url: str, **limits: float) -> str:
    async with site.fetcher(**limits) as fetcher:
        with pytest.raises(FetchRefused) as told:
            await fetcher.fetch(url)
    return str(told.value)


async def failed(site: Site, path: str = "/page", **limits: float) -> str:
    async with site.fetcher(**limits) as fetcher:
        with pytest.raises(FetchFailed) as told:
            await fetcher.fetch(site.url(path))
    return str(told.value)


async def test_a_page_comes_with_all_that_is_said_of_it(site: Site) -> None:
    site.says(ETag='"7"', Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT")
    found = await fetched(site)
    assert found.text == PAGE
    assert found.body == PAGE.encode()
    assert (found.url, found.final_url) == (site.url(), site.url())
    assert (found.status, found.kind, found.content_type) == (200, "html", "text/html")
    assert (found.charset, found.note) == ("utf-8", "")
    assert (found.etag, found.last_modified) == ('"7"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert abs((found.retrieved - datetime.now(UTC)).total_seconds()) < 60


async def test_the_server_learns_who_asks_and_for_which_name(site: Site) -> None:
    site.says()
    await fetched(site)
    asked = site.requests[-1].headers
    named = f"Receipts/{version('receipts')} (+https://example.org/bot)"
    assert asked["User-Agent"] == AGENT == named
    assert asked["Host"] == f"news.example.org:{site.port}"
    assert "Cookie" not in asked
    assert "Authorization" not in asked


async def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    site.says()
    assert (await fetched(site)).text == PAGE


async def test_cookies_are_not_kept(site: Site) -> None:
    site.says(Set_Cookie="a=b; Path=/")
    async with site.fetcher() as fetcher:
        await fetcher.fetch(site.url())
        await fetcher.fetch(site.url())
    assert all("Cookie" not in request.headers for request in site.requests)


@pytest.mark.parametrize(
    "tag", [{"etag": '"7"'}, {"last_modified": "Mon, 02 Mar 2026 10:00:00 GMT"}]
)
async def test_a_page_that_has_not_changed_is_not_sent_again(
    site: Site, tag: dict[str, str]
) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        known = {"If-None-Match", "If-Modified-Since"} & set(request.headers)
        return web.Response(status=304 if known else 200, text=PAGE, content_type="text/html")

    site.paths["/page"] = answer
    async with site.fetcher() as fetcher:
        assert isinstance(await fetcher.fetch(site.url()), Fetched)
        again = await fetcher.fetch(site.url(), **tag)  # type: ignore[arg-type]
    assert isinstance(again, NotModified)
    assert again.final_url == site.url()


async def test_an_unasked_304_is_a_failure(site: Site) -> None:
    site.sends("/page", 304)
    assert "304" in await failed(site)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_told_apart(site: Site, status: int) -> None:
    site.sends("/page", status)
    async with site.fetcher() as fetcher:
        with pytest.raises(PageGone, match=str(status)):
            await fetcher.fetch(site.url())
    assert site.asked() == 1


@pytest.mark.parametrize("status", [204, 206, 400, 401, 402, 403, 418, 451, 501])
async def test_an_answer_without_the_page_is_a_failure(site: Site, status: int) -> None:
    site.sends("/page", status)
    assert str(status) in await failed(site)
    assert site.asked() == 1


async def test_an_empty_page_is_a_failure(site: Site) -> None:
    site.says(" \n")
    assert "nothing" in await failed(site)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_trouble_that_passes_is_waited_for(site: Site, status: int) -> None:
    site.sends("/page", status, status, 200)
    assert (await fetched(site)).text == PAGE
    assert site.asked() == 3
    assert len(site.waits) == 2
    assert all(1 <= wait <= 10 for wait in site.waits)


async def test_trouble_that_stays_is_a_failure(site: Site) -> None:
    site.sends("/page", 503)
    assert "503" in await failed(site)
    assert site.asked() == 3


async def test_the_wait_that_a_server_asks_for_is_kept(site: Site) -> None:
    site.sends("/page", 429, 200, Retry_After="4")
    await fetched(site)
    assert site.waits == [4]


async def test_a_long_wait_is_left_to_another_time(site: Site) -> None:
    site.sends("/page", 429, 200, Retry_After="3600")
    assert "too often" in await failed(site)
    assert site.asked() == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7), (" 0 ", 0), ("Sun, 01 Mar 2026 00:01:00 GMT", 60),
        ("Sat, 28 Feb 2026 00:00:00 GMT", 0), ("", None), ("soon", None), ("-1", None),
        ("1e3", None), ("٣", None), ("9" * 400, 999_999_999),
        ("Sun, 01 Mar 2026 00:01:00", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert wait_asked(header, datetime(2026, 3, 1, tzinfo=UTC)) == seconds


async def test_redirects_are_followed(site: Site) -> None:
    for number in range(1, 5):
        site.sends(f"/{number}", 302, Location=f"/{number + 1}")
    site.sends("/5", 301, Location="page")
    site.says()
    found = await fetched(site, "/1")
    assert (found.url, found.final_url) == (site.url("/1"), site.url())


async def test_redirects_end(site: Site) -> None:
    for number in range(20):
        site.sends(f"/{number}", 302, Location=f"/{number + 1}")
    assert "too often" in await failed(site, "/0")
    assert [site.asked(f"/{number}") for number in (5, 6)] == [1, 0]


async def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.sends("/a", 302, Location="/b#x")
    site.sends("/b", 307, Location="/a#y")
    assert "circle" in await failed(site, "/a")
    assert site.asked("/a") == site.asked("/b") == 1


async def test_a_redirect_to_nowhere_is_a_failure(site: Site) -> None:
    site.sends("/page", 302)
    assert "nowhere" in await failed(site)


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{}/", "http://127.0.0.3/", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{}/", "http://2130706434:{}/", "http://localhost:{}/", "file:///etc/passwd",
        "//10.0.0.1/", "javascript:alert(1)", "http://inside.example.org:{}/",
        "http://me:secret@news.example.org:{}/",
    ],
)  # fmt: skip
async def test_a_redirect_to_what_must_not_be_fetched_is_refused(site: Site, location: str) -> None:
    site.names.known["inside.example.org"] = [["192.168.0.1"]]
    site.sends("/page", 302, Location=location.format(site.port))
    await refused(site, site.url())
    assert {request.path for request in site.requests} == {"/robots.txt", "/page"}


def test_a_redirect_never_leaves_https() -> None:
    assert str(next_address(URL("https://a.example/x"), "y?z")) == "https://a.example/y?z"
    assert str(next_address(URL("http://a.example/x"), "https://b.example")) == "https://b.example"
    with pytest.raises(FetchRefused, match="https to http"):
        next_address(URL("https://a.example/x"), "http://a.example/x")


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["127.0.0.2", "10.0.0.1"], ["::1"], ["169.254.169.254"], ["::ffff:127.0.0.1"]],
)
async def test_a_name_that_stands_for_a_private_address_is_refused(
    site: Site, addresses: list[str]
) -> None:
    site.names.known["inside.example.org"] = [addresses]
    told = await refused(site, site.url(host="inside.example.org"))
    assert "not an address of the public internet" in told
    assert site.requests == []


async def test_a_name_that_turns_private_later_is_refused(site: Site) -> None:
    """The first answer serves robots.txt, the second would serve the page."""
    site.names.known["rebinding.example.org"] = [["127.0.0.2"], ["127.0.0.1"]]
    await refused(site, site.url(host="rebinding.example.org"))
    assert [request.path for request in site.requests] == ["/robots.txt"]


async def test_each_exchange_looks_its_name_up_once_and_connects_to_that(site: Site) -> None:
    site.says()
    await fetched(site)
    assert site.names.asked == ["news.example.org"] * len(site.requests)


async def test_an_unknown_name_is_a_failure(site: Site) -> None:
    async with site.fetcher() as fetcher:
        with pytest.raises(FetchFailed, match="cannot be found"):
            await fetcher.fetch("https://nowhere.example.org/")


async def test_robots_txt_is_honoured_and_read_once(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: receipts\nAllow: /$\nDisallow: /*/draft\n"
    site.says(rules, "/robots.txt", Content_Type="text/plain")
    site.says()
    async with site.fetcher() as fetcher:
        await fetcher.fetch(site.url())
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            await fetcher.fetch(site.url("/a/draft-1"))
    assert site.asked("/robots.txt") == 1
    assert site.asked("/a/draft-1") == 0


async def test_robots_txt_is_honoured_after_a_redirect(site: Site) -> None:
    site.says("User-agent: *\nDisallow: /closed", "/robots.txt")
    site.sends("/page", 302, Location="/closed")
    assert "robots.txt" in await refused(site, site.url())
    assert site.asked("/closed") == 0


@pytest.mark.parametrize("status", [500, 503, 505])
async def test_a_site_without_a_word_on_robots_is_left_alone(site: Site, status: int) -> None:
    site.sends("/robots.txt", status)
    site.says()
    async with site.fetcher() as fetcher:
        for _ in range(2):
            with pytest.raises(FetchFailed, match=r"robots\.txt"):
                await fetcher.fetch(site.url())
    assert site.asked() == 0
    assert site.asked("/robots.txt") <= 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_site_without_rules_allows_all(site: Site, status: int) -> None:
    site.sends("/robots.txt", status)
    site.says()
    assert (await fetched(site)).text == PAGE


async def test_of_a_huge_robots_txt_the_beginning_counts(site: Site) -> None:
    site.says("User-agent: *\nDisallow: /page\n" + "# more\n" * 100_000, "/robots.txt")
    site.says()
    assert "robots.txt" in await refused(site, site.url())


@pytest.mark.parametrize(("asked", "kept"), [("3", 3), ("0.5", 2), ("86400", 5), ("soon", 2)])
async def test_the_pause_that_a_site_asks_for_is_kept(site: Site, asked: str, kept: float) -> None:
    """Never less than our own pause of two seconds, nor more than the longest of five."""
    site.says(f"User-agent: *\nCrawl-delay: {asked}", "/robots.txt")
    site.says()
    async with site.fetcher(pause_seconds=2) as fetcher:
        await fetcher.fetch(site.url())
    [wait] = site.waits
    assert kept - 1 < wait <= kept


async def test_hosts_are_asked_one_thing_at_a_time(site: Site) -> None:
    here = most = 0

    async def answer(_: web.BaseRequest) -> web.Response:
        nonlocal here, most
        here += 1
        most = max(most, here)
        await asyncio.sleep(0.01)
        here -= 1
        return web.Response(text=PAGE, content_type="text/html")

    site.paths["/page"] = answer
    async with site.fetcher(pause_seconds=2) as fetcher:
        await asyncio.gather(*(fetcher.fetch(site.url()) for _ in range(4)))
    assert most == 1
    assert len(site.waits) == 4
    assert site.asked("/robots.txt") == 1


@pytest.mark.parametrize(
    ("body", "called", "kind"),
    [
        (PAGE, "text/html; charset=utf-8", "html"),
        ("# Words\n\nMore of them.", "text/markdown", "text"),
        ("Only words.", "text/plain", "text"),
        ("Only words.", "application/octet-stream", "text"),
        ("%PDF-1.7 \x00", "application/pdf", "pdf"),
        ("%PDF-1.7 \x00", "binary/octet-stream", "pdf"),
    ],
)
async def test_what_it_is_is_told_by_its_content(
    site: Site, body: str, called: str, kind: str
) -> None:
    site.says(body, Content_Type=called)
    found = await fetched(site)
    assert found.kind == kind
    assert found.body == body.encode()
    assert found.text == ("" if kind == "pdf" else body)


@pytest.mark.parametrize(
    ("body", "called", "sentence"),
    [
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "text/html",
            "calls it `text/html`, but it is a pic",
        ),
        (b"PK\x03\x04\x14\x00", "text/plain", "an archive"),
        (b"\x01\x02\x03\x04", "application/octet-stream", "other data"),
        (b"<p>A page</p>", "image/png", "It is `image/png`"),
        (b'{"a": 1}', "application/json", "It is `application/json`"),
        (b"<rss version='2.0'></rss>", "text/html", "It is a feed"),
        (b"<?xml version='1.0'?><other/>", "text/xml", "It is XML"),
    ],
)
async def test_what_is_no_page_is_refused(
    site: Site, body: bytes, called: str, sentence: str
) -> None:
    site.says(body, Content_Type=called)
    assert sentence in await refused(site, site.url())


async def test_a_page_is_no_feed(site: Site) -> None:
    site.says()
    async with site.fetcher() as fetcher:
        with pytest.raises(FetchRefused, match="a page, not a feed"):
            await fetcher.fetch(site.url(), FEEDS)


@pytest.mark.parametrize("called", ["text/html", "text/xml", "application/rss+xml", "text/plain"])
async def test_a_feed_is_one_whatever_it_is_called(site: Site, called: str) -> None:
    site.says("<?xml version='1.0'?>\n<!-- a -->\n<rss></rss>", Content_Type=called)
    async with site.fetcher() as fetcher:
        found = await fetcher.fetch(site.url(), FEEDS)
    assert isinstance(found, Fetched)
    assert found.kind == "feed"


async def test_a_wrong_encoding_is_mended_and_told(site: Site) -> None:
    site.says(Content_Type="text/html; charset=iso-8859-1")
    found = await fetched(site)
    assert found.text == PAGE
    assert found.note == "it is declared as cp1252, but was read as the UTF-8 that it is"
