"""Components as Discord gives them back: numbered, defaults filled in, files resolved.

Knows the shape of components and nothing of who sends them. Whether a layout is allowed at all is
for `rules.components`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

from bot.sandbox.model import Json, each_component

DEFAULTS: Mapping[int, Json] = {
    2: {"style": 1, "disabled": False},
    3: {"min_values": 1, "max_values": 1, "disabled": False},
    9: {},
    11: {"description": None, "spoiler": False},
    13: {"name": None, "size": None, "spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}
ATTACHMENT = "attachment://"


def completed(
    components: list[Json], urls: Mapping[str, str], new_id: Callable[[], int]
) -> list[Json]:
    """A copy of the components with everything in it that a client gets to see."""
    own = numbered(components)
    for part in each_component(own):
        for key, value in DEFAULTS.get(int(part["type"]), {}).items():
            if part.get(key) is None:
                part[key] = value
        for key in ("media", "file"):
            if part.get(key):
                part[key] = _media(part[key], urls, new_id)
        if part["type"] == 12:
            part["items"] = [
                {"description": None, "spoiler": False}
                | item
                | {"media": _media(item["media"], urls, new_id)}
                for item in part["items"]
            ]
    return own


def referring(components: list[Json], names: Mapping[str, str]) -> list[Json]:
    """A copy in which files are meant by name again, as they were sent; `names` by address."""
    own = copy.deepcopy(components)
    for part in each_component(own):
        for holder in (part, *(part.get("items") or [])):
            for key in ("media", "file"):
                name = names.get((holder.get(key) or {}).get("url", ""))
                if name is not None:
                    holder[key]["url"] = ATTACHMENT + name
    return own


def numbered(components: list[Json]) -> list[Json]:
    """A copy of the components, each with an id of its own."""
    own = copy.deepcopy(components)
    parts = each_component(own)
    taken = {part.get("id") for part in parts}
    free = (number for number in range(1, 10_000) if number not in taken)
    for part in parts:
        part["id"] = part.get("id") or next(free)
    return own


def _media(media: Json, urls: Mapping[str, str], new_id: Callable[[], int]) -> Json:
    url = str(media["url"])
    url = urls.get(url.removeprefix(ATTACHMENT), url)
    return {"id": str(new_id()), "url": url, "proxy_url": url}
