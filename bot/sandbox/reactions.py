"""Reactions with Unicode emoji: added, taken away, told to those who asked for them."""

from __future__ import annotations

from bot.sandbox import errors, payloads
from bot.sandbox.events import Events
from bot.sandbox.model import Json, Message, User
from bot.sandbox.news import News
from bot.sandbox.sessions import Intent
from bot.sandbox.threads import Threads
from bot.sandbox.world import World

MOST_EMOJI = 20


class Reactions:
    """What happens to the reactions of messages; who may do it is decided before."""

    def __init__(self, world: World, news: News, threads: Threads, events: Events) -> None:
        self._world = world
        self._news = news
        self._threads = threads
        self._events = events

    def add(self, user: User, message: Message, emoji: str) -> None:
        """Once a person and emoji; ApiError for what is no emoji, or one too many."""
        check_emoji(emoji)
        self._threads.check_awake(message.channel)
        if emoji not in message.reactions and len(message.reactions) == MOST_EMOJI:
            raise errors.ApiError(400, 30010, "Maximum number of reactions reached (20)")
        holders = message.reactions.setdefault(emoji, [])
        if user not in holders:
            holders.append(user)
            self._tell("MESSAGE_REACTION_ADD", user, message, emoji)

    def remove(self, user: User, message: Message, emoji: str) -> None:
        """Takes one person's reaction away, if it is there."""
        check_emoji(emoji)
        self._threads.check_awake(message.channel)
        holders = message.reactions.get(emoji, [])
        if user in holders:
            holders.remove(user)
            if not holders:
                del message.reactions[emoji]
            self._tell("MESSAGE_REACTION_REMOVE", user, message, emoji)

    def clear(self, message: Message) -> None:
        """Takes all reactions away."""
        self._threads.check_awake(message.channel)
        message.reactions.clear()
        self._dispatch("MESSAGE_REACTION_REMOVE_ALL", message, {})

    def _tell(self, name: str, user: User, message: Message, emoji: str) -> None:
        told: Json = {
            "user_id": str(user.id),
            "message_author_id": str(message.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        home = self._world.home(message.channel)
        if home is not None and user.id in home.members and name == "MESSAGE_REACTION_ADD":
            told["member"] = payloads.member(home.members[user.id])
        self._dispatch(name, message, told)

    def _dispatch(self, name: str, message: Message, told: Json) -> None:
        event = told | {"channel_id": str(message.channel.id), "message_id": str(message.id)}
        if message.channel.guild_id is not None:
            event["guild_id"] = str(message.channel.guild_id)
        self._news.in_channel(
            name,
            message.channel,
            event,
            in_guild=Intent.GUILD_MESSAGE_REACTIONS,
            direct=Intent.DIRECT_MESSAGE_REACTIONS,
        )
        self._events.publish("reactions_changed", message)


def check_emoji(emoji: str) -> None:
    """10014 for what is no Unicode emoji; those of a guild's own do not exist here."""
    if not emoji or emoji.isascii() or any(letter.isalpha() for letter in emoji):
        raise errors.unknown_emoji()
