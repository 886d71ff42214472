"""Who may talk to the page: a browser on this machine, by the right name, from our own page.

A page elsewhere can send requests to the loopback, and a name elsewhere can be made to point here
(DNS rebinding); so the name asked for and the origin are looked at, and the key decides.
"""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src"
    " 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Checks requests.

    Args:
        everywhere: whether the port is open to other machines on purpose; any name is fine then.
    """

    def __init__(self, *, everywhere: bool) -> None:
        self.key = secrets.token_urlsafe(24)
        self._everywhere = everywhere

    def check_host(self, request: web.Request) -> None:
        """421 for a request that came by a name that is not this machine's."""
        if not self._everywhere and not is_loopback(request.host):
            raise web.HTTPMisdirectedRequest(text="Open this page by its address on 127.0.0.1.")

    def check_origin(self, request: web.Request) -> None:
        """403 for a request that another page sends; 421 as `check_host`."""
        self.check_host(request)
        origin = request.headers.get("Origin", "")
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or parts.netloc != request.host:
            raise web.HTTPForbidden(text="This is for the sandbox's own page.")

    def knows(self, key: object) -> bool:
        """Whether the key is this page's."""
        return isinstance(key, str) and secrets.compare_digest(key.encode(), self.key.encode())


def is_loopback(host: str) -> bool:
    """Whether a Host header, or a name to bind to, means this machine alone."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
