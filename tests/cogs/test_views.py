"""/sides, /timeline and /sources, in both languages, with their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cogs.desk import Desk
from bot.records.store import Records
from bot.sandbox import Sandbox
from bot.sandbox.model import each_component
from tests.support.desk import button, buttons, client, labels, open_desk
from tests.support.quarrel import ARTICLES, open_quarrel, small_article
from tests.support.wire import online

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("locale", "topic", "told"),
    [
        (
            "en-US",
            "verdict",
            ["### Both sides on: verdict", "### Bello's side", "### Carta's side"],
        ),
        ("it", "verdict", ["### Le due parti su: verdict", "### Bello\n", "### Carta\n"]),
        (
            "en-US",
            "consorzio",
            ["troppa farina", "No sentence was found here that gives the account of Carta's side"],
        ),
        ("it", "consorzio", ["troppa farina", "nessuna frase con la versione di Carta"]),
        ("en-US", "sourdough", ["No article here says what a side thinks about that."]),
        ("it", "sourdough", ["Nessun articolo dice che cosa ne pensa una delle parti."]),
    ],
)
async def test_sides_shows_each_and_says_aloud_which_is_missing(
    discord: Sandbox, desk: Desk, locale: str, topic: str, told: list[str]
) -> None:
    async with online(client(desk), discord):
        exchange = await discord.slash(discord.user("Ada", locale=locale), "sides", topic=topic)

    assert [words for words in told if words not in exchange.text] == []
    assert not exchange.ephemeral


async def test_sides_shows_as_many_statements_of_each_with_a_citation(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada")
        exchange = await discord.slash(ada, "sides", topic="the lawsuit", private=True)
        context = await discord.press(ada, *button(exchange.messages, "context"))

    [bello], [carta] = (
        [line for line in exchange.text.splitlines() if line.startswith(f"1. {name}")]
        for name in ("Anna Bello", "Bruno Carta")
    )
    assert bello == "1. Anna Bello contended that the lawsuit was only about money."
    assert carta == "1. Bruno Carta contended that the lawsuit was about a broken promise."
    assert exchange.text.count("[The offer for the mill](<https://example.org/offer>)") == 2
    assert "attributed by “Anna Bello contended”" in exchange.text
    assert all(one.visible_to is ada for one in exchange.messages)
    assert "In context" in context.text


@pytest.mark.parametrize("command", ["sides", "timeline"])
@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "Ask a question"), ("it", "Fai una domanda")]
)
async def test_an_unusable_topic_is_told(
    discord: Sandbox, desk: Desk, command: str, locale: str, told: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        if command == "sides":
            exchange = await discord.slash(ada, command, topic="\u200b")
        else:
            exchange = await discord.slash(ada, command, about="\u200b")

    assert exchange.text.startswith(told)


@pytest.mark.parametrize(
    ("locale", "heading", "page", "beginning"),
    [
        ("en-US", "### Timeline", "1 to 5 of 5", "Timeline"),
        ("it", "### Cronologia", "da 1 a 5 di 5", "Cronologia"),
    ],
)
async def test_timeline_shows_a_picture_with_words_for_it_and_the_statements(
    discord: Sandbox, desk: Desk, locale: str, heading: str, page: str, beginning: str
) -> None:
    async with online(client(desk), discord):
        exchange = await discord.slash(discord.user("Ada", locale=locale), "timeline")

    [message] = exchange.messages
    [gallery] = [part for part in each_component(message.components) if part["type"] == 12]
    [item] = gallery["items"]
    alt = item["description"]
    [picture] = message.attachments
    assert picture.file.data.startswith(PNG)
    assert alt.startswith(beginning)
    assert "2019" in alt
    assert exchange.text.startswith(heading)
    assert page in exchange.text
    years = [line[2:6] for line in exchange.text.splitlines() if line.startswith("**")]
    assert years == ["2018", "2019", "2020", "2021", "2023"]
    assert not buttons(message, "timeline")


@pytest.mark.parametrize(
    ("locale", "about", "told"),
    [
        ("en-US", "the lawsuit", "### Timeline: the lawsuit"),
        ("it", "the lawsuit", "### Cronologia: the lawsuit"),
        ("en-US", "sourdough", "No article here has a dated statement about that."),
        ("it", "sourdough", "Nessun articolo ha un'affermazione datata su questo."),
    ],
)
async def test_a_timeline_of_a_topic(
    discord: Sandbox, desk: Desk, locale: str, about: str, told: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        exchange = await discord.slash(ada, "timeline", about=about, private=True)

    assert told in exchange.text
    assert exchange.ephemeral
    assert "ten million" not in exchange.text


def decades() -> str:
    """Dated statements that fill more than one page."""
    return "\n\n".join(
        f"In March {1960 + number} the harvest number {number} of the valley was sold in town."
        for number in range(0, 36, 2)
    )


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_a_timeline_is_paged_with_buttons_also_after_a_restart(
    discord: Sandbox, tmp_path: Path, locale: str
) -> None:
    knowledge = open_quarrel(tmp_path, [small_article("harvests", decades(), title="Harvests")])
    file = tmp_path / "records.sqlite3"
    bea = discord.user("Bea", locale=locale)
    with open_desk(knowledge, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            exchange = await discord.slash(bea, "timeline", about="the harvest of the valley")
    seen = [exchange.text]
    with open_desk(knowledge, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            while True:
                message = exchange.messages[-1]
                back, on = buttons(message, "timeline")
                if message.component(on).get("disabled"):
                    break
                exchange = await discord.press(bea, message, on)
                assert exchange.ephemeral
                seen.append(exchange.text)
            first = await discord.press(bea, message, back)

    read = "\n".join(seen)
    shown = [
        number for number in range(0, 36, 2) if f"harvest number {number} " in read.replace("_", "")
    ]
    assert len(seen) > 1
    assert shown == list(range(0, 36, 2))
    assert first.text == seen[-2] or len(seen) == 2


@pytest.mark.parametrize(
    ("locale", "heading", "line"),
    [
        ("en-US", "### The articles", "-# 2024-03-05 · Italian · 1 passage"),
        ("it", "### Gli articoli", "-# 2024-03-05 · italiano · 1 passaggio"),
    ],
)
async def test_sources_lists_the_articles_to_whoever_asks(
    discord: Sandbox, desk: Desk, locale: str, heading: str, line: str
) -> None:
    async with online(client(desk), discord):
        exchange = await discord.slash(discord.user("Ada", locale=locale), "sources")

    assert exchange.ephemeral
    assert exchange.text.startswith(heading)
    assert "[L'addio al consorzio](<https://example.org/addio>) (The Valley Post)" in exchange.text
    assert line in exchange.text
    assert buttons(exchange.messages[0]) == []


async def test_sources_turns_its_pages_in_place(discord: Sandbox, tmp_path: Path) -> None:
    more = [small_article(f"a{n:02}", f"Rye number {n}.", title=f"Rye {n:02}") for n in range(30)]
    with open_desk(open_quarrel(tmp_path, [*ARTICLES, *more])) as desk:
        async with online(client(desk), discord):
            bea = discord.user("Bea", locale="it")
            [message] = (await discord.slash(bea, "sources")).messages
            pages = [message.text]
            while not message.component(buttons(message)[1]).get("disabled"):
                exchange = await discord.press(bea, message, buttons(message)[1])
                assert exchange.messages == [message]
                pages.append(message.text)

    listed = [f"Rye {n:02}" for n in range(30) if f"[Rye {n:02}]" in "\n".join(pages)]
    assert len(listed) == 30
    assert [page.splitlines()[-1].split(" · ")[0] for page in pages] == [
        "-# da 1 a 12 di 33",
        "-# da 13 a 24 di 33",
        "-# da 25 a 33 di 33",
    ]
    assert labels(message) == ["Indietro", "Avanti"]
