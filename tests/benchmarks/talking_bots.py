"""The two bots that `tests.benchmarks.chatting` compares, each run in a process of its own.

Both are discord.py clients on the same loop, and tell on demand how long their loop was kept
waiting. Must not know who asks what.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
from discord import app_commands

from bot.client import point_at, serve, set_up_logging
from bot.cogs.desk import Desk
from bot.config import Settings
from bot.wiring_desk import open_desk

_TICK = 0.005
_WARNING = 30


@dataclass(frozen=True, slots=True)
class Where:
    """The Discord that a bot connects to."""

    api: str
    gateway: str
    token: str


@dataclass(frozen=True, slots=True)
class At:
    """Ask a process's bot all of these at once, without Discord, and tell the seconds until the
    last is answered."""

    questions: tuple[str, ...]


WATCH, GAP, END = "watch", "gap", "end"


def echo(orders: Connection, where: Where) -> None:
    """Runs a bot whose one command answers at once with what it was given."""

    async def answer(interaction: discord.Interaction, text: str) -> None:
        await interaction.response.send_message(text)

    class Echo(discord.Client):
        async def setup_hook(self) -> None:
            tree: app_commands.CommandTree[Echo] = app_commands.CommandTree(self)
            tree.add_command(app_commands.Command(name="echo", description="Echo", callback=answer))
            await tree.sync()

    async def run(stop: asyncio.Event) -> None:
        async with Echo(intents=discord.Intents(guilds=True)) as client:
            online = asyncio.create_task(client.start(where.token))
            await stop.wait()
            online.cancel()
            await asyncio.gather(online, return_exceptions=True)

    _prepare(where)
    asyncio.run(_obeyed(orders, run, None))


def receipts(orders: Connection, where: Where, folder: Path | None) -> None:
    """Runs the real bot with the knowledge base of a folder, or with the shipped one."""
    _prepare(where)
    with TemporaryDirectory() as data:
        home = Path(data)
        settings = Settings(data=home)
        began = time.perf_counter()
        with open_desk(folder or home / "knowledge", settings) as desk:
            orders.send((len(desk.knowledge.current.passages), time.perf_counter() - began))

            async def run(stop: asyncio.Event) -> None:
                await serve(desk, where.token, stop)

            asyncio.run(_obeyed(orders, run, desk))


def _prepare(where: Where) -> None:
    set_up_logging(_WARNING)
    point_at(where.api, where.gateway)


async def _obeyed(
    orders: Connection, run: Callable[[asyncio.Event], Awaitable[None]], desk: Desk | None
) -> None:
    """Runs a bot until it is told to end, and watches its loop."""
    stop = asyncio.Event()
    running = asyncio.ensure_future(run(stop))
    late = [0.0]
    watching = asyncio.create_task(_watched(late))
    while (order := await asyncio.to_thread(orders.recv)) != END:
        if order == WATCH:
            late[:] = [0.0]
        elif order == GAP:
            orders.send(list(late))
        elif desk is not None and isinstance(order, At):
            orders.send(await _until_last(desk, order.questions))
    watching.cancel()
    stop.set()
    await running


async def _watched(late: list[float]) -> None:
    """Notes by how many seconds the loop comes late to what is due."""
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        late.append(time.perf_counter() - due)


async def _until_last(desk: Desk, questions: Sequence[str]) -> float:
    knowledge = desk.knowledge.current
    began = time.perf_counter()
    await asyncio.gather(*(desk.turns.take(partial(knowledge.answer, one)) for one in questions))
    return time.perf_counter() - began
