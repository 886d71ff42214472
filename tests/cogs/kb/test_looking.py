"""What moderators look at: articles, revisions, differences, faults, the zip, the state."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

from bot.articles.store import file_text
from bot.sandbox import Exchange, Sandbox, User
from tests.cogs.kb.office import Place, ferry_file, found, moderator, press, served
from tests.support.quarrel import OFFER, small_article


def add_many(place: Place, number: int) -> None:
    """Publishes so many more articles."""
    changes: dict[str, bytes | None] = {}
    for one in range(number):
        article = small_article(f"more-{one}", f"{OFFER}\n\nNote {one}.", title=f"More {one}")
        changes[f"articles/{article.id}.md"] = file_text(article, None).encode()
    publisher = place.office.publisher
    publisher.publish(publisher.propose(changes, what="add", why="many"), who="<@7>")


async def asked(discord: Sandbox, user: User, command: str, **options: Any) -> Exchange:
    exchange = await discord.slash(user, f"kb {command}", **options)
    await discord.until(lambda: exchange.text)
    return exchange


async def test_articles_are_listed_with_their_ids_in_pages(discord: Sandbox, place: Place) -> None:
    add_many(place, 20)
    async with served(place, discord):
        mona = moderator(discord, locale="it")
        listed = await asked(discord, mona, "list")
        first = listed.text
        await discord.press(mona, listed.messages[0], "r:kb-list:1:next")
        second = listed.text
        await discord.press(mona, listed.messages[0], "r:kb-list:0:previous")

    assert "Tutti gli articoli" in first
    assert "pagina 1 di 3" in first
    assert "pagina 2 di 3" in second
    assert listed.text == first
    assert "`addio` · 2024-03-05 · italiano · 1 passaggio" in first


async def test_an_article_is_shown_whole_in_pages(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        offered = await discord.autocomplete(mona, "kb show", "article", "MILL")
        shown = await asked(discord, mona, "show", article="offer")
        unknown = await asked(discord, mona, "show", article="nothing")

    assert [one["value"] for one in offered.choices] == ["offer"]
    for part in OFFER.replace("\\\n", "").split("\n\n"):
        assert part.strip() in shown.text
    assert "`offer` · The Valley Post · 2024-03-05 · English" in shown.text
    assert "There is no article \\`nothing\\`" in unknown.text


async def test_a_long_article_turns_its_pages(discord: Sandbox, place: Place) -> None:
    text = "\n\n".join(
        f"Sentence {n} of the long one. " + "Rye bread again. " * 60 for n in range(9)
    )
    article = small_article("long", text, title="Long")
    change = {"articles/long.md": file_text(article, None).encode()}
    publisher = place.office.publisher
    publisher.publish(publisher.propose(change, what="add", why="long"), who="<@7>")
    async with served(place, discord):
        mona = moderator(discord)
        shown = await asked(discord, mona, "show", article="long")
        first = shown.text
        await discord.press(mona, shown.messages[0], found(shown.messages[0], "show"))
        second = shown.text

    assert "page 1 of" in first
    assert "page 2 of" in second
    assert "Sentence 0" in first
    assert "Sentence 0" not in second


async def test_revisions_are_offered_and_told_apart(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        removed = await asked(discord, mona, "remove", article="bread", why="Off the topic")
        await discord.until(lambda: "To be published" in removed.text)
        await press(discord, mona, removed, "publish", until="Published: revision 2·")
        offered = await discord.autocomplete(mona, "kb restore", "revision", "")
        narrowed = await discord.autocomplete(mona, "kb diff", "after", "topic", before=1)
        differ = await asked(discord, mona, "diff", before=1, after=2)
        back = await asked(discord, mona, "diff", before=2, after=1)
        same = await asked(discord, mona, "diff", before=1, after=1)
        none = await asked(discord, mona, "diff", before=1, after=9)

    assert [one["value"] for one in offered.choices] == [2, 1]
    assert "Removal" in str(offered.choices[0]["name"])
    assert [one["value"] for one in narrowed.choices] == [2]
    assert "From revision 1 to 2" in differ.text
    assert "Gone:** Bread of the valley" in differ.text
    assert "New:** Bread of the valley" in back.text
    assert "That changes nothing." in same.text
    assert "9" in none.text
    assert "revision" in none.text


async def test_an_undo_without_anything_to_undo_is_told(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        told = await asked(discord, moderator(discord), "undo")

    assert "There is nothing left to undo" in told.text


async def test_faults_are_told_with_file_and_advice(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        none = await asked(discord, mona, "check")
        removed = await asked(discord, mona, "remove", article="offer")
        await discord.until(lambda: "To be published" in removed.text)
        await press(discord, mona, removed, "publish", until="Published")
        faults = await asked(discord, mona, "check")

    assert "No faults." in none.text
    assert "1 fault" in faults.text
    assert "questions.yaml" in faults.text
    assert str(place.home) not in faults.text


async def test_the_export_is_a_zip_of_the_articles(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        exported = await asked(discord, moderator(discord), "export")

    [message] = exported.messages
    [attached] = message.attachments
    assert attached.file.name.startswith("articles-1-")
    with zipfile.ZipFile(io.BytesIO(attached.file.data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for path in (place.knowledge / "articles").iterdir():
        assert held[f"articles/{path.name}"] == path.read_bytes()
    assert len(held) == 3
    assert message.ephemeral


async def test_an_export_that_discord_would_not_take_says_where_to_get_it(
    discord: Sandbox, place: Place
) -> None:
    noise = {"articles/noise.yaml": random.Random(1).randbytes(11 * 1024 * 1024)}
    publisher = place.office.publisher
    publisher.publish(publisher.propose(noise, what="add", why="noise"), who="<@7>")
    async with served(place, discord):
        told = await asked(discord, moderator(discord), "export")

    assert "The zip has 11.5 MB, and Discord takes 10.5 MB here" in told.text
    assert told.messages[0].attachments == []


async def test_the_state_is_told_with_what_waits(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona, nora = moderator(discord), moderator(discord, "Nora", locale="it")
        await discord.slash(mona, "kb add", file=ferry_file())
        status = await asked(discord, nora, "status")

    assert "La base di conoscenza" in status.text
    assert place.head in status.text
    assert "3 articoli" in status.text
    assert "MB di memoria" in status.text
    assert "In attesa di un moderatore" in status.text
    assert f"Da aggiungere: The ferry of the valley · {mona.mention}" in status.text
