from __future__ import annotations

import pytest

from bot.sandbox import CallbackKind, File, NotOfferedError, Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online


async def test_a_button_changes_its_own_message(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")
    shown = (await sandbox.slash(ada, "buttons")).messages[0]

    exchange = await sandbox.press(ada, shown, "change")

    assert exchange.callback is CallbackKind.UPDATE
    assert exchange.message is shown
    assert shown.text == "Changed"


async def test_a_button_may_change_its_message_later(sandbox: Sandbox, bot: SmallBot) -> None:
    ada = sandbox.user("Ada")
    shown = (await sandbox.slash(ada, "buttons")).messages[0]

    exchange = await sandbox.press(ada, shown, "later")
    await sandbox.until(lambda: shown.text == "Changed later")

    assert exchange.callback is CallbackKind.DEFERRED_UPDATE


async def test_a_selection_is_answered_to_one_person_alone(sandbox: Sandbox, bot: SmallBot) -> None:
    ada, bob = sandbox.user("Ada"), sandbox.user("Bob")
    shown = (await sandbox.slash(ada, "buttons")).messages[0]

    exchange = await sandbox.select(bob, shown, "colour", "Blue")

    assert exchange.text == "Blue"
    assert exchange.messages[0].visible_to is bob
    with pytest.raises(ValueError, match="not on offer"):
        await sandbox.select(bob, shown, "colour", "Green")
    with pytest.raises(NotOfferedError):
        await sandbox.press(ada, exchange.messages[0], "anything")


async def test_a_button_still_works_after_the_bot_was_restarted(sandbox: Sandbox) -> None:
    ada = sandbox.user("Ada")
    async with online(SmallBot(), sandbox):
        shown = (await sandbox.slash(ada, "buttons")).messages[0]

    async with online(SmallBot(), sandbox):
        await sandbox.press(ada, shown, "count:1")
        await sandbox.press(ada, shown, "count:2")

    assert shown.component("count:3")["label"] == "3"


async def test_a_modal_is_shown_filled_in_and_read_with_its_file(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    opened = await sandbox.slash(sandbox.user("Ada"), "form")

    with pytest.raises(ValueError, match="required"):
        await sandbox.submit_modal(opened, {})
    sent = await sandbox.submit_modal(opened, {"name": "Ada", "paper": [File("a.txt", b"12345")]})

    assert opened.callback is CallbackKind.MODAL
    assert opened.modal is not None
    assert opened.modal["title"] == "A form"
    assert sent.text == "Ada sent [5]"


async def test_a_component_that_is_not_there_cannot_be_used(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    ada = sandbox.user("Ada")
    shown = (await sandbox.slash(ada, "buttons")).messages[0]

    with pytest.raises(LookupError, match="change"):
        await sandbox.press(ada, shown, "no such button")
