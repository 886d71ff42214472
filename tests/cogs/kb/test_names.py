"""The moderators' commands as Discord lists them, in both languages."""

from __future__ import annotations

import string

from bot.sandbox import Sandbox
from tests.cogs.kb.office import MANAGES, Place, served
from tests.support.desk import WORDINGS

EN, IT = WORDINGS.languages["en"], WORDINGS.languages["it"]


async def test_commands_and_options_are_named_in_english_and_italian(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        [kb] = [one for one in discord.commands if one.name == "kb"]

    assert kb.shown_description("it") == IT.say("command.kb.description")
    for part in kb.definition["options"]:
        keys = [f"command.kb.{part['name']}"]
        keys += [f"{keys[0]}.{option['name']}" for option in part.get("options", [])]
        for key, shown in zip(keys, [part, *part.get("options", [])], strict=True):
            assert shown["name"] == EN.say(f"{key}.name")
            assert shown["description"] == EN.say(f"{key}.description")
            assert shown["name_localizations"] == {"it": IT.say(f"{key}.name")}
            assert shown["description_localizations"] == {"it": IT.say(f"{key}.description")}


async def test_commands_are_for_servers_and_their_managers(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        ours = [one for one in discord.commands if one.name in {"kb", "Add to knowledge base"}]

    assert len(ours) == 2
    for command in ours:
        assert command.definition["contexts"] == [0]
        assert command.definition["integration_types"] == [0]
        assert int(command.definition["default_member_permissions"]) == MANAGES
    menu = next(one for one in ours if one.name != "kb")
    assert menu.shown_name("it") == IT.say("command.add_message.name")


async def test_a_second_start_registers_nothing_anew(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        pass
    async with served(place.started_again(), discord):
        pass

    written = [one for one in discord.requests if one.method == "PUT"]
    assert len([one for one in written if one.path.endswith("/commands")]) == 1


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    ours = {key for key in EN.texts if key.startswith(("kb.", "command.kb.", "command.add_"))}
    theirs = {key for key in IT.texts if key.startswith(("kb.", "command.kb.", "command.add_"))}
    assert ours == theirs
    assert [key for key in ours if values(EN.texts[key]) != values(IT.texts[key])] == []
