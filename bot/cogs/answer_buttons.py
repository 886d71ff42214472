"""What the buttons under an answer do.

All but "share" answer the one who pressed alone. Must not know how cards look.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

import discord
from discord import ui

from bot.cogs.asking import asked_again, most_messages
from bot.cogs.button_ids import NUMBER, PASSAGE, QUESTION
from bot.cogs.cards.block import Message, layout
from bot.cogs.cards.passage import context_messages, verified_card
from bot.cogs.cards.sides import sides_messages
from bot.cogs.pressing import Button, Press, pressed
from bot.cogs.reporting import ReportForm
from bot.cogs.sending import send, waited_for
from bot.cogs.told import Told
from bot.errors import KnowledgeError

log = logging.getLogger(__name__)


async def show_more(press: Press, question: str, first: str) -> None:
    """The next passages of the same question."""
    messages = asked_again(
        question,
        press.desk,
        press.wording,
        first=int(first),
        most=most_messages(press.interaction),
    )
    await _send(press, messages)


async def show_sides(press: Press, question: str) -> None:
    """What each side says about what was asked."""
    asked = press.desk.records.question
    knowledge = press.desk.knowledge.current

    def work() -> list[Message]:
        kept = asked(question)
        if kept is None:
            raise Told("more.old")
        return sides_messages(knowledge.sides(kept.text), knowledge, press.wording)

    await _send(press, press.desk.views.take(work))


async def show_context(press: Press, passage: str) -> None:
    """The passages before and after."""
    knowledge = press.desk.knowledge.current

    def work() -> list[Message]:
        found = knowledge.find(passage)
        if found.passage is None:
            return [[verified_card(found, None, knowledge, press.wording)]]
        return context_messages(found.passage, knowledge, press.wording)

    await _send(press, press.desk.views.take(work))


async def verify(press: Press, passage: str) -> None:
    """Re-reads the stored article, and says where the passage stands in it."""
    knowledge = press.desk.knowledge.current

    def work() -> list[Message]:
        found = knowledge.find(passage)
        try:
            verified = knowledge.verify(found.passage) if found.passage else None
        except KnowledgeError as error:
            log.error("An article cannot be verified: %s", error)
            raise Told("verify.unreadable") from error
        return [[verified_card(found, verified, knowledge, press.wording)]]

    await _send(press, press.desk.views.take(work))


async def _send(press: Press, work: Awaitable[list[Message]]) -> None:
    messages = await waited_for(press.interaction, work, ephemeral=True)
    await send(press.interaction, messages, ephemeral=True)


async def judge_helpful(press: Press, question: str, passage: str) -> None:
    """Notes that the answer helped."""
    await _judge(press, question, passage, helpful=True)


async def judge_unhelpful(press: Press, question: str, passage: str) -> None:
    """Notes that the answer did not help."""
    await _judge(press, question, passage, helpful=False)


async def _judge(press: Press, question: str, passage: str, *, helpful: bool) -> None:
    member = press.interaction.user.id
    if not press.desk.records.note_feedback(passage, question, helpful, member):
        raise Told("feedback.full")
    said = press.wording.say("feedback.helpful" if helpful else "feedback.unhelpful")
    await press.interaction.response.send_message(said, ephemeral=True)


async def report(press: Press, passage: str, question: str) -> None:
    """Asks what is wrong with the passage, whatever it answered."""
    await press.interaction.response.send_modal(ReportForm(passage, press.desk, press.wording))


async def share(press: Press, question: str) -> None:
    """Shows a private answer to the channel, where the one who shares may write themselves."""
    interaction = press.interaction
    if not _may_write(interaction):
        raise Told("share.refused")
    if not press.desk.shared.first(question):
        raise Told("share.done")
    # Shown as no longer possible first, so that a second press has nothing to press.
    await interaction.response.edit_message(view=_without(interaction, f"r:share:{question}"))
    most = most_messages(interaction)
    messages = await asked_again(
        question,
        press.desk,
        press.wording,
        shared_by=interaction.user.mention,
        # The first answer was to switch the button off; only those that follow are left.
        most=None if most is None else most - 1,
    )
    for message in messages:
        await interaction.followup.send(view=layout(message))


def _may_write(interaction: discord.Interaction) -> bool:
    if interaction.guild_id is None:
        return True
    if isinstance(interaction.channel, discord.Thread):
        return interaction.permissions.send_messages_in_threads
    return interaction.permissions.send_messages


def _without(interaction: discord.Interaction, custom_id: str) -> ui.LayoutView:
    """The message with one of its buttons switched off."""
    if interaction.message is None:
        raise Told("more.old")
    view = ui.LayoutView.from_message(interaction.message, timeout=None)
    for item in view.walk_children():
        if isinstance(item, ui.Button) and item.custom_id == custom_id:
            item.disabled = True
    view.stop()
    return view


def answer_buttons() -> list[type[ui.DynamicItem[Button]]]:
    """The items for all buttons of an answer."""
    return [
        pressed("more", show_more, question=QUESTION, first=NUMBER),
        pressed("sides", show_sides, question=QUESTION),
        pressed("context", show_context, passage=PASSAGE),
        pressed("verify", verify, passage=PASSAGE),
        pressed("helpful", judge_helpful, question=QUESTION, passage=PASSAGE),
        pressed("unhelpful", judge_unhelpful, question=QUESTION, passage=PASSAGE),
        pressed("report", report, passage=PASSAGE, question=QUESTION),
        pressed("share", share, question=QUESTION),
    ]
