"""What people do on Discord, one method each; those that expect an answer wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from bot.sandbox import forms, invocation
from bot.sandbox.events import Events
from bot.sandbox.exchange import Exchange, InteractionKind
from bot.sandbox.interactions import Interactions
from bot.sandbox.invocation import NotOfferedError, Resolved
from bot.sandbox.model import Channel, ChannelKind, Command, File, Message, MessageKind, User
from bot.sandbox.posting import Posting
from bot.sandbox.world import World

SLASH, ON_MESSAGE = 1, 3


class People:
    """Actions of the people of a world; any number of them at the same time."""

    def __init__(
        self,
        world: World,
        posting: Posting,
        interactions: Interactions,
        events: Events,
        *,
        first_answer_within: float,
        patience: float,
    ) -> None:
        self.world = world
        self.events = events
        self._posting = posting
        self._interactions = interactions
        self._first_answer_within = first_answer_within
        self._patience = patience

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits until the condition holds; it is looked at after everything that happens.

        TimeoutError once the patience is over.
        """
        async with asyncio.timeout(self._patience):
            await self.events.until(condition)

    def post(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[File] = (),
    ) -> Message:
        """Somebody writes a message; nobody waits for an answer."""
        self._check_inside(user, channel)
        everything = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        return self._posting.create(
            user,
            channel,
            {"content": text, "allowed_mentions": everything},
            dict(enumerate(files)),
            kind=MessageKind.REPLY if reply_to else MessageKind.PLAIN,
            reply_to=reply_to,
        )

    async def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[File] = (),
    ) -> Message:
        """Somebody writes a message and gets the bot's first answer; TimeoutError for silence."""
        said = self.post(user, channel, text, reply_to=reply_to, ping=ping, files=files)
        try:
            await self.until(lambda: self.replies_to(said))
        except TimeoutError as silence:
            raise TimeoutError(f"no answer to {text!r} within {self._patience} s") from silence
        return self.replies_to(said)[0]

    def replies_to(self, said: Message) -> list[Message]:
        """The bot's answers: what refers to the message, and else what it said there since."""
        bot = self.world.bot
        direct = [reply for reply in said.replies if reply.author is bot]
        return direct or [
            later for later in said.channel.unprompted if later.id > said.id and later.author is bot
        ]

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
        found, path, resolved = self._prepared(user, command, place)
        data = invocation.slash_data(found, path, options, resolved)
        exchange = self._interactions.open(InteractionKind.COMMAND, user, place, data)
        return await self._settled(exchange)

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
        """Somebody has typed a little into an option and looks at what is offered."""
        place = channel or self.world.channel
        found, path, resolved = self._prepared(user, command, place)
        values = options | {option: typed}
        data = invocation.slash_data(found, path, values, resolved, focused=option)
        exchange = self._interactions.open(InteractionKind.AUTOCOMPLETE, user, place, data)
        return await self._settled(exchange)

    async def message_command(self, user: User, command: str, message: Message) -> Exchange:
        """Somebody picks a command from a message's menu."""
        found = self._command(user, command, ON_MESSAGE, message.channel)
        resolved = Resolved(self.world, message.channel)
        data = invocation.target_data(found, message, resolved)
        exchange = self._interactions.open(InteractionKind.COMMAND, user, message.channel, data)
        return await self._settled(exchange)

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
        resolved = Resolved(self.world, opened_by.channel)
        data = forms.submitted(opened_by.modal, values, resolved)
        exchange = self._interactions.open(
            InteractionKind.MODAL,
            opened_by.user,
            opened_by.channel,
            data,
            source=opened_by.source,
            opened_by=opened_by,
        )
        return await self._settled(exchange)

    async def _use(
        self, user: User, message: Message, custom_id: str, values: list[object]
    ) -> Exchange:
        self._check_inside(user, message.channel)
        if message.deleted or message.visible_to not in (None, user):
            raise NotOfferedError(f"{user.name} does not see this message")
        resolved = Resolved(self.world, message.channel)
        data = invocation.component_data(message.component(custom_id), values, resolved)
        exchange = self._interactions.open(
            InteractionKind.COMPONENT, user, message.channel, data, source=message
        )
        return await self._settled(exchange)

    def _prepared(
        self, user: User, command: str, channel: Channel
    ) -> tuple[Command, list[str], Resolved]:
        name, *path = command.split(" ")
        found = self._command(user, name, SLASH, channel)
        return found, path, Resolved(self.world, channel)

    def _command(self, user: User, name: str, kind: int, channel: Channel) -> Command:
        self._check_inside(user, channel)
        there = [one for one in self.world.commands_for(channel) if one.kind == kind]
        for command in there:
            if command.name == name:
                invocation.check_offered(command, user, channel, self.world.guild)
                return command
        raise NotOfferedError(f"no command {name!r}, only {sorted(one.name for one in there)}")

    def _check_inside(self, user: User, channel: Channel) -> None:
        if channel.kind is ChannelKind.DIRECT:
            inside = channel.recipient is user
        else:
            inside = user.id in self.world.guild.members
        if not inside:
            raise NotOfferedError(f"{user.name} has no access to {channel.name!r}")

    async def _settled(self, exchange: Exchange) -> Exchange:
        """Waits as a person would: for a first answer in time, then for the spinner to end."""
        try:
            async with asyncio.timeout(self._first_answer_within):
                await self.events.until(lambda: exchange.answered)
            await self.until(lambda: exchange.settled)
        except TimeoutError:
            # What is missing shows in the exchange, as it would on the screen.
            return exchange
        return exchange
