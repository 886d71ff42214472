"""Commands as Discord lists them: in every language, in every place, for every installation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cogs.desk import Desk
from bot.sandbox import Sandbox
from bot.sandbox.model import Command
from bot.wording import Wording, Wordings
from tests.support.desk import client
from tests.support.wire import online

SLASH, ON_MESSAGE = 1, 3
OURS = ("ask", "sides", "timeline", "sources", "help", "privacy")


def named(commands: list[Command]) -> dict[str, Command]:
    return {command.name: command for command in commands}


async def test_commands_and_their_options_are_named_in_english_and_italian(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        commands = named(discord.commands)

    it, en = desk.wordings.languages["it"], desk.wordings.languages["en"]
    for name in OURS:
        command = commands[name]
        for wording, locale in ((en, "en-US"), (it, "it")):
            assert command.shown_name(locale) == wording.say(f"command.{name}.name")
            assert command.shown_description(locale) == wording.say(f"command.{name}.description")
        for option in command.definition.get("options", []):
            key = f"command.{name}.{option['name']}"
            assert option["name"] == en.say(f"{key}.name")
            assert option["description"] == en.say(f"{key}.description")
            assert option["name_localizations"] == {"it": it.say(f"{key}.name")}
            assert option["description_localizations"] == {"it": it.say(f"{key}.description")}
    assert commands["Find receipts for this"].shown_name("it") == it.say("command.find.name")
    assert commands["Find receipts for this"].kind == ON_MESSAGE


async def test_what_members_use_is_there_in_servers_messages_and_private_channels(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        commands = named(discord.commands)

    for name in (*OURS, "Find receipts for this"):
        assert sorted(commands[name].definition["contexts"]) == [0, 1, 2], name
        assert sorted(commands[name].definition["integration_types"]) == [0, 1], name
        assert commands[name].definition.get("default_member_permissions") is None, name


@pytest.mark.parametrize("locale", ["es-ES", "es-419"])
async def test_a_language_serves_all_of_discords_locales_for_it(
    discord: Sandbox, desk: Desk, locale: str
) -> None:
    spanish = Wording("es", {**desk.wordings.languages["en"].texts, "command.ask.name": "pregunta"})
    desk = replace(desk, wordings=Wordings({**desk.wordings.languages, "es": spanish}))
    async with online(client(desk), discord):
        command = named(discord.commands)["ask"]
        eva = discord.user("Eva", locale=locale)
        exchange = await discord.slash(eva, "help")

    assert command.shown_name(locale) == "pregunta"
    assert "`/pregunta`" in exchange.text
