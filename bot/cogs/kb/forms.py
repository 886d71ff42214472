"""The forms that moderators fill in: a pasted text, and the metadata of a draft.

Must not know what becomes of what they write.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord
from discord import ui

from bot.articles.model import LONGEST_PUBLISHER, LONGEST_TITLE, UNDETERMINED, Article
from bot.cogs.kb.acting import Acting, act
from bot.wording import Wording

_OPEN = 3600.0
"""Seconds for which a form may be sent; discord.py never forgets one that has no end."""
_MOST_TEXT = 4000
_MOST_ADDRESS = 2000

_Text = ui.TextInput[ui.Modal]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody pasted or attached."""

    title: str
    text: str
    file: discord.Attachment | None


class PasteForm(ui.Modal):
    """Asks for a title and a text, in two parts as Discord takes only so much in one, or a file."""

    def __init__(
        self, then: Callable[[Acting, Written], Awaitable[None]], wording: Wording
    ) -> None:
        super().__init__(title=wording.say("kb.paste.title"), timeout=_OPEN)
        self._then = then
        self._title = _text("title", LONGEST_TITLE)
        self._parts = [_text(name, _MOST_TEXT, long=True) for name in ("text", "more")]
        self._file: ui.FileUpload[ui.Modal] = ui.FileUpload(
            custom_id="file", required=False, min_values=0, max_values=1
        )
        fields: list[ui.Item[ui.Modal]] = [self._title, *self._parts, self._file]
        for name, item in zip(("title", "text", "more", "file"), fields, strict=True):
            self.add_item(ui.Label(text=wording.say(f"kb.field.{name}"), component=item))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hands on what was written."""
        files = self._file.values
        text = "".join(part.value for part in self._parts)
        written = Written(self._title.value, text, files[0] if files else None)
        await act(interaction, self._then, written)


class EditForm(ui.Modal):
    """Asks for the metadata of a draft, with what is known filled in."""

    def __init__(
        self,
        then: Callable[[Acting, str, dict[str, str]], Awaitable[None]],
        key: str,
        article: Article,
        wording: Wording,
    ) -> None:
        super().__init__(title=wording.say("kb.edit.title"), timeout=_OPEN)
        self._then, self._key = then, key
        language = "" if article.language == UNDETERMINED else article.language
        self._fields = {
            "title": _text("title", LONGEST_TITLE, article.title, required=True),
            "publisher": _text("publisher", LONGEST_PUBLISHER, article.publisher),
            "published": _text("published", 40, str(article.published or "")),
            "language": _text("language", 10, language),
            "url": _text("url", _MOST_ADDRESS, article.url),
        }
        for name, item in self._fields.items():
            self.add_item(ui.Label(text=wording.say(f"kb.field.{name}"), component=item))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hands on what was written."""
        fields = {name: item.value for name, item in self._fields.items()}
        await act(interaction, self._then, self._key, fields)


def _text(
    name: str, most: int, before: str | None = None, *, required: bool = False, long: bool = False
) -> _Text:
    return ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=(before or "")[:most] or None,
        required=required,
        max_length=most,
    )
