"""How the things of `model` look on the wire: plain functions from data to Discord's JSON.

They hold every key that client libraries read, and the further ones that Discord always sends.
Nothing here decides anything or changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.sandbox.guilds import Guild, Member
from bot.sandbox.model import (
    Attachment,
    Channel,
    ChannelKind,
    Json,
    Message,
    MessageKind,
    User,
)
from bot.sandbox.permissions import Role

BLANK: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def user(person: User) -> Json:
    """A user, as part of anything."""
    return {
        "id": str(person.id),
        "username": person.name.lower(),
        "global_name": None if person.bot else person.name,
        "discriminator": "0",
        "avatar": None,
        "bot": person.bot,
        "system": False,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
    }


def own_user(bot: User) -> Json:
    """The answer to GET /users/@me."""
    return {
        **user(bot),
        "mfa_enabled": True,
        "verified": True,
        "email": None,
        "locale": bot.locale,
    }


def role(item: Role, position: int) -> Json:
    """A role of the guild."""
    payload: Json = {
        "id": str(item.id),
        "name": item.name,
        "permissions": str(item.permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": item.bot_id is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if item.bot_id is not None:
        payload["tags"] = {"bot_id": str(item.bot_id)}
    return payload


def member(item: Member, *, permissions: int | None = None, with_user: bool = True) -> Json:
    """A member of the guild; in interactions also with what they may do."""
    payload: Json = {
        "roles": [str(held.id) for held in item.roles],
        "nick": None,
        "avatar": None,
        "joined_at": item.joined.isoformat(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    if with_user:
        payload["user"] = user(item.user)
    if permissions is not None:
        payload["permissions"] = str(permissions)
    return payload


def channel(item: Channel) -> Json:
    """A channel of any of the kinds served here."""
    payload: Json = {
        "id": str(item.id),
        "type": int(item.kind),
        "flags": 0,
        "last_message_id": None,
    }
    if item.kind in (ChannelKind.DIRECT, ChannelKind.GROUP):
        others = item.people if item.recipient is None else (item.recipient,)
        payload["recipients"] = [user(person) for person in others]
        if item.kind is ChannelKind.GROUP:
            payload |= {"name": None, "icon": None, "owner_id": str(item.owner_id)}
        return payload
    payload |= {
        "guild_id": str(item.guild_id),
        "name": item.name,
        "parent_id": str(item.parent_id) if item.parent_id else None,
        "rate_limit_per_user": 0,
        "nsfw": False,
    }
    if item.kind is ChannelKind.THREAD:
        return payload | {
            "owner_id": str(item.owner_id),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "thread_metadata": {
                "archived": item.archived,
                "archive_timestamp": _when(item.archive_changed),
                "auto_archive_duration": 1440,
                "locked": item.locked,
            },
        }
    return payload | {
        "position": item.position,
        "topic": None,
        "permission_overwrites": [
            {
                "id": str(one.target_id),
                "type": 0 if one.for_role else 1,
                "allow": str(one.allow),
                "deny": str(one.deny),
            }
            for one in item.overwrites.values()
        ],
    }


def guild(item: Guild, members: Iterable[Member]) -> Json:
    """The GUILD_CREATE of the guild, for a bot that gets to see these members."""
    rooms = [room for room in item.channels.values() if not room.archived]
    return {
        "id": str(item.id),
        "name": item.name,
        "owner_id": str(item.owner.id),
        "preferred_locale": item.locale,
        "icon": None,
        "description": None,
        "features": ["COMMUNITY"],
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "large": False,
        "unavailable": False,
        "joined_at": item.members[item.owner.id].joined.isoformat(),
        "member_count": len(item.members),
        "roles": [role(held, place) for place, held in enumerate(item.roles.values())],
        "members": [member(one) for one in members],
        "channels": [channel(room) for room in rooms if room.kind is ChannelKind.TEXT],
        "threads": [channel(room) for room in rooms if room.kind is ChannelKind.THREAD],
        "emojis": [],
        "stickers": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(item: Attachment) -> Json:
    """An uploaded file."""
    payload: Json = {
        "id": str(item.id),
        "filename": item.file.name,
        "size": len(item.file.data),
        "url": item.url,
        "proxy_url": item.url,
        "content_type": item.file.content_type,
    }
    if item.description is not None:
        payload["description"] = item.description
    return payload


def message(item: Message, *, reader: User | None = None, with_reference: bool = True) -> Json:
    """A message as HTTP answers carry it.

    With a `reader`, as one without the intent for content gets it: in guilds empty, unless it is
    their own or mentions them, and the message it refers to likewise.
    """
    payload: Json = {
        "id": str(item.id),
        "channel_id": str(item.channel.id),
        "type": int(item.kind),
        "author": user(item.author),
        "content": item.content,
        "embeds": item.embeds,
        "components": item.components,
        "attachments": [attachment(file) for file in item.attachments],
        "flags": int(item.flags),
        "timestamp": item.created.isoformat(),
        "edited_timestamp": _when(item.edited),
        "mentions": [user(person) for person in item.mentions],
        "mention_roles": [str(held.id) for held in item.mentioned_roles],
        "mention_everyone": item.mentions_everyone,
        "pinned": False,
        "tts": False,
    }
    if reader is not None and not _open_to(reader, item):
        payload |= BLANK
    if item.reactions:
        payload["reactions"] = [_reaction(*one) for one in item.reactions.items()]
    if item.interaction is not None:
        payload["interaction_metadata"] = item.interaction
    if item.interaction is not None or item.author.bot:
        payload["application_id"] = str(item.author.id)
    if item.interaction is not None:
        payload["webhook_id"] = str(item.author.id)
    if item.reply_to is not None:
        payload["message_reference"] = {
            "type": 0,
            "message_id": str(item.reply_to.id),
            "channel_id": str(item.reply_to.channel.id),
        }
        if item.reply_to.channel.guild_id:
            payload["message_reference"]["guild_id"] = str(item.reply_to.channel.guild_id)
        if with_reference and item.kind is MessageKind.REPLY:
            shown = None if item.reply_to.deleted else item.reply_to
            payload["referenced_message"] = shown and message(
                shown, reader=reader, with_reference=False
            )
    return payload


def _open_to(reader: User, item: Message) -> bool:
    own = reader is item.author or reader in item.mentions
    return own or item.channel.recipient is not None


def _reaction(emoji: str, holders: list[User]) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(holders),
        "count_details": {"burst": 0, "normal": len(holders)},
        "burst_colors": [],
        "me_burst": False,
        "me": any(holder.bot for holder in holders),
    }


def message_event(item: Message, home: Guild | None, *, reader: User | None = None) -> Json:
    """A message as the gateway carries it, with the author as a member of the guild."""
    payload = message(item, reader=reader)
    payload["channel_type"] = int(item.channel.kind)
    if home is not None:
        payload["guild_id"] = str(home.id)
        author = home.members.get(item.author.id)
        if author is not None:
            payload["member"] = member(author, with_user=False)
    return payload


def _when(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
