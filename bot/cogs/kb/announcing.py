"""The log channel: a line for all that moderators, or the schedule, did or leave to a person.

Trouble with the channel is written to the log and fails nothing. Must not know how anything is
done that it tells.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord
from discord import ButtonStyle

from bot.cogs.cards.block import Container, layout, notice, row
from bot.cogs.cards.kb_lists import who
from bot.cogs.cards.kb_pages import action, fitting, some
from bot.cogs.desk import Desk
from bot.cogs.inert import inert_line
from bot.cogs.kb.office import Office
from bot.cogs.kb.previews import Preview
from bot.moderation.audit import Entry
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.proposal import Proposal
    from bot.moderation.refreshing import Refreshed
    from bot.moderation.schedule import Told

_MOST_REASON = 300
_MOST_FAILED = 1500

log = logging.getLogger(__name__)


class Announcer:
    """Tells the log channel, where one is set, in the language of its server."""

    def __init__(self, client: discord.Client, desk: Desk, office: Office) -> None:
        self._client = client
        self._desk = desk
        self._office = office
        self._loop = asyncio.get_running_loop()
        self._sending: set[asyncio.Task[None]] = set()

    def heard(self, entry: Entry) -> None:
        """Called in the thread that did it."""
        try:
            self._loop.call_soon_threadsafe(self._announce, entry)
        except RuntimeError:
            # The bot stops just now; the history has it all the same.
            log.info("The log channel could not be told any more")

    async def tell(self, told: Told) -> None:
        """Tells what the schedule found and leaves to a person.

        What it published is heard of as everything that is published is.
        """
        wording = self._wording
        if told.error is not None:
            await self._send(notice(wording.say("kb.log.failed", error=fitting(told.error, 600))))
        if told.conflicts:
            paths = ", ".join(f"`{one.path}`" for one in told.conflicts)
            await self._send(notice(wording.say("kb.log.conflicts", paths=paths[:900])))
        if told.published is not None:
            return
        found = told.refreshed
        proposal = told.edits or (found.proposal if found else None)
        if proposal is not None and not proposal.changes_nothing:
            await self._leave(proposal, found)
        elif found is not None and (failed := found.of("failed")):
            lines = (f"{inert_line(one.url, 100)}: {fitting(one.detail, 200)}" for one in failed)
            error = some(lines, _MOST_FAILED, wording)
            await self._send(notice(wording.say("kb.log.failed", error=error)))

    async def finish(self) -> None:
        """Waits until what was begun is sent."""
        if self._sending:
            await asyncio.wait(self._sending)

    @property
    def _wording(self) -> Wording:
        channel = self._client.get_channel(self._office.log_channel or 0)
        guild = getattr(channel, "guild", None)
        return self._desk.wordings.of(str(guild.preferred_locale) if guild else None)

    def _announce(self, entry: Entry) -> None:
        # Nobody waits for it; held so that it is not forgotten half-way.
        task = asyncio.create_task(self._send(self._line(entry)))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    def _line(self, entry: Entry) -> Container:
        wording = self._wording
        what = wording.say(f"kb.kind.{entry.what.replace(' ', '_')}")
        revision = f" → {entry.revision}" if entry.revision else ""
        why = f"\n{inert_line(entry.why, _MOST_REASON)}" if entry.why else ""
        return notice(f"**{what}** · {who(entry.who)}{revision}{why}")

    async def _leave(self, proposal: Proposal, refreshed: Refreshed | None) -> None:
        """Keeps what waits for a person, and tells of it, once."""
        previews, wording = self._office.previews, self._wording
        waiting = (one.proposal for _, one in previews.waiting())
        if any(one is not None and one.manifest == proposal.manifest for one in waiting):
            return
        key = previews.add(Preview(None, proposal.parent, proposal=proposal, refreshed=refreshed))
        kind = wording.say(f"kb.kind.{proposal.what.replace(' ', '_')}")
        why = fitting(proposal.why, _MOST_REASON)
        card = notice(wording.say("kb.log.waits", kind=kind, why=why))
        button = row(action("open", key, wording=wording, style=ButtonStyle.primary))
        if button is not None:
            card.add_item(button)
        await self._send(card)

    async def _send(self, card: Container) -> None:
        channel = self._office.log_channel
        if channel is None:
            return
        try:
            await self._client.get_partial_messageable(channel).send(
                view=layout([card]), allowed_mentions=discord.AllowedMentions.none()
            )
        except discord.HTTPException as error:
            log.warning("The log channel could not be told: %s", error)
