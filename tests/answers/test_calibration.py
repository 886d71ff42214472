"""The confidence is fitted on some topics and told for others; its figures mean what they say."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.calibration import (
    Mode,
    Model,
    Sample,
    answered_at,
    auroc,
    fit,
    held_out,
    sample_collection,
    sign_names,
    summary,
)
from bot.answers.collection import read_collection
from bot.answers.confidence import Signs, confidence
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer
from tests.answers.small_knowledge import write_collection

scores = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=20)


def signs(**values: float) -> Signs:
    """Signs that are nothing but those given."""
    return Signs(**{name: values.get(name, 0.0) for name in Signs._fields})


def sample(cover: float, *, right: bool, topic: str = "a", mode: Mode | None = None) -> Sample:
    mode = mode or ("present" if right else "article")
    return Sample("c", mode, topic, signs(cover=cover), right)


@given(scores, scores)
def test_the_auroc_is_the_share_of_pairs_in_the_right_order(
    positive: list[float], negative: list[float]
) -> None:
    pairs = [(p > n) + (p == n) / 2 for p, n in product(positive, negative)]
    found = auroc(np.array(positive), np.array(negative))
    assert found == pytest.approx(sum(pairs) / len(pairs))


@given(scores, scores)
def test_the_auroc_turns_round_with_its_sides(positive: list[float], negative: list[float]) -> None:
    one, other = np.array(positive), np.array(negative)
    assert auroc(one, other) + auroc(other, one) == pytest.approx(1)


def test_the_share_answered_is_counted_above_the_cut_that_refuses_enough() -> None:
    negative = np.arange(10) / 10
    positive = np.array([0.05, 0.85, 0.95, 1.0])
    assert answered_at(positive, negative, 0.9) == 0.75
    assert answered_at(positive, negative, 0.0) == 1.0
    assert answered_at(positive, negative, 1.0) == 0.5


@given(scores, scores, st.sampled_from([0.0, 0.5, 0.9]))
def test_the_cut_refuses_the_share_that_was_asked_for(
    positive: list[float], negative: list[float], refused: float
) -> None:
    absent = np.array(negative)
    assert answered_at(absent, absent, refused) <= 1 - refused + 1 / len(negative)
    assert answered_at(np.array(positive) + 10, absent, refused) == 1


def test_a_fit_finds_the_direction_that_separates() -> None:
    right = [sample(cover, right=True) for cover in (0.7, 0.8, 0.9, 1.0)]
    wrong = [sample(cover, right=False) for cover in (0.0, 0.1, 0.2, 0.3)]
    model = fit([*right, *wrong])
    assert dict(zip(sign_names(), model.coefficients, strict=True))["cover"] > 0
    sure = model.probabilities([*right, *wrong])
    assert sure[:4].min() > 0.5 > sure[4:].max()
    assert [*sure[:4]] == sorted(sure[:4])


def test_a_sign_that_never_varies_gets_no_weight() -> None:
    model = fit([sample(1, right=True), sample(0, right=False)])
    weights = dict(zip(sign_names(), model.coefficients, strict=True))
    assert {name for name, weight in weights.items() if abs(weight) > 1e-9} == {"cover"}


def test_questions_with_and_without_answer_weigh_alike_however_many() -> None:
    few = [sample(0.9, right=True), *[sample(0.9, right=False)] * 9]
    assert fit(few).probabilities(few[:1])[0] == pytest.approx(0.5, abs=0.01)


def test_without_a_candidate_nothing_is_sure() -> None:
    nothing = Sample("c", "article", "a", None, right=False)
    model = Model(tuple(0.0 for _ in sign_names()), intercept=5.0)
    assert model.probabilities([nothing, sample(1, right=True)]).tolist() == [
        0.0,
        pytest.approx(1 / (1 + np.exp(-5))),
    ]
    assert confidence(None) == 0


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans(), st.floats(0, 1)), min_size=12))
def test_a_held_out_confidence_does_not_know_its_own_topic(
    rows: list[tuple[str, bool, float]],
) -> None:
    anchors = [("x", True, 0.9), ("x", False, 0.1), ("y", True, 0.8), ("y", False, 0.2)]
    samples = [sample(cover, right=right, topic=topic) for topic, right, cover in [*anchors, *rows]]
    turned = [
        one if one.topic != "x" else Sample(one.collection, one.mode, "X", one.signs, not one.right)
        for one in samples
    ]
    here = [number for number, one in enumerate(samples) if one.topic == "x"]
    folds = len({one.topic for one in samples})
    before, after = held_out(samples, folds), held_out(turned, folds)
    assert before[here] == pytest.approx(after[here])
    assert ((before >= 0) & (before <= 1)).all()


def test_each_question_is_asked_present_and_withheld_both_ways(tmp_path: Path) -> None:
    passages = [
        {"id": "a1", "lang": "en", "title": "Mill", "text": "Anna sold the old mill."},
        {"id": "a2", "lang": "en", "title": "Mill", "text": "The old mill stood by the river."},
        {"id": "b1", "lang": "en", "title": "Rye", "text": "The river fed the old rye."},
    ]
    questions = [
        {"id": "q1", "lang": "en", "question": "Who sold the old mill?", "relevant": ["a1"]},
        {"id": "q2", "lang": "en", "question": "What fed the rye?", "relevant": ["b1"]},
        {"id": "q3", "lang": "en", "question": "Where stood the mill?", "relevant": ["a2"]},
    ]
    collection = read_collection(write_collection(tmp_path / "c", passages, questions))
    answerer = build_answerer(collection.passages, Analyzer())
    steps: list[None] = []
    found = list(sample_collection(collection, answerer, 2, lambda: steps.append(None)))
    assert [(one.topic, one.mode, one.right) for one in found] == [
        ("Mill", "present", True),
        ("Mill", "passage", False),
        ("Mill", "article", False),
        ("Mill", "present", True),
        ("Mill", "passage", False),
        ("Mill", "article", False),
    ]
    assert len(steps) == 2
    assert all(one.collection == "c" for one in found)


def test_the_summary_tells_each_collection_and_what_the_confidence_means() -> None:
    modes: dict[Mode, float] = {"present": 0.7, "passage": 0.3, "article": 0.0}
    samples = [
        sample(cover + number / 100, right=mode == "present", topic=f"t{number}", mode=mode)
        for number in range(20)
        for mode, cover in modes.items()
    ]
    found = summary(samples)
    assert found["samples"] == 60
    rows = found["held_out"]
    assert isinstance(rows, list)
    assert [(row["collection"], row["withheld"]) for row in rows] == [
        ("c", "article"),
        ("c", "passage"),
    ]
    assert all(row["auroc"] == 1 for row in rows)
    bins = found["bins"]
    assert isinstance(bins, list)
    assert len(bins) == 10
    assert sum(row["count"] for row in bins) == 60
    assert bins[0]["right"] == 0
    assert bins[-1]["right"] in {0, 1}
