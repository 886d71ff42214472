"""What the bot's channel permissions allow it: the refusals, with Discord's codes.

For the routes of channels only. Answers to interactions go through a webhook of their own and ask
for none of this.
"""

from __future__ import annotations

from bot.sandbox import errors
from bot.sandbox.model import Channel, ChannelKind, Json
from bot.sandbox.permissions import EVERYTHING, Permission
from bot.sandbox.world import World


class Access:
    """Asks what the bot may do in a channel."""

    def __init__(self, world: World) -> None:
        self._world = world

    def held(self, channel: Channel) -> int:
        """The bot's permissions; in a conversation without a guild there is nothing to lack."""
        if channel.guild_id is None:
            return EVERYTHING
        return self._world.permissions(self._world.bot, channel)

    def check_sees(self, channel: Channel) -> None:
        """50001 for a channel that is hidden from the bot."""
        if not self._world.sees(self._world.bot, channel):
            raise errors.missing_access()

    def check_may(self, channel: Channel, asked: Permission) -> None:
        """50001 for a hidden channel, 50013 without the permission."""
        self.check_sees(channel)
        if self.held(channel) & asked != asked:
            raise errors.missing_permissions()

    def check_may_write(self, channel: Channel) -> None:
        """The one permission for threads, the other one elsewhere."""
        thread = channel.kind is ChannelKind.THREAD
        needed = Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES
        self.check_may(channel, needed)

    def check_may_reply(self, channel: Channel) -> None:
        """160002 for a reply without the permission to read what it replies to."""
        if not self.held(channel) & Permission.READ_MESSAGE_HISTORY:
            raise errors.no_history_to_reply_to()

    def sendable(self, channel: Channel, body: Json, *, files: bool) -> Json:
        """The body without embeds that may not be shown; 50013 if nothing of it is left.

        Files without the permission for them are refused, embeds beside a text are dropped.
        """
        if files:
            self.check_may(channel, Permission.ATTACH_FILES)
        kept = self.editable(channel, body)
        bare = not any(kept.get(key) for key in ("content", "components", "sticker_ids", "poll"))
        if kept is not body and bare and not files:
            raise errors.missing_permissions()
        return kept

    def editable(self, channel: Channel, body: Json) -> Json:
        """The body without embeds that may not be shown."""
        if not body.get("embeds") or self.held(channel) & Permission.EMBED_LINKS:
            return body
        return body | {"embeds": []}
