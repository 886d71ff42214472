"""The life of the client: registering, restarting, coming back, and stopping."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.client import run, serve
from bot.cogs.desk import Desk
from bot.config import Settings
from bot.errors import SettingsError
from bot.sandbox import Sandbox
from bot.wording import Wording, Wordings
from tests.support.answers import TEXT, Scripted, answered
from tests.support.desk import button, client, open_desk
from tests.support.wire import PROJECT, check_against_description, description, online, pointed_at

WHY = "Why did Musk leave?"


@pytest.fixture
async def discord() -> AsyncIterator[Sandbox]:
    """The stand-in."""
    async with Sandbox(description=description()) as sandbox:
        with pointed_at(sandbox):
            yield sandbox
    check_against_description(sandbox)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk(Scripted({WHY: answered()})) as opened:
        yield opened


def registrations(discord: Sandbox) -> int:
    return len([r for r in discord.requests if r.method == "PUT"])


async def test_commands_are_registered_once_and_again_only_after_a_change(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        names = {command.name for command in discord.commands}
    async with online(client(desk), discord):
        assert registrations(discord) == 1

    discord.commands[0].definition["options"][0]["description"] = "Changed by somebody"
    async with online(client(desk), discord):
        assert registrations(discord) == 2
        assert (await discord.slash(discord.user("Ada"), "ask", question=WHY)).answered

    assert names >= {"ask", "sides", "timeline", "sources", "help", "privacy"}
    assert "Find receipts for this" in names


async def test_commands_are_registered_again_when_a_language_is_added(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        pass
    french = Wording("fr", {**desk.wordings.languages["en"].texts, "command.ask.name": "demander"})
    wordings = Wordings({**desk.wordings.languages, "fr": french})
    async with online(client(replace(desk, wordings=wordings)), discord):
        [ask] = [command for command in discord.commands if command.name == "ask"]

    assert registrations(discord) == 2
    assert ask.shown_name("fr") == "demander"
    assert ask.shown_name("it") == "chiedi"


async def test_after_a_restart_questions_are_answered_as_before(
    discord: Sandbox, desk: Desk
) -> None:
    ada = discord.user("Ada")
    texts = []
    for _ in range(2):
        async with online(client(desk), discord):
            texts.append((await discord.slash(ada, "ask", question=WHY)).text)

    assert texts[0] == texts[1]
    assert TEXT in texts[0]


async def test_a_question_asked_while_the_connection_was_down_is_answered(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        await discord.drop(None)
        reply = await discord.say(
            discord.user("Ada"), discord.channel, f"{discord.bot.mention} {WHY}"
        )

    assert TEXT in reply.text
    assert [event.kind for event in discord.events.log].count("bot_resumed") == 1


async def test_no_privileged_intent_is_asked_for(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord) as running:
        assert not running.intents.message_content
        assert not running.intents.members
        assert not running.intents.presences


async def stopped(serving: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    async with asyncio.timeout(10):
        await serving


async def test_a_gateway_that_refuses_at_first_is_tried_again(discord: Sandbox, desk: Desk) -> None:
    stop = asyncio.Event()
    discord.refuse_connections()
    serving = asyncio.create_task(serve(desk, discord.token, stop))
    await discord.until(lambda: discord.refused)
    discord.refuse_connections(False)

    await discord.bot_connected()
    await stopped(serving, stop)
    assert not discord.resumable


async def test_a_server_error_while_logging_in_is_survived(discord: Sandbox, desk: Desk) -> None:
    stop = asyncio.Event()
    discord.faults.fail("GET /users/@me", status=503)
    serving = asyncio.create_task(serve(desk, discord.token, stop))

    await discord.bot_connected()
    await stopped(serving, stop)


async def test_a_bot_that_waits_for_its_next_try_stops_at_once(
    discord: Sandbox, desk: Desk
) -> None:
    stop = asyncio.Event()
    discord.faults.fail("GET /users/@me", status=503, times=1000)
    serving = asyncio.create_task(serve(desk, discord.token, stop))
    await discord.until(lambda: [r for r in discord.requests if r.status == 503])

    await stopped(serving, stop)


async def test_a_wrong_token_is_told_and_not_tried_again(discord: Sandbox, desk: Desk) -> None:
    with pytest.raises(SettingsError, match="does not accept DISCORD_TOKEN"):
        await serve(desk, "wrong", asyncio.Event())

    assert len(discord.requests) == 1


def test_without_a_token_the_bot_says_what_is_missing(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is not set"):
        run(desk, Settings())


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en-US", "I am just being restarted; please ask again in a moment."),
        ("it", "Sto ripartendo proprio ora; chiedi di nuovo tra un momento."),
    ],
)
async def test_a_stopping_bot_takes_no_new_questions(
    discord: Sandbox, desk: Desk, locale: str, told: str
) -> None:
    async with online(client(desk), discord) as running:
        ada = discord.user("Ada", locale=locale)
        [answer] = (await discord.slash(ada, "ask", question=WHY)).messages
        await running.in_flight.finish(0)
        exchange = await discord.slash(ada, "ask", question=WHY)
        pressed = await discord.press(ada, *button([answer], "verify"))
        typed = await discord.autocomplete(ada, "ask", "question", "w")
        reply = await discord.say(ada, discord.channel, f"{discord.bot.mention} {WHY}")

    assert exchange.text == pressed.text == told
    assert exchange.ephemeral
    assert typed.answered
    assert reply.text == "I am just being restarted; please ask again in a moment."


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_a_stopped_process_finishes_the_answer_it_works_on(
    told: signal.Signals, tmp_path: Path
) -> None:
    async with Sandbox(first_answer_within=30.0) as discord:
        settings = {
            "DISCORD_TOKEN": discord.token,
            "RECEIPTS_DISCORD_API": discord.api_url,
            "RECEIPTS_DISCORD_GATEWAY": discord.gateway_url,
            "RECEIPTS_DATA": str(tmp_path),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=PROJECT,
            env=os.environ | settings,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            await discord.bot_connected()
            hold = discord.faults.hold("POST /interactions/*")
            asking = asyncio.create_task(
                discord.slash(discord.user("Ada"), "ask", question="Why did Musk leave OpenAI?")
            )
            async with asyncio.timeout(60):
                await hold.reached.wait()
                process.send_signal(told)
                await written(process, "Stopping")
                hold.release()
                exchange = await asking
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    assert "passage" in exchange.text
    assert not discord.resumable


async def written(process: asyncio.subprocess.Process, text: str) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        if text in line.decode():
            return
    raise AssertionError(f"{text!r} was never written")
