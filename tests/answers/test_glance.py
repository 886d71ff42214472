"""A glance at a passage may see too much, and never too little."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from bot.answers.glance import Glance, has_alternatives, has_list, has_value
from bot.answers.phrasebook import Phrasebook
from bot.answers.values import amounts, dates
from bot.articles.contrasts import FILE, read_contrasts
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer

CONTRASTS = read_contrasts(starter_folder() / FILE)
DIFFER = CONTRASTS.roles["differ"]
PASSAGES = [passage for one in ArticleStore(starter_folder()).read() for passage in split(one)]


@pytest.mark.parametrize("language", DIFFER)
def test_every_phrase_for_differing_accounts_is_seen(language: str) -> None:
    glance = Glance(DIFFER)
    for phrase in DIFFER[language]:
        assert glance.differs(f"«{phrase.capitalize()}», so heisst es.", language), phrase


def test_whatever_the_phrasebook_finds_a_glance_has_seen() -> None:
    glance, book = Glance(DIFFER), Phrasebook(CONTRASTS, Analyzer())
    seen = 0
    for passage in PASSAGES:
        language = passage.article.language
        labels = {label for label, _ in book.find(passage.text, language)}
        if "differ" in labels:
            seen += 1
            assert glance.differs(passage.text, language)
    assert seen


def test_whatever_has_a_value_is_seen_to_have_one() -> None:
    analyzer = Analyzer()
    for passage in PASSAGES:
        text, language = passage.text, passage.article.language
        units = list(analyzer.units(text, language))
        if any(amounts(text, units, language)) or any(dates(text, language)):
            assert has_value(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He paid 38 or 45 million dollars.", "en"),
        ("It was March or the 5th of April 2024.", "en"),
        ("Nine or twelve people came.", "en"),
        ("He paid $97.4 billion in cash, or about $100 billion.", "en"),
        ("Erano nove testimoni o forse dodici.", "it"),
        ("Pagò 38 milioni di dollari oppure quasi 45.", "it"),
        ("Es waren fünf oder zwölf Zeugen.", "de"),
        ("Eran dos o tres.", "es"),
    ],
)
def test_alternatives_are_seen(text: str, language: str) -> None:
    assert has_alternatives(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "He left or was made to leave.",
        "In 2018 he left. Nobody knows whether he was asked to go, or whether he went freely.",
        "Nothing at all is said of it.",
    ],
)
def test_where_no_values_stand_beside_or_none_are_seen(text: str) -> None:
    assert not has_alternatives(text, "en")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_may_be_characters_of_their_own(form: Literal["NFC", "NFD"]) -> None:
    text = normalize(form, "Fünf oder zwölf Millionen, im März.")
    assert has_value(text, "de")
    assert has_alternatives(text, "de")
    assert Glance({"it": ("perché divergono",)}).differs(normalize(form, "Perché divergono?"), "it")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The figures differ: $38 million, nearly $45 million.", "en"),
        ("Nine, and well under twelve.", "en"),
        ("It was in March, April of the year after.", "en"),
        ("Accounts differ: 38 and more than US$ 45.", "en"),
        ("Die Angaben weichen ab: fünf und mehr als zwölf.", "de"),
        ("Tra le fonti: 38 e al di sotto dei 45 milioni.", "it"),
        ("Les chiffres divergent : deux, près de trois.", "fr"),
    ],
)
def test_lists_are_seen(text: str, language: str) -> None:
    assert has_list(text, language)


@pytest.mark.parametrize(
    "text", ["In 2024 accounts differ, and nobody knows.", "One of 2 differs, but it is not 3."]
)
def test_one_value_is_no_list(text: str) -> None:
    assert not has_list(text, "en")


def test_letters_may_be_written_as_ligatures_or_wide() -> None:
    assert Glance(DIFFER).differs("Accounts di\ufb00er.", "en")
    assert has_value("He paid \ufb01ve million.", "en")
    assert has_alternatives("\uff26\uff29\uff36\uff25 or nine million.", "en")


@pytest.mark.parametrize("text", ["The accounts D\u0130FFER.", "The accounts d\u0131ffer."])
def test_letters_are_as_small_as_reading_makes_them(text: str) -> None:
    assert Glance(DIFFER).differs(text, "en")


def test_a_text_without_figures_has_no_value() -> None:
    assert not has_value("He left because he wanted more.", "en")
    assert not has_value("Nobody knows why.", "und")
