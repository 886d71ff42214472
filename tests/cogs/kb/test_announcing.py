"""The log channel: a line for what was done, and nothing fails by it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.cogs.kb.announcing import Announcer
from bot.moderation.schedule import Told
from bot.sandbox import Channel, Message, Sandbox
from tests.cogs.kb.office import (
    HTML,
    Place,
    ferry_file,
    moderator,
    open_place,
    press,
    served,
)
from tests.fetching.site import Site


def lines(discord: Sandbox, channel: Channel) -> list[Message]:
    """What stands in a channel for all to see."""
    return [one for one in discord.messages(channel) if not one.ephemeral]


async def test_everybody_in_the_log_channel_sees_who_did_what(
    discord: Sandbox, place: Place
) -> None:
    log = discord.add_channel("log")
    async with served(place.with_(log_channel=log.id), discord):
        mona = moderator(discord)
        added = await discord.slash(mona, "kb add", file=ferry_file("@everyone.md"))
        await discord.until(lambda: "To be added" in added.text)
        await press(discord, mona, added, "publish", until="Published: revision 2·")
        await discord.until(lambda: lines(discord, log))
        await discord.slash(mona, "kb undo", why="Too early")
        await discord.until(lambda: len(lines(discord, log)) == 2)
        first, second = lines(discord, log)

    assert first.text.startswith(f"**Addition** · {mona.mention} → 2·")
    assert "\\@everyone.md" in first.text
    assert second.text.startswith(f"**Undo** · {mona.mention} → 3·")
    assert "Too early" in second.text
    assert first.mentions == second.mentions == []
    assert not first.mentions_everyone
    assert lines(discord, discord.channel) == []


async def test_the_line_is_in_the_servers_language(discord: Sandbox, place: Place) -> None:
    discord.guild.locale = "it"
    log = discord.add_channel("log")
    async with served(place.with_(log_channel=log.id), discord):
        mona = moderator(discord)
        removed = await discord.slash(mona, "kb remove", article="bread")
        await discord.until(lambda: "To be published" in removed.text)
        await press(discord, mona, removed, "publish", until="Published")
        await discord.until(lambda: lines(discord, log))

    assert lines(discord, log)[0].text.startswith(f"**Rimozione** · {mona.mention}")


async def test_a_log_channel_that_is_not_there_fails_nothing(
    discord: Sandbox, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "bot.cogs.kb.announcing"):
        async with served(place.with_(log_channel=1234), discord):
            mona = moderator(discord)
            added = await discord.slash(mona, "kb add", file=ferry_file())
            await discord.until(lambda: "To be added" in added.text)
            await press(discord, mona, added, "publish", until="Published: revision 2·")

    assert "The log channel could not be told" in caplog.text


async def test_a_bot_that_went_offline_is_told_no_more(discord: Sandbox, place: Place) -> None:
    log = discord.add_channel("log")
    place = place.with_(log_channel=log.id)
    async with served(place, discord):
        pass
    async with served(place, discord):
        mona = moderator(discord)
        await discord.slash(mona, "kb remove", article="bread")
        publisher = place.office.publisher
        publisher.publish(publisher.remove("bread", why="Once"), who="schedule")
        await discord.until(lambda: lines(discord, log))

    assert [one.text.splitlines()[0][:30] for one in lines(discord, log)] == [
        "**Removal** · schedule → 2·" + place.head[2:5]
    ]


async def test_what_the_schedule_leaves_to_a_person_is_told_once_and_opened_from_there(
    discord: Sandbox, tmp_path: Path, site: Site
) -> None:
    site.says(HTML, "/ferry")
    (tmp_path / "knowledge").mkdir()
    sources = f"sources:\n- {{id: ferry, address: '{site.url('/ferry')}', every: 1h}}\n"
    (tmp_path / "knowledge" / "sources.yaml").write_text(sources, "utf-8")
    log = discord.add_channel("log")
    with open_place(tmp_path, site) as opened:
        place = opened.with_(log_channel=log.id, scheduled=True)
        async with served(place, discord):
            mona, ada = moderator(discord), discord.user("Ada")
            await discord.until(lambda: lines(discord, log))
            [line] = lines(discord, log)
            refused = await press(discord, ada, line, "open", until="Only moderators")
            shown = await press(discord, mona, line, "open", until="To be published: Refresh")
            await press(discord, mona, shown, "publish", until="Published: revision 2·")
            await discord.until(lambda: len(lines(discord, log)) == 2)

    assert line.text.startswith("**Refresh** waits for a moderator: 1 new, from ferry")
    assert refused.ephemeral
    assert mona.mention in lines(discord, log)[1].text


async def test_the_same_is_not_told_twice_and_errors_are(discord: Sandbox, place: Place) -> None:
    log = discord.add_channel("log")
    place = place.with_(log_channel=log.id)
    async with served(place, discord) as client:
        announcer = Announcer(client, place.desk, place.office)
        proposal = place.office.publisher.remove("bread", why="By hand")
        for _ in range(2):
            await announcer.tell(Told(edits=proposal))
        await announcer.tell(Told(error="The store is *broken*."))

    waits, failed = lines(discord, log)
    assert "waits for a moderator: By hand" in waits.text
    assert "The store is \\*broken\\*." in failed.text
    assert len(place.office.previews.waiting()) == 1
