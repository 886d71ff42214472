"""Routes of reactions: the bot's own, everybody's, and who reacted."""

from __future__ import annotations

from bot.sandbox import errors, payloads
from bot.sandbox.access import Access
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.http.channel_routes import visible_message
from bot.sandbox.model import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.reactions import Reactions, check_emoji
from bot.sandbox.world import World

OWN = "@me"


class ReactionRoutes:
    """Handlers that look the message up and ask what the bot may do."""

    def __init__(self, world: World, reactions: Reactions) -> None:
        self._world = world
        self._reactions = reactions
        self._access = Access(world)

    def routes(self) -> list[Route]:
        """What is served."""
        all_of_message = "/channels/{channel}/messages/{message}/reactions"
        of_emoji = all_of_message + "/{emoji}"
        return [
            Route("GET", of_emoji, self._list),
            Route("PUT", of_emoji + "/" + OWN, self._add),
            Route("DELETE", of_emoji + "/{user}", self._remove),
            Route("DELETE", all_of_message, self._clear),
        ]

    async def _list(self, call: Call) -> Answer:
        message = self._message(call)
        self._access.check_may(message.channel, Permission.READ_MESSAGE_HISTORY)
        check_emoji(call.path["emoji"])
        holders = message.reactions.get(call.path["emoji"], [])
        after, most = int(call.query.get("after", 0)), int(call.query.get("limit", 25))
        shown = sorted((u for u in holders if u.id > after), key=lambda user: user.id)[:most]
        return Answer(body=[payloads.user(user) for user in shown])

    async def _add(self, call: Call) -> Answer:
        message, emoji = self._message(call), call.path["emoji"]
        asked = Permission.READ_MESSAGE_HISTORY
        if emoji not in message.reactions:
            asked |= Permission.ADD_REACTIONS
        self._access.check_may(message.channel, asked)
        self._reactions.add(self._world.bot, message, emoji)
        return Answer(204)

    async def _remove(self, call: Call) -> Answer:
        message, holder = self._message(call), self._world.bot
        if call.path["user"] != OWN:
            self._access.check_may(message.channel, Permission.MANAGE_MESSAGES)
            found = self._world.users.get(call.number("user"))
            if found is None:
                raise errors.ApiError(404, 10013, "Unknown User")
            holder = found
        self._reactions.remove(holder, message, call.path["emoji"])
        return Answer(204)

    async def _clear(self, call: Call) -> Answer:
        message = self._message(call)
        self._access.check_may(message.channel, Permission.MANAGE_MESSAGES)
        self._reactions.clear(message)
        return Answer(204)

    def _message(self, call: Call) -> Message:
        return visible_message(self._world, self._access, call)
