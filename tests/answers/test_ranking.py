"""The order of candidates is their score's, and the score is the sum of its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.ranking import CANDIDATES, Ranker, Weights
from bot.search.analyzer import Analyzer
from bot.wiring import Tuning, build_ranker
from tests.answers.small_knowledge import whole_passages

TEXTS = (
    "Anna sold the old mill in 2018.",
    "The old mill stood by the river. It was sold.",
    "The old mill stood by the river. It was sold.",
    "Rye grew by the river because it was wet.",
    "Nobody spoke.",
)


def ranker(weights: Weights | None = None, texts: tuple[str, ...] = TEXTS) -> Ranker:
    tuning = Tuning(ranking=weights) if weights else None
    return build_ranker(whole_passages(texts), Analyzer(), tuning)


WORDS = ("when", "was", "the", "old", "mill", "sold", "by", "anna", "rye", "river", "why")


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_candidates_are_ordered_by_score_then_number(question: str) -> None:
    found = ranker().rank(question, "en").candidates
    assert list(found) == sorted(found, key=lambda one: (-one.score, one.number))
    for one in found:
        assert sum(value for _, value in one.parts) == pytest.approx(one.score)
        assert all(value >= 0 for _, value in one.parts)


def test_only_passages_that_have_a_word_are_candidates() -> None:
    found = ranker().rank("old mill", "en").candidates
    assert {one.number for one in found} == {0, 1, 2}


def test_no_more_candidates_than_wanted_are_weighed() -> None:
    many = tuple(f"Mill number {number} of the valley." for number in range(CANDIDATES + 20))
    assert len(ranker(texts=many).rank("mill", "en").candidates) == CANDIDATES


@pytest.mark.parametrize("part", ["bm25", "sentence", "title", "pairs", "cue"])
def test_each_part_of_the_score_has_its_weight(part: str) -> None:
    nothing = Weights(bm25=0, sentence=0, title=0, pairs=0, cue=0)
    question = "when was the old mill sold"
    passages = whole_passages(TEXTS, "en", ["The old mill"] * len(TEXTS))
    for weight in (1.0, 3.0):
        tuning = Tuning(ranking=Weights(**{**_as_dict(nothing), part: weight}))
        first = build_ranker(passages, Analyzer(), tuning).rank(question, "en").candidates[0]
        parts = dict(first.parts)
        assert parts.pop(part) == first.score > 0
        assert set(parts.values()) == {0}
        assert first.score <= weight * 1.5


def _as_dict(weights: Weights) -> dict[str, float]:
    return {name: getattr(weights, name) for name in ("bm25", "sentence", "title", "pairs", "cue")}


def test_withheld_passages_count_as_if_they_were_not_there() -> None:
    whole = ranker().rank("old mill sold", "en")
    rest = ranker().rank("old mill sold", "en", withheld=[0])
    expected = {one.number for one in whole.candidates} - {0}
    assert {one.number for one in rest.candidates} == expected
    assert sum(rest.hits.df) < sum(whole.hits.df)
