"""A bot lives through trouble that comes by itself."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.trouble import KINDS, Kind, make_trouble
from tests.sandbox.small_bot import SmallBot


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_a_bot_answers_after_each_kind_of_trouble(
    sandbox: Sandbox, bot: SmallBot, kind: Kind
) -> None:
    assert await kind(sandbox, random.Random(7))

    await sandbox.until(lambda: sandbox.connected)
    said = sandbox.post(sandbox.user("Ada"), sandbox.channel, f"{sandbox.bot.mention} hello")
    await sandbox.until(lambda: sandbox.replies_to(said))


async def test_trouble_is_told_and_goes_on(sandbox: Sandbox) -> None:
    making = asyncio.create_task(make_trouble(sandbox, random.Random(1), pause=(0.0, 0.0)))

    def told() -> list[object]:
        return [one.subject for one in sandbox.events.log if one.kind == "trouble"]

    await sandbox.until(lambda: len(told()) > 5)
    making.cancel()
    assert all(told())
