from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Permission, Sandbox, User
from bot.sandbox.page import Page
from tests.sandbox.wide_bot import WideBot
from tests.support.wire import online, pointed_at


class Browser:
    """Talks to the page's line as its script does."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.news: list[dict[str, Any]] = []
        self._asked = 0

    async def hear(self) -> dict[str, Any]:
        message = await self.socket.receive(timeout=5)
        assert message.type is aiohttp.WSMsgType.TEXT, message
        told: dict[str, Any] = json.loads(message.data)
        if "event" in told:
            self.news.append(told)
        return told

    async def ask(self, do: str, **data: object) -> dict[str, Any]:
        """The whole answer: what was done, or why it was refused."""
        self._asked += 1
        await self.socket.send_json({"id": self._asked, "do": do, **data})
        while True:
            told = await self.hear()
            if told.get("id") == self._asked and "event" not in told:
                return told

    async def do(self, name: str, **data: object) -> dict[str, Any]:
        told = await self.ask(name, **data)
        assert "done" in told, told
        done: dict[str, Any] = told["done"]
        return done

    async def until(self, event: str, **having: object) -> dict[str, Any]:
        """The first piece of news of a kind that has these values."""
        while True:
            for told in self.news:
                if told["event"] == event and having.items() <= told.items():
                    return told
            await self.hear()


@dataclass
class Scene:
    sandbox: Sandbox
    page: Page
    ada: User
    mona: User
    web: aiohttp.ClientSession

    @property
    def key(self) -> str:
        return self.page.address.partition("#")[2]

    @property
    def base(self) -> str:
        return self.sandbox.world.base_url

    async def browser(self, key: str | None = None) -> Browser:
        socket = await self.web.ws_connect(f"{self.base}/line", headers={"Origin": self.base})
        await socket.send_json({"key": self.key if key is None else key})
        return Browser(socket)


@pytest.fixture
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    """A sandbox with a page and two people, and nobody else; its parameter goes to the sandbox."""
    sandbox = Sandbox(**getattr(request, "param", {}))
    ada = sandbox.user("Ada")
    mona = sandbox.user("Mona", permissions=Permission.MANAGE_MESSAGES)
    page = Page(sandbox, {ada: "member", mona: "moderator"})
    async with sandbox, page, aiohttp.ClientSession() as web:
        yield Scene(sandbox, page, ada, mona, web)


@pytest.fixture
async def wide(scene: Scene) -> AsyncIterator[WideBot]:
    """A bot with commands and forms, online."""
    with pointed_at(scene.sandbox):
        async with online(WideBot(), scene.sandbox) as bot:
            yield bot
