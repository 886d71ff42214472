"""What is offered for what is typed so far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.suggesting import Suggestions

TEXTS = (
    "Why did Anna leave the mill?",
    "Perché Bello ha lasciato il mulino?",
    "Anna Bello",
    "The offer for the mill",
    "Leave it to the bakers",
)
texts = st.lists(st.text(max_size=30), max_size=12)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("why", "Why did Anna leave the mill?"),
        ("leave", "Leave it to the bakers"),
        ("anna", "Anna Bello"),
        ("PERCHE", "Perché Bello ha lasciato il mulino?"),
        ("perchè bello", "Perché Bello ha lasciato il mulino?"),
        ("ofer for the mil", "The offer for the mill"),
        ("  why  did ", "Why did Anna leave the mill?"),
    ],
)
def test_the_likeliest_comes_first(typed: str, first: str) -> None:
    assert Suggestions(TEXTS).matching(typed, 5)[0] == first


def test_what_begins_so_comes_before_what_has_a_word_that_begins_so() -> None:
    assert Suggestions(TEXTS).matching("leave", 5)[:2] == (
        "Leave it to the bakers",
        "Why did Anna leave the mill?",
    )


def test_what_nothing_fits_gets_nothing() -> None:
    assert Suggestions(TEXTS).matching("zzzzzz", 5) == ()


def test_when_nothing_is_typed_recent_ones_come_first_and_then_all_in_their_order() -> None:
    found = Suggestions(TEXTS).matching(" ", 4, recent=["Who sued?", TEXTS[2]])
    assert found == ("Who sued?", TEXTS[2], TEXTS[0], TEXTS[1])


def test_a_recent_one_comes_before_another_as_good() -> None:
    found = Suggestions(["Anna Bello"]).matching("anna", 5, recent=["Anna who?"])
    assert found == ("Anna who?", "Anna Bello")


@given(texts, texts, st.text(max_size=20), st.integers(1, 25))
def test_each_is_offered_once_and_never_more_than_asked_for(
    known: list[str], recent: list[str], typed: str, most: int
) -> None:
    found = Suggestions(known).matching(typed, most, recent=recent)
    assert len(found) == len(set(found)) <= most
    assert set(found) <= {*known, *recent}


@given(texts.filter(any))
def test_whoever_types_all_of_a_text_is_offered_it(known: list[str]) -> None:
    for text in known:
        if text.strip():
            assert text in Suggestions(known).matching(text, 25)
