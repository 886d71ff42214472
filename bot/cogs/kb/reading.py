"""What moderators look at and nothing changes by: articles, revisions, faults, the state.

Must not know how any of it looks.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

import discord

from bot.cogs.cards.block import Container, notice
from bot.cogs.cards.kb_lists import (
    article_card,
    articles_card,
    diff_card,
    faults_card,
    history_card,
)
from bot.cogs.cards.kb_status import status_card
from bot.cogs.cards.naming import MOST_NAME
from bot.cogs.inert import inert_line
from bot.cogs.kb.acting import Acting
from bot.cogs.kb.previews import Preview
from bot.cogs.told import Told
from bot.errors import ArticleNotFound, Fault
from bot.loading import loaded
from bot.wording import Wording

MOST_REVISIONS = 200


async def list_articles(acting: Acting, page: str = "0", turn: str = "") -> None:
    """Shows a page of the articles."""
    knowledge = acting.desk.knowledge.current
    card = await asyncio.to_thread(articles_card, knowledge, int(page), acting.wording)
    await acting.show(card)


async def show_article(acting: Acting, article: str) -> None:
    """Shows an article by its id."""
    passages = acting.desk.knowledge.current.passages_of(article.strip())
    if not passages:
        raise ArticleNotFound(f"There is no article `{article.strip()[:100]}`; see the list.")
    await acting.show(article_card(passages, 0, acting.wording))


async def turn_article(acting: Acting, passage: str, page: str, turn: str) -> None:
    """Shows another page of an article."""
    knowledge = acting.desk.knowledge.current
    found = knowledge.find(passage).article
    if found is None:
        raise Told("verify.gone")
    await acting.show(article_card(knowledge.passages_of(found.id), int(page), acting.wording))


async def history(acting: Acting, page: str = "0", turn: str = "") -> None:
    """Shows a page of the revisions."""
    await acting.defer()
    revisions = await asyncio.to_thread(acting.office.publisher.history, MOST_REVISIONS)
    await acting.show(history_card(revisions, int(page), acting.wording))


async def diff(acting: Acting, before: str, after: str, page: str = "0", turn: str = "") -> None:
    """Shows a page of what two revisions differ in."""
    await acting.defer()
    one, other = int(before), int(after)

    def work() -> Container:
        found = acting.office.publisher.diff(one, other)
        return diff_card(found, one, other, int(page), acting.wording)

    await acting.show(await asyncio.to_thread(work))


async def check(acting: Acting, page: str = "0", turn: str = "") -> None:
    """Shows a page of all that is wrong with the last revision's files."""
    await acting.defer()

    def work() -> tuple[Fault, ...]:
        from bot.articles.checking import check as find_faults

        folder = acting.office.publisher.base().folder
        return tuple(
            replace(one, path=one.path.relative_to(folder))
            if one.path.is_relative_to(folder)
            else one
            for one in find_faults(folder)
        )

    faults = await acting.office.turns.take(work)
    await acting.show(faults_card(faults, int(page), acting.wording))


async def export(acting: Acting) -> None:
    """Hands out the last revision's articles as a zip."""
    await acting.defer()
    publisher = acting.office.publisher

    def work() -> tuple[str, bytes]:
        [last] = publisher.history(1)
        packed = io.BytesIO()
        publisher.export(last.number, packed)
        return last.label, packed.getvalue()

    label, packed = await asyncio.to_thread(work)
    most = acting.interaction.filesize_limit
    if len(packed) > most:
        raise Told("kb.export.large", size=_megabytes(len(packed)), most=_megabytes(most))
    name = f"articles-{label.replace('·', '-')}.zip"
    card = notice(acting.wording.say("kb.export.done", revision=label))
    card.add_item(discord.ui.File(f"attachment://{name}"))
    await acting.show(card, [discord.File(io.BytesIO(packed), name)])


async def status(acting: Acting) -> None:
    """Shows the state of the knowledge base, and what waits for a moderator."""
    await acting.defer()
    await loaded("bot.moderation.status")
    from bot.moderation.status import status_of

    office, wording = acting.office, acting.wording
    found = await office.turns.take(lambda: status_of(office.publisher, office.states))
    waiting = [(key, told_as(one, wording)) for key, one in office.previews.waiting()]
    await acting.show(status_card(found, waiting, wording))


def told_as(preview: Preview, wording: Wording) -> str:
    """What a preview is, on one line, and who made it."""
    owner = f" · <@{preview.owner}>" if preview.owner is not None else ""
    if preview.drafted is not None:
        title = inert_line(preview.drafted.article.title, MOST_NAME)
        return wording.say("kb.draft.heading", title=title) + owner
    if preview.proposal is None:
        return owner
    kind = wording.say(f"kb.kind.{preview.proposal.what.replace(' ', '_')}")
    return f"{kind}: {inert_line(preview.proposal.why, MOST_NAME)}{owner}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
