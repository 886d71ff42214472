"""What a question costs on Discord: `python -m tests.benchmarks.chatting [FOLDER...]`.

The real bot answers /ask, and a minimal bot echoes at once, without a deferral; each in a process
of its own, both through the stand-in for Discord in this one. A knowledge base of real sentences is
made of public collections; without any the shipped one is asked. Times are of the clock on the
wall, from the command sent to the answer seen, and the two bots are asked in turn, so that what
else the machine does meets both: read the ratio.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from bot.printing import console
from bot.sandbox import Sandbox
from bot.sandbox.model import Channel, User
from tests.benchmarks.bases import write_base
from tests.benchmarks.talking_bots import END, GAP, WATCH, At, Where, echo, receipts
from tests.benchmarks.texts import read_material

RATIO, LARGEST_GAP, AT_ONCE = 3.0, 0.020, 1.5
"""The goals: /ask to echo, and in seconds the loop's largest gap and the last of many at once."""
_GIVES_UP = 3.0
"""Seconds after which Discord takes no first sign of an answer any more."""
_PEOPLE, _PLACES = 1000, 200
"""So many that nobody has to wait, as the bot lets one member and one channel ask so often."""
_WARM_UP = 30
_MANY = 200
_PATIENCE = 60.0


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    passages: Annotated[int, typer.Option(min=1, help="How many passages to search.")] = 10_000,
    asked: Annotated[int, typer.Option(min=1, help="Questions that are asked in turn.")] = 300,
    rate: Annotated[float, typer.Option(min=0.1, help="Questions a second.")] = 50.0,
    seconds: Annotated[float, typer.Option(min=1, help="So long.")] = 20.0,
) -> None:
    """Print /ask beside an echo, the loop's largest gap, and how long many at once take."""
    material = read_material(folders or [])
    with TemporaryDirectory() as aside:
        folder = Path(aside) / "knowledge" if folders else None
        if folder is not None:
            write_base(folder, material, passages)
        asyncio.run(_measured(folder, material.questions, asked, rate, seconds))


async def _measured(
    folder: Path | None, questions: Sequence[str], asked: int, rate: float, seconds: float
) -> None:
    async with AsyncExitStack() as until_the_end:
        # Else who plays Discord is away for a tenth of a second, and a bot is blamed for it.
        gc.disable()
        until_the_end.callback(gc.enable)
        enter = until_the_end.enter_async_context
        discords = [await enter(Sandbox(patience=_PATIENCE)) for _ in range(2)]
        wheres = [Where(one.api_url, one.gateway_url, one.token) for one in discords]
        processes = [_process(echo, wheres[0]), _process(receipts, wheres[1], folder)]
        orders = [until_the_end.enter_context(one) for one in processes]
        count, opened = await asyncio.to_thread(orders[1].recv)
        console().print(f"{count:,} passages, opened in {opened:.1f} s")
        for one in discords:
            await one.bot_connected()
        echoing, asking = _People(discords[0], "echo", "text"), _People(discords[1], "ask")
        table = Table("", "p50", "p99", "largest", "goal")
        await _compared(echoing, asking, questions, asked, table)
        await _watched(asking, questions, rate, seconds, orders, table)
        await _at_once(asking, questions, orders[1], table)
        console().print(table)


async def _compared(
    echoing: _People, asking: _People, questions: Sequence[str], asked: int, table: Table
) -> None:
    """Both bots in turn, the first few times for nothing."""
    echoes, answers = [], []
    for number, question in enumerate(islice(cycle(questions), _WARM_UP + asked)):
        times = await echoing.seconds(question), await asking.seconds(question)
        if number >= _WARM_UP:
            echoes.append(times[0])
            answers.append(times[1])
    _row(table, "echo, ms", echoes)
    _row(table, "/ask, ms", answers)
    ratio = np.median(answers) / np.median(echoes)
    table.add_row("/ask to echo", f"{ratio:.2f}", "", "", f"p50 {RATIO:.0f}")


async def _watched(
    asking: _People,
    questions: Sequence[str],
    rate: float,
    seconds: float,
    orders: Sequence[Connection],
    table: Table,
) -> None:
    """The loop that answers, beside the one that has nothing to do: that is the machine's part."""
    for order in orders:
        order.send(WATCH)
    answers = await _steadily(asking, questions, rate, seconds)
    _row(table, f"/ask at {rate:.0f} a second, ms", answers)
    goals = ("", f"largest {LARGEST_GAP * 1000:.0f}")
    names = ("an idle loop's gap, ms", "the bot's loop's gap, ms")
    for name, goal, order in zip(names, goals, orders, strict=True):
        order.send(GAP)
        _row(table, name, await asyncio.to_thread(order.recv), goal)


async def _at_once(
    asking: _People, questions: Sequence[str], order: Connection, table: Table
) -> None:
    many = tuple(islice(cycle(questions), _MANY))
    order.send(At(many))
    alone = await asyncio.to_thread(order.recv)
    answers = await asyncio.gather(*map(asking.ask, many))
    signs, seen = (max(times) for times in zip(*answers, strict=True))
    for name, last, goal in (
        (f"{_MANY} at once, the last", seen, AT_ONCE),
        ("  its first sign", signs, _GIVES_UP),
        ("  without Discord", alone, AT_ONCE),
    ):
        table.add_row(f"{name}, s", "", "", f"{last:.2f}", f"largest {goal}")


def _row(table: Table, name: str, seconds: Sequence[float], goal: str = "") -> None:
    found = *np.percentile(seconds, [50, 99]), max(seconds)
    table.add_row(name, *(f"{one * 1000:.1f}" for one in found), goal)


class _People:
    """The people of a stand-in, of whom each asks in turn, here and there."""

    def __init__(self, discord: Sandbox, command: str, option: str = "question") -> None:
        self._discord = discord
        self._command, self._option = command, option
        people = [discord.user(f"Ada {n}") for n in range(_PEOPLE)]
        places = [discord.add_channel(f"place-{n}") for n in range(_PLACES)]
        self._next: Iterator[tuple[User, Channel]] = zip(cycle(people), cycle(places), strict=False)

    async def seconds(self, question: str) -> float:
        """Seconds until the answer is seen."""
        return (await self.ask(question))[1]

    async def ask(self, question: str) -> tuple[float, float]:
        """Seconds until there is a first sign of the answer, and until it is seen."""
        user, place = next(self._next)
        options = {self._option: question}
        exchange = await self._discord.slash(user, self._command, channel=place, **options)
        first, seen = exchange.answered_after, exchange.settled_after
        if first is None or seen is None or not exchange.text:
            raise RuntimeError(f"{question!r} was not answered")
        return first, seen


async def _steadily(
    people: _People, questions: Sequence[str], rate: float, seconds: float
) -> list[float]:
    asking: list[asyncio.Task[float]] = []
    began = time.perf_counter()
    for number, question in enumerate(islice(cycle(questions), int(rate * seconds))):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        asking.append(asyncio.create_task(people.seconds(question)))
    return list(await asyncio.gather(*asking))


@contextmanager
def _process(run: Any, *given: object) -> Iterator[Connection]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=run, args=(there, *given))
    process.start()
    try:
        yield here
        here.send(END)
        process.join(_PATIENCE)
    finally:
        process.kill()


if __name__ == "__main__":
    typer.run(main)
