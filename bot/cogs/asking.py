"""From a question to messages: answered off the event loop, remembered for its buttons, noted if
it is a gap.

The one way to an answer, whoever asks and wherever. Must not know how messages are sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

from bot.answers.answerer import readable
from bot.cogs.cards.answer import Shown, answer_messages
from bot.cogs.cards.block import Message
from bot.cogs.desk import Desk
from bot.cogs.told import Told
from bot.cogs.turns import Turns
from bot.records.model import Asked
from bot.wording import Wording

MOST_FOLLOWUPS = 5
"""Of an interaction where the bot is installed by its user alone (Discord's documentation)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to be answered.

    Attributes:
        member: the id of whoever asks.
        wording: our words; None for those in the language of the question, if there are.
        channel: where all may see it, or None in private.
        most: messages that may be sent, or None for any number.
    """

    text: str
    member: int
    previous: str | None = None
    wording: Wording | None = None
    channel: int | None = None
    private: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, ready to be sent.

    Attributes:
        asked: the question as it was understood.
    """

    messages: list[Message]
    asked: str


_MARKUP = re.compile(
    r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^:<>]+:\d+)>|@(?:everyone|here)\b"
)


def spoken(text: str) -> str:
    """A text without Discord's marks for people, places, emoji and moments.

    They are numbers that no article knows, and people's are never to be kept.
    """
    return _MARKUP.sub(" ", text).strip()


def admit(interaction: discord.Interaction, desk: Desk, line: Turns, text: str | None) -> None:
    """Lets somebody ask.

    Args:
        line: where it will be worked on.
        text: what they ask, or None if that need be nothing.

    Raises:
        Told: they have to wait, or too many wait already.
        InputError: it is no question.
    """
    if text is not None:
        readable(spoken(text))
    line.check()
    desk.cooldowns.ask(interaction.user.id, interaction.channel_id)


async def answered(asking: Asking, desk: Desk) -> Answered:
    """The messages of an answer.

    Raises:
        InputError: it is no question.
        Told: too many wait already.
    """
    return await desk.turns.take(lambda: _answered(asking, desk))


def _answered(asking: Asking, desk: Desk) -> Answered:
    knowledge = desk.knowledge.current
    text = spoken(asking.text)
    answer = knowledge.answer(text, previous=asking.previous)
    asked = answer.understood_as or text
    remembered = Asked(asked, answer.language, private=asking.private)
    key = desk.records.remember(remembered, asking.member)
    if not answer.answered:
        desk.records.note_gap(asked, answer.language, private=asking.private)
    elif asking.channel is not None and not asking.private:
        desk.recent.add(asking.channel, asked)
    wording = asking.wording or desk.wordings.of(answer.language)
    shown = Shown(wording, knowledge, key, private=asking.private, most=asking.most)
    return Answered(answer_messages(answer, shown), asked)


async def asked_again(
    key: str,
    desk: Desk,
    wording: Wording,
    *,
    first: int = 1,
    shared_by: str | None = None,
    private: bool = False,
    most: int | None = None,
) -> list[Message]:
    """The messages of an answer to a remembered question, from one rank on.

    Raises:
        Told: the question is no longer kept, or there is nothing from that rank on.
    """

    def work() -> list[Message]:
        knowledge = desk.knowledge.current
        question = desk.records.question(key)
        if question is None:
            raise Told("more.old")
        answer = knowledge.answer(question.text, top=first + 2)
        if first > 1 and not any(one.rank >= first for one in answer.citations):
            raise Told("more.none")
        shown = Shown(
            wording,
            knowledge,
            key,
            private=private,
            first=first,
            most=most,
            shared_by=shared_by,
        )
        return answer_messages(answer, shown)

    return await desk.turns.take(work)


def most_messages(interaction: discord.Interaction) -> int | None:
    """How many messages may answer an interaction, or None for any number."""
    return 1 + MOST_FOLLOWUPS if interaction.is_user_integration() else None
