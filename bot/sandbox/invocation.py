"""What Discord's app does before it sends: from a person's input to the `data` of an interaction.

Refuses with ValueError what the app would not let one send. Everything named by id is spelled out
under `resolved`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox import payloads
from bot.sandbox.model import Attachment, Channel, Command, File, Json, Message, User
from bot.sandbox.permissions import Role
from bot.sandbox.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
SIMPLE: Mapping[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}
ENTITIES: Mapping[int, tuple[type, ...]] = {
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    ATTACHMENT: (File,),
}


class Resolved:
    """Collects what is named by id, and gives each its id."""

    def __init__(self, world: World, user: User, channel: Channel) -> None:
        self._world = world
        self._user = user
        self._channel = channel
        self.found: Json = {}

    def add(self, thing: object) -> str:
        """Puts one thing among the resolved ones."""
        if isinstance(thing, File):
            thing = self._world.add_attachment(self._channel, thing, None)
        if isinstance(thing, Attachment):
            return self._put("attachments", thing.id, payloads.attachment(thing))
        if isinstance(thing, Message):
            return self._put("messages", thing.id, payloads.message(thing))
        if isinstance(thing, Role):
            return self._put("roles", thing.id, payloads.role(thing, 1))
        if isinstance(thing, Channel):
            may = self._world.permissions(self._user, thing)
            shown = payloads.channel(thing) | {"permissions": str(may)}
            return self._put("channels", thing.id, shown)
        if isinstance(thing, User):
            home = self._world.home(self._channel)
            if home is not None and thing.id in home.members:
                may = home.permissions_of(thing, self._channel)
                shown = payloads.member(home.members[thing.id], permissions=may, with_user=False)
                self._put("members", thing.id, shown)
            return self._put("users", thing.id, payloads.user(thing))
        raise ValueError(f"{thing!r} is nothing one could choose")

    def _put(self, kind: str, number: int, payload: Json) -> str:
        self.found.setdefault(kind, {})[str(number)] = payload
        return str(number)


def slash_data(
    command: Command,
    path: list[str],
    values: Mapping[str, object],
    resolved: Resolved,
    *,
    focused: str | None = None,
) -> Json:
    """The data of a slash command, or of its autocompletion if an option is focused."""
    options, wrappers = command.definition.get("options") or [], []
    for name in path:
        part = _named(options, name)
        wrappers.append(part)
        options = part.get("options") or []
    filled = _filled(options, values, resolved, focused)
    for part in reversed(wrappers):
        filled = [{"type": part["type"], "name": part["name"], "options": filled}]
    return _command_data(command, resolved) | {"options": filled}


def target_data(command: Command, target: Message | User, resolved: Resolved) -> Json:
    """The data of a command in the menu of a message or of a person."""
    number = resolved.add(target)
    return _command_data(command, resolved) | {"target_id": number}


def component_data(component: Json, values: list[object], resolved: Resolved) -> Json:
    """The data of a pressed button or a made selection."""
    kind = int(component["type"])
    data: Json = {"custom_id": component["custom_id"], "component_type": kind}
    data["id"] = component["id"]
    if component.get("disabled"):
        raise ValueError(f"{component['custom_id']!r} is disabled")
    if kind == 2:
        return data
    least = component.get("min_values", 1)
    most = component.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ValueError(f"between {least} and {most} have to be chosen, not {len(values)}")
    offered = [option["value"] for option in component.get("options") or []]
    if kind == 3:
        for value in values:
            if value not in offered:
                raise ValueError(f"{value!r} is not on offer, only {offered}")
        return data | {"values": values}
    return data | {"values": [resolved.add(value) for value in values], "resolved": resolved.found}


def _command_data(command: Command, resolved: Resolved) -> Json:
    data: Json = {"id": str(command.id), "name": command.name, "type": command.kind}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    return data | ({"resolved": resolved.found} if resolved.found else {})


def _named(options: list[Json], name: str) -> Json:
    for option in options:
        if option["name"] == name:
            return option
    raise LookupError(f"no {name!r}, only {[option['name'] for option in options]}")


def _filled(
    options: list[Json], values: Mapping[str, object], resolved: Resolved, focused: str | None
) -> list[Json]:
    for name in values:
        _named(options, name)
    filled: list[Json] = []
    for option in options:
        name = option["name"]
        if name in values:
            typing = name == focused
            value = values[name] if typing else _value(option, values[name], resolved)
            entry = {"type": option["type"], "name": name, "value": value}
            filled.append(entry | ({"focused": True} if typing else {}))
        elif option.get("required") and focused is None:
            raise ValueError(f"{name!r} is required")
    return filled


def _value(option: Json, value: object, resolved: Resolved) -> object:
    kind, name = int(option["type"]), option["name"]
    if kind in ENTITIES:
        if not isinstance(value, ENTITIES[kind]):
            raise ValueError(f"{name!r} cannot be {value!r}")
        return resolved.add(value)
    if not isinstance(value, SIMPLE[kind]) or (kind != BOOLEAN and isinstance(value, bool)):
        raise ValueError(f"{name!r} cannot be {value!r}")
    offered = [choice["value"] for choice in option.get("choices") or []]
    if offered and value not in offered:
        raise ValueError(f"{name!r} has to be one of {offered}")
    if isinstance(value, str):
        _check_bounds(option, "length", len(value))
    elif isinstance(value, int | float):
        _check_bounds(option, "value", value)
    return value


def _check_bounds(option: Json, key: str, size: float) -> None:
    least, most = option.get(f"min_{key}"), option.get(f"max_{key}")
    if (least is not None and size < least) or (most is not None and size > most):
        raise ValueError(f"{option['name']!r} has a {key} of {size}, not {least} to {most}")
