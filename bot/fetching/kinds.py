"""What came: a page, a text, a PDF or a feed, by what it is called and by what it is.

The content decides between these; what the server calls it can only refuse it. It must not know
how it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from bot.errors import FetchRefused
from bot.fetching.charsets import decode
from bot.fetching.model import Kind

_TYPES = frozenset({
    "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown",
    "application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream",
    "text/xml", "application/xml", "application/rss+xml", "application/atom+xml",
    "application/rdf+xml", "application/x-rss+xml",
})  # fmt: skip
# Possessive, so that no page can make them try every way of reading its comments.
_FEED = re.compile(r"(?>\s+|<[?!][^>]{0,2000}>)*+<(?:rss|feed|rdf:RDF)\b", re.I)
_HTML = re.compile(
    r"(?>\s+|<\?[^>]{0,200}>|<!--.{0,9000}?-->)*+"
    r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1)\b",
    re.I | re.S,
)
_XML = re.compile(r"\s*<\?xml\b", re.I)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NAMES = {"html": "a page", "text": "a text", "pdf": "a PDF", "feed": "a feed"}


@dataclass(frozen=True, slots=True)
class Read:
    """What came, under its kind; `Fetched` says what the fields mean."""

    kind: Kind
    content_type: str
    charset: str | None
    body: bytes
    note: str = ""


def read(header: str, body: bytes, accept: frozenset[Kind]) -> Read:
    """Read what came as one of the kinds that are wanted.

    Args:
        header: `Content-Type` as the server sent it; empty where it sent none.

    Raises:
        FetchRefused: it is something else, or not what the server calls it.
    """
    told = Message()
    told["Content-Type"] = header
    called = told.get_content_type() if header.strip() else ""
    if called not in _TYPES:
        raise FetchRefused(f"It is `{called[:60]}`, not {_listed(accept)}; give another address.")
    if b"%PDF-" in body[:1024]:
        return _wanted(Read("pdf", called, None, body), accept)
    charset = str(told.get_param("charset", "") or "")
    if _is_binary(body, charset):
        named = f"The server calls it `{called}`, but it" if called else "It"
        raise FetchRefused(
            f"{named} is a picture, an archive or other data, not {_listed(accept)}."
        )
    decoded = decode(body, charset)
    kind = _kind(called, decoded.text)
    content = decoded.text.encode(errors="replace")
    return _wanted(Read(kind, called, decoded.charset, content, decoded.note), accept)


def _wanted(found: Read, accept: frozenset[Kind]) -> Read:
    if found.kind not in accept:
        raise FetchRefused(
            f"It is {_NAMES[found.kind]}, not {_listed(accept)}; give another address."
        )
    return found


def _kind(called: str, text: str) -> Kind:
    if _FEED.match(text):
        return "feed"
    if _HTML.match(text) or "html" in called:
        return "html"
    if _XML.match(text):
        raise FetchRefused("It is XML, but neither a page nor a feed; give another address.")
    return "text"


def _is_binary(body: bytes, charset: str) -> bool:
    if body.startswith(_WIDE) or charset.lower().startswith("utf-16"):
        return False
    controls = len(body) - len(body.translate(None, _CONTROLS))
    return b"\x00" in body or controls > len(body) / 200


def _listed(accept: frozenset[Kind]) -> str:
    return " or ".join(sorted(_NAMES[kind] for kind in accept))
