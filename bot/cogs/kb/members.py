"""What members left behind, for moderators: gaps with a skeleton for each, and reports.

Must not know how any of it looks.
"""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import discord

from bot.articles.passage_key import Found
from bot.cogs.cards.block import notice
from bot.cogs.cards.kb_members import gaps_card, reports_card
from bot.cogs.inert import inert_line
from bot.cogs.kb.acting import Acting
from bot.cogs.told import Told
from bot.records.model import Report

if TYPE_CHECKING:
    from bot.moderation.gaps import GapGroup

_MOST_GAPS = 500


async def gaps(acting: Acting, page: str = "0", turn: str = "") -> None:
    """Shows a page of questions without an answer."""
    await acting.defer()
    groups = await asyncio.to_thread(_groups, acting)
    private = await asyncio.to_thread(acting.desk.records.private_gaps)
    await acting.show(gaps_card(groups, private, int(page), acting.wording))


async def draft(acting: Acting, gap: str) -> None:
    """Hands out the skeleton of an article for the questions like one."""
    await acting.defer(anew=True)
    group = _group_of(await asyncio.to_thread(_groups, acting), int(gap))
    # Finding the groups has loaded it, off the event loop.
    from bot.moderation.gaps import skeleton

    content = (await asyncio.to_thread(skeleton, group)).encode()
    name = f"gap-{gap}.md"
    question = inert_line(group.question, 200)
    card = notice(acting.wording.say("kb.gaps.draft", question=question))
    card.add_item(discord.ui.File(f"attachment://{name}"))
    await acting.show(card, [discord.File(io.BytesIO(content), name)])


async def close(acting: Acting, gap: str) -> None:
    """Forgets the questions like one, and shows those that are left."""
    await acting.defer()
    group = _group_of(await asyncio.to_thread(_groups, acting), int(gap))
    for one in group.gaps:
        await asyncio.to_thread(acting.desk.records.close_gap, one.id)
    groups = await asyncio.to_thread(_groups, acting)
    private = await asyncio.to_thread(acting.desk.records.private_gaps)
    await acting.show(gaps_card(groups, private, 0, acting.wording))


async def reports(acting: Acting, page: str = "0", turn: str = "") -> None:
    """Shows a page of what members say is wrong with passages."""
    await acting.defer()
    found = await asyncio.to_thread(_reports, acting)
    await acting.show(reports_card(found, int(page), acting.wording))


async def settle(acting: Acting, report: str) -> None:
    """Closes a report, and shows those that are left."""
    await acting.defer()
    if not await asyncio.to_thread(acting.desk.records.settle_report, int(report)):
        raise Told("kb.reports.settled")
    found = await asyncio.to_thread(_reports, acting)
    await acting.show(reports_card(found, 0, acting.wording))


def _groups(acting: Acting) -> tuple[GapGroup, ...]:
    from bot.moderation.gaps import grouped

    found = acting.desk.records.gaps(_MOST_GAPS)
    return grouped(found, acting.desk.knowledge.current.analyzer)


def _group_of(groups: tuple[GapGroup, ...], gap: int) -> GapGroup:
    for group in groups:
        if any(one.id == gap for one in group.gaps):
            return group
    raise Told("kb.gaps.closed")


def _reports(acting: Acting) -> list[tuple[Report, Found]]:
    knowledge = acting.desk.knowledge.current
    # Noted is not yet written; what was just reported is to be seen.
    acting.desk.records.flush()
    return [(one, knowledge.find(one.passage)) for one in acting.desk.records.reports()]
