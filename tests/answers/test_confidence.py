"""The signs that the confidence is made of say what the best passage has and lacks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.confidence import THRESHOLD, Signs, confidence
from tests.answers.small_knowledge import answerer_of

TEXTS = (
    "Anna sold the old mill. Rye grew there.",
    "The old bridge fell down.",
    "The harbour froze in winter.",
    "Nobody spoke of the river.",
    "Bakers prefer stone.",
)


def signs(question: str, answerer: Answerer | None = None) -> Signs:
    found = (answerer or answerer_of(TEXTS)).consider(question).signs
    assert found is not None
    return found


def test_a_question_that_the_passage_has_whole_is_covered_and_lacks_nothing() -> None:
    found = signs("Anna sold the old mill?")
    assert found.cover == pytest.approx(1)
    assert found.sentence == pytest.approx(1)
    assert (found.unmet, found.cross) == (0, 0)


def test_what_another_sentence_has_is_covered_but_not_in_the_sentence() -> None:
    found = signs("Who sold the mill and grew rye?")
    assert found.cover == pytest.approx(1)
    assert found.sentence < 0.9


def test_a_word_that_is_lacking_counts_by_how_rare_it_is() -> None:
    nobody_has = signs("old mill zaphod")
    others_have = signs("anna mill old bridge")
    assert nobody_has.cover < others_have.cover < 1


def test_a_kind_of_answer_that_the_passage_has_not_is_unmet() -> None:
    assert signs("When did Anna sell the mill?").unmet == 1
    assert signs("Did Anna sell the old mill?").unmet == 0


def test_more_than_six_words_do_not_make_an_answer_surer() -> None:
    words = ["anna", "old", "mill", "rye", "bridge", "harbour", "winter", "river", "bakers"]
    assert signs(" ".join(words)).length == signs(" ".join(words[:6])).length


def test_many_words_that_nobody_knows_are_refused() -> None:
    gibberish = " ".join(f"qz{number}xv" for number in range(400))
    assert not answerer_of(TEXTS).answer(f"mill {gibberish}").answered


def test_a_passage_in_another_language_is_told_apart(answerer: Answerer) -> None:
    assert signs("¿Anna dejó el molino por la harina?", answerer).cross == 1
    assert signs("Why did Anna leave the mill?", answerer).cross == 0


def test_a_question_without_candidates_has_no_signs_and_no_confidence() -> None:
    found = answerer_of(TEXTS).consider("zaphod")
    assert (found.signs, found.confidence, found.answered) == (None, 0, False)


def test_what_is_asked_in_the_passage_s_own_words_is_surer_than_what_it_half_has() -> None:
    answerer = answerer_of(TEXTS)
    whole = answerer.consider("Who sold the old mill?")
    half = answerer.consider("Who sold the space ship Zaphod?")
    assert whole.answered
    assert whole.confidence > half.confidence


def test_the_threshold_is_a_probability() -> None:
    assert 0 < THRESHOLD < 1


number = st.floats(-10, 10)


@given(st.tuples(*[number for _ in Signs._fields]))
def test_the_confidence_is_a_probability(values: tuple[float, ...]) -> None:
    assert 0 <= confidence(Signs(*values)) <= 1


@given(st.lists(st.sampled_from(("old", "mill", "sold", "zaphod", "river", "2018", "the"))))
def test_shares_are_between_nothing_and_everything(words: list[str]) -> None:
    found = answerer_of(TEXTS).consider("who " + " ".join(words)).signs
    assert (found is not None) == (not {"old", "mill", "sold", "river"}.isdisjoint(words))
    if found is not None:
        assert all(math.isfinite(value) for value in found)
        for share in (found.cover, found.sentence, found.unmet, found.cross):
            assert -1e-9 <= share <= 1 + 1e-9
