"""When sources are due, and the loop that keeps them fresh.

It must not know how anything is fetched, nor how people are told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.articles.sources import Source
from bot.errors import ReceiptsError
from bot.loading import loaded
from bot.revisions.model import HandEdit, Revision

if TYPE_CHECKING:
    from bot.fetching.fetcher import Fetcher
    from bot.moderation.proposal import Proposal
    from bot.moderation.publishing import Publisher
    from bot.moderation.refreshing import Refreshed
    from bot.moderation.source_state import SourceStates, States

log = logging.getLogger(__name__)

WHO = "schedule"
"""Who publishes, in the history, what publishes itself."""
FOLDER = "knowledge folder"
"""Likewise for what people did in the folder; nobody knows who."""
PAUSE = 60.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the schedule has to tell.

    Attributes:
        sources: that were refreshed.
        refreshed: what was found, or None where that failed.
        edits: what people did in the knowledge folder.
        conflicts: what they did to files that a revision changed too; it waits for a person.
        published: the revision, where it published itself.
        error: what failed, as a sentence.
    """

    sources: tuple[Source, ...] = ()
    refreshed: Refreshed | None = None
    edits: Proposal | None = None
    conflicts: tuple[HandEdit, ...] = ()
    published: Revision | None = None
    error: str | None = None


class FolderEdits:
    """Publishes what people do in the knowledge folder, once they have stopped writing."""

    def __init__(self) -> None:
        self._seen: tuple[HandEdit, ...] = ()
        self._told: tuple[HandEdit, ...] = ()

    def look(self, publisher: Publisher) -> Told | None:
        """Publish what is as it was at the last look, if it has no faults and loses little.

        Returns:
            what was published, or waits for a person; None where there is nothing new to tell.

        Raises:
            RevisionsError: the store cannot be used.
        """
        state = publisher.hand_edits().state
        found = (*state.edits, *state.conflicts)
        settled, self._seen = found == self._seen, found
        if not found or not settled or found == self._told:
            return None
        proposal = publisher.propose_hand_edits()
        if proposal is None or proposal.faults or proposal.held:
            self._told = found
            return Told(edits=proposal, conflicts=state.conflicts)
        published = publisher.publish(proposal, who=FOLDER)
        return Told(edits=proposal, conflicts=state.conflicts, published=published)


Tell = Callable[[Told], Awaitable[None]]
Open = Callable[[], "Fetcher"]
"""Makes a fetcher, for one round."""


def due(sources: Iterable[Source], states: States, now: datetime) -> tuple[Source, ...]:
    """The sources whose time has come; those that were never looked at are due at once."""
    return tuple(source for source in sources if _is_due(source, states, now))


async def keep_fresh(
    publisher: Publisher,
    open_fetcher: Open,
    states: SourceStates,
    tell: Tell,
    *,
    pause: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(PAUSE),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Refresh what is due and publish what people do in the knowledge folder, for ever.

    No error ends it.

    Args:
        tell: told of all that was published, that waits for a person or that failed, once each.
        pause: waits until the next round.
    """
    before: str | None = None
    edits = FolderEdits()
    while True:
        error = await _error_of(_round(publisher, open_fetcher, states, tell, now, edits))
        if error is not None and str(error) != before:
            known = isinstance(error, ReceiptsError)
            log.error("A refresh failed: %s", error, exc_info=None if known else error)
            if known:
                await _error_of(tell(Told(error=str(error))))
        before = str(error) if error is not None else None
        await pause()


async def _error_of(work: Awaitable[None]) -> BaseException | None:
    """What some work failed with; whatever it is, whoever waits for it goes on."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task])
    finally:
        task.cancel()
    return None if task.cancelled() else task.exception()


async def refresh_due(
    sources: Sequence[Source],
    open_fetcher: Open,
    publisher: Publisher,
    states: SourceStates,
    tell: Tell,
) -> None:
    """Refresh sources; what may publish itself is published, the rest is told.

    Sources that publish themselves are refreshed apart, so that the others do not hold them back.
    """
    for itself in (True, False):
        few = tuple(source for source in sources if source.publishes_itself == itself)
        if not few:
            continue
        await loaded("bot.moderation.refreshing")
        from bot.moderation.refreshing import refresh

        async with open_fetcher() as fetcher:
            found = await refresh(few, fetcher, publisher, states)
        published = None
        if itself and found.proposal is not None and found.may_publish_itself:
            published = await asyncio.to_thread(publisher.publish, found.proposal, who=WHO)
        if found.proposal is not None or found.held or found.of("failed"):
            await tell(Told(few, found, published=published))


async def _round(
    publisher: Publisher,
    open_fetcher: Open,
    states: SourceStates,
    tell: Tell,
    now: Callable[[], datetime],
    edits: FolderEdits,
) -> None:
    await asyncio.to_thread(publisher.catch_up)
    if (told := await asyncio.to_thread(edits.look, publisher)) is not None:
        await tell(told)
    sources = await asyncio.to_thread(publisher.sources)
    known = await asyncio.to_thread(states.read)
    await refresh_due(due(sources, known, now()), open_fetcher, publisher, states, tell)


def _is_due(source: Source, states: States, now: datetime) -> bool:
    if source.every is None:
        return False
    state = states.sources.get(source.id)
    # A clock that was put back must not keep a source waiting.
    return state is None or state.checked + source.every <= now or state.checked > now
