from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online, pointed_at


@pytest.fixture
async def channel(sandbox: Sandbox, bot: SmallBot) -> discord.TextChannel:
    found = bot.get_channel(sandbox.channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_rate_limit_of_discords_own_is_waited_for(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    sandbox.faults.rate_limit("POST /channels/*/messages", retry_after=0.01, times=2)

    await channel.send("at last")

    statuses = [r.status for r in sandbox.requests if r.path.endswith("/messages")]
    assert statuses == [429, 429, 200]


async def test_a_rate_limit_from_before_discord_is_an_error_at_once(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    sandbox.faults.rate_limit("POST /channels/*/messages", from_discord=False)

    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("never")

    assert caught.value.status == 429


async def test_a_server_error_is_tried_again(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    sandbox.faults.fail("POST /channels/*/messages", status=500)

    await channel.send("at last")

    assert [message.text for message in sandbox.messages()] == ["at last"]


async def test_a_message_that_is_too_long_is_refused_with_the_field_that_is(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    await sandbox.slash(sandbox.user("Ada"), "echo", text="x" * 1001, times=2)

    error = await bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (400, 50035)
    assert "In data.content: Must be 2000 or fewer in length." in error.text
    refused = next(request for request in sandbox.requests if request.problems)
    assert [problem.path for problem in refused.problems] == [("data", "content")]
    sandbox.requests.remove(refused)


async def test_an_empty_message_is_refused(channel: discord.TextChannel) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("  ")

    assert caught.value.code == 50006


async def test_text_beside_a_layout_is_refused(channel: discord.TextChannel) -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("Shown"))
    message = await channel.send(view=view)

    with pytest.raises(discord.HTTPException) as caught:
        await message.edit(content="Not shown")

    assert "MessageFlags.IS_COMPONENTS_V2" in caught.value.text


async def test_an_improper_command_fails_the_registration_of_all(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    before = sandbox.commands

    @bot.tree.command(description="d" * 101)
    async def wordy(interaction: discord.Interaction) -> None:
        return

    with pytest.raises(discord.app_commands.CommandSyncFailure):
        await bot.tree.sync()

    assert sandbox.commands == before
    sandbox.requests.pop()


async def test_a_chosen_refusal_reaches_the_bot_with_its_code(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    sandbox.faults.fail(
        "POST /channels/*/messages", status=403, code=50013, message="Missing Permissions"
    )

    with pytest.raises(discord.Forbidden) as caught:
        await channel.send("never")

    assert caught.value.code == 50013


async def test_requests_can_be_held_back_and_let_go(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    hold = sandbox.faults.hold("POST /channels/*/messages")
    sending = asyncio.create_task(channel.send("held"))

    async with asyncio.timeout(5):
        await hold.reached.wait()
    assert sandbox.messages() == []
    hold.release()
    await sending

    assert [message.text for message in sandbox.messages()] == ["held"]


async def test_slow_answers_and_cleared_trouble_still_arrive(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    sandbox.faults.slow("POST /channels/*/messages", seconds=0.01)
    await channel.send("slowly")
    sandbox.faults.fail("POST /channels/*/messages", status=403)
    sandbox.faults.clear()
    await channel.send("quickly")

    assert [message.text for message in sandbox.messages()] == ["slowly", "quickly"]


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def timed() -> AsyncIterator[tuple[Sandbox, SmallBot, Clock]]:
    clock = Clock()
    async with Sandbox(clock=clock) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox) as bot:
                yield sandbox, bot, clock


async def test_an_answer_after_three_seconds_is_for_an_unknown_interaction(
    timed: tuple[Sandbox, SmallBot, Clock],
) -> None:
    sandbox, bot, clock = timed
    hold = sandbox.faults.hold("POST /interactions/*/callback")
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "ping"))
    async with asyncio.timeout(5):
        await hold.reached.wait()
    clock.now += 3.1
    hold.release()
    await sandbox.until(lambda: any(r.status == 404 for r in sandbox.requests))
    asking.cancel()

    code = await error_code(bot)
    assert code == 10062


async def error_code(bot: SmallBot) -> int:
    async with asyncio.timeout(5):
        error = await bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    return error.code


async def test_a_token_is_worth_nothing_after_a_quarter_of_an_hour(
    timed: tuple[Sandbox, SmallBot, Clock],
) -> None:
    sandbox, bot, clock = timed
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "slow", wait=True))
    await sandbox.until(lambda: any(m.loading for m in sandbox.messages()))
    clock.now += 901
    bot.go_on.set()

    assert await error_code(bot) == 50027
    asking.cancel()


async def test_the_time_an_answer_took_is_kept(
    timed: tuple[Sandbox, SmallBot, Clock],
) -> None:
    sandbox, bot, clock = timed
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "slow", wait=True))
    await sandbox.until(lambda: any(m.loading for m in sandbox.messages()))
    clock.now += 7
    bot.go_on.set()
    exchange = await asking

    assert (exchange.answered_after, exchange.settled_after) == (0, 7)


async def test_a_file_larger_than_discord_takes_is_refused(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    large = discord.File(io.BytesIO(bytes(10 * 1024 * 1024 + 1)), "large.bin")

    with pytest.raises(discord.HTTPException) as caught:
        await channel.send(file=large)

    assert caught.value.code == 50035


async def test_a_second_first_answer_is_refused(sandbox: Sandbox, bot: SmallBot) -> None:
    exchange = await sandbox.slash(sandbox.user("Ada"), "ping")
    path = f"/interactions/{exchange.id}/{exchange.token}/callback"

    status, body = await call(sandbox, "POST", path, {"type": 4, "data": {"content": "again"}})

    assert (status, body["code"]) == (400, 40060)
    assert exchange.text == "pong"


async def test_a_follow_up_before_the_first_answer_finds_no_webhook() -> None:
    async with Sandbox(first_answer_within=0.05) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox):
                exchange = await sandbox.slash(sandbox.user("Ada"), "silent")
        path = f"/webhooks/{sandbox.bot.id}/{exchange.token}"

        status, body = await call(sandbox, "POST", path, {"content": "too early"})

    assert (status, body["code"]) == (404, 10015)


async def test_the_first_follow_up_takes_the_place_of_the_spinner(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "slow", wait=True))
    await sandbox.until(lambda: any(m.loading for m in sandbox.messages()))
    spinner = sandbox.messages()[0]
    answer = next(r for r in sandbox.requests if r.path.endswith("callback"))
    token = answer.path.split("/")[3]

    await call(sandbox, "POST", f"/webhooks/{sandbox.bot.id}/{token}", {"content": "Here"})
    exchange = await asking

    assert exchange.message is spinner
    assert spinner.text == "Here"
    assert spinner.ephemeral


