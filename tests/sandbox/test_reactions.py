from __future__ import annotations

import asyncio

import discord
import pytest

from bot.sandbox import Intent, NotOfferedError, Permission, Sandbox, User
from tests.sandbox.small_bot import SmallBot
from tests.sandbox.wide_bot import WideBot
from tests.support.wire import online, pointed_at


@pytest.fixture
def ada(sandbox: Sandbox) -> User:
    return sandbox.user("Ada")


@pytest.fixture
async def own(sandbox: Sandbox, wide: WideBot) -> discord.Message:
    return await wide.get_partial_messageable(sandbox.channel.id).send("mine")


async def test_the_bot_reacts_lists_and_takes_back(
    sandbox: Sandbox, wide: WideBot, ada: User, own: discord.Message
) -> None:
    message = sandbox.messages()[0]
    await own.add_reaction("👍")
    sandbox.react(ada, message, "👍")
    sandbox.react(ada, message, "👎")

    assert message.reactions == {"👍": [sandbox.bot, ada], "👎": [ada]}
    fetched = await own.channel.fetch_message(own.id)
    assert [(r.emoji, r.count, r.me) for r in fetched.reactions] == [
        ("👍", 2, True),
        ("👎", 1, False),
    ]
    assert {user.id async for user in fetched.reactions[0].users()} == {sandbox.bot.id, ada.id}
    await own.remove_reaction("👍", discord.Object(sandbox.bot.id))
    assert message.reactions["👍"] == [ada]


async def test_the_bot_hears_of_reactions(
    sandbox: Sandbox, wide: WideBot, ada: User, own: discord.Message
) -> None:
    message = sandbox.messages()[0]

    sandbox.react(ada, message, "👍")
    sandbox.react(ada, message, "👍")
    sandbox.unreact(ada, message, "👍")
    sandbox.unreact(ada, message, "👍")

    heard = [await wide.next_event() for _ in range(2)]
    assert [(kind, event.user_id, str(event.emoji)) for kind, event in heard] == [
        ("react", ada.id, "👍"),
        ("unreact", ada.id, "👍"),
    ]
    assert message.reactions == {}
    assert wide.heard.empty()


async def test_reactions_need_permissions(
    sandbox: Sandbox, wide: WideBot, ada: User, own: discord.Message
) -> None:
    message = sandbox.messages()[0]
    sandbox.react(ada, message, "👍")
    sandbox.overwrite(sandbox.channel, deny=Permission.ADD_REACTIONS)
    sandbox.overwrite(sandbox.channel, ada, deny=Permission.ADD_REACTIONS)

    await own.add_reaction("👍")
    sandbox.react(ada, message, "👍")
    for refused in (own.add_reaction("👎"), own.clear_reactions()):
        with pytest.raises(discord.Forbidden) as caught:
            await refused
        assert caught.value.code == 50013
    with pytest.raises(NotOfferedError, match="ADD_REACTIONS"):
        sandbox.react(ada, message, "👎")
    sandbox.overwrite(sandbox.channel, allow=Permission.MANAGE_MESSAGES)
    await own.remove_reaction("👍", discord.Object(ada.id))
    await own.clear_reactions()
    assert message.reactions == {}


@pytest.mark.parametrize("emoji", ["thumbsup", "name:123456789", "é"])
async def test_what_is_no_emoji_is_refused(own: discord.Message, emoji: str) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await own.add_reaction(emoji)

    assert caught.value.code == 10014


async def test_people_change_and_delete_what_they_wrote(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    bob = sandbox.user("Bob")
    said = sandbox.post(ada, sandbox.channel, f"{sandbox.bot.mention} teh")
    await sandbox.until(lambda: said.replies)
    sandbox.edit(ada, said, f"{sandbox.bot.mention} the")
    for forbidden in (sandbox.delete, lambda who, what: sandbox.edit(who, what, "mine")):
        with pytest.raises(NotOfferedError):
            forbidden(bob, said)
    sandbox.delete(ada, said)

    (edited, change), (deleted, gone) = [await wide.next_event() for _ in range(2)]
    assert (edited, deleted) == ("edit", "delete")
    assert change.message.content == f"{sandbox.bot.mention} the"
    assert change.message.edited_at is not None
    assert gone.message_id == said.id


async def test_an_edit_is_as_hidden_as_the_message(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    said = sandbox.post(ada, sandbox.channel, "a secret")
    sandbox.edit(ada, said, "a bigger secret")
    sandbox.edit(ada, said, f"{sandbox.bot.mention} no secret")

    first, second = [(await wide.next_event())[1].message.content for _ in range(2)]
    assert (first, second) == ("", f"{sandbox.bot.mention} no secret")


async def test_what_a_message_refers_to_and_what_is_fetched_are_hidden_alike(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    secret = sandbox.post(ada, sandbox.channel, "a secret")
    reply = await sandbox.say(
        sandbox.user("Bob"), sandbox.channel, f"{sandbox.bot.mention} is it?", reply_to=secret
    )
    sandbox.post(ada, sandbox.channel, "so", reply_to=reply)

    _, asked, _, answered = await wide.saw(4)
    assert asked.reference is not None
    assert isinstance(asked.reference.resolved, discord.Message)
    assert asked.reference.resolved.content == ""
    assert answered.reference is not None
    assert isinstance(answered.reference.resolved, discord.Message)
    assert answered.reference.resolved.content == reply.text
    fetched = await asked.channel.fetch_message(secret.id)
    assert fetched.content == ""


async def test_with_the_intent_for_content_what_is_fetched_can_be_read() -> None:
    async with Sandbox(privileged_intents=Intent.MESSAGE_CONTENT) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox) as bot:
                said = sandbox.post(sandbox.user("Ada"), sandbox.channel, "no secret")
                place = bot.get_partial_messageable(sandbox.channel.id)
                assert (await place.fetch_message(said.id)).content == "no secret"


async def test_the_typing_sign_is_recorded_with_its_place(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    thread = sandbox.thread(ada, sandbox.channel, "aside")

    async with asyncio.timeout(5), wide.get_partial_messageable(thread.id).typing():
        pass

    assert [e.subject for e in sandbox.events.log if e.kind == "typing"] == [thread]
