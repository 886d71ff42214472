"""Questions: the command /ask, a mention of the bot in a channel, and what is written to it alone.

Takes a question, has it answered off the event loop, and shows the cards.
"""

from __future__ import annotations

import asyncio
import re
from typing import Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.model import Answer
from bot.cogs import cards
from bot.cogs.in_flight import InFlight


class Answers(Protocol):
    """Whoever answers questions; safe to use from any thread."""

    def answer(self, question: str) -> Answer:
        """The answer, or an InputError for what is no question."""


class Ask(commands.Cog):
    """Answers questions wherever they are put."""

    def __init__(self, bot: commands.Bot, answers: Answers, in_flight: InFlight) -> None:
        self._bot = bot
        self._answers = answers
        self._in_flight = in_flight

    @app_commands.command(description="Find the passages that answer a question")
    @app_commands.describe(question="What you want to know, in your own words and language")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        """Answers in the channel, visible to all in it."""
        await interaction.response.defer()
        first, *others = await self._messages(question)
        await interaction.edit_original_response(view=cards.layout(first))
        for message in others:
            await interaction.followup.send(view=cards.layout(message))

    @commands.Cog.listener("on_message")
    async def answer_message(self, message: discord.Message) -> None:
        """Answers a message that is meant for the bot, as a reply to it."""
        question = self._question(message)
        if question is None:
            return
        self._in_flight.join()
        reference = message.to_reference(fail_if_not_exists=False)
        for cards_of_one in await self._messages(question):
            await message.channel.send(view=cards.layout(cards_of_one), reference=reference)

    async def _messages(self, question: str) -> list[cards.Message]:
        # Splitting a long passage where sentences end takes its time, too.
        return await asyncio.to_thread(lambda: cards.messages(self._answers.answer(question)))

    def _question(self, message: discord.Message) -> str | None:
        """What the bot was asked, or None if the message is not for it.

        In a channel it has to be called by name: a reply to one of its answers is not enough, as
        Discord adds a mention to those unasked. Calls of @everyone are not for it either.
        """
        if message.author.bot or message.is_system() or self._bot.user is None:
            return None
        own_mention = re.compile(rf"<@!?{self._bot.user.id}>")
        if message.guild is not None and not own_mention.search(message.content):
            return None
        return own_mention.sub(" ", message.content).strip()
