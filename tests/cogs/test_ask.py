"""Every way to ask, over the wire and in both languages."""

from __future__ import annotations

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.desk import Desk
from bot.records.model import Gap
from bot.sandbox import CallbackKind, Message, MessageFlag, Sandbox
from tests.support.answers import Scripted, answered, article, citation, passage
from tests.support.desk import button, buttons, client, labels, open_desk
from tests.support.quarrel import LEFT, OFFERED, UNKNOWN
from tests.support.wire import online

TEN_MILLION = "Bruno Carta __offered__"
FARINA = "volevano troppa farina ogni settimana"
NOTHING = {"en": "No article here answers that.", "it": "Nessun articolo risponde"}
NO_QUESTION = {"en": "Ask a question, in your own words", "it": "Fai una domanda, con parole tue"}


def read(messages: list[Message]) -> str:
    return "\n".join(one.text for one in messages).replace("**", "").replace("__", "")


@pytest.mark.parametrize(
    ("locale", "question", "words", "label"),
    [
        ("en-US", OFFERED, "offered ten million crowns", "Both sides"),
        ("it", OFFERED, "offered ten million crowns", "Le due parti"),
        ("it", LEFT, FARINA, "Le due parti"),
        ("de", LEFT, FARINA, "Both sides"),
    ],
)
async def test_ask_answers_in_the_channel_with_words_in_the_askers_language(
    discord: Sandbox, desk: Desk, locale: str, question: str, words: str, label: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, "ask", question=question)

    assert exchange.callback is CallbackKind.MESSAGE
    assert not exchange.ephemeral
    assert all(one.flags & MessageFlag.COMPONENTS_V2 for one in exchange.messages)
    assert words in read(exchange.messages)
    assert label in labels(exchange.messages[-1])


async def test_a_passage_in_another_language_is_labelled(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        asked = await discord.slash(discord.user("Ada"), "ask", question=OFFERED)
        chiesto = await discord.slash(discord.user("Bea", locale="it"), "ask", question=OFFERED)

    assert "in Italian · account of Bello's side" in asked.text
    assert "in italiano · versione di Bello" in chiesto.text


@pytest.mark.parametrize(
    ("locale", "gap"),
    [
        ("en-US", "Moderators will see only that a private question found no answer"),
        ("it", "I moderatori vedranno soltanto che una domanda privata"),
    ],
)
async def test_a_private_question_is_seen_by_its_asker_alone(
    discord: Sandbox, desk: Desk, locale: str, gap: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        known = await discord.slash(ada, "ask", question=OFFERED, private=True)
        unknown = await discord.slash(ada, "ask", question=UNKNOWN, private=True)

    assert all(one.visible_to is ada for one in known.messages + unknown.messages)
    assert button(known.messages, "share")
    assert gap in unknown.text


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("it", "it")])
async def test_what_is_unknown_is_refused_and_moderators_will_see_it(
    discord: Sandbox, desk: Desk, locale: str, language: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, "ask", question=UNKNOWN)

    assert NOTHING[language] in exchange.text
    assert "“Zaphod”, “Beeblebrox”" in exchange.text
    assert [gap.question for gap in _gaps(desk)] == [UNKNOWN.casefold()]


def _gaps(desk: Desk) -> tuple[Gap, ...]:
    desk.records.flush()
    return desk.records.gaps()


