"""Who and what exists on the stand-in: people, channels, messages, files, commands.

Plain data. It knows no JSON, no HTTP and no gateway; `payloads` says how it looks on the wire and
`world` says how it comes to be. Guilds have a module of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from bot.sandbox.permissions import Overwrite, Role

Json = dict[str, Any]


class ChannelKind(IntEnum):
    """The channel types served here, by Discord's numbers."""

    TEXT = 0
    DIRECT = 1
    GROUP = 3
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
class Channel:
    """A text channel, a thread in one, or a conversation without a guild.

    `recipient` is whom the bot talks to; `people` are those who talk without it. `unprompted` holds
    what bots said there that answers no message and no interaction.
    """

    id: int
    kind: ChannelKind
    name: str
    guild_id: int | None = None
    position: int = 0
    parent_id: int | None = None
    owner_id: int | None = None
    recipient: User | None = None
    people: tuple[User, ...] = ()
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    archive_changed: datetime | None = None
    deleted: bool = False
    unprompted: list[Message] = field(default_factory=list)


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
    reactions: dict[str, list[User]] = field(default_factory=dict)

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

    def shown_name(self, locale: str) -> str:
        """Its name for people whose Discord is set to a language."""
        return str((self.definition.get("name_localizations") or {}).get(locale) or self.name)

    def shown_description(self, locale: str) -> str:
        """Its description in that language."""
        told = self.definition.get("description_localizations") or {}
        return str(told.get(locale) or self.definition.get("description") or "")

    @property
    def kind(self) -> int:
        """1 slash command, 2 on a user, 3 on a message."""
        return int(self.definition.get("type") or 1)


def each_component(components: list[Json]) -> list[Json]:
    """All components in reading order, the nested ones after the one that holds them."""
    found: list[Json] = []
    _collect(components, found)
    return found


def _collect(components: list[Json], found: list[Json]) -> None:
    for component in components:
        found.append(component)
        if inner := component.get("components"):
            _collect(inner, found)
        for key in ("accessory", "component"):
            if beside := component.get(key):
                _collect([beside], found)
