"""How registered commands are given back: Discord tidies what it was sent.

Unset things are dropped, permissions come as text, localisations only when asked for. A bot that
compares what it has with what is registered has to live with that.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.model import Command, Json


def command(item: Command, application_id: int, *, localizations: bool) -> Json:
    """A registered command: unset things dropped, permissions as text, as Discord gives it back."""
    own = item.definition
    allowed = own.get("default_member_permissions")
    payload: Json = {
        "id": str(item.id),
        "application_id": str(application_id),
        "version": str(item.version),
        "type": item.kind,
        "name": item.name,
        "description": own.get("description") or "",
        "default_member_permissions": None if allowed is None else str(allowed),
        "nsfw": bool(own.get("nsfw")),
        "integration_types": own.get("integration_types") or [0],
        "contexts": own.get("contexts"),
    }
    if item.guild_id is not None:
        payload["guild_id"] = str(item.guild_id)
    if own.get("options"):
        payload["options"] = [_without_defaults(option) for option in own["options"]]
    for key in ("name_localizations", "description_localizations"):
        if localizations:
            payload[key] = own.get(key)
    return payload if localizations else _drop_localizations(payload)


def _without_defaults(option: Json) -> Json:
    kept = {key: value for key, value in option.items() if value not in (None, False, [], {})}
    for key in ("options", "choices"):
        if key in kept:
            kept[key] = [_without_defaults(part) for part in kept[key]]
    return kept | ({"value": option["value"]} if "value" in option else {})


def _drop_localizations(payload: Json) -> Json:
    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: kept(v) for k, v in value.items() if not k.endswith("_localizations")}
        return [kept(part) for part in value] if isinstance(value, list) else value

    return {key: kept(value) for key, value in payload.items()}
