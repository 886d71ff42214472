"""What the bot says of itself: /help and /privacy.

Must not know how anything is kept.
"""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.cogs.cards.block import layout
from bot.cogs.cards.notices import help_card, privacy_card
from bot.cogs.desk import Desk
from bot.cogs.pressing import Button, Press, pressed
from bot.wording import Wording

_NAMED = ("ask", "sides", "timeline", "sources", "privacy")


class About(commands.Cog):
    """The commands /help and /privacy; only whoever uses them sees what they show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description="What I can do, in four lines")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction) -> None:
        """Names every way to ask."""
        wording = self._desk.wording(interaction)
        card = help_card({name: command_name(name, wording) for name in _NAMED}, wording)
        await interaction.response.send_message(view=layout([card]), ephemeral=True)

    @app_commands.command(description="What is kept of you, and how to delete it")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Says what is kept, and offers to delete what belongs to whoever asks."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await asyncio.to_thread(self._desk.records.kept_of, interaction.user.id)
        card = privacy_card(kept, self._desk.wording(interaction))
        await interaction.edit_original_response(view=layout([card]))


async def forget(press: Press) -> None:
    """Deletes all that is kept of whoever pressed."""
    await press.defer()
    gone = await asyncio.to_thread(press.desk.records.forget, press.interaction.user.id)
    said = press.wording.say(
        "privacy.deleted",
        questions=gone.questions,
        feedback=gone.feedback,
        reports=gone.reports,
    )
    await press.interaction.edit_original_response(content=said)


def about_buttons() -> list[type[ui.DynamicItem[Button]]]:
    """The items for all buttons here."""
    return [pressed("forget", forget)]


def command_name(name: str, wording: Wording) -> str:
    """A command as it is typed, in the language of whoever reads it."""
    return f"`/{wording.texts.get(f'command.{name}.name', name)}`"
