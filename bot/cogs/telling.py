"""What a person is told when something goes wrong: one sentence, decided in one place."""

from __future__ import annotations

import logging

import discord
from discord import app_commands

from bot.errors import ReceiptsError

OUR_FAULT = "Something went wrong on our side. It has been noted; please try again later."
CHANGED = "This command has just changed; please try it again in a moment."
FORBIDDEN = "I lack a permission that this needs here."

log = logging.getLogger(__name__)


def sentence_for(error: BaseException) -> str:
    """The sentence for an error; what is nobody's but ours is written to the log in full."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, ReceiptsError):
        return str(error)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return CHANGED
    if isinstance(error, app_commands.CheckFailure):
        return f"{str(error).rstrip('.')}."
    if isinstance(error, discord.Forbidden):
        log.warning("Discord forbids it: %s", error)
        return FORBIDDEN
    log.error("An unexpected fault", exc_info=error)
    return OUR_FAULT


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """Says it to the person who used the command, and to nobody else where that is possible."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException as error:
        # The interaction is over, or Discord is down: there is nobody left to tell.
        log.warning("Could not tell a member of a fault: %s", error)


async def tell_in_channel(message: discord.Message, sentence: str) -> None:
    """Says it in reply to a message."""
    try:
        await message.channel.send(
            sentence, reference=message.to_reference(fail_if_not_exists=False)
        )
    except discord.HTTPException as error:
        log.warning("Could not tell a member of a fault: %s", error)
