"""Discord on your own machine: the one class that tests and pages use.

async with Sandbox() as discord:
    ...point a bot at discord.api_url and discord.gateway_url with discord.token...
    ada = discord.user("Ada")
    exchange = await discord.slash(ada, "ask", question="Who?")
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType

from bot.sandbox import payloads
from bot.sandbox.description import Description
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.gateway import Gateway
from bot.sandbox.http.application_routes import ApplicationRoutes
from bot.sandbox.http.call import Request
from bot.sandbox.http.channel_routes import ChannelRoutes
from bot.sandbox.http.interaction_routes import InteractionRoutes
from bot.sandbox.http.server import API, GATEWAY, Server
from bot.sandbox.interactions import Interactions
from bot.sandbox.model import Channel, Command, Guild, Json, Message, User
from bot.sandbox.people import People
from bot.sandbox.posting import Posting
from bot.sandbox.sessions import Intent
from bot.sandbox.world import World


class Sandbox(People):
    """A stand-in for Discord with one guild, one text channel and one bot, on the loopback."""

    def __init__(
        self,
        *,
        token: str | None = None,
        bot_name: str = "Bot",
        guild_name: str = "Sandbox",
        privileged_intents: int = 0,
        heartbeat_interval: float = 41.25,
        first_answer_within: float = 3.0,
        token_lifetime: float = 900.0,
        patience: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
        description: Description | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        token = token or secrets.token_hex(16)
        world = World(bot_name=bot_name, guild_name=guild_name)
        events = Events()
        self._gateway = Gateway(
            world,
            events,
            token=token,
            privileged=privileged_intents,
            heartbeat_interval=heartbeat_interval,
        )
        posting = Posting(world, self._gateway, events)
        interactions = Interactions(
            world,
            self._gateway,
            posting,
            events,
            clock=clock,
            first_answer_within=first_answer_within,
            token_lifetime=token_lifetime,
        )
        super().__init__(
            world,
            posting,
            interactions,
            events,
            first_answer_within=first_answer_within,
            patience=patience,
        )
        self.token = token
        self.faults = Faults()
        channels = ChannelRoutes(world, posting, events)
        self._server = Server(
            [
                *ApplicationRoutes(world, self._gateway, events).routes(),
                *InteractionRoutes(world, interactions).routes(),
                *channels.routes(),
            ],
            gateway=self._gateway.serve,
            files=channels.file,
            token=token,
            faults=self.faults,
            events=events,
            description=description,
        )
        self._bind = (host, port)
        self.api_url = ""
        self.gateway_url = ""

    async def __aenter__(self) -> Sandbox:
        address = await self._server.start(*self._bind)
        self.world.base_url = f"http://{address}"
        self.api_url = self.world.base_url + API
        self.gateway_url = self._gateway.url = f"ws://{address}{GATEWAY}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._gateway.drop(1001)
        await self._server.stop()

    @property
    def bot(self) -> User:
        """The bot's own user; its id is the application's too."""
        return self.world.bot

    @property
    def guild(self) -> Guild:
        """The guild."""
        return self.world.guild

    @property
    def channel(self) -> Channel:
        """The guild's first text channel, where things happen unless said otherwise."""
        return self.world.channel

    @property
    def commands(self) -> list[Command]:
        """What is registered, everywhere and in the guild."""
        return [command for listed in self.world.commands.values() for command in listed]

    @property
    def requests(self) -> deque[Request]:
        """The latest requests, oldest first."""
        return self._server.requests

    @property
    def connected(self) -> bool:
        """Whether a bot listens at the moment."""
        return bool(self._gateway.connected)

    @property
    def resumable(self) -> int:
        """How many sessions a bot could come back to; none once it has said goodbye."""
        return len(self._gateway.sessions)

    @property
    def refused(self) -> int:
        """How many connections to the gateway were refused so far."""
        return self._gateway.refused

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """What stands in a channel, oldest first."""
        return self.world.messages_in(channel or self.channel)

    def user(
        self,
        name: str,
        *,
        permissions: int = 0,
        locale: str = "en-US",
        member: bool = True,
        bot: bool = False,
    ) -> User:
        """A new person; with permissions through a role of their own, or a stranger."""
        user = self.world.add_user(name, locale=locale, bot=bot, member=member)
        if member:
            joined = payloads.member(self.guild.members[user.id])
            event = joined | {"guild_id": str(self.guild.id)}
            self._announce("GUILD_MEMBER_ADD", event, Intent.GUILD_MEMBERS)
        if member and permissions:
            role = self.world.add_role(f"{name}'s role", permissions, user)
            shown = payloads.role(role, len(self.guild.roles) - 1)
            created: Json = {"guild_id": str(self.guild.id), "role": shown}
            self._announce("GUILD_ROLE_CREATE", created, Intent.GUILDS)
        return user

    def add_channel(self, name: str) -> Channel:
        """A further text channel."""
        channel = self.world.add_channel(name)
        self._announce("CHANNEL_CREATE", payloads.channel(channel), Intent.GUILDS)
        return channel

    def thread(self, user: User, parent: Channel, name: str) -> Channel:
        """Somebody opens a public thread in a text channel."""
        thread = self.world.add_thread(parent, name, user)
        event = payloads.channel(thread) | {"newly_created": True}
        self._announce("THREAD_CREATE", event, Intent.GUILDS)
        return thread

    def direct(self, user: User) -> Channel:
        """The conversation between somebody and the bot."""
        return self.world.direct_channel(user)

    def lift_permissions(self, command: str) -> None:
        """An admin lets everybody use a command, whatever permissions the bot asked for."""
        for one in self.commands:
            if one.name == command:
                one.open_to_all = True

    async def bot_connected(self) -> None:
        """Waits until a bot listens."""
        await self.until(lambda: self.connected)

    async def drop(self, code: int | None = 4000) -> None:
        """Closes every gateway connection with a code, or cuts it if there is none."""
        await self._gateway.drop(code)

    def ask_to_reconnect(self) -> None:
        """Asks every bot to come back, as Discord does before it restarts a server."""
        self._gateway.ask_to_reconnect()

    def invalidate(self, *, resumable: bool = False) -> None:
        """Declares every session invalid."""
        self._gateway.invalidate(resumable=resumable)

    def refuse_connections(self, refuse: bool = True) -> None:
        """Lets no bot connect to the gateway until told otherwise."""
        self._gateway.refusing = refuse

    def _announce(self, name: str, event: Json, needs: Intent) -> None:
        self._gateway.dispatch(name, event, needs=needs, guild_id=self.guild.id)
