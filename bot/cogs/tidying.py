"""Garbage is looked for among all that is there while nobody asks, as that stops everything.

Python would do so in the middle of answers, every few seconds. Must not know what is answered.
"""

from __future__ import annotations

import gc

from discord.ext import commands, tasks

from bot.cogs.desk import Desk

LOOK = 5.0
"""Seconds between two looks; nobody asks if nobody did from one to the next."""
SOON, LATE = 12, 120
"""Looks after which it is done once nobody asks, and after which it is done all the same."""
_NEVER = 1_000_000_000


class Tidying(commands.Cog):
    """Collects garbage at quiet moments. What is young is still collected as it comes."""

    def __init__(self, desk: Desk) -> None:
        self._in_flight = desk.in_flight
        self._thresholds = gc.get_threshold()
        self._seen = self._looks = 0

    async def cog_load(self) -> None:
        """Begins."""
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], _NEVER)
        self.look.start()

    async def cog_unload(self) -> None:
        """Ends, and leaves it to Python again."""
        self.look.cancel()
        gc.set_threshold(*self._thresholds)

    @tasks.loop(seconds=LOOK)
    async def look(self) -> None:
        """Collects if it is time and nobody asks."""
        joined = self._in_flight.joined
        quiet, self._seen = joined == self._seen and not len(self._in_flight), joined
        self._looks += 1
        if self._looks >= (SOON if quiet else LATE):
            self._looks = 0
            gc.collect()
