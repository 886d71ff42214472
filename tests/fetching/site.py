"""A real web server on the loopback that answers as it is told, and misbehaves on purpose."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from ipaddress import ip_address

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetching.addresses import IPAddress
from bot.fetching.fetcher import Fetcher, user_agent
from bot.fetching.model import Limits

HERE = ip_address("127.0.0.2")  # the only address of this machine that tests allow
HOST = "news.example.org"
AGENT = user_agent("https://example.org/bot")
QUICK = Limits(
    seconds=9.0, connect_seconds=9.0, body_bytes=20_000, pause_seconds=0.0, longest_wait_seconds=5.0
)
PAGE = "<!doctype html><title>T</title><p>Perché no?</p>"

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def only_here(address: IPAddress) -> bool:
    return address == HERE


@dataclass
class Names(AbstractResolver):
    """Names and what they stand for, one list after another, the last one for good."""

    known: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.known:
            raise OSError(f"no such name: {host}")
        turns = self.known[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        pass


@dataclass
class Site:
    """The server: what it answers under each path, and what it was asked."""

    paths: dict[str, Handler] = field(default_factory=dict)
    requests: list[web.BaseRequest] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names({HOST: [[str(HERE)]]}))
    port: int = 0

    def url(self, path: str = "/page", host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str = "/page") -> int:
        return sum(request.path == path for request in self.requests)

    def says(self, text: str | bytes = PAGE, path: str = "/page", **headers: str) -> None:
        """Answer a path with a body; a header's name is written with underscores."""
        body = text.encode() if isinstance(text, str) else text
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Content-Type", "text/html")

        async def answer(_: web.BaseRequest) -> web.Response:
            return web.Response(body=body, headers=named)

        self.paths[path] = answer

    def sends(self, path: str, *statuses: int, **headers: str) -> None:
        """Answer a path with one status after another, the last one for good."""
        left = list(statuses)
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(_: web.BaseRequest) -> web.Response:
            status = left.pop(0) if len(left) > 1 else left[0]
            body = PAGE if status == 200 else ""
            return web.Response(text=body, status=status, headers=named, content_type="text/html")

        self.paths[path] = answer

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(request)
        handler = self.paths.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    @asynccontextmanager
    async def fetcher(self, **limits: float) -> AsyncIterator[Fetcher]:
        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            await asyncio.sleep(0)

        told = replaced(QUICK, **limits)  # type: ignore[arg-type]
        async with Fetcher(
            AGENT, told, resolver=self.names, allow=only_here, sleep=sleep
        ) as fetcher:
            yield fetcher


@asynccontextmanager
async def running() -> AsyncIterator[Site]:
    """A site that is open for the time of the block."""
    site = Site()
    runner = web.ServerRunner(web.Server(site.handle), shutdown_timeout=0)
    await runner.setup()
    serving = web.TCPSite(runner, str(HERE), 0)
    await serving.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw(answer: bytes, *, after: asyncio.Event | None = None) -> AsyncIterator[list[bytes]]:
    """A server that sends bytes, whatever it is asked; yields what it was sent, the port first."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(4096))
        if after:
            await after.wait()
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, str(HERE), 0)
    heard.append(str(server.sockets[0].getsockname()[1]).encode())
    try:
        yield heard
    finally:
        if after:
            after.set()
        server.close()
        await server.wait_closed()
