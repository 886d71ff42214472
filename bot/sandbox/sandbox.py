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

from bot.sandbox.description import Description
from bot.sandbox.events import Events
from bot.sandbox.exchange import Exchange
from bot.sandbox.faults import Faults
from bot.sandbox.gateway import Gateway
from bot.sandbox.guilds import Guild
from bot.sandbox.http.application_routes import ApplicationRoutes
from bot.sandbox.http.call import Request
from bot.sandbox.http.channel_routes import ChannelRoutes
from bot.sandbox.http.interaction_routes import InteractionRoutes
from bot.sandbox.http.limits import DISCORDS, GENEROUS, Limits, RateLimits
from bot.sandbox.http.reaction_routes import ReactionRoutes
from bot.sandbox.http.server import API, GATEWAY, Page, Server
from bot.sandbox.interactions import Interactions
from bot.sandbox.model import Channel, Command, Message, User
from bot.sandbox.news import News
from bot.sandbox.people import People
from bot.sandbox.posting import Posting
from bot.sandbox.reactions import Reactions
from bot.sandbox.sessions import Intent
from bot.sandbox.threads import Threads
from bot.sandbox.world import World


class Sandbox(People):
    """A stand-in for Discord with a guild, a text channel in it and a bot, on the loopback.

    `rate_limits`: False counts generously, True as Discord does, or limits of your own.
    """

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
        rate_limits: bool | Limits = False,
        description: Description | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        token = token or secrets.token_hex(16)
        world = World(bot_name=bot_name, guild_name=guild_name)
        events = Events()
        gateway = Gateway(
            world,
            events,
            token=token,
            privileged=privileged_intents,
            heartbeat_interval=heartbeat_interval,
        )
        news = News(world, gateway)
        threads = Threads(world, news)
        posting = Posting(world, news, threads, events)
        reactions = Reactions(world, news, threads, events)
        interactions = Interactions(
            world,
            gateway,
            posting,
            events,
            clock=clock,
            first_answer_within=first_answer_within,
            token_lifetime=token_lifetime,
        )
        super().__init__(
            world,
            gateway,
            news,
            threads,
            posting,
            reactions,
            interactions,
            events,
            first_answer_within=first_answer_within,
            patience=patience,
        )
        self.token = token
        self.faults = Faults()
        reads_content = bool(privileged_intents & Intent.MESSAGE_CONTENT)
        channels = ChannelRoutes(world, posting, events, reads_content=reads_content)
        if not isinstance(rate_limits, Limits):
            rate_limits = DISCORDS if rate_limits else GENEROUS
        self._server = Server(
            [
                *ApplicationRoutes(world, gateway, events).routes(),
                *InteractionRoutes(world, interactions).routes(),
                *channels.routes(),
                *ReactionRoutes(world, reactions).routes(),
            ],
            gateway=gateway.serve,
            files=channels.file,
            token=token,
            faults=self.faults,
            limits=RateLimits(rate_limits),
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
        """The first guild."""
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

    def exchange(self, number: int) -> Exchange | None:
        """The exchange by the id of its interaction, if there was one."""
        return self._interactions.by_id(number)

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """What stands in a channel, oldest first."""
        return self.world.messages_in(channel or self.channel)

    def serve(self, path: str, page: Page) -> None:
        """Serves something more on the same port; only before the sandbox is entered."""
        self._server.serve(path, page)

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
