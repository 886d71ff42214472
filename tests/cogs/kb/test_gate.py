"""Who may moderate is decided on our side: for commands, menus, buttons, forms and suggestions."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.client import ReceiptsClient
from bot.cogs.kb.buttons import kb_buttons
from bot.sandbox import Message, Sandbox, User
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.people import ON_MESSAGE
from bot.sandbox.permissions import EVERYTHING
from tests.cogs.kb.office import Place, ferry_file, moderator, press, served

REFUSED = "Only moderators may do that."
RIFIUTO = "Possono farlo soltanto i moderatori."

COMMANDS: dict[str, dict[str, Any]] = {
    "add": {"address": "https://example.org/"},
    "refresh": {},
    "list": {},
    "show": {"article": "bread"},
    "remove": {"article": "bread"},
    "history": {},
    "undo": {},
    "restore": {"revision": 1},
    "diff": {"before": 1, "after": 1},
    "check": {},
    "export": {},
    "status": {},
    "gaps": {},
    "reports": {},
    "pin": {"question": "Who?", "passage": "x"},
}


def open_to_all(discord: Sandbox) -> None:
    """An administrator lifted what the commands ask for, so that everybody finds them."""
    for command in discord.commands:
        command.open_to_all = True


async def forged(client: ReceiptsClient, discord: Sandbox, custom_id: str) -> Message:
    """A message for all to see with a button that nobody should have got."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(ui.Button(label="Press me", custom_id=custom_id)))
    view.stop()
    channel = client.get_partial_messageable(discord.channel.id)
    sent = await channel.send(view=view)
    return next(one for one in discord.messages() if one.id == sent.id)


async def test_members_are_not_offered_the_commands(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        ada, mona = discord.user("Ada"), moderator(discord)
        names = {one.name for one in discord.offered(ada)}
        menus = {one.name for one in discord.offered(ada, kind=ON_MESSAGE)}
        offered = {one.name for one in discord.offered(mona)}
        with pytest.raises(NotOfferedError):
            await discord.slash(ada, "kb list")
        with pytest.raises(NotOfferedError):
            await discord.slash(mona, "kb list", channel=discord.direct(mona))

    assert "kb" not in names
    assert "Add to knowledge base" not in menus
    assert "kb" in offered


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("locale", "told"), [("en-US", REFUSED), ("it", RIFIUTO)])
async def test_a_member_who_finds_a_command_is_refused(
    discord: Sandbox, place: Place, name: str, locale: str, told: str
) -> None:
    async with served(place, discord):
        open_to_all(discord)
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, f"kb {name}", **COMMANDS[name])

    assert exchange.text == told
    assert exchange.ephemeral
    assert place.head.startswith("1·")


