"""Containers, packed into messages within Discord's limits.

Must not know what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord
from discord import ui

MOST_TEXT = 4000
MOST_COMPONENTS = 40

ANSWER = discord.Colour(0x2F6F4F)
NO_ANSWER = discord.Colour(0x6B7280)
DISAGREEMENT = discord.Colour(0xB45309)
NOTICE = discord.Colour(0x3B5B92)

Container = ui.Container[ui.LayoutView]
Button = ui.Button[ui.LayoutView]
Message = list[Container]


def layout(message: Iterable[Container]) -> ui.LayoutView:
    """The message as discord.py sends it.

    It is stopped, so that discord.py does not keep it: buttons are answered by their custom ids,
    also after a restart.
    """
    view = ui.LayoutView(timeout=None)
    for container in message:
        view.add_item(container)
    view.stop()
    return view


def notice(*texts: str, colour: discord.Colour = NOTICE) -> Container:
    """A container of texts, one under the other; those that are empty are left out."""
    shown: Container = ui.Container(accent_colour=colour)
    for text in texts:
        if text:
            shown.add_item(ui.TextDisplay(text))
    return shown


def small(text: str) -> str:
    """The text in small print."""
    return f"-# {text}"


def row(*buttons: Button | None) -> ui.ActionRow[ui.LayoutView] | None:
    """The buttons beside each other, or None if there are none."""
    there = [button for button in buttons if button is not None]
    shown: ui.ActionRow[ui.LayoutView] = ui.ActionRow(*there)
    return shown if there else None


def size_of(container: Container) -> tuple[int, int]:
    """The characters of its texts, and its components, itself and the nested ones counted."""
    text, parts = 0, 1
    for item in container.walk_children():
        parts += 1
        if isinstance(item, ui.TextDisplay):
            text += len(item.content)
    return text, parts


def pages_of(texts: Sequence[str], most: int, room: int) -> list[range]:
    """Which of the texts stand on each page: at most so many, and so many characters with breaks.

    One that is longer than the room has a page to itself.
    """
    pages: list[range] = []
    start, used = 0, 0
    for number, text in enumerate(texts):
        taken = len(text) + 1
        if number > start and (number - start == most or used + taken > room):
            pages.append(range(start, number))
            start, used = number, 0
        used += taken
    return [*pages, range(start, len(texts))]


def packed(containers: Sequence[Container]) -> list[Message]:
    """As many containers in each message as Discord takes, in their order."""
    messages: list[Message] = [[]]
    text = parts = 0
    for container in containers:
        more = size_of(container)
        text, parts = text + more[0], parts + more[1]
        if messages[-1] and (text > MOST_TEXT or parts > MOST_COMPONENTS):
            messages.append([])
            text, parts = more
        messages[-1].append(container)
    return messages
