"""What commands may be registered, one by one and all together."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json
from bot.sandbox.rules import answers, checks
from bot.sandbox.rules.checks import Path

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
MOST_OF_KIND: Mapping[int, int] = {SLASH: 100, ON_USER: 15, ON_MESSAGE: 15}
MOST_CHARACTERS = 8000
SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, NUMBER = 3, 4, 10
WITH_CHOICES = (STRING, INTEGER, NUMBER)
OPTION_TYPES = range(1, 12)
LOCALES = frozenset(
    {"bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr"}
    | {"hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th"}
    | {"tr", "uk", "vi", "zh-CN", "zh-TW"}
)
CONTEXTS = (0, 1, 2)
INSTALLS = (0, 1)


def all_commands(definitions: list[Json]) -> list[Problem]:
    """The problems with a list that is to replace everything registered."""
    problems: list[Problem] = []
    for kind, found in Counter(int(one.get("type") or SLASH) for one in definitions).items():
        most = MOST_OF_KIND.get(kind)
        if most is not None and found > most:
            message = f"Maximum number of application commands reached ({most})."
            problems.append(Problem((), "APPLICATION_COMMANDS_LIMIT_REACHED", message))
    problems += checks.unique(
        [
            ((at, "name"), (d.get("type") or SLASH, d.get("name")))
            for at, d in enumerate(definitions)
        ],
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
        "Application command names must be unique",
    )
    for at, definition in enumerate(definitions):
        problems += [problem.under(at) for problem in command(definition)]
    return problems


def command(definition: Json) -> list[Problem]:
    """The problems with one command."""
    kind = definition.get("type") or SLASH
    problems = checks.choices(("type",), kind, MOST_OF_KIND)
    if kind == SLASH:
        problems += _named((), definition)
        problems += _options((), checks.entries(definition, "options"))
    else:
        problems += checks.text(("name",), definition.get("name"), 32, least=1)
        for key in ("description", "options"):
            if definition.get(key):
                message = f"Context menu commands cannot have {key}"
                code = "APPLICATION_COMMAND_CONTEXT_MENU_FIELD_NOT_ALLOWED"
                problems.append(Problem((key,), code, message))
    for at, context in enumerate(checks.entries(definition, "contexts")):
        problems += checks.choices(("contexts", at), context, CONTEXTS)
    for at, install in enumerate(checks.entries(definition, "integration_types")):
        problems += checks.choices(("integration_types", at), install, INSTALLS)
    if _size(definition) > MOST_CHARACTERS:
        message = f"Command exceeds maximum size ({MOST_CHARACTERS})"
        problems.append(Problem((), "APPLICATION_COMMAND_TOO_LARGE", message))
    return problems


def is_name(name: str) -> bool:
    """Whether a slash command or option may be called this."""
    return 1 <= len(name) <= 32 and name == name.lower() and all(map(_may_be_in_name, name))


def _may_be_in_name(letter: str) -> bool:
    devanagari_or_thai = "\u0900" <= letter <= "\u097f" or "\u0e00" <= letter <= "\u0e7f"
    return letter in "-_'" or devanagari_or_thai or unicodedata.category(letter)[0] in "LN"


def _named(path: Path, part: Json) -> list[Problem]:
    problems: list[Problem] = []
    localised = part.get("name_localizations") or {}
    names: list[tuple[Path, object]] = [(("name",), part.get("name"))]
    names += [(("name_localizations", locale), name) for locale, name in localised.items()]
    for place, name in names:
        if not isinstance(name, str) or not is_name(name):
            code = "APPLICATION_COMMAND_INVALID_NAME"
            problems.append(Problem((*path, *place), code, "Command name is invalid"))
    problems += checks.text((*path, "description"), part.get("description"), 100, least=1)
    told = part.get("description_localizations") or {}
    for locale, text in told.items():
        problems += checks.text((*path, "description_localizations", locale), text, 100, least=1)
    for key, texts in (("name_localizations", localised), ("description_localizations", told)):
        for locale in texts:
            problems += checks.choices((*path, key, locale), locale, LOCALES)
    return problems


def _options(path: Path, options: list[Json]) -> list[Problem]:
    problems = checks.count((*path, "options"), options, 25)
    problems += checks.unique(
        [((*path, "options", at, "name"), option.get("name")) for at, option in enumerate(options)],
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        "Option name already exists",
    )
    kinds = {option.get("type") in (SUBCOMMAND, GROUP) for option in options}
    if len(kinds) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to others"
        code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
        problems.append(Problem((*path, "options"), code, message))
    optional_before = False
    for at, option in enumerate(options):
        place = (*path, "options", at)
        if option.get("required") and optional_before:
            message = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            problems.append(Problem(place, code, message))
        optional_before = optional_before or not option.get("required")
        problems += _named(place, option) + _option(place, option, depth=len(path) // 2)
    return problems


def _option(path: Path, option: Json, *, depth: int) -> list[Problem]:
    kind = option.get("type")
    offered = checks.entries(option, "choices")
    problems = checks.choices((*path, "type"), kind, OPTION_TYPES)
    if kind in (SUBCOMMAND, GROUP):
        deepest = 0 if kind == GROUP else 1
        if depth > deepest:
            message = "Sub-commands cannot be nested any deeper"
            code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
            problems.append(Problem((*path, "type"), code, message))
        return problems + _options(path, checks.entries(option, "options"))
    problems += checks.count((*path, "choices"), offered, 25)
    problems += checks.number((*path, "min_length"), option.get("min_length"), 0, 6000)
    problems += checks.number((*path, "max_length"), option.get("max_length"), 1, 6000)
    if kind in WITH_CHOICES:
        problems += answers.choices((*path, "choices"), offered, int(kind))
    if option.get("autocomplete") and (offered or kind not in WITH_CHOICES):
        message = "Autocomplete is for text and numbers without choices of their own"
        code = "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"
        problems.append(Problem((*path, "autocomplete"), code, message))
    return problems


def _size(part: Json) -> int:
    size = sum(_longest(part, key) for key in ("name", "description"))
    size += sum(_size(option) for option in checks.entries(part, "options"))
    for choice in checks.entries(part, "choices"):
        size += _longest(choice, "name") + len(str(choice.get("value", "")))
    return size


def _longest(part: Json, key: str) -> int:
    localised = (part.get(f"{key}_localizations") or {}).values()
    return max(len(str(text)) for text in [part.get(key) or "", *localised])
