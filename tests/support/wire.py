"""Points discord.py at the stand-in, and says where Discord's own description lies."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import Description, Sandbox

B = TypeVar("B", bound=discord.Client)
PROJECT = Path(__file__).resolve().parents[2]


class Remembering(Description):
    """Checks a body that bots send again and again, such as all of their commands, once."""

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(document)
        self._seen: dict[tuple[str, str, bool, str], list[str]] = {}

    def request_faults(self, method: str, path: str, body: object, *, files: bool) -> list[str]:
        """What the description holds against a request, of which ids in the path do not matter."""
        key = method, re.sub(r"\d{15,}", "0", path), files, json.dumps(body, sort_keys=True)
        if key not in self._seen:
            self._seen[key] = super().request_faults(method, path, body, files=files)
        return self._seen[key]


@cache
def description() -> Description | None:
    """Discord's OpenAPI description, or None where nobody put it."""
    shared = Path(os.environ.get("RECEIPTS_SHARED", PROJECT.parent / "shared"))
    file = shared / "discord" / "openapi.json"
    return Remembering.load(file) if file.is_file() else None


def check_against_description(sandbox: Sandbox) -> None:
    """Every body sent to the stand-in, and every answer of it, fits Discord's description."""
    told = description()
    if told is None:
        return
    for seen in sandbox.requests:
        faults = list(seen.faults)
        if seen.status == 200:
            faults += told.answer_faults(seen.method, seen.path, 200, seen.answer)
        assert faults == [], f"{seen.method} {seen.path}"


@contextmanager
def pointed_at(sandbox: Sandbox) -> Iterator[None]:
    """While this lasts, every discord.py client of the process talks to the stand-in."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = sandbox.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sandbox.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def online(client: B, sandbox: Sandbox) -> AsyncIterator[B]:
    """Starts the client, waits until it is ready, and takes it offline afterwards."""
    async with client:
        running = asyncio.create_task(client.start(sandbox.token))
        ready = asyncio.create_task(client.wait_until_ready())
        try:
            await asyncio.wait({running, ready}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
            async with asyncio.timeout(0):
                await ready
            yield client
        finally:
            running.cancel()
            ready.cancel()
            await asyncio.gather(running, ready, return_exceptions=True)
