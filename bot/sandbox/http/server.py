"""The web server: logs, checks, refuses and answers; routes and gateway are handed in.

Every answer of a route carries rate-limit headers, without which clients send one request at a
time, and a bare `application/json`, without which they do not parse it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web

from bot.sandbox.description import Description
from bot.sandbox.errors import ApiError, not_found, unauthorized
from bot.sandbox.events import REMEMBERED, Events
from bot.sandbox.faults import Faults
from bot.sandbox.http.call import Answer, Call, Request, Route, read_body
from bot.sandbox.http.limits import RateLimits
from bot.sandbox.model import File

API = "/api/v10"
GATEWAY = "/gateway/"
# A burst of clients opens one connection each; a short queue would make them wait for a retry.
BACKLOG = 2048
LARGEST_REQUEST = 25 * 1024 * 1024

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Listens on one port for the API, the gateway and the files."""

    def __init__(
        self,
        routes: Iterable[Route],
        *,
        gateway: Page,
        files: Page,
        token: str,
        faults: Faults,
        limits: RateLimits,
        events: Events,
        description: Description | None,
    ) -> None:
        self.requests: deque[Request] = deque(maxlen=REMEMBERED)
        self._token = token
        self._faults = faults
        self._limits = limits
        self._events = events
        self._description = description
        self._app = web.Application(client_max_size=LARGEST_REQUEST)
        for route in routes:
            self._app.router.add_route(route.method, API + route.path, self._page(route))
        self._app.router.add_get(GATEWAY, gateway)
        self._app.router.add_get("/attachments/{channel}/{attachment}/{name}", files)
        self._app.router.add_route("*", API + "/{rest:.*}", self._page(None))
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)

    def serve(self, path: str, page: Page) -> None:
        """Serves a page beside the API; only before the start."""
        self._app.router.add_get(path, page)

    async def start(self, host: str, port: int) -> str:
        """Begins to listen; gives the address as host:port."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=BACKLOG)
        await site.start()
        bound = self._runner.addresses[0]
        return f"{bound[0]}:{bound[1]}"

    async def stop(self) -> None:
        """Closes the port and what is still open."""
        await self._runner.cleanup()

    def _page(self, route: Route | None) -> Page:
        async def page(request: web.Request) -> web.StreamResponse:
            path = request.path.removeprefix(API)
            authorized = request.headers.get("Authorization") == f"Bot {self._token}"
            entry = Request(request.method, path, dict(request.query), authorized)
            self.requests.append(entry)
            refusal = await self._faults.apply(request.method, path)
            if refusal is not None:
                answer, headers = Answer(refusal.status, refusal.body), refusal.headers
            else:
                answer, headers = await self._answered(request, route, entry)
            entry.status, entry.answer = answer.status, answer.body
            self._events.publish("request", entry)
            return _response(answer, headers)

        return page

    async def _answered(
        self, request: web.Request, route: Route | None, entry: Request
    ) -> tuple[Answer, dict[str, str]]:
        if route is None:
            error = not_found()
            return Answer(error.status, error.body()), {}
        verdict = self._limits.count(route, request.match_info)
        answer = verdict.refusal or await self._handled(request, route, entry)
        return answer, verdict.headers

    async def _handled(self, request: web.Request, route: Route, entry: Request) -> Answer:
        try:
            if route.needs_token and not entry.authorized:
                raise unauthorized()
            entry.body, files = await read_body(request)
            entry.files = list(files.values())
            self._describe(entry, files)
            call = Call(dict(request.match_info), entry.query, entry.body, files)
            return await route.handler(call)
        except ApiError as error:
            entry.problems = error.problems
            return Answer(error.status, error.body())

    def _describe(self, entry: Request, files: dict[int, File]) -> None:
        if self._description is not None:
            entry.faults = self._description.request_faults(
                entry.method, entry.path, entry.body, files=bool(files)
            )


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    text: Any = json.dumps(answer.body).encode()
    kind = {"Content-Type": "application/json"}
    return web.Response(status=answer.status, body=text, headers=kind | headers)
