from __future__ import annotations

import asyncio

import pytest

from bot.sandbox import CallbackKind, File, NotOfferedError, Permission, Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online


async def test_a_bot_logs_in_registers_its_commands_and_sees_the_guild(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    assert bot.user is not None
    assert bot.user.id == sandbox.bot.id
    assert [guild.name for guild in bot.guilds] == [sandbox.guild.name]
    assert {"ping", "knowledge", "Quote this"} <= {command.name for command in sandbox.commands}


async def test_a_wrong_token_is_turned_away(sandbox: Sandbox) -> None:
    import discord

    client = SmallBot()
    async with client:
        with pytest.raises(discord.LoginFailure):
            await client.login("not the token")


async def test_a_slash_command_is_answered_in_the_channel(sandbox: Sandbox, bot: SmallBot) -> None:
    exchange = await sandbox.slash(sandbox.user("Ada"), "echo", text="na", times=2)

    assert exchange.callback is CallbackKind.MESSAGE
    assert not exchange.deferred
    assert not exchange.ephemeral
    assert exchange.text == "nana"
    assert exchange.messages == sandbox.messages()


async def test_a_deferred_answer_is_edited_in_and_followed_up_by_a_file(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    waiting = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "slow", wait=True))
    await sandbox.until(lambda: any(m.loading for m in sandbox.messages()))
    bot.go_on.set()
    exchange = await waiting
    await sandbox.until(lambda: exchange.followups)

    assert exchange.callback is CallbackKind.DEFERRED_MESSAGE
    assert exchange.ephemeral
    assert [message.text for message in exchange.messages] == ["Thought about it", "And"]
    assert exchange.followups[0].attachments[0].file.data == b"more"
    assert exchange.followups[0].reply_to is exchange.message


async def test_a_command_without_an_answer_leaves_the_person_with_nothing() -> None:
    from tests.support.wire import pointed_at

    async with Sandbox(first_answer_within=0.2) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox):
                exchange = await sandbox.slash(sandbox.user("Ada"), "silent")

    assert not exchange.answered
    assert exchange.messages == []


async def test_choices_are_offered_while_somebody_types(sandbox: Sandbox, bot: SmallBot) -> None:
    moderator = sandbox.user("Mo", permissions=Permission.MANAGE_GUILD)

    exchange = await sandbox.autocomplete(moderator, "knowledge find", "thing", "ap")

    assert exchange.callback is CallbackKind.CHOICES
    assert [choice["value"] for choice in exchange.choices] == ["apple", "apricot"]


async def test_a_command_in_a_group_gets_its_options(sandbox: Sandbox, bot: SmallBot) -> None:
    moderator = sandbox.user("Mo", permissions=Permission.MANAGE_GUILD)

    exchange = await sandbox.slash(moderator, "knowledge find", thing="pear")

    assert exchange.text == "Found pear"


async def test_a_command_for_moderators_is_hidden_from_others_until_an_admin_opens_it(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    moderator = sandbox.user("Mo", permissions=Permission.MANAGE_GUILD)
    anyone = sandbox.user("Ada")

    assert (await sandbox.slash(moderator, "knowledge refresh")).text == "Fresh"
    with pytest.raises(NotOfferedError):
        await sandbox.slash(anyone, "knowledge refresh")
    sandbox.lift_permissions("knowledge")
    assert (await sandbox.slash(anyone, "knowledge refresh")).text == "You may not"


async def test_a_guild_command_is_hidden_in_a_direct_conversation(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    stranger = sandbox.user("Eve", member=False)
    room = sandbox.direct(stranger)

    assert (await sandbox.slash(stranger, "ping", channel=room)).text == "pong"
    with pytest.raises(NotOfferedError):
        await sandbox.slash(stranger, "knowledge refresh", channel=room)
    with pytest.raises(NotOfferedError):
        await sandbox.slash(stranger, "ping")


async def test_input_that_the_app_would_not_send_is_refused(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    ada = sandbox.user("Ada")

    with pytest.raises(ValueError, match="'text' is required"):
        await sandbox.slash(ada, "echo")
    with pytest.raises(ValueError, match="'times' has a value of 4"):
        await sandbox.slash(ada, "echo", text="a", times=4)
    with pytest.raises(ValueError, match="'text' cannot be 5"):
        await sandbox.slash(ada, "echo", text=5)
    with pytest.raises(LookupError, match="no 'volume'"):
        await sandbox.slash(ada, "echo", text="a", volume=1)


async def test_a_message_command_gets_the_message(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")
    said = sandbox.post(ada, sandbox.channel, "to be quoted")

    exchange = await sandbox.message_command(ada, "Quote this", said)

    assert exchange.text == "> to be quoted"


async def test_an_attached_file_can_be_read_by_the_bot(sandbox: Sandbox, bot: SmallBot) -> None:
    file = File("note.txt", b"a note", "text/plain")

    exchange = await sandbox.slash(sandbox.user("Ada"), "upload", file=file)

    assert exchange.text == "note.txt: a note"


async def test_a_layout_with_a_picture_comes_back_complete(sandbox: Sandbox, bot: SmallBot) -> None:
    exchange = await sandbox.slash(sandbox.user("Ada"), "gallery")

    assert exchange.message is not None
    picture = exchange.message.attachments[0]
    gallery = exchange.message.components[0]["components"][3]
    assert exchange.text == "# A card\nWith a button"
    assert gallery["items"][0]["media"]["url"] == picture.url


async def test_fifty_people_are_answered_at_once(sandbox: Sandbox, bot: SmallBot) -> None:
    people = [sandbox.user(f"Person{n}") for n in range(50)]

    exchanges = await asyncio.gather(
        *(sandbox.slash(person, "echo", text=person.name) for person in people)
    )

    assert [exchange.text for exchange in exchanges] == [person.name for person in people]
    assert [exchange.user for exchange in exchanges] == people


async def test_registering_the_same_commands_again_keeps_their_ids_and_versions(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    before = {(c.name, c.id, c.version) for c in sandbox.commands}

    await bot.tree.sync()

    assert {(c.name, c.id, c.version) for c in sandbox.commands} == before
    assert {command.id for command in await bot.tree.fetch_commands()} == {
        c.id for c in sandbox.commands
    }
