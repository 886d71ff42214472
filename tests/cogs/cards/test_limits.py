"""Whatever they show, cards keep to Discord's limits, and nothing gets lost."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import Claim, Disagreement
from bot.answers.sides import SideBySide, SideStatement
from bot.answers.timeline import Entry, Timeline
from bot.articles.accounts import Attribution
from bot.articles.model import Article, Passage, Reference, Side
from bot.articles.moments import When
from bot.articles.occurrences import Statement
from bot.articles.passage_key import Found
from bot.articles.verification import Verified
from bot.cogs.cards.block import (
    MOST_COMPONENTS,
    MOST_TEXT,
    Container,
    notice,
    packed,
    pages_of,
    size_of,
)
from bot.cogs.cards.notices import privacy_card, sources_card
from bot.cogs.cards.passage import context_messages, verified_card
from bot.cogs.cards.sides import sides_messages
from bot.cogs.cards.timeline import PICTURE, timeline_message
from bot.records.model import Kept
from bot.wording import Wording
from tests.support.answers import Scripted, answered, citation, passage, unanswered
from tests.support.cards import ENGLISH, ITALIAN, KEY, body, checked, shown, texts
from tests.support.reading import as_read

ENDLESS = "*_`" * 2000
FAR = "https://example.org/" + "a" * 270
BOTH = pytest.mark.parametrize("wording", [ENGLISH, ITALIAN], ids=["en", "it"])


def worst(number: int = 0, text: str = ENDLESS) -> Passage:
    """A passage of which everything is as long as it can be, and has to be escaped."""
    article = Article(
        id=f"worst-{number}",
        title=f"{number}{ENDLESS}",
        text=text,
        language="de",
        publisher=ENDLESS,
        url=FAR,
        published=date(2024, 3, 5),
        sources=tuple(Reference(ENDLESS, ENDLESS, FAR + str(n)) for n in range(20)),
    )
    return Passage(article, 0, len(text), 1, 1)


class Many(Scripted):
    """A knowledge base whose passages are given."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        super().__init__()
        self._parts = replace(self._parts, passages=passages)


@BOTH
@pytest.mark.parametrize("url", [FAR, None])
def test_an_answer_of_the_longest_of_everything(wording: Wording, url: str | None) -> None:
    first = worst()
    cited = Passage(replace(first.article, url=url), 0, len(first.text), 1, 1)
    claims = tuple(Claim(worst(n), 4000, 4300, (0, 6000), str(n)) for n in range(8))
    answer = replace(
        answered(*(citation(cited, rank=n, also_in=(worst(1),) * 9) for n in (1, 2, 3))),
        understood_as=ENDLESS,
        disagreements=(Disagreement("amount", claims), Disagreement("manner", claims[:2])),
    )

    messages = shown(answer, wording=wording, private=True, shared_by="<@1>")

    assert wording.say("answer.and_more", number=6) in str(messages)


@BOTH
def test_a_refusal_of_the_longest_of_everything(wording: Wording) -> None:
    refusal = replace(
        unanswered(words=(ENDLESS,) * 9, nearest=tuple(worst(n) for n in range(9))),
        understood_as=ENDLESS,
    )

    [[card]] = shown(refusal, wording=wording, private=True)

    assert str(card).count("- [") >= 3


@BOTH
def test_sources_of_the_longest_names_are_all_listed_on_some_page(wording: Wording) -> None:
    knowledge = Many(tuple(worst(n) for n in range(30)))
    pages = [sources_card(knowledge, page, wording) for page in range(30)]

    checked([[page] for page in pages])

    read = "\n".join(map(texts, pages))
    assert [n for n in range(30) if f"[{n}\\*" not in read] == []


