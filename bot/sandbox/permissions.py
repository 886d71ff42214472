"""What one may do: the permission bits, roles that grant them, and a channel's exceptions.

Plain data and one sum; who holds which role is for `guilds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that something here asks about, by Discord's bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


EVERYBODY_MAY = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)
EVERYTHING = (1 << 53) - 1


@dataclass(eq=False)
class Role:
    """A named set of permissions; `bot_id` marks the one Discord makes for a bot it lets in."""

    id: int
    name: str
    permissions: int
    bot_id: int | None = None


@dataclass(frozen=True)
class Overwrite:
    """What one channel allows or denies to a role, or to a member, beyond their permissions."""

    target_id: int
    for_role: bool
    allow: int = 0
    deny: int = 0


def overwritten(held: int, overwrites: Iterable[Overwrite]) -> int:
    """The permissions after overwrites of one rank: what one of them allows, none denies."""
    allow = deny = 0
    for one in overwrites:
        allow |= one.allow
        deny |= one.deny
    return held & ~deny | allow
