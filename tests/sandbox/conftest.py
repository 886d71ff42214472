from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.sandbox.wide_bot import WideBot
from tests.support.wire import check_against_description, description, online, pointed_at


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A stand-in that discord.py is pointed at.

    Where there is Discord's description, every body sent to it and every answer of it has to fit.
    """
    async with Sandbox(description=description()) as discord:
        with pointed_at(discord):
            yield discord
    check_against_description(discord)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[SmallBot]:
    """A small bot, online."""
    async with online(SmallBot(), sandbox) as small:
        yield small


@pytest.fixture
async def wide(sandbox: Sandbox) -> AsyncIterator[WideBot]:
    """A bot with more to it, online."""
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, reactions=True)
    async with online(WideBot(intents), sandbox) as bot:
        yield bot
