"""The commands that show something besides answers, and the pages that they turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cogs.cards.timeline import PICTURE
from tests.simcord.world import (
    World,
    components,
    custom_ids,
    first,
    inhabited,
    is_off,
    labels,
    text,
)
from tests.support.desk import WORDINGS, open_desk
from tests.support.quarrel import ARTICLES, OFFERED, UNKNOWN, open_quarrel, small_article

PNG = b"\x89PNG\r\n\x1a\n"
LOCALES = ["en-US", "it"]
YEARS = "\n\n".join(
    f"In March {year} Anna Bello painted the mill's wall number {year - 1900} again."
    for year in range(1950, 1980)
)
MANY = [
    small_article(f"a{number}", f"Sentence {number} is about sheep.", title=f"Sheep {number}")
    for number in range(30)
]


@pytest.mark.parametrize(("locale", "private"), [("en-US", True), ("it", False)])
async def test_sides_shows_what_each_says(world: World, locale: str, private: bool) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "sides", topic="the lawsuit", private=private)

    shown, wording = first(asked), WORDINGS.of(locale)
    assert wording.say("sides.heading", topic="the lawsuit") in text(shown)
    assert "only about money" in text(shown)
    assert "a broken promise" in text(shown)
    assert (shown.id in world.seen_by(world.bob)) is not private
    assert len(custom_ids(shown, "context")) == len(set(custom_ids(shown, "context")))


@pytest.mark.parametrize("locale", LOCALES)
async def test_sides_says_when_it_knows_neither(world: World, locale: str) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "sides", topic=UNKNOWN)

    assert WORDINGS.of(locale).say("sides.none") in text(first(asked))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("options", [{}, {"about": "Bruno Carta", "private": True}])
async def test_timeline_shows_its_picture_with_words_for_it(
    world: World, locale: str, options: dict[str, object]
) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "timeline", **options)

    shown = first(asked)
    assert WORDINGS.of(locale).say("timeline.heading") in text(shown)
    assert "March 2019" in text(shown)
    assert shown.ephemeral is bool(options)
    (picture,) = shown.attachments
    assert picture.filename == PICTURE
    assert (await picture.read()).startswith(PNG)
    (gallery,) = (one for one in components(shown) if one["type"] == 12)
    (item,) = gallery["items"]
    assert item["media"]["url"] == picture.url
    assert "March 2019" in item["description"]


async def test_a_timeline_without_statements_has_no_picture(world: World) -> None:
    asked = await world.ada.slash(world.channel, "timeline", about=UNKNOWN)

    assert WORDINGS.of("en").say("timeline.none") in text(first(asked))
    assert first(asked).attachments == []


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_timeline_is_paged_to_its_end_and_back_also_after_a_restart(
    locale: str, tmp_path: Path
) -> None:
    article = small_article("wall", YEARS, title="The wall")
    with open_desk(open_quarrel(tmp_path, [article])) as desk:
        async with inhabited(desk) as world:
            world.speaks(world.ada, locale)
            wording = WORDINGS.of(locale)
            asked = await world.ada.slash(world.channel, "timeline")
            pages = [first(asked)]
            while not is_off(pages[-1], wording.say("button.later")):
                await world.restart()
                turned = await world.ada.click(pages[-1], label=wording.say("button.later"))
                pages.append(first(turned))
            back = await world.ada.click(pages[-1], label=wording.say("button.earlier"))

    dated = [text(page).count("[The wall](") for page in pages]
    assert sum(dated) == 20
    assert len(pages) > 2
    assert text(first(back)) == text(pages[-2])
    assert is_off(pages[0], wording.say("button.earlier"))
    assert [page.ephemeral for page in pages] == [False, *(True for _ in pages[1:])]
    assert [len(page.attachments) for page in pages] == [1, *(0 for _ in pages[1:])]


@pytest.mark.parametrize("locale", LOCALES)
async def test_sources_lists_the_articles_to_whoever_asks(world: World, locale: str) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "sources")

    shown, wording = first(asked), WORDINGS.of(locale)
    assert wording.say("sources.heading") in text(shown)
    assert all(article.title in text(shown) for article in ARTICLES)
    assert wording.language_name("it") in text(shown)
    assert world.seen_by(world.bob) == []


async def test_sources_turns_its_pages_in_place_also_after_a_restart(tmp_path: Path) -> None:
    with open_desk(open_quarrel(tmp_path, MANY)) as desk:
        async with inhabited(desk) as world:
            asked = await world.ada.slash(world.channel, "sources")
            pages = [text(first(asked))]
            while not is_off(first(asked), "Next"):
                await world.restart()
                await world.ada.click(first(asked), label="Next")
                pages.append(text(first(asked)))
            await world.ada.click(first(asked), label="Back")

            assert text(first(asked)) == pages[-2]
            assert len(world.channel.history(viewer=world.ada)) == 1

    assert "".join(pages).count("[Sheep ") == len(MANY)


@pytest.mark.parametrize("locale", LOCALES)
async def test_help_names_every_way_in_four_lines(world: World, locale: str) -> None:
    world.speaks(world.ada, locale)
    asked = await world.ada.slash(world.channel, "help")

    wording = WORDINGS.of(locale)
    assert text(first(asked)).count("\n- ") == 4
    assert wording.say("command.find.name") in text(first(asked))
    for name in world.ada.available_commands(world.channel):
        # Whoever reads it has just used it.
        assert name == "help" or f"`/{wording.say(f'command.{name}.name')}`" in text(first(asked))
    assert world.seen_by(world.bob) == []


@pytest.mark.parametrize("locale", LOCALES)
async def test_privacy_tells_what_is_kept_and_its_button_deletes_it_after_a_restart(
    world: World, locale: str
) -> None:
    wording = WORDINGS.of(locale)
    world.speaks(world.ada, locale)
    answer = first(await world.ada.slash(world.channel, "ask", question=OFFERED))
    await world.press(world.ada, answer, "helpful")
    asked = await world.ada.slash(world.channel, "privacy")
    figures = {"questions": 1, "feedback": 1, "reports": 0}
    assert wording.say("privacy.yours", **figures) in text(first(asked))
    assert world.seen_by(world.bob) == [answer.id]

    await world.restart()
    gone = await world.press(world.ada, first(asked), "forget")
    assert text(first(gone)) == wording.say("privacy.deleted", **figures)
    again = await world.ada.slash(world.channel, "privacy")
    assert wording.say("privacy.nothing") in text(first(again))
    assert labels(first(again)) == []
    more = await world.press(world.ada, answer, "more")
    assert text(first(more)) == wording.say("more.old")
