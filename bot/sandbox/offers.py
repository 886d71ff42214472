"""What the app shows to whom and where: channels, messages to write, and commands.

Refuses with NotOfferedError what a person would not find on the screen.
"""

from __future__ import annotations

from bot.sandbox import contexts
from bot.sandbox.model import Channel, ChannelKind, Command, Message, User
from bot.sandbox.permissions import Permission
from bot.sandbox.world import World


class NotOfferedError(LookupError):
    """The app does not show this to this person in this place."""


def check_inside(world: World, user: User, channel: Channel) -> None:
    """The person has to see the channel."""
    if not world.sees(user, channel):
        raise NotOfferedError(f"{user.name} has no access to {channel.name!r}")


def check_visible(world: World, user: User, message: Message) -> None:
    """The person has to see the message."""
    check_inside(world, user, message.channel)
    if message.deleted or message.visible_to not in (None, user):
        raise NotOfferedError(f"{user.name} does not see this message")


def check_may(world: World, user: User, channel: Channel, asked: Permission) -> None:
    """The person has to see the channel and, in a guild, to hold permissions in it."""
    check_inside(world, user, channel)
    in_guild = channel.guild_id is not None
    if in_guild and world.permissions(user, channel) & asked != asked:
        raise NotOfferedError(f"{user.name} lacks {asked.name} in {channel.name!r}")


def check_may_write(world: World, user: User, channel: Channel) -> None:
    """The person has to find a box to write in."""
    thread = channel.kind is ChannelKind.THREAD
    check_may(
        world,
        user,
        channel,
        Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES,
    )
    moderates = world.permissions(user, channel) & Permission.MANAGE_THREADS
    if channel.archived and channel.locked and not moderates:
        raise NotOfferedError(f"{channel.name!r} is locked")


def offered(world: World, user: User, channel: Channel, kind: int) -> list[Command]:
    """The commands of a kind that the person finds in a channel."""
    check_inside(world, user, channel)
    there = [one for one in world.commands_for(channel) if one.kind == kind]
    return [one for one in there if _reason_against(world, one, user, channel) is None]


def command(world: World, user: User, channel: Channel, kind: int, name: str) -> Command:
    """The command by this name; NotOfferedError says what there is, or why it is not shown."""
    check_inside(world, user, channel)
    for one in world.commands_for(channel):
        if one.kind == kind and one.name == name:
            reason = _reason_against(world, one, user, channel)
            if reason is not None:
                raise NotOfferedError(f"{name!r} is not offered: {reason}")
            return one
    names = sorted(one.name for one in offered(world, user, channel, kind))
    raise NotOfferedError(f"no command {name!r}, only {names}")


def _reason_against(world: World, one: Command, user: User, channel: Channel) -> str | None:
    if contexts.context_of(channel) not in contexts.contexts_of(one):
        return "it is not for this kind of channel"
    if not contexts.owners(world, user, channel, one):
        return "no installation of the app covers it here"
    if channel.archived:
        return "the thread is archived"
    if channel.guild_id is None:
        return None
    held = world.permissions(user, channel)
    if not held & Permission.USE_APPLICATION_COMMANDS:
        return f"{user.name} may not use commands here"
    asked = one.definition.get("default_member_permissions")
    if one.open_to_all or asked is None:
        return None
    closed = int(asked) == 0 and not held & Permission.ADMINISTRATOR
    if closed or held & int(asked) != int(asked):
        return f"{user.name} lacks the permissions that it asks for"
    return None
