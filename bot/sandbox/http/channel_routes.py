"""Routes of channels: messages, the typing sign, direct conversations, and uploaded files."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox import errors, payloads
from bot.sandbox.access import Access
from bot.sandbox.errors import Problem
from bot.sandbox.events import Events
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.model import Channel, File, Json, Message, MessageKind, User
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Posting
from bot.sandbox.world import World

MOST_LISTED = 100


class ChannelRoutes:
    """Handlers for what a bot does in channels without being asked by an interaction."""

    def __init__(
        self, world: World, posting: Posting, events: Events, *, reads_content: bool
    ) -> None:
        self._world = world
        self._posting = posting
        self._events = events
        self._access = Access(world)
        self._reader: User | None = None if reads_content else world.bot

    def routes(self) -> list[Route]:
        """What is served."""
        messages = "/channels/{channel}/messages"
        message = messages + "/{message}"
        return [
            Route("GET", "/channels/{channel}", self._show_channel),
            Route("POST", "/channels/{channel}/typing", self._typing),
            Route("POST", "/users/@me/channels", self._open_direct),
            Route("GET", messages, self._list),
            Route("POST", messages, self._post),
            Route("GET", message, self._show),
            Route("PATCH", message, self._edit),
            Route("DELETE", message, self._delete),
        ]

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The content of an attachment."""
        number = request.match_info["attachment"]
        attachment = self._world.attachments.get(int(number)) if number.isdigit() else None
        if attachment is None:
            return web.Response(status=404)
        kind = {"Content-Type": attachment.file.content_type}
        return web.Response(body=attachment.file.data, headers=kind | _tame(attachment.file))

    async def _show_channel(self, call: Call) -> Answer:
        return Answer(body=payloads.channel(self._channel(call)))

    async def _typing(self, call: Call) -> Answer:
        channel = self._channel(call)
        self._access.check_may_write(channel)
        self._events.publish("typing", channel)
        return Answer(204)

    async def _open_direct(self, call: Call) -> Answer:
        user = self._world.users.get(int(call.form.get("recipient_id") or 0))
        if user is None or user is self._world.bot:
            raise errors.ApiError(400, 50033, "Invalid Recipient(s)")
        return Answer(body=payloads.channel(self._world.direct_channel(user)))

    async def _list(self, call: Call) -> Answer:
        channel = self._channel(call)
        if not self._access.held(channel) & Permission.READ_MESSAGE_HISTORY:
            return Answer(body=[])
        found = self._world.messages_in(channel)
        before, after = call.query.get("before"), call.query.get("after")
        limit = min(int(call.query.get("limit", 50)), MOST_LISTED)
        if before:
            found = [message for message in found if message.id < int(before)]
        if after:
            found = [message for message in found if message.id > int(after)][:limit]
        shown = [message for message in found if not message.ephemeral][-limit:]
        return Answer(body=[self._read(message) for message in reversed(shown)])

    async def _post(self, call: Call) -> Answer:
        channel = self._channel(call)
        self._access.check_may_write(channel)
        body = self._access.sendable(channel, call.form, files=bool(call.files))
        answered = self._answered(channel, body)
        message = self._posting.create(
            self._world.bot,
            channel,
            body,
            call.files,
            kind=MessageKind.REPLY if answered else MessageKind.PLAIN,
            reply_to=answered,
        )
        return Answer(body=payloads.message(message))

    def _answered(self, channel: Channel, body: Json) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        self._access.check_may_reply(channel)
        answered = self._world.messages.get(int(reference["message_id"]))
        if answered is not None and answered.channel is channel and _is_there(answered):
            return answered
        if reference.get("fail_if_not_exists") is False:
            return None
        code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
        raise errors.invalid_form([Problem(("message_reference",), code, "Unknown message")])

    async def _show(self, call: Call) -> Answer:
        message = self._message(call)
        self._access.check_may(message.channel, Permission.READ_MESSAGE_HISTORY)
        return Answer(body=self._read(message))

    async def _edit(self, call: Call) -> Answer:
        message = self._message(call)
        if message.author is not self._world.bot:
            raise errors.not_your_message()
        body = self._access.editable(message.channel, call.form)
        self._posting.edit(message, body, call.files)
        return Answer(body=payloads.message(message))

    async def _delete(self, call: Call) -> Answer:
        message = self._message(call)
        if message.author is not self._world.bot:
            self._access.check_may(message.channel, Permission.MANAGE_MESSAGES)
        self._posting.delete(message)
        return Answer(204)

    def _read(self, message: Message) -> Json:
        return payloads.message(message, reader=self._reader)

    def _channel(self, call: Call) -> Channel:
        return visible_channel(self._world, self._access, call)

    def _message(self, call: Call) -> Message:
        return visible_message(self._world, self._access, call)


def visible_channel(world: World, access: Access, call: Call) -> Channel:
    """The channel that a path names; 10003 where there is none, 50001 for a hidden one."""
    channel = world.channels.get(call.number("channel"))
    if channel is None:
        raise errors.unknown_channel()
    access.check_sees(channel)
    return channel


def visible_message(world: World, access: Access, call: Call) -> Message:
    """The message that a path names; 10008 where there is none, or only for somebody's eyes."""
    channel = visible_channel(world, access, call)
    message = world.messages.get(call.number("message"))
    if message is None or message.channel is not channel or not _is_there(message):
        raise errors.unknown_message()
    return message


def _tame(file: File) -> dict[str, str]:
    """Headers by which an uploaded file runs nothing in a browser, on the port of a page."""
    shown = file.content_type.startswith(("image/", "video/", "audio/"))
    return {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline" if shown else "attachment",
        "X-Content-Type-Options": "nosniff",
    }


def _is_there(message: Message) -> bool:
    return not message.deleted and not message.ephemeral
