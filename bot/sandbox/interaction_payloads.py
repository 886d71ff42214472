"""How an interaction looks on the wire: its event, the mark on its messages, its answer."""

from __future__ import annotations

from bot.sandbox import contexts, payloads
from bot.sandbox.exchange import CallbackKind, Exchange
from bot.sandbox.model import LARGEST_FILE, Json
from bot.sandbox.world import World


def event(exchange: Exchange, world: World) -> Json:
    """The INTERACTION_CREATE."""
    user, channel = exchange.user, exchange.channel
    payload: Json = {
        "id": str(exchange.id),
        "application_id": str(world.application_id),
        "type": int(exchange.kind),
        "token": exchange.token,
        "version": 1,
        "data": exchange.data,
        "channel": payloads.channel(channel),
        "channel_id": str(channel.id),
        "locale": user.locale,
        "app_permissions": str(int(contexts.app_permissions(world, channel))),
        "attachment_size_limit": LARGEST_FILE,
        "entitlements": [],
        "authorizing_integration_owners": exchange.owners,
        "context": int(contexts.context_of(channel)),
    }
    if exchange.source is not None:
        payload["message"] = payloads.message(exchange.source)
    guild = world.home(channel)
    if guild is None:
        return payload | {"user": payloads.user(user)}
    may = guild.permissions_of(user, channel)
    return payload | {
        "member": payloads.member(guild.members[user.id], permissions=may),
        "guild_id": str(guild.id),
        "guild_locale": guild.locale,
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
    }


def metadata(exchange: Exchange) -> Json:
    """What a message says about the interaction it came from."""
    told: Json = {
        "id": str(exchange.id),
        "type": int(exchange.kind),
        "user": payloads.user(exchange.user),
        "authorizing_integration_owners": exchange.owners,
    }
    if exchange.data.get("target_id"):
        told |= _target(exchange)
    if exchange.opened_by is not None:
        told["triggering_interaction_metadata"] = metadata(exchange.opened_by)
    elif exchange.source is not None:
        told["interacted_message_id"] = str(exchange.source.id)
    return told


def _target(exchange: Exchange) -> Json:
    number = exchange.data["target_id"]
    on_user = exchange.data["resolved"].get("users", {}).get(number)
    return {"target_message_id": number} if on_user is None else {"target_user": on_user}


def callback(exchange: Exchange) -> Json:
    """What the API returns for a first answer."""
    told: Json = {"id": str(exchange.id), "type": int(exchange.kind)}
    message = exchange.message
    if message is None:
        return {"interaction": told}
    told |= {
        "response_message_id": str(message.id),
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
    }
    if exchange.callback not in (CallbackKind.MESSAGE, CallbackKind.UPDATE):
        return {"interaction": told}
    shown = {"type": int(exchange.callback), "message": payloads.message(message)}
    return {"interaction": told, "resource": shown}
