from __future__ import annotations

import asyncio

import discord

from bot.sandbox import File, Intent, MessageFlag, Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online, pointed_at


async def test_a_mention_is_answered_with_a_reply(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")

    reply = await sandbox.say(ada, sandbox.channel, f"{sandbox.bot.mention} hello")

    assert reply.text == f"You said: {sandbox.bot.mention} hello"
    assert reply.reply_to is not None
    assert reply.reply_to.author is ada
    assert reply.mentions == []
    assert any(event.kind == "typing" for event in sandbox.events.log)


async def test_a_reply_to_the_bot_counts_as_a_mention_if_it_pings(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    ada = sandbox.user("Ada")
    first = await sandbox.say(ada, sandbox.channel, f"{sandbox.bot.mention} one")

    quiet = sandbox.post(ada, sandbox.channel, "two", reply_to=first, ping=False)
    answer = await sandbox.say(ada, sandbox.channel, "three", reply_to=first)

    assert answer.text == "You said: three"
    assert quiet.replies == []


async def test_a_stranger_can_write_directly(sandbox: Sandbox, bot: SmallBot) -> None:
    eve = sandbox.user("Eve", member=False)

    reply = await sandbox.say(eve, sandbox.direct(eve), "psst")

    assert reply.text == "You said: psst"


async def test_a_mention_in_a_thread_is_answered_there(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")
    thread = sandbox.thread(ada, sandbox.channel, "aside")

    reply = await sandbox.say(ada, thread, f"{sandbox.bot.mention} here")

    assert reply.channel is thread
    assert isinstance((await bot.saw(1))[0].channel, discord.Thread)


async def test_what_people_write_is_hidden_unless_it_concerns_the_bot(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    ada = sandbox.user("Ada")
    sandbox.post(ada, sandbox.channel, "a secret", files=[File("a.txt", b"a")])
    await sandbox.say(ada, sandbox.channel, f"{sandbox.bot.mention} not secret")

    hidden, addressed, own = await bot.saw(3)
    assert (hidden.content, hidden.attachments) == ("", [])
    assert addressed.content == f"{sandbox.bot.mention} not secret"
    assert own.content.startswith("You said")


async def test_with_the_message_content_intent_everything_can_be_read() -> None:
    allowed = Intent.MESSAGE_CONTENT
    async with Sandbox(privileged_intents=allowed) as sandbox:
        with pointed_at(sandbox):
            intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
            async with online(SmallBot(intents), sandbox) as bot:
                ada = sandbox.user("Ada")
                sandbox.post(ada, sandbox.channel, "no secret")
                await sandbox.say(ada, sandbox.channel, f"{sandbox.bot.mention} hi")

                assert (await bot.saw(1))[0].content == "no secret"


async def test_messages_are_sent_only_to_bots_that_asked_for_them(sandbox: Sandbox) -> None:
    async with online(SmallBot(discord.Intents(guilds=True, dm_messages=True)), sandbox) as bot:
        ada = sandbox.user("Ada")
        sandbox.post(ada, sandbox.channel, f"{sandbox.bot.mention} in the channel")
        await sandbox.say(ada, sandbox.direct(ada), "directly")

        assert [message.guild for message in await bot.saw(2)] == [None, None]


async def test_nobody_is_pinged_unless_the_bot_allows_it(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")
    channel = bot.get_channel(sandbox.channel.id)
    assert isinstance(channel, discord.TextChannel)

    await channel.send(f"{ada.mention} @everyone")
    await channel.send(ada.mention, allowed_mentions=discord.AllowedMentions(users=True))

    silent, loud = sandbox.messages()
    assert (silent.mentions, silent.mentions_everyone) == ([], False)
    assert loud.mentions == [ada]


async def test_messages_are_edited_read_back_and_deleted(sandbox: Sandbox, bot: SmallBot) -> None:
    channel = bot.get_channel(sandbox.channel.id)
    assert isinstance(channel, discord.TextChannel)
    first = await channel.send("first", file=discord.File(__file__, "a.py"))
    second = await channel.send("second")

    await first.edit(content="changed", attachments=[])
    await second.delete()

    assert [message.text for message in sandbox.messages()] == ["changed"]
    assert sandbox.messages()[0].attachments == []
    assert [message.content async for message in channel.history()] == ["changed"]
    assert (await channel.fetch_message(first.id)).edited_at is not None


async def test_a_bot_opens_a_direct_conversation_of_its_own_accord(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    ada = sandbox.user("Ada")

    user = discord.Object(ada.id)
    room = await bot.create_dm(user)
    await room.send("A notice")

    assert [message.text for message in sandbox.messages(sandbox.direct(ada))] == ["A notice"]


async def test_a_message_keeps_its_layout_flag_when_it_is_edited(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    exchange = await sandbox.slash(sandbox.user("Ada"), "gallery")
    assert exchange.message is not None
    channel = bot.get_channel(sandbox.channel.id)
    assert isinstance(channel, discord.TextChannel)

    message = await channel.fetch_message(exchange.message.id)
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("Plain now"))
    await message.edit(view=view, attachments=[])

    assert exchange.message.text == "Plain now"
    assert exchange.message.flags & MessageFlag.COMPONENTS_V2


async def test_forty_mentions_at_once_are_each_answered(sandbox: Sandbox, bot: SmallBot) -> None:
    people = [sandbox.user(f"Person{n}") for n in range(40)]

    replies = await asyncio.gather(
        *(
            sandbox.say(person, sandbox.channel, f"{sandbox.bot.mention} {person.name}")
            for person in people
        )
    )

    assert [reply.text.split()[-1] for reply in replies] == [person.name for person in people]


async def test_whoever_follows_the_events_sees_messages_as_they_come(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    async def first_message() -> object:
        async for event in sandbox.events.follow():
            if event.kind == "message_created":
                return event.subject
        return None

    watching = asyncio.create_task(first_message())
    await asyncio.sleep(0)
    said = sandbox.post(sandbox.user("Ada"), sandbox.channel, "look")

    async with asyncio.timeout(5):
        assert await watching is said
