"""One interaction from the person's point of view: what they did and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from bot.sandbox.model import Channel, Json, Message, User


class InteractionKind(IntEnum):
    """What a person did, by Discord's numbers."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CallbackKind(IntEnum):
    """What the bot's first answer was, by Discord's numbers."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


MESSAGE_CALLBACKS = (CallbackKind.MESSAGE, CallbackKind.DEFERRED_MESSAGE)
UPDATE_CALLBACKS = (CallbackKind.DEFERRED_UPDATE, CallbackKind.UPDATE)


@dataclass(eq=False)
class Exchange:
    """An interaction and everything the bot answered; it grows while the bot is at work."""

    id: int
    token: str
    kind: InteractionKind
    user: User
    channel: Channel
    data: Json
    started: float
    owners: Json
    source: Message | None = None
    opened_by: Exchange | None = None
    callback: CallbackKind | None = None
    ephemeral: bool = False
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    answered_after: float | None = None
    settled_after: float | None = None

    @property
    def answered(self) -> bool:
        """Whether the first answer came in time; if not, Discord says that the bot is silent."""
        return self.callback is not None

    @property
    def deferred(self) -> bool:
        """Whether the first answer only bought time."""
        return self.callback in (CallbackKind.DEFERRED_MESSAGE, CallbackKind.DEFERRED_UPDATE)

    @property
    def settled(self) -> bool:
        """Whether the person has something to look at and no spinner any more."""
        return self.answered and not (self.message is not None and self.message.loading)

    @property
    def only_for_user(self) -> bool:
        """Whether the app is here only because a person installed it for themselves."""
        return set(self.owners) == {"1"}

    @property
    def messages(self) -> list[Message]:
        """All that is to be seen of the answer, in order."""
        every = [self.message, *self.followups] if self.message else self.followups
        return [message for message in every if message and not message.deleted]

    @property
    def text(self) -> str:
        """Everything that can be read in the answer."""
        return "\n".join(message.text for message in self.messages)
