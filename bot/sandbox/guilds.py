"""Guilds, who is in them, and what somebody may do in one of their channels.

Permissions are summed as Discord documents it (topics/permissions): everybody's, then those of the
roles, then the channel's overwrites for everybody, for the roles, for the member.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.model import Channel, ChannelKind, User
from bot.sandbox.permissions import EVERYTHING, Permission, Role, overwritten


@dataclass(eq=False)
class Member:
    """A user inside the guild."""

    user: User
    joined: datetime
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Guild:
    """A server of the stand-in."""

    id: int
    name: str
    owner: User
    everyone: Role
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    @property
    def channel(self) -> Channel:
        """Its first text channel that still exists."""
        return next(c for c in self.channels.values() if c.kind is ChannelKind.TEXT)

    def permissions_of(self, user: User, channel: Channel | None = None) -> int:
        """What the user may do in the guild, or in one of its channels.

        Nothing for a stranger, everything for the owner. A thread has its channel's overwrites.
        """
        member = self.members.get(user.id)
        if member is None:
            return 0
        if user is self.owner:
            return EVERYTHING
        held = self.everyone.permissions
        for role in member.roles:
            held |= role.permissions
        if held & Permission.ADMINISTRATOR:
            return EVERYTHING
        return held if channel is None else self._in_channel(held, member, channel)

    def everybodys_permissions(self, channel: Channel) -> int:
        """What those may do in a channel who hold no role."""
        overwrites = self._ruling(channel).overwrites.values()
        mine = (one for one in overwrites if one.target_id == self.id)
        return overwritten(self.everyone.permissions, mine)

    def _in_channel(self, held: int, member: Member, channel: Channel) -> int:
        overwrites = self._ruling(channel).overwrites.values()
        mine = {role.id for role in member.roles}
        held = overwritten(held, (one for one in overwrites if one.target_id == self.id))
        held = overwritten(held, (one for one in overwrites if one.target_id in mine))
        return overwritten(held, (one for one in overwrites if one.target_id == member.user.id))

    def _ruling(self, channel: Channel) -> Channel:
        parent = self.channels.get(channel.parent_id or 0)
        return channel if parent is None else parent
