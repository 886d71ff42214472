"""What somebody asked just before in a direct conversation, so that the next may lean on it.

Kept in memory, for minutes. Must not know what is answered.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

import discord

T = TypeVar("T")

_SECONDS = 600.0
_MOST = 1000
_LONGEST = 500


class Talks:
    """The last question of each direct conversation, and who was lately told to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[int, tuple[float, str]] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()

    def note(self, message: discord.Message, asked: str) -> None:
        """Remembers what was asked, as it was understood, if nobody else reads along."""
        if message.guild is None:
            _keep(self._last, message.channel.id, (self._clock(), asked[-_LONGEST:]))

    def before(self, message: discord.Message) -> str | None:
        """What was asked there in the last minutes."""
        at, question = self._last.get(message.channel.id, (0.0, None))
        return question if question and self._clock() - at < _SECONDS else None

    def first_wait(self, member: int) -> bool:
        """Whether they were not told to wait within the last half minute."""
        now, before = self._clock(), self._told.get(member)
        _keep(self._told, member, now)
        return before is None or now - before > 30.0


def _keep(kept: OrderedDict[int, T], key: int, value: T) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST:
        kept.popitem(last=False)
