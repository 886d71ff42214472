"""A server in SimCord with the bot and two members, and what they find on its messages.

Knows SimCord 3.2.1, and nothing of how the bot answers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
from simcord import ChannelHandle, Env, InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.components import walk_components

from bot.client import ReceiptsClient
from bot.cogs.desk import Desk

Shown = ResponseMessage | discord.Message
Component = dict[str, Any]


@dataclass(slots=True)
class Speakers:
    """In which language people's Discord is, and who brings the bot along themselves.

    SimCord has everybody speak English in a server that the bot was invited to, so this stands
    before its gateway and writes into each interaction what it does not know.
    """

    locales: dict[int, str] = field(default_factory=dict)
    installed: dict[int, int] = field(default_factory=dict)
    """The context, as Discord numbers it, in which a user's own installation is used."""

    def __call__(self, event: str, payload: Mapping[str, Any]) -> None:
        """Hears an event before the bot does."""
        if event != "INTERACTION_CREATE" or not isinstance(payload, dict):
            return
        user = int((payload.get("user") or payload["member"]["user"])["id"])
        payload["locale"] = self.locales.get(user, "en-US")
        if user in self.installed:
            payload["authorizing_integration_owners"] = {"1": str(user)}
            payload["context"] = self.installed[user]


@dataclass(slots=True)
class World:
    """A server with one channel, in it Ada and Bob."""

    env: Env
    desk: Desk
    speakers: Speakers
    channel: ChannelHandle
    ada: MemberActor
    bob: MemberActor
    looked_at: int = 0
    """Of what the bot raised, so many."""

    @property
    def bot(self) -> str:
        """How the bot is called by its name."""
        assert self.env.bot.user is not None
        return self.env.bot.user.mention

    def raised(self) -> list[BaseException]:
        """What the bot raised since somebody last asked; what nobody asked for fails the test."""
        found = list(self.env.errors_since(self.looked_at))
        self.looked_at = self.env.error_cursor
        return found

    def speaks(self, actor: MemberActor | UserHandle, locale: str) -> None:
        """From now on their Discord is in that language."""
        self.speakers.locales[actor.id] = locale

    async def press(
        self, actor: MemberActor | UserHandle, message: Shown, action: str
    ) -> InteractionResult:
        """They press the first button of an action on a message."""
        pressed = await actor.click(message, custom_id=custom_ids(message, action)[0])
        assert isinstance(pressed, InteractionResult)
        return pressed

    async def restart(self) -> None:
        """The bot ends, and a new one begins with the same records."""
        await self.env.restart_bot(new_bot(self.desk))

    def seen_by(self, actor: MemberActor) -> list[int]:
        """The ids of the messages in the channel that they see."""
        return [message.id for message in self.channel.history(viewer=actor)]


@asynccontextmanager
async def inhabited(desk: Desk) -> AsyncIterator[World]:
    """The server while the bot is online.

    Whatever happens in it, afterwards every act of a member was answered, and answered once,
    nothing was raised that the test did not look at, and nothing sent could ping anybody.
    """
    # Real seconds, for machines that are busy with something else.
    env = Env(new_bot(desk), settle_timeout=30.0)
    await env.start()
    world = _settled(env, desk)
    try:
        yield world
    finally:
        await env.shutdown()
    assert world.raised() == []
    asked = [str(one.id) for one in env.backend.interactions.values()]
    called = [one.path.split("/")[2] for one in env.http_requests if "/callback" in one.path]
    assert called == asked
    assert {str(body["allowed_mentions"]) for body in sent(env)} <= {"{'parse': []}"}


def _settled(env: Env, desk: Desk) -> World:
    speakers = Speakers()
    env.backend.subscribers.insert(0, speakers)
    guild = env.create_guild("The valley")
    channel = guild.create_text_channel("mill")
    ada, bob = (guild.add_member(env.create_user(name)) for name in ("Ada", "Bob"))
    return World(env, desk, speakers, channel, ada, bob)


def new_bot(desk: Desk) -> ReceiptsClient:
    """A client that never met the server."""
    return ReceiptsClient(desk, guild_ready_timeout=0.0)


def first(result: InteractionResult) -> ResponseMessage:
    """The answer to what somebody did."""
    assert result.response is not None, result
    return result.response


def every(result: InteractionResult) -> list[ResponseMessage]:
    """The answer and all that followed it."""
    return [first(result), *result.followups]


def components(message: Shown) -> list[Component]:
    """Its components, nested ones too, in the order in which they are read."""
    if isinstance(message, ResponseMessage):
        return list(walk_components(message.components))
    return list(walk_components([dict(one.to_dict()) for one in message.components]))


def texts(message: Shown) -> list[str]:
    """What stands on it, one text after the other."""
    return [str(one["content"]) for one in components(message) if one["type"] == 10]


def text(message: Shown) -> str:
    """All that stands on it, without the marks that set parts of it off."""
    whole = "\n".join([message.content, *texts(message)]).strip()
    return whole.replace("**", "").replace("__", "")


def custom_ids(message: Shown, action: str = "") -> list[str]:
    """The custom ids of an action's buttons, or of all."""
    found = [str(one.get("custom_id", "")) for one in components(message)]
    return [one for one in found if one.startswith(f"r:{action}")]


def labels(message: Shown) -> list[str]:
    """What stands on its buttons."""
    return [str(one["label"]) for one in components(message) if one["type"] == 2]


def is_off(message: Shown, label: str) -> bool:
    """Whether a button is there to be seen and not to be pressed."""
    (button,) = (one for one in components(message) if one.get("label") == label)
    return bool(button["disabled"])


def sent(env: Env) -> list[Component]:
    """The bodies of all messages that the bot sent or changed."""
    bodies: list[Component] = []
    for request in env.http_requests:
        if not isinstance(request.json, dict) or request.method not in ("POST", "PATCH"):
            continue
        callback = request.json.get("type") if request.path.endswith("/callback") else None
        body = request.json.get("data") if callback in (4, 7) else request.json
        if isinstance(body, dict) and (body.get("content") or body.get("components")):
            bodies += [body] if callback in (None, 4, 7) else []
    return bodies
