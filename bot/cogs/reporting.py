"""The form in which a member says what is wrong with a passage.

Must not know who reads it.
"""

from __future__ import annotations

import discord
from discord import ui

from bot.cogs.desk import Desk
from bot.cogs.telling import telling
from bot.cogs.told import Told
from bot.records.store import LONGEST_REASON
from bot.wording import Wording

_OPEN = 3600.0
"""Seconds for which a form may be sent; discord.py never forgets one that has no end."""


class ReportForm(ui.Modal):
    """Asks for the reason of a report, and notes it."""

    def __init__(self, passage: str, desk: Desk, wording: Wording) -> None:
        super().__init__(title=wording.say("report.title"), timeout=_OPEN)
        self._passage, self._desk, self._wording = passage, desk, wording
        self._reason: ui.TextInput[ui.Modal] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=wording.say("report.hint"),
            min_length=3,
            max_length=LONGEST_REASON,
        )
        self.add_item(ui.Label(text=wording.say("report.reason"), component=self._reason))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Notes the report and says so."""
        async with telling(interaction):
            self._desk.in_flight.join()
            member = interaction.user.id
            if not self._desk.records.report(self._passage, self._reason.value, member):
                raise Told("feedback.full")
            said = self._wording.say("report.noted")
            await interaction.response.send_message(said, ephemeral=True)
