"""What a question costs on Discord: `python -m tests.benchmarks.chatting [FOLDER...]`.

The real bot answers /ask, and a minimal bot echoes, each in a process of its own, both through the
stand-in for Discord in this one. A knowledge base of real sentences is made of public collections;
without any the shipped one is asked. Times are of the clock on the wall, from the command sent to
the answer seen, and the two bots are asked in turn, so that what else the machine does meets both:
read the ratio.
"""

from __future__ import annotations

import asyncio
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

from bot.answers.collection import read_collection
from bot.printing import console
from bot.sandbox import Sandbox
from bot.sandbox.model import Channel, User
from tests.benchmarks.talking_bots import END, GAP, WATCH, At, Where, echo, receipts
from tests.benchmarks.texts import read_material
from tests.refresh_benchmark import _write_articles

RATIO, LARGEST_GAP, AT_ONCE = 3.0, 0.020, 1.5
"""The goals: to echo's time, of the loop in seconds, and seconds until the last of many."""
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
    questions = read_material(folders or []).questions
    with TemporaryDirectory() as aside:
        folder = Path(aside) / "knowledge" if folders else None
        if folder is not None:
            _write_articles(folder, [read_collection(one) for one in folders or []], passages)
        asyncio.run(_measured(folder, questions, asked, rate, seconds))


async def _measured(
    folder: Path | None, questions: Sequence[str], asked: int, rate: float, seconds: float
) -> None:
    async with AsyncExitStack() as until_the_end:
        sandboxes = [
            await until_the_end.enter_async_context(Sandbox(patience=_PATIENCE)) for _ in range(2)
        ]
        orders = []
        for sandbox, run, more in zip(sandboxes, (echo, receipts), ((), (folder,)), strict=True):
            where = Where(sandbox.api_url, sandbox.gateway_url, sandbox.token)
            orders.append(until_the_end.enter_context(_process(run, where, *more)))
        count, opened = await asyncio.to_thread(orders[1].recv)
        console().print(f"{count:,} passages, opened in {opened:.1f} s")
        for sandbox in sandboxes:
            await sandbox.bot_connected()
        # What was noted of the first questions may be true of a start alone.
        people = [_People(sandbox) for sandbox in sandboxes]
        table = Table("", "p50", "p99", "goal")
        await _in_turn(people, questions, _WARM_UP)
        times = await _in_turn(people, questions, asked)
        ratio = np.median(times[1]) / np.median(times[0])
        for name, row in zip(("echo", "/ask"), times, strict=True):
            p50, p99 = np.percentile(row, [50, 99]) * 1000
            table.add_row(f"{name}, ms", f"{p50:.1f}", f"{p99:.1f}", "")
        table.add_row("/ask to echo", f"{ratio:.2f}", "", f"{RATIO:.0f}")
        for order in orders:
            order.send(WATCH)
        late = await _steadily(people[1], questions, rate, seconds)
        for name, order in zip(
            ("echo's loop late (idle), ms", "loop late, ms"), orders, strict=True
        ):
            order.send(GAP)
            gaps = np.array(await asyncio.to_thread(order.recv)) * 1000
            table.add_row(name, f"{np.median(gaps):.1f}", f"{np.percentile(gaps, 99):.1f}", "")
            table.add_row(
                "  largest",
                f"{gaps.max():.1f}",
                "",
                f"{LARGEST_GAP * 1000:.0f}" if name.startswith("loop") else "",
            )
        p50, p99 = np.percentile(late, [50, 99]) * 1000
        table.add_row(f"/ask at {rate:.0f} a second, ms", f"{p50:.1f}", f"{p99:.1f}", "")
        many = tuple(islice(cycle(questions), _MANY))
        last = max(await asyncio.gather(*(people[1].ask(one) for one in many)))
        table.add_row(f"last of {_MANY} at once, s", f"{last:.2f}", "", f"{AT_ONCE}")
        orders[1].send(At(many))
        last = await asyncio.to_thread(orders[1].recv)
        table.add_row("  without Discord", f"{last:.2f}", "", f"{AT_ONCE}")
        console().print(table)


class _People:
    """The people of a stand-in, of whom each asks in turn, here and there."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        people = [sandbox.user(f"Ada {n}") for n in range(_PEOPLE)]
        places = [sandbox.add_channel(f"place-{n}") for n in range(_PLACES)]
        self._next: Iterator[tuple[User, Channel]] = zip(cycle(people), cycle(places))
        self._command = sandbox.commands[0].name if len(sandbox.commands) == 1 else "ask"

    async def ask(self, question: str) -> float:
        user, place = next(self._next)
        option = "text" if self._command == "echo" else "question"
        exchange = await self._sandbox.slash(
            user, self._command, channel=place, **{option: question}
        )
        if exchange.settled_after is None or not exchange.text:
            raise RuntimeError(f"{question!r} was not answered")
        return exchange.settled_after


async def _in_turn(
    people: Sequence[_People], questions: Sequence[str], asked: int
) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in people]
    for question in islice(cycle(questions), asked):
        for row, one in zip(times, people, strict=True):
            row.append(await one.ask(question))
    return times


async def _steadily(
    people: _People, questions: Sequence[str], rate: float, seconds: float
) -> list[float]:
    asking: list[asyncio.Task[float]] = []
    began = time.perf_counter()
    for number, question in enumerate(islice(cycle(questions), int(rate * seconds))):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        asking.append(asyncio.create_task(people.ask(question)))
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
