"""What a message may hold, whoever sends it and whichever way."""

from __future__ import annotations

from collections.abc import Collection

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json, MessageFlag
from bot.sandbox.rules import checks, components

MOST_CONTENT = 2000
MOST_EMBEDS = 10
MOST_EMBED_TEXT = 6000
MOST_NONCE = 25
MOST_FILES = 10
MOST_ALT_TEXT = 1024
LEGACY_ONLY = ("content", "embeds", "poll", "sticker_ids")


def message(
    body: Json, files: Collection[str] = (), uploaded: Collection[str] = ()
) -> list[Problem]:
    """The problems with a message; `files` are the names of its attachments.

    Those `uploaded` just now have to be shown by a layout, if there is one. Discord takes them
    silently and shows nothing; here that is a mistake.
    """
    parts = checks.entries(body, "components")
    problems = checks.text(("content",), body.get("content"), MOST_CONTENT)
    problems += checks.count(("attachments",), files, MOST_FILES)
    for at, entry in enumerate(checks.entries(body, "attachments")):
        told = entry.get("description")
        problems += checks.text(("attachments", at, "description"), told, MOST_ALT_TEXT)
    problems += _nonce(body.get("nonce"))
    problems += _embeds(checks.entries(body, "embeds"))
    problems += _allowed_mentions(body.get("allowed_mentions") or {})
    if not int(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2:
        return problems + components.legacy(parts)
    for key in LEGACY_ONLY:
        if body.get(key):
            said = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            problems.append(Problem((key,), code, said))
    return problems + components.layout(parts, files) + components.unshown(parts, uploaded)


def is_empty(body: Json, files: Collection[str] = ()) -> bool:
    """Whether nobody would see anything of it; rows of buttons alone count as nothing."""
    seen = ["content", "embeds", "poll", "sticker_ids"]
    if int(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2:
        seen.append("components")
    content = str(body.get("content") or "")
    others = any(body.get(key) for key in seen[1:])
    return not (content.strip() or others or files)


def _nonce(nonce: object) -> list[Problem]:
    return [] if isinstance(nonce, int) else checks.text(("nonce",), nonce, MOST_NONCE)


def _embeds(embeds: list[Json]) -> list[Problem]:
    problems = checks.count(("embeds",), embeds, MOST_EMBEDS)
    total = 0
    for at, embed in enumerate(embeds):
        path = ("embeds", at)
        fields = checks.entries(embed, "fields")
        footer, author = embed.get("footer") or {}, embed.get("author") or {}
        problems += checks.text((*path, "title"), embed.get("title"), 256)
        problems += checks.text((*path, "description"), embed.get("description"), 4096)
        problems += checks.count((*path, "fields"), fields, 25)
        if footer:
            problems += checks.text((*path, "footer", "text"), footer.get("text"), 2048, least=1)
        if author:
            problems += checks.text((*path, "author", "name"), author.get("name"), 256, least=1)
        for row, field in enumerate(fields):
            place = (*path, "fields", row)
            problems += checks.text((*place, "name"), field.get("name"), 256, least=1)
            problems += checks.text((*place, "value"), field.get("value"), 1024, least=1)
        written = [embed.get("title"), embed.get("description")]
        written += [footer.get("text"), author.get("name")]
        written += [field.get(key) for field in fields for key in ("name", "value")]
        total += sum(len(text) for text in written if isinstance(text, str))
    if total > MOST_EMBED_TEXT:
        said = f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}"
        problems.append(Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", said))
    return problems


def _allowed_mentions(allowed: Json) -> list[Problem]:
    problems: list[Problem] = []
    for key in ("users", "roles"):
        listed = checks.entries(allowed, key)
        problems += checks.count(("allowed_mentions", key), listed, 100)
        if listed and key in (allowed.get("parse") or []):
            said = f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'
            code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            problems.append(Problem(("allowed_mentions",), code, said))
    return problems
