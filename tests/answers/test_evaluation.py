"""Figures of an evaluation, against ones worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.collection import CollectionQuestion, read_collection
from bot.answers.evaluation import Tally, evaluate_collection, evaluate_questions
from bot.articles.questions import JudgedQuestion
from bot.errors import InputError
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer
from tests.answers.small_knowledge import answerer_of, write_collection


def tally(*cases: tuple[Sequence[int], int, bool]) -> dict[str, float]:
    found = Tally()
    for ranks, relevant, answered in cases:
        found.add(ranks, relevant, answered=answered)
    return found.figures()


def test_hits_reciprocal_ranks_and_gains_are_means_over_questions() -> None:
    # Ranks 1 and 3 of two right ones; rank 4 of one; none of one; rank 2 of three; rank 3 of one.
    found = tally(
        ([1, 3], 2, True), ([4], 1, True), ([], 1, False), ([2], 3, False), ([3], 1, True)
    )
    log = math.log2
    gains = [
        (1 + 1 / log(4)) / (1 + 1 / log(3)),
        1 / log(5),
        0.0,
        (1 / log(3)) / (1 + 1 / log(3) + 1 / log(4)),
        1 / log(4),
    ]
    assert found == {
        "questions": 5,
        "hit@1": 0.2,
        "hit@3": 0.6,
        "mrr@10": pytest.approx((1 + 1 / 4 + 0 + 1 / 2 + 1 / 3) / 5, abs=1e-4),
        "ndcg@10": pytest.approx(sum(gains) / 5, abs=1e-4),
        "answered": 0.6,
        "answered_hit@1": 0.2,
        "answered_hit@3": 0.4,
    }


def test_no_questions_have_figures_of_nothing() -> None:
    assert set(tally().values()) == {0}


@given(st.sets(st.integers(1, 10), max_size=10), st.integers(0, 5))
def test_the_gain_is_1_only_if_the_right_ones_come_first(ranks: set[int], more: int) -> None:
    relevant = len(ranks) + more
    found = tally((sorted(ranks), relevant, True))
    assert 0 <= found["ndcg@10"] <= 1
    perfect = bool(ranks) and sorted(ranks) == list(range(1, min(relevant, 10) + 1))
    assert (found["ndcg@10"] == 1) == perfect
    assert found["hit@1"] <= found["hit@3"]
    assert found["hit@1"] <= found["mrr@10"] <= 1


ITALIAN = "perche anna ha lasciato il mulino"


def judged(
    question: str,
    *relevant: str,
    kind: str = "same",
    language: str = "en",
    after: str | None = None,
) -> JudgedQuestion:
    return JudgedQuestion("id", kind, language, question, relevant, after)


def test_judged_questions_are_scored_by_the_words_of_the_right_passages(
    answerer: Answerer,
) -> None:
    steps: list[None] = []
    questions = [
        judged("Why did Anna leave the mill?", "too much flour"),
        judged("Who offered 97.4 million crowns?", "BRUNO  Carta offered"),
        judged(ITALIAN, "Anna Bello left", language="it", kind="cross"),
        judged("Who was the judge?", "stone to steel", kind="typo"),
        judged("Which glacier thaws?", kind="unanswerable"),
        judged("and did he appeal?", "he would appeal", kind="followup", after="Who is Carta?"),
    ]
    report = evaluate_questions(questions, answerer, lambda: steps.append(None))
    assert len(steps) == 6
    assert (report.asked, report.refused, report.taken_in) == (1, 1, [])
    assert report.missed == [
        (ITALIAN, 2),
        ("Who was the judge?", None),
    ]
    total = report.total
    assert (total.questions, total.first, total.top3) == (5, 3, 4)
    assert total.reciprocal == 3 + 1 / 2
    assert sorted(report.groups) == [
        "kind cross", "kind followup", "kind same", "kind typo", "language en", "language it",
    ]  # fmt: skip
    assert report.groups["kind same"].first == 2
    assert report.groups["language it"].figures()["mrr@10"] == 0.5
    figures = report.figures()
    assert figures["unanswerable"] == figures["refused"] == 1
    assert figures["missed"] == [
        {"question": ITALIAN, "rank": 2},
        {"question": "Who was the judge?", "rank": None},
    ]


def test_an_unanswerable_question_that_is_answered_is_named() -> None:
    sure = answerer_of(["The mill was sold.", "Rye grew.", "Nobody came."])
    question = judged("The mill was sold.", kind="unanswerable")
    report = evaluate_questions([question], sure)
    assert sure.answer(question.question).answered
    assert (report.asked, report.refused, report.taken_in) == (1, 0, ["The mill was sold."])
    assert report.total.questions == 0


def test_a_collection_is_scored_by_the_ids_of_the_right_passages() -> None:
    texts = ["The mill was sold.", "The mill stood by the river.", "Rye grew."]
    questions = [
        CollectionQuestion("Who sold the mill?", "en", frozenset({"a0"})),
        CollectionQuestion("Where stood the mill by the river?", "en", frozenset({"a0"})),
        CollectionQuestion("rye", "it", frozenset({"a1"})),
    ]
    report = evaluate_collection(questions, answerer_of(texts))
    assert (report.total.questions, report.total.first, report.total.top3) == (3, 1, 2)
    assert report.total.reciprocal == 1 + 1 / 2
    assert report.missed == [("Where stood the mill by the river?", 2), ("rye", None)]
    assert sorted(report.groups) == ["language en", "language it"]


PASSAGES = [{"id": "p1", "lang": "en", "title": "Mill", "text": "It was sold.\u2028For good."}]
QUESTIONS = [{"id": "q1", "lang": "it", "question": "Chi?", "relevant": ["p1"]}]


def test_a_collection_is_read_whole(tmp_path: Path) -> None:
    found = read_collection(write_collection(tmp_path / "name", PASSAGES, QUESTIONS))
    (passage,) = found.passages
    assert found.name == "name"
    assert (passage.text, passage.article.id) == ("It was sold.\u2028For good.", "p1")
    assert (passage.article.title, passage.article.language) == ("Mill", "en")
    assert found.questions == (CollectionQuestion("Chi?", "it", frozenset({"p1"})),)


def test_an_empty_collection_has_no_figures(tmp_path: Path) -> None:
    found = read_collection(write_collection(tmp_path, [], []))
    answerer = build_answerer(found.passages, Analyzer())
    assert evaluate_collection(found.questions, answerer).total.questions == 0


ASKED = '"id": "q", "lang": "en", "question": "?"'


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("passages", "{", r"passages\.jsonl:1 is not JSON"),
        ("passages", "[]", r"passages\.jsonl:1 lacks one of id, lang, title, text"),
        ("passages", '\n{"id": "a"}', r"passages\.jsonl:2 lacks one of"),
        ("questions", f"{{{ASKED}}}", r"questions\.jsonl:1 lacks one of .*relevant"),
        ("questions", f'{{{ASKED}, "relevant": ["x"]}}', "Question q in .* names a passage"),
        ("questions", f'{{{ASKED}, "relevant": "p1"}}', "Question q in .* names a passage"),
        ("questions", f'{{{ASKED}, "relevant": [[1]]}}', "Question q in .* names a passage"),
    ],
)
def test_what_is_wrong_with_a_collection_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    folder = write_collection(tmp_path, PASSAGES, QUESTIONS)
    (folder / f"{name}.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        read_collection(folder)
    assert len(str(caught.value).splitlines()) == 1


def test_a_folder_without_a_collection_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"passages\.jsonl cannot be read"):
        read_collection(tmp_path)
    (tmp_path / "passages.jsonl").write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"passages\.jsonl is not UTF-8; save it again as UTF-8"):
        read_collection(tmp_path)
