from __future__ import annotations

import asyncio

import discord
import pytest

from bot.sandbox import Exchange, NotOfferedError, Permission, Sandbox
from tests.sandbox.wide_bot import WideBot

PRIVATE = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE


async def latest(bot: WideBot) -> discord.Interaction:
    async with asyncio.timeout(5):
        return await bot.seen.get()


async def test_in_a_guild_an_interaction_tells_guild_member_and_installation(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada = sandbox.user("Ada", locale="it")

    await sandbox.slash(ada, "where")

    seen = await latest(wide)
    assert seen.context.guild
    assert seen.guild_id == sandbox.guild.id
    assert isinstance(seen.user, discord.Member)
    assert (seen.locale, seen.guild_locale) == (discord.Locale.italian, discord.Locale("en-US"))
    assert seen.is_guild_integration()
    assert not seen.is_user_integration()
    assert seen.app_permissions.send_messages


async def test_in_a_guild_without_the_bot_only_those_who_installed_it_find_it(
    sandbox: Sandbox, wide: WideBot
) -> None:
    elsewhere = sandbox.add_guild("Elsewhere", with_bot=False)
    ada = sandbox.user("Ada", guild=elsewhere)

    with pytest.raises(NotOfferedError, match="no installation"):
        await sandbox.slash(ada, "where", channel=elsewhere.channel)
    sandbox.install(ada)
    exchange = await sandbox.slash(ada, "where", channel=elsewhere.channel)

    seen = await latest(wide)
    assert seen.guild_id == elsewhere.id
    assert wide.get_guild(elsewhere.id) is None
    assert seen.guild is not None
    assert seen.guild.name == ""
    assert isinstance(seen.channel, discord.TextChannel)
    assert isinstance(seen.user, discord.Member)
    assert seen.is_user_integration()
    assert not seen.is_guild_integration()
    assert exchange.owners == {"1": str(ada.id)}
    assert exchange.text == "here"
    assert wide.inbox.empty()


async def test_who_installed_the_app_and_is_where_the_bot_is_has_both(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada = sandbox.user("Ada")
    sandbox.install(ada)

    exchange = await sandbox.slash(ada, "where")

    assert exchange.owners == {"0": str(sandbox.guild.id), "1": str(ada.id)}


async def test_in_a_direct_conversation_there_is_a_user_and_no_guild(
    sandbox: Sandbox, wide: WideBot
) -> None:
    eve = sandbox.user("Eve", member=False)

    exchange = await sandbox.slash(eve, "where", channel=sandbox.direct(eve))

    seen = await latest(wide)
    assert seen.context.dm_channel
    assert seen.guild_id is None
    assert isinstance(seen.user, discord.User)
    assert isinstance(seen.channel, discord.DMChannel)
    assert exchange.owners == {"0": "0"}
    assert seen.app_permissions.value == PRIVATE | Permission.USE_EXTERNAL_EMOJIS


@pytest.mark.parametrize("size", [2, 3])
async def test_between_other_people_the_app_answers_whoever_brought_it(
    sandbox: Sandbox, wide: WideBot, size: int
) -> None:
    people = [sandbox.user(f"Person{n}", member=False) for n in range(size)]
    room = sandbox.private(*people)
    sandbox.install(people[0])

    exchange = await sandbox.slash(people[0], "where", channel=room)
    said = sandbox.post(people[1], room, f"{sandbox.bot.mention} between us")

    seen = await latest(wide)
    assert seen.context.private_channel
    kinds = {2: discord.DMChannel, 3: discord.GroupChannel}
    assert isinstance(seen.channel, kinds[size])
    assert seen.app_permissions.value == PRIVATE
    assert sandbox.messages(room) == [exchange.message, said]
    assert wide.inbox.empty()
    with pytest.raises(NotOfferedError, match="no installation"):
        await sandbox.slash(people[1], "where", channel=room)
    with pytest.raises(NotOfferedError, match="access"):
        sandbox.post(sandbox.user("Eve"), room, "let me in")


async def test_whoever_presses_in_a_private_conversation_the_owner_stays_who_brought_it(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, bob = sandbox.user("Ada", member=False), sandbox.user("Bob", member=False)
    sandbox.install(ada)
    shown = (await sandbox.slash(ada, "where", channel=sandbox.private(ada, bob))).messages[0]
    pressing = asyncio.create_task(sandbox.press(bob, shown, "again"))
    async with asyncio.timeout(5):
        seen = await wide.wait_for("interaction", check=lambda i: i.user.id == bob.id)
    pressing.cancel()

    assert seen.message is not None
    assert seen.message.interaction_metadata is not None
    assert seen.message.interaction_metadata.user.id == ada.id
    assert seen.message.interaction_metadata.is_user_integration()
    assert not seen.is_user_integration(), "Bob installed nothing"
    assert seen.message.id == shown.id
    opened = [e.subject for e in sandbox.events.log if e.kind == "interaction_opened"]
    assert [e.owners for e in opened if isinstance(e, Exchange)] == [{"1": str(ada.id)}] * 2


async def test_commands_are_offered_where_they_were_registered_for(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada = sandbox.user("Ada")
    direct, names = sandbox.direct(ada), {"where", "mine", "guilds_only", "ping"}

    def found() -> list[set[str]]:
        rooms = (sandbox.channel, direct)
        return [names & {one.name for one in sandbox.offered(ada, room)} for room in rooms]

    assert found() == [{"where", "guilds_only", "ping"}, {"where", "ping"}]
    sandbox.install(ada)
    assert found() == [names, {"where", "mine", "ping"}]
    with pytest.raises(NotOfferedError, match="kind of channel"):
        await sandbox.slash(ada, "guilds_only", channel=direct)


async def test_five_follow_ups_are_all_that_an_installation_for_oneself_allows(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada = sandbox.user("Ada", member=False)
    sandbox.install(ada)
    room = sandbox.private(ada, sandbox.user("Bob"))

    exchange = await sandbox.slash(ada, "many", channel=room, times=6)

    async with asyncio.timeout(5):
        error = await wide.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert error.code == 40094
    assert len(exchange.followups) == 5


async def test_a_guild_may_keep_outside_apps_quiet(sandbox: Sandbox, wide: WideBot) -> None:
    elsewhere = sandbox.add_guild("Elsewhere", with_bot=False)
    ada = sandbox.user("Ada", guild=elsewhere)
    sandbox.install(ada)
    sandbox.overwrite(elsewhere.channel, elsewhere.everyone, deny=Permission.USE_EXTERNAL_APPS)

    exchange = await sandbox.slash(ada, "where", channel=elsewhere.channel)

    assert exchange.messages[0].visible_to is ada


async def test_a_second_guild_of_the_bot_is_as_the_first(sandbox: Sandbox, wide: WideBot) -> None:
    second = sandbox.add_guild("Second")
    assert (await wide.next_event())[0] == "joined"
    ada = sandbox.user("Ada", guild=second)

    reply = await sandbox.say(ada, second.channel, f"{sandbox.bot.mention} hi")
    await sandbox.slash(ada, "where", channel=second.channel)

    assert reply.channel is second.channel
    assert (await latest(wide)).guild_id == second.id
    with pytest.raises(NotOfferedError, match="access"):
        sandbox.post(ada, sandbox.channel, "I am not there")
    sandbox.join(ada, sandbox.guild)
    sandbox.post(ada, sandbox.channel, "now I am")


async def test_a_guild_without_the_bot_is_closed_to_it(sandbox: Sandbox, wide: WideBot) -> None:
    elsewhere = sandbox.add_guild("Elsewhere", with_bot=False)

    with pytest.raises(discord.Forbidden) as caught:
        await wide.get_partial_messageable(elsewhere.channel.id).send("hello?")
    with pytest.raises(discord.Forbidden) as registering:
        await wide.tree.sync(guild=discord.Object(elsewhere.id))

    assert (caught.value.code, registering.value.code) == (50001, 50001)
