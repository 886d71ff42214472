"""The buttons under an answer, pressed in both languages, before and after a restart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.wording import Wording
from tests.simcord.world import World, custom_ids, first, inhabited, is_off, text
from tests.support.desk import WORDINGS, open_desk
from tests.support.quarrel import OFFERED, open_quarrel, small_article

LOCALES = ["en-US", "it"]
WAYS = pytest.mark.parametrize(
    ("locale", "restarted"), [("en-US", True), ("it", False)], ids=["restarted", "italian"]
)
SAID: dict[str, Callable[[Wording], str]] = {
    "more": lambda wording: wording.say("more.none"),
    "sides": lambda wording: wording.say("sides.heading", topic=OFFERED),
    "context": lambda wording: wording.say("context.begins"),
    "verify": lambda wording: wording.say("verify.stands"),
    "helpful": lambda wording: wording.say("feedback.helpful"),
    "unhelpful": lambda wording: wording.say("feedback.unhelpful"),
}


@WAYS
@pytest.mark.parametrize("action", SAID)
async def test_a_press_is_answered_to_whoever_pressed_alone_in_their_language(
    world: World, action: str, restarted: bool, locale: str
) -> None:
    answer = first(await world.ada.slash(world.channel, "ask", question=OFFERED))
    world.speaks(world.bob, locale)
    if restarted:
        await world.restart()
    pressed = await world.press(world.bob, answer, action)

    assert SAID[action](WORDINGS.of(locale)) in text(first(pressed))
    assert world.seen_by(world.ada) == [answer.id]
    assert world.seen_by(world.bob) == [answer.id, first(pressed).id]


async def test_every_button_of_an_answer_has_a_test_here(world: World) -> None:
    asked = await world.ada.slash(world.channel, "ask", question=OFFERED, private=True)

    actions = {one.split(":")[1] for one in custom_ids(first(asked))}
    assert actions == {*SAID, "report", "share"}


@WAYS
async def test_a_report_is_asked_for_in_a_form_and_noted(
    world: World, restarted: bool, locale: str
) -> None:
    wording = WORDINGS.of(locale)
    answer = first(await world.ada.slash(world.channel, "ask", question=OFFERED))
    world.speaks(world.bob, locale)
    if restarted:
        await world.restart()
    pressed = await world.press(world.bob, answer, "report")
    assert pressed.modal is not None
    assert pressed.modal["title"] == wording.say("report.title")
    (label,) = pressed.modal["components"]
    assert label["label"] == wording.say("report.reason")
    reason = {label["component"]["custom_id"]: "The source says nine million."}
    noted = await world.bob.submit_modal(pressed, reason)

    assert text(first(noted)) == wording.say("report.noted")
    assert first(noted).ephemeral
    assert world.desk.records.kept_of(world.bob.id).reports == 1


@WAYS
async def test_a_private_answer_is_shared_once(world: World, restarted: bool, locale: str) -> None:
    wording = WORDINGS.of(locale)
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "ask", question=OFFERED, private=True)
    if restarted:
        await world.restart()
    shared = await world.press(world.ada, first(asked), "share")

    (copy,) = shared.followups
    assert world.seen_by(world.bob) == [copy.id]
    assert wording.say("answer.shared", member=world.ada.mention) in text(copy)
    assert custom_ids(copy, "share") == []
    # SimCord's people cannot press what is off; two presses at once are left to the wire tests.
    assert is_off(first(asked), wording.say("button.share"))


@pytest.mark.parametrize("locale", LOCALES)
async def test_more_shows_further_passages_each_once(locale: str, tmp_path: Path) -> None:
    mills = [
        small_article(f"mill-{n}", f"Mill number {n} grinds rye for the valley.", title=f"Mill {n}")
        for n in range(9)
    ]
    with open_desk(open_quarrel(tmp_path, mills)) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            pressed = await world.ada.slash(world.channel, "ask", question="Which mill grinds rye?")
            shown = [text(first(pressed))]
            while custom_ids(first(pressed), "more"):
                await world.restart()
                pressed = await world.press(world.ada, first(pressed), "more")
                shown.append(text(first(pressed)))

    assert shown[-1] == WORDINGS.of(locale).say("more.none")
    named = re.findall(r"Mill number (\d)", "".join(shown))
    assert sorted(named) == sorted(set(named))
    assert len(named) > 3


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_card_of_a_press_has_buttons_that_work_in_turn(world: World, locale: str) -> None:
    world.speaks(world.bob, locale)
    asked = await world.ada.slash(world.channel, "ask", question=OFFERED)
    sides = await world.press(world.bob, first(asked), "sides")
    await world.restart()
    context = await world.press(world.bob, first(sides), "context")

    assert WORDINGS.of(locale).say("context.here") in text(first(context))


async def test_a_button_whose_question_was_deleted_says_so(world: World) -> None:
    answer = first(await world.ada.slash(world.channel, "ask", question=OFFERED, private=True))
    world.desk.records.forget(world.ada.id)
    wording = WORDINGS.of("en")
    for action in ("more", "sides"):
        pressed = await world.press(world.ada, answer, action)
        assert text(first(pressed)) == wording.say("more.old")
