"""The commands that somebody finds in a place, in their language, as JSON for the page."""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox import offers
from bot.sandbox.model import Channel, Command, Json, User
from bot.sandbox.people import ON_MESSAGE, SLASH
from bot.sandbox.world import World

GROUPS = (1, 2)
MOST_CHOICES = 25


def offered_commands(world: World, viewer: User, channel: Channel) -> Json:
    """Slash commands with their options, and those in the menu of a message."""
    locale = viewer.locale
    slash = offers.offered(world, viewer, channel, SLASH)
    on_message = offers.offered(world, viewer, channel, ON_MESSAGE)
    return {
        "slash": [entry for one in slash for entry in _entries(one, locale)],
        "message": [{"name": one.name, "shown": one.shown_name(locale)} for one in on_message],
    }


def _entries(command: Command, locale: str) -> Iterator[Json]:
    """A command as it is typed; one with groups is as many as it has leaves."""
    yield from _leaves(command.definition, (), (), locale)


def _leaves(
    part: Json, path: tuple[str, ...], shown: tuple[str, ...], locale: str
) -> Iterator[Json]:
    path, shown = (*path, part["name"]), (*shown, local(part, "name", locale))
    options = part.get("options") or []
    below = [option for option in options if option["type"] in GROUPS]
    for option in below:
        yield from _leaves(option, path, shown, locale)
    if not below:
        yield {
            "path": " ".join(path),
            "shown": " ".join(shown),
            "description": local(part, "description", locale),
            "options": [_option(option, locale) for option in options],
        }


def _option(option: Json, locale: str) -> Json:
    kept = ("min_value", "max_value", "min_length", "max_length")
    return {key: option[key] for key in kept if option.get(key) is not None} | {
        "name": option["name"],
        "shown": local(option, "name", locale),
        "description": local(option, "description", locale),
        "type": int(option["type"]),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [choice(one, locale) for one in option.get("choices") or []],
    }


def choice(one: Json, locale: str) -> Json:
    """Something to choose, by its name in a language."""
    return {"name": local(one, "name", locale), "value": one["value"]}


def local(part: Json, key: str, locale: str) -> str:
    """A name or a description in a language, or as it is without one."""
    told = part.get(f"{key}_localizations") or {}
    return str(told.get(locale) or part.get(key) or "")
