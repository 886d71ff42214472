"""/help and /privacy, in both languages."""

from __future__ import annotations

import pytest

from bot.cogs.desk import Desk
from bot.records.model import Kept
from bot.sandbox import Sandbox
from tests.support.desk import button, buttons, client
from tests.support.quarrel import OFFERED
from tests.support.wire import online


@pytest.mark.parametrize(
    ("locale", "named"),
    [
        ("en-US", ["`/ask`", "`/sides`", "`/timeline`", "`/sources`", "“Find receipts for this”"]),
        (
            "it",
            ["`/chiedi`", "`/parti`", "`/cronologia`", "`/fonti`", "“Cerca le prove di questo”"],
        ),
    ],
)
async def test_help_names_every_way_in_four_lines(
    discord: Sandbox, desk: Desk, locale: str, named: list[str]
) -> None:
    async with online(client(desk), discord):
        exchange = await discord.slash(discord.user("Ada", locale=locale), "help")

    assert exchange.ephemeral
    assert [name for name in named if name not in exchange.text] == []
    assert "`/privacy`" in exchange.text
    assert len([line for line in exchange.text.splitlines() if line.startswith("- ")]) == 4


@pytest.mark.parametrize(
    ("locale", "nothing", "yours", "deleted"),
    [
        (
            "en-US",
            "Nothing is kept of you.",
            "questions 1, judgements 1, reports 1",
            "Deleted: questions 1, judgements 1, reports 1.",
        ),
        (
            "it",
            "Di te non è conservato nulla.",
            "domande 1, giudizi 1, segnalazioni 1",
            "Cancellato: domande 1, giudizi 1, segnalazioni 1.",
        ),
    ],
)
async def test_privacy_tells_what_is_kept_of_whoever_asks_and_deletes_it(
    discord: Sandbox, desk: Desk, locale: str, nothing: str, yours: str, deleted: str
) -> None:
    async with online(client(desk), discord):
        ada, other = discord.user("Ada", locale=locale), discord.user("Other")
        before = await discord.slash(ada, "privacy")
        for member in (ada, other):
            messages = (await discord.slash(member, "ask", question=OFFERED)).messages
            await discord.press(member, *button(messages, "helpful"))
            form = await discord.press(member, *button(messages, "report"))
            assert form.modal is not None
            field = form.modal["components"][0]["component"]["custom_id"]
            await discord.submit_modal(form, {field: "Out of date."})
        card = await discord.slash(ada, "privacy")
        gone = await discord.press(ada, *button(card.messages, "forget"))
        after = await discord.slash(ada, "privacy")

    assert nothing in before.text
    assert nothing in after.text
    assert buttons(before.messages[0]) == []
    assert yours in card.text
    assert deleted in gone.text
    assert card.ephemeral
    assert gone.ephemeral
    assert desk.records.kept_of(other.id) == Kept(1, 1, 1)
