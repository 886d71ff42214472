from __future__ import annotations

import asyncio
import io

import discord
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.wide_bot import WideBot


async def test_files_of_a_layout_are_kept_with_their_alt_text(
    sandbox: Sandbox, wide: WideBot
) -> None:
    shown = (await sandbox.slash(sandbox.user("Ada"), "picture")).messages[0]

    line, data = shown.attachments
    assert (line.file.data, data.file.data) == (b"\x89PNG line", b"1,2")
    assert (line.description, data.description) == ("A line going up", None)
    gallery, file = shown.components
    assert gallery["items"][0]["description"] == "A line going up"
    assert gallery["items"][0]["media"]["url"] == line.url
    assert file["file"]["url"] == data.url


async def test_a_bot_reads_back_the_files_of_its_layout(sandbox: Sandbox, wide: WideBot) -> None:
    shown = (await sandbox.slash(sandbox.user("Ada"), "picture")).messages[0]
    place = wide.get_partial_messageable(sandbox.channel.id)

    message = await place.fetch_message(shown.id)

    assert [await one.read() for one in message.attachments] == [b"\x89PNG line", b"1,2"]
    gallery = message.components[0]
    assert isinstance(gallery, discord.MediaGalleryComponent)
    assert gallery.items[0].media.url == message.attachments[0].url


async def test_a_layout_that_is_edited_may_go_on_showing_what_it_has(
    sandbox: Sandbox, wide: WideBot
) -> None:
    shown = (await sandbox.slash(sandbox.user("Ada"), "picture")).messages[0]
    message = await wide.get_partial_messageable(sandbox.channel.id).fetch_message(shown.id)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(shown.attachments[0].url)))
    view.add_item(discord.ui.File("attachment://data.csv"))
    view.add_item(discord.ui.TextDisplay("A caption"))

    await message.edit(view=view)
    await message.edit(allowed_mentions=discord.AllowedMentions.none())

    assert shown.text == "A caption"
    assert [one.file.name for one in shown.attachments] == ["line.png", "data.csv"]
    urls = [shown.components[0]["items"][0]["media"]["url"], shown.components[1]["file"]["url"]]
    assert urls == [one.url for one in shown.attachments]
    await message.edit(attachments=[message.attachments[0]], view=caption_only())
    assert [one.file.name for one in shown.attachments] == ["line.png"]


def caption_only() -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay("A caption"))
    return view


async def test_a_file_that_nothing_shows_is_refused(sandbox: Sandbox, wide: WideBot) -> None:
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "lonely"))
    async with asyncio.timeout(5):
        error = await wide.errors.get()
    asking.cancel()

    assert isinstance(error, discord.HTTPException)
    assert "'x.png' is not referenced" in error.text


async def test_a_picture_that_was_not_uploaded_is_refused(sandbox: Sandbox, wide: WideBot) -> None:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://missing.png")))
    place = wide.get_partial_messageable(sandbox.channel.id)

    for files in ([], [discord.File(io.BytesIO(b"x"), "other.png")]):
        with pytest.raises(discord.HTTPException, match="was not found"):
            await place.send(view=view, files=files)
