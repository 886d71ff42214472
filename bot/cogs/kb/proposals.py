"""Changes that are proposed, looked at and published: refreshes, removals, pins, hand edits.

Must not know how a change is made or looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.cogs.cards.block import Container, notice
from bot.cogs.cards.kb_change import failed_blocks, proposal_card
from bot.cogs.cards.kb_draft import draft_card
from bot.cogs.cards.kb_lists import published_card
from bot.cogs.cards.kb_pages import fitting
from bot.cogs.cards.kb_status import ALL, drop_card
from bot.cogs.kb.acting import Acting
from bot.cogs.kb.live import live
from bot.cogs.kb.previews import Preview
from bot.cogs.told import Told
from bot.loading import loaded
from bot.moderation.pins import propose_pin, propose_unpin
from bot.revisions.model import Revision
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.proposal import Proposal
    from bot.moderation.refreshing import Refreshed


async def refresh(acting: Acting) -> None:
    """Fetches all sources, showing how far it is, and shows what is new."""
    office, wording = acting.office, acting.wording
    if office.refreshing.locked():
        raise Told("kb.refresh.busy")
    async with office.refreshing:
        await acting.defer()
        sources = await office.turns.take(office.publisher.sources)
        if not sources:
            raise Told("kb.refresh.none")

        async def show(text: str) -> None:
            await acting.show(notice(text))

        await loaded("bot.moderation.refreshing")
        from bot.moderation.refreshing import refresh as fetch_all

        async with live(show) as said, office.open_fetcher() as fetcher:
            said.say(wording.say("kb.refresh.begun"))

            def on_page(done: int, of: int, url: str) -> None:
                told = {"done": done, "of": of, "url": fitting(url, 200)}
                key = "kb.refresh.progress" if done < of else "kb.refresh.comparing"
                said.say(wording.say(key, **told))

            found = await fetch_all(sources, fetcher, office.publisher, office.states, on_page)
    if found.proposal is None or found.proposal.changes_nothing:
        await acting.show(_nothing_new(found, wording))
        return
    await _propose(acting, found.proposal, found)


async def remove(acting: Acting, article: str, why: str) -> None:
    """Shows what removing an article would change."""
    await acting.defer()
    publisher = acting.office.publisher
    name = article.strip()
    work = acting.office.turns.take(lambda: publisher.remove(name, why=why or name))
    await _propose(acting, await work)


async def pin(acting: Acting, question: str, passage: str | None) -> None:
    """Shows what answering a question with a passage, or without a pin, would change."""
    publisher, knowledge = acting.office.publisher, acting.desk.knowledge.current
    if passage is None:
        await acting.defer()
        unpin = acting.office.turns.take(lambda: propose_unpin(publisher, question))
        await _propose(acting, await unpin)
        return
    found = knowledge.find(passage).passage
    if found is None:
        raise Told("kb.pin.no_passage")
    await acting.defer()
    passages = knowledge.passages_of(found.article.id)
    await _propose(
        acting,
        await acting.office.turns.take(lambda: propose_pin(publisher, question, found, passages)),
    )


async def look_at_hand_edits(acting: Acting, what: str) -> None:
    """Shows what publishing the changes in the knowledge folder would change."""
    await acting.defer(anew=True)
    publisher = acting.office.publisher
    proposal = await acting.office.turns.take(
        lambda: publisher.propose_hand_edits(conflicts=what == ALL)
    )
    if proposal is None:
        raise Told("kb.hand.none")
    await _propose(acting, proposal)


async def ask_to_drop(acting: Acting, what: str) -> None:
    """Shows what would be lost if the changes in the knowledge folder were discarded."""
    await acting.defer(anew=True)
    state = (await acting.office.turns.take(acting.office.publisher.hand_edits)).state
    edits = state.edits + (state.conflicts if what == ALL else ())
    if not edits:
        raise Told("kb.hand.none")
    await acting.show(drop_card(edits, what, acting.wording))


async def drop(acting: Acting, what: str) -> None:
    """Puts the last revision's files over the changes in the knowledge folder."""
    await acting.defer()
    publisher = acting.office.publisher
    await acting.office.turns.take(
        lambda: publisher.discard_hand_edits(who=acting.who, conflicts=what == ALL)
    )
    await acting.show(notice(acting.wording.say("kb.drop.done")))


async def look(acting: Acting, key: str, page: str = "0", turn: str = "") -> None:
    """Shows a page of a preview in place of the one before."""
    preview = acting.office.previews.get(key)
    await acting.show(
        await asyncio.to_thread(preview_card, key, preview, acting.wording, int(page))
    )


async def open_preview(acting: Acting, key: str) -> None:
    """Shows a preview that another moderator, or the schedule, made."""
    preview = acting.office.previews.get(key)
    await acting.defer(anew=True)
    await acting.show(await asyncio.to_thread(preview_card, key, preview, acting.wording))


async def publish(acting: Acting, key: str) -> None:
    """Publishes a preview, once, and shows the revision that it became."""
    previews, wording = acting.office.previews, acting.wording
    with previews.publishing(key) as preview:
        await acting.defer()
        revision = await acting.office.turns.take(_publishing(acting, preview))
        previews.published(key, revision.label)
    await acting.show(published_card(revision, wording))


async def discard(acting: Acting, key: str) -> None:
    """Lets a preview go; the knowledge base is as it was."""
    acting.office.previews.discard(key)
    await acting.show(notice(acting.wording.say("kb.preview.discarded")))


def preview_card(key: str, preview: Preview, wording: Wording, page: int = 0) -> Container:
    """How a preview looks."""
    if preview.drafted is not None:
        return draft_card(key, preview.drafted, wording)
    if preview.proposal is None:
        raise Told("kb.preview.gone")
    return proposal_card(key, preview.proposal, wording, refreshed=preview.refreshed, page=page)


def _publishing(acting: Acting, preview: Preview) -> Callable[[], Revision]:
    publisher, who = acting.office.publisher, acting.who

    def work() -> Revision:
        proposal = preview.proposal
        if preview.drafted is not None:
            from bot.moderation.drafting import changes_of

            changes = changes_of(preview.drafted)
            proposal = publisher.propose(
                changes, what="add", why=preview.why, parent=preview.parent
            )
        if proposal is None:
            raise Told("kb.preview.gone")
        return publisher.publish(proposal, who=who)

    return work


async def _propose(acting: Acting, proposal: Proposal, refreshed: Refreshed | None = None) -> None:
    if proposal.changes_nothing:
        await acting.show(notice(acting.wording.say("kb.change.nothing")))
        return
    owner = acting.interaction.user.id
    preview = Preview(owner, proposal.parent, proposal=proposal, refreshed=refreshed)
    key = acting.office.previews.add(preview)
    await acting.show(await asyncio.to_thread(preview_card, key, preview, acting.wording))


def _nothing_new(found: Refreshed, wording: Wording) -> Container:
    pages = wording.count("kb.refresh.pages", len(found.pages))
    return notice(f"### {wording.say('kb.refresh.nothing')}", pages, *failed_blocks(found, wording))
