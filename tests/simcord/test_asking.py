"""Every way to ask, in a server, in a direct conversation and where the bot was not invited."""

from __future__ import annotations

import discord
import pytest
from simcord import SetupError

from tests.simcord.world import World, custom_ids, every, first, labels, text
from tests.support.desk import WORDINGS
from tests.support.quarrel import LEFT, OFFERED, UNKNOWN

TEN = "ten million crowns"
FLOUR = "troppa farina"
# What a member asks, what the answer holds, and the language of their Discord.
ASKED = [(OFFERED, TEN, "en-US"), (LEFT, FLOUR, "it"), (OFFERED, TEN, "it"), (LEFT, FLOUR, "de")]


@pytest.mark.parametrize(("question", "held", "locale"), ASKED)
async def test_ask_answers_all_in_the_channel_with_words_in_the_askers_language(
    world: World, question: str, held: str, locale: str
) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "ask", question=question)

    answer, wording = first(asked), WORDINGS.of(locale)
    assert held in text(answer)
    assert wording.say("button.more") in labels(answer)
    assert wording.say("button.share") not in labels(answer)
    assert world.seen_by(world.bob) == [answer.id]


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_a_private_answer_is_there_for_its_asker_alone(world: World, locale: str) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "ask", question=OFFERED, private=True)

    answer = first(asked)
    assert TEN in text(answer)
    assert answer.ephemeral
    assert WORDINGS.of(locale).say("button.share") in labels(answer)
    assert world.seen_by(world.ada) == [answer.id]
    assert world.seen_by(world.bob) == []
    with pytest.raises(SetupError, match="not visible"):
        await world.press(world.bob, answer, "share")


@pytest.mark.parametrize(("locale", "private"), [("en-US", False), ("it", True)])
async def test_what_is_unknown_is_refused_in_the_askers_language(
    world: World, locale: str, private: bool
) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "ask", question=UNKNOWN, private=private)

    wording = WORDINGS.of(locale)
    assert wording.say("refusal.heading") in text(first(asked))
    assert wording.say("refusal.gap_private" if private else "refusal.gap") in text(first(asked))
    assert custom_ids(first(asked)) == []


@pytest.mark.parametrize(("locale", "question"), [("en-US", " "), ("it", "?" * 4001)])
async def test_what_is_no_question_is_told_in_one_sentence(
    world: World, locale: str, question: str
) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "ask", question=question)

    assert text(asked.followups[-1] if asked.followups else first(asked)) == WORDINGS.of(
        locale
    ).say("trouble.no_question")
    assert len(world.raised()) == 1


@pytest.mark.parametrize(
    ("command", "option", "typed", "offered"),
    [
        ("ask", "question", "how much did", OFFERED),
        ("ask", "question", "perché bello", "Perché Bello ha lasciato il consorzio?"),
        ("sides", "topic", "Bru", "Bruno Carta"),
        ("timeline", "about", "Anna", "Anna Bello"),
    ],
)
async def test_what_is_typed_is_completed(
    world: World, command: str, option: str, typed: str, offered: str
) -> None:
    world.speaks(world.ada, "it")
    # The judged question differs by one word from the one that is asked here.
    choices = await world.ada.autocomplete(world.channel, command, option, typed)

    assert offered.replace("Bruno Carta offer", "Carta offer") in [one["name"] for one in choices]
    assert all(one["name"] == one["value"] and len(one["name"]) <= 100 for one in choices)
    assert len(choices) <= 25


async def test_a_private_question_is_never_offered_to_anybody(world: World) -> None:
    shown, hidden = f"{OFFERED} Ten?", f"{OFFERED} Private?"
    await world.ada.slash(world.channel, "ask", question=shown)
    await world.ada.slash(world.channel, "ask", question=hidden, private=True)

    for member in (world.ada, world.bob):
        choices = await member.autocomplete(world.channel, "ask", "question", "how much")
        names = [one["name"] for one in choices]
        assert shown in names
        assert hidden not in names


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_a_message_is_looked_up_from_its_menu_for_whoever_looks(
    world: World, locale: str
) -> None:
    world.speaks(world.bob, locale)
    claim = await world.ada.send(world.channel, "Bruno Carta offered ten million for the mill!")
    found = await world.bob.context_menu(world.channel, "Find receipts for this", claim)

    assert TEN in text(first(found))
    assert WORDINGS.of(locale).say("button.verify") in labels(first(found))
    assert first(found).id in world.seen_by(world.bob)
    assert first(found).id not in world.seen_by(world.ada)


