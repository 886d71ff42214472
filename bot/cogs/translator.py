"""The names and descriptions of commands in the languages that we have words in.

Discord shows a command in the language of whoever looks at it. It must not know what commands do.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.wording import BASE, Wordings

_PARTS = {
    Location.command_name: "name",
    Location.group_name: "name",
    Location.parameter_name: "name",
    Location.command_description: "description",
    Location.group_description: "description",
    Location.parameter_description: "description",
}


class CommandWords(app_commands.Translator):
    """Translates what `[command.*]` of a wording names.

    A command's key is its name with its groups, as in `kb add`; a message command's is the name of
    its function, and so is anything's that says `locale_str(..., key=...)`.
    """

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The words for a place, or None where we have none in that language."""
        code = str(locale.value)
        wording = self._wordings.languages.get(code.split("-")[0])
        if wording is None or wording.language == BASE:
            return None
        return wording.texts.get(f"command.{_key(string, context)}")


def _key(string: app_commands.locale_str, context: app_commands.TranslationContextTypes) -> str:
    data = context.data
    if context.location is Location.choice_name:
        return str(string.extras.get("key", string.message))
    part = _PARTS.get(context.location, "")
    if isinstance(data, app_commands.Parameter):
        return f"{_path(data.command)}.{data.name}.{part}"
    if isinstance(data, app_commands.Command | app_commands.Group):
        return f"{_path(data)}.{part}"
    if isinstance(data, app_commands.ContextMenu):
        return f"{data.callback.__name__}.{part}"
    return str(string.extras.get("key", ""))


def _path(command: object) -> str:
    name = getattr(command, "qualified_name", "")
    return str(name).replace(" ", ".")
