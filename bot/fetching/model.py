"""What a fetch is told and what it brings back.

It must not know how anything is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["html", "text", "pdf", "feed"]

PAGES: frozenset[Kind] = frozenset({"html", "text", "pdf"})
FEEDS: frozenset[Kind] = frozenset({"feed"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fetch may take.

    Attributes:
        seconds: for one exchange, from connecting to the last byte of the body.
        connect_seconds: for connecting, of these.
        body_bytes: of a body, both as it is sent and decompressed.
        header_bytes: of one header line, its name and its value.
        redirects: that are followed, one after another.
        attempts: of one fetch, where a fault may pass.
        pause_seconds: between two exchanges with one host; robots.txt may ask for more.
        longest_wait_seconds: that is waited for a server which asks for it.
    """

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body_bytes: int = 5_000_000
    header_bytes: int = 16_000
    redirects: int = 5
    attempts: int = 3
    pause_seconds: float = 1.0
    longest_wait_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page or feed as it came.

    Attributes:
        url: the address that was asked for.
        final_url: the address that answered, after redirects.
        status: HTTP's, always a success.
        kind: what it is, told by its content.
        content_type: what the server called it, without parameters; empty where it did not say.
        charset: the encoding that the text was read in; None for a PDF.
        body: a text as UTF-8, whatever it was sent in; a PDF as it is.
        etag: to be handed back at the next fetch, with `last_modified`.
        retrieved: when it came, in UTC.
        note: what was assumed to read it, or an empty string.
    """

    url: str
    final_url: str
    status: int
    kind: Kind
    content_type: str
    charset: str | None
    body: bytes
    etag: str | None
    last_modified: str | None
    retrieved: datetime
    note: str = ""

    @property
    def text(self) -> str:
        """The text; empty for a PDF."""
        return "" if self.charset is None else self.body.decode()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is still what it was when its `etag` or `last_modified` was handed out."""

    url: str
    final_url: str
    retrieved: datetime
