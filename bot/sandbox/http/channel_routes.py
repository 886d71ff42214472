"""Routes of channels: messages, the typing sign, direct conversations, and uploaded files."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox import errors, payloads
from bot.sandbox.errors import Problem
from bot.sandbox.events import Events
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.model import Channel, Json, Message, MessageKind, Permission
from bot.sandbox.posting import Posting
from bot.sandbox.world import World

MOST_LISTED = 100


class ChannelRoutes:
    """Handlers for what a bot does in channels without being asked by an interaction."""

    def __init__(self, world: World, posting: Posting, events: Events) -> None:
        self._world = world
        self._posting = posting
        self._events = events

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
        return web.Response(body=attachment.file.data, headers=kind)

    async def _show_channel(self, call: Call) -> Answer:
        return Answer(body=payloads.channel(self._channel(call)))

    async def _typing(self, call: Call) -> Answer:
        self._events.publish("typing", self._channel(call))
        return Answer(204)

    async def _open_direct(self, call: Call) -> Answer:
        user = self._world.users.get(int(call.form.get("recipient_id") or 0))
        if user is None or user is self._world.bot:
            raise errors.ApiError(400, 50033, "Invalid Recipient(s)")
        return Answer(body=payloads.channel(self._world.direct_channel(user)))

    async def _list(self, call: Call) -> Answer:
        found = self._world.messages_in(self._channel(call))
        before, after = call.query.get("before"), call.query.get("after")
        limit = min(int(call.query.get("limit", 50)), MOST_LISTED)
        if before:
            found = [message for message in found if message.id < int(before)]
        if after:
            found = [message for message in found if message.id > int(after)][:limit]
        shown = [message for message in found if not message.ephemeral][-limit:]
        return Answer(body=[payloads.message(message) for message in reversed(shown)])

    async def _post(self, call: Call) -> Answer:
        channel, body = self._channel(call), call.form
        answered = self._answered(body)
        message = self._posting.create(
            self._world.bot,
            channel,
            body,
            call.files,
            kind=MessageKind.REPLY if answered else MessageKind.PLAIN,
            reply_to=answered,
        )
        return Answer(body=payloads.message(message))

    def _answered(self, body: Json) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        answered = self._world.messages.get(int(reference["message_id"]))
        if answered is not None and not answered.deleted and not answered.ephemeral:
            return answered
        if reference.get("fail_if_not_exists") is False:
            return None
        code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
        raise errors.invalid_form([Problem(("message_reference",), code, "Unknown message")])

    async def _show(self, call: Call) -> Answer:
        return Answer(body=payloads.message(self._message(call)))

    async def _edit(self, call: Call) -> Answer:
        message = self._message(call)
        if message.author is not self._world.bot:
            raise errors.not_your_message()
        self._posting.edit(message, call.form, call.files)
        return Answer(body=payloads.message(message))

    async def _delete(self, call: Call) -> Answer:
        message = self._message(call)
        may = self._world.guild.permissions_of(self._world.bot) & Permission.MANAGE_MESSAGES
        if message.author is not self._world.bot and not may:
            raise errors.missing_permissions()
        self._posting.delete(message)
        return Answer(204)

    def _channel(self, call: Call) -> Channel:
        channel = self._world.channels.get(call.number("channel"))
        if channel is None:
            raise errors.unknown_channel()
        return channel

    def _message(self, call: Call) -> Message:
        channel = self._channel(call)
        message = self._world.messages.get(call.number("message"))
        if message is None or message.deleted or message.channel is not channel:
            raise errors.unknown_message()
        return message
