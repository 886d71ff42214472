"""The names behind ids, as messages mention them."""

from __future__ import annotations

from bot.sandbox.world import World


class WorldNames:
    """Looks names up in a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def user(self, number: int) -> str | None:
        """A person's name, or a bot's."""
        found = self._world.users.get(number)
        return None if found is None else found.name

    def role(self, number: int) -> str | None:
        """A role's name, of any guild."""
        for guild in self._world.guilds.values():
            if number in guild.roles:
                return guild.roles[number].name
        return None

    def channel(self, number: int) -> str | None:
        """A channel's name."""
        found = self._world.channels.get(number)
        return None if found is None else found.name
