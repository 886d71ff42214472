"""Where an interaction comes from: its context, who let the app in, what the app may do there.

The field names and their rules are Discord's (interactions/receiving-and-responding).
"""

from __future__ import annotations

from enum import IntEnum

from bot.sandbox.model import Channel, Command, Json, Message, User
from bot.sandbox.permissions import Permission
from bot.sandbox.world import World


class Context(IntEnum):
    """The kinds of places, by Discord's numbers."""

    GUILD = 0
    BOT_DIRECT = 1
    PRIVATE = 2


class Install(IntEnum):
    """The two ways in which an app is installed, by Discord's numbers."""

    GUILD = 0
    USER = 1


IN_PRIVATE = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE


def context_of(channel: Channel) -> Context:
    """The kind of place that a channel is."""
    if channel.guild_id is not None:
        return Context.GUILD
    return Context.PRIVATE if channel.recipient is None else Context.BOT_DIRECT


def contexts_of(command: Command) -> list[Context]:
    """Where a command may be used, as it was registered."""
    own = command.definition
    if own.get("contexts") is not None:
        return [Context(number) for number in own["contexts"]]
    if own.get("dm_permission") is False:
        # What bots said before there were contexts, and some still say.
        return [Context.GUILD]
    anywhere = [Context.GUILD, Context.BOT_DIRECT]
    return [*anywhere, Context.PRIVATE] if Install.USER in installs_of(command) else anywhere


def installs_of(command: Command) -> list[Install]:
    """For which installations a command was registered; for guilds unless it says otherwise."""
    return [Install(number) for number in command.definition.get("integration_types") or [0]]


def owners(world: World, user: User, channel: Channel, command: Command) -> Json:
    """`authorizing_integration_owners` of a command; empty if no installation covers it here."""
    found: Json = {}
    allowed, context = installs_of(command), context_of(channel)
    if Install.GUILD in allowed and context is not Context.PRIVATE:
        home = world.home(channel)
        if home is None:
            found["0"] = "0"
        elif world.bot.id in home.members:
            found["0"] = str(home.id)
    if Install.USER in allowed and user.id in world.installed_by:
        found["1"] = str(user.id)
    return found


def owners_of_message(message: Message) -> Json:
    """The same for a component: who brought the message here; else the guild, as its member."""
    if message.interaction is not None:
        return dict(message.interaction["authorizing_integration_owners"])
    return {"0": str(message.channel.guild_id or 0)}


def app_permissions(world: World, channel: Channel) -> int:
    """What the app may do there; in a guild without the bot, what everybody may."""
    home = world.home(channel)
    if home is None:
        more = 0 if channel.recipient is None else Permission.USE_EXTERNAL_EMOJIS
        return IN_PRIVATE | more
    if world.bot.id in home.members:
        return home.permissions_of(world.bot, channel)
    return home.everybodys_permissions(channel)


def answers_hidden(world: World, user: User, channel: Channel, authorized: Json) -> bool:
    """Whether only the asker sees the answers: in guilds that keep outside apps quiet."""
    if channel.guild_id is None or set(authorized) != {"1"}:
        return False
    return not world.permissions(user, channel) & Permission.USE_EXTERNAL_APPS
