"""Messages sent where they belong: as the answer to an interaction.

Must not know what stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cogs.cards.block import Message, layout


async def send(
    interaction: discord.Interaction,
    messages: Sequence[Message],
    *,
    ephemeral: bool,
    files: Sequence[discord.File] = (),
) -> None:
    """Sends the messages as the answer to an interaction that was deferred with "thinking"."""
    first, *others = messages
    await interaction.edit_original_response(view=layout(first), attachments=list(files))
    for message in others:
        await interaction.followup.send(view=layout(message), ephemeral=ephemeral)
