"""The line to one browser: a websocket on which it asks and is told the news.

The first thing said has to be the key. Then each `{"id", "do", …}` gets one `{"id", "done"}` or
`{"id", "refused"}`; news come in between.
"""

from __future__ import annotations

import asyncio
import json

from aiohttp import WSMsgType, web

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Json
from bot.sandbox.page.actions import Actions, Seat
from bot.sandbox.page.guard import Guard
from bot.sandbox.page.news import news, request
from bot.sandbox.page.shown import Shown
from bot.sandbox.sandbox import Sandbox

# Ten files of the largest size would be more than anybody tries here.
LARGEST = 32 * 1024 * 1024
WRONG_KEY = 4401
REMEMBERED_REQUESTS = 100


class Lines:
    """All lines that are open."""

    def __init__(self, sandbox: Sandbox, guard: Guard, actions: Actions, shown: Shown) -> None:
        self._sandbox = sandbox
        self._guard = guard
        self._actions = actions
        self._shown = shown
        self._open: set[web.WebSocketResponse] = set()

    async def serve(self, asked: web.Request) -> web.StreamResponse:
        """One line, from handshake to hanging up."""
        self._guard.check_origin(asked)
        socket = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=30.0)
        await socket.prepare(asked)
        self._open.add(socket)
        try:
            await self._talk(socket)
        finally:
            self._open.discard(socket)
        return socket

    async def close(self) -> None:
        """Hangs up everywhere."""
        for socket in list(self._open):
            await socket.close(code=1001)

    async def _talk(self, socket: web.WebSocketResponse) -> None:
        first = await socket.receive()
        told = _parsed(first.data) if first.type is WSMsgType.TEXT else {}
        if not self._guard.knows(told.get("key")):
            await socket.close(code=WRONG_KEY)
            return
        seat = self._actions.seat()
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(self._tell(socket, seat))
            for seen in list(self._sandbox.requests)[-REMEMBERED_REQUESTS:]:
                await _send(socket, {"event": "request"} | request(seen))
            running: set[asyncio.Task[None]] = set()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    task = tasks.create_task(self._do(socket, seat, _parsed(message.data)))
                    running.add(task)
                    task.add_done_callback(running.discard)
            telling.cancel()
            for task in running:
                task.cancel()

    async def _tell(self, socket: web.WebSocketResponse, seat: Seat) -> None:
        async for event in self._sandbox.events.follow():
            told = news(event, seat.viewer, self._shown, self._sandbox.world)
            if told is not None:
                await _send(socket, told)

    async def _do(self, socket: web.WebSocketResponse, seat: Seat, asked: Json) -> None:
        number = asked.get("id")
        try:
            done = await self._actions.named(asked.get("do"))(seat, asked)
        except ApiError as error:
            reasons = "; ".join(str(problem) for problem in error.problems)
            refused = f"{error.message} ({error.code}) {reasons}".strip()
            await _send(socket, {"id": number, "refused": refused})
        except (LookupError, ValueError) as error:
            await _send(socket, {"id": number, "refused": str(error)})
        else:
            await _send(socket, {"id": number, "done": done})


async def _send(socket: web.WebSocketResponse, told: Json) -> None:
    if socket.closed:
        return
    try:
        await socket.send_str(json.dumps(told, default=str))
    except ConnectionError:
        # The browser is gone; whoever reads from it notices and tidies up.
        return


def _parsed(text: str) -> Json:
    """What was said, if it is an object at all."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
