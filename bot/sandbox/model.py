"""Who and what exists on the stand-in: people, roles, channels, messages, commands.

Plain data. It knows no JSON, no HTTP and no gateway; `payloads` says how it looks on the wire and
`world` says how it comes to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelKind(IntEnum):
    """The channel types served here, by Discord's numbers."""

    TEXT = 0
    DIRECT = 1
    THREAD = 11


class MessageKind(IntEnum):
    """The message types served here, by Discord's numbers."""

    PLAIN = 0
    REPLY = 19
    SLASH_COMMAND = 20
    CONTEXT_COMMAND = 23


class MessageFlag(IntFlag):
    """The message flags that change how a message behaves."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


class Permission(IntFlag):
    """The permissions that something here asks about, by Discord's bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYBODY_MAY = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
)
EVERYTHING = (1 << 50) - 1
LARGEST_FILE = 10 * 1024 * 1024


@dataclass(eq=False)
class User:
    """A person or a bot, with the language their Discord is set to."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """What one types to call them."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A named set of permissions; `bot_id` marks the one Discord makes for a bot it lets in."""

    id: int
    name: str
    permissions: int
    bot_id: int | None = None


@dataclass(eq=False)
class Member:
    """A user inside the guild."""

    user: User
    joined: datetime
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Channel:
    """A text channel, a thread in one, or a direct conversation (then without a guild).

    `unprompted` holds what bots said there that answers no message and no interaction.
    """

    id: int
    kind: ChannelKind
    name: str
    guild_id: int | None = None
    position: int = 0
    parent_id: int | None = None
    owner_id: int | None = None
    recipient: User | None = None
    unprompted: list[Message] = field(default_factory=list)


@dataclass(eq=False)
class Guild:
    """The one server of the stand-in."""

    id: int
    name: str
    owner: User
    everyone: Role
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def permissions_of(self, user: User) -> int:
        """What the user may do here: nothing for a stranger, everything for the owner."""
        member = self.members.get(user.id)
        if member is None:
            return 0
        if user is self.owner:
            return EVERYTHING
        held = self.everyone.permissions
        for role in member.roles:
            held |= role.permissions
        return EVERYTHING if held & Permission.ADMINISTRATOR else held


@dataclass(frozen=True)
class File:
    """What somebody uploads."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"


@dataclass(eq=False)
class Attachment:
    """An uploaded file once Discord holds it; `url` is where it can be fetched."""

    id: int
    file: File
    url: str
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message as it stands now; an edit changes it in place."""

    id: int
    channel: Channel
    author: User
    created: datetime
    kind: MessageKind = MessageKind.PLAIN
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    poll: Json | None = None
    flags: MessageFlag = NO_FLAGS
    mentions: list[User] = field(default_factory=list)
    mentioned_roles: list[Role] = field(default_factory=list)
    mentions_everyone: bool = False
    reply_to: Message | None = None
    replies: list[Message] = field(default_factory=list)
    allowed_mentions: Json | None = None
    edited: datetime | None = None
    deleted: bool = False
    visible_to: User | None = None
    interaction: Json | None = None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.visible_to is not None

    @property
    def loading(self) -> bool:
        """Whether it still only says that the bot is thinking."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def text(self) -> str:
        """Everything a person can read in it, in order, one part a line."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [embed.get("title", ""), embed.get("description", "")]
            for line in embed.get("fields", []):
                parts += [line["name"], line["value"]]
            parts.append((embed.get("footer") or {}).get("text", ""))
        parts += [part.get("content", "") for part in each_component(self.components)]
        return "\n".join(part for part in parts if part)

    def component(self, custom_id: str) -> Json:
        """The button or select with this custom_id; LookupError names those that are there."""
        there = {
            part["custom_id"]: part
            for part in each_component(self.components)
            if part.get("custom_id")
        }
        if custom_id not in there:
            raise LookupError(f"no component {custom_id!r} on this message, only {sorted(there)}")
        return there[custom_id]


@dataclass(eq=False)
class Command:
    """An application command as registered; `open_to_all` once an admin lifted its permissions."""

    id: int
    guild_id: int | None
    version: int
    definition: Json
    open_to_all: bool = False

    @property
    def name(self) -> str:
        """Its name, not localised."""
        return str(self.definition["name"])

    @property
    def kind(self) -> int:
        """1 slash command, 2 on a user, 3 on a message."""
        return int(self.definition.get("type") or 1)


def each_component(components: list[Json]) -> list[Json]:
    """All components in reading order, the nested ones after the one that holds them."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        found += each_component(component.get("components") or [])
        for key in ("accessory", "component"):
            if component.get(key):
                found += each_component([component[key]])
    return found
