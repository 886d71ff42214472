"""How the things of `model` look on the wire: plain functions from data to Discord's JSON.

They hold every key that client libraries read, and the further ones that Discord always sends.
Nothing here decides anything or changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.sandbox.model import (
    Attachment,
    Channel,
    ChannelKind,
    Guild,
    Json,
    Member,
    Message,
    MessageKind,
    Role,
    User,
)


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
    if item.kind is ChannelKind.DIRECT:
        payload["recipients"] = [user(item.recipient)] if item.recipient else []
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
                "archived": False,
                "archive_timestamp": "2020-01-01T00:00:00+00:00",
                "auto_archive_duration": 1440,
                "locked": False,
            },
        }
    return payload | {"position": item.position, "topic": None, "permission_overwrites": []}


def guild(item: Guild, members: Iterable[Member]) -> Json:
    """The GUILD_CREATE of the guild, for a bot that gets to see these members."""
    rooms = list(item.channels.values())
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


def message(item: Message, *, with_reference: bool = True) -> Json:
    """A message as HTTP answers carry it."""
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
            payload["referenced_message"] = shown and message(shown, with_reference=False)
    return payload


def message_event(item: Message, home: Guild) -> Json:
    """A message as the gateway carries it, with the author as a member of the guild."""
    payload = message(item)
    payload["channel_type"] = int(item.channel.kind)
    if item.channel.guild_id is not None:
        payload["guild_id"] = str(item.channel.guild_id)
        author = home.members.get(item.author.id)
        if author is not None:
            payload["member"] = member(author, with_user=False)
    return payload


def without_content(event: Json) -> Json:
    """The same message for a bot that may not read what people write."""
    hidden: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
    bare = event | hidden
    bare.pop("poll", None)
    if bare.get("referenced_message"):
        bare["referenced_message"] = bare["referenced_message"] | hidden
    return bare


def application(bot: User, owner: User) -> Json:
    """The bot's application, as the bot itself sees it."""
    return {
        "id": str(bot.id),
        "name": bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}},
    }


def gateway_address(url: str) -> Json:
    """The answer to GET /gateway/bot."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": url, "shards": 1, "session_start_limit": limit}


def _when(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
