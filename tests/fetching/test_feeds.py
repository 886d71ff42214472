from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FetchRefused
from bot.fetching.feeds import Entry, entries_of

HOME = "https://news.example.org/feed.xml"
RSS = """<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0"><channel><title>Notizie</title>
<item><title>Perché &amp; come <b>oggi</b></title><link>https://news.example.org/a</link>
<guid isPermaLink="false">a-1</guid><pubDate>Mon, 02 Mar 2026 12:00:00 +0200</pubDate></item>
<item><title>Second</title><link>/b?x=1&amp;y=2</link></item>
<item><title>Again</title><link>https://news.example.org/a</link></item>
<item><title>No link</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>urn:1</id><title type="html">One &lt;i&gt;two&lt;/i&gt;</title>
<link rel="alternate" href="one"/><published>2026-03-02T10:00:00Z</published></entry>
</feed>"""


def test_rss_is_read() -> None:
    moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert entries_of(RSS, HOME) == (
        Entry("a-1", "https://news.example.org/a", "Perché & come oggi", moment),
        Entry(
            "https://news.example.org/b?x=1&y=2",
            "https://news.example.org/b?x=1&y=2",
            "Second",
            None,
        ),
    )


def test_atom_is_read() -> None:
    moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert entries_of(ATOM, HOME) == (
        Entry("urn:1", "https://news.example.org/one", "One two", moment),
    )


def feed_of(*links: str) -> str:
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def test_only_the_first_entries_are_taken() -> None:
    feed = feed_of(*(f"https://news.example.org/{number}" for number in range(99)))
    assert len(entries_of(feed, HOME)) == 50
    assert [entry.url[-1] for entry in entries_of(feed, HOME, most=2)] == ["0", "1"]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/", "http://localhost/", "file:///etc/passwd", "javascript:alert(1)",
        "http://169.254.169.254/latest", "http://[x", "//10.0.0.1/a", "https://a:b@example.org/",
    ],
)  # fmt: skip
def test_links_that_must_not_be_fetched_are_left_out(link: str) -> None:
    found = entries_of(feed_of(link, "https://news.example.org/a"), HOME)
    assert [entry.url for entry in found] == ["https://news.example.org/a"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(doctype: str) -> None:
    feed = feed_of("https://news.example.org/a").replace("x</title>", "&l9;</title>")
    with pytest.raises(FetchRefused, match="entities"):
        entries_of(f'<?xml version="1.0"?>{doctype}{feed}', HOME)


def test_a_hidden_encoding_hides_nothing() -> None:
    hidden = '+ADwAIQ-ENTITY a "b"+AD4-'
    feed = f'<?xml version="1.0" encoding="utf-7"?>{hidden}' + feed_of("https://news.example.org/a")
    assert all("utf-7" not in entry.title for entry in entries_of(feed, HOME))


@pytest.mark.parametrize("text", ["", "words", "<p>a page</p>", "<rss", "https://example.org/"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(FetchRefused, match="no RSS or Atom"):
        entries_of(text, HOME)


@settings(max_examples=50)
@given(st.text(alphabet=st.sampled_from("<>/!?&;[]\"' aeilnkmrstRSS=0:\x00\n"), max_size=120))
def test_broken_feeds_are_read_or_refused(inside: str) -> None:
    try:
        found = entries_of(feed_of("https://news.example.org/a").replace("x<", inside + "<"), HOME)
    except FetchRefused:
        return
    assert len(found) <= 50