@pytest.mark.parametrize(
    ("words", "question", "label"),
    [
        ("{bot} {question}", OFFERED, "Verify"),
        ("{question} {bot}", LEFT, "Verifica"),
        ("{bot}, {question}", LEFT, "Verifica"),
    ],
)
async def test_a_mention_is_answered_with_a_reply_in_its_language(
    discord: Sandbox, desk: Desk, words: str, question: str, label: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        text = words.format(bot=discord.bot.mention, question=question)
        reply = await discord.say(ada, discord.channel, text)

    assert reply.reply_to is not None
    assert reply.reply_to.author is ada
    assert reply.mentions == []
    assert label in labels(reply)


async def test_a_mention_in_a_thread_is_answered_there(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        thread = discord.thread(ada, discord.channel, "aside")
        reply = await discord.say(ada, thread, f"{discord.bot.mention} {OFFERED}")

    assert reply.channel is thread
    assert "ten million crowns" in read([reply])


async def test_a_reply_to_an_answer_takes_its_question_along(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        ada, bob = discord.user("Ada"), discord.user("Bob")
        first = await discord.slash(ada, "ask", question=OFFERED)
        answer = first.messages[-1]
        reply = await discord.say(
            bob, discord.channel, f"{discord.bot.mention} and the lawsuit?", reply_to=answer
        )

    told = reply.text.splitlines()[0]
    assert told.startswith("-# Understood as: How much did Bruno Carta offer for the mill: ")
    assert "The court dismissed the lawsuit" in read([reply])


async def test_a_reply_with_the_ping_that_replies_have_needs_no_mention(
    discord: Sandbox, quarrel: KnowledgeBase
) -> None:
    knowledge = Scripted({OFFERED: quarrel.answer(OFFERED)})
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            answer = (await discord.slash(ada, "ask", question=OFFERED)).messages[-1]
            await discord.say(ada, discord.channel, "and why?", reply_to=answer)

    assert knowledge.asked[-1] == ("and why?", OFFERED)


async def test_a_reply_to_any_message_of_a_long_answer_takes_its_question_along(
    discord: Sandbox,
) -> None:
    long = " ".join(f"This is sentence {n} of a long passage." for n in range(90))
    many = (citation(passage(article(f"{n}. {long}")), rank=n) for n in (1, 2))
    knowledge = Scripted({OFFERED: answered(*many)})
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            exchange = await discord.slash(ada, "ask", question=OFFERED)
            await discord.until(lambda: len(exchange.messages) > 1)
            for message in exchange.messages:
                await discord.say(
                    ada, discord.channel, f"{discord.bot.mention} and why?", reply_to=message
                )

    assert knowledge.asked[1:] == [("and why?", OFFERED)] * len(exchange.messages)


async def test_a_reply_to_what_is_no_answer_is_left_alone(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        ada, bob = discord.user("Ada"), discord.user("Bob")
        refusal = (await discord.slash(ada, "ask", question=UNKNOWN)).messages[0]
        sides = (await discord.slash(ada, "sides", topic="verdict")).messages[0]
        note = await discord.say(ada, discord.channel, discord.bot.mention)
        others = discord.post(bob, discord.channel, OFFERED)
        left = [
            discord.post(ada, discord.channel, OFFERED, reply_to=one)
            for one in (refusal, sides, note, others)
        ]
        await discord.say(ada, discord.channel, f"{discord.bot.mention} {OFFERED}")

    assert [discord.replies_to(one) for one in left[:-1]] == [[], [], []]
    assert left[-1].replies == []


async def test_in_a_direct_conversation_no_mention_is_needed_and_a_follow_up_is_understood(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        eve = discord.user("Eve", member=False)
        room = discord.direct(eve)
        first = await discord.say(eve, room, OFFERED)
        second = await discord.say(eve, room, "and the lawsuit?")
        command = await discord.slash(eve, "ask", channel=room, question=OFFERED)

    assert "ten million crowns" in read([first])
    assert "-# Understood as: How much did Bruno Carta offer" in second.text
    assert "ten million crowns" in read(command.messages)


async def test_a_question_that_stands_by_itself_ends_what_follow_ups_lean_on(
    discord: Sandbox,
) -> None:
    knowledge = Scripted()
    questions = ["Why did Anna leave?", "Who baked the rye bread?", "and when?"]
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            eve = discord.user("Eve", member=False)
            for question in questions:
                await discord.say(eve, discord.direct(eve), question)

    assert [before for _, before in knowledge.asked] == [None, *questions[:2]]


@pytest.mark.parametrize(
    ("locale", "words"), [("en-US", "Both sides"), ("it", "Le due parti"), ("fr", "Both sides")]
)
async def test_a_message_is_looked_up_from_its_menu_for_whoever_looks_alone(
    discord: Sandbox, desk: Desk, locale: str, words: str
) -> None:
    async with online(client(desk), discord):
        ada, bea = discord.user("Ada"), discord.user("Bea", locale=locale)
        claim = discord.post(ada, discord.channel, "Carta offered ten million for the mill!")
        exchange = await discord.message_command(bea, "Find receipts for this", claim)

    assert all(one.visible_to is bea for one in exchange.messages)
    assert "ten million crowns" in read(exchange.messages)
    assert words in labels(exchange.messages[-1])


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en-US", "That message has no text to look up."),
        ("it", "Quel messaggio non ha testo da cercare."),
    ],
)
async def test_a_message_without_text_cannot_be_looked_up(
    discord: Sandbox, desk: Desk, locale: str, told: str
) -> None:
    async with online(client(desk), discord):
        bea = discord.user("Bea", locale=locale)
        answer = (await discord.slash(bea, "ask", question=OFFERED)).messages[0]
        exchange = await discord.message_command(bea, "Find receipts for this", answer)

    assert (exchange.text, exchange.ephemeral) == (told, True)


async def test_an_embed_is_looked_up_as_text(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        ada, news = discord.user("Ada"), discord.user("News", bot=True)
        said = {"title": "Carta offered ten million", "description": "for the mill"}
        post = discord.post(news, discord.channel, "", embeds=[said])
        exchange = await discord.message_command(ada, "Find receipts for this", post)

    assert "ten million crowns" in read(exchange.messages)


@pytest.mark.parametrize(
    ("locale", "language", "question"),
    [("en-US", "en", " "), ("it", "it", "\u200b"), ("it", "it", "x" * 4001)],
)
async def test_what_is_no_question_is_told_in_one_sentence(
    discord: Sandbox, desk: Desk, locale: str, language: str, question: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, "ask", question=question)

    assert exchange.text.startswith(NO_QUESTION[language])


async def test_a_mention_and_no_more_is_told_what_to_do(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        reply = await discord.say(discord.user("Ada"), discord.channel, discord.bot.mention)

    assert reply.text.startswith(NO_QUESTION["en"])


async def test_bots_everybody_and_messages_for_others_are_left_alone(
    discord: Sandbox, desk: Desk
) -> None:
    may_ping = 1 << 17
    async with online(client(desk), discord):
        ada, robot = discord.user("Ada", permissions=may_ping), discord.user("Rob", bot=True)
        bob = discord.user("Bob")  # whose @here is only text
        own = discord.bot.mention
        left = [
            discord.post(robot, discord.channel, f"{own} {OFFERED}"),
            discord.post(discord.bot, discord.channel, f"{own} {OFFERED}"),
            discord.post(ada, discord.channel, f"@everyone {own} {OFFERED}"),
            discord.post(bob, discord.channel, f"@here {own} {OFFERED}"),
            discord.post(ada, discord.channel, f"{robot.mention} {OFFERED}"),
            discord.post(ada, discord.channel, OFFERED),
        ]
        answered = discord.post(ada, discord.channel, f"{own} {OFFERED}")
        await discord.until(lambda: answered.replies)
        await discord.slash(ada, "ask", question=OFFERED)

    assert [one.replies for one in left] == [[]] * len(left)
    assert len(answered.replies) == 1


async def test_a_server_without_the_bot_is_served_for_a_member_who_installed_it(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        elsewhere = discord.add_guild("Elsewhere", with_bot=False)
        ada = discord.user("Ada", guild=elsewhere)
        discord.install(ada)
        exchange = await discord.slash(ada, "ask", channel=elsewhere.channel, question=OFFERED)
        room = discord.private(ada, discord.user("Bob"))
        private = await discord.slash(ada, "ask", channel=room, question=OFFERED)
        pressed = await discord.press(ada, *button(private.messages, "verify"))

    for one in (exchange, private):
        assert "ten million crowns" in read(one.messages)
    assert "Verified" in pressed.text


async def test_an_app_of_one_member_alone_answers_and_shares_within_five_follow_ups(
    discord: Sandbox,
) -> None:
    long = " ".join(f"This is sentence {n} of a long passage." for n in range(90))
    many = (citation(passage(article(f"{n}. {long}")), rank=n) for n in range(1, 9))
    with open_desk(Scripted({OFFERED: answered(*many)})) as desk:
        async with online(client(desk), discord):
            elsewhere = discord.add_guild("Elsewhere", with_bot=False)
            ada = discord.user("Ada", guild=elsewhere)
            discord.install(ada)
            place = elsewhere.channel
            answer = await discord.slash(ada, "ask", channel=place, question=OFFERED, private=True)
            await discord.until(lambda: len(answer.messages) == 6)
            shared = await discord.press(ada, *button(answer.messages, "share"))
            await discord.until(lambda: len(shared.followups) == 5)

    assert [r for r in discord.requests if (r.status or 0) >= 400] == []
    assert "Shared by" in shared.text


async def test_every_message_has_custom_ids_of_its_own(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        exchange = await discord.slash(discord.user("Ada"), "ask", question=OFFERED)

    for message in exchange.messages:
        assert len(buttons(message)) == len(set(buttons(message)))


@pytest.mark.parametrize(
    "marks",
    [
        "<@12345> <@!12345> <@&12345>",
        "<#12345>",
        "<:bread:12345> <a:mill:12345>",
        "<t:12345:R>",
        "</ask:12345>",
        "@everyone @here",
    ],
)
async def test_discords_marks_are_no_words_of_a_question_and_are_not_kept(
    discord: Sandbox, marks: str
) -> None:
    knowledge = Scripted({OFFERED: answered()})
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada, bob = discord.user("Ada"), discord.user("Bob")
            await discord.slash(ada, "ask", question=f"{OFFERED} {marks}")
            claim = discord.post(bob, discord.channel, f"{marks} {OFFERED}")
            await discord.message_command(ada, "Find receipts for this", claim)

    assert knowledge.asked == [(OFFERED, None)] * 2
