"""What every command and button works with, handed to the client once.

Must not know how any of it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import discord
from discord.ext import commands

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.cooldowns import Cooldowns
from bot.cogs.in_flight import InFlight
from bot.cogs.kb.office import Office
from bot.cogs.recent import Recent
from bot.cogs.shared import Shared
from bot.cogs.turns import Turns
from bot.records.store import Records
from bot.wording import Wording, Wordings


class Knowledge(Protocol):
    """Whoever holds the revision that is served; another one may be there a moment later."""

    @property
    def current(self) -> KnowledgeBase:
        """The revision to answer from now."""


PATIENCE = 1.0
"""Seconds without an answer after which a member sees that it is being made.

Discord gives up after three, of which a retried request takes one.
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """What commands and buttons work with.

    Attributes:
        records: what is kept of questions, gaps, judgements and reports.
        turns: where questions are answered.
        views: where all else is done that takes its time, so that no question waits for it.
        recent: what was lately answered where.
        shared: which private answers were lately shared.
        patience: seconds after which a member is shown that an answer is being made.
        office: what moderators' commands work with, or None where there are none.
    """

    knowledge: Knowledge
    records: Records
    wordings: Wordings
    cooldowns: Cooldowns = field(default_factory=Cooldowns)
    turns: Turns = field(default_factory=Turns)
    views: Turns = field(default_factory=Turns)
    recent: Recent = field(default_factory=Recent)
    shared: Shared = field(default_factory=Shared)
    in_flight: InFlight = field(default_factory=InFlight)
    patience: float = PATIENCE
    office: Office | None = None

    def wording(self, interaction: discord.Interaction) -> Wording:
        """Our words in the language of whoever acts."""
        return self.wordings.of(str(interaction.locale))


class DeskBot(commands.Bot):
    """A bot that has a desk."""

    desk: Desk


def desk_of(interaction: discord.Interaction) -> Desk:
    """The desk of the bot that received an interaction.

    Raises:
        TypeError: it is a bot without one.
    """
    client = interaction.client
    if not isinstance(client, DeskBot):
        raise TypeError(f"{type(client).__name__} has no desk")
    return client.desk
