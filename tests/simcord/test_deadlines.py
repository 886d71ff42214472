"""In time whatever it takes: three seconds for a first answer, fifteen minutes for the rest.

SimCord's clock stands still unless somebody turns it, so the knowledge base turns it while it
works, once whoever asked was shown that it does. A bot without patience shows that at once; one
that worked first and answered then would be refused as Discord does it (10062).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import discord
import pytest
from discord import app_commands

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer
from bot.answers.sides import SideBySide
from bot.answers.timeline import Timeline
from bot.articles.model import Passage
from bot.articles.verification import Verified
from bot.cogs.cooldowns import Cooldowns, Rate
from tests.simcord.world import World, first, inhabited, text
from tests.support.answers import TEXT, Scripted, answered
from tests.support.desk import WORDINGS, open_desk
from tests.support.quarrel import OFFERED

TEN_MINUTES, SIXTEEN_MINUTES = 600.0, 960.0
REAL_SECONDS = 10.0
"""For a first answer that never comes."""


class Slow(KnowledgeBase):
    """One that turns the clock whenever it is asked for something."""

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__(base._parts)
        self.pause: Callable[[], None] = lambda: None

    def answer(self, question: str, *, top: int = 3, previous: str | None = None) -> Answer:
        self.pause()
        return super().answer(question, top=top, previous=previous)

    def sides(self, topic: str, *, previous: str | None = None) -> SideBySide:
        self.pause()
        return super().sides(topic, previous=previous)

    def timeline(self, topic: str | None, *, most: int = 20) -> Timeline:
        self.pause()
        return super().timeline(topic, most=most)

    def verify(self, passage: Passage) -> Verified:
        self.pause()
        return super().verify(passage)


def turning(world: World, seconds: float) -> Callable[[], None]:
    """Lets time pass in the world, once whoever acted last has had a first answer."""

    def turn() -> None:
        acted = list(world.env.backend.interactions.values())[-1]
        end = time.perf_counter() + REAL_SECONDS
        while not acted.responded and time.perf_counter() < end:
            time.sleep(0.001)
        world.env.backend.clock.advance(seconds)

    return turn


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": OFFERED}),
        ("ask", {"question": OFFERED, "private": True}),
        ("sides", {"topic": "the lawsuit"}),
        ("timeline", {"about": "Bruno Carta"}),
        ("sources", {}),
        ("help", {}),
        ("privacy", {}),
    ],
)
async def test_every_command_is_answered_in_time_by_a_slow_knowledge_base(
    quarrel: KnowledgeBase, command: str, options: dict[str, object]
) -> None:
    slow = Slow(quarrel)
    with open_desk(slow, patience=0.0) as desk:
        async with inhabited(desk) as world:
            slow.pause = turning(world, TEN_MINUTES)
            began = world.env.now()
            asked = await world.ada.slash(world.channel, command, **options)

            assert len(text(first(asked))) > 100
            passed = (world.env.now() - began).total_seconds()
            assert passed == (TEN_MINUTES if options else 0)


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("more", "more.none"),
        ("sides", "sides.note"),
        ("context", "context.here"),
        ("verify", "verify.stands"),
        ("helpful", "feedback.helpful"),
        ("share", "answer.heading"),
    ],
)
async def test_every_button_is_answered_in_time_by_a_slow_knowledge_base(
    quarrel: KnowledgeBase, action: str, key: str
) -> None:
    slow = Slow(quarrel)
    with open_desk(slow, patience=0.0) as desk:
        async with inhabited(desk) as world:
            asked = await world.ada.slash(world.channel, "ask", question=OFFERED, private=True)
            slow.pause = turning(world, TEN_MINUTES)
            pressed = await world.press(world.ada, first(asked), action)

            said = WORDINGS.of("en").say(key, rank=1, title="The offer for the mill")
            assert said in text((pressed.followups or [first(pressed)])[-1])


async def test_a_message_looked_up_from_its_menu_is_answered_in_time(
    quarrel: KnowledgeBase,
) -> None:
    slow = Slow(quarrel)
    with open_desk(slow, patience=0.0) as desk:
        async with inhabited(desk) as world:
            slow.pause = turning(world, TEN_MINUTES)
            claim = await world.ada.send(world.channel, OFFERED)
            found = await world.bob.context_menu(world.channel, "Find receipts for this", claim)

            assert "ten million crowns" in text(first(found))


async def test_after_fifteen_minutes_nobody_is_told_and_the_next_question_is_answered() -> None:
    late: list[Callable[[], None]] = []

    def answer() -> Answer:
        while late:
            late.pop()()
        return answered()

    with open_desk(Scripted({"Why?": answer}), patience=0.0) as desk:
        async with inhabited(desk) as world:
            late.append(turning(world, SIXTEEN_MINUTES))
            asked = await world.ada.slash(world.channel, "ask", question="Why?")
            assert TEXT not in text(first(asked))
            (raised,) = world.raised()
            assert isinstance(raised, app_commands.CommandInvokeError)
            assert isinstance(raised.original, discord.NotFound)
            assert raised.original.code in (10015, 10062)

            again = await world.ada.slash(world.channel, "ask", question="Why?")
            assert TEXT in text(first(again))


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_whoever_asks_too_often_is_told_privately_when_to_ask_again(
    quarrel: KnowledgeBase, locale: str
) -> None:
    with open_desk(quarrel, cooldowns=Cooldowns(Rate(1, 60.0), clock=lambda: 1000.0)) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            await world.ada.slash(world.channel, "ask", question=OFFERED)
            asked = await world.ada.slash(world.channel, "ask", question=OFFERED)
            others = await world.bob.slash(world.channel, "ask", question=OFFERED)

            told = WORDINGS.of(locale).say("wait.member", when="<t:1061:R>")
            assert text(first(asked)) == told
            assert first(asked).ephemeral
            assert len(world.raised()) == 1
            assert "ten million crowns" in text(first(others))
