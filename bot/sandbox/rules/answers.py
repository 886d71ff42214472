"""What a first answer to an interaction may hold besides a message: choices and modals."""

from __future__ import annotations

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json
from bot.sandbox.rules import checks, components
from bot.sandbox.rules.checks import Path

LABEL, TEXT_INPUT, FILE_UPLOAD = 18, 4, 19
RADIO, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
IN_LABEL = (TEXT_INPUT, *components.SELECTS, FILE_UPLOAD, RADIO, CHECKBOX_GROUP, CHECKBOX)


def autocomplete(data: Json, option_type: int) -> list[Problem]:
    """The choices offered while somebody types."""
    offered = checks.entries(data, "choices")
    return checks.count(("choices",), offered, 25) + choices(("choices",), offered, option_type)


def choices(path: Path, offered: list[Json], option_type: int) -> list[Problem]:
    """The name and the value of each choice, whose type is the option's."""
    problems: list[Problem] = []
    for at, choice in enumerate(offered):
        place = (*path, at)
        problems += checks.text((*place, "name"), choice.get("name"), 100, least=1)
        value = choice.get("value")
        if option_type == 3:
            problems += checks.text((*place, "value"), value, 100, least=1)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            message = f'Value "{value}" is not a number.'
            problems.append(Problem((*place, "value"), "NUMBER_TYPE_COERCE", message))
    return problems


def modal(data: Json) -> list[Problem]:
    """A form: one to five labelled fields, or texts between them."""
    parts = checks.entries(data, "components")
    problems = checks.text(("title",), data.get("title"), 45, least=1)
    problems += checks.text(("custom_id",), data.get("custom_id"), 100, least=1)
    problems += checks.count(("components",), parts, 5, least=1)
    for at, part in enumerate(parts):
        path: Path = ("components", at)
        kind = part.get("type")
        if kind == components.ROW:
            problems += _row(path, part)
        elif kind == LABEL:
            problems += _label(path, part)
        elif kind == components.TEXT:
            problems += checks.text((*path, "content"), part.get("content"), 4000, least=1)
        else:
            allowed = (components.ROW, components.TEXT, LABEL)
            problems += checks.choices((*path, "type"), kind, allowed)
    return problems + components.unique_custom_ids(parts)


def _row(path: Path, part: Json) -> list[Problem]:
    inner = checks.entries(part, "components")
    problems = checks.count((*path, "components"), inner, 1, least=1)
    for at, item in enumerate(inner):
        place = (*path, "components", at)
        wrong = checks.choices((*place, "type"), item.get("type"), (TEXT_INPUT,))
        problems += wrong or _text_input(place, item)
        problems += checks.text((*place, "label"), item.get("label"), 45, least=1)
    return problems


def _label(path: Path, part: Json) -> list[Problem]:
    problems = checks.text((*path, "label"), part.get("label"), 45, least=1)
    problems += checks.text((*path, "description"), part.get("description"), 100)
    inner, place = part.get("component") or {}, (*path, "component")
    kind = inner.get("type")
    problems += checks.choices((*place, "type"), kind, IN_LABEL)
    if kind == TEXT_INPUT:
        return problems + _text_input(place, inner)
    if inner.get("disabled"):
        message = "Components in a modal cannot be disabled"
        problems.append(Problem((*place, "disabled"), "COMPONENT_DISABLED_IN_MODAL", message))
    if kind in components.SELECTS:
        return problems + components.select(place, inner) + _number_chosen(place, inner)
    problems += checks.text((*place, "custom_id"), inner.get("custom_id"), 100, least=1)
    if kind in (FILE_UPLOAD, CHECKBOX_GROUP):
        problems += checks.number((*place, "min_values"), inner.get("min_values"), 0, 10)
        problems += checks.number((*place, "max_values"), inner.get("max_values"), 1, 10)
        problems += _number_chosen(place, inner)
    if kind in (RADIO, CHECKBOX_GROUP):
        problems += components.options(place, inner, 10, least=2 if kind == RADIO else 1)
    return problems


def _number_chosen(path: Path, part: Json) -> list[Problem]:
    """What has to be filled in takes at least one; no maximum is below its minimum."""
    least, most = part.get("min_values"), part.get("max_values")
    if least == 0 and part.get("required") is not False:
        message = "min_values must be at least 1 when the component is required"
        return [Problem((*path, "min_values"), "COMPONENT_REQUIRED_MIN_VALUES", message)]
    return _ordered((*path, "max_values"), least, most)


def _ordered(path: Path, least: object, most: object) -> list[Problem]:
    if isinstance(least, int) and isinstance(most, int) and least > most:
        return [Problem(path, "NUMBER_TYPE_MIN", f"int value should be at least {least}.")]
    return []


def _text_input(path: Path, part: Json) -> list[Problem]:
    problems = checks.text((*path, "custom_id"), part.get("custom_id"), 100, least=1)
    problems += checks.choices((*path, "style"), part.get("style"), (1, 2))
    problems += checks.number((*path, "min_length"), part.get("min_length"), 0, 4000)
    problems += checks.number((*path, "max_length"), part.get("max_length"), 1, 4000)
    problems += _ordered((*path, "max_length"), part.get("min_length"), part.get("max_length"))
    problems += checks.text((*path, "placeholder"), part.get("placeholder"), 100)
    return problems + checks.text((*path, "value"), part.get("value"), 4000)
