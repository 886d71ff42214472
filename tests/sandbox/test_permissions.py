from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import File, NotOfferedError, Permission, Role, Sandbox
from bot.sandbox.guilds import Guild, Member
from bot.sandbox.model import Channel, ChannelKind, User
from bot.sandbox.permissions import EVERYTHING, Overwrite
from tests.sandbox.wide_bot import WideBot


@pytest.fixture
async def channel(sandbox: Sandbox, wide: WideBot) -> discord.TextChannel:
    found = wide.get_channel(sandbox.channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def refusal(sending: object) -> int:
    assert asyncio.iscoroutine(sending)
    with pytest.raises(discord.Forbidden) as caught:
        await sending
    return caught.value.code


async def test_without_send_messages_the_bot_cannot_write_but_still_answers(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    sandbox.overwrite(sandbox.channel, deny=Permission.SEND_MESSAGES)

    assert await refusal(channel.send("no")) == 50013
    assert await refusal(channel.typing().__aenter__()) == 50013
    exchange = await sandbox.slash(sandbox.user("Ada"), "where")

    assert exchange.text == "here"
    assert not (await wide.seen.get()).app_permissions.send_messages
    assert (await wide.next_event())[0] == "channel"
    assert not channel.permissions_for(channel.guild.me).send_messages


async def test_a_thread_asks_for_a_permission_of_its_own(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    thread = sandbox.thread(sandbox.user("Ada"), sandbox.channel, "aside")
    place = wide.get_partial_messageable(thread.id)

    sandbox.overwrite(sandbox.channel, deny=Permission.SEND_MESSAGES)
    await place.send("in the thread")
    sandbox.overwrite(sandbox.channel, deny=Permission.SEND_MESSAGES_IN_THREADS)

    assert await refusal(place.send("no")) == 50013
    await channel.send("beside it")


async def test_a_hidden_channel_is_out_of_reach_and_silent(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    ada = sandbox.user("Ada")
    sandbox.overwrite(sandbox.channel, deny=Permission.VIEW_CHANNEL)

    assert await refusal(channel.send("no")) == 50001
    assert await refusal(channel.fetch_message(1)) == 50001
    sandbox.post(ada, sandbox.channel, f"{sandbox.bot.mention} psst")
    exchange = await sandbox.slash(ada, "ping")

    assert exchange.text == "pong"
    assert wide.inbox.empty()


async def test_files_need_a_permission_and_answers_do_not(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    sandbox.overwrite(sandbox.channel, deny=Permission.ATTACH_FILES)

    assert await refusal(channel.send("a", file=discord.File(io.BytesIO(b"a"), "a.txt"))) == 50013
    exchange = await sandbox.slash(sandbox.user("Ada"), "picture")

    assert [one.file.name for one in exchange.messages[0].attachments] == ["line.png", "data.csv"]


async def test_embeds_without_the_permission_vanish_or_are_refused_alone(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    sandbox.overwrite(sandbox.channel, deny=Permission.EMBED_LINKS)
    embed = discord.Embed(title="Seen?")

    sent = await channel.send("text", embed=embed)
    edited = await sent.edit(content="new text", embed=embed)

    assert (sent.embeds, edited.embeds) == ([], [])
    assert sandbox.messages()[0].text == "new text"
    assert await refusal(channel.send(embed=embed)) == 50013


async def test_without_history_nothing_can_be_replied_to_or_read(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel
) -> None:
    sandbox.overwrite(sandbox.channel, deny=Permission.READ_MESSAGE_HISTORY)
    said = sandbox.post(sandbox.user("Ada"), sandbox.channel, "first")

    assert await refusal(channel.get_partial_message(said.id).reply("no")) == 160002
    assert await refusal(channel.fetch_message(said.id)) == 50013
    assert [message async for message in channel.history()] == []
    await channel.send("no reply, only words")


async def test_the_screen_of_a_person_without_permissions_offers_less(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, eve = sandbox.user("Ada"), sandbox.user("Eve")
    message = (await sandbox.slash(ada, "where")).messages[0]
    sandbox.overwrite(sandbox.channel, eve, deny=Permission.SEND_MESSAGES)
    with pytest.raises(NotOfferedError, match="SEND_MESSAGES"):
        sandbox.post(eve, sandbox.channel, "no")

    sandbox.overwrite(sandbox.channel, eve, deny=Permission.ATTACH_FILES)
    with pytest.raises(NotOfferedError, match="ATTACH_FILES"):
        sandbox.post(eve, sandbox.channel, "a", files=[File("a", b"a")])

    sandbox.overwrite(sandbox.channel, eve, deny=Permission.USE_APPLICATION_COMMANDS)
    assert sandbox.offered(eve) == []
    with pytest.raises(NotOfferedError, match="may not use commands"):
        await sandbox.slash(eve, "where")

    sandbox.overwrite(sandbox.channel, eve, deny=Permission.VIEW_CHANNEL)
    with pytest.raises(NotOfferedError, match="access"):
        await sandbox.press(eve, message, "again")


@pytest.mark.parametrize(
    ("allow", "deny"),
    [
        (0, 0),
        (0, Permission.EMBED_LINKS | Permission.ATTACH_FILES),
        (Permission.MANAGE_MESSAGES, Permission.ADD_REACTIONS),
        (Permission.MANAGE_THREADS | Permission.MENTION_EVERYONE, 0),
    ],
)
async def test_the_bot_works_out_the_same_permissions_as_interactions_tell(
    sandbox: Sandbox, wide: WideBot, channel: discord.TextChannel, allow: int, deny: int
) -> None:
    sandbox.overwrite(sandbox.channel, sandbox.guild.everyone, allow=deny, deny=allow)
    sandbox.overwrite(sandbox.channel, allow=allow, deny=deny)
    for _ in range(2):
        assert (await wide.next_event())[0] == "channel"

    await sandbox.slash(sandbox.user("Ada"), "where")

    told = (await wide.seen.get()).app_permissions
    assert told == channel.permissions_for(channel.guild.me)


bits = st.integers(0, (1 << 18) - 1).map(lambda n: n & ~int(Permission.ADMINISTRATOR))


def guild_with(everyone: int, of_role: int) -> tuple[Guild, User, Channel]:
    user = User(2, "Ada")
    role = Role(3, "role", of_role)
    guild = Guild(1, "G", User(9, "Owner"), Role(1, "@everyone", everyone))
    guild.members = {2: Member(user, datetime.now(UTC), [role])}
    channel = Channel(4, ChannelKind.TEXT, "c", 1)
    guild.channels[4] = channel
    return guild, user, channel


@given(everyone=bits, of_role=bits, deny=bits, allow=bits)
def test_what_a_channel_allows_a_member_beats_what_it_denies_to_others(
    everyone: int, of_role: int, deny: int, allow: int
) -> None:
    guild, user, channel = guild_with(everyone, of_role)
    channel.overwrites = {
        1: Overwrite(1, for_role=True, deny=deny),
        3: Overwrite(3, for_role=True, deny=deny),
        2: Overwrite(2, for_role=False, allow=allow),
    }
    thread = Channel(5, ChannelKind.THREAD, "t", 1, parent_id=4)

    held = guild.permissions_of(user, channel)

    assert held == ((everyone | of_role) & ~deny) | allow
    assert guild.permissions_of(user, thread) == held
    assert guild.permissions_of(user) == everyone | of_role
    assert guild.everybodys_permissions(channel) == everyone & ~deny


@given(everyone=bits, allow=bits)
def test_a_role_is_allowed_what_everybody_is_denied(everyone: int, allow: int) -> None:
    guild, user, channel = guild_with(everyone, 0)
    channel.overwrites = {
        3: Overwrite(3, for_role=True, allow=allow),
        1: Overwrite(1, for_role=True, deny=EVERYTHING),
    }

    assert guild.permissions_of(user, channel) == allow


@given(deny=bits)
def test_administrators_and_owners_lack_nothing_and_strangers_have_nothing(deny: int) -> None:
    guild, user, channel = guild_with(0, Permission.ADMINISTRATOR)
    guild.members[9] = Member(guild.owner, datetime.now(UTC))
    channel.overwrites = {1: Overwrite(1, for_role=True, deny=deny)}

    assert guild.permissions_of(user, channel) == EVERYTHING
    assert guild.permissions_of(guild.owner, channel) == EVERYTHING
    assert guild.permissions_of(User(7, "Eve"), channel) == 0
