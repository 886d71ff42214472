"""Rows of words become concepts of single words, names and phrases."""

from __future__ import annotations

from bot.articles.model import Dispute, Entity
from bot.search.analyzer import Analyzer, stem
from bot.search.languages import STEMMERS
from bot.search.lexicon import Lexicon, Row, name_rows

BOTH = Dispute(
    "The mill",
    entities=(
        Entity("anna", "Anna Bello", "person", names={"any": ("Bello",), "en": ("the miller",)}),
        Entity("mill", "Old Mill", "company"),
    ),
)


def meant(text: str, language: str = "en") -> set[str]:
    analyzer = Analyzer(tuple(name_rows(BOTH)))
    return {concept for unit in analyzer.units(text, language) for concept in unit.concepts}


def test_every_name_of_an_entity_means_it_in_every_language() -> None:
    for language in STEMMERS:
        assert meant("Anna Bello", language) == {"=@anna"}
        assert meant("Anna e Bello", language) == {"=@anna"}


def test_a_name_of_one_language_means_the_entity_in_that_language_only() -> None:
    assert meant("where is the miller", "en") == {"=@anna"}
    assert meant("the miller", "it") == set()


def test_two_entities_are_two_concepts() -> None:
    assert meant("Anna Bello of the Old Mill") == {"=@anna", "=@mill"}


def test_a_lexicon_knows_its_single_words_but_not_names_or_phrases() -> None:
    rows = [Row("a", {"en": ("leave", "walk away", "Moscow")})]
    lexicon = Lexicon(rows, stem)
    assert lexicon.knows(stem("leaving", "en"), "en")
    assert not lexicon.knows(stem("leaving", "en"), "it")
    assert not lexicon.knows("walk", "en")
    assert not lexicon.knows("moscow", "en")


def test_a_word_without_letters_is_left_out() -> None:
    assert not Lexicon([Row("a", {"en": ("…", "", "!")})], stem).knows("", "en")


def test_an_empty_lexicon_means_nothing() -> None:
    lexicon = Lexicon((), stem)
    assert lexicon.concepts("leave", "leav", "en", name=True) == ()
    assert lexicon.phrase(["leav"], 0, "en") is None


def test_a_lexicon_knows_how_long_its_longest_phrase_is() -> None:
    lexicon = Lexicon([Row("a", {"en": ("leave", "walk away", "step down from it")})], stem)
    assert lexicon.longest("en") == 4
    assert lexicon.longest("it") == 1
