"""Guilds, channels and people: made, let in, closed, put away, taken away, each told to the bot."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.sandbox.gateway import Gateway
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Channel, ChannelKind, Json, User
from bot.sandbox.news import News
from bot.sandbox.permissions import Overwrite, Role
from bot.sandbox.sessions import Intent
from bot.sandbox.threads import Threads
from bot.sandbox.world import World


class Places:
    """What admins do; without a guild named, in the first one."""

    def __init__(self, world: World, gateway: Gateway, news: News, threads: Threads) -> None:
        self.world = world
        self._gateway = gateway
        self._news = news
        self._threads = threads

    def user(
        self,
        name: str,
        *,
        permissions: int = 0,
        locale: str = "en-US",
        member: bool = True,
        bot: bool = False,
        guild: Guild | None = None,
    ) -> User:
        """A new person; with permissions through a role of their own, or a stranger."""
        user = self.world.add_user(name, locale=locale, bot=bot)
        if member:
            self.join(user, guild or self.world.guild, permissions=permissions)
        return user

    def join(self, user: User, guild: Guild, *, permissions: int = 0) -> None:
        """Somebody becomes a member of a further guild."""
        member = self.world.add_member(user, guild)
        event = payloads.member(member) | {"guild_id": str(guild.id)}
        self._news.in_guild("GUILD_MEMBER_ADD", guild, event, Intent.GUILD_MEMBERS)
        if permissions:
            role = self.world.add_role(f"{user.name}'s role", permissions, user, guild)
            shown = payloads.role(role, len(guild.roles) - 1)
            created: Json = {"guild_id": str(guild.id), "role": shown}
            self._news.in_guild("GUILD_ROLE_CREATE", guild, created, Intent.GUILDS)

    def install(self, user: User) -> None:
        """Somebody installs the app for themselves, so that it is with them everywhere."""
        self.world.installed_by.add(user.id)

    def add_guild(self, name: str, *, with_bot: bool = True) -> Guild:
        """A further guild with a text channel, with the bot in it or without."""
        guild = self.world.add_guild(name, with_bot=with_bot)
        if with_bot:
            self._gateway.enter(guild)
        return guild

    def add_channel(self, name: str, guild: Guild | None = None) -> Channel:
        """A further text channel."""
        channel = self.world.add_channel(name, guild or self.world.guild)
        self._tell("CHANNEL_CREATE", channel, payloads.channel(channel))
        return channel

    def thread(self, user: User, parent: Channel, name: str) -> Channel:
        """Somebody opens a public thread in a text channel."""
        thread = self.world.add_thread(parent, name, user)
        self._tell("THREAD_CREATE", thread, payloads.channel(thread) | {"newly_created": True})
        return thread

    def direct(self, user: User) -> Channel:
        """The conversation between somebody and the bot."""
        return self.world.direct_channel(user)

    def private(self, *people: User) -> Channel:
        """A conversation of people without the bot; a group if there are more than two."""
        if len(people) < 2:
            raise ValueError("a conversation takes two people or more")
        return self.world.private_channel(people)

    def overwrite(
        self, channel: Channel, who: User | Role | None = None, *, allow: int = 0, deny: int = 0
    ) -> None:
        """Sets what a channel allows or denies to somebody or to a role; to the bot unless told.

        It takes the place of what was set for them before.
        """
        target = who or self.world.bot
        for_role = isinstance(target, Role)
        channel.overwrites[target.id] = Overwrite(target.id, for_role, allow, deny)
        self._tell("CHANNEL_UPDATE", channel, payloads.channel(channel))

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Puts a thread away; a locked one only moderators wake up."""
        self._threads.archive(thread, locked=locked)

    def delete_channel(self, channel: Channel) -> None:
        """Takes a channel with its threads, or one thread, away."""
        for gone in self.world.remove_channel(channel):
            kind = "THREAD_DELETE" if gone.kind is ChannelKind.THREAD else "CHANNEL_DELETE"
            self._tell(kind, gone, payloads.channel(gone))

    def lift_permissions(self, command: str) -> None:
        """An admin lets everybody use a command, whatever permissions the bot asked for."""
        for listed in self.world.commands.values():
            for one in listed:
                if one.name == command:
                    one.open_to_all = True

    def _tell(self, name: str, channel: Channel, event: Json) -> None:
        home = self.world.home(channel)
        if home is not None:
            self._news.in_guild(name, home, event, Intent.GUILDS)
