"""Everything that exists at the moment, and how new things come to be.

Holds the guilds, people, channels, messages, attachments and the registered commands. It knows
nothing of HTTP or the gateway: whoever creates something here announces it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bot.sandbox.guilds import Guild, Member
from bot.sandbox.model import (
    Attachment,
    Channel,
    ChannelKind,
    Command,
    File,
    Json,
    Message,
    User,
    each_component,
)
from bot.sandbox.permissions import EVERYBODY_MAY, Permission, Role

DISCORD_EPOCH_MS = 1_420_070_400_000
USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE_MENTION = re.compile(r"@(everyone|here)\b")


class Snowflakes:
    """Unique ids that rise with time and carry it, as Discord's do."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._last = 0

    def __call__(self) -> int:
        """The next id."""
        now = (int(self._wall() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(self._last + 1, now)
        return self._last


class World:
    """The state of the stand-in; `guild` and `channel` are where things happen unless told."""

    def __init__(self, *, bot_name: str, guild_name: str) -> None:
        self.new_id = Snowflakes()
        self.base_url = ""
        self.application_id = self.new_id()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int | None, list[Command]] = {None: []}
        self.installed_by: set[int] = set()
        self.bot = User(self.application_id, bot_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.guild = self.add_guild(guild_name, with_bot=True)
        self.channel = self.guild.channel

    def add_guild(self, name: str, *, with_bot: bool) -> Guild:
        """A new guild with one text channel and an owner."""
        guild_id = self.new_id()
        everyone = Role(guild_id, "@everyone", EVERYBODY_MAY)
        owner = User(self.new_id(), "Owner")
        guild = Guild(guild_id, name, owner, everyone)
        guild.roles[everyone.id] = everyone
        guild.members[owner.id] = Member(owner, now())
        if with_bot:
            bot_role = Role(self.new_id(), self.bot.name, EVERYBODY_MAY, bot_id=self.bot.id)
            guild.roles[bot_role.id] = bot_role
            guild.members[self.bot.id] = Member(self.bot, now(), [bot_role])
        self.users[owner.id] = owner
        self.guilds[guild_id] = guild
        self.commands[guild_id] = []
        self.add_channel("general", guild)
        return guild

    @property
    def guilds_of_bot(self) -> list[Guild]:
        """The guilds that the bot is a member of."""
        return [guild for guild in self.guilds.values() if self.bot.id in guild.members]

    def home(self, channel: Channel) -> Guild | None:
        """The guild that a channel belongs to."""
        return self.guilds.get(channel.guild_id or 0)

    def add_user(self, name: str, *, locale: str, bot: bool) -> User:
        """A new person (or bot), a stranger to all guilds."""
        user = User(self.new_id(), name, bot=bot, locale=locale)
        self.users[user.id] = user
        return user

    def add_member(self, user: User, guild: Guild) -> Member:
        """Lets somebody into a guild."""
        member = guild.members[user.id] = Member(user, now())
        return member

    def add_role(self, name: str, permissions: int, holder: User, guild: Guild) -> Role:
        """A new role, given to one member at once."""
        role = Role(self.new_id(), name, permissions)
        guild.roles[role.id] = role
        guild.members[holder.id].roles.append(role)
        return role

    def add_channel(self, name: str, guild: Guild) -> Channel:
        """A new text channel of a guild."""
        position = len(guild.channels)
        channel = Channel(self.new_id(), ChannelKind.TEXT, name, guild.id, position)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_thread(self, parent: Channel, name: str, owner: User) -> Channel:
        """A new public thread in a text channel."""
        thread = Channel(self.new_id(), ChannelKind.THREAD, name, parent.guild_id)
        thread.parent_id, thread.owner_id = parent.id, owner.id
        thread.archive_changed = now()
        self.channels[thread.id] = thread
        home = self.home(parent)
        if home is not None:
            home.channels[thread.id] = thread
        return thread

    def remove_channel(self, channel: Channel) -> list[Channel]:
        """Takes a channel away, and its threads; gives all that is gone."""
        gone = [c for c in self.channels.values() if channel.id in (c.id, c.parent_id)]
        for one in gone:
            one.deleted = True
            del self.channels[one.id]
            home = self.home(one)
            if home is not None:
                del home.channels[one.id]
        return gone

    def direct_channel(self, user: User) -> Channel:
        """The conversation between the user and the bot, the same one each time."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.new_id(), ChannelKind.DIRECT, user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def private_channel(self, people: tuple[User, ...]) -> Channel:
        """A conversation of people without the bot; a group if there are more than two."""
        kind = ChannelKind.DIRECT if len(people) == 2 else ChannelKind.GROUP
        name = ", ".join(user.name for user in people)
        channel = Channel(self.new_id(), kind, name, people=people, owner_id=people[0].id)
        self.channels[channel.id] = channel
        return channel

    def permissions(self, user: User, channel: Channel) -> int:
        """What somebody may do in a channel of a guild; nothing in conversations without one."""
        home = self.home(channel)
        return 0 if home is None else home.permissions_of(user, channel)

    def sees(self, user: User, channel: Channel) -> bool:
        """Whether a channel exists for somebody."""
        if channel.deleted:
            return False
        if channel.guild_id is not None:
            return bool(self.permissions(user, channel) & Permission.VIEW_CHANNEL)
        if channel.recipient is None:
            return user in channel.people
        return user in (channel.recipient, self.bot)

    def add_attachment(self, channel: Channel, file: File, description: str | None) -> Attachment:
        """Keeps an uploaded file under an address of its own."""
        number = self.new_id()
        url = f"{self.base_url}/attachments/{channel.id}/{number}/{file.name}"
        attachment = Attachment(number, file, url, description)
        self.attachments[number] = attachment
        return attachment

    def keep(self, message: Message) -> None:
        """Makes a message part of its channel and of what it answers."""
        self.messages[message.id] = message
        if message.reply_to is not None:
            message.reply_to.replies.append(message)
        elif message.author.bot and message.interaction is None:
            message.channel.unprompted.append(message)

    def messages_in(self, channel: Channel) -> list[Message]:
        """What was said in a channel and still stands, oldest first."""
        return [
            message
            for message in self.messages.values()
            if message.channel is channel and not message.deleted
        ]

    def commands_for(self, channel: Channel) -> list[Command]:
        """The commands that exist in a channel, before anybody's permissions are asked."""
        return [*self.commands[None], *self.commands.get(channel.guild_id or 0, [])]

    def set_mentions(self, message: Message) -> None:
        """Works out whom a message pings, from its text and what it was allowed to ping."""
        shown = [part.get("content", "") for part in each_component(message.components)]
        text = "\n".join([message.content, *shown])
        allowed = message.allowed_mentions
        users = [self.users[int(n)] for n in USER_MENTION.findall(text) if int(n) in self.users]
        home = self.home(message.channel)
        known = {} if home is None else home.roles
        roles = [known[int(n)] for n in ROLE_MENTION.findall(text) if int(n) in known]
        users = [user for user in users if _may_ping(allowed, "users", user.id)]
        answered = message.reply_to.author if message.reply_to else None
        if answered and (allowed is None or allowed.get("replied_user")):
            users.append(answered)
        message.mentions = list(dict.fromkeys(users))
        message.mentioned_roles = [r for r in roles if _may_ping(allowed, "roles", r.id)]
        message.mentions_everyone = (
            bool(EVERYONE_MENTION.search(text))
            and (allowed is None or "everyone" in (allowed.get("parse") or []))
            and bool(
                self.permissions(message.author, message.channel) & Permission.MENTION_EVERYONE
            )
        )


def _may_ping(allowed: Json | None, kind: str, number: int) -> bool:
    if allowed is None or kind in (allowed.get("parse") or []):
        return True
    return number in {int(n) for n in allowed.get(kind) or []}


def now() -> datetime:
    """The wall clock, with its time zone."""
    return datetime.now(UTC)
