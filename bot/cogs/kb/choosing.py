"""What is offered while a moderator types: articles, revisions, passages; nothing to others.

Must not know what is chosen for.
"""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands

from bot.articles.folding import folded
from bot.articles.passage_key import key_of
from bot.cogs.ask import MOST_CHOICES
from bot.cogs.desk import Desk
from bot.cogs.kb.office import Office
from bot.errors import InputError, ReceiptsError, RevisionsError
from bot.moderation.pins import pinned
from bot.wording import Wording

_MOST_NAME = 100
_MOST_REVISIONS = 200


def articles(desk: Desk, typed: str) -> list[app_commands.Choice[str]]:
    """Articles whose id or title holds what is typed."""
    wanted = typed.casefold().strip()
    fitting = (
        app_commands.Choice(name=_cut(f"{one.title} · {one.id}"), value=one.id)
        for one in desk.knowledge.current.articles
        if wanted in one.id or wanted in one.title.casefold()
    )
    return [one for one in fitting if len(str(one.value)) <= _MOST_NAME][:MOST_CHOICES]


async def revisions(office: Office, typed: str, wording: Wording) -> list[app_commands.Choice[int]]:
    """Revisions whose number begins with what is typed, or whose line holds it, newest first."""
    try:
        known = await asyncio.to_thread(office.publisher.history, _MOST_REVISIONS)
    except RevisionsError:
        # Nobody can be told here; whoever uses the command is.
        return []
    wanted = typed.casefold().strip()
    found = []
    for one in known:
        what = wording.say(f"kb.kind.{one.what.replace(' ', '_')}")
        line = f"{one.number} · {one.at:%Y-%m-%d %H:%M} · {what} · {one.why}"
        if str(one.number).startswith(wanted) or wanted in line.casefold():
            found.append(app_commands.Choice(name=_cut(line), value=one.number))
    return found[:MOST_CHOICES]


async def pinned_questions(office: Office, typed: str) -> list[app_commands.Choice[str]]:
    """Questions with a pin that hold what is typed."""
    try:
        known = await asyncio.to_thread(pinned, office.publisher)
    except ReceiptsError:
        # Nobody can be told here; whoever uses the command is.
        return []
    wanted = folded(typed.strip())
    found = (one.question for one in known if wanted in folded(one.question))
    short = [one for one in found if len(one) <= _MOST_NAME]
    return [app_commands.Choice(name=one, value=one) for one in short[:MOST_CHOICES]]


async def passages(desk: Desk, question: str | None, typed: str) -> list[app_commands.Choice[str]]:
    """Passages that answer what is typed, or else the question that was filled in before."""
    wanted = typed.strip() or (question or "").strip()
    knowledge = desk.knowledge.current
    try:
        answer = await asyncio.to_thread(lambda: knowledge.answer(wanted, top=MOST_CHOICES))
    except InputError:
        return []
    return [
        app_commands.Choice(
            name=_cut(f"{one.passage.id} · {one.passage.text}"), value=key_of(one.passage)
        )
        for one in answer.citations
    ]


def typed_before(interaction: discord.Interaction, option: str) -> str | None:
    """What was filled into another option."""
    told = getattr(interaction.namespace, option, None)
    return told if isinstance(told, str) else None


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_NAME else f"{line[: _MOST_NAME - 1]}…"
