"""Each button under an answer, in both languages, pressed by others, too, and after restarts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.store import ArticleStore
from bot.cogs.cooldowns import Cooldowns, Rate
from bot.cogs.desk import Desk
from bot.records.model import Kept
from bot.records.store import Records
from bot.sandbox import Channel, Exchange, Message, Sandbox
from tests.support.desk import ALWAYS, button, buttons, client, labels, open_desk
from tests.support.quarrel import ARTICLES, OFFERED, UNKNOWN, open_quarrel, small_article
from tests.support.wire import online


async def answer_to(discord: Sandbox, question: str = OFFERED) -> list[Message]:
    exchange = await discord.slash(discord.user("Ada"), "ask", question=question)
    return exchange.messages


def for_all(discord: Sandbox, place: Channel | None = None) -> list[Message]:
    return [one for one in discord.messages(place) if not one.ephemeral]


def says(exchange: Exchange, told: str) -> bool:
    return told in exchange.messages[-1].text


@pytest.mark.parametrize(
    ("locale", "action", "told"),
    [
        ("en-US", "sides", "### Both sides on: How much did Bruno Carta offer for the mill?"),
        ("it", "sides", "### Le due parti su: How much did Bruno Carta offer for the mill?"),
        ("en-US", "context", "The article begins here."),
        ("it", "context", "L'articolo comincia qui."),
        ("en-US", "verify", "Verified: the passage stands in the stored article word for word."),
        ("it", "verify", "Verificato: il passaggio sta nell'articolo conservato"),
        ("en-US", "helpful", "Noted: this helped. Thank you."),
        ("it", "helpful", "Annotato: è servito. Grazie."),
        ("en-US", "unhelpful", "Noted: this did not help. Thank you."),
        ("it", "unhelpful", "Annotato: non è servito. Grazie."),
    ],
)
async def test_a_press_is_answered_to_whoever_pressed_alone_in_their_language(
    discord: Sandbox, desk: Desk, locale: str, action: str, told: str
) -> None:
    async with online(client(desk), discord):
        messages = await answer_to(discord)
        bea = discord.user("Bea", locale=locale)
        exchange = await discord.press(bea, *button(messages, action))

    assert told in exchange.text
    assert all(one.visible_to is bea for one in exchange.messages)


async def test_more_shows_the_next_passages_until_there_are_none(
    discord: Sandbox, tmp_path: Path
) -> None:
    bakers = [
        small_article(f"b{n}", f"Baker number {n} sold rye bread in the valley.", title=f"B{n}")
        for n in range(7)
    ]
    with open_desk(open_quarrel(tmp_path, [*ARTICLES, *bakers])) as desk:
        async with online(client(desk), discord):
            bea = discord.user("Bea", locale="it")
            seen = await answer_to(discord, "Which baker sold rye bread in the valley?")
            shown = [labels(seen[-1]).count("Read the article")]
            while True:
                exchange = await discord.press(bea, *button(seen, "more"))
                if not buttons(exchange.messages[-1], "more"):
                    break
                seen = exchange.messages
                shown.append(labels(seen[-1]).count("Leggi l'articolo"))
                assert seen[0].visible_to is bea

    assert exchange.text == "Non ci sono altri passaggi."
    assert shown[0] == 3
    assert sum(shown) >= 7


async def test_context_shows_the_passage_between_its_neighbours(
    discord: Sandbox, tmp_path: Path
) -> None:
    text = "\n\n".join(
        f"## Part {n}\n\n" + f"The {name} of the valley was quiet and green that year. " * 8
        for n, name in enumerate(("river", "windmill", "harbour"))
    )
    article = small_article("parts", text, title="Parts")
    with open_desk(open_quarrel(tmp_path, [article])) as desk:
        async with online(client(desk), discord):
            messages = await answer_to(discord, "What about the windmill of the valley?")
            key = next(one for one in buttons(messages[0], "context"))
            exchange = await discord.press(discord.user("Bea"), messages[0], key)

    order = [exchange.text.index(name) for name in ("river", "windmill", "harbour")]
    assert order == sorted(order)
    assert "-# **Before** · passage" in exchange.text
    assert "-# **After** · passage" in exchange.text


@pytest.mark.parametrize(
    ("locale", "moved", "changed", "gone"),
    [
        ("en-US", "at another place than before", "no longer in it", "no longer in the knowledge"),
        ("it", "in un punto diverso da prima", "non ci sono più", "non è più nella base"),
    ],
)
async def test_verify_tells_what_has_become_of_a_passage(
    discord: Sandbox, tmp_path: Path, locale: str, moved: str, changed: str, gone: str
) -> None:
    offer, others = ARTICLES[0], ARTICLES[1:]
    first = offer.text.split("\n\n")[0]
    versions = {
        moved: replace(offer, text=f"An editor wrote this line. {offer.text}"),
        changed: replace(offer, text=offer.text.replace("ten million", "nine million")),
    }
    served = Served(open_quarrel(tmp_path / "first"))
    with open_desk(served) as desk:
        async with online(client(desk), discord):
            bea = discord.user("Bea", locale=locale)
            messages = await answer_to(discord)
            message, key = button(messages, "verify")
            for told, version in versions.items():
                # Changed in the file that is served, and then published.
                ArticleStore(tmp_path / "first").write(version)
                assert told in (await discord.press(bea, message, key)).text
                served.swap(open_quarrel(tmp_path / told, [version, *others]))
                again = (await discord.press(bea, message, key)).text
                assert (told in again) or (told is moved and first in version.text)
            (tmp_path / told / "articles" / "offer.md").unlink()
            served.swap(open_quarrel(tmp_path / "first"))
            (tmp_path / "first" / "articles" / "offer.md").unlink()
            assert gone in (await discord.press(bea, message, key)).text
            served.swap(open_quarrel(tmp_path / "others", others))
            assert gone in (await discord.press(bea, message, key)).text
            assert gone in (await discord.press(bea, *button(messages, "context"))).text


async def test_verify_names_place_and_digest_of_the_stored_text(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        messages = await answer_to(discord)
        exchange = await discord.press(discord.user("Bea"), *button(messages, "verify"))

    end = ARTICLES[0].text.index("\n\nIn June")
    assert f"characters 0 to {end} of “The offer for the mill”" in exchange.text
    assert f"`{ARTICLES[0].sha256}`" in exchange.text


async def test_the_last_judgement_of_a_member_counts(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        messages = await answer_to(discord)
        bea, carl = discord.user("Bea"), discord.user("Carl")
        for member, action in ((bea, "helpful"), (bea, "unhelpful"), (carl, "helpful")):
            await discord.press(member, *button(messages, action))
        desk.records.flush()

    [feedback] = desk.records.feedback()
    assert (feedback.helpful, feedback.unhelpful) == (1, 1)


@pytest.mark.parametrize(
    ("locale", "title", "noted"),
    [
        ("en-US", "Report a passage", "The moderators will see it"),
        ("it", "Segnala un passaggio", "I moderatori vedranno la segnalazione"),
    ],
)
async def test_a_report_is_asked_for_in_a_form_and_noted(
    discord: Sandbox, desk: Desk, locale: str, title: str, noted: str
) -> None:
    async with online(client(desk), discord):
        bea = discord.user("Bea", locale=locale)
        form = await discord.press(bea, *button(await answer_to(discord), "report"))
        assert form.modal is not None
        [field] = [label["component"]["custom_id"] for label in form.modal["components"]]
        sent = await discord.submit_modal(form, {field: "The sum is wrong."})
        desk.records.flush()

    assert form.modal["title"] == title
    assert noted in sent.text
    assert sent.ephemeral
    assert [one.reason for one in desk.records.reports()] == ["The sum is wrong."]


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "-# Shared by {ada}."), ("it", "-# Condiviso da {ada}.")]
)
async def test_a_private_answer_is_shared_once_however_often_its_button_is_pressed(
    discord: Sandbox, desk: Desk, locale: str, told: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        private = await discord.slash(ada, "ask", question=OFFERED, private=True)
        message, key = button(private.messages, "share")
        presses = [discord.press(ada, message, key) for _ in range(3)]
        exchanges = await asyncio.gather(*presses)
        await discord.until(lambda: for_all(discord))

    shared = for_all(discord)
    assert all(one.settled for one in exchanges)
    assert len(shared) == 1
    assert told.format(ada=ada.mention) in shared[0].text
    assert shared[0].mentions == []
    assert message.component(key)["disabled"]
    assert not buttons(shared[0], "share")


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "You may not write here"), ("it", "Qui non puoi scrivere")]
)
async def test_who_may_not_write_in_a_channel_cannot_share_there(
    discord: Sandbox, desk: Desk, locale: str, told: str
) -> None:
    send_messages, send_in_threads = 1 << 11, 1 << 38
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        thread = discord.thread(discord.user("Bob"), discord.channel, "aside")
        discord.overwrite(discord.channel, ada, deny=send_messages | send_in_threads)
        for place in (discord.channel, thread):
            private = await discord.slash(ada, "ask", channel=place, question=OFFERED, private=True)
            pressed = await discord.press(ada, *button(private.messages, "share"))
            assert told in pressed.text
            assert for_all(discord, place) == []


async def test_in_a_direct_conversation_a_private_answer_can_be_shared(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        eve = discord.user("Eve", member=False)
        room = discord.direct(eve)
        private = await discord.slash(eve, "ask", channel=room, question=OFFERED, private=True)
        await discord.press(eve, *button(private.messages, "share"))
        await discord.until(lambda: for_all(discord, room))


async def test_buttons_work_after_a_restart_of_bot_and_records(
    discord: Sandbox, quarrel: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite3"
    with open_desk(quarrel, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            messages = await answer_to(discord)
            private = await discord.slash(
                discord.user("Carl"), "ask", question=OFFERED, private=True
            )
    bea = discord.user("Bea")
    with open_desk(quarrel, records=Records.open(file)) as desk:
        async with online(client(desk), discord):
            for action in ("sides", "context", "verify", "helpful", "more"):
                exchange = await discord.press(bea, *button(messages, action))
                assert exchange.settled, action
                assert "Something went wrong" not in exchange.text
            assert (await discord.press(bea, *button(messages, "report"))).modal
            await discord.press(private.user, *button(private.messages, "share"))
            await discord.until(lambda: any("Shared by" in one.text for one in discord.messages()))
            reply = await discord.say(
                bea, discord.channel, f"{discord.bot.mention} and why?", reply_to=messages[-1]
            )
    assert f"Understood as: {OFFERED.rstrip('?')}: and why?" in reply.text


@pytest.mark.parametrize(
    ("locale", "told"),
    [("en-US", "no longer kept; please ask it again"), ("it", "non è più conservata")],
)
async def test_a_button_whose_question_was_deleted_says_so(
    discord: Sandbox, desk: Desk, locale: str, told: str
) -> None:
    async with online(client(desk), discord):
        ada = discord.user("Ada", locale=locale)
        answer = (await discord.slash(ada, "ask", question=OFFERED)).messages
        private = (await discord.slash(ada, "ask", question=OFFERED, private=True)).messages
        card = await discord.slash(ada, "privacy")
        await discord.press(ada, *button(card.messages, "forget"))
        for messages, action in ((answer, "more"), (answer, "sides"), (private, "share")):
            exchange = await discord.press(ada, *button(messages, action))
            await discord.until(partial(says, exchange, told))
            assert exchange.messages[-1].ephemeral
        assert "sha256" in (await discord.press(ada, *button(answer, "verify"))).text
        await discord.until(lambda: desk.records.kept_of(ada.id) == Kept())


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ("r:more:AAAAAAAAAA:4", "no longer kept"),
        ("r:sides:AAAAAAAAAA", "no longer kept"),
        ("r:verify:AAAAAAAA.0.AAAAAAAA", "no longer in the knowledge base"),
        ("r:context:AAAAAAAA.ffffffff.AAAAAAAA", "no longer in the knowledge base"),
        ("r:timeline:AAAAAAAAAA:0:later", "no longer kept"),
        ("r:timeline:all:9999:later", "Timeline"),
        ("r:sources:9999:next", "The articles"),
        ("r:helpful:AAAAAAAAAA:AAAAAAAA.0.AAAAAAAA", "Noted"),
    ],
)
async def test_a_forged_custom_id_finds_nothing_and_harms_nothing(
    discord: Sandbox, desk: Desk, forged: str, told: str
) -> None:
    async with online(client(desk), discord):
        message, key = button(await answer_to(discord), "verify")
        message.component(key)["custom_id"] = forged
        exchange = await discord.press(discord.user("Eve"), message, forged)

    assert told in exchange.text


async def test_two_members_who_press_the_same_button_at_once_are_both_answered(
    discord: Sandbox, desk: Desk
) -> None:
    async with online(client(desk), discord):
        messages = await answer_to(discord)
        bea, carl = discord.user("Bea", locale="it"), discord.user("Carl")
        for action in ("verify", "more", "context", "sides"):
            mine, his = await asyncio.gather(
                *(discord.press(one, *button(messages, action)) for one in (bea, carl))
            )
            assert mine.messages[0].visible_to is bea
            assert his.messages[0].visible_to is carl
            assert mine.text != his.text


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "You have asked a lot"), ("it", "Hai chiesto molto")]
)
async def test_presses_have_a_cooldown_of_their_own(
    discord: Sandbox, quarrel: KnowledgeBase, locale: str, told: str
) -> None:
    with open_desk(quarrel, cooldowns=Cooldowns(ALWAYS, ALWAYS, Rate(2, 600.0))) as desk:
        async with online(client(desk), discord):
            messages = await answer_to(discord)
            bea = discord.user("Bea", locale=locale)
            texts = [(await discord.press(bea, *button(messages, "verify"))).text for _ in range(3)]
            other = await discord.press(discord.user("Carl"), *button(messages, "verify"))

    assert told in texts[2]
    assert "<t:" in texts[2]
    assert "sha256" in texts[1]
    assert "sha256" in other.text


async def test_a_refusal_has_no_button(discord: Sandbox, desk: Desk) -> None:
    async with online(client(desk), discord):
        [message] = await answer_to(discord, UNKNOWN)

    assert buttons(message) == []
