"""Questions: the command /ask, the Apps menu, a mention, a reply to an answer, a direct message.

Takes a question, has it answered, and sends the cards. Must not know how answers are found.
"""

from __future__ import annotations

import asyncio
import logging
import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.asking import Asking, admit, answered, most_messages
from bot.cogs.button_ids import PASSAGE, QUESTION
from bot.cogs.cards.block import Message, layout
from bot.cogs.desk import Desk, desk_of
from bot.cogs.sending import send, waited_for
from bot.cogs.talking import Talks
from bot.cogs.telling import tell_author
from bot.cogs.told import Told
from bot.errors import RecordsError

MOST_CHOICES = 25
_LONGEST_CHOICE = 100
_TYPING_AFTER = 0.7
"""Seconds after which a member sees that an answer to a message is being made."""
_UNKNOWN_CHANNEL, _THREAD_IS_ARCHIVED, _NO_HISTORY = 10003, 50083, 160002
_EVERYBODY = re.compile(r"@(?:everyone|here)\b")
_KEY = re.compile(rf"r:(?:more|sides|report:{PASSAGE}):(?P<key>{QUESTION})(?::|\Z)")

log = logging.getLogger(__name__)


class Ask(commands.Cog):
    """Answers questions wherever they are put."""

    def __init__(self, bot: commands.Bot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk
        self._talks = Talks()

    @app_commands.command(description="Find the passages that answer a question")
    @app_commands.describe(
        question="What you want to know, in your own words and language",
        private="Show the answer to you alone",
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self, interaction: discord.Interaction, question: str, private: bool = False
    ) -> None:
        """Answers in the channel, visible to all in it, or to the asker alone."""
        await answer_interaction(interaction, question, private=private)

    @ask.autocomplete("question")
    async def suggest(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Questions, titles and names that fit; never what somebody asked in private."""
        recent = self._desk.recent.of(interaction.channel_id)
        knowledge = self._desk.knowledge.current
        found = await asyncio.to_thread(
            lambda: knowledge.suggestions(typed, MOST_CHOICES, recent=recent)
        )
        return choices(found)

    @commands.Cog.listener("on_message")
    async def answer_message(self, message: discord.Message) -> None:
        """Answers a message that is meant for the bot, as a reply to it."""
        asked = await self._asked(message)
        if asked is None:
            return
        question, previous = asked
        desk = self._desk
        desk.in_flight.join()
        if not await self._admitted(message):
            return
        asking = Asking(
            question,
            message.author.id,
            previous=previous,
            channel=message.channel.id if message.guild else None,
        )
        answer = asyncio.create_task(answered(asking, desk))
        done, _ = await asyncio.wait({answer}, timeout=_TYPING_AFTER)
        if not done:
            await _show_typing(message)
        made = await answer
        self._talks.note(message, made.asked)
        await self._reply(message, made.messages)

    async def _admitted(self, message: discord.Message) -> bool:
        channel = message.channel.id if message.guild else None
        try:
            self._desk.cooldowns.ask(message.author.id, channel)
        except Told as told:
            if self._talks.first_wait(message.author.id):
                wording = self._desk.wordings.of(_preferred(message))
                await tell_author(message, told.sentence(wording))
            return False
        return True

    async def _reply(self, message: discord.Message, messages: list[Message]) -> None:
        try:
            await _send_all(message, messages)
        except discord.Forbidden:
            locked = isinstance(message.channel, discord.Thread) and message.channel.locked
            key = "trouble.locked" if locked else "trouble.cannot_write"
            await self._tell_why_silent(message, key)
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_CHANNEL:
                log.info("A channel was deleted before its question was answered")
            elif error.code == _THREAD_IS_ARCHIVED:
                await self._tell_why_silent(message, "trouble.locked")
            else:
                raise

    async def _tell_why_silent(self, message: discord.Message, key: str) -> None:
        wording = self._desk.wordings.of(_preferred(message))
        await tell_author(message, wording.say(key, channel=f"<#{message.channel.id}>"))

    async def _asked(self, message: discord.Message) -> tuple[str, str | None] | None:
        """What the bot was asked, and the question before it, or None if it was not asked.

        A message is for the bot if it calls it by name, replies to one of its answers, or is
        written to it alone. Discord shows a reply's text to the bot only if it was sent with the
        mention that replies have by default.
        """
        own = self._bot.user
        # Typed by somebody who may not call everybody, it is only text, and meant all the same.
        everybody = message.mention_everyone or _EVERYBODY.search(message.content)
        if message.author.bot or message.is_system() or everybody or own is None:
            return None
        mention = re.compile(rf"<@!?{own.id}>")
        text = mention.sub(" ", message.content).strip()
        key = _answer_key(message, own.id)
        if key is not None and text:
            return text, await self._question(key)
        if message.guild is None:
            return text, self._talks.before(message)
        return (text, None) if mention.search(message.content) else None

    async def _question(self, key: str) -> str | None:
        try:
            kept = await asyncio.to_thread(self._desk.records.question, key)
        except RecordsError as error:
            # The new question may well stand by itself.
            log.warning("%s", error)
            return None
        return kept.text if kept else None


async def _show_typing(message: discord.Message) -> None:
    try:
        await message.channel.typing()
    except discord.HTTPException as error:
        # Whoever asked is told when the answer cannot be sent either.
        log.info("Could not show that an answer is being made: %s", error)


async def _send_all(message: discord.Message, messages: list[Message]) -> None:
    """Sends an answer as replies, or as plain messages where the bot may not read back."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        for one in messages:
            await message.channel.send(view=layout(one), reference=reference)
    except discord.Forbidden as error:
        if error.code != _NO_HISTORY:
            raise
        # The first one was refused, so nothing was sent yet.
        for one in messages:
            await message.channel.send(view=layout(one))


async def answer_interaction(
    interaction: discord.Interaction, question: str, *, private: bool
) -> None:
    """Answers whoever used a command.

    Raises:
        Told: they have to wait.
        InputError: it is no question.
    """
    desk = desk_of(interaction)
    admit(interaction, desk, desk.turns, question)
    asking = Asking(
        question,
        interaction.user.id,
        wording=desk.wording(interaction),
        channel=interaction.channel_id,
        private=private,
        most=most_messages(interaction),
    )
    made = await waited_for(interaction, answered(asking, desk), ephemeral=private)
    await send(interaction, made.messages, ephemeral=private)


def choices(texts: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    """Texts as Discord offers them; what is too long to be sent back whole is left out."""
    return [
        app_commands.Choice(name=text, value=text) for text in texts if len(text) <= _LONGEST_CHOICE
    ][:MOST_CHOICES]


@app_commands.context_menu(name="Find receipts for this")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def find(interaction: discord.Interaction, message: discord.Message) -> None:
    """Takes a message as the claim to look up; only whoever looked sees what is found."""
    claim = message.content.strip() or "\n".join(
        text for embed in message.embeds for text in (embed.title, embed.description) if text
    )
    if not claim:
        raise Told("trouble.no_text")
    await answer_interaction(interaction, claim[:4000], private=True)


def _answer_key(message: discord.Message, bot_id: int) -> str | None:
    """The key of the question whose answer a message replies to."""
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message) or replied.author.id != bot_id:
        return None
    view = discord.ui.LayoutView.from_message(replied, timeout=None)
    for item in view.walk_children():
        found = _KEY.match(getattr(item, "custom_id", None) or "")
        if found:
            return found["key"]
    return None


def _preferred(message: discord.Message) -> str | None:
    return str(message.guild.preferred_locale) if message.guild else None
