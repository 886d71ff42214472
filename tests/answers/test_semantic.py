"""Nearness in meaning is one more part of the score, and never more than that."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.evidence import Evidence
from bot.answers.ranking import Candidate, Ranker, Weights
from bot.answers.semantic import Semantic
from bot.search.analyzer import Analyzer
from bot.search.encoder import Encoder, Floats
from bot.wiring import Tuning, build_answerer, build_ranker
from tests.answers.small_knowledge import whole_passages

TEXTS = (
    "The old mill was sold to a baker.",
    "The mill burned; nobody sold anything after the blaze.",
    "Rye grew by the river.",
)
QUESTION = "Who sold the old mill?"


class Topics:
    """Encodes a text by the topics it names, so that nearness is known beforehand."""

    topics: tuple[str, ...] = ("blaze", "baker", "river")

    def __init__(self, meaning: str) -> None:
        self._meaning = meaning
        self.asked: list[str] = []
        self.read: list[str] = []

    def question(self, text: str) -> Floats:
        self.asked.append(text)
        return self._vector(self._meaning)

    def passages(self, texts: Sequence[str]) -> Floats:
        self.read += texts
        return np.array([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Floats:
        return np.array([topic in text for topic in self.topics], dtype=np.float32)


class FailsOnQuestions(Topics):
    def __init__(self, error: Exception) -> None:
        super().__init__("blaze")
        self._error = error

    def question(self, text: str) -> Floats:
        raise self._error


class FailsOnPassages(Topics):
    def passages(self, texts: Sequence[str]) -> Floats:
        raise RuntimeError("no model")


class NoNumbers(Topics):
    def question(self, text: str) -> Floats:
        return np.full(len(self.topics), np.nan, dtype=np.float32)


def ranker(encoder: Encoder | None, weights: Weights | None = None) -> Ranker:
    titles = ["The_mill", "", "The river"]
    tuning = Tuning(ranking=weights) if weights else None
    return build_ranker(whole_passages(TEXTS, "en", titles), Analyzer(), tuning, encoder)


def candidates(encoder: Encoder | None) -> tuple[Candidate, ...]:
    return ranker(encoder).rank(QUESTION, "en").candidates


def told(encoder: Encoder | None) -> list[tuple[int, float, Evidence]]:
    return [(one.number, one.score, one.evidence) for one in candidates(encoder)]


def answerer(encoder: Encoder | None) -> Answerer:
    return build_answerer(whole_passages(TEXTS), Analyzer(), encoder)


def test_what_is_near_in_meaning_comes_before_what_has_the_words() -> None:
    assert [one.number for one in candidates(None)] == [0, 1]
    assert [one.number for one in candidates(Topics("blaze"))] == [1, 0]
    assert [one.number for one in candidates(Topics("baker"))] == [0, 1]


def test_its_part_is_the_weighted_cosine_and_the_parts_add_up() -> None:
    weights = Weights(semantic=0.5)
    found = ranker(Topics("blaze"), weights).rank(QUESTION, "en").candidates
    # A third of each topic is what all three passages share; the rest is made as long as 1.
    own = {0: -1 / 6**0.5, 1: 2 / 6**0.5}
    near = {one.number: dict(one.parts)["semantic"] for one in found}
    assert near == pytest.approx({number: 0.5 * cosine for number, cosine in own.items()})
    for one in found:
        assert sum(value for _, value in one.parts) == pytest.approx(one.score)


def test_without_an_encoder_there_is_no_such_part() -> None:
    assert {"semantic"}.isdisjoint(name for one in candidates(None) for name, _ in one.parts)


def test_the_other_parts_and_the_candidates_stay() -> None:
    alone = {one.number: (one.parts, one.evidence) for one in candidates(None)}
    near = {one.number: (one.parts[:-1], one.evidence) for one in candidates(Topics("blaze"))}
    assert alone == near


def test_a_passage_is_not_near_for_being_in_the_questions_language() -> None:
    class Languages(Topics):
        topics = ("the ", "il ", "blaze", "baker", "river")

    texts = ("the mill and the baker", "the mill and the river", "the mill and the town")
    italian = ("il mulino e il blaze", "il mulino e il river", "il mulino e il baker")
    passages = [*whole_passages(texts, "en"), *whole_passages(italian, "it")]
    near = Semantic(Languages("the blaze"), passages).nearness("?", range(6))
    assert near is not None
    assert near.index(max(near)) == 3


def test_one_passage_alone_has_nothing_of_its_own() -> None:
    assert Semantic(Topics("blaze"), whole_passages(TEXTS[:1])).nearness("?", [0]) == [0.0]
    assert Semantic(Topics("blaze"), []).nearness("?", []) is None


def test_passages_are_read_once_with_their_titles() -> None:
    encoder = Topics("blaze")
    asked = ranker(encoder)
    for _ in range(3):
        asked.rank(QUESTION, "en")
    assert encoder.read == [f"The mill. {TEXTS[0]}", TEXTS[1], f"The river. {TEXTS[2]}"]
    assert encoder.asked == [QUESTION] * 3


def test_a_question_without_candidates_is_not_encoded() -> None:
    encoder = Topics("blaze")
    assert ranker(encoder).rank("zaphod", "en").candidates == ()
    assert encoder.asked == []


def test_the_confidence_is_made_of_words_alone() -> None:
    """The first candidate is the same here; that another one comes first may change it."""
    alone = answerer(None).answer(QUESTION)
    near = answerer(Topics("baker")).answer(QUESTION)
    assert near.confidence == alone.confidence
    assert near.citations[0].score > alone.citations[0].score


@pytest.mark.parametrize(
    "encoder",
    [
        FailsOnQuestions(RuntimeError(QUESTION)),
        FailsOnQuestions(OSError(QUESTION)),
        FailsOnQuestions(ValueError(QUESTION)),
        NoNumbers("blaze"),
    ],
    ids=["RuntimeError", "OSError", "ValueError", "NaN"],
)
def test_an_encoder_that_fails_leaves_the_answer_by_words(
    encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert answerer(encoder).answer(QUESTION) == answerer(None).answer(QUESTION)
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "answered by words alone" in record.getMessage()
    assert QUESTION not in caplog.text


def test_an_encoder_that_cannot_read_the_articles_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        without = answerer(FailsOnPassages("blaze"))
        for _ in range(3):
            assert without.answer(QUESTION) == answerer(None).answer(QUESTION)
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert TEXTS[0] not in caplog.text


def test_too_few_vectors_are_a_failure() -> None:
    class TooFew(Topics):
        def passages(self, texts: Sequence[str]) -> Floats:
            return super().passages(texts[1:])

    assert told(TooFew("blaze")) == told(None)


def test_another_programming_error_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        answerer(FailsOnQuestions(KeyError("bug"))).answer(QUESTION)
