"""Work that takes its time, done off the event loop, so much at once and no more waiting than that.

Must not know what the work is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.cogs.told import Told

T = TypeVar("T")

WORKERS = 1
"""More would only take turns at the interpreter's lock, and the event loop wait for all of them."""
SWITCH = 0.001
"""Seconds between two threads' turns at the lock: Python's own .005 keep the event loop waiting."""
MOST_WAITING = 500
"""Questions that may wait: half a minute's work on one slow core."""


class Turns:
    """A thread, or a few, and a line in front of them that has an end."""

    def __init__(self, workers: int = WORKERS, most_waiting: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="turn")
        self._most = workers + most_waiting
        self._taken = 0

    def check(self) -> None:
        """Sees whether there is room.

        Raises:
            Told: too much waits already.
        """
        if self._taken >= self._most:
            raise Told("wait.full")

    async def take(self, work: Callable[[], T]) -> T:
        """Does the work when it is its turn.

        Raises:
            Told: too much waits already.
        """
        self.check()
        self._taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Lets what is being worked on end, and begins nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
