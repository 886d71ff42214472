"""Cards as Discord gets them, taken apart for tests; every message keeps to Discord's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer
from bot.cogs.cards.answer import Shown, answer_messages
from bot.cogs.cards.block import Container, Message
from bot.sandbox.rules import messages as rules
from bot.wording import Wording
from tests.support.answers import Scripted
from tests.support.desk import WORDINGS

Json = dict[str, Any]
V2 = 1 << 15
ENGLISH, ITALIAN = WORDINGS.languages["en"], WORDINGS.languages["it"]
KEY = "AAAAAAAAAA"


def checked(messages: Iterable[Message], files: Sequence[str] = ()) -> list[list[Json]]:
    """The containers of each message; AssertionError if one breaks a rule of Discord's."""
    told = [[one.to_component_dict() for one in message] for message in messages]
    for containers in told:
        body = {"flags": V2, "components": containers}
        assert [str(one) for one in rules.message(body, files)] == []
    return told


def shown(
    answer: Answer,
    *,
    wording: Wording = ENGLISH,
    knowledge: KnowledgeBase | None = None,
    **how: Any,
) -> list[list[Json]]:
    """An answer's containers, message by message."""
    how_shown = replace(Shown(wording, knowledge or Scripted(), KEY), **how)
    return checked(answer_messages(answer, how_shown))


def passages(messages: Iterable[list[Json]]) -> list[Json]:
    """The containers that show a passage."""
    every = [container for message in messages for container in message]
    return [one for one in every if head(one).startswith(("### ", "-# Understood")) and foot(one)]


def head(container: Json) -> str:
    """The first text."""
    first = container["components"][0]
    return str(first["components"][0]["content"] if first["type"] == 9 else first["content"])


def body(container: Json) -> str:
    """The second text."""
    return str(container["components"][1]["content"])


def foot(container: Json) -> str:
    """What comes after the second text: the third one, or "row" for buttons."""
    parts = container["components"]
    return "" if len(parts) < 3 else str(parts[2].get("content", "row"))


def texts(container: Container) -> str:
    """All that is read in a container."""
    return "\n".join(_texts(container.to_component_dict()))


def _texts(part: Json) -> list[str]:
    found = [str(part["content"])] if part.get("type") == 10 else []
    return found + [text for inner in part.get("components", ()) for text in _texts(inner)]


def as_seen(messages: Iterable[Message]) -> str:
    """Messages as a person sees them: texts as they stand, and what can be pressed in brackets."""
    lines: list[str] = []
    for message in checked(messages, ("timeline.png",)):
        lines.append("=" * 40)
        for container in message:
            lines += [*_seen(container), ""]
    return "\n".join(lines)


def _seen(part: Json) -> list[str]:
    if part["type"] == 10:
        return [str(part["content"])]
    if part["type"] == 2:
        off = " (off)" if part.get("disabled") else ""
        return [f"[{part['label']}{off}]" + (f" {part['url']}" if part.get("url") else "")]
    if part["type"] == 12:
        return [f"(picture: {item['description']})" for item in part["items"]]
    inner = [line for one in part.get("components", ()) for line in _seen(one)]
    if part["type"] == 1:
        return [" ".join(inner)]
    accessory = part.get("accessory")
    return inner + (_seen(accessory) if accessory else [])
