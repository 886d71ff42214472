"""What a person is told when something goes wrong: one sentence, decided in one place."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from discord import app_commands

from bot.cogs.desk import desk_of
from bot.cogs.told import Told
from bot.errors import InputError, KnowledgeError, ReceiptsError, RecordsError
from bot.wording import Wording

log = logging.getLogger(__name__)


def sentence_for(error: BaseException, wording: Wording) -> str:
    """The sentence for an error; what is nobody's but ours is written to the log in full."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, Told):
        return error.sentence(wording)
    if isinstance(error, InputError):
        return wording.say("trouble.no_question")
    if isinstance(error, KnowledgeError):
        log.error("The knowledge base cannot be read: %s", error)
        return wording.say("trouble.ours")
    if isinstance(error, RecordsError):
        log.error("%s", error)
        return wording.say("trouble.ours")
    if isinstance(error, ReceiptsError):
        return str(error)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return wording.say("trouble.changed")
    if isinstance(error, app_commands.CheckFailure):
        return wording.say("trouble.not_allowed")
    if isinstance(error, discord.Forbidden):
        log.warning("Discord forbids it: %s", error)
        return wording.say("trouble.missing")
    log.error("An unexpected fault", exc_info=error)
    return wording.say("trouble.ours")


@asynccontextmanager
async def telling(interaction: discord.Interaction) -> AsyncIterator[None]:
    """Whatever goes wrong inside is told to whoever acted. The edge behind every button."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - discord.py would only log it and leave them waiting
        await tell(interaction, sentence_for(error, desk_of(interaction).wording(interaction)))


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """Says it to the person who acted, and to nobody else where that is possible.

    After a "thinking" that all see, Discord shows it to all: what can be wrong is found before.
    """
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException as error:
        # The interaction is over, or Discord is down: there is nobody left to tell.
        log.warning("Could not tell a member of a fault: %s", error)


async def tell_author(message: discord.Message, sentence: str) -> None:
    """Says it to a message's author alone, if they take direct messages."""
    try:
        await message.author.send(sentence)
    except discord.HTTPException as error:
        log.info("Could not write to a member: %s", error)


async def tell_in_channel(message: discord.Message, sentence: str) -> None:
    """Says it in reply to a message."""
    try:
        await message.channel.send(
            sentence, reference=message.to_reference(fail_if_not_exists=False)
        )
    except discord.HTTPException as error:
        log.warning("Could not tell a member of a fault: %s", error)
