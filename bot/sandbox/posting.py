"""Sending, editing and deleting messages: the rules are asked, the state changed, the news told.

One way for all: people, the bot in a channel, and the bot's answers to interactions.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox import errors, layout, payloads
from bot.sandbox.errors import Problem
from bot.sandbox.events import Events
from bot.sandbox.model import (
    LARGEST_FILE,
    Attachment,
    Channel,
    File,
    Json,
    Message,
    MessageFlag,
    MessageKind,
    User,
)
from bot.sandbox.news import News
from bot.sandbox.rules import messages as rules
from bot.sandbox.sessions import Intent
from bot.sandbox.threads import Threads
from bot.sandbox.world import World, now

SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
)


class Posting:
    """What happens to messages."""

    def __init__(self, world: World, news: News, threads: Threads, events: Events) -> None:
        self._world = world
        self._news = news
        self._threads = threads
        self._events = events

    def create(
        self,
        author: User,
        channel: Channel,
        body: Json,
        files: Mapping[int, File],
        *,
        kind: MessageKind = MessageKind.PLAIN,
        reply_to: Message | None = None,
        visible_to: User | None = None,
        interaction: Json | None = None,
    ) -> Message:
        """A new message with a body as the API takes it; ApiError if it breaks a rule."""
        self._open(author, channel)
        check(body, _names(files), files)
        message = Message(self._world.new_id(), channel, author, now(), kind, reply_to=reply_to)
        message.visible_to, message.interaction = visible_to, interaction
        self._fill(message, body, files)
        self.announce(message)
        return message

    def placeholder(
        self, channel: Channel, *, kind: MessageKind, visible_to: User | None, interaction: Json
    ) -> Message:
        """The "thinking" message of a deferred answer."""
        self._open(self._world.bot, channel)
        message = Message(self._world.new_id(), channel, self._world.bot, now(), kind)
        message.flags = MessageFlag.LOADING
        message.visible_to, message.interaction = visible_to, interaction
        if visible_to is not None:
            message.flags |= MessageFlag.EPHEMERAL
        self.announce(message)
        return message

    def edit(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        """Changes what the body names and leaves the rest; ApiError if the whole breaks a rule."""
        if message.deleted:
            raise errors.unknown_message()
        if message.channel.deleted:
            raise errors.unknown_channel()
        self._threads.check_awake(message.channel)
        kept = [one for one in message.attachments if _keeps(body, one)]
        whole: Json = {
            "content": message.content,
            "embeds": message.embeds,
            "components": layout.referring(
                message.components, {one.url: one.file.name for one in message.attachments}
            ),
            "poll": message.poll,
        } | {key: value for key, value in body.items() if key != "flags"}
        lasting = message.flags & MessageFlag.COMPONENTS_V2
        whole["flags"] = int(body.get("flags") or 0) | lasting
        names = [one.file.name for one in kept] + _names(files)
        check(whole, names, files)
        message.flags &= ~MessageFlag.LOADING
        filled_in = message.interaction is not None and not message.text and not message.edited
        message.attachments = kept
        self._fill(message, {**whole, "attachments": body.get("attachments") or []}, files)
        message.edited = None if filled_in else now()
        self._tell("MESSAGE_UPDATE", message)
        self._events.publish("message_edited", message)

    def delete(self, message: Message) -> None:
        """Takes a message away."""
        message.deleted = True
        gone: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild_id:
            gone["guild_id"] = str(message.channel.guild_id)
        if not message.ephemeral:
            self._dispatch("MESSAGE_DELETE", message.channel, gone)
        self._events.publish("message_deleted", message)

    def announce(self, message: Message) -> None:
        """Keeps a message and tells everybody who may know."""
        self._world.keep(message)
        self._tell("MESSAGE_CREATE", message)
        self._events.publish("message_created", message)

    def _fill(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        described = {
            int(entry["id"]): entry.get("description")
            for entry in body.get("attachments") or []
            if int(entry["id"]) in files
        }
        for number, file in files.items():
            attachment = self._world.add_attachment(message.channel, file, described.get(number))
            message.attachments.append(attachment)
        urls = {one.file.name: one.url for one in message.attachments}
        message.content = body.get("content") or ""
        message.embeds = [{"type": "rich"} | embed for embed in body.get("embeds") or []]
        message.components = layout.completed(
            body.get("components") or [], urls, self._world.new_id
        )
        message.poll = body.get("poll")
        if "allowed_mentions" in body:
            message.allowed_mentions = body["allowed_mentions"]
        own = message.flags & (MessageFlag.EPHEMERAL | MessageFlag.LOADING)
        message.flags = own | (MessageFlag(int(body.get("flags") or 0)) & SETTABLE)
        if message.visible_to is not None:
            message.flags |= MessageFlag.EPHEMERAL
        self._world.set_mentions(message)

    def _tell(self, name: str, message: Message) -> None:
        if message.ephemeral:
            return
        home = self._world.home(message.channel)
        event = payloads.message_event(message, home)
        hidden = payloads.message_event(message, home, reader=self._world.bot)
        self._dispatch(name, message.channel, event, hidden)

    def _dispatch(
        self, name: str, channel: Channel, event: Json, hidden: Json | None = None
    ) -> None:
        self._news.in_channel(
            name,
            channel,
            event,
            in_guild=Intent.GUILD_MESSAGES,
            direct=Intent.DIRECT_MESSAGES,
            hidden=hidden,
        )

    def _open(self, author: User, channel: Channel) -> None:
        if channel.deleted:
            raise errors.unknown_channel()
        self._threads.wake_for(author, channel)


def check(body: Json, names: list[str], files: Mapping[int, File]) -> None:
    """ApiError if a message may not look like this."""
    problems = rules.message(body, names, _names(files))
    problems += [
        Problem(("files", number), "BASE_TYPE_MAX_LENGTH", "File cannot be larger than 10 MiB.")
        for number, file in files.items()
        if len(file.data) > LARGEST_FILE
    ]
    if problems:
        raise errors.invalid_form(problems)
    if rules.is_empty(body, names):
        raise errors.empty_message()


def _names(files: Mapping[int, File]) -> list[str]:
    return [file.name for file in files.values()]


def _keeps(body: Json, attachment: Attachment) -> bool:
    listed = body.get("attachments")
    return listed is None or attachment.id in {int(entry["id"]) for entry in listed}
