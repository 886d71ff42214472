from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from bot.answers.model import Answer
from bot.client import ReceiptsClient
from bot.cogs import cards
from bot.cogs.telling import FORBIDDEN, OUR_FAULT
from bot.sandbox import CallbackKind, Message, MessageFlag, Sandbox
from tests.support.answers import TEXT, Answers, answered, article, citation, passage, unanswered
from tests.support.reading import as_read
from tests.support.wire import online

WHY = "Why did Musk leave?"


def broken() -> Answer:
    raise RuntimeError("a secret of the machine")


def known() -> Answers:
    long = " ".join(f"This is sentence {n} of a very long passage." for n in range(250))
    return Answers(
        {
            WHY: answered(),
            "Tell me everything": answered(citation(passage(article(long)))),
            "Break": broken,
            "Ping": answered(citation(passage(article("<@1> @everyone https://a.b")))),
            "Who is near?": unanswered(nearest=(passage(),)),
        }
    )


def bot(answers: Answers) -> ReceiptsClient:
    return ReceiptsClient(answers, guild_ready_timeout=0.05)


def parts(message: Message) -> list[str]:
    """The texts of a message's only card: its head, the passage, what is below."""
    return message.text.split("\n")


async def test_ask_is_deferred_at_once_and_answered_with_the_passage(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        exchange = await discord.slash(discord.user("Ada"), "ask", question=WHY)

    assert exchange.callback is CallbackKind.DEFERRED_MESSAGE
    assert not exchange.ephemeral
    [message] = exchange.messages
    assert message.flags & MessageFlag.COMPONENTS_V2
    assert as_read(parts(message)[2]) == TEXT


async def test_an_unknown_question_is_answered_with_what_is_near(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        exchange = await discord.slash(discord.user("Ada"), "ask", question="Who is near?")

    assert "No article here answers that." in exchange.text
    assert "The parting" in exchange.text


async def test_a_long_passage_arrives_whole_in_several_messages(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        ada = discord.user("Ada")
        exchange = await discord.slash(ada, "ask", question="Tell me everything")
        await discord.until(lambda: "sentence 249" in exchange.text)
        said = discord.post(ada, discord.channel, f"{discord.bot.mention} Tell me everything")
        await discord.until(lambda: len(said.replies) == len(exchange.messages))

    for messages in (exchange.messages, said.replies):
        assert len(messages) > 1
        assert all(f"sentence {n} of" in "".join(m.text for m in messages) for n in range(250))


async def test_a_question_that_is_none_is_told_in_one_sentence(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        ada = discord.user("Ada")
        reply = await discord.say(ada, discord.channel, discord.bot.mention)

    assert reply.text == "Ask a question of at least one word."


@pytest.mark.parametrize("words", ["{bot} {question}", "{question} {bot}", "{bot}, {question}"])
async def test_a_mention_is_answered_with_a_reply(discord: Sandbox, words: str) -> None:
    answers = known()
    async with online(bot(answers), discord):
        ada = discord.user("Ada")
        text = words.format(bot=discord.bot.mention, question="Who is near?")
        reply = await discord.say(ada, discord.channel, text)

    assert reply.reply_to is not None
    assert reply.reply_to.author is ada
    assert reply.mentions == []
    assert "Who is near?" in answers.asked[0]


async def test_a_mention_in_a_thread_is_answered_there(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        ada = discord.user("Ada")
        thread = discord.thread(ada, discord.channel, "aside")
        reply = await discord.say(ada, thread, f"{discord.bot.mention} {WHY}")

    assert reply.channel is thread
    assert as_read(parts(reply)[2]) == TEXT


async def test_in_a_direct_conversation_no_mention_is_needed(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        eve = discord.user("Eve", member=False)
        room = discord.direct(eve)
        written = await discord.say(eve, room, WHY)
        asked = await discord.slash(eve, "ask", channel=room, question=WHY)

    assert as_read(parts(written)[2]) == as_read(parts(asked.messages[0])[2]) == TEXT


async def test_bots_everyone_calls_and_talk_among_members_are_left_alone(
    discord: Sandbox,
) -> None:
    answers = known()
    async with online(bot(answers), discord):
        ada, robot = discord.user("Ada", permissions=8), discord.user("Robot", bot=True)
        mention = discord.bot.mention
        first = await discord.say(ada, discord.channel, f"{mention} {WHY}")
        ignored = [
            discord.post(robot, discord.channel, f"{mention} {WHY}"),
            discord.post(ada, discord.channel, f"@everyone {WHY}"),
            discord.post(ada, discord.channel, WHY),
            discord.post(ada, discord.channel, "Thank you", reply_to=first),
        ]
        # Events come in order: once this one is answered, the others have been seen.
        await discord.say(ada, discord.channel, f"{mention} Who is near?")

    assert [message.replies for message in ignored] == [[], [], [], []]
    assert answers.asked == [WHY, "Who is near?"]


async def test_a_passage_cannot_ping_format_or_link(discord: Sandbox) -> None:
    async with online(bot(known()), discord):
        exchange = await discord.slash(discord.user("Ada"), "ask", question="Ping")

    [message] = exchange.messages
    assert (message.mentions, message.mentions_everyone) == ([], False)
    assert as_read(parts(message)[2]) == "<@1> @everyone https://a.b"


async def test_a_fault_of_ours_is_told_in_one_sentence_without_its_details(
    discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(bot(known()), discord):
        ada = discord.user("Ada")
        exchange = await discord.slash(ada, "ask", question="Break")
        reply = await discord.say(ada, discord.channel, f"{discord.bot.mention} Break")
        after = await discord.slash(ada, "ask", question=WHY)

    assert exchange.text == reply.text == OUR_FAULT
    assert as_read(parts(after.messages[0])[2]) == TEXT
    noted = [record.exc_info for record in caplog.records if record.name == "bot.cogs.telling"]
    assert [type(info[1]) for info in noted if info] == [RuntimeError, RuntimeError]


async def test_where_the_bot_may_not_write_it_stays_quiet_and_goes_on(
    discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    refused = "POST /channels/*/messages"
    async with online(bot(known()), discord):
        ada = discord.user("Ada")
        discord.faults.fail(refused, status=403, times=2, code=50013, message="Missing")
        discord.post(ada, discord.channel, f"{discord.bot.mention} {WHY}")
        await discord.until(lambda: len([r for r in discord.requests if r.status == 403]) == 2)
        reply = await discord.say(ada, discord.channel, f"{discord.bot.mention} {WHY}")

    assert as_read(parts(reply)[2]) == TEXT
    assert discord.messages() == [*discord.messages()[:2], reply]
    assert FORBIDDEN not in [message.text for message in discord.messages()]
    assert "Discord forbids it" in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_question_that_is_deleted_meanwhile_is_still_answered(discord: Sandbox) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slowly() -> Answer:
        asked.set()
        go_on.wait(5)
        return answered()

    async with online(bot(Answers({WHY: slowly})), discord):
        ada = discord.user("Ada")
        question = discord.post(ada, discord.channel, f"{discord.bot.mention} {WHY}")
        await asyncio.to_thread(asked.wait, 5)
        question.deleted = True
        go_on.set()
        await discord.until(lambda: len(discord.messages()) == 1)

    assert as_read(parts(discord.messages()[0])[2]) == TEXT


async def test_while_one_answer_takes_its_time_others_are_given(discord: Sandbox) -> None:
    go_on = threading.Event()

    def slowly() -> Answer:
        go_on.wait(5)
        return answered()

    async with online(bot(Answers({"Slow": slowly, WHY: answered()})), discord):
        ada, bob = discord.user("Ada"), discord.user("Bob")
        slow = asyncio.create_task(discord.slash(ada, "ask", question="Slow"))
        quick = await discord.slash(bob, "ask", question=WHY)
        assert not slow.done()
        go_on.set()

        assert quick.text == (await slow).text


async def test_an_answer_is_made_into_cards_off_the_event_loop(
    discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    real = cards.messages

    def noted(answer: Answer) -> list[cards.Message]:
        threads.append(threading.current_thread())
        return real(answer)

    monkeypatch.setattr(cards, "messages", noted)
    async with online(bot(known()), discord):
        await discord.slash(discord.user("Ada"), "ask", question=WHY)

    assert threads
    assert threading.current_thread() not in threads


async def test_fifty_questions_at_once_are_all_answered(discord: Sandbox) -> None:
    questions = [f"Question {n}?" for n in range(50)]
    answers = Answers({question: unanswered(question, words=(question,)) for question in questions})
    async with online(bot(answers), discord):
        ada = discord.user("Ada")
        exchanges = await asyncio.gather(
            *(discord.slash(ada, "ask", question=question) for question in questions)
        )

    for question, exchange in zip(questions, exchanges, strict=True):
        assert question in exchange.text
