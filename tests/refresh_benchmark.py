"""What a refresh costs those who ask: `python -m tests.refresh_benchmark [FOLDER...]`.

A knowledge base of real sentences answers twenty questions a second, as the bot does, while one
changed article is proposed and published from the same process. Times are of the clock on the
wall. Folders are collections; without any the shipped articles' sentences and questions are used.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bot.articles.model import Article
from bot.cogs.turns import SWITCH, WORKERS
from bot.moderation.drafting import file_of
from bot.moderation.publishing import Publisher
from bot.printing import console
from bot.wiring_moderation import open_publisher, open_revisions
from tests.benchmarks.bases import write_base
from tests.benchmarks.texts import read_material

_TICK = 0.01
_BEAT = 1.0


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    passages: Annotated[int, typer.Option(min=1, help="How many passages to search.")] = 10_000,
    rate: Annotated[float, typer.Option(min=0.1, help="Questions a second.")] = 20.0,
    idle: Annotated[float, typer.Option(min=1, help="Seconds to ask without a refresh.")] = 20.0,
    thread: Annotated[bool, typer.Option("--thread", help="Build in the same process.")] = False,
    switch: Annotated[float, typer.Option(help="Seconds between two threads' turns.")] = SWITCH,
) -> None:
    """Print the answers' times and the event loop's largest gaps, without and with a refresh."""
    material = read_material(folders or [])
    sys.setswitchinterval(switch)
    with tempfile.TemporaryDirectory() as aside:
        home = Path(aside)
        write_base(home / "knowledge", material, passages)
        began = time.perf_counter()
        publisher = open_publisher(
            open_revisions(home / "knowledge", home / "data"), serves=not thread
        )
        out = console()
        count = len(publisher.current.passages)
        out.print(f"{count} passages opened in {time.perf_counter() - began:.1f} s")
        asyncio.run(_measure(publisher, material.questions, rate, idle))


async def _measure(
    publisher: Publisher, questions: Sequence[str], rate: float, idle: float
) -> None:
    for name, wait in (("idle", asyncio.sleep(idle)), ("refreshing", _refresh(publisher))):
        began = time.perf_counter()
        work = asyncio.ensure_future(wait)
        answers, gaps, beats = await asyncio.gather(
            _asked(publisher, questions, rate, work), _largest_gap(work), _lateness(work)
        )
        await work
        p50, p99 = np.percentile(answers, [50, 99]) * 1000
        console().print(
            f"{name}: {time.perf_counter() - began:.1f} s, {len(answers)} answers,"
            f" p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {max(answers) * 1000:.0f} ms;"
            f" event loop's largest gap {gaps * 1000:.0f} ms,"
            f" heartbeats late by {beats * 1000:.0f} ms at most"
        )


async def _refresh(publisher: Publisher) -> None:
    def publish() -> None:
        article = publisher.current.articles[0]
        kept = article.text.split("\n\n")[1:]
        changed = Article(**{
            **{name: getattr(article, name) for name in Article.__slots__},
            "text": "\n\n".join(kept),
        })  # fmt: skip
        path, content = file_of(changed)
        proposal = publisher.propose({path: content}, what="refresh", why="measured")
        publisher.publish(proposal, who="benchmark")

    await asyncio.to_thread(publish)


async def _asked(
    publisher: Publisher, questions: Sequence[str], rate: float, work: asyncio.Future[None]
) -> list[float]:
    drawn, loop = random.Random(0), asyncio.get_running_loop()
    with ThreadPoolExecutor(WORKERS) as threads:

        async def ask(question: str) -> float:
            began = time.perf_counter()
            await loop.run_in_executor(threads, publisher.current.answer, question)
            return time.perf_counter() - began

        asking: list[asyncio.Task[float]] = []
        while not work.done():
            asking.append(asyncio.create_task(ask(drawn.choice(questions))))
            await asyncio.sleep(1 / rate)
        return list(await asyncio.gather(*asking))


async def _largest_gap(work: asyncio.Future[None]) -> float:
    largest, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(_TICK)
        now = time.perf_counter()
        largest, last = max(largest, now - last - _TICK), now
    return largest


async def _lateness(work: asyncio.Future[None]) -> float:
    latest, due = 0.0, time.perf_counter() + _BEAT
    while not work.done():
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        latest = max(latest, time.perf_counter() - due)
        due += _BEAT
    return latest


if __name__ == "__main__":
    typer.run(main)
