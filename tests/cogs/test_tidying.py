"""Garbage is looked for among all that is there while nobody asks, and in the end all the same."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cogs.desk import Desk
from bot.cogs.tidying import LATE, SOON, Tidying
from bot.sandbox import Sandbox
from tests.support.answers import Scripted
from tests.support.desk import client, open_desk
from tests.support.wire import online


@contextmanager
def counted() -> Iterator[list[int]]:
    """Every look at all that is there, while Python has none of its own."""
    found: list[int] = []

    def count(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(1)

    thresholds = gc.get_threshold()
    gc.set_threshold(*thresholds[:2], 1_000_000)
    gc.callbacks.append(count)
    try:
        yield found
    finally:
        gc.callbacks.remove(count)
        gc.set_threshold(*thresholds)


async def looked(desk: Desk, times: int, *, asking: bool) -> int:
    """How often garbage was collected in so many looks."""
    cog = Tidying(desk)
    with counted() as found:
        for _ in range(times):
            if asking:
                await asyncio.create_task(join(desk))
            await cog.look()
    return len(found)


async def join(desk: Desk) -> None:
    """Somebody asks, and is answered."""
    desk.in_flight.join()


async def test_garbage_is_collected_while_nobody_asks() -> None:
    with open_desk(Scripted({})) as desk:
        assert await looked(desk, SOON - 1, asking=False) == 0
        assert await looked(desk, SOON, asking=False) == 1


async def test_nothing_is_collected_between_questions_unless_they_never_end() -> None:
    with open_desk(Scripted({})) as desk:
        assert await looked(desk, LATE - 1, asking=True) == 0
        assert await looked(desk, LATE, asking=True) == 1


async def test_python_collects_as_ever_once_the_bot_is_gone(discord: Sandbox) -> None:
    before = gc.get_threshold()
    with open_desk(Scripted({})) as desk:
        async with online(client(desk), discord):
            during = gc.get_threshold()
    assert during[:2] == before[:2]
    assert during[2] > before[2]
    assert gc.get_threshold() == before
