from __future__ import annotations

import asyncio

import discord
import pytest

from bot.sandbox import Channel, NotOfferedError, Permission, Sandbox, User
from tests.sandbox.wide_bot import WideBot


@pytest.fixture
def ada(sandbox: Sandbox) -> User:
    return sandbox.user("Ada")


@pytest.fixture
def thread(sandbox: Sandbox, ada: User, wide: WideBot) -> Channel:
    return sandbox.thread(ada, sandbox.channel, "aside")


async def code_of(error: type[discord.HTTPException], sending: object) -> int:
    assert asyncio.iscoroutine(sending)
    with pytest.raises(error) as caught:
        await sending
    return caught.value.code


async def test_a_message_wakes_an_archived_thread(
    sandbox: Sandbox, wide: WideBot, thread: Channel
) -> None:
    place = wide.get_partial_messageable(thread.id)
    message = await place.send("before")
    sandbox.archive(thread)
    assert thread.archived
    _, told = await wide.next_event()
    assert told.data["thread_metadata"]["archived"]

    assert await code_of(discord.HTTPException, message.edit(content="no")) == 50083
    await place.send("after")

    assert not thread.archived
    _, told = await wide.next_event()
    assert not told.data["thread_metadata"]["archived"]
    await message.edit(content="changed")
    assert [m.text for m in sandbox.messages(thread)] == ["changed", "after"]


async def test_a_locked_thread_stays_closed_to_all_but_moderators(
    sandbox: Sandbox, wide: WideBot, ada: User, thread: Channel
) -> None:
    place = wide.get_partial_messageable(thread.id)
    sandbox.archive(thread, locked=True)

    assert await code_of(discord.HTTPException, place.send("no")) == 50083
    with pytest.raises(NotOfferedError, match="locked"):
        sandbox.post(ada, thread, "no")
    with pytest.raises(NotOfferedError, match="archived"):
        await sandbox.slash(ada, "ping", channel=thread)
    moderator = sandbox.user("Mo", permissions=Permission.MANAGE_THREADS)
    sandbox.post(moderator, thread, "open again")

    assert not thread.archived
    await place.send("yes")


async def test_an_answer_that_is_late_finds_its_thread_locked(
    sandbox: Sandbox, wide: WideBot, ada: User, thread: Channel
) -> None:
    asking = asyncio.create_task(sandbox.slash(ada, "slow", channel=thread, wait=True))
    await sandbox.until(lambda: any(m.loading for m in sandbox.messages(thread)))
    sandbox.archive(thread, locked=True)
    wide.go_on.set()
    async with asyncio.timeout(5):
        error = await wide.errors.get()
    asking.cancel()

    assert isinstance(error, discord.HTTPException)
    assert error.code == 50083


async def test_only_threads_are_archived(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="not a thread"):
        sandbox.archive(sandbox.channel)


async def test_a_deleted_channel_takes_its_threads_along(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    channel = sandbox.add_channel("short-lived")
    thread = sandbox.thread(ada, channel, "aside")
    said = await wide.get_partial_messageable(thread.id).send("here")
    sandbox.delete_channel(channel)

    assert sorted([(await wide.next_event())[0] for _ in range(2)]) == [
        "channel gone",
        "thread gone",
    ]
    for place in (channel, thread):
        sending = wide.get_partial_messageable(place.id).send("no")
        assert await code_of(discord.NotFound, sending) == 10003
    assert await code_of(discord.NotFound, said.edit(content="no")) == 10003
    with pytest.raises(NotOfferedError, match="access"):
        sandbox.post(ada, channel, "no")


async def test_an_answer_that_is_late_finds_its_channel_gone(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    channel = sandbox.add_channel("short-lived")
    hold = sandbox.faults.hold("POST /interactions/*/callback")
    asking = asyncio.create_task(sandbox.slash(ada, "ping", channel=channel))
    async with asyncio.timeout(5):
        await hold.reached.wait()
    sandbox.delete_channel(channel)
    hold.release()
    async with asyncio.timeout(5):
        error = await wide.errors.get()
    asking.cancel()

    assert isinstance(error, discord.NotFound)
    assert error.code == 10003


async def test_an_answer_that_was_deleted_cannot_be_changed(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    asking = asyncio.create_task(sandbox.slash(ada, "where"))
    seen = await wide.seen.get()
    shown = (await asking).messages[0]
    moderator = sandbox.user("Mo", permissions=Permission.MANAGE_MESSAGES)
    sandbox.delete(moderator, shown)

    assert await code_of(discord.NotFound, seen.edit_original_response(content="no")) == 10008
    assert sandbox.messages() == []


async def test_a_reply_to_a_deleted_message_is_refused_unless_it_may_stand_alone(
    sandbox: Sandbox, wide: WideBot, ada: User
) -> None:
    said = sandbox.post(ada, sandbox.channel, "gone soon")
    message = wide.get_partial_messageable(sandbox.channel.id).get_partial_message(said.id)
    sandbox.delete(ada, said)

    assert await code_of(discord.HTTPException, message.reply("no")) == 50035
    reference = message.to_reference(fail_if_not_exists=False)
    await wide.get_partial_messageable(sandbox.channel.id).send("alone", reference=reference)

    assert [(m.text, m.reply_to) for m in sandbox.messages()] == [("alone", None)]
    for request in [r for r in sandbox.requests if r.problems]:
        sandbox.requests.remove(request)
