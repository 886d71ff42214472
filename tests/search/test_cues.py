"""A question says what kind of answer it wants; a sentence, which kinds it may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.cues import Cue, question_cues
from bot.search.held_cues import sentence_cues
from bot.search.languages import STEMMERS


@pytest.mark.parametrize(
    ("language", "question", "wanted"),
    [
        ("en", "When did he leave?", Cue.DATE),
        ("en", "in which year was it founded", Cue.DATE),
        ("en", "How much did they offer?", Cue.MONEY),
        ("en", "how many jurors were there", Cue.NUMBER),
        ("en", "who is the judge", Cue.NAME),
        ("en", "Where was the trial?", Cue.NAME),
        ("en", "Why did he sue?", Cue.REASON),
        ("it", "quando è uscito?", Cue.DATE),
        ("it", "Quanto ha offerto?", Cue.MONEY),
        ("it", "quanti giurati c'erano", Cue.NUMBER),
        ("it", "chi ha vinto", Cue.NAME),
        ("it", "perché se n’è andato?", Cue.REASON),
        ("it", "perche se ne ando", Cue.REASON),
        ("es", "¿Cuándo salió?", Cue.DATE),
        ("es", "¿Cuánto ofreció?", Cue.MONEY),
        ("es", "cuantas personas", Cue.NUMBER),
        ("es", "¿Quién ganó?", Cue.NAME),
        ("es", "¿Por qué se fue?", Cue.REASON),
        ("de", "Wann kam es heraus?", Cue.DATE),
        ("de", "wie viel hat er geboten", Cue.MONEY),
        ("de", "Wie viele Geschworene waren es?", Cue.NUMBER),
        ("de", "Wer hat gewonnen?", Cue.NAME),
        ("de", "weshalb ging er", Cue.REASON),
        ("fr", "Quand est-il sorti ?", Cue.DATE),
        ("fr", "Combien a-t-il offert ?", Cue.MONEY),
        ("fr", "combien de jurés", Cue.NUMBER),
        ("fr", "Qui a gagné ?", Cue.NAME),
        ("fr", "pourquoi est-il parti", Cue.REASON),
    ],
)
def test_a_question_wants_its_kind_of_answer(language: str, question: str, wanted: Cue) -> None:
    assert wanted in question_cues(question, language)


@pytest.mark.parametrize("question", ["Tell me about the mill", "the whenever why-less", ""])
def test_other_words_want_nothing(question: str) -> None:
    assert not question_cues(question.replace("why-less", "whyless"), "en")


def test_a_language_without_cues_wants_nothing() -> None:
    assert question_cues("when why who", "und") == Cue.NONE


@pytest.mark.parametrize(
    ("sentence", "held", "not_held"),
    [
        ("They met in March 2024.", Cue.DATE | Cue.NUMBER, Cue.MONEY | Cue.REASON),
        ("si videro a marzo", Cue.DATE, Cue.NUMBER | Cue.MONEY),
        ("the bid was $97.4 billion", Cue.MONEY | Cue.NUMBER, Cue.DATE | Cue.REASON),
        ("l'offerta era di 97,4 miliardi", Cue.MONEY | Cue.NUMBER, Cue.DATE),
        ("millions of people", Cue.NONE, Cue.MONEY),
        ("it was signed by Anna", Cue.NAME, Cue.DATE | Cue.NUMBER),
        ("it ended because nobody came", Cue.REASON, Cue.NAME | Cue.DATE),
        ("finì a causa della pioggia", Cue.REASON, Cue.NAME),
        ("acabó debido a la lluvia", Cue.REASON, Cue.NAME),
        ("it may rain", Cue.NONE, Cue.DATE),
    ],
)
def test_a_sentence_holds_the_kinds_that_it_shows(sentence: str, held: Cue, not_held: Cue) -> None:
    (found,) = sentence_cues(sentence, [(0, len(sentence))])
    assert Cue(found) & held == held
    assert not Cue(found) & not_held


def test_each_sentence_is_looked_at_apart() -> None:
    text = "It was 2018. Nobody came."
    first, second = sentence_cues(text, [(0, 12), (13, 25)])
    assert first & Cue.DATE
    assert not second & Cue.DATE


@given(st.text(), st.sampled_from([*STEMMERS, "und"]))
def test_any_text_may_be_a_question_or_a_sentence(text: str, language: str) -> None:
    assert question_cues(text, language) in Cue(31)
    assert len(list(sentence_cues(text, [(0, len(text))]))) == 1