@BOTH
@pytest.mark.parametrize("picture", [None, "a picture"])
def test_a_timeline_of_the_longest_statements_is_all_on_some_page(
    wording: Wording, picture: str | None
) -> None:
    def entry(number: int) -> Entry:
        said = worst(number)
        when = When(1990 + number, None, None)
        return Entry(Statement(when, None, said, 0, 6000, (0, 9)), (worst(99),) * 9)

    found = Timeline(ENDLESS, tuple(map(entry, range(9))), left_out=7)
    pages = [
        timeline_message(found, KEY, page, Scripted(), wording, alt=picture) for page in range(9)
    ]

    checked(pages, [PICTURE])

    read = ["\n".join(map(texts, page)) for page in pages]
    assert len(set(read)) > 2
    assert [n for n in range(9) if f"**{1990 + n}**" not in "\n".join(read)] == []


@BOTH
@pytest.mark.parametrize("count", [1, 2, 3])
def test_sides_of_the_longest_statements(wording: Wording, count: int) -> None:
    said = Attribution("a", 0, 6000, None, (0, 3000), "says")
    statements = tuple(SideStatement(worst(n), 0, 6000, said, 1.0) for n in range(count))
    sides = tuple((Side(name, name + ENDLESS), statements) for name in "ab")

    checked(sides_messages(SideBySide(ENDLESS, "en", sides), Scripted(), wording))


@BOTH
def test_a_passage_of_six_thousand_characters_in_its_context_is_all_there(
    wording: Wording,
) -> None:
    text = string.printable.strip() * 64
    here = worst(text=text)

    messages = checked(context_messages(here, Many((here,)), wording))

    every = [container for message in messages for container in message]
    pieces = [body(one) for one in every if len(one["components"]) > 1]
    assert len(pieces) > 1
    assert "".join(map(as_read, pieces)) == text


@BOTH
def test_what_is_told_of_a_passage_and_of_a_member_fits(wording: Wording) -> None:
    here = worst()
    verified = Verified(True, 0, 6000, "f" * 64, False)
    for found in (Found(here.article, here, True), Found(here.article)):
        checked([[verified_card(found, verified, Scripted(), wording)]])
    checked([[privacy_card(Kept(10**9, 10**9, 10**9), wording)]])


sizes = st.lists(st.tuples(st.integers(1, 4000), st.integers(0, 5)), max_size=40)


@settings(deadline=None)
@given(sizes)
def test_containers_are_packed_in_order_and_no_message_is_over_a_limit(
    made: list[tuple[int, int]],
) -> None:
    containers = [_container(*size) for size in made]

    messages = packed(containers)

    assert [one for message in messages for one in message] == containers
    for message in messages:
        texts, parts = zip((0, 0), *map(size_of, message), strict=True)
        assert sum(texts) <= MOST_TEXT
        assert sum(parts) <= MOST_COMPONENTS
    assert all(messages) or not containers


def _container(characters: int, buttons: int) -> Container:
    container = notice("x" * characters)
    if buttons:
        container.add_item(ui.ActionRow(*(ui.Button(label="x") for _ in range(buttons))))
    return container


@given(st.lists(st.text(max_size=30), max_size=40), st.integers(1, 9), st.integers(1, 60))
def test_pages_hold_every_text_once_and_in_order(texts: list[str], most: int, room: int) -> None:
    pages = pages_of(texts, most, room)

    assert [number for page in pages for number in page] == list(range(len(texts)))
    assert all(len(page) <= most for page in pages)
    for page in pages:
        size = sum(len(texts[number]) + 1 for number in page)
        assert size <= room or len(page) == 1


@pytest.mark.parametrize("most", [1, 2, 6])
def test_where_only_so_many_messages_may_follow_the_first_passages_are_shown(most: int) -> None:
    long = " ".join(f"This is sentence {n} of a very long passage." for n in range(80))
    answer = answered(*(citation(passage_of(long, n), rank=n) for n in range(1, 6)))

    messages = shown(answer, most=most)

    assert len(messages) <= most
    assert "sentence 0 of" in str(messages[0])


def passage_of(text: str, number: int) -> Passage:
    whole = passage()
    article = replace(whole.article, id=f"a{number}", text=text)
    return Passage(article, 0, len(text), 1, 1)
