"""Where the bot may not write, and what else goes wrong: told in one sentence where it can be."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer
from bot.cogs.desk import Desk
from bot.records.store import Records
from bot.sandbox import Channel, Message, Permission, Sandbox
from bot.wiring import open_records
from tests.support.answers import Scripted, answered, article, citation, passage
from tests.support.desk import button, client, open_desk
from tests.support.quarrel import OFFERED, UNKNOWN, open_quarrel
from tests.support.wire import online

MAY_NOT = {
    "en": "I may not write in {place}; a moderator can let me.",
    "it": "Non posso scrivere in {place}; un moderatore può permettermelo.",
}
LOCKED = {
    "en": "{place} is locked, so I cannot answer there.",
    "it": "{place} è bloccato, quindi non posso rispondere lì.",
}
OURS = {
    "en-US": "Something went wrong on our side. It has been noted; please try again later.",
    "it": "Qualcosa è andato storto da parte nostra. È stato annotato; riprova più tardi.",
}
UNVERIFIABLE = {
    "en-US": "That cannot be verified: the stored article's file is damaged",
    "it": "Non si può verificare: il file dell'articolo conservato è danneggiato",
}


class Slow(Scripted):
    """Answers once it is told to."""

    def __init__(self) -> None:
        super().__init__({OFFERED: self._slowly})
        self.begun, self.go_on = threading.Event(), threading.Event()

    def _slowly(self) -> Answer:
        self.begun.set()
        self.go_on.wait(10)
        return answered()


def no_errors(caplog: pytest.LogCaptureFixture) -> bool:
    return not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("in_thread", [False, True])
async def test_where_the_bot_may_not_write_the_member_is_told_in_a_direct_message(
    discord: Sandbox, desk: Desk, caplog: pytest.LogCaptureFixture, language: str, in_thread: bool
) -> None:
    discord.guild.locale = {"en": "en-US", "it": "it"}[language]
    denied = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        place = discord.thread(ada, discord.channel, "aside") if in_thread else discord.channel
        discord.overwrite(discord.channel, deny=denied)
        room = discord.direct(ada)
        asked = discord.post(ada, place, f"{discord.bot.mention} {OFFERED}")
        await discord.until(lambda: discord.messages(room))
        slash = await discord.slash(ada, "ask", channel=place, question=OFFERED)

    [told] = discord.messages(room)
    assert told.text == MAY_NOT[language].format(place=f"<#{place.id}>")
    assert asked.replies == []
    assert "ten million" in slash.text
    assert no_errors(caplog)


@pytest.mark.parametrize("language", ["en", "it"])
async def test_a_thread_that_was_locked_away_meanwhile_is_told_of(
    discord: Sandbox, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    discord.guild.locale = {"en": "en-US", "it": "it"}[language]
    knowledge = Slow()
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            thread = discord.thread(ada, discord.channel, "aside")
            discord.post(ada, thread, f"{discord.bot.mention} {OFFERED}")
            await asyncio.to_thread(knowledge.begun.wait, 10)
            discord.archive(thread, locked=True)
            knowledge.go_on.set()
            room = discord.direct(ada)
            await discord.until(lambda: discord.messages(room))

    [told] = discord.messages(room)
    assert told.text == LOCKED[language].format(place=f"<#{thread.id}>")
    assert no_errors(caplog)


async def test_a_thread_that_fell_asleep_meanwhile_is_woken_by_the_answer(
    discord: Sandbox,
) -> None:
    knowledge = Slow()
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            thread = discord.thread(ada, discord.channel, "aside")
            asked = discord.post(ada, thread, f"{discord.bot.mention} {OFFERED}")
            await asyncio.to_thread(knowledge.begun.wait, 10)
            discord.archive(thread)
            knowledge.go_on.set()
            await discord.until(lambda: asked.replies)

    assert not thread.archived


@pytest.mark.parametrize("what", ["message", "channel"])
async def test_what_is_deleted_meanwhile_harms_nothing(
    discord: Sandbox, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    caplog.set_level(logging.INFO)
    knowledge = Slow()
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            place = discord.add_channel("soon gone")
            asked = discord.post(ada, place, f"{discord.bot.mention} {OFFERED}")
            await asyncio.to_thread(knowledge.begun.wait, 10)
            if what == "message":
                discord.delete(ada, asked)
            else:
                discord.delete_channel(place)
            knowledge.go_on.set()
            if what == "message":
                await discord.until(lambda: "The parting" in read(discord, place))
            else:
                await discord.until(lambda: [r for r in discord.requests if r.status == 404])
            again = await discord.slash(ada, "ask", question=OFFERED)

    assert "The parting" in again.text
    assert ("A channel was deleted" in caplog.text) == (what == "channel")
    assert no_errors(caplog)


def read(discord: Sandbox, place: Channel) -> str:
    return "\n".join(message.text for message in discord.messages(place))


async def test_where_the_bot_may_not_read_back_it_answers_without_a_reference(
    discord: Sandbox, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        discord.overwrite(discord.channel, deny=Permission.READ_MESSAGE_HISTORY)
        answer = await discord.say(ada, discord.channel, f"{discord.bot.mention} {OFFERED}")

    assert answer.reply_to is None
    assert "The offer for the mill" in answer.text
    assert no_errors(caplog)


async def test_a_member_who_takes_no_direct_messages_is_left_alone(
    discord: Sandbox, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        discord.overwrite(discord.channel, deny=Permission.SEND_MESSAGES)
        closed = "POST /users/@me/channels"
        discord.faults.fail(closed, status=403, code=50007, message="Cannot send")
        discord.post(ada, discord.channel, f"{discord.bot.mention} {OFFERED}")
        await discord.until(
            lambda: [r for r in discord.requests if r.path.endswith("@me/channels")]
        )
        assert (await discord.slash(ada, "help")).text

    assert no_errors(caplog)


def broken() -> Answer:
    raise RuntimeError("a secret of the machine")


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_a_fault_of_ours_is_told_in_one_sentence_and_logged_in_full(
    discord: Sandbox, caplog: pytest.LogCaptureFixture, locale: str
) -> None:
    discord.guild.locale = locale
    with open_desk(Scripted({"Break": broken, OFFERED: answered()})) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada", locale=locale)
            exchange = await discord.slash(ada, "ask", question="Break")
            reply = await discord.say(ada, discord.channel, f"{discord.bot.mention} Break")
            after = await discord.slash(ada, "ask", question=OFFERED)

    assert exchange.text == reply.text == OURS[locale]
    assert [one.visible_to for one in exchange.messages] == [ada]
    assert "The parting" in after.text
    noted = [record.exc_info for record in caplog.records if record.name == "bot.cogs.telling"]
    assert [type(info[1]) for info in noted if info] == [RuntimeError, RuntimeError]


def broken_file(article: Path) -> None:
    article.write_text("---\n[", encoding="utf-8")


def edited_file(article: Path) -> None:
    text = article.read_text("utf-8")
    article.write_text(text.replace("ten million", "nine million"), encoding="utf-8")


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("command", ["ask", "sides"])
@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "Ask a question"), ("it", "Fai una domanda")]
)
async def test_what_is_no_question_is_told_to_whoever_asked_alone(
    discord: Sandbox, desk: Desk, command: str, locale: str, told: str, private: bool
) -> None:
    given: dict[str, Any] = {{"ask": "question", "sides": "topic"}[command]: " <@1> "}
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, command, private=private, **given)

    assert exchange.text.startswith(told)
    assert [one.visible_to for one in exchange.messages] == [ada]


@pytest.mark.parametrize(("locale", "told"), list(OURS.items()))
async def test_a_fault_of_ours_in_a_private_answer_is_told_in_private(
    discord: Sandbox, locale: str, told: str
) -> None:
    with open_desk(Scripted({"Break": broken})) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada", locale=locale)
            exchange = await discord.slash(ada, "ask", question="Break", private=True)

    assert exchange.text == told
    assert [one.visible_to for one in exchange.messages] == [ada]


async def test_what_goes_wrong_after_a_part_was_sent_leaves_that_part(discord: Sandbox) -> None:
    long = citation(passage(article("A sentence of a very long passage. " * 300)))
    with open_desk(Scripted({OFFERED: lambda: answered(long)})) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            discord.faults.fail("POST /webhooks/*", status=403, code=50001, message="No access")
            exchange = await discord.slash(ada, "ask", question=OFFERED)
            await discord.until(lambda: len(exchange.messages) > 1)

    assert [one.visible_to for one in exchange.messages] == [None, ada]
    assert "The parting" in exchange.messages[0].text


@pytest.mark.parametrize(("locale", "told"), list(UNVERIFIABLE.items()))
@pytest.mark.parametrize("harm", [broken_file, edited_file])
async def test_an_article_whose_file_was_spoilt_is_told_when_verified(
    discord: Sandbox, tmp_path: Path, locale: str, told: str, harm: Callable[[Path], None]
) -> None:
    with open_desk(open_quarrel(tmp_path)) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada", locale=locale)
            messages = (await discord.slash(ada, "ask", question=OFFERED)).messages
            harm(tmp_path / "articles" / "offer.md")
            exchange = await discord.press(ada, *button(messages, "verify"))

    assert exchange.text.startswith(told)
    assert exchange.ephemeral


def foreign(folder: Path) -> None:
    with sqlite3.connect(folder / "records.sqlite3") as other:
        other.execute("CREATE TABLE somebody_elses (value)")
    other.close()


def unwritable(folder: Path) -> None:
    # A folder where the file should be, which stops root, too.
    (folder / "records.sqlite3").mkdir()


@pytest.mark.parametrize("spoil", [foreign, unwritable])
async def test_without_usable_records_everything_is_answered_all_the_same(
    discord: Sandbox,
    quarrel: KnowledgeBase,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Path], None],
) -> None:
    spoil(tmp_path)
    with open_desk(quarrel, records=open_records(tmp_path)) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            messages = (await discord.slash(ada, "ask", question=OFFERED)).messages
            more = await discord.press(ada, *button(messages, "sides"))
            noted = await discord.press(ada, *button(messages, "helpful"))

    assert "Until then nothing is kept." in caplog.text
    assert "Both sides on" in more.text
    assert "Noted" in noted.text


async def test_records_that_break_while_running_stop_no_answer(
    discord: Sandbox, quarrel: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite3"
    with open_desk(quarrel, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada", locale="it")
            messages = (await discord.slash(ada, "ask", question=OFFERED)).messages
            desk.records.flush()
            desk.records.close()
            await _asked_as_before(discord, messages)
            kept = await discord.slash(ada, "privacy")

    assert kept.text == OURS["it"]


async def _asked_as_before(discord: Sandbox, messages: list[Message]) -> None:
    ada = discord.user("Ada")
    again = await discord.slash(ada, "ask", question=OFFERED)
    assert "ten million" in again.text
    assert "No article here" in (await discord.slash(ada, "ask", question=UNKNOWN)).text
    own = discord.bot.mention
    reply = await discord.say(ada, discord.channel, f"{own} {OFFERED}", reply_to=messages[-1])
    assert "The offer for the mill" in reply.text
    assert "Verified" in (await discord.press(ada, *button(messages, "verify"))).text
    judged = await discord.press(ada, *button(messages, "helpful"))
    assert judged.text == "Too much is being noted just now; please try again in a moment."
    assert (await discord.press(ada, *button(messages, "more"))).text == OURS["en-US"]
