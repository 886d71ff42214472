"""Texts become the same terms whether they are indexed or asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analyzer import Analyzer, stem
from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.lexicon import Row
from bot.search.tokens import fold, normalize
from tests.answers.small_knowledge import shipped_analyzer

ROWS = (
    Row("leave", {"en": ("leave", "left", "walk away"), "it": ("lasciare", "andarsene")}),
    Row("step down", {"en": ("step down", "step down from the board")}),
    Row("not for sale", {"en": ("not for sale",)}),
    Row("sale", {"en": ("sale",)}),
    Row("Moscow", {"it": ("Mosca",), "en": ("Moscow",)}),
    Row("fly", {"it": ("mosca",), "en": ("fly",)}),
    Row("board", {"en": ("board",), "de": ("Vorstand",)}),
)


def terms(text: str, language: str = "en") -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The terms and concepts of each unit."""
    return [(unit.terms, unit.concepts) for unit in Analyzer(ROWS).units(text, language)]


def concepts(text: str, language: str = "en") -> set[str]:
    return {concept for _, found in terms(text, language) for concept in found}


@given(st.text(), st.sampled_from([*STEMMERS, "und"]))
def test_units_are_ordered_disjoint_slices_of_the_text(text: str, language: str) -> None:
    end, position = 0, -1
    for unit in Analyzer(ROWS).units(text, language):
        assert end <= unit.start < unit.end <= len(text)
        assert unit.position > position
        end, position = unit.end, unit.position + len(unit.tokens) - 1


WORDS = st.sampled_from(
    ["leave", "walk away", "step down", "from the board", "Moscow", "mosca", "not for sale", "sale"]
) | st.sampled_from(["97.4 billion", "5", "miliardi", "3bn", "and", ".", ",", "Vorstand"])


@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from(["en", "it", "de", "und"]))
def test_units_are_the_same_when_only_some_are_read(text: str, language: str) -> None:
    analyzer = Analyzer(ROWS)
    every = list(analyzer.places(text, language))
    positions = [unit.position for unit in analyzer.units(text, language)]
    assert list(analyzer.places_at(text, language, positions)) == every
    assert list(analyzer.places_at(text, language, positions[::2])) == every[::2]


@given(st.text(st.sampled_from("leav boardstpdwnf,. ABm9"), max_size=60))
def test_asking_finds_every_term_that_indexing_gives(text: str) -> None:
    analyzer = Analyzer(ROWS)
    indexed = list(analyzer.units(text, "en"))
    asked = list(analyzer.units(text, "en", asked=True))
    assert [unit.terms for unit in asked] == [unit.terms for unit in indexed]
    for one, other in zip(indexed, asked, strict=True):
        assert set(one.concepts) <= set(other.concepts)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Musk's LAWSUITS", "musk lawsuit", "en"),
        ("resigned", "Resigning", "en"),
        ("l'offerta", "OFFERTE", "it"),
        ("dall’azienda", "aziende", "it"),
        ("perciò lasciò", "lascio", "it"),
        ("las ofertas", "oferta", "es"),
        ("die Klagen", "klage", "de"),
        ("qu'il a démissionné", "demissionne", "fr"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str, language: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_stems_stand_where_their_words_do() -> None:
    spans, stems = Analyzer(ROWS).stems("The mills, left", "en")
    assert list(spans) == [(0, 3), (4, 9), (11, 15)]
    assert stems == ["the", "mill", "left"]


def test_stop_words_carry_nothing() -> None:
    assert terms("What was it that they have been doing to us?") == []


def test_a_phrase_is_met_before_its_stop_words_go() -> None:
    assert terms("it was not for sale") == [(("en:sale",), ("=not for sale",))]


def test_the_longest_phrase_wins() -> None:
    assert concepts("he would step down from the board") == {"=step down"}
    assert concepts("he would step down onto the board") == {"=step down", "=board"}


def test_a_phrase_holds_in_all_forms_of_its_words() -> None:
    assert concepts("she walked away") == concepts("walking away") == {"=leave"}


def test_a_word_in_several_rows_means_them_all() -> None:
    rows = (Row("one", {"en": ("case",)}), Row("other", {"en": ("case", "trial")}))
    (unit,) = Analyzer(rows).units("cases", "en")
    assert unit.concepts == ("=one", "=other")


def test_a_word_means_a_concept_only_in_its_language() -> None:
    assert concepts("lasciare", "it") == {"=leave"}
    assert concepts("lasciare", "en") == set()


def test_a_name_needs_its_capital_letter() -> None:
    assert concepts("Andò a Mosca", "it") == {"=Moscow", "=fly"}
    assert concepts("Una mosca", "it") == {"=fly"}


def test_a_text_all_in_lower_case_may_hold_names() -> None:
    assert concepts("andare a mosca", "it") == {"=Moscow", "=fly"}


def test_german_nouns_are_no_names() -> None:
    assert concepts("Der vorstand", "de") == concepts("Der Vorstand", "de") == {"=board"}


def test_a_number_is_its_value_in_every_language() -> None:
    assert terms("97.4 billion", "en") == terms("97,4 miliardi", "it") == [(("#97400000000",), ())]


def test_an_unknown_language_has_words_but_no_stems() -> None:
    assert terms("the résumés", "und") == [(("und:the",), ()), (("und:resumes",), ())]


def test_a_very_long_run_of_letters_stands_for_its_beginning() -> None:
    assert stem("a" * 10_000, "und") == "a" * 60


@pytest.mark.parametrize("language", STOP_WORDS)
def test_stop_words_are_in_the_form_in_which_they_are_looked_up(language: str) -> None:
    unreachable = {word for word in STOP_WORDS[language] if fold(normalize(word)) != word}
    assert unreachable == set()


@pytest.mark.parametrize("language", STOP_WORDS)
def test_every_language_has_a_stemmer_and_stop_words(language: str) -> None:
    assert STEMMERS.keys() == STOP_WORDS.keys()
    assert len(STOP_WORDS[language]) > 100


@pytest.mark.parametrize(
    ("english", "other", "language"),
    [
        ("leave", "lasciare", "it"),
        ("offer", "oferta", "es"),
        ("lawsuit", "Klage", "de"),
        ("judge", "juge", "fr"),
        ("resign", "dimettersi", "it"),
        ("money", "soldi", "it"),
    ],
)
def test_the_shipped_lexicon_brings_languages_together(
    english: str, other: str, language: str
) -> None:
    (one,) = shipped_analyzer().units(english, "en")
    (two,) = shipped_analyzer().units(other, language)
    assert set(one.concepts) & set(two.concepts)


def test_an_amount_does_not_reach_into_the_next_sentence() -> None:
    units = Analyzer([]).units("Accadde nel 2018. Mille persone", "it")
    assert [unit.terms[0] for unit in units if unit.is_number] == ["#2018"]


def test_an_ordinal_is_a_word() -> None:
    assert not any(unit.is_number for unit in Analyzer([]).units("the 5th time", "en"))
