from __future__ import annotations

import asyncio

import discord
import pytest

from bot.sandbox import CallbackKind, File, NotOfferedError, Sandbox
from tests.sandbox.small_bot import SmallBot
from tests.sandbox.wide_bot import WideBot
from tests.support.wire import online, pointed_at


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


async def test_what_one_person_alone_sees_only_they_can_press(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, bob = sandbox.user("Ada"), sandbox.user("Bob")
    shown = (await sandbox.slash(ada, "hidden")).messages[0]

    with pytest.raises(NotOfferedError, match="does not see"):
        await sandbox.press(bob, shown, "open")
    opened = await sandbox.press(ada, shown, "open")
    sent = await sandbox.submit_modal(opened, {"name": "Still for you"})

    assert shown.text == "Still for you"
    assert sent.message is shown
    assert shown.visible_to is ada
    with pytest.raises(discord.NotFound):
        await wide.get_partial_messageable(sandbox.channel.id).fetch_message(shown.id)


async def test_a_press_tells_the_message_and_what_brought_it_there(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, bob = sandbox.user("Ada"), sandbox.user("Bob")
    shown = (await sandbox.slash(ada, "where")).messages[0]
    pressing = asyncio.create_task(sandbox.press(bob, shown, "again"))
    async with asyncio.timeout(5):
        seen = await wide.wait_for("interaction", check=lambda i: i.user.id == bob.id)
    pressing.cancel()

    assert seen.message is not None
    assert (seen.message.id, seen.message.content) == (shown.id, "here")
    assert seen.message.interaction_metadata is not None
    assert seen.message.interaction_metadata.user.id == ada.id
    assert seen.message.interaction_metadata.type is discord.InteractionType.application_command
    assert seen.message.components[0].type is discord.ComponentType.action_row


async def test_a_button_on_what_somebody_else_wrote_is_not_the_bots(
    sandbox: Sandbox, bot: SmallBot
) -> None:
    said = sandbox.post(sandbox.user("Robot", bot=True), sandbox.channel, "Press me")

    with pytest.raises(NotOfferedError, match="not the bot"):
        await sandbox.press(sandbox.user("Ada"), said, "change")


async def test_all_that_was_shown_outlives_the_bot_that_showed_it(sandbox: Sandbox) -> None:
    ada = sandbox.user("Ada")
    direct = sandbox.direct(ada)
    async with online(WideBot(), sandbox):
        public = (await sandbox.slash(ada, "buttons")).messages[0]
        private = (await sandbox.slash(ada, "hidden")).messages[0]
        in_direct = (await sandbox.slash(ada, "buttons", channel=direct)).messages[0]

    async with online(WideBot(), sandbox):
        chosen = await sandbox.select(ada, public, "colour", "Red")
        opened = await sandbox.press(ada, private, "open")
        await sandbox.press(ada, in_direct, "count:1")

    assert chosen.text == "Red"
    assert opened.callback is CallbackKind.MODAL
    assert in_direct.component("count:2")["label"] == "2"


async def test_a_button_pressed_while_no_bot_is_there_stays_without_an_answer() -> None:
    async with Sandbox(first_answer_within=0.1) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox):
                shown = (await sandbox.slash(sandbox.user("Ada"), "buttons")).messages[0]
        exchange = await sandbox.press(sandbox.user("Bob"), shown, "change")

    assert not exchange.answered
    assert shown.text == "Press"
