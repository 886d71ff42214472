"""A desk for tests, closed afterwards, and what people find on the bot's messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.client import ReceiptsClient
from bot.cogs.cooldowns import Cooldowns, Rate
from bot.cogs.desk import PATIENCE, Desk
from bot.cogs.turns import Turns
from bot.records.store import Records
from bot.sandbox import Message
from bot.sandbox.model import each_component
from bot.wording import read_wordings

ALWAYS = Rate(1_000_000, 1.0)
WORDINGS = read_wordings()


def nobody_waits() -> Cooldowns:
    """Cooldowns that nobody meets."""
    return Cooldowns(ALWAYS, ALWAYS, ALWAYS)


@contextmanager
def open_desk(
    knowledge: KnowledgeBase | Served,
    *,
    records: Records | None = None,
    cooldowns: Cooldowns | None = None,
    turns: Turns | None = None,
    patience: float = PATIENCE,
) -> Iterator[Desk]:
    """A desk on which nobody has to wait, unless cooldowns are given; records end with it."""
    served = knowledge if isinstance(knowledge, Served) else Served(knowledge)
    turns, views = turns or Turns(), Turns()
    with closing(turns), closing(views), closing(records or Records.in_memory()) as kept:
        cooldowns = cooldowns or nobody_waits()
        yield Desk(
            served, kept, WORDINGS, cooldowns=cooldowns, turns=turns, views=views, patience=patience
        )


def client(desk: Desk) -> ReceiptsClient:
    """A client that is ready soon."""
    return ReceiptsClient(desk, guild_ready_timeout=0.05)


def buttons(message: Message, action: str = "") -> list[str]:
    """The custom ids of an action's buttons, or of all, in their order."""
    every = [str(part.get("custom_id", "")) for part in each_component(message.components)]
    return [one for one in every if one.startswith(f"r:{action}")]


def button(messages: list[Message], action: str) -> tuple[Message, str]:
    """The first button of an action, and the message that it is on."""
    return next((one, found) for one in messages for found in buttons(one, f"{action}"))


def labels(message: Message) -> list[str]:
    """What stands on the buttons, links included."""
    parts = each_component(message.components)
    return [str(part["label"]) for part in parts if part.get("label")]
