"""Questions that have a key and are not on the disk yet, or cannot get there.

It must not know the database.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from bot.records.model import Asked


@dataclass(frozen=True, slots=True)
class Remembered:
    """A question, whose it is, and the day.

    Attributes:
        asker: 16 bytes that stand for the member.
    """

    asked: Asked
    asker: bytes
    day: date


class Unwritten:
    """Questions in memory, the newest of them; safe to use from any thread.

    Args:
        limit: so many are held.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: dict[str, Remembered] = {}
        self._lock = threading.Lock()

    def hold(self, key: str, remembered: Remembered) -> None:
        """Hold one more; the oldest makes room for it."""
        with self._lock:
            self._held[key] = remembered
            if len(self._held) > self._limit:
                del self._held[next(iter(self._held))]

    def get(self, key: str) -> Remembered | None:
        """The question under that key, if it is here."""
        with self._lock:
            return self._held.get(key)

    def drop(self, key: str) -> None:
        """Let one go."""
        with self._lock:
            self._held.pop(key, None)

    def count(self, asker: bytes) -> int:
        """How many there are of one asker."""
        with self._lock:
            return sum(one.asker == asker for one in self._held.values())

    def drop_of(self, asker: bytes) -> int:
        """Let all of one asker go, and say how many there were."""
        with self._lock:
            gone = [key for key, one in self._held.items() if one.asker == asker]
            for key in gone:
                del self._held[key]
            return len(gone)
