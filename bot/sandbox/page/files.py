"""The page's own files, read once from the package; nothing else is looked for on the disk."""

from __future__ import annotations

from importlib.resources import files

from aiohttp import web

from bot.sandbox.page.guard import HEADERS, Guard

KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
START = "index.html"


class PageFiles:
    """Serves what lies in `static`, by name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._held = {
            one.name: one.read_bytes()
            for one in files("bot.sandbox.page").joinpath("static").iterdir()
            if one.name.rpartition(".")[2] in KINDS
        }

    async def start(self, request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return self._answer(request, START)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """One of its parts; 404 for any other name."""
        return self._answer(request, request.match_info["name"])

    def _answer(self, request: web.Request, name: str) -> web.StreamResponse:
        self._guard.check_host(request)
        body = self._held.get(name)
        if body is None:
            raise web.HTTPNotFound
        kind = {"Content-Type": KINDS[name.rpartition(".")[2]]}
        return web.Response(body=body, headers=HEADERS | kind)
