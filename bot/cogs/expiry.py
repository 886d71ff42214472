"""What has been kept for as long as it may be is deleted, at the start and once a day.

Must not know how long that is.
"""

from __future__ import annotations

import asyncio
import logging

from discord.ext import commands, tasks

from bot.cogs.desk import Desk
from bot.errors import RecordsError

log = logging.getLogger(__name__)


class Expiry(commands.Cog):
    """Deletes what is out of date."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def cog_load(self) -> None:
        """Begins."""
        self.expire.start()

    async def cog_unload(self) -> None:
        """Ends."""
        self.expire.cancel()

    @tasks.loop(hours=24)
    async def expire(self) -> None:
        """Deletes what is out of date now; what fails is tried again a day later."""
        try:
            await asyncio.to_thread(self._desk.records.expire)
        except RecordsError as error:
            log.warning("What is out of date could not be deleted: %s", error)
