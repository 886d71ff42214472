"""A follow-up question takes what it lacks from the question before it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.followup import complete
from bot.search.analyzer import Analyzer
from bot.search.languages import STEMMERS
from tests.answers.small_knowledge import shipped_analyzer

CARRIED = [
    ("en", "Why did Musk leave OpenAI?", "and when did he sue?", {"Musk"}),
    ("en", "Why did Musk leave OpenAI?", "When was he born?", {"Musk"}),
    ("en", "Did Musk try to buy OpenAI?", "how much did he offer?", {"Musk", "OpenAI"}),
    ("en", "What is Stargate?", "who is behind it", {"Stargate"}),
    ("en", "When did Musk leave OpenAI?", "and why?", {"Musk", "leave", "OpenAI"}),
    ("en", "When did Musk leave OpenAI?", "Why?", {"Musk", "leave", "OpenAI"}),
    ("en", "Did Musk sign the offer?", "what about Zuckerberg?", {"sign", "offer", "Zuckerberg"}),
    ("en", "Musk sued OpenAI, right?", "did they sue him back?", {"Musk", "OpenAI"}),
    ("en", "did musk buy twitter", "how much did he pay for it?", {"musk"}),
    ("it", "Quando ha lasciato OpenAI Musk?", "e perché?", {"lasciato", "OpenAI", "Musk"}),
    ("it", "Musk voleva comprare OpenAI?", "e quanto ha offerto?", {"Musk", "OpenAI"}),
    ("it", "Che cos'è Stargate?", "chi lo guida?", {"Stargate"}),
    ("it", "Quanto possiede Microsoft di OpenAI?", "e la fondazione?", {"Microsoft", "OpenAI"}),
    ("it", "Musk ha chiesto aiuto a Zuckerberg?", "e lui ha firmato?", {"Zuckerberg"}),
    ("it", "Perché Musk ha perso il processo?", "farà appello?", {"Musk"}),
    ("es", "¿Por qué se fue Musk?", "¿y cuándo?", {"Musk"}),
    ("de", "Warum ging Musk?", "und wann?", {"Musk"}),
    ("fr", "Pourquoi Musk est-il parti ?", "et quand ?", {"Musk"}),
]

SELF_CONTAINED = [
    ("en", "Why did Musk leave OpenAI?", "Who founded Anthropic?"),
    ("en", "Who is Masayoshi Son?", "when was the trial held in court"),
    ("en", "Who is the judge?", "Why did Musk lose in court?"),
    ("en", "Who is Altman?", "What is Stargate?"),
    ("it", "Perché Musk ha lasciato OpenAI?", "Chi ha fondato Anthropic?"),
    ("it", "Perché Musk ha lasciato OpenAI?", "Chi ha fondato la società Anthropic?"),
    ("it", "Chi è Altman?", "Quanto vale Stargate?"),
    ("it", "Chi è Altman?", "quando comincia processo tribunale"),
]


@pytest.mark.parametrize(("language", "previous", "question", "taken"), CARRIED)
def test_what_is_lacking_is_carried_over(
    language: str, previous: str, question: str, taken: set[str]
) -> None:
    found = complete(question, previous, language, shipped_analyzer())
    assert question.rstrip(" ?") in found
    assert {words for words in taken if words not in found} == set()


@pytest.mark.parametrize(("language", "previous", "question"), SELF_CONTAINED)
def test_a_question_that_lacks_nothing_stays_as_it_is(
    language: str, previous: str, question: str
) -> None:
    assert complete(question, previous, language, shipped_analyzer()) == question


def test_a_name_that_the_question_has_is_not_carried_twice() -> None:
    found = complete("and when did Musk sue?", "Why did Elon Musk go?", "en", shipped_analyzer())
    assert found.count("Musk") == 1


def test_nothing_is_carried_from_a_question_without_meaning() -> None:
    assert complete("and why?", "what is it?", "en", Analyzer()) == "and why?"


WORDS = ("and", "why", "did", "he", "Musk", "leave", "OpenAI", "it?", "e", "perché", "lo", "(x)")
texts = st.lists(st.sampled_from(WORDS)).map(" ".join)


@given(texts, texts, st.sampled_from([*STEMMERS, "und"]))
def test_the_question_itself_is_never_lost(question: str, previous: str, language: str) -> None:
    found = complete(question, previous, language, Analyzer())
    assert question.rstrip() in found
    assert found == question or len(found) > len(question)


@given(texts, st.sampled_from([*STEMMERS, "und"]))
def test_without_a_question_before_nothing_changes(question: str, language: str) -> None:
    assert complete(question, "", language, Analyzer()) == question
