"""Progress on one message, told at most once a second.

Must not know what makes progress.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import discord

log = logging.getLogger(__name__)

PAUSE = 1.0

Pause = Callable[[], Awaitable[None]]


class Live:
    """The last that is to be told; what came between two tellings is left out."""

    def __init__(self) -> None:
        self._text = ""
        self._changed = asyncio.Event()

    def say(self, text: str) -> None:
        """Tell this next."""
        self._text = text
        self._changed.set()

    async def next(self) -> str:
        """What is to be told, once there is something new."""
        await self._changed.wait()
        self._changed.clear()
        return self._text


@asynccontextmanager
async def live(
    show: Callable[[str], Awaitable[None]],
    pause: Pause = lambda: asyncio.sleep(PAUSE),
) -> AsyncIterator[Live]:
    """Shows what is said inside as it changes; nothing is shown after the end.

    Args:
        pause: waits after each time that something was shown.
    """
    said = Live()
    # Held while something is shown, so that it cannot arrive after what comes at the end.
    on_its_way = asyncio.Lock()
    showing = asyncio.create_task(_keep_showing(said, show, pause, on_its_way))
    try:
        yield said
    finally:
        async with on_its_way:
            showing.cancel()
        await asyncio.wait([showing])


async def _keep_showing(
    said: Live,
    show: Callable[[str], Awaitable[None]],
    pause: Pause,
    on_its_way: asyncio.Lock,
) -> None:
    while True:
        text = await said.next()
        async with on_its_way:
            try:
                await show(text)
            except discord.HTTPException as error:
                log.info("Could not show progress: %s", error)
        await pause()
