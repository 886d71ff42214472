"""Messages sent where they belong: as the answer to an interaction.

Must not know what stands in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

import discord
from discord.utils import MISSING

from bot.cogs.cards.block import Message, layout
from bot.cogs.desk import desk_of

T = TypeVar("T")


async def waited_for(interaction: discord.Interaction, work: Awaitable[T], *, ephemeral: bool) -> T:
    """What the work gives; if that takes long, the member is shown that it is being made.

    Not before, as an answer that is ready soon then takes one request instead of two, and what
    goes wrong is told while only the member would see it.
    """
    patience = desk_of(interaction).patience
    working = asyncio.ensure_future(work)
    try:
        if patience:
            await asyncio.wait({working}, timeout=patience)
        if not working.done():
            await interaction.response.defer(ephemeral=ephemeral, thinking=True)
        return await working
    finally:
        # Of use only where the member could not even be told to wait.
        working.cancel()


async def send(
    interaction: discord.Interaction,
    messages: Sequence[Message],
    *,
    ephemeral: bool,
    files: Sequence[discord.File] = (),
) -> None:
    """Sends the messages as the answer to an interaction, also to one that was deferred."""
    first, *others = messages
    response = interaction.response
    if response.is_done():
        await interaction.edit_original_response(view=layout(first), attachments=list(files))
    else:
        sent = list(files) or MISSING
        await response.send_message(view=layout(first), files=sent, ephemeral=ephemeral)
    for message in others:
        await interaction.followup.send(view=layout(message), ephemeral=ephemeral)
