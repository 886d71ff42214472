"""Trouble now and then, to see how a bot bears it: what Discord does to bots on bad days."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from bot.sandbox.sandbox import Sandbox

PAUSE = (4.0, 12.0)
ANY = "*"
# What clients try again; the first answer to an interaction has only three seconds for it.
PASSING = (500, 502, 504)

Kind = Callable[[Sandbox, random.Random], Awaitable[str]]


async def make_trouble(
    sandbox: Sandbox, dice: random.Random, *, pause: tuple[float, float] = PAUSE
) -> None:
    """Does something to the bot after each pause, until it is cancelled; each is an event.

    `pause` is the shortest and the longest, in seconds.
    """
    while True:
        await asyncio.sleep(dice.uniform(*pause))
        told = await dice.choice(KINDS)(sandbox, dice)
        sandbox.events.publish("trouble", told)


async def _drop(sandbox: Sandbox, dice: random.Random) -> str:
    code = dice.choice([4000, 1001, None])
    await sandbox.drop(code)
    return f"the gateway's connection dropped ({code or 'no close code'})"


async def _rate_limit(sandbox: Sandbox, dice: random.Random) -> str:
    wait = round(dice.uniform(0.2, 1.5), 2)
    everywhere = dice.random() < 0.3
    sandbox.faults.rate_limit(ANY, retry_after=wait, everywhere=everywhere)
    return f"429 for the next request, {wait} s{', for all' if everywhere else ''}"


async def _fail(sandbox: Sandbox, dice: random.Random) -> str:
    status = dice.choice(PASSING)
    sandbox.faults.fail(ANY, status=status)
    return f"{status} for the next request"


async def _slow(sandbox: Sandbox, dice: random.Random) -> str:
    seconds = round(dice.uniform(0.5, 2.0), 1)
    sandbox.faults.slow(ANY, seconds=seconds, times=2)
    return f"the next two answers are {seconds} s late"


async def _reconnect(sandbox: Sandbox, dice: random.Random) -> str:
    sandbox.ask_to_reconnect()
    return "the gateway asks to reconnect"


async def _invalidate(sandbox: Sandbox, dice: random.Random) -> str:
    resumable = dice.random() < 0.5
    sandbox.invalidate(resumable=resumable)
    return f"the session is invalid ({'resumable' if resumable else 'gone'})"


KINDS: tuple[Kind, ...] = (
    _drop,
    _rate_limit,
    _fail,
    _slow,
    _reconnect,
    _invalidate,
)
