"""What a feed lists: RSS and Atom.

It must not know how a feed is fetched, nor what becomes of its entries.
"""

from __future__ import annotations

import calendar
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin

from bot.errors import FetchRefused
from bot.fetching.addresses import Allow, nothing, web_address

MOST_ENTRIES = 50
_LONGEST = 300  # characters of a title or an id
_DECLARES = re.compile(r"<!ENTITY\b", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed names.

    Attributes:
        id: what the feed knows it by, its address where it says nothing else.
        url: an address that may be fetched.
        title: plain text; empty where it has none.
        published: in UTC; None where the feed does not say when.
    """

    id: str
    url: str
    title: str
    published: datetime | None


def entries_of(
    feed: str, address: str, most: int = MOST_ENTRIES, allow: Allow = nothing
) -> tuple[Entry, ...]:
    """The entries of a feed, in its order, each address once.

    Entries without an address that may be fetched are left out.

    Args:
        feed: its text.
        address: where it came from, for links that do not say it.
        most: entries, counted from the first.
        allow: addresses that may be fetched although they are not public.

    Raises:
        FetchRefused: it declares entities, with which few bytes can stand for many.
        FetchRefused: it is no feed.
    """
    if _DECLARES.search(feed):
        raise FetchRefused("The feed declares entities of its own; only a plain feed can be read.")
    # It takes a tenth of a second to load; only feeds pay for it.
    import feedparser

    # Without a declaration of another encoding, under which it would hold something else.
    content = _DECLARATION.sub("", feed, count=1).encode(errors="replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    parsed = feedparser.parse(BytesIO(content), response_headers=headers, sanitize_html=False)
    if not parsed.get("version"):
        raise FetchRefused("It is no RSS or Atom feed; give the feed's own address.")
    found: dict[str, Entry] = {}
    for raw in parsed.entries[:most]:
        entry = _entry(raw, address, allow)
        if entry is not None:
            found.setdefault(entry.url, entry)
    return tuple(found.values())


def _entry(raw: dict[str, object], address: str, allow: Allow) -> Entry | None:
    link = str(raw.get("link") or "").strip()
    if not link:
        return None
    try:
        url = str(web_address(urljoin(address, link), allow))
    except (FetchRefused, ValueError):
        return None
    title = _line(raw.get("title"))
    return Entry(_line(raw.get("id")) or url, url, title, _moment(raw.get("published_parsed")))


def _line(value: object) -> str:
    plain = _TAG.sub("", str(value or "")[: 10 * _LONGEST])
    return " ".join(plain.split())[:_LONGEST]


def _moment(value: object) -> datetime | None:
    if not isinstance(value, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
