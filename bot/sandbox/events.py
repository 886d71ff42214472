"""What has happened, in order, for whoever watches: tests that wait, pages that show.

Knows nothing of what its events mean.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

REMEMBERED = 10_000


@dataclass(frozen=True)
class Event:
    """Something happened (`kind`) to something (`subject`)."""

    kind: str
    subject: object


class Events:
    """A log of the latest events that can be waited on and followed."""

    def __init__(self) -> None:
        self.log: deque[Event] = deque(maxlen=REMEMBERED)
        self._waiting: dict[asyncio.Future[None], tuple[Callable[[], object], object]] = {}
        self._followers: list[asyncio.Queue[Event]] = []

    def publish(self, kind: str, subject: object) -> None:
        """Records an event and wakes those whose condition it fulfils."""
        event = Event(kind, subject)
        self.log.append(event)
        for queue in self._followers:
            queue.put_nowait(event)
        for future, (condition, about) in list(self._waiting.items()):
            concerned = about is None or about is subject
            if concerned and not future.done() and condition():
                future.set_result(None)

    async def until(self, condition: Callable[[], object], *, about: object = None) -> None:
        """Returns as soon as the condition holds; it is asked again after each event.

        Args:
            about: of which only events with this subject can make it hold; None for all events.
        """
        if condition():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[future] = condition, about
        try:
            await future
        finally:
            del self._waiting[future]

    async def follow(self) -> AsyncIterator[Event]:
        """Every event from now on, until the caller stops listening."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._followers.append(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._followers.remove(queue)
