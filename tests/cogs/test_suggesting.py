"""What is offered while somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cogs.desk import Desk
from bot.cogs.recent import Recent
from bot.sandbox import Channel, Sandbox, User
from tests.support.desk import client, open_desk
from tests.support.quarrel import ARTICLES, OFFERED, UNKNOWN, open_quarrel, small_article
from tests.support.wire import online

VERDICT = "Did the court dismiss the lawsuit?"


async def offered(
    discord: Sandbox,
    user: User,
    typed: str,
    *,
    command: str = "ask",
    option: str = "question",
    channel: Channel | None = None,
) -> list[str]:
    exchange = await discord.autocomplete(user, command, option, typed, channel=channel)
    names = [str(choice["name"]) for choice in exchange.choices]
    assert names == [choice["value"] for choice in exchange.choices]
    assert len(names) <= 25
    assert all(1 <= len(name) <= 100 for name in names)
    return names


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("ask", "question", "", "How much did Carta offer for the mill?"),
        ("ask", "question", "how much", "How much did Carta offer for the mill?"),
        ("ask", "question", "PERCHE bell", "Perché Bello ha lasciato il consorzio?"),
        ("ask", "question", "bruno", "Bruno Carta"),
        ("ask", "question", "brean of the valey", "Bread of the valley"),
        ("sides", "topic", "", "Anna Bello"),
        ("sides", "topic", "cart", "Bruno Carta"),
        ("timeline", "about", "addio", "L'addio al consorzio"),
    ],
)
async def test_questions_people_and_titles_that_fit_are_offered(
    discord: Sandbox, desk: Desk, command: str, option: str, typed: str, first: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale="it")
        assert (await offered(discord, ada, typed, command=command, option=option))[0] == first
        assert await offered(discord, ada, "zzzzzzzz", command=command, option=option) == []


async def test_recent_questions_are_offered_in_their_channel_alone_and_private_ones_never(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        ada, bea = discord.user("Ada"), discord.user("Bea")
        eve = discord.user("Eve", member=False)
        there, room = discord.add_channel("there"), discord.direct(eve)
        await discord.slash(ada, "ask", question=VERDICT)
        await discord.say(ada, discord.channel, f"{discord.bot.mention} {OFFERED}")
        await discord.slash(ada, "ask", channel=there, question="Who sued Anna Bello?")
        await discord.slash(ada, "ask", question="Was the lawsuit about money?", private=True)
        claim = discord.post(bea, discord.channel, "The lawsuit was only about money")
        await discord.message_command(ada, "Find receipts for this", claim)
        await discord.slash(ada, "ask", question=UNKNOWN)
        await discord.say(eve, room, "Who offered ten million crowns?")
        here = await offered(discord, bea, "")
        elsewhere = await offered(discord, bea, "", channel=there)
        direct = await offered(discord, eve, "", channel=room)

    assert here[:2] == [OFFERED, VERDICT]
    assert elsewhere[0] == "Who sued Anna Bello?"
    for private in ("Was the lawsuit about money?", "The lawsuit was only about money", UNKNOWN):
        assert private not in here + elsewhere + direct
    assert OFFERED not in elsewhere + direct
    assert "Who offered ten million crowns?" not in here + elsewhere


async def test_what_is_too_long_or_too_much_for_discord_is_left_out(
    discord: Sandbox, tmp_path: Path
) -> None:
    titles = ["T" * 100, "T" * 101, *(f"Title {n}" for n in range(40))]
    many = [small_article(f"a{n}", f"Rye {n}.", title=title) for n, title in enumerate(titles)]
    with open_desk(open_quarrel(tmp_path, [*ARTICLES, *many])) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            assert await offered(discord, ada, "TTTTTTTT") == ["T" * 100]
            assert len(await offered(discord, ada, "title")) == 25
            long = f"Who offered ten million crowns {'for the mill ' * 8}?"
            await discord.slash(ada, "ask", question=long)
            assert long not in await offered(discord, ada, "")


def test_the_latest_question_of_a_channel_comes_first_and_stands_once() -> None:
    recent = Recent()
    for question in ("one", "two", "one"):
        recent.add(1, question)

    assert recent.of(1) == ("one", "two")
    assert recent.of(2) == recent.of(None) == ()


def test_few_questions_of_few_channels_are_remembered() -> None:
    recent = Recent()
    for number in range(600):
        recent.add(1, f"Question {number}?")
        recent.add(1000 + number, "Question?")

    assert recent.of(1) == tuple(f"Question {number}?" for number in range(599, 579, -1))
    assert [recent.of(1000 + number) for number in (0, 599)] == [(), ("Question?",)]
