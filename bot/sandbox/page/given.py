"""From the JSON of the page to what the sandbox takes: files, people, channels, values.

Raises ValueError for what the page would not send; nothing of it is trusted.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from bot.sandbox import offers
from bot.sandbox.invocation import ENTITIES
from bot.sandbox.model import LARGEST_FILE, Channel, File, Json, Message, User, each_component
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.permissions import Role
from bot.sandbox.world import World

FILE_OPTION, FILE_UPLOAD = 11, 19
ENTITY_SELECTS = (5, 6, 7, 8)
MOST_FILES = 10
CONTENT_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")


def text(data: Json, key: str) -> str:
    """A text that has to be there."""
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key!r} takes text")
    return value


def number(value: object) -> int:
    """A snowflake."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,20}", value):
        raise ValueError(f"{value!r} is no id")
    return int(value)


def channel(world: World, viewer: User, data: Json) -> Channel:
    """The channel that is named; NotOfferedError for one that the person does not see."""
    found = world.channels.get(number(data.get("channel")))
    if found is None:
        raise NotOfferedError("there is no such channel")
    offers.check_inside(world, viewer, found)
    return found


def message(world: World, viewer: User, value: object) -> Message:
    """The message that is named; NotOfferedError for one that the person does not see."""
    found = world.messages.get(number(value))
    if found is None:
        raise NotOfferedError("there is no such message")
    offers.check_visible(world, viewer, found)
    return found


def files(value: object) -> list[File]:
    """Uploaded files."""
    if not isinstance(value, list) or len(value) > MOST_FILES:
        raise ValueError(f"at most {MOST_FILES} files")
    return [file(one) for one in value]


def file(value: object) -> File:
    """One uploaded file; its name loses everything that is no letter, digit, dot or dash."""
    if not isinstance(value, dict):
        raise ValueError("that is no file")
    content = text(value, "data")
    try:
        data = base64.b64decode(content, validate=True)
    except ValueError as broken:
        raise ValueError("that is no file") from broken
    if len(data) > LARGEST_FILE:
        raise ValueError("a file may have at most 10 MiB")
    name = re.sub(r"[^\w.\-]+", "_", text(value, "name"))[-100:].lstrip(".") or "unknown"
    kind = text(value, "type")
    if not CONTENT_TYPE.fullmatch(kind):
        kind = "application/octet-stream"
    return File(name, data, kind)


def options(world: World, viewer: User, asked: Json, path: str, where: Channel) -> dict[str, Any]:
    """The options of a command, each of the type that the command wants."""
    name, *rest = path.split(" ")
    definition = offers.command(world, viewer, where, 1, name).definition
    for part in rest:
        below = {one["name"]: one for one in definition.get("options") or []}
        if part not in below:
            raise ValueError(f"no command {path!r}")
        definition = below[part]
    kinds = {one["name"]: int(one["type"]) for one in definition.get("options") or []}
    strange = set(asked) - set(kinds)
    if strange:
        raise ValueError(f"no option {sorted(strange)}")
    return {key: _option(world, kinds[key], value) for key, value in asked.items()}


def _option(world: World, kind: int, value: object) -> object:
    if kind == FILE_OPTION:
        return file(value)
    return thing(world, value) if kind in ENTITIES else value


def thing(world: World, value: object) -> User | Role | Channel:
    """A person, role or channel by its id."""
    wanted = number(value)
    for guild in world.guilds.values():
        if wanted in guild.roles:
            return guild.roles[wanted]
    found = world.users.get(wanted) or world.channels.get(wanted)
    if found is None:
        raise ValueError(f"nothing has the id {wanted}")
    return found


def selected(world: World, component: Json, values: object) -> list[Any]:
    """What was chosen in a select."""
    if not isinstance(values, list):
        raise ValueError("a selection is a list")
    if component["type"] in ENTITY_SELECTS:
        return [thing(world, value) for value in values]
    return values


def fields(world: World, modal: Json, values: Json) -> dict[str, Any]:
    """What was filled in, by the fields' custom_ids."""
    kinds = {
        part["custom_id"]: part
        for part in each_component(modal["components"])
        if part.get("custom_id")
    }
    found: dict[str, Any] = {}
    for name, value in values.items():
        part = kinds.get(name)
        if part is None:
            raise ValueError(f"no field {name!r}")
        if part["type"] == FILE_UPLOAD:
            value = files(value)
        elif part["type"] in ENTITY_SELECTS:
            value = selected(world, part, value)
        found[name] = value
    return found
