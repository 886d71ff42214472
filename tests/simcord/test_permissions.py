"""Who may do what, and what is registered, as SimCord models both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import discord
import pytest
from simcord import ChannelHandle, GuildHandle

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer
from tests.simcord.world import World, custom_ids, first, inhabited, text
from tests.support.answers import TEXT, Scripted, answered
from tests.support.desk import WORDINGS, open_desk
from tests.support.quarrel import OFFERED

COMMANDS = ("ask", "help", "privacy", "sides", "sources", "timeline")
LOCALES = ["en-US", "it"]
SILENT = discord.PermissionOverwrite(send_messages=False)


def own(guild: GuildHandle) -> discord.Member:
    """The bot as a member of a server."""
    assert guild.me is not None
    return guild.me


def registrations(world: World) -> int:
    return sum(request.method == "PUT" for request in world.env.http_requests)


async def test_commands_are_registered_once_and_not_again_after_a_restart(world: World) -> None:
    await world.restart()
    await world.restart()

    assert registrations(world) == 1
    assert world.ada.available_commands(world.channel) == COMMANDS
    assert world.ada.user.available_commands() == COMMANDS


async def test_commands_are_registered_again_when_somebody_changed_them(world: World) -> None:
    world.env.backend.commands[None].popitem()
    await world.restart()

    assert registrations(world) == 2
    assert world.ada.available_commands(world.channel) == COMMANDS


async def test_every_command_is_for_everybody_everywhere_and_called_in_two_languages(
    world: World,
) -> None:
    every = world.env.backend.commands[None].values()
    registered = [one for one in every if one["default_member_permissions"] is None]
    italian = WORDINGS.of("it")

    for command in registered:
        assert command["contexts"] == [0, 1, 2]
        assert command["integration_types"] == [0, 1]
        key = "find" if command["type"] == 3 else command["name"]
        assert command["name_localizations"] == {"it": italian.say(f"command.{key}.name")}
        for option in command["options"]:
            named = {"it": italian.say(f"command.{key}.{option['name']}.name")}
            assert option.get("name_localizations", named) == named
    assert len(registered) == len(COMMANDS) + 1


@pytest.mark.parametrize("locale", LOCALES)
async def test_who_may_not_write_can_ask_for_themselves_and_not_share(
    world: World, locale: str
) -> None:
    hall = world.env.guild.create_text_channel("hall", overwrites={world.ada: SILENT})
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(hall, "ask", question=OFFERED, private=True)
    shared = await world.press(world.ada, first(asked), "share")

    assert text(first(shared)) == WORDINGS.of(locale).say("share.refused")
    assert hall.history(viewer=world.bob) == []
    # It is refused to the one who pressed, not to the bot: another one may still share.
    assert custom_ids(first(asked), "share")


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("it", "it")])
async def test_a_bot_that_may_not_write_tells_the_asker_why_it_is_silent(
    world: World, language: str, locale: str
) -> None:
    guild = world.env.create_guild("Another", preferred_locale=locale)
    ada = guild.add_member(world.ada.user)
    hall = guild.create_text_channel("hall", overwrites={own(guild): SILENT})
    await ada.send(hall, f"{world.bot} {OFFERED}")

    assert len(hall.history()) == 1
    (told,) = ada.user.dm_channel.history()
    wording = WORDINGS.of(language)
    assert text(told) == wording.say("trouble.cannot_write", channel=hall.mention)


async def test_a_bot_that_may_not_read_back_answers_without_a_reference(world: World) -> None:
    # SimCord takes replies to what the bot may not read; Discord's code is 160002.
    posting = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", posting, status=403, code=160002)
    await world.ada.send(world.channel, f"{world.bot} {OFFERED}")

    answer = world.channel.history()[-1]
    assert "ten million crowns" in text(answer)
    assert answer.reference is None


@pytest.mark.parametrize("allowed", [True, False])
async def test_in_a_thread_its_own_permission_counts(world: World, allowed: bool) -> None:
    guild, backend = world.env.guild, world.env.backend
    overwrite = discord.PermissionOverwrite(
        send_messages=not allowed, send_messages_in_threads=allowed
    )
    hall = guild.create_text_channel(
        "hall", overwrites={own(guild): overwrite, world.ada: overwrite}
    )
    thread = ChannelHandle(world.env, guild, backend.create_thread(hall.id, "mill", world.bob.id))
    asked = await world.ada.slash(thread, "ask", question=OFFERED, private=True)
    shared = await world.press(world.ada, first(asked), "share")
    await world.bob.send(thread, f"{world.bot} {OFFERED}")

    wording = WORDINGS.of("en")
    refused = wording.say("trouble.cannot_write", channel=thread.mention)
    told = [text(message) for message in world.bob.user.dm_channel.history()]
    assert told == ([] if allowed else [refused])
    replies = [one for one in thread.history(viewer=world.bob) if one.reference is not None]
    assert len(replies) == allowed
    if allowed:
        assert wording.say("answer.shared", member=world.ada.mention) in text(shared.followups[0])
    else:
        assert text(first(shared)) == wording.say("share.refused")


async def test_in_a_direct_conversation_a_private_answer_can_be_shared(world: World) -> None:
    ada = world.ada.user
    asked = await ada.slash("ask", question=OFFERED, private=True)
    shared = await world.press(ada, first(asked), "share")

    assert [one.ephemeral for one in (first(asked), *shared.followups)] == [True, False]


async def test_a_command_is_answered_where_the_bot_may_not_write(world: World) -> None:
    hall = world.env.guild.create_text_channel("hall", overwrites={own(world.env.guild): SILENT})
    asked = await world.ada.slash(hall, "ask", question=OFFERED)

    assert "ten million crowns" in text(first(asked))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("status", [403, 404, 500])
async def test_when_discord_refuses_an_answer_the_asker_is_told_and_the_bot_goes_on(
    quarrel: KnowledgeBase, status: int, locale: str
) -> None:
    with open_desk(quarrel, patience=0.0) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            world.env.inject_error("PATCH", "/webhooks/*", status=status, message="no")
            asked = await world.ada.slash(world.channel, "ask", question=OFFERED)
            wording = WORDINGS.of(locale)

            key = "trouble.missing" if status == 403 else "trouble.ours"
            assert text(first(asked)) == wording.say(key)
            assert len(world.raised()) == 1
            again = await world.ada.slash(world.channel, "ask", question=OFFERED)
            assert "ten million crowns" in text(first(again))


async def test_a_question_deleted_meanwhile_is_answered_all_the_same() -> None:
    acts: list[Callable[[], object]] = []
    loop = asyncio.get_running_loop()

    def answer() -> Answer:
        while acts:
            # Heard by the loop before the answer is.
            loop.call_soon_threadsafe(acts.pop())
        return answered()

    with open_desk(Scripted({"Why?": answer})) as desk:
        async with inhabited(desk) as world:
            backend, channel = world.env.backend, world.channel
            acts.append(
                lambda: backend.delete_message(channel.id, max(backend.messages[channel.id]))
            )
            await world.ada.send(channel, f"{world.bot} Why?")
            (reply,) = channel.history()
            sending = world.env.http_requests[-1].json

    assert TEXT in text(reply)
    # SimCord takes any reply to what is gone; Discord one that says so.
    assert sending is not None
    assert sending["message_reference"]["fail_if_not_exists"] is False


@pytest.mark.parametrize("code", [10003, 50083], ids=["channel deleted", "thread archived"])
async def test_a_place_that_is_gone_meanwhile_troubles_nobody(world: World, code: int) -> None:
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=400, code=code)
    await world.ada.send(world.channel, f"{world.bot} {OFFERED}")

    said = [text(one) for one in world.ada.user.dm_channel.history()]
    locked = WORDINGS.of("en").say("trouble.locked", channel=world.channel.mention)
    assert said == ([locked] if code == 50083 else [])
    assert len(world.channel.history()) == 1
