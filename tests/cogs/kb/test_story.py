"""An article's way into the knowledge base, out of it and back, over the wire."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox import Sandbox
from tests.cogs.kb.office import FERRY_ASKED, Place, ferry_file, moderator, press, served

ANSWER = "sixty thousand crowns"


async def test_an_article_is_added_edited_published_answered_undone_and_restored(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona, ada = moderator(discord), discord.user("Ada")

        async def asked() -> str:
            return (await discord.slash(ada, "ask", question=FERRY_ASKED)).text

        assert ANSWER not in await asked()
        added = await discord.slash(mona, "kb add", file=ferry_file())
        assert "To be added: The ferry of the valley" in added.text
        form = await press(discord, mona, added, "edit")
        fields = {"publisher": "The Harbour Gazette", "published": "2022-09-01"}
        await discord.submit_modal(form, fields)
        await discord.until(lambda: "The Harbour Gazette · 2022-09-01" in added.text)
        assert ANSWER not in await asked()

        await press(discord, mona, added, "publish", until="Published: revision 2·")
        answer = await asked()
        assert ANSWER in answer
        assert "The Harbour Gazette" in answer
        assert f"Knowledge base {place.head} · 4 articles" in answer

        undone = await discord.slash(mona, "kb undo", why="Not sure yet")
        assert "Published: revision 3·" in undone.text
        assert ANSWER not in await asked()

        restored = await discord.slash(mona, "kb restore", revision=2)
        assert "Published: revision 4·" in restored.text
        assert ANSWER in await asked()

        history = await discord.slash(mona, "kb history")
        places = [history.text.index(f"**{number}·") for number in (4, 3, 2, 1)]
        assert places == sorted(places)
        assert mona.mention in history.text
        assert "Not sure yet" in history.text
        assert "takes back 2" in history.text

    for exchange in (added, undone, restored, history):
        assert all(message.visible_to is mona for message in exchange.messages)
    assert (place.knowledge / "articles" / "the-ferry-of-the-valley.md").is_file()


async def test_a_published_revision_is_taken_back_by_its_own_button_alone_if_it_is_the_last(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        first = await discord.slash(mona, "kb add", file=ferry_file())
        await press(discord, mona, first, "publish", until="Published: revision 2·")
        second = await discord.slash(mona, "kb remove", article="bread", why="Off the topic")
        await press(discord, mona, second, "publish", until="Published: revision 3·")

        refused = await press(discord, mona, first, "undo", until="was published since")
        taken_back = await press(discord, mona, second, "undo", until="takes back 3")

    assert refused.text.startswith("Another revision was published since")
    assert "Published: revision 4·" in taken_back.text


async def test_two_moderators_who_publish_at_once_publish_once(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona, nora = moderator(discord), moderator(discord, "Nora")
        mine = await discord.slash(mona, "kb add", file=ferry_file())
        status = await discord.slash(nora, "kb status")
        theirs = await press(discord, nora, status, "open", until="To be added")
        both = [mine, theirs]

        pressed = await asyncio.gather(
            press(discord, mona, mine, "publish"), press(discord, nora, theirs, "publish")
        )
        await discord.until(lambda: any("Published: revision" in one.text for one in both))
        await discord.until(
            lambda: any("just now" in one.text or "already" in one.text for one in pressed)
        )
        late = next(one for one in both if "Published" not in one.text)
        late_owner = mona if late is mine else nora
        again = await press(discord, late_owner, late, "publish", until="published already")

    assert place.head.startswith("2·")
    assert f"as revision {place.head}" in again.text


async def test_a_conflict_is_shown_and_nothing_is_overwritten(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona, nora = moderator(discord), moderator(discord, "Nora")
        mine = await discord.slash(mona, "kb add", file=ferry_file())
        changed = ferry_file(
            content=ferry_file().data.decode() + "\nThe rope hangs in the museum.\n"
        )
        theirs = await discord.slash(nora, "kb add", file=changed)
        await press(discord, nora, theirs, "publish", until="Published")
        refused = await press(discord, mona, mine, "publish", until="others changed")
        ended = await press(discord, mona, mine, "discard", until="Discarded")

    assert "articles/the-ferry-of-the-valley.md" in refused.text.replace("\\", "")
    assert place.head.startswith("2·")
    stored = (place.knowledge / "articles" / "the-ferry-of-the-valley.md").read_text("utf-8")
    assert "museum" in stored
    assert ended.answered


@pytest.mark.parametrize(
    ("locale", "told"),
    [("en-US", "This preview is no longer there"), ("it", "Questa anteprima non c'è più")],
)
@pytest.mark.parametrize("button", ["publish", "edit", "discard"])
async def test_a_preview_from_before_a_restart_says_so_in_one_sentence(
    discord: Sandbox, place: Place, locale: str, told: str, button: str
) -> None:
    mona = moderator(discord, locale=locale)
    async with served(place, discord):
        added = await discord.slash(mona, "kb add", file=ferry_file())
    again = place.started_again()
    async with served(again, discord):
        pressed = await press(discord, mona, added, button, until=told)

    assert pressed.text.startswith(told)
    assert pressed.ephemeral
    assert again.head.startswith("1·")
