from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import CallbackKind, Exchange, Sandbox
from tests.sandbox.wide_bot import WideBot

FILLED: dict[str, Any] = {
    "colour": ["Blue"],
    "size": "Small",
    "extras": ["Salt", "Pepper"],
    "sure": True,
    "note": "four",
}


@pytest.fixture
async def opened(sandbox: Sandbox, wide: WideBot) -> Exchange:
    exchange = await sandbox.slash(sandbox.user("Ada"), "everything")
    assert exchange.callback is CallbackKind.MODAL
    return exchange


async def test_every_kind_of_field_reaches_the_bot(sandbox: Sandbox, opened: Exchange) -> None:
    sent = await sandbox.submit_modal(opened, FILLED)

    assert sent.text == "['Blue'] | Small | ['Salt', 'Pepper'] | True | four"


async def test_what_is_left_alone_keeps_its_default(sandbox: Sandbox, opened: Exchange) -> None:
    sent = await sandbox.submit_modal(opened, {"extras": ["Salt"]})

    assert sent.text.rstrip() == "None | Large | ['Salt'] | False |"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"colour": ["Green"]}, "not on offer"),
        ({"colour": ["Red", "Blue"]}, "2 chosen"),
        ({"colour": "Red"}, "takes a list"),
        ({"size": "Huge"}, "not on offer"),
        ({"size": None}, "required"),
        ({"extras": []}, "0 chosen"),
        ({"extras": ["Sugar"]}, "not on offer"),
        ({"note": "ab"}, "3 to 5"),
        ({"note": "abcdef"}, "3 to 5"),
        ({"note": 5}, "takes text"),
    ],
)
async def test_a_form_is_not_sent_with_what_it_does_not_take(
    sandbox: Sandbox, opened: Exchange, change: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        await sandbox.submit_modal(opened, FILLED | change)


async def test_a_field_that_is_not_there_cannot_be_filled_in(
    sandbox: Sandbox, opened: Exchange
) -> None:
    with pytest.raises(LookupError, match="no field"):
        await sandbox.submit_modal(opened, FILLED | {"shape": "round"})
    with pytest.raises(ValueError, match="no modal"):
        await sandbox.submit_modal(await sandbox.slash(sandbox.user("Bob"), "ping"), {})


@pytest.mark.parametrize("way", ["button", "select"])
async def test_a_form_opened_from_a_message_may_change_that_message(
    sandbox: Sandbox, wide: WideBot, way: str
) -> None:
    ada = sandbox.user("Ada")
    shown = (await sandbox.slash(ada, "open_form")).messages[0]

    if way == "button":
        opened = await sandbox.press(ada, shown, "open")
    else:
        opened = await sandbox.select(ada, shown, "choose", "Form")
    sent = await sandbox.submit_modal(opened, {"name": "Named"})

    assert sent.callback is CallbackKind.UPDATE
    assert sent.message is shown
    assert shown.text == "Named"
