"""What each side says: as much of each, word for word, and who is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.sides import SideBySide, SideStatement
from bot.errors import InputError
from tests.support.quarrel import open_quarrel, small_article


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return open_quarrel(tmp_path_factory.mktemp("quarrel"))


def said(found: SideBySide) -> dict[str, list[str]]:
    return {side.id: [one.text for one in statements] for side, statements in found.sides}


@pytest.mark.parametrize(
    ("topic", "bello", "carta"),
    [
        ("the lawsuit", "was only about money", "was about a broken promise"),
        ("What about the verdict?", "was fair to everybody", "would appeal the verdict"),
        ("la causa", "was only about money", "was about a broken promise"),
    ],
)
def test_each_side_is_heard_on_what_was_asked(
    quarrel: KnowledgeBase, topic: str, bello: str, carta: str
) -> None:
    found = said(quarrel.sides(topic))
    assert bello in found["bello"][0]
    assert carta in found["carta"][0]


def test_sides_come_in_the_order_of_the_dispute(quarrel: KnowledgeBase) -> None:
    for topic in ("the lawsuit", "sourdough"):
        assert list(said(quarrel.sides(topic))) == ["bello", "carta"]


def test_a_side_that_says_nothing_of_it_is_missing(quarrel: KnowledgeBase) -> None:
    found = quarrel.sides("the consorzio")
    assert [side.id for side in found.missing] == ["carta"]
    assert not found.empty
    nothing = quarrel.sides("sourdough")
    assert nothing.empty
    assert [side.id for side in nothing.missing] == ["bello", "carta"]


def every(found: SideBySide) -> list[SideStatement]:
    return [one for _, statements in found.sides for one in statements]


def test_a_statement_is_a_sentence_of_its_passage_and_that_sides(quarrel: KnowledgeBase) -> None:
    for side, statements in quarrel.sides("the mill").sides:
        for one in statements:
            assert one.text == one.passage.text[one.start : one.end]
            assert one.attribution.account == side.id
            assert (one.attribution.start, one.attribution.end) == (one.start, one.end)


def test_the_side_that_says_more_does_not_get_more_room(tmp_path: Path) -> None:
    long = "and that everybody in the valley who ever ate bread knew so very well indeed"
    text = " ".join(
        [
            "Anna Bello said that the harbour was closed.",
            f"Bruno Carta said that the harbour was open {long}.",
            "Bruno Carta said that the harbour was still open.",
            "Bruno Carta said that the harbour belonged to the town.",
            f"Bruno Carta said that the harbour was a ruin {long}.",
        ]
    )
    found = open_quarrel(tmp_path, [small_article("harbour", text, title="Harbour")])
    heard = said(found.sides("the harbour"))
    assert len(heard["bello"]) == len(heard["carta"]) == 1
    assert len(heard["carta"][0]) < 1.4 * len(heard["bello"][0])


def test_what_is_said_twice_is_shown_once(tmp_path: Path) -> None:
    text = "Anna Bello said that the harbour was closed. " * 2
    articles = [small_article(name, text, title=name) for name in ("one", "two")]
    found = open_quarrel(tmp_path, articles).sides("the harbour")
    assert len(every(found)) == 1


def test_a_heading_is_no_statement(tmp_path: Path) -> None:
    text = "## What Anna Bello says\n\nThe harbour, she told us, was closed."
    found = open_quarrel(tmp_path, [small_article("harbour", text, title="Harbour")])
    assert said(found.sides("What does Anna Bello say of the harbour"))["bello"] == [
        "The harbour, she told us, was closed."
    ]


def test_a_sentence_about_something_else_needs_a_passage_that_is_on_the_topic(
    tmp_path: Path,
) -> None:
    on_it = (
        "The repair of the harbour cost a fortune. "
        "Anna Bello said that the harbour's repair was paid by the town. "
        "Nobody else would pay for the repair of a harbour as old as this harbour."
    )
    aside = (
        "Bruno Carta said that the flour of that summer was by far the worst he ever saw. "
        "It was baked all the same, and eaten by those who came by, whatever they thought of it. "
        "Long ago somebody else had put a loaf on a wall of the harbour, which nobody believes."
    )
    articles = [
        small_article("harbour", on_it, title="The harbour"),
        small_article("aside", aside, title="Bread"),
    ]
    found = open_quarrel(tmp_path, articles).sides("the harbour")
    assert [side.id for side in found.missing] == ["carta"]


@pytest.mark.parametrize("topic", ["", " ", "\u200b", "x" * 4001])
def test_what_is_no_topic_is_refused(quarrel: KnowledgeBase, topic: str) -> None:
    with pytest.raises(InputError):
        quarrel.sides(topic)
