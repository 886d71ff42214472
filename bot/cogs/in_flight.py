"""The answers being worked on, so that a stopping bot can finish them and take no new ones."""

from __future__ import annotations

import asyncio

from bot.cogs.told import Told


class InFlight:
    """The tasks that somebody waits for.

    Attributes:
        joined: how many there ever were.
    """

    def __init__(self) -> None:
        self.joined = 0
        self._tasks: set[asyncio.Task[object]] = set()
        self._stopping = False

    def __len__(self) -> int:
        return len(self._tasks)

    def join(self) -> None:
        """Counts the current task in until it is done.

        Raises:
            Told: the bot is stopping.
        """
        if self._stopping:
            raise Told("trouble.restarting")
        task = asyncio.current_task()
        self.joined += 1
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Takes nothing new, and waits so long for what is being worked on."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
