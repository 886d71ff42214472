"""What a message's components may be: rows of the old kind, and layouts of Components V2."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json, each_component
from bot.sandbox.rules import checks
from bot.sandbox.rules.checks import Path

ROW, BUTTON, TEXT_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = (3, 5, 6, 7, 8)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
TOP_LEVEL_V2 = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
LINK_BUTTON, PREMIUM_BUTTON = 5, 6
MOST_COMPONENTS_V2 = 40
MOST_TEXT_V2 = 4000
MOST_ROWS = 5
WEB = ("http", "https")


def legacy(components: list[Json]) -> list[Problem]:
    """A message without the V2 flag: up to five rows and nothing else."""
    problems = checks.count(("components",), components, MOST_ROWS)
    for path, part in _placed(components):
        wrong = checks.choices((*path, "type"), part.get("type"), (ROW,))
        problems += wrong or _row(path, part)
    return problems + unique_custom_ids(components)


def layout(components: list[Json], files: Collection[str]) -> list[Problem]:
    """A message with the V2 flag; `files` are the names that `attachment://` may mean."""
    problems = checks.count(("components",), components, MOST_COMPONENTS_V2)
    every = each_component(components)
    if not problems and len(every) > MOST_COMPONENTS_V2:
        message = f"The total number of components must be {MOST_COMPONENTS_V2} or fewer."
        code = "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"
        problems.append(Problem(("components",), code, message))
    written = sum(len(part.get("content") or "") for part in every if part.get("type") == TEXT)
    if written > MOST_TEXT_V2:
        message = (
            f"The total text of all components is {written}, more than {MOST_TEXT_V2} characters."
        )
        code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
        problems.append(Problem(("components",), code, message))
    for path, part in _placed(components):
        wrong = checks.choices((*path, "type"), part.get("type"), TOP_LEVEL_V2)
        problems += wrong or _block(path, part, files)
    return problems + unique_custom_ids(components)


def unshown(components: list[Json], uploaded: Collection[str]) -> list[Problem]:
    """Files that come with a layout and that no component shows: nobody would see them."""
    if not uploaded:
        return []
    shown = set()
    for part in each_component(components):
        media = [item.get("media") for item in checks.entries(part, "items")]
        for one in (*media, part.get("media"), part.get("file")):
            shown.add(str((one or {}).get("url")).removeprefix("attachment://"))
    return [
        Problem(
            ("attachments",),
            "MESSAGE_ATTACHMENT_NOT_SHOWN",
            f"The attachment {name!r} is not referenced by a component",
        )
        for name in uploaded
        if name not in shown
    ]


def unique_custom_ids(components: list[Json]) -> list[Problem]:
    """No custom_id twice in one message or modal."""
    return checks.unique(
        [
            ((*path, "custom_id"), part["custom_id"])
            for path, part in _every_place(("components",), components)
            if part.get("custom_id")
        ],
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        "Component custom id cannot be duplicated",
    )


def select(path: Path, part: Json) -> list[Problem]:
    """A select of any kind."""
    problems = checks.text((*path, "custom_id"), part.get("custom_id"), 100, least=1)
    problems += checks.text((*path, "placeholder"), part.get("placeholder"), 150)
    problems += checks.number((*path, "min_values"), part.get("min_values"), 0, 25)
    problems += checks.number((*path, "max_values"), part.get("max_values"), 1, 25)
    if part.get("type") != TEXT_SELECT:
        return problems
    return problems + options(path, part, 25, least=1)


def options(path: Path, part: Json, most: int, *, least: int) -> list[Problem]:
    """What a select, or a group in a modal, offers to choose from."""
    offered = checks.entries(part, "options")
    problems = checks.count((*path, "options"), offered, most, least=least)
    for at, option in enumerate(offered):
        place = (*path, "options", at)
        problems += checks.text((*place, "label"), option.get("label"), 100, least=1)
        problems += checks.text((*place, "value"), option.get("value"), 100, least=1)
        problems += checks.text((*place, "description"), option.get("description"), 100)
    return problems + checks.unique(
        [((*path, "options", at, "value"), one.get("value")) for at, one in enumerate(offered)],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "The specified option value is already used",
    )


def _block(path: Path, part: Json, files: Collection[str]) -> list[Problem]:
    kind = part["type"]
    if kind == ROW:
        return _row(path, part)
    if kind == TEXT:
        return checks.text((*path, "content"), part.get("content"), MOST_TEXT_V2, least=1)
    if kind == SECTION:
        return _section(path, part, files)
    if kind == GALLERY:
        return _gallery(path, part, files)
    if kind == FILE:
        return _media((*path, "file"), part.get("file"), files, schemes=())
    if kind == SEPARATOR:
        return checks.choices((*path, "spacing"), part.get("spacing") or 1, (1, 2))
    problems = checks.count(
        (*path, "components"), checks.entries(part, "components"), MOST_COMPONENTS_V2, least=1
    )
    problems += checks.number((*path, "accent_color"), part.get("accent_color"), 0, 0xFFFFFF)
    for place, inner in _placed(checks.entries(part, "components"), path):
        wrong = checks.choices((*place, "type"), inner.get("type"), IN_CONTAINER)
        problems += wrong or _block(place, inner, files)
    return problems


def _section(path: Path, part: Json, files: Collection[str]) -> list[Problem]:
    texts = checks.entries(part, "components")
    problems = checks.count((*path, "components"), texts, 3, least=1)
    for place, inner in _placed(texts, path):
        wrong = checks.choices((*place, "type"), inner.get("type"), (TEXT,))
        problems += wrong or _block(place, inner, files)
    accessory = part.get("accessory")
    place = (*path, "accessory")
    if not accessory:
        return [*problems, checks.required(place)]
    if accessory.get("type") == BUTTON:
        return problems + _button(place, accessory)
    problems += checks.choices((*place, "type"), accessory.get("type"), (BUTTON, THUMBNAIL))
    problems += checks.text((*place, "description"), accessory.get("description"), 1024)
    return problems + _media((*place, "media"), accessory.get("media"), files, schemes=WEB)


def _gallery(path: Path, part: Json, files: Collection[str]) -> list[Problem]:
    items = checks.entries(part, "items")
    problems = checks.count((*path, "items"), items, 10, least=1)
    for at, item in enumerate(items):
        place = (*path, "items", at)
        problems += checks.text((*place, "description"), item.get("description"), 1024)
        problems += _media((*place, "media"), item.get("media"), files, schemes=WEB)
    return problems


def _media(
    path: Path, media: Json | None, files: Collection[str], *, schemes: Collection[str]
) -> list[Problem]:
    address = (media or {}).get("url")
    if isinstance(address, str) and address.startswith("attachment://"):
        name = address.removeprefix("attachment://")
        if name in files:
            return []
        message = f"The referenced attachment {name!r} was not found"
        return [Problem((*path, "url"), "COMPONENT_MEDIA_ATTACHMENT_NOT_FOUND", message)]
    return checks.url((*path, "url"), address, schemes, 2048)


def _row(path: Path, part: Json) -> list[Problem]:
    inner = checks.entries(part, "components")
    problems: list[Problem] = []
    if any(item.get("type") in SELECTS for item in inner):
        problems += checks.count((*path, "components"), inner, 1, least=1)
    else:
        problems += checks.count((*path, "components"), inner, 5, least=1)
    for place, item in _placed(inner, path):
        if item.get("type") == BUTTON:
            problems += _button(place, item)
        elif item.get("type") in SELECTS:
            problems += select(place, item)
        else:
            problems += checks.choices((*place, "type"), item.get("type"), (BUTTON, *SELECTS))
    return problems


def _button(path: Path, part: Json) -> list[Problem]:
    style = part.get("style")
    problems = checks.choices((*path, "style"), style, range(1, 7))
    problems += checks.text((*path, "label"), part.get("label"), 80)
    if style == PREMIUM_BUTTON:
        return problems
    if not part.get("label") and not part.get("emoji"):
        message = "A button must have a label or an emoji."
        problems.append(Problem(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message))
    if style == LINK_BUTTON:
        problems += checks.url((*path, "url"), part.get("url"), (*WEB, "discord"), 512)
        if part.get("custom_id"):
            message = "A custom id and url cannot both be specified"
            problems.append(Problem(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", message))
        return problems
    return problems + checks.text((*path, "custom_id"), part.get("custom_id"), 100, least=1)


def _placed(components: list[Json], within: Path = ()) -> Iterator[tuple[Path, Json]]:
    for at, part in enumerate(components):
        yield (*within, "components", at), part


def _every_place(path: Path, components: list[Json]) -> Iterator[tuple[Path, Json]]:
    for at, part in enumerate(components):
        place = (*path, at)
        yield place, part
        yield from _every_place((*place, "components"), checks.entries(part, "components"))
        for key in ("accessory", "component"):
            if part.get(key):
                yield (*place, key), part[key]