async def test_every_command_is_tried_above(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        [kb] = [one for one in discord.commands if one.name == "kb"]

    assert {one["name"] for one in kb.definition["options"]} == set(COMMANDS)


async def test_a_member_is_refused_in_the_menu(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        open_to_all(discord)
        ada = discord.user("Ada")
        said = discord.post(ada, discord.channel, "Look: https://example.org/page")
        exchange = await discord.message_command(ada, "Add to knowledge base", said)

    assert exchange.text == REFUSED


@pytest.mark.parametrize(
    "name", [one.__discord_ui_compiled_template__.pattern for one in kb_buttons()]
)
async def test_a_member_is_refused_at_every_button(
    discord: Sandbox, place: Place, name: str
) -> None:
    async with served(place, discord) as client:
        mona, ada = moderator(discord), discord.user("Ada")
        await discord.slash(mona, "kb add", file=ferry_file())
        [(key, _)] = place.office.previews.waiting()
        parts = {
            "key": key,
            "page": "0",
            "turn": "next",
            "what": "all",
            "passage": "A" * 8 + ".0." + "A" * 8,
        }
        custom_id = _filled(name, parts)
        message = await forged(client, discord, custom_id)
        pressed = await discord.press(ada, message, custom_id)

    assert pressed.text == REFUSED
    assert pressed.ephemeral
    assert [one for one, _ in place.office.previews.waiting()] == [key]
    assert place.head.startswith("1·")


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """A custom id that fits a template, with these parts and 1 for others."""
    action, *states = pattern.split(":(?P<")
    return ":".join([action, *(parts.get(one.split(">")[0], "1") for one in states)])


async def test_a_moderators_button_for_all_to_see_works_for_moderators_and_stays_as_it_is(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord) as client:
        mona = moderator(discord)
        message = await forged(client, discord, "r:kb-list:0:next")
        before = message.components
        pressed = await discord.press(mona, message, "r:kb-list:0:next")

    assert "The offer for the mill" in pressed.text
    assert pressed.ephemeral
    assert message.components == before


def dismissed(discord: Sandbox, user: User) -> None:
    discord.guild.members[user.id].roles.clear()


async def test_whoever_is_no_moderator_any_more_is_refused_at_button_and_form(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        added = await discord.slash(mona, "kb add", file=ferry_file())
        editing = await press(discord, mona, added, "edit")
        pasting = await discord.slash(mona, "kb add")
        dismissed(discord, mona)
        edited = await discord.submit_modal(editing, {"title": "Mine"})
        pasted = await discord.submit_modal(pasting, {"text": "word " * 60})
        published = await press(discord, mona, added, "publish")

    assert [one.text for one in (edited, pasted, published)] == [REFUSED] * 3
    assert place.head.startswith("1·")
    [(_, preview)] = place.office.previews.waiting()
    assert preview.drafted is not None
    assert preview.drafted.article.title == "The ferry of the valley"


async def test_a_role_from_the_settings_may_moderate_and_another_may_not(
    discord: Sandbox, place: Place
) -> None:
    # A role of their own, without any permission.
    rita, otto = discord.user("Rita", permissions=1 << 6), discord.user("Otto", permissions=1 << 6)
    [role] = discord.guild.members[rita.id].roles
    async with served(place.with_(role=role.id), discord):
        open_to_all(discord)
        with_role = await discord.slash(rita, "kb list")
        without = await discord.slash(otto, "kb list")
        offered = await discord.autocomplete(rita, "kb show", "article", "bread")

    assert "The offer for the mill" in with_role.text
    assert without.text == REFUSED
    assert [one["value"] for one in offered.choices] == ["bread"]


@pytest.mark.parametrize(
    ("command", "option", "filled"),
    [
        ("show", "article", {}),
        ("remove", "article", {}),
        ("restore", "revision", {}),
        ("diff", "after", {"before": 1}),
        ("pin", "passage", {"question": "What about the mill?"}),
    ],
)
async def test_nothing_is_suggested_to_members(
    discord: Sandbox, place: Place, command: str, option: str, filled: dict[str, Any]
) -> None:
    async with served(place, discord):
        open_to_all(discord)
        ada, mona = discord.user("Ada"), moderator(discord)
        theirs = await discord.autocomplete(ada, f"kb {command}", option, "", **filled)
        ours = await discord.autocomplete(mona, f"kb {command}", option, "", **filled)

    assert theirs.choices == []
    assert ours.choices != []


async def test_whoever_runs_another_server_has_no_say(discord: Sandbox, place: Place) -> None:
    other = discord.add_guild("Elsewhere")
    eve = discord.user("Eve", permissions=EVERYTHING, guild=other)
    mona = moderator(discord)
    async with served(place, discord):
        theirs = await discord.slash(eve, "kb list", channel=other.channel)
        unsettled = await discord.slash(mona, "kb list")
    async with served(place.with_(guild=discord.guild.id), discord):
        settled = await discord.slash(mona, "kb list")
        still = await discord.slash(eve, "kb list", channel=other.channel)

    assert still.text == REFUSED
    for one in (theirs, unsettled):
        assert "RECEIPTS_MODERATOR_GUILD has to name the one" in one.text
    assert "The offer for the mill" in settled.text
