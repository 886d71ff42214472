"""What moderators' commands work with besides the desk, handed to the client once.

Must not know how any of it is made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.cogs.kb.previews import Previews
from bot.cogs.turns import Turns

if TYPE_CHECKING:
    from bot.fetching.fetcher import Fetcher
    from bot.moderation.publishing import Publisher
    from bot.moderation.source_state import SourceStates


@dataclass(frozen=True, slots=True)
class Office:
    """What moderators' commands work with.

    Attributes:
        states: what is remembered of sources.
        open_fetcher: makes a fetcher, to be entered.
        guild: the id of the server whose managers moderate; None for the only one there is.
        role: the id of a role that may moderate, too.
        log_channel: the id of the channel that is told who did what.
        scheduled: whether sources are refreshed when they are due.
        turns: where changes are built, one at a time, so that answers keep their own threads.
        refreshing: held while sources are fetched on demand.
    """

    publisher: Publisher
    states: SourceStates
    open_fetcher: Callable[[], Fetcher]
    guild: int | None = None
    role: int | None = None
    log_channel: int | None = None
    scheduled: bool = False
    previews: Previews = field(default_factory=Previews)
    turns: Turns = field(default_factory=lambda: Turns(workers=1, most_waiting=20))
    refreshing: asyncio.Lock = field(default_factory=asyncio.Lock)
