from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
from discord import utils

from bot.sandbox import Intent, Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online, pointed_at


async def resumed(bot: SmallBot) -> None:
    async with asyncio.timeout(5):
        await bot.resumed.wait()


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4009, None], ids=str)
async def test_a_dropped_connection_is_resumed_without_losing_events(
    sandbox: Sandbox, bot: SmallBot, code: int | None
) -> None:
    ada = sandbox.user("Ada")

    await sandbox.drop(code)
    while_away = sandbox.post(ada, sandbox.channel, f"{sandbox.bot.mention} are you there?")
    await sandbox.until(lambda: while_away.replies)
    await resumed(bot)

    assert while_away.replies[0].text.endswith("are you there?")
    assert bot.identified == 1


async def test_a_bot_that_is_asked_to_comes_back_and_resumes(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    sandbox.ask_to_reconnect()
    await resumed(bot)

    assert (await sandbox.slash(sandbox.user("Ada"), "ping")).text == "pong"
    assert bot.identified == 1


async def test_an_invalid_session_makes_the_bot_identify_again(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    sandbox.invalidate()
    await sandbox.until(lambda: [e.kind for e in sandbox.events.log].count("bot_identified") == 2)

    assert (await sandbox.slash(sandbox.user("Ada"), "ping")).text == "pong"
    assert bot.identified == 2


async def test_a_session_that_is_invalid_but_resumable_is_resumed(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    sandbox.invalidate(resumable=True)
    await resumed(bot)

    assert bot.identified == 1


async def test_a_bot_that_says_goodbye_gets_no_more_events(sandbox: Sandbox) -> None:
    async with online(SmallBot(), sandbox):
        assert sandbox.connected
    await sandbox.until(lambda: not sandbox.connected)


@pytest.mark.parametrize("compression", ["zlib-stream", "zstd-stream"])
async def test_both_ways_of_compression_carry_events(
    sandbox: Sandbox, compression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if compression == "zstd-stream":
        pytest.importorskip("zstandard")
    else:
        monkeypatch.setattr(utils, "_ActiveDecompressionContext", zlib_context())
    async with online(SmallBot(), sandbox):
        said = "many words " * 150
        exchange = await sandbox.slash(sandbox.user("Ada"), "echo", text=said)

    assert exchange.text == said


def zlib_context() -> type[Any]:
    """discord.py's own for zlib, which it defines only where zstd cannot be imported."""
    import zlib

    class Context:
        COMPRESSION_TYPE = "zlib-stream"

        def __init__(self) -> None:
            self.decompressor = zlib.decompressobj()

        def decompress(self, data: bytes) -> str:
            assert data.endswith(b"\x00\x00\xff\xff")
            return self.decompressor.decompress(data).decode()

    return Context


async def test_a_privileged_intent_that_was_not_granted_ends_the_bot(sandbox: Sandbox) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with online(SmallBot(discord.Intents.all()), sandbox):
            pass


async def test_with_the_members_intent_everybody_is_known() -> None:
    granted = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES
    async with Sandbox(privileged_intents=granted) as sandbox:
        with pointed_at(sandbox):
            ada = sandbox.user("Ada")
            intents = discord.Intents(guilds=True, members=True, presences=True)
            async with online(SmallBot(intents), sandbox) as bot:
                guild = bot.guilds[0]
                assert guild.get_member(ada.id) is not None
                assert [m.id for m in await guild.query_members("ad")] == [ada.id]


async def test_a_bot_that_comes_online_sees_the_guilds_that_it_is_in(sandbox: Sandbox) -> None:
    second = sandbox.add_guild("Second")
    sandbox.add_guild("Elsewhere", with_bot=False)
    async with online(SmallBot(), sandbox) as bot:
        assert {guild.id for guild in bot.guilds} == {sandbox.guild.id, second.id}


async def test_without_it_only_the_bot_itself_is(sandbox: Sandbox) -> None:
    sandbox.user("Ada")
    async with online(SmallBot(), sandbox) as bot:
        assert [member.id for member in bot.guilds[0].members] == [sandbox.bot.id]


async def test_a_refused_connection_is_tried_again(sandbox: Sandbox, bot: SmallBot) -> None:
    sandbox.refuse_connections()
    await sandbox.drop(4000)
    await sandbox.until(lambda: not sandbox.connected)
    sandbox.refuse_connections(False)
    await resumed(bot)

    assert (await sandbox.slash(sandbox.user("Ada"), "ping")).text == "pong"


async def test_an_automatically_sharded_bot_comes_online(sandbox: Sandbox) -> None:
    class Sharded(discord.AutoShardedClient):
        pass

    client = Sharded(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    async with online(client, sandbox):
        assert client.shard_count == 1
        assert [guild.id for guild in client.guilds] == [sandbox.guild.id]


@asynccontextmanager
async def raw(sandbox: Sandbox, query: str = "?v=10&encoding=json") -> AsyncIterator[Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(sandbox.gateway_url + query) as socket,
    ):
        yield socket


def identify(sandbox: Sandbox, **changes: object) -> dict[str, object]:
    data = {"token": sandbox.token, "intents": 1, "properties": {}} | changes
    return {"op": 2, "d": data}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("not json", 4002),
        (json.dumps({"op": 99, "d": None}), 4001),
        (json.dumps({"op": 3, "d": {}}), 4003),
        (json.dumps({"op": 1, "d": "x" * 5000}), 4002),
        (json.dumps({"op": 2, "d": {"token": "wrong", "intents": 0}}), 4004),
    ],
    ids=["no JSON", "unknown op", "before identifying", "too long", "wrong token"],
)
async def test_what_makes_no_sense_is_answered_with_its_close_code(
    sandbox: Sandbox, sent: str, code: int
) -> None:
    async with raw(sandbox) as socket:
        assert (await socket.receive_json(timeout=5))["op"] == 10
        await socket.send_str(sent)
        await socket.receive(timeout=5)
        assert socket.close_code == code


async def test_identifying_twice_or_with_unknown_intents_closes_the_connection(
    sandbox: Sandbox,
) -> None:
    async with raw(sandbox) as socket:
        await socket.receive_json(timeout=5)
        await socket.send_json(identify(sandbox))
        assert (await socket.receive_json(timeout=5))["t"] == "READY"
        assert (await socket.receive_json(timeout=5))["t"] == "GUILD_CREATE"
        await socket.send_json(identify(sandbox))
        await socket.receive(timeout=5)
        assert socket.close_code == 4005
    async with raw(sandbox) as socket:
        await socket.receive_json(timeout=5)
        await socket.send_json(identify(sandbox, intents=1 << 40))
        await socket.receive(timeout=5)
        assert socket.close_code == 4013


async def test_an_unknown_session_or_a_number_from_the_future_cannot_be_resumed(
    sandbox: Sandbox,
) -> None:
    async with raw(sandbox) as first, raw(sandbox) as second:
        await first.receive_json(timeout=5)
        await first.send_json(identify(sandbox))
        ready = await first.receive_json(timeout=5)
        await second.receive_json(timeout=5)
        wanted = {"token": sandbox.token, "session_id": "unknown", "seq": 1}
        await second.send_json({"op": 6, "d": wanted})
        assert await second.receive_json(timeout=5) == {"op": 9, "d": False, "s": None, "t": None}
        wanted |= {"session_id": ready["d"]["session_id"], "seq": 1000}
        await second.send_json({"op": 6, "d": wanted})
        await second.receive(timeout=5)
        assert second.close_code == 4007


async def test_only_the_tenth_version_in_json_is_spoken(sandbox: Sandbox) -> None:
    async with raw(sandbox, "?v=9&encoding=json") as socket:
        await socket.receive(timeout=5)
        assert socket.close_code == 4012
