"""What people do with the bot's commands, buttons and forms; each waits for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.sandbox import contexts, forms, invocation, offers
from bot.sandbox.events import Events
from bot.sandbox.exchange import Exchange, InteractionKind
from bot.sandbox.gateway import Gateway
from bot.sandbox.interactions import Interactions
from bot.sandbox.invocation import Resolved
from bot.sandbox.model import Channel, Command, Json, Message, User
from bot.sandbox.news import News
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.posting import Posting
from bot.sandbox.reactions import Reactions
from bot.sandbox.talking import Talking
from bot.sandbox.threads import Threads
from bot.sandbox.world import World

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3


class People(Talking):
    """Actions of the people of a world; any number of them at the same time."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        news: News,
        threads: Threads,
        posting: Posting,
        reactions: Reactions,
        interactions: Interactions,
        events: Events,
        *,
        first_answer_within: float,
        patience: float,
    ) -> None:
        super().__init__(
            world, gateway, news, threads, posting, reactions, events, patience=patience
        )
        self._interactions = interactions
        self._first_answer_within = first_answer_within

    def offered(
        self, user: User, channel: Channel | None = None, *, kind: int = SLASH
    ) -> list[Command]:
        """The commands that somebody finds: slash, or in the menu of a person or a message."""
        return offers.offered(self.world, user, channel or self.world.channel, kind)

    async def slash(
        self,
        user: User,
        command: str,
        *,
        channel: Channel | None = None,
        **options: object,
    ) -> Exchange:
        """Somebody runs a slash command ("group sub" for one in a group)."""
        place = channel or self.world.channel
        name, *path = command.split(" ")
        found = offers.command(self.world, user, place, SLASH, name)
        data = invocation.slash_data(found, path, options, Resolved(self.world, user, place))
        return await self._run(InteractionKind.COMMAND, user, place, found, data)

    async def autocomplete(
        self,
        user: User,
        command: str,
        option: str,
        typed: str,
        *,
        channel: Channel | None = None,
        **options: object,
    ) -> Exchange:
        """Somebody has typed a little into an option and looks at what is offered.

        `options` are those that were filled in before.
        """
        place = channel or self.world.channel
        name, *path = command.split(" ")
        found = offers.command(self.world, user, place, SLASH, name)
        resolved = Resolved(self.world, user, place)
        values = options | {option: typed}
        data = invocation.slash_data(found, path, values, resolved, focused=option)
        return await self._run(InteractionKind.AUTOCOMPLETE, user, place, found, data)

    async def message_command(self, user: User, command: str, message: Message) -> Exchange:
        """Somebody picks a command from a message's menu."""
        offers.check_visible(self.world, user, message)
        return await self._pick(user, command, ON_MESSAGE, message.channel, message)

    async def user_command(
        self, user: User, command: str, target: User, *, channel: Channel | None = None
    ) -> Exchange:
        """Somebody picks a command from a person's menu."""
        return await self._pick(user, command, ON_USER, channel or self.world.channel, target)

    async def _pick(
        self, user: User, command: str, kind: int, place: Channel, target: Message | User
    ) -> Exchange:
        found = offers.command(self.world, user, place, kind, command)
        data = invocation.target_data(found, target, Resolved(self.world, user, place))
        return await self._run(InteractionKind.COMMAND, user, place, found, data)

    async def _run(
        self, kind: InteractionKind, user: User, place: Channel, command: Command, data: Json
    ) -> Exchange:
        owners = contexts.owners(self.world, user, place, command)
        return await self._settled(self._interactions.open(kind, user, place, data, owners=owners))

    async def press(self, user: User, message: Message, custom_id: str) -> Exchange:
        """Somebody presses a button."""
        return await self._use(user, message, custom_id, [])

    async def select(
        self,
        user: User,
        message: Message,
        custom_id: str,
        *values: object,
    ) -> Exchange:
        """Somebody makes a selection: strings, or people, roles and channels."""
        return await self._use(user, message, custom_id, list(values))

    async def submit_modal(self, opened_by: Exchange, values: Mapping[str, object]) -> Exchange:
        """Whoever was shown a modal fills it in, by the fields' custom_ids, and sends it."""
        if opened_by.modal is None:
            raise ValueError("this exchange opened no modal")
        resolved = Resolved(self.world, opened_by.user, opened_by.channel)
        data = forms.submitted(opened_by.modal, values, resolved)
        exchange = self._interactions.open(
            InteractionKind.MODAL,
            opened_by.user,
            opened_by.channel,
            data,
            owners=opened_by.owners,
            source=opened_by.source,
            opened_by=opened_by,
        )
        return await self._settled(exchange)

    async def _use(
        self, user: User, message: Message, custom_id: str, values: list[object]
    ) -> Exchange:
        offers.check_visible(self.world, user, message)
        if message.author is not self.world.bot:
            raise NotOfferedError("this message is not the bot's")
        resolved = Resolved(self.world, user, message.channel)
        data = invocation.component_data(message.component(custom_id), values, resolved)
        exchange = self._interactions.open(
            InteractionKind.COMPONENT,
            user,
            message.channel,
            data,
            owners=contexts.owners_of_message(message),
            source=message,
        )
        return await self._settled(exchange)

    async def _settled(self, exchange: Exchange) -> Exchange:
        """Waits as a person would: for a first answer in time, then for the spinner to end."""
        try:
            async with asyncio.timeout(self._first_answer_within):
                await self.events.until(lambda: exchange.answered, about=exchange)
            await self.until(lambda: exchange.settled)
        except TimeoutError:
            # What is missing shows in the exchange, as it would on the screen.
            return exchange
        return exchange
