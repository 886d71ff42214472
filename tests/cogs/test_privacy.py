"""What members say and who they are stays out of logs and records."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.records.store import Records
from bot.sandbox import Permission, Sandbox, User
from tests.support.desk import button, client, open_desk
from tests.support.quarrel import OFFERED
from tests.support.wire import online

NAME = "Ottilie-Vanterpool"
KNOWN = "How much did Bruno Carta offer for the quixotic mill?"
PRIVATE = "Who is the clandestine Zerubbabel?"
PUBLIC = "Who is the flamboyant Marmaduke?"
REASON = "This is an egregious calumny."
WORDS = ("quixotic", "Zerubbabel", "Marmaduke", "calumny", "zugzwang", NAME)


async def talked(discord: Sandbox, ada: User) -> None:
    """A member uses all that there is."""
    own, room = discord.bot.mention, discord.direct(ada)
    answer = (await discord.slash(ada, "ask", question=KNOWN)).messages
    await discord.slash(ada, "ask", question=PUBLIC)
    secret = (await discord.slash(ada, "ask", question=PRIVATE, private=True)).messages
    assert secret[0].ephemeral
    shared = await discord.slash(ada, "ask", question=KNOWN, private=True)
    await discord.press(ada, *button(shared.messages, "share"))
    for action in ("more", "sides", "context", "verify", "helpful", "unhelpful"):
        await discord.press(ada, *button(answer, action))
    form = await discord.press(ada, *button(answer, "report"))
    assert form.modal is not None
    field = form.modal["components"][0]["component"]["custom_id"]
    await discord.submit_modal(form, {field: REASON})
    await discord.slash(ada, "sides", topic="quixotic zugzwang of the lawsuit")
    await discord.slash(ada, "timeline", about="quixotic zugzwang of the lawsuit")
    await discord.autocomplete(ada, "ask", "question", "quixotic zugz")
    await discord.say(ada, discord.channel, f"{own} {KNOWN}")
    await discord.say(ada, discord.channel, f"{own} and why?", reply_to=answer[-1])
    claim = discord.post(ada, discord.channel, f"{KNOWN} zugzwang")
    await discord.message_command(ada, "Find receipts for this", claim)
    await discord.say(ada, room, KNOWN)
    discord.overwrite(discord.channel, deny=Permission.SEND_MESSAGES)
    before = len(discord.messages(room))
    discord.post(ada, discord.channel, f"{own} {KNOWN}")
    await discord.until(lambda: len(discord.messages(room)) > before)
    await discord.slash(ada, "privacy")


def stored(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.iterdir())


async def test_the_log_holds_nothing_that_members_write_nor_their_names(
    discord: Sandbox, quarrel: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with open_desk(quarrel) as desk:
        async with online(client(desk), discord):
            ada = discord.user(NAME)
            await talked(discord, ada)

    told = [record.getMessage() for record in caplog.records] + [caplog.text]
    assert "Registered" in caplog.text
    assert [word for word in (*WORDS, str(ada.id)) if any(word in line for line in told)] == []


async def test_the_records_hold_no_name_and_no_id_and_of_private_gaps_no_words(
    discord: Sandbox, quarrel: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite3"
    with open_desk(quarrel, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            ada = discord.user(NAME)
            await talked(discord, ada)
            desk.records.flush()
            kept = await asyncio.to_thread(stored, tmp_path)
            gaps = [gap.question for gap in desk.records.gaps()]
            private = desk.records.private_gaps()

    places = (ada.id, discord.guild.id, discord.channel.id, discord.direct(ada).id)
    for number in places:
        assert str(number).encode() not in kept
        assert number.to_bytes(8, "big") not in kept
        assert number.to_bytes(8, "little") not in kept
    assert NAME.encode() not in kept
    assert OFFERED.encode() not in kept
    assert KNOWN.encode() in kept
    assert PUBLIC.casefold() in gaps
    assert private == 1
    assert not any("zerubbabel" in gap for gap in gaps)


async def test_what_was_deleted_on_request_is_nowhere_in_the_files(
    discord: Sandbox, quarrel: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite3"
    with open_desk(quarrel, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            ada, bea = discord.user("Ada"), discord.user("Bea")
            await talked(discord, ada)
            await asyncio.to_thread(desk.records.flush)
            discord.overwrite(discord.channel)
            await discord.slash(bea, "ask", question=OFFERED)
            card = await discord.slash(ada, "privacy")
            await discord.press(ada, *button(card.messages, "forget"))
            desk.records.flush()
            kept = await asyncio.to_thread(stored, tmp_path)

    for word in (b"quixotic", b"Zerubbabel", b"calumny", b"zugzwang"):
        assert word not in kept
    assert OFFERED.encode() in kept
