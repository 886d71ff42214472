"""What a passage promises at a glance is at least what reading it finds."""

from __future__ import annotations

import pytest

from bot.answers.claims import read_passage
from bot.answers.glance import Glance
from bot.answers.phrasebook import Phrasebook
from bot.answers.promise import Seen, look
from bot.answers.values import COUNT, DATE, MONEY, PERCENT
from bot.articles.contrasts import FILE, read_contrasts
from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer

CONTRASTS = read_contrasts(starter_folder() / FILE)
VALUES = {MONEY, PERCENT, COUNT, DATE}
ANALYZER = Analyzer()
BOOK = Phrasebook(CONTRASTS, ANALYZER)
GLANCE = Glance(CONTRASTS.roles["differ"])
PASSAGES = [passage for one in ArticleStore(starter_folder()).read() for passage in split(one)]


def seen(text: str) -> Seen:
    return look(Passage(Article("a", "", text, "en"), 0, len(text), 1, 1), GLANCE, BOOK)


def test_a_passage_says_that_accounts_differ_if_reading_it_finds_so() -> None:
    found = [look(passage, GLANCE, BOOK) for passage in PASSAGES]
    readings = [read_passage(passage, ANALYZER, BOOK) for passage in PASSAGES]
    assert [one.differs for one in found] == [
        bool(reading.marked and one.value) for one, reading in zip(found, readings, strict=True)
    ]
    assert {one.differs for one in found} == {True, False}


def test_whatever_is_told_where_accounts_differ_is_seen_as_contested() -> None:
    told = 0
    for passage in PASSAGES:
        reading = read_passage(passage, ANALYZER, BOOK)
        first = min(reading.marked, default=len(reading.sentences))
        values = (one for one in reading.statements if one.value.unit in VALUES)
        if any(one.told and one.number >= first for one in values):
            told += 1
            assert look(passage, GLANCE, BOOK).contested
    assert told


@pytest.mark.parametrize(
    "text",
    [
        "Accounts differ. The Post says that she paid $3.",
        "The sum varies: $3, nearly $5 million.",
        "The sum varies. She paid 3 or 5 dollars.",
    ],
)
def test_values_that_are_told_or_listed_are_contested(text: str) -> None:
    assert seen(text).contested


@pytest.mark.parametrize(
    "text",
    [
        "The Post says that she paid $3. Accounts differ on why.",
        "Accounts differ. She paid $3.",
        "Accounts differ. Nobody says how much she paid.",
    ],
)
def test_a_lone_value_is_not_contested(text: str) -> None:
    assert not seen(text).contested


def test_a_text_without_values_is_looked_at_no_further() -> None:
    assert seen("Accounts differ.") == Seen(heading=False, value=False)
