"""A refresh, from its progress to what it would publish, against a real site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.cogs.kb.office import (
    FERRY_ASKED,
    HTML,
    Place,
    found,
    moderator,
    open_place,
    press,
    served,
)
from tests.fetching.site import Site
from tests.moderation.small_mill import publish_hand_edits

OTHER = HTML.replace("ferry", "bridge").replace("rope", "beam").replace("Lugano", "Chur")


@pytest.fixture
def online_place(tmp_path: Path, site: Site) -> Iterator[Place]:
    """An office with two pages for sources, of which one is there."""
    (tmp_path / "knowledge").mkdir()
    sources = "".join(
        f"- {{id: {name}, address: '{site.url(f'/{name}')}', lose_at_most: 50%}}\n"
        for name in ("ferry", "bridge")
    )
    (tmp_path / "knowledge" / "sources.yaml").write_text(f"sources:\n{sources}", "utf-8")
    with open_place(tmp_path, site) as opened:
        yield opened


async def test_a_refresh_shows_what_is_new_and_what_failed_and_publishes_it(
    discord: Sandbox, online_place: Place, site: Site
) -> None:
    site.says(HTML, "/ferry")
    async with served(online_place, discord):
        mona, ada = moderator(discord), discord.user("Ada")
        shown = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "To be published: Refresh" in shown.text)
        preview = shown.text
        await press(discord, mona, shown, "publish", until="Published: revision 2·")
        answer = await discord.slash(ada, "ask", question=FERRY_ASKED)

        site.says(HTML.replace("nine passengers", "eleven passengers and a goat"), "/ferry")
        again = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "To be published" in again.text)
        changed = again.text
        await press(discord, mona, again, "publish", until="Published: revision 3·")

        nothing = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "Nothing new" in nothing.text)

    assert "New:** The ferry of the valley" in preview
    assert "Failed" in preview
    assert "has nothing at this address" in preview
    assert "sixty thousand" in answer.text
    assert "Changed:** The ferry of the valley" in changed
    assert "+1 −1" in changed
    assert "eleven passengers and a goat" in changed
    assert "has nothing at this address" in nothing.text


async def test_what_a_person_has_to_look_at_says_why(
    discord: Sandbox, online_place: Place, site: Site
) -> None:
    site.says(HTML, "/ferry")
    site.says(OTHER, "/bridge")
    async with served(online_place, discord):
        mona = moderator(discord, locale="it")
        first = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "Da pubblicare: Aggiornamento" in first.text)
        await press(discord, mona, first, "publish", until="Pubblicato")
        site.sends("/ferry", 410)
        held = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "Da pubblicare" in held.text)

    assert "Trattenuto, perché lo guardi una persona" in held.text
    assert "The page of `the-ferry-of-the-valley` is gone" in held.text.replace("\\", "")
    assert "Scomparso:** The ferry of the valley" in held.text


async def test_judged_questions_that_get_another_first_passage_are_shown(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        shown = await discord.slash(moderator(discord), "kb remove", article="offer")
        await discord.until(lambda: "To be published: Removal" in shown.text)

    assert "judged question gets another first passage" in shown.text
    assert "How much did Carta offer for the mill?" in shown.text
    assert "offered ten million crowns" in shown.text
    assert "Words that questions or pins name are lost" in shown.text
    assert "Held back for a person" in shown.text


async def test_progress_is_shown_while_pages_are_fetched(
    discord: Sandbox, online_place: Place, site: Site
) -> None:
    site.says(HTML, "/ferry")
    site.says(OTHER, "/bridge")
    seen: set[str] = set()
    async with served(online_place, discord):
        mona = moderator(discord)
        shown = await discord.slash(mona, "kb refresh")

        def ended() -> bool:
            seen.add(shown.text)
            return "To be published" in shown.text

        await discord.until(ended)

    assert any("Fetching" in text or "pages are there" in text for text in seen)


async def test_a_second_refresh_at_the_same_time_is_refused(
    discord: Sandbox, online_place: Place
) -> None:
    async with served(online_place, discord):
        async with online_place.office.refreshing:
            told = await discord.slash(moderator(discord), "kb refresh")
        assert told.text == "A refresh is under way already."


async def test_without_sources_a_refresh_says_where_to_name_them(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        told = await discord.slash(moderator(discord), "kb refresh")
        await discord.until(lambda: told.text)

    assert "`sources.yaml` in the knowledge folder names them" in told.text


async def test_a_preview_of_many_changes_has_pages(
    discord: Sandbox, online_place: Place, site: Site
) -> None:
    names = [f"page{number}" for number in range(14)]
    sources = "".join(f"- {{id: {name}, address: '{site.url(f'/{name}')}'}}\n" for name in names)
    for name in names:
        site.says(HTML.replace("ferry", f"ferry{name}").replace("rope", f"rope{name}"), f"/{name}")
    (online_place.knowledge / "sources.yaml").write_text(f"sources:\n{sources}", "utf-8")
    publish_hand_edits(online_place.office.publisher, who="test")
    async with served(online_place, discord):
        mona = moderator(discord)
        shown = await discord.slash(mona, "kb refresh")
        await discord.until(lambda: "page 1 of 2" in shown.text)
        first = shown.text
        next_page = next(one for one in [found(shown.messages[0], "look")] if one.endswith(":next"))
        await discord.press(mona, shown.messages[0], next_page)
        second = shown.text
        assert found(shown.messages[0], "publish")

    assert "page 2 of 2" in second
    named = {line for line in (first + second).splitlines() if line.startswith("**New:**")}
    assert len(named) == 14
