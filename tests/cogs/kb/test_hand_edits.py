"""What people did in the knowledge folder: told, looked at, published or discarded."""

from __future__ import annotations

import pytest

from bot.sandbox import Exchange, Sandbox, User
from tests.cogs.kb.office import FERRY, FERRY_ASKED, Place, found, moderator, press, served

BY_HAND = f"---\nid: ferry\ntitle: The ferry\nlanguage: en\n---\n\n{FERRY}"


def write(place: Place, name: str, content: str) -> None:
    (place.knowledge / "articles" / name).write_text(content, encoding="utf-8")


async def state(discord: Sandbox, user: User) -> Exchange:
    exchange = await discord.slash(user, "kb status")
    await discord.until(lambda: exchange.text)
    return exchange


async def test_a_hand_edit_is_told_looked_at_and_published(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        clean = await state(discord, mona)
        write(place, "ferry.md", BY_HAND)
        dirty = await state(discord, mona)
        shown = await press(discord, mona, dirty, "hand", until="To be published: Hand edit")
        preview = shown.text
        await press(discord, mona, shown, "publish", until="Published: revision 2·")
        answer = await discord.slash(mona, "ask", question=FERRY_ASKED)
        after = await state(discord, mona)

    assert "knowledge folder" not in clean.text
    assert "Changed in the knowledge folder, not published" in dirty.text
    assert "articles/ferry.md" in dirty.text
    assert "New:** The ferry" in preview
    assert "sixty thousand" in answer.text
    assert "knowledge folder" not in after.text


async def test_hand_edits_are_discarded_after_a_second_press(
    discord: Sandbox, place: Place
) -> None:
    path = place.knowledge / "articles" / "bread.md"
    before = path.read_text("utf-8")
    async with served(place, discord):
        mona = moderator(discord, locale="it")
        write(place, "bread.md", before + "\nMore bread.\n")
        dirty = await state(discord, mona)
        asked = await press(discord, mona, dirty, "drop", until="Scartare ciò che")
        assert "articles/bread.md" in asked.text
        assert "More bread." in path.read_text("utf-8")
        await press(discord, mona, asked, "dropped", until="Scartato;")
        late = await press(discord, mona, dirty, "hand", until="Niente è stato cambiato")

    assert path.read_text("utf-8") == before
    assert "Niente è stato cambiato a mano" in late.text


async def test_a_hand_edit_with_faults_is_told_and_cannot_be_published(
    discord: Sandbox, place: Place
) -> None:
    write(place, "ferry.md", BY_HAND.replace("language: en", "language: Klingon"))
    async with served(place, discord):
        mona = moderator(discord)
        dirty = await state(discord, mona)
        shown = await press(discord, mona, dirty, "hand", until="Faults")

    assert "Klingon" in dirty.text
    assert "Faults; it cannot be published with them" in shown.text
    with pytest.raises(StopIteration):
        found(shown.messages[0], "publish")


async def test_a_conflict_stays_until_a_person_decides(discord: Sandbox, place: Place) -> None:
    path = place.knowledge / "articles" / "bread.md"
    async with served(place, discord):
        mona = moderator(discord)
        removed = await discord.slash(mona, "kb remove", article="bread")
        await discord.until(lambda: "To be published" in removed.text)
        mine = path.read_text("utf-8") + "\nMore bread by hand.\n"
        path.write_text(mine, encoding="utf-8")
        await press(discord, mona, removed, "publish", until="Published: revision 2·")
        dirty = await state(discord, mona)
        assert path.read_text("utf-8") == mine
        shown = await press(discord, mona, dirty, "hand", until="To be published: Hand edit")
        await press(discord, mona, shown, "publish", until="Published: revision 3·")

    assert "and by a revision too" in dirty.text
    assert "More bread by hand." in path.read_text("utf-8")
