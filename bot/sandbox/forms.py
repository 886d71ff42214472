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
    told: Json = {"type": kind, "id": part["id"]}
    if kind == ROW:
        inner = [_field(field, values, resolved) for field in part["components"]]
        return told | {"components": inner}
    if kind == LABEL:
        return told | {"component": _field(part["component"], values, resolved)}
    return told


def _field(field: Json, values: Mapping[str, object], resolved: Resolved) -> Json:
    kind, name = field["type"], field["custom_id"]
    told: Json = {"type": kind, "id": field["id"], "custom_id": name}
    if kind == CHECKBOX:
        return told | {"value": bool(values.get(name, field.get("default") or False))}
    if kind == TEXT_INPUT:
        return told | {"value": _text(field, values.get(name, field.get("value")) or "")}
    before = [option["value"] for option in field.get("options") or [] if option.get("default")]
    if kind == RADIO:
        value = values.get(name, before[0] if before else None)
        if value is None and field.get("required", True):
            raise ValueError(f"{name!r} is required")
        _check_on_offer(field, [] if value is None else [value])
        return told | {"value": value}
    chosen = values.get(name, before)
    if not isinstance(chosen, list):
        raise ValueError(f"{name!r} takes a list")
    _check_number(field, chosen)
    if kind in ENTITY_LISTS:
        return told | {"values": [resolved.add(thing) for thing in chosen]}
    _check_on_offer(field, chosen)
    return told | {"values": chosen}


def _check_number(field: Json, chosen: list[object]) -> None:
    if not chosen and field.get("required") is False:
        return
    least, most = field.get("min_values"), field.get("max_values")
    if most is None:
        # A group of boxes may be ticked as a whole; of everything else one is usual.
        most = len(field["options"]) if field["type"] == CHECKBOX_GROUP else 1
    if not (1 if least is None else least) <= len(chosen) <= most:
        raise ValueError(f"{len(chosen)} chosen for {field['custom_id']!r}")


def _check_on_offer(field: Json, chosen: list[object]) -> None:
    offered = [option["value"] for option in field.get("options") or []]
    for value in chosen:
        if value not in offered:
            raise ValueError(f"{value!r} is not on offer, only {offered}")


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
