"""Answers at each limit of a message: SimCord refuses what goes beyond, and nothing is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.model import Answer
from bot.articles.model import Passage
from tests.simcord.world import Component, Shown, World, components, every, first, inhabited, text
from tests.support.answers import Scripted, answered, article, citation, passage, unanswered
from tests.support.desk import open_desk
from tests.support.quarrel import open_quarrel, small_article
from tests.support.reading import as_read

LOCALES = ["en-US", "it"]
LONG = " ".join(f"Sentence {number} of the long paragraph is here." for number in range(1000))[
    :6000
]
WILD = (
    "**Bold** _lines_ ~~gone~~ ||hidden|| `code` # Heading\n"
    "- a list\n1. numbered\n> a quote\n-# small\n"
    "@everyone @here <@1> <@&2> <#3> </ask:4> <t:1:R> <:smile:5> :smile: "
    "[masked](https://example.org) https://example.org discord.gg/abc https://discord.gg/abc\n"
    "```py\nprint()\n```\n\\* \\\\ *"
)
QUESTION = "Why?"
MOST_TEXT, MOST_COMPONENTS = 4000, 40


def bodies(message: Shown) -> list[str]:
    """The passages on a message, as they are read: what stands between head and foot."""
    found = []
    for card in components(message):
        inside: Sequence[Component] = card.get("components", [])
        if card["type"] == 17 and inside[0]["type"] == 9:
            found.append(as_read(str(inside[1]["content"])))
    return found


def sizes(message: Shown) -> tuple[int, int]:
    """Characters and components of a message."""
    parts = components(message)
    return sum(len(str(one.get("content", ""))) for one in parts), len(parts)


def long_passage(content: str = LONG, *, number: int = 0) -> Passage:
    """One whose title, publisher and address are as long as they come."""
    return passage(
        replace(
            article(
                content, title=f"Title {number} " + "word_" * 60, url="https://x.org/" + "a" * 480
            ),
            id=f"long-{number}",
            publisher="*Publisher* " * 30,
        )
    )


def full() -> Answer:
    """An answer with everything that a card can have."""
    shown = [
        replace(
            citation(long_passage(f"{number} {LONG}"[:6000], number=number), best=(0, 300)),
            rank=number,
            also_in=tuple(long_passage(number=other) for other in range(10, 20)),
        )
        for number in (1, 2, 3)
    ]
    return answered(*shown, question=QUESTION)


@pytest.mark.parametrize(("locale", "private"), [("en-US", True), ("it", False)])
async def test_three_passages_of_6000_characters_are_shown_whole(
    locale: str, private: bool
) -> None:
    answer = full()
    with open_desk(Scripted({QUESTION: answer})) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            asked = await world.ada.slash(world.channel, "ask", question=QUESTION, private=private)
            shown = every(asked)
            await world.ada.send(world.channel, f"{world.bot} {QUESTION}")
            replies = world.channel.history(viewer=world.bob)[-len(shown) :]

    stored = "".join(one.passage.text for one in answer.citations)
    for messages in (shown, [] if private else replies):
        read = "".join("".join(bodies(message)) for message in messages)
        assert read == (stored if messages else "")
    assert all(message.ephemeral is private for message in shown)
    assert len(shown) > 4
    assert max(sizes(message)[0] for message in shown) > MOST_TEXT * 0.8


@pytest.mark.parametrize("context", [1, 2], ids=["direct", "private channel"])
async def test_whoever_installed_the_bot_for_themselves_gets_five_follow_ups_at_most(
    context: int,
) -> None:
    # SimCord takes any number; Discord's documentation says five.
    with open_desk(Scripted({QUESTION: full()})) as desk:
        async with inhabited(desk) as world:
            world.speakers.installed[world.ada.id] = context
            asked = await world.ada.user.slash("ask", question=QUESTION)
            shown = every(asked)

    assert 2 <= len(shown) <= 6
    assert "r:more:" in str(shown[-1].components)


@pytest.mark.parametrize("locale", LOCALES)
async def test_small_cards_fill_a_message_up_to_its_components(locale: str) -> None:
    few = [
        replace(
            citation(replace(passage(article(f"Short {number}.")), number=number), rank=number),
            also_in=(long_passage(number=9),),
        )
        for number in range(1, 8)
    ]
    with open_desk(Scripted({QUESTION: answered(*few, question=QUESTION)})) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            asked = await world.ada.slash(world.channel, "ask", question=QUESTION, private=True)
            shown = every(asked)

    assert [one for message in shown for one in bodies(message)] == [
        f"Short {number}." for number in range(1, 8)
    ]
    assert len(shown) > 1
    # One more card, of ten components, would not have fitted in.
    assert MOST_COMPONENTS - 10 < sizes(shown[0])[1] <= MOST_COMPONENTS


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_stands_in_an_article_formats_links_and_pings_nobody(
    locale: str, tmp_path: Path
) -> None:
    wild = replace(
        small_article("wild", WILD, title="@everyone **wild** [x](https://example.org)"),
        publisher="<@1> ||p||",
    )
    with open_desk(open_quarrel(tmp_path, [wild])) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            asked = await world.ada.slash(world.channel, "ask", question="What is bold and hidden?")
            context = await world.press(world.ada, first(asked), "context")
            sides = await world.ada.slash(world.channel, "sides", topic=WILD[:200])
            await world.ada.send(world.channel, f"{world.bot} What is bold and hidden?")
            reply = world.channel.history(viewer=world.bob)[-1]
            seen = [first(asked).message, first(context).message, first(sides).message, reply]

    assert "".join(bodies(first(asked))) == WILD
    assert "".join(bodies(reply)) == WILD
    for message in seen:
        assert (message.mention_everyone, message.raw_mentions) == (False, [])
        assert (message.raw_role_mentions, message.raw_channel_mentions) == ([], [])


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_refusal_with_much_to_say_fits(locale: str) -> None:
    said = unanswered(
        QUESTION,
        words=tuple(f"*word{number}*" * 30 for number in range(40)),
        nearest=tuple(long_passage(number=number) for number in range(20)),
    )
    with open_desk(Scripted({QUESTION: said})) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            asked = await world.ada.slash(world.channel, "ask", question=QUESTION)

    assert "word0" in text(first(asked))
    assert asked.followups == []


@pytest.mark.parametrize("length", [100, 101])
async def test_what_is_offered_while_typing_can_be_sent_back_whole(
    length: int, tmp_path: Path
) -> None:
    title = ("The mill " * 20)[: length - 1] + "!"
    named = [small_article("mill", "The mill stands.", title=title)]
    with open_desk(open_quarrel(tmp_path, named)) as desk:
        async with inhabited(desk) as world:
            offered = await world.ada.autocomplete(world.channel, "sides", "topic", "the mill")

    # SimCord takes longer ones; Discord says 100.
    assert (title in [one["value"] for one in offered]) is (length <= 100)


async def test_a_form_takes_as_many_characters_as_are_kept(world: World) -> None:
    asked = await world.ada.slash(world.channel, "ask", question="Who sued Anna Bello?")
    form = await world.press(world.ada, first(asked), "report")
    assert form.modal is not None
    (field,) = (one["component"] for one in form.modal["components"])
    noted = await world.ada.submit_modal(form, {field["custom_id"]: "x" * field["max_length"]})

    assert first(noted).ephemeral
    assert world.desk.records.kept_of(world.ada.id).reports == 1
