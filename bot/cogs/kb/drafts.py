"""Additions: an address, a file, a message or a pasted text becomes a draft that waits.

Must not know how a draft looks when it is published, nor how texts are read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.articles.attached import MOST_BYTES
from bot.cogs.cards.kb_draft import draft_card
from bot.cogs.inert import inert_line
from bot.cogs.kb.acting import Acting
from bot.cogs.kb.forms import EditForm, PasteForm, Written
from bot.cogs.kb.previews import Preview
from bot.cogs.told import Told
from bot.errors import FetchFailed
from bot.loading import loaded

if TYPE_CHECKING:
    from bot.articles.importing import Shelf
    from bot.moderation.drafting import Drafted

_READER, _FETCHER = "bot.moderation.drafting", "bot.fetching.fetcher"
_LINK = re.compile(r"https?://[^\s<>]+")
_AFTER_LINK = ".,;:!?'\"»”)]}*_|"


async def add(
    acting: Acting, address: str | None = None, file: discord.Attachment | None = None
) -> None:
    """Drafts what an address or a file holds; with neither, asks for a text."""
    if address and file:
        raise Told("kb.add.either")
    if file is not None:
        await _add_file(acting, file)
    elif address:
        await _add_page(acting, address)
    else:
        form = PasteForm(_add_written, acting.wording)
        await acting.interaction.response.send_modal(form)


async def add_from_message(acting: Acting, message: discord.Message) -> None:
    """Drafts a message's first file, or else what its first link leads to."""
    if message.attachments:
        await _add_file(acting, message.attachments[0])
        return
    texts = [message.content, *(embed.url or "" for embed in message.embeds)]
    found = _LINK.search(" ".join(texts))
    if found is None:
        raise Told("kb.add.nothing")
    await _add_page(acting, found[0].rstrip(_AFTER_LINK))


async def edit(acting: Acting, key: str) -> None:
    """Asks for other metadata of a draft."""
    drafted = acting.office.previews.get(key).drafted
    if drafted is None:
        raise Told("kb.preview.gone")
    await acting.interaction.response.send_modal(
        EditForm(_edited, key, drafted.article, acting.wording)
    )


async def _edited(acting: Acting, key: str, fields: dict[str, str]) -> None:
    previews = acting.office.previews
    preview = previews.get(key)
    if preview.drafted is None:
        raise Told("kb.preview.gone")
    await loaded(_READER)
    from bot.moderation.drafting import edited

    drafted = edited(preview.drafted, **fields)
    previews.put(key, replace(preview, drafted=drafted))
    await acting.show(await asyncio.to_thread(draft_card, key, drafted, acting.wording))


async def _add_written(acting: Acting, written: Written) -> None:
    if written.file is not None:
        await _add_file(acting, written.file)
        return
    if not written.text.strip():
        raise Told("kb.add.empty")
    await acting.defer(anew=True)
    await loaded(_READER)
    from bot.moderation.drafting import draft_text

    await _draft(acting, lambda shelf: draft_text(written.title, written.text, shelf))


async def _add_file(acting: Acting, file: discord.Attachment) -> None:
    if file.size > MOST_BYTES:
        raise Told("kb.add.large", megabytes=MOST_BYTES // 1_000_000)
    await acting.defer(anew=True)
    try:
        data = await file.read()
    except discord.HTTPException as error:
        name = inert_line(file.filename, 80)
        raise FetchFailed(f"Discord does not hand out {name} any more; attach it again.") from error
    await loaded(_READER)
    from bot.moderation.drafting import draft_attached

    await _draft(acting, lambda shelf: draft_attached(file.filename, data, shelf))


async def _add_page(acting: Acting, address: str) -> None:
    await acting.defer(anew=True)
    await loaded(_READER)
    await loaded(_FETCHER)
    from bot.fetching.model import Fetched
    from bot.moderation.drafting import draft_page, read_page

    async with acting.office.open_fetcher() as fetcher:
        fetched = await fetcher.fetch(address.strip())
    if not isinstance(fetched, Fetched):
        raise FetchFailed("The address sent nothing; try again later.")
    page = await asyncio.to_thread(read_page, fetched)
    await _draft(acting, lambda shelf: draft_page(page, shelf))


async def _draft(acting: Acting, read: Callable[[Shelf], Drafted]) -> None:
    def work() -> tuple[int, Drafted]:
        base = acting.office.publisher.base()
        return base.revision.number, read(base.shelf)

    parent, drafted = await acting.office.turns.take(work)
    why = drafted.origin or drafted.article.title
    key = acting.office.previews.add(
        Preview(acting.interaction.user.id, parent, why=why, drafted=drafted)
    )
    await acting.show(await asyncio.to_thread(draft_card, key, drafted, acting.wording))
