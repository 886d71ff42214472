from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.small_bot import SmallBot
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
