"""The Discord client: its intents, its commands' registration, its errors, its start and its end.

Asks for no privileged intent. Must not know how a question is answered.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import signal
import sys
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cogs.about import About, about_buttons
from bot.cogs.answer_buttons import answer_buttons
from bot.cogs.ask import Ask, find
from bot.cogs.desk import Desk, DeskBot
from bot.cogs.expiry import Expiry
from bot.cogs.in_flight import InFlight
from bot.cogs.kb.buttons import kb_buttons
from bot.cogs.kb.cog import Kb
from bot.cogs.telling import sentence_for, tell, tell_in_channel
from bot.cogs.tidying import Tidying
from bot.cogs.translator import CommandWords
from bot.cogs.views import Views, view_buttons
from bot.config import Settings
from bot.errors import ReceiptsError, SettingsError

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
GRACE = 8.0
"""Seconds for the answers in flight when the bot is told to stop; Docker kills after ten."""

LONGEST_PAUSE = 60.0
# What Discord says in a close code that no second try would change.
FINAL_CLOSE_CODES = (4004, 4010, 4011, 4012, 4013, 4014)

log = logging.getLogger(__name__)


class ReceiptsClient(DeskBot):
    """A client whose commands and buttons work with a desk."""

    def __init__(self, desk: Desk, *, guild_ready_timeout: float = 2.0) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=_Tree,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
        )
        self.desk = desk

    @property
    def in_flight(self) -> InFlight:
        """The answers being worked on."""
        return self.desk.in_flight

    async def setup_hook(self) -> None:
        """Adds the commands, and registers them with Discord if they are not what it has."""
        desk = self.desk
        for cog in (Ask(self, desk), Views(desk), About(desk), Expiry(desk), Tidying(desk)):
            await self.add_cog(cog)
        if self.desk.office is not None:
            await self.add_cog(Kb(self, self.desk, self.desk.office))
            self.add_dynamic_items(*kb_buttons())
        self.tree.add_command(find)
        self.add_dynamic_items(*answer_buttons(), *view_buttons(), *about_buttons())
        await self.tree.set_translator(CommandWords(self.desk.wordings))
        await self.register_commands()

    async def register_commands(self) -> None:
        """Replaces the registered commands, but only when something about them has changed.

        Discord's own list is what is compared with, so that it holds over restarts and machines.
        """
        translator = self.tree.translator
        ours = [
            await command.get_translated_payload(self.tree, translator)
            if translator
            else command.to_dict(self.tree)
            for command in self.tree.get_commands()
        ]
        listing = Route(
            "GET", "/applications/{application_id}/commands", application_id=self.application_id
        )
        theirs = await self.http.request(listing, params={"with_localizations": "true"})
        if sorted(map(_essence, ours), key=repr) == sorted(map(_essence, theirs), key=repr):
            log.info("The registered commands are up to date")
            return
        await self.tree.sync()
        log.info("Registered %s commands", len(ours))

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connects to the gateway and stays connected.

        Raises:
            ConnectionError: the gateway could not be reached at all.
        """
        try:
            await super().connect(reconnect=reconnect)
        except AttributeError as error:
            # discord.py reads the websocket it never had (Rapptz/discord.py#10520).
            if self.ws is not None:
                raise
            raise ConnectionError("Discord's gateway could not be reached") from error

    async def on_ready(self) -> None:
        """Says so in the log."""
        log.info("Online in %s servers", len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """No commands are written as messages; the cog hears them by itself."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Whatever an event's handler raised: told once to whoever wrote, if somebody did."""
        error = sys.exc_info()[1]
        if error is None:
            return
        message = args[0] if args and isinstance(args[0], discord.Message) else None
        guild = message.guild if message else None
        wording = self.desk.wordings.of(str(guild.preferred_locale) if guild else None)
        sentence = sentence_for(error, wording)
        if message is not None:
            await tell_in_channel(message, sentence)


class _Tree(app_commands.CommandTree[ReceiptsClient]):
    """The commands, with one gate in front of all and one place behind them for errors."""

    async def interaction_check(self, interaction: discord.Interaction[ReceiptsClient], /) -> bool:
        if interaction.type is discord.InteractionType.autocomplete:
            # Nobody waits for what is offered, and there is no way to tell them anything.
            return True
        desk = interaction.client.desk
        try:
            desk.in_flight.join()
        except ReceiptsError as error:
            await tell(interaction, sentence_for(error, desk.wording(interaction)))
            return False
        return True

    async def on_error(
        self,
        interaction: discord.Interaction[ReceiptsClient],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        wording = interaction.client.desk.wording(interaction)
        await tell(interaction, sentence_for(error, wording))


def run(desk: Desk, settings: Settings) -> None:
    """Runs the bot until it is told to stop (SIGTERM or SIGINT), finishing what it works on.

    Raises:
        SettingsError: there is no token, or Discord does not accept it.
    """
    if settings.token is None:
        raise SettingsError("DISCORD_TOKEN is not set; it is needed to be on Discord.")
    set_up_logging(settings.log_level)
    point_at(settings.discord_api, settings.discord_gateway)
    asyncio.run(_run(desk, settings.token))


def set_up_logging(level: int) -> None:
    """A log of a level, without what people say."""
    discord.utils.setup_logging(level=level)
    # Below INFO discord.py writes down all that people say.
    logging.getLogger("discord").setLevel(max(level, logging.INFO))
    # The bot has no voice and need not be told twice what it lacks for one.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def point_at(api: str | None, gateway: str | None) -> None:
    """Lets every client of this process talk to another Discord; None leaves an address alone."""
    if api:
        Route.BASE = api
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


async def _run(desk: Desk, token: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(desk, token, stop)


async def serve(desk: Desk, token: str, stop: asyncio.Event) -> None:
    """Keeps a client online until `stop` is set, with a new one when the last one broke.

    Raises:
        SettingsError: Discord does not accept the token.
    """
    # What is there by now stays. Looking through it for garbage, again and again, would stop all.
    gc.collect()
    gc.freeze()
    for pause in _pauses():
        try:
            await _serve_once(ReceiptsClient(desk), token, stop)
            return
        except discord.LoginFailure:
            advice = "take the one on the Bot page of the developer portal."
            raise SettingsError(f"Discord does not accept DISCORD_TOKEN; {advice}") from None
        except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
            if _is_final(error):
                raise
            log.warning("Offline (%s); trying again in %.0f s", error, pause)
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
            return
        except TimeoutError:
            continue


async def _serve_once(client: ReceiptsClient, token: str, stop: asyncio.Event) -> None:
    async with client:
        online = asyncio.create_task(client.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({online, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not online.done():
            log.info("Stopping; answers in flight: %s", len(client.in_flight))
            await client.in_flight.finish(GRACE)
            # Cancelled before the client is closed, so that Discord is told goodbye.
            online.cancel()
        result = (await asyncio.gather(online, return_exceptions=True))[0]
        if isinstance(result, Exception):
            raise result


def _is_final(error: Exception) -> bool:
    if isinstance(error, discord.ConnectionClosed):
        return error.code in FINAL_CLOSE_CODES
    if isinstance(error, discord.HTTPException):
        return error.status < 500 and error.status != 429
    return isinstance(error, discord.DiscordException) and not isinstance(
        error, discord.GatewayNotFound
    )


def _pauses() -> Iterator[float]:
    """Seconds to wait before the next try: ever longer, and never the same for many bots."""
    longest = 1.0
    while True:
        yield random.uniform(longest / 2, longest)  # noqa: S311
        longest = min(longest * 2, LONGEST_PAUSE)


def _essence(command: dict[str, Any]) -> dict[str, Any]:
    """What makes a command what it is, whether we wrote it down or Discord did."""
    given = {"id", "application_id", "guild_id", "version", "dm_permission"}
    kept = {key: value for key, value in command.items() if key not in given}
    if kept.get("default_member_permissions") is not None:
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    for key in ("contexts", "integration_types"):
        kept[key] = sorted(kept.get(key) or [])
    essence: dict[str, Any] = _without_unset(kept)
    return essence


def _without_unset(value: Any) -> Any:
    """Discord drops what is unset, empty or off; we send it."""
    if isinstance(value, list):
        return [_without_unset(part) for part in value]
    if isinstance(value, dict):
        return {
            key: _without_unset(value[key])
            for key in sorted(value)
            if not (value[key] is None or value[key] is False or value[key] in ("", [], {}))
        }
    return value
