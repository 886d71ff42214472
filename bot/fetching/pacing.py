"""One exchange at a time with each host, and a pause between two.

It must not know what is exchanged.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]


class Pacing:
    """Turns with hosts.

    Args:
        pause: seconds between the end of one exchange with a host and the next one's begin.
        sleep: waits for seconds.
    """

    def __init__(self, pause: float, sleep: Sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ended: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, pause: float = 0.0) -> AsyncIterator[None]:
        """Wait for one's turn with a host, and have it until the end of the block.

        Args:
            pause: seconds that the host asks for, if that is more than the usual pause.
        """
        async with self._locks[host]:
            wait = self._ended.get(host, -1e9) + max(self._pause, pause) - time.monotonic()
            if wait > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                self._ended[host] = time.monotonic()
