"""What can be looked at besides answers: both sides, the timeline, the articles.

Must not know how statements are found or pictures drawn.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.cogs.ask import MOST_CHOICES, choices
from bot.cogs.asking import admit, spoken
from bot.cogs.button_ids import NUMBER, QUESTION
from bot.cogs.cards.accounts import account_colour, account_name
from bot.cogs.cards.block import Container, Message, layout
from bot.cogs.cards.notices import sources_card
from bot.cogs.cards.sides import sides_messages
from bot.cogs.cards.timeline import PICTURE, timeline_message
from bot.cogs.desk import Desk
from bot.cogs.pressing import Button, Press, pressed
from bot.cogs.sending import send, waited_for
from bot.cogs.told import Told
from bot.records.model import Asked
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.articles.occurrences import Statement

ALL = "all"
"""Stands for the key of a topic where there is none."""
_TURN = "earlier|later"


class Views(commands.Cog):
    """The commands /sides, /timeline and /sources."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description="What each side says about something, side by side")
    @app_commands.describe(topic="A question, an event, a person", private="Show it to you alone")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def sides(
        self, interaction: discord.Interaction, topic: str, private: bool = False
    ) -> None:
        """Shows as much of each side, each statement with its citation."""
        desk, wording = self._desk, self._desk.wording(interaction)
        admit(interaction, desk, desk.views, topic)
        knowledge = desk.knowledge.current
        about = spoken(topic)
        work = desk.views.take(lambda: sides_messages(knowledge.sides(about), knowledge, wording))
        messages = await waited_for(interaction, work, ephemeral=private)
        await send(interaction, messages, ephemeral=private)

    @app_commands.command(description="Dated statements in order, with a picture")
    @app_commands.describe(
        about="A topic or person; empty shows everything", private="Show it to you alone"
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def timeline(
        self, interaction: discord.Interaction, about: str = "", private: bool = False
    ) -> None:
        """Shows the first page and a picture of it all."""
        desk, wording = self._desk, self._desk.wording(interaction)
        topic = spoken(about) or None
        admit(interaction, desk, desk.views, topic)
        key = ALL
        if topic:
            asked = Asked(topic, wording.language, private=private)
            key = desk.records.remember(asked, interaction.user.id)
        work = desk.views.take(lambda: _page(desk, topic, key, 0, wording, drawn=True))
        page = await waited_for(interaction, work, ephemeral=private)
        await send(interaction, [page.message], ephemeral=private, files=page.files())

    @sides.autocomplete("topic")
    @timeline.autocomplete("about")
    async def suggest(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Names and titles that fit."""
        knowledge = self._desk.knowledge.current
        # Not in the line of the questions: what comes late is of no use to whoever types.
        return choices(await asyncio.to_thread(knowledge.topics, typed, MOST_CHOICES))

    @app_commands.command(description="The articles that answers come from")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def sources(self, interaction: discord.Interaction) -> None:
        """Shows the first page to whoever asked."""
        work = _sources(self._desk, 0, self._desk.wording(interaction))
        card = await waited_for(interaction, work, ephemeral=True)
        await send(interaction, [[card]], ephemeral=True)


@dataclass(frozen=True, slots=True)
class _Page:
    message: Message
    picture: bytes | None

    def files(self) -> list[discord.File]:
        return [discord.File(io.BytesIO(self.picture), PICTURE)] if self.picture else []


def _page(
    desk: Desk, topic: str | None, key: str, page: int, wording: Wording, *, drawn: bool
) -> _Page:
    knowledge = desk.knowledge.current
    found = knowledge.timeline(topic)
    wanted = drawn and bool(found.entries)
    language = wording.language
    # Pillow is loaded for the first picture.
    from bot.drawing import Account, alt_text, draw_timeline

    colours: dict[Statement, Account] = {}
    for entry in found.entries if wanted else ():
        told = knowledge.account_at(entry.statement.passage, entry.statement.start)
        name = account_name(told, knowledge, wording)
        colours[entry.statement] = Account(name, account_colour(told, knowledge))
    picture = draw_timeline(found, language=language, colours=colours) if wanted else None
    alt = alt_text(found, language=language) if wanted else None
    return _Page(timeline_message(found, key, page, knowledge, wording, alt=alt), picture)


async def turn_timeline(press: Press, topic: str, page: str, turn: str) -> None:
    """Another page of a timeline, without the picture, which shows all."""
    desk = press.desk

    def work() -> _Page:
        kept = None if topic == ALL else desk.records.question(topic)
        if topic != ALL and kept is None:
            raise Told("more.old")
        about = kept.text if kept else None
        return _page(desk, about, topic, int(page), press.wording, drawn=False)

    shown = await waited_for(press.interaction, desk.views.take(work), ephemeral=True)
    await send(press.interaction, [shown.message], ephemeral=True)


async def turn_sources(press: Press, page: str, turn: str) -> None:
    """Another page of the articles, in the same place."""
    card = await _sources(press.desk, int(page), press.wording)
    await press.interaction.response.edit_message(view=layout([card]))


async def _sources(desk: Desk, page: int, wording: Wording) -> Container:
    # The first to ask a revision for its articles waits until they are counted.
    knowledge = desk.knowledge.current
    return await desk.views.take(lambda: sources_card(knowledge, page, wording))


def view_buttons() -> list[type[ui.DynamicItem[Button]]]:
    """The items for all buttons of these views."""
    return [
        pressed("timeline", turn_timeline, topic=QUESTION + f"|{ALL}", page=NUMBER, turn=_TURN),
        pressed("sources", turn_sources, page=NUMBER, turn="previous|next"),
    ]
