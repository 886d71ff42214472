"""The language of a question is told as people type: in lower case, without accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import UNDETERMINED
from bot.search.analyzer import stem
from bot.search.languages import STEMMERS
from bot.search.lexicon import Lexicon
from bot.search.question_language import question_language
from tests.answers.small_knowledge import shipped_analyzer

QUESTIONS = {
    "en": (
        "why did musk leave openai",
        "how much was the offer",
        "who won the trial",
        "and when did he sue",
        "what is stargate",
        "lawsuit august 2024",
        "did zuckerberg join the bid",
        "when was chatgpt released",
        "is it a charity or a business",
        "musk vs altman trial verdict",
    ),
    "it": (
        "perche musk ha lasciato openai",
        "quanto ha offerto musk",
        "chi ha vinto il processo",
        "e quando ha fatto causa",
        "che cos'e stargate",
        "causa agosto 2024",
        "zuckerberg ha firmato l'offerta",
        "quando e uscito chatgpt",
        "chi comanda adesso in openai",
        "dopo quanto e tornato altman",
    ),
    "es": (
        "por que se fue musk de openai",
        "cuanto ofrecio musk",
        "quien gano el juicio",
        "cuando presento la demanda",
        "que es stargate",
        "demanda agosto 2024",
        "cuando salio chatgpt",
        "quien es el juez",
        "que paso con altman en 2023",
        "cuanto dinero dio musk a openai",
    ),
    "de": (
        "warum hat musk openai verlassen",
        "wie viel hat er geboten",
        "wer hat den prozess gewonnen",
        "wann kam chatgpt heraus",
        "was ist stargate",
        "klage august 2024",
        "wer ist der richter",
        "wie viel prozent gehoren microsoft",
        "was wurde aus altman",
        "wann hat er geklagt",
    ),
    "fr": (
        "pourquoi musk a quitte openai",
        "combien a-t-il offert",
        "qui a gagne le proces",
        "quand est sorti chatgpt",
        "c'est quoi stargate",
        "plainte aout 2024",
        "qui est le juge",
        "qui dirige openai maintenant",
        "qu'est devenu altman",
        "est-ce que zuckerberg a participe",
    ),
}


@pytest.mark.parametrize(
    ("question", "language"),
    [(question, language) for language, asked in QUESTIONS.items() for question in asked],
)
def test_a_lazily_typed_question_has_its_language(question: str, language: str) -> None:
    assert question == question.lower()
    assert question.isascii()
    assert question_language(question, shipped_analyzer().lexicon, ("en", "it")) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Stargate?", "es"),
        ("Größe", "de"),
        ("Français", "fr"),
        ("PERCHÉ SE N’È ANDATO?", "it"),
    ],
)
def test_marks_and_accents_tell_too(question: str, language: str) -> None:
    assert question_language(question, shipped_analyzer().lexicon) == language


def test_between_equals_the_preferred_language_wins() -> None:
    empty = Lexicon((), stem)
    assert question_language("la", empty, ("it", "en")) == "it"
    assert question_language("la", empty, ("es", "it")) == "es"


def test_a_mark_of_one_language_counts_as_much_as_a_word_of_it() -> None:
    empty = Lexicon((), stem)
    assert question_language("¿la Stargate", empty, ("it", "es")) == "es"
    assert question_language("la façade", empty, ("it", "fr")) == "fr"


@pytest.mark.parametrize("question", ["", "OpenAI", "1234", "🙂", "xyzzy qwrtz"])
def test_words_that_no_language_knows_tell_nothing(question: str) -> None:
    assert question_language(question, Lexicon((), stem), ("it",)) == UNDETERMINED


@given(st.text())
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    found = question_language(text, Lexicon((), stem), ("it", "pt"))
    assert found in {*STEMMERS, UNDETERMINED}
