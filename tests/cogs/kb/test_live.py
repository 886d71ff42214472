"""Progress is shown as it changes, never more often than pauses allow, and not after the end."""

from __future__ import annotations

import asyncio

from bot.cogs.kb.live import live


async def test_what_comes_between_two_tellings_is_left_out() -> None:
    shown: list[str] = []
    paused = asyncio.Event()
    goes_on = asyncio.Event()

    async def show(text: str) -> None:
        shown.append(text)

    async def pause() -> None:
        paused.set()
        await goes_on.wait()
        goes_on.clear()

    async with live(show, pause) as said:
        said.say("first")
        await paused.wait()
        paused.clear()
        for number in range(100):
            said.say(str(number))
        assert shown == ["first"]
        goes_on.set()
        await paused.wait()
        said.say("too late")

    assert shown == ["first", "99"]


async def test_the_end_waits_for_what_is_being_shown() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    shown: list[str] = []

    async def show(text: str) -> None:
        begun.set()
        await may_end.wait()
        shown.append(text)

    async def work() -> None:
        async with live(show) as said:
            said.say("on its way")
            await begun.wait()

    working = asyncio.create_task(work())
    await begun.wait()
    await asyncio.sleep(0)
    assert not working.done()
    may_end.set()
    await working
    assert shown == ["on its way"]