async def test_an_answer_that_does_not_fit_the_question_is_refused(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    hold = sandbox.faults.hold("POST /interactions/*/callback")
    asking = asyncio.create_task(sandbox.slash(sandbox.user("Ada"), "ping"))
    async with asyncio.timeout(5):
        await hold.reached.wait()
    path = sandbox.requests[-1].path

    status, body = await call(sandbox, "POST", path, {"type": 8, "data": {"choices": []}})
    hold.release()

    assert (status, body["code"]) == (400, 50035)
    assert (await asking).text == "pong"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/channels/1/messages", 404, 10003),
        ("/channels/{channel}/messages/1", 404, 10008),
        ("/channels/{channel}/messages/one", 400, 50035),
        ("/no/such/route", 404, 0),
    ],
)
async def test_what_does_not_exist_is_refused_with_its_code(
    path: str, status: int, code: int
) -> None:
    async with Sandbox() as sandbox:
        where = path.format(channel=sandbox.channel.id)
        answered, body = await call(sandbox, "GET", where)

    assert (answered, body["code"]) == (status, code)


async def test_a_bot_changes_only_its_own_messages() -> None:
    async with Sandbox() as sandbox:
        said = sandbox.post(sandbox.user("Ada"), sandbox.channel, "mine")
        path = f"/channels/{sandbox.channel.id}/messages/{said.id}"

        assert (await call(sandbox, "PATCH", path, {"content": "yours"}))[1]["code"] == 50005
        assert (await call(sandbox, "DELETE", path))[1]["code"] == 50013
        assert said.text == "mine"


async def test_nothing_is_told_without_the_token() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        async with session.get(sandbox.api_url + "/users/@me") as answer:
            assert answer.status == 401
            assert answer.headers["Content-Type"] == "application/json"
            assert answer.headers["X-RateLimit-Remaining"] == "999"
        assert not sandbox.requests[0].authorized


async def call(
    sandbox: Sandbox, method: str, path: str, body: object = None
) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, sandbox.api_url + path, json=body) as answer,
    ):
        return answer.status, await answer.json()
