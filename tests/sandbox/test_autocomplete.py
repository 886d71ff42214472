from __future__ import annotations

import asyncio

import pytest

from bot.sandbox import CallbackKind, Sandbox
from tests.sandbox.wide_bot import Italian, WideBot
from tests.support.wire import online, pointed_at


@pytest.mark.parametrize(("locale", "city"), [("it", "Roma"), ("en-US", "Rome")])
async def test_choices_come_in_the_persons_language_and_know_what_was_filled_in_before(
    sandbox: Sandbox, wide: WideBot, locale: str, city: str
) -> None:
    person = sandbox.user("Ada", locale=locale)

    exchange = await sandbox.autocomplete(person, "travel", "city", "R", country="X")

    assert exchange.callback is CallbackKind.CHOICES
    assert exchange.choices == [{"name": f"{city}, X", "value": city}]


async def test_choices_that_come_after_three_seconds_are_not_shown() -> None:
    now = 0.0
    async with Sandbox(clock=lambda: now) as sandbox:
        with pointed_at(sandbox):
            async with online(WideBot(), sandbox):
                hold = sandbox.faults.hold("POST /interactions/*/callback")
                ada = sandbox.user("Ada")
                typing = asyncio.create_task(
                    sandbox.autocomplete(ada, "travel", "city", "R", country="X")
                )
                async with asyncio.timeout(5):
                    await hold.reached.wait()
                now = 3.1
                hold.release()
                await sandbox.until(lambda: sandbox.requests[-1].status == 404)
                typing.cancel()

    assert sandbox.requests[-1].answer["code"] == 10062


async def test_a_command_is_listed_under_its_name_in_the_persons_language(
    sandbox: Sandbox, wide: WideBot
) -> None:
    await wide.tree.set_translator(Italian())
    await wide.tree.sync()

    travel = next(one for one in sandbox.offered(sandbox.user("Ada")) if one.name == "travel")

    assert (travel.shown_name("it"), travel.shown_description("it")) == ("viaggia", "Viaggia")
    assert (travel.shown_name("de"), travel.shown_description("de")) == ("travel", "Travels")
