"""Interactions: opening one, its two deadlines, its single first answer, and what may follow.

Knows the life of an interaction; how it is reached over HTTP is not its business.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from bot.sandbox import contexts, errors, interaction_payloads, layout
from bot.sandbox.errors import Problem
from bot.sandbox.events import Events
from bot.sandbox.exchange import (
    MESSAGE_CALLBACKS,
    UPDATE_CALLBACKS,
    CallbackKind,
    Exchange,
    InteractionKind,
)
from bot.sandbox.gateway import Gateway
from bot.sandbox.model import Channel, File, Json, Message, MessageFlag, MessageKind, User
from bot.sandbox.posting import Posting
from bot.sandbox.rules import answers as rules
from bot.sandbox.world import World

CHAT_INPUT = 1
# Where only a person has installed the app.
MOST_FOLLOW_UPS = 5


class Interactions:
    """All interactions since the start, each found by its id or its token."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        posting: Posting,
        events: Events,
        *,
        clock: Callable[[], float],
        first_answer_within: float,
        token_lifetime: float,
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._posting = posting
        self._events = events
        self._clock = clock
        self._first_answer_within = first_answer_within
        self._token_lifetime = token_lifetime
        self._by_id: dict[int, Exchange] = {}
        self._by_token: dict[str, Exchange] = {}

    def open(
        self,
        kind: InteractionKind,
        user: User,
        channel: Channel,
        data: Json,
        *,
        owners: Json,
        source: Message | None = None,
        opened_by: Exchange | None = None,
    ) -> Exchange:
        """Somebody did something: the bot is told, and the clock starts.

        `owners` says by whose installation, as `authorizing_integration_owners` does.
        """
        token = secrets.token_urlsafe(48)
        number = self._world.new_id()
        exchange = Exchange(number, token, kind, user, channel, data, self._clock(), owners)
        exchange.source, exchange.opened_by = source, opened_by
        self._by_id[number] = self._by_token[token] = exchange
        event = interaction_payloads.event(exchange, self._world)
        self._gateway.dispatch("INTERACTION_CREATE", event, guild_id=channel.guild_id)
        self._events.publish("interaction_opened", exchange)
        return exchange

    def answer(self, number: int, token: str, body: Json, files: Mapping[int, File]) -> Json:
        """The first answer; gives what the API returns for it."""
        exchange = self._by_id.get(number)
        if exchange is None or exchange.token != token:
            raise errors.unknown_interaction()
        if exchange.answered:
            raise errors.already_acknowledged()
        if exchange.channel.deleted:
            raise errors.unknown_channel()
        waited = self._clock() - exchange.started
        if waited > self._first_answer_within:
            raise errors.unknown_interaction()
        callback = self._callback_kind(exchange, body.get("type"))
        self._apply(exchange, callback, body.get("data") or {}, files)
        exchange.callback = callback
        exchange.answered_after = waited
        self._changed(exchange)
        return interaction_payloads.callback(exchange)

    def _callback_kind(self, exchange: Exchange, asked: object) -> CallbackKind:
        allowed: list[CallbackKind] = []
        if exchange.kind is InteractionKind.AUTOCOMPLETE:
            allowed.append(CallbackKind.CHOICES)
        else:
            allowed += MESSAGE_CALLBACKS
            if exchange.kind is not InteractionKind.MODAL:
                allowed.append(CallbackKind.MODAL)
            if exchange.source is not None:
                allowed += UPDATE_CALLBACKS
        if asked not in [int(kind) for kind in allowed]:
            message = f"Value must be one of {{{', '.join(str(int(kind)) for kind in allowed)}}}."
            raise errors.invalid_form([Problem(("type",), "BASE_TYPE_CHOICES", message)])
        return CallbackKind(asked)

    def _apply(
        self, exchange: Exchange, callback: CallbackKind, data: Json, files: Mapping[int, File]
    ) -> None:
        if callback in MESSAGE_CALLBACKS:
            exchange.ephemeral = self._hidden(exchange, data)
        if callback is CallbackKind.MESSAGE:
            exchange.message = self._post(exchange, data, files, _first_kind(exchange))
        elif callback is CallbackKind.DEFERRED_MESSAGE:
            exchange.message = self._posting.placeholder(
                exchange.channel,
                kind=_first_kind(exchange),
                visible_to=self._viewer(exchange),
                interaction=interaction_payloads.metadata(exchange),
            )
        elif callback in UPDATE_CALLBACKS:
            exchange.message = exchange.source
            if callback is CallbackKind.UPDATE and exchange.source is not None:
                with _inside("data"):
                    self._posting.edit(exchange.source, data, files)
        elif callback is CallbackKind.CHOICES:
            self._refuse(rules.autocomplete(data, _focused_type(exchange.data)))
            exchange.choices = list(data.get("choices") or [])
        else:
            self._refuse(rules.modal(data))
            exchange.modal = data | {"components": layout.numbered(data["components"])}

    def _refuse(self, problems: list[Problem]) -> None:
        if problems:
            raise errors.invalid_form([problem.under("data") for problem in problems])

    def _post(
        self, exchange: Exchange, data: Json, files: Mapping[int, File], kind: MessageKind
    ) -> Message:
        with _inside("data"):
            return self._posting.create(
                self._world.bot,
                exchange.channel,
                data,
                files,
                kind=kind,
                visible_to=self._viewer(exchange),
                interaction=interaction_payloads.metadata(exchange),
            )

    def _hidden(self, exchange: Exchange, data: Json) -> bool:
        asked = bool(int(data.get("flags") or 0) & MessageFlag.EPHEMERAL)
        where = exchange.channel
        return asked or contexts.answers_hidden(self._world, exchange.user, where, exchange.owners)

    def _viewer(self, exchange: Exchange) -> User | None:
        return exchange.user if exchange.ephemeral else None

    def by_id(self, number: int) -> Exchange | None:
        """The interaction with an id, if there was one."""
        return self._by_id.get(number)

    def behind(self, token: str) -> Exchange:
        """The interaction whose token is used like a webhook's."""
        exchange = self._by_token.get(token)
        if exchange is None or not exchange.answered:
            raise errors.unknown_webhook()
        if self._clock() - exchange.started > self._token_lifetime:
            raise errors.expired_token()
        return exchange

    def original(self, exchange: Exchange) -> Message:
        """The message that @original stands for."""
        if exchange.message is None or exchange.message.deleted:
            raise errors.unknown_message()
        return exchange.message

    def sent(self, exchange: Exchange, number: int) -> Message:
        """One of the messages of this interaction."""
        for message in exchange.messages:
            if message.id == number:
                return message
        raise errors.unknown_message()

    def edit(
        self, exchange: Exchange, message: Message, body: Json, files: Mapping[int, File]
    ) -> None:
        """Changes one of the messages of this interaction."""
        self._posting.edit(message, body, files)
        self._changed(exchange)

    def delete(self, exchange: Exchange, message: Message) -> None:
        """Takes away one of the messages of this interaction."""
        message.flags &= ~MessageFlag.LOADING
        self._posting.delete(message)
        self._changed(exchange)

    def follow_up(self, exchange: Exchange, body: Json, files: Mapping[int, File]) -> Message:
        """A further message. The first one after a deferral takes the place of the spinner."""
        if exchange.message is not None and exchange.message.loading:
            self.edit(exchange, exchange.message, body, files)
            return exchange.message
        if exchange.only_for_user and len(exchange.followups) >= MOST_FOLLOW_UPS:
            raise errors.too_many_follow_ups()
        hidden = self._hidden(exchange, body)
        message = self._posting.create(
            self._world.bot,
            exchange.channel,
            body,
            files,
            kind=MessageKind.REPLY if exchange.message else MessageKind.PLAIN,
            reply_to=exchange.message,
            visible_to=exchange.user if hidden else None,
            interaction=interaction_payloads.metadata(exchange),
        )
        exchange.followups.append(message)
        self._changed(exchange)
        return message

    def _changed(self, exchange: Exchange) -> None:
        if exchange.settled and exchange.settled_after is None:
            exchange.settled_after = self._clock() - exchange.started
        self._events.publish("interaction_changed", exchange)


@contextmanager
def _inside(key: str) -> Iterator[None]:
    """Moves the problems of an ApiError below a key of the body."""
    try:
        yield
    except errors.ApiError as error:
        error.problems = [problem.under(key) for problem in error.problems]
        raise


def _first_kind(exchange: Exchange) -> MessageKind:
    if exchange.kind is not InteractionKind.COMMAND:
        return MessageKind.PLAIN
    slash = exchange.data.get("type", CHAT_INPUT) == CHAT_INPUT
    return MessageKind.SLASH_COMMAND if slash else MessageKind.CONTEXT_COMMAND


def _focused_type(data: Json) -> int:
    for option in data.get("options") or []:
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused_type(option)
    raise LookupError("no option is focused")
