"""The one gate to all that moderators do: commands, buttons and forms come through `act`.

Whoever acts is looked at here, on the server's side, each time; a custom id or an offered command
proves nothing. Must not know what is done.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

import discord

from bot.cogs.cards.block import Container, layout
from bot.cogs.desk import Desk, desk_of
from bot.cogs.inert import inert
from bot.cogs.kb.office import Office
from bot.cogs.telling import tell, telling
from bot.cogs.told import Told
from bot.errors import ReceiptsError
from bot.wording import Wording

P = ParamSpec("P")

_MOST_TOLD = 1800

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acting:
    """A moderator who does something.

    Attributes:
        wording: our words in the moderator's language.
    """

    interaction: discord.Interaction
    desk: Desk
    office: Office
    wording: Wording

    @property
    def who(self) -> str:
        """The moderator, for the history."""
        return f"<@{self.interaction.user.id}>"

    @property
    def on_own_message(self) -> bool:
        """The interaction came from a message that the moderator alone sees."""
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    async def defer(self, *, anew: bool = False) -> None:
        """Says that something is being made.

        Args:
            anew: it is to be a message of its own, and not in place of the one that was pressed.
        """
        if self.on_own_message and not anew:
            await self.interaction.response.defer()
        else:
            await self.interaction.response.defer(ephemeral=True, thinking=True)

    async def show(self, card: Container, files: Sequence[discord.File] = ()) -> None:
        """Shows a card to the moderator alone: in place of what was deferred or pressed."""
        response = self.interaction.response
        if response.is_done():
            await self.interaction.edit_original_response(
                view=layout([card]), attachments=list(files)
            )
        elif self.on_own_message:
            await response.edit_message(view=layout([card]), attachments=list(files))
        else:
            await response.send_message(view=layout([card]), ephemeral=True, files=list(files))


Work = Callable[Concatenate[Acting, P], Awaitable[None]]


async def act(
    interaction: discord.Interaction, work: Work[P], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Does a moderator's work, and tells the moderator in full what goes wrong.

    Whoever is no moderator is told so, and nothing is done.
    """
    async with telling(interaction):
        desk = desk_of(interaction)
        desk.in_flight.join()
        try:
            acting = _acting(interaction, desk)
            await work(acting, *args, **kwargs)
        except Told:
            raise
        except ReceiptsError as error:
            log.info("Not done: %s", type(error).__name__)
            await tell(interaction, told_in_full(error))


def is_moderator(interaction: discord.Interaction, office: Office) -> bool:
    """Whether whoever acts may moderate: by permission in the right server, or by role."""
    member = interaction.user
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        return False
    if office.role is not None and member.get_role(office.role) is not None:
        return True
    return _is_home(interaction, office) and interaction.permissions.manage_guild


def told_in_full(error: ReceiptsError) -> str:
    """The sentences of an error as Discord takes them, cut where they are too many."""
    told = str(error)
    while len(inert(told)) > _MOST_TOLD:
        told = told[: len(told) * 3 // 4].rstrip() + " …"
    return inert(told)


def _acting(interaction: discord.Interaction, desk: Desk) -> Acting:
    office = desk.office
    wording = desk.wording(interaction)
    if office is None or not is_moderator(interaction, office):
        unsettled = office is not None and office.guild is None and not _is_only_server(interaction)
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        raise Told("kb.several_servers" if unsettled and manages else "kb.not_allowed")
    return Acting(interaction, desk, office, wording)


def _is_home(interaction: discord.Interaction, office: Office) -> bool:
    """Whoever runs another server that the bot is in has no say in the knowledge base."""
    if office.guild is not None:
        return interaction.guild_id == office.guild
    return _is_only_server(interaction)


def _is_only_server(interaction: discord.Interaction) -> bool:
    return [guild.id for guild in interaction.client.guilds] == [interaction.guild_id]
