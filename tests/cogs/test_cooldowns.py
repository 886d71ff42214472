"""Who has to wait, and how they are told."""

from __future__ import annotations

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer
from bot.cogs.cooldowns import Cooldowns, Rate
from bot.cogs.told import Told
from bot.cogs.turns import Turns
from bot.sandbox import CallbackKind, Sandbox
from tests.support.answers import Scripted, answered, unanswered
from tests.support.desk import ALWAYS, client, open_desk
from tests.support.quarrel import OFFERED
from tests.support.wire import online

ONE = Rate(1, 600.0)


@pytest.mark.parametrize(
    ("locale", "member", "channel"),
    [
        ("en-US", "You have asked a lot in a short time. Ask again <t:", "A lot is being asked"),
        ("it", "Hai chiesto molto in poco tempo. Puoi chiedere di nuovo <t:", "Qui si sta"),
    ],
)
@pytest.mark.parametrize("whose", ["member", "channel"])
async def test_who_has_to_wait_is_told_privately_how_long(
    discord: Sandbox, quarrel: KnowledgeBase, locale: str, member: str, channel: str, whose: str
) -> None:
    rates = (ONE, ALWAYS) if whose == "member" else (ALWAYS, ONE)
    with open_desk(quarrel, cooldowns=Cooldowns(*rates)) as desk:
        async with online(client(desk), discord):
            ada, bea = discord.user("Ada", locale=locale), discord.user("Bea", locale=locale)
            elsewhere = discord.add_channel("elsewhere")
            first = await discord.slash(ada, "ask", question=OFFERED)
            second = await discord.slash(ada, "sides", topic="verdict")
            hers = await discord.slash(bea, "timeline")
            there = await discord.slash(bea, "ask", channel=elsewhere, question=OFFERED)

    told = member if whose == "member" else channel
    assert not first.ephemeral
    assert second.ephemeral
    assert told in second.text
    assert (told in hers.text) == (whose == "channel")
    # What is refused is not counted.
    assert told not in there.text or whose == "member"


async def test_a_message_that_has_to_wait_is_told_once_in_a_direct_message(
    discord: Sandbox, quarrel: KnowledgeBase
) -> None:
    with open_desk(quarrel, cooldowns=Cooldowns(ONE, ALWAYS)) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            asked = [
                discord.post(ada, discord.channel, f"{discord.bot.mention} {OFFERED}")
                for _ in range(4)
            ]
            room = discord.direct(ada)
            await discord.until(lambda: asked[0].replies and discord.messages(room))
            await discord.slash(discord.user("Bea"), "ask", question=OFFERED)

    [told] = discord.messages(room)
    assert "Ask again <t:" in told.text
    assert [len(one.replies) for one in asked] == [1, 0, 0, 0]


async def test_a_closed_direct_conversation_harms_nothing(
    discord: Sandbox, quarrel: KnowledgeBase
) -> None:
    with open_desk(quarrel, cooldowns=Cooldowns(ONE, ALWAYS)) as desk:
        async with online(client(desk), discord):
            ada, bea = discord.user("Ada"), discord.user("Bea")
            own = discord.bot.mention
            await discord.say(ada, discord.channel, f"{own} {OFFERED}")
            closed = "POST /users/@me/channels"
            discord.faults.fail(closed, status=403, code=50007, message="Cannot send")
            discord.post(ada, discord.channel, f"{own} {OFFERED}")
            await discord.until(lambda: [r for r in discord.requests if r.status == 403])
            reply = await discord.say(bea, discord.channel, f"{own} {OFFERED}")

    assert "The offer for the mill" in reply.text


def test_whoever_waits_is_let_in_when_the_time_is_over() -> None:
    now = [1000.0]
    cooldowns = Cooldowns(Rate(2, 10.0), Rate(3, 10.0), clock=lambda: now[0])
    cooldowns.ask(1, 7)
    cooldowns.ask(1, 7)
    with pytest.raises(Told) as told:
        cooldowns.ask(1, 7)
    assert (told.value.key, told.value.values) == ("wait.member", {"when": "<t:1011:R>"})
    cooldowns.ask(2, 7)
    with pytest.raises(Told) as told:
        cooldowns.ask(2, 7)
    assert told.value.key == "wait.channel"
    cooldowns.ask(2, None)
    now[0] = 1010.0
    cooldowns.ask(1, 7)


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 20)), max_size=60))
def test_nobody_asks_more_than_twice_the_rate_in_any_window(
    steps: list[tuple[int, float]],
) -> None:
    now = [0.0]
    cooldowns = Cooldowns(Rate(3, 30.0), ALWAYS, clock=lambda: now[0])
    begun: dict[int, list[float]] = {}
    for member, pause in steps:
        now[0] += pause
        try:
            cooldowns.ask(member, None)
        except Told:
            continue
        begun.setdefault(member, []).append(now[0])
    for times in begun.values():
        # Windows follow one another, so that two of them may touch.
        assert all(times[n + 6] - times[n] >= 30.0 for n in range(len(times) - 6))


async def test_what_does_not_fit_in_the_line_is_told_at_once_and_the_others_are_answered(
    discord: Sandbox,
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> Answer:
        begun.set()
        go_on.wait(10)
        return answered()

    with open_desk(Scripted({"Slow?": slowly}), turns=Turns(1, most_waiting=1)) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada", locale="it")
            asking = [
                asyncio.create_task(discord.slash(ada, "ask", question="Slow?")) for _ in range(3)
            ]
            full = await next(asyncio.as_completed(asking))
            go_on.set()
            done = await asyncio.gather(*asking)

    assert full.text == "Troppe domande insieme; riprova tra un momento."
    assert sum(one.text == full.text for one in done) == 1


@pytest.mark.parametrize("private", [False, True])
async def test_whoever_waits_long_sees_that_an_answer_is_being_made(
    discord: Sandbox, private: bool
) -> None:
    shown = threading.Event()

    def slowly() -> Answer:
        shown.wait(10)
        return answered()

    with open_desk(Scripted({"Slow?": slowly}), patience=0.0) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            asking = asyncio.create_task(
                discord.slash(ada, "ask", question="Slow?", private=private)
            )
            await discord.until(lambda: any(one.loading for one in discord.messages()))
            shown.set()
            exchange = await asking

    assert exchange.callback is CallbackKind.DEFERRED_MESSAGE
    assert exchange.ephemeral is private
    assert "The parting" in exchange.text


# How long the machine takes for so many is not asked here.
@pytest.mark.parametrize("discord", [{"first_answer_within": 60.0}], indirect=True)
async def test_two_hundred_questions_at_once_are_all_answered(discord: Sandbox) -> None:
    questions = [f"Question {n}?" for n in range(200)]
    known = {question: unanswered(question, words=(question,)) for question in questions}
    with open_desk(Scripted(known)) as desk:
        async with online(client(desk), discord):
            people = [discord.user(f"P{n}", locale="it" if n % 2 else "en-US") for n in range(20)]
            exchanges = await asyncio.gather(
                *(
                    discord.slash(people[n % 20], "ask", question=question)
                    for n, question in enumerate(questions)
                )
            )

    assert all(one.answered for one in exchanges)
    lost = [q for q, one in zip(questions, exchanges, strict=True) if f"“{q}”" not in one.text]
    assert lost == []


async def test_work_ends_in_the_line_also_when_it_fails() -> None:
    turns = Turns(1, most_waiting=0)

    def broken() -> None:
        raise ValueError("no")

    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            await turns.take(broken)
    assert await turns.take(lambda: 7) == 7
    turns.close()
