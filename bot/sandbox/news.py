"""Who hears of what: events for those bots that see the place and asked for that kind.

Between those who change something and the gateway, which knows only intents and shards.
"""

from __future__ import annotations

from bot.sandbox.gateway import Gateway
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Channel, Json
from bot.sandbox.sessions import Intent
from bot.sandbox.world import World


class News:
    """Sends events about channels and guilds."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def in_channel(
        self,
        name: str,
        channel: Channel,
        event: Json,
        *,
        in_guild: Intent,
        direct: Intent,
        hidden: Json | None = None,
    ) -> None:
        """Something happened in a channel; `hidden` is what those get who may not read it."""
        if not self._world.sees(self._world.bot, channel):
            return
        self._gateway.dispatch(
            name,
            event,
            needs=direct if channel.guild_id is None else in_guild,
            guild_id=channel.guild_id,
            without_content=hidden,
        )

    def in_guild(self, name: str, guild: Guild, event: Json, needs: Intent) -> None:
        """Something happened to a guild or one of its parts."""
        if self._world.bot.id in guild.members:
            self._gateway.dispatch(name, event, needs=needs, guild_id=guild.id)