async def test_a_message_of_pictures_alone_cannot_be_looked_up(world: World) -> None:
    claim = await world.ada.send(world.channel, attachments=[("mill.png", b"mill")])
    found = await world.bob.context_menu(world.channel, "Find receipts for this", claim)

    assert text(first(found)) == WORDINGS.of("en").say("trouble.no_text")
    assert len(world.raised()) == 1


@pytest.mark.parametrize(
    ("question", "held", "language"), [(OFFERED, TEN, "en"), (LEFT, FLOUR, "it")]
)
async def test_a_mention_is_answered_with_a_reply_in_its_language(
    world: World, question: str, held: str, language: str
) -> None:
    asked = await world.ada.send(world.channel, f"{world.bot} {question}")

    _, reply = world.channel.history()
    assert reply.reference is not None
    assert reply.reference.message_id == asked.id
    assert held in text(reply)
    assert WORDINGS.of(language).say("button.more") in labels(reply)


@pytest.mark.parametrize(
    ("question", "more", "language"),
    [
        ("Who sued Anna Bello?", "And why?", "en"),
        ("Chi ha lasciato il consorzio del mulino?", "E perché?", "it"),
    ],
)
async def test_a_reply_to_an_answer_takes_its_question_along(
    world: World, question: str, more: str, language: str
) -> None:
    asked = await world.ada.slash(world.channel, "ask", question=question)
    await world.bob.send(world.channel, f"{world.bot} {more}", reply_to=first(asked))

    reply = world.channel.history()[-1]
    understood, _ = text(reply).split("\n", 1)
    marker = WORDINGS.of(language).say("answer.understood_as", question="")
    assert understood.startswith(f"-# {marker.strip()}")
    assert question.split()[-1].strip("?") in understood


@pytest.mark.parametrize(("question", "held"), [(OFFERED, TEN), (LEFT, FLOUR)])
async def test_in_a_direct_conversation_no_mention_is_needed(
    world: World, question: str, held: str
) -> None:
    await world.ada.send_dm(question)

    written, reply = world.ada.user.dm_channel.history()
    assert written.content == question
    assert held in text(reply)


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_commands_work_in_a_direct_conversation_too(world: World, locale: str) -> None:
    ada, wording = world.ada.user, WORDINGS.of(locale)
    world.speaks(ada, locale)
    assert ada.available_commands() == world.ada.available_commands(world.channel)

    asked = await ada.slash("ask", question=OFFERED)
    assert TEN in text(first(asked))
    more = await world.press(ada, first(asked), "verify")
    assert wording.say("verify.stands") in text(first(more))
    assert wording.say("help.heading") in text(first(await ada.slash("help")))


@pytest.mark.parametrize("context", [0, 1, 2], ids=["server", "direct", "private channel"])
async def test_whoever_installed_the_bot_for_themselves_is_answered(
    world: World, context: int
) -> None:
    # A server that the bot is not in and a group of friends are unknown to SimCord; the wire
    # tests have them. Here an interaction says how it is authorised, and where.
    world.speakers.installed[world.ada.id] = context
    if context == 0:
        asked = await world.ada.slash(world.channel, "ask", question=OFFERED)
    else:
        asked = await world.ada.user.slash("ask", question=OFFERED)

    assert TEN in text(first(asked))


async def test_bots_everybody_and_messages_for_others_are_left_alone(world: World) -> None:
    guild = world.env.guild
    robot = guild.add_member(world.env.create_user("Robot", bot=True))
    crier = guild.create_role("Crier", permissions=discord.Permissions(mention_everyone=True))
    cleo = guild.add_member(world.env.create_user("Cleo"), roles=[crier])
    question = f"{world.bot} {OFFERED}"
    written = [
        await robot.send(world.channel, question),
        await cleo.send(world.channel, f"@everyone {question}"),
        await cleo.send(world.channel, f"@here {question}"),
        await world.ada.send(world.channel, f"{world.bob.mention} {OFFERED}"),
        await world.ada.send(world.channel, OFFERED),
    ]

    assert [one.id for one in world.channel.history()] == [one.id for one in written]


async def test_the_bot_does_not_answer_itself(world: World) -> None:
    await world.ada.send(world.channel, f"{world.bot} {world.bot} {OFFERED}")

    assert len(world.channel.history()) == 2


async def test_everything_the_bot_sends_is_the_same_before_and_after_a_restart(
    world: World,
) -> None:
    shown = []
    for _ in range(2):
        asked = await world.ada.slash(world.channel, "ask", question=OFFERED)
        shown.append([text(message) for message in every(asked)])
        await world.restart()

    assert shown[0] == shown[1]
