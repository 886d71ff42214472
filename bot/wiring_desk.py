"""The desk of the running bot: its parts, picked and handed to each other.

Apart from `wiring`, which must not know Discord. It must not know the terminal, nor who is online.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.cogs.desk import Desk
from bot.cogs.kb.office import Office
from bot.cogs.turns import SWITCH
from bot.config import Settings
from bot.errors import RevisionsError
from bot.wiring import Extras, open_records, open_served
from bot.wiring_moderation import (
    open_fetcher,
    open_publisher,
    open_revisions,
    open_source_states,
)
from bot.wording import read_wordings

log = logging.getLogger(__name__)


@contextmanager
def open_desk(folder: Path | None, settings: Settings) -> Iterator[Desk]:
    """All that the bot works with on Discord, from a knowledge folder or the shipped one.

    Where revisions cannot be kept it answers all the same, without the moderators' commands. What
    waits for its turn when it is closed is not begun any more.

    Raises:
        KnowledgeError: the knowledge base has faults; it carries all of them.
        SettingsError: an extra is wanted and cannot be used.
    """
    sys.setswitchinterval(SWITCH)
    extras = Extras(settings.semantic, settings.fast)
    with closing(open_records(settings.data)) as records:
        try:
            store = open_revisions(folder, settings.data)
            publisher = open_publisher(store, extras=extras, serves=True)
        except RevisionsError as error:
            log.error("%s Until then moderators have no commands.", error)
            served = open_served(folder, extras=extras)
            desk = Desk(served, records, read_wordings())
            with closing(desk.turns):
                yield desk
            return
        office = Office(
            publisher,
            open_source_states(settings.data),
            open_fetcher,
            guild=settings.moderator_guild,
            role=settings.moderator_role,
            log_channel=settings.log_channel,
            scheduled=True,
        )
        desk = Desk(publisher, records, read_wordings(), office=office)
        # Before the records, which what is still worked on may write to.
        with closing(office.turns), closing(desk.turns):
            yield desk
