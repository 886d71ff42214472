"""Every way to hand an article in, and what is shown of it before it is published."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.articles.attached import MOST_BYTES
from bot.sandbox import Exchange, File, Sandbox
from tests.articles.attached_files import pdf, word
from tests.cogs.kb.office import (
    FERRY,
    HTML,
    MARKDOWN,
    Place,
    ferry_file,
    found,
    moderator,
    open_place,
    press,
    served,
)
from tests.fetching.site import Site

PARTS = [" ".join(part.split()) for part in FERRY.split("\n\n")]
PDF = pdf([line for part in PARTS for line in [*textwrap.wrap(part, 80), ""]], title="The ferry")
WORD = word(*(("Normal", part) for part in PARTS), title="The ferry")
FIRST = "In August 2022 the ferry of the valley sank beside the old quay."


@pytest.fixture
def online_place(tmp_path: Path, site: Site) -> Iterator[Place]:
    """An office that reaches the site, and nothing else."""
    with open_place(tmp_path, site) as opened:
        yield opened


@pytest.mark.parametrize(
    "file",
    [
        ferry_file("ferry.txt", f"The ferry of the valley\n\n{FERRY}", "text/plain"),
        ferry_file("ferry.md", MARKDOWN, "text/markdown"),
        ferry_file("ferry.html", HTML, "text/html"),
        ferry_file("ferry.pdf", PDF, "application/pdf"),
        ferry_file("ferry.docx", WORD, "application/octet-stream"),
    ],
    ids=lambda file: file.name,
)
async def test_files_of_every_kind_are_shown_as_they_would_be_stored(
    discord: Sandbox, place: Place, file: File
) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        added = await discord.slash(mona, "kb add", file=file)
        shown = added.text
        await press(discord, mona, added, "publish", until="Published: revision 2·")

    assert f"1. {FIRST}" in shown.replace("\n", " ")
    assert f"from {file.name}" in shown
    assert "English" in shown


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (File("short.txt", b"Too short."), "Only 2 words of an article are in it"),
        (File("empty.txt", b""), "The file is empty."),
        (
            File("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(500)),
            "This is a picture; save the article as text",
        ),
        (File("broken.pdf", b"%PDF-1.7\nnothing"), "The PDF is broken; open it"),
        (File("bomb.docx", b"PK\x03\x04" + bytes(200)), "The file is broken; open it in Word"),
    ],
    ids=lambda value: value.name if isinstance(value, File) else "",
)
async def test_files_that_are_no_articles_are_refused_with_a_sentence(
    discord: Sandbox, place: Place, file: File, why: str
) -> None:
    async with served(place, discord):
        refused = await discord.slash(moderator(discord), "kb add", file=file)
        await discord.until(lambda: refused.text)

    assert why in refused.text
    assert place.office.previews.waiting() == ()


async def test_a_file_that_is_too_large_is_not_even_fetched(discord: Sandbox, place: Place) -> None:
    file = File("large.txt", b"a" * (MOST_BYTES + 1))
    async with served(place, discord):
        refused = await discord.slash(moderator(discord), "kb add", file=file)

    assert refused.text == "The file is larger than 10 MB; attach a smaller one."


@pytest.mark.parametrize("split_at", [200, None])
async def test_a_text_is_pasted_in_one_part_or_two(
    discord: Sandbox, place: Place, split_at: int | None
) -> None:
    text, more = FERRY[:split_at], FERRY[split_at:] if split_at else ""
    async with served(place, discord):
        form = await discord.slash(moderator(discord), "kb add")
        fields = {"title": "The ferry", "text": text, "more": more}
        added = await discord.submit_modal(form, fields)
        await discord.until(lambda: "To be added" in added.text)

    assert "To be added: The ferry" in added.text
    assert f"1. {FIRST}" in added.text
    assert added.ephemeral


async def test_a_file_may_be_handed_in_with_the_form(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        form = await discord.slash(moderator(discord), "kb add")
        added = await discord.submit_modal(form, {"file": [ferry_file()]})
        await discord.until(lambda: "To be added" in added.text)

    assert "To be added: The ferry of the valley" in added.text


async def test_an_empty_form_is_told(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        form = await discord.slash(moderator(discord, locale="it"), "kb add")
        added = await discord.submit_modal(form, {"title": "Only a title"})

    assert added.text == "Incolla un testo o allega un file."


async def test_an_address_is_fetched(discord: Sandbox, online_place: Place, site: Site) -> None:
    site.says(HTML)
    async with served(online_place, discord):
        mona = moderator(discord)
        added = await discord.slash(mona, "kb add", address=site.url())
        shown = added.text
        await press(discord, mona, added, "publish", until="Published: revision 2·")

    assert "To be added: The ferry of the valley" in shown
    assert "news.example.org" in shown
    [path] = (online_place.knowledge / "articles").glob("the-ferry*.md")
    assert f"url: {site.url()}" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (
            "http://169.254.169.254/latest",
            "169.254.169.254\\` is not an address of the public internet",
        ),
        ("http://127.0.0.1/page", "127.0.0.1\\` is not an address of the public internet"),
        ("ftp://example.org/page", "Only addresses that begin with https"),
        ("nothing", "Only addresses that begin with https"),
        ("http://news.example.org:1/page", "cannot be reached; try again later."),
    ],
)
async def test_addresses_that_must_not_or_cannot_be_fetched_are_refused_with_a_sentence(
    discord: Sandbox, online_place: Place, address: str, why: str
) -> None:
    async with served(online_place, discord):
        refused = await discord.slash(moderator(discord), "kb add", address=address)
        await discord.until(lambda: refused.text)

    assert why in refused.text
    assert online_place.office.previews.waiting() == ()


async def test_a_page_that_is_gone_is_told(
    discord: Sandbox, online_place: Place, site: Site
) -> None:
    async with served(online_place, discord):
        refused = await discord.slash(moderator(discord), "kb add", address=site.url("/nowhere"))
        await discord.until(lambda: refused.text)

    assert "has nothing at this address (404); check it." in refused.text


async def test_an_address_and_a_file_together_are_refused(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        refused = await discord.slash(
            moderator(discord), "kb add", address="https://example.org/", file=ferry_file()
        )

    assert refused.text == "Give an address or a file, not both."


async def from_menu(
    discord: Sandbox, text: str, files: tuple[File, ...] = (), locale: str = "en-US"
) -> Exchange:
    said = discord.post(discord.user("Ada"), discord.channel, text, files=files)
    mona = moderator(discord, locale=locale)
    exchange = await discord.message_command(mona, "Add to knowledge base", said)
    await discord.until(lambda: exchange.text)
    return exchange


async def test_the_menu_takes_a_messages_file(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        added = await from_menu(discord, "Look at https://example.org/", (ferry_file(),))

    assert "To be added: The ferry of the valley" in added.text


@pytest.mark.parametrize("written", ["{}", "See {}.", "<{}>", "[here]({})", "**{}**"])
async def test_the_menu_takes_a_messages_link(
    discord: Sandbox, online_place: Place, site: Site, written: str
) -> None:
    site.says(HTML)
    async with served(online_place, discord):
        added = await from_menu(discord, written.format(site.url()))

    assert "To be added: The ferry of the valley" in added.text


async def test_a_message_without_file_and_link_is_told(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        told = await from_menu(discord, "Nothing here", locale="it")

    assert told.text == "Quel messaggio non ha file né collegamenti."


async def test_an_italian_moderator_reads_italian(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona = moderator(discord, locale="it")
        added = await discord.slash(mona, "kb add", file=ferry_file())
        labels = [
            str(part["label"])
            for part in added.messages[0].components[0]["components"][-1]["components"]
        ]
        shown = added.text
        form = await press(discord, mona, added, "edit")
        await press(discord, mona, added, "publish", until="Pubblicato: revisione 2·")

    assert "Da aggiungere: The ferry of the valley" in shown
    assert "Come sarebbe conservato" in shown
    assert "Inglese" in shown or "inglese" in shown
    assert labels == ["Pubblica", "Modifica", "Scarta"]
    assert form.modal is not None
    assert form.modal["title"] == "Modifica prima di pubblicare"


async def test_what_is_there_already_cannot_be_published_again(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        first = await discord.slash(mona, "kb add", file=ferry_file())
        await press(discord, mona, first, "publish", until="Published")
        same = await discord.slash(mona, "kb add", file=ferry_file())
        near = await discord.slash(
            mona, "kb add", file=ferry_file(content=MARKDOWN.replace("nine", "ten"))
        )

    assert "`the-ferry-of-the-valley` holds the same words already" in same.text
    with pytest.raises(StopIteration):
        found(same.messages[0], "publish")
    assert "Nearly the same stands in `the-ferry-of-the-valley`" in near.text
    assert found(near.messages[0], "publish")


async def test_what_was_thrown_away_is_shown(discord: Sandbox, place: Place) -> None:
    content = f"{MARKDOWN}\nSubscribe to our newsletter\n\nShare this article on Facebook\n"
    async with served(place, discord):
        added = await discord.slash(moderator(discord), "kb add", file=ferry_file(content=content))

    assert "thrown away" in added.text
    assert "Nothing was thrown away" not in added.text
    assert "newsletter" in added.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"published": "yesterday"}, "Write the day as in 2025-02-26"),
        ({"language": "Klingon"}, "Write the language as its code of two letters"),
        ({"url": "example.org"}, "Give the whole address"),
        ({"url": "x", "published": "x"}, "Write the day"),
    ],
)
async def test_metadata_that_cannot_be_stored_is_told_and_nothing_is_changed(
    discord: Sandbox, place: Place, fields: dict[str, str], told: str
) -> None:
    async with served(place, discord):
        mona = moderator(discord)
        added = await discord.slash(mona, "kb add", file=ferry_file())
        before = added.text
        form = await press(discord, mona, added, "edit")
        refused = await discord.submit_modal(form, fields)

    assert told in refused.text
    assert added.messages[0].text == before


async def test_hostile_text_stays_inert(discord: Sandbox, place: Place) -> None:
    hostile = MARKDOWN.replace(
        "title: The ferry of the valley", "title: '@everyone **[free](https://evil.example)**'"
    ).replace("In August 2022", "In August 2022 <@1> `code` ||spoiler||")
    async with served(place, discord):
        added = await discord.slash(moderator(discord), "kb add", file=ferry_file(content=hostile))
        assert "To be added" in added.text

    assert "\\@everyone" in added.text
    assert "[free](" not in added.text
    assert "\\<\\@1\\>" in added.text
    assert "\\|\\|spoiler" in added.text
