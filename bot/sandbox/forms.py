"""What Discord's app does with a modal: from what a person filled in to the `data` of a submit."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.invocation import Resolved
from bot.sandbox.model import Json, each_component

ROW, TEXT_INPUT, TEXT, LABEL = 1, 4, 10, 18
FILE_UPLOAD, RADIO, CHECKBOX_GROUP, CHECKBOX = 19, 21, 22, 23
ENTITY_LISTS = (5, 6, 7, 8, FILE_UPLOAD)
MOST_TEXT = 4000


def submitted(modal: Json, values: Mapping[str, object], resolved: Resolved) -> Json:
    """The data of a submitted modal; ValueError for input that the app would not send."""
    fields = {
        part["custom_id"]: part
        for part in each_component(modal["components"])
        if part.get("custom_id")
    }
    strange = set(values) - set(fields)
    if strange:
        raise LookupError(f"no field {sorted(strange)}, only {sorted(fields)}")
    parts = [_part(part, values, resolved) for part in modal["components"]]
    data: Json = {"custom_id": modal["custom_id"], "components": parts}
    return data | ({"resolved": resolved.found} if resolved.found else {})


def _part(part: Json, values: Mapping[str, object], resolved: Resolved) -> Json:
    kind = part["type"]
    if kind == ROW:
        inner = [_field(field, values, resolved) for field in part["components"]]
        return {"type": ROW, "components": inner}
    if kind == LABEL:
        return {"type": LABEL, "component": _field(part["component"], values, resolved)}
    return {"type": TEXT}


def _field(field: Json, values: Mapping[str, object], resolved: Resolved) -> Json:
    kind, name = field["type"], field["custom_id"]
    told: Json = {"type": kind, "custom_id": name}
    if kind == CHECKBOX:
        return told | {"value": bool(values.get(name, field.get("default", False)))}
    if kind == TEXT_INPUT:
        return told | {"value": _text(field, values.get(name, field.get("value")) or "")}
    if kind == RADIO:
        value = values.get(name)
        if value is None and field.get("required", True):
            raise ValueError(f"{name!r} is required")
        return told | {"value": value}
    chosen = values.get(name) or []
    if not isinstance(chosen, list):
        raise ValueError(f"{name!r} takes a list")
    least, needed = field.get("min_values"), field.get("required", True)
    if least is None:
        least = int(needed)
    most = field.get("max_values") or 1
    if not least <= len(chosen) <= most:
        raise ValueError(f"{len(chosen)} chosen for {name!r}")
    if kind in ENTITY_LISTS:
        return told | {"values": [resolved.add(thing) for thing in chosen]}
    return told | {"values": chosen}


def _text(field: Json, value: object) -> str:
    name = field["custom_id"]
    if not isinstance(value, str):
        raise ValueError(f"{name!r} takes text")
    if not value and field.get("required", True):
        raise ValueError(f"{name!r} is required")
    least, most = field.get("min_length") or 0, field.get("max_length") or MOST_TEXT
    if value and not least <= len(value) <= most:
        raise ValueError(f"{name!r} takes {least} to {most} characters")
    return value
