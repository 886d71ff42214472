"""What people do with messages: write, reply, edit, delete, react, and wait for the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.sandbox import offers
from bot.sandbox.events import Events
from bot.sandbox.gateway import Gateway
from bot.sandbox.model import Channel, File, Json, Message, MessageKind, User
from bot.sandbox.news import News
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.permissions import Permission
from bot.sandbox.places import Places
from bot.sandbox.posting import Posting
from bot.sandbox.reactions import Reactions
from bot.sandbox.threads import Threads
from bot.sandbox.world import World


class Talking(Places):
    """People who write; NotOfferedError for what their screen would not offer them."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        news: News,
        threads: Threads,
        posting: Posting,
        reactions: Reactions,
        events: Events,
        *,
        patience: float,
    ) -> None:
        super().__init__(world, gateway, news, threads)
        self.events = events
        self._posting = posting
        self._reactions = reactions
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
        embeds: Sequence[Json] = (),
    ) -> Message:
        """Somebody writes a message; nobody waits for an answer. Only bots write embeds."""
        offers.check_may_write(self.world, user, channel)
        if files:
            offers.check_may(self.world, user, channel, Permission.ATTACH_FILES)
        if embeds and not user.bot:
            raise NotOfferedError(f"{user.name} cannot write embeds")
        everything = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        return self._posting.create(
            user,
            channel,
            {"content": text, "embeds": list(embeds), "allowed_mentions": everything},
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

    def edit(self, user: User, message: Message, text: str) -> None:
        """Somebody writes their message anew."""
        self._check_changeable(user, message)
        if message.author is not user:
            raise NotOfferedError(f"{user.name} did not write this message")
        self._posting.edit(message, {"content": text}, {})

    def delete(self, user: User, message: Message) -> None:
        """Somebody deletes their message, or a moderator any."""
        offers.check_visible(self.world, user, message)
        if message.author is not user:
            offers.check_may(self.world, user, message.channel, Permission.MANAGE_MESSAGES)
        self._posting.delete(message)

    def react(self, user: User, message: Message, emoji: str) -> None:
        """Somebody reacts with a Unicode emoji."""
        self._check_changeable(user, message)
        if emoji not in message.reactions:
            offers.check_may(self.world, user, message.channel, Permission.ADD_REACTIONS)
        self._reactions.add(user, message, emoji)

    def unreact(self, user: User, message: Message, emoji: str) -> None:
        """Somebody takes their reaction back."""
        self._check_changeable(user, message)
        self._reactions.remove(user, message, emoji)

    def _check_changeable(self, user: User, message: Message) -> None:
        offers.check_visible(self.world, user, message)
        if message.channel.archived:
            raise NotOfferedError(f"{message.channel.name!r} is archived")
