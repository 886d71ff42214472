"""Titles, publishers, dates and addresses as cards show them: inert, and never too long.

Must not know which card they stand on.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.articles.model import Article, Reference
from bot.cogs.inert import inert_line
from bot.wording import Wording

MOST_TITLE = 150
MOST_NAME = 80
_MOST_LISTED = 5
_MOST_LIST = 900
_MOST_BUTTON_URL = 512
_MOST_LINK = 300
_KEPT = 2048
"""Names that stay known: an answer shows some twenty, which other answers show again."""
# Brackets are left out: they would end a Markdown link.
_SAFE_IN_URL = "%/:=&?~#+!$,;'@*"


def listed(names: Iterable[str], wording: Wording, *, between: str = " · ") -> str:
    """A few names on one line, and how many more there are."""
    every = list(dict.fromkeys(names))
    few = every[:_MOST_LISTED]
    while len(between.join(few)) > _MOST_LIST:
        few.pop()
    left = len(every) - len(few)
    more = f"{between}{wording.say('answer.and_more', number=left)}" if left else ""
    return between.join(few) + more


def article_name(article: Article) -> str:
    """The title, as a link where the article has an address, and the publisher."""
    return _name(article.title, article.publisher, article.url)


def reference_name(reference: Reference) -> str:
    """What is known of a reference, as a link where it has an address."""
    title = reference.title or reference.publisher or reference.url or "?"
    publisher = reference.publisher if reference.title else None
    return _name(title, publisher, reference.url)


def origin(article: Article) -> list[str]:
    """Publisher and date, as far as they are known."""
    told = [inert_line(article.publisher, MOST_NAME)] if article.publisher else []
    return told + ([article.published.isoformat()] if article.published else [])


def button_url(url: str | None) -> str | None:
    """The address as a button takes it, or None where it takes it not."""
    if not _is_web(url) or url is None:
        return None
    address = quote(url, safe=_SAFE_IN_URL)
    return address if len(address) <= _MOST_BUTTON_URL else None


@lru_cache(_KEPT)
def _name(title: str, publisher: str | None, url: str | None) -> str:
    shown = inert_line(title, MOST_NAME)
    if _is_web(url) and url is not None:
        address = quote(url, safe=_SAFE_IN_URL)
        shown = f"[{shown}](<{address}>)" if len(address) <= _MOST_LINK else shown
    return f"{shown} ({inert_line(publisher, MOST_NAME)})" if publisher else shown


def _is_web(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)
