"""Misspelt words find the words that were meant."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.search.similar import SimilarWords, similar_arrays, similar_arrays_again

VOCABULARY = (
    "lawsuit", "lawyer", "law", "august", "gust", "augment", "gandhi", "ghana", "altman", "openai",
    "zuckerberg", "berg", "resign", "consign", "founder", "thunder", "charity", "clarity", "xai",
)  # fmt: skip

words = st.text("abcdè𝒆", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("lawsiut", "lawsuit"),
        ("agust", "august"),
        ("ghandi", "gandhi"),
        ("altmann", "altman"),
        ("opneai", "openai"),
        ("zukerberg", "zuckerberg"),
        ("resing", "resign"),
        ("fouder", "founder"),
    ],
)
def test_a_misspelt_word_finds_the_one_that_was_meant(misspelt: str, meant: str) -> None:
    found = SimilarWords(VOCABULARY).find(misspelt, 0.5, 3)
    assert found[0][0] == meant


@given(st.lists(words, min_size=1, unique=True), words)
def test_a_word_is_most_like_itself(vocabulary: list[str], word: str) -> None:
    first = SimilarWords([*vocabulary, word]).find(word, 0.5, 3)[0]
    assert first == (word, 1.0)


@given(st.lists(words), words, st.floats(0, 1), st.integers(1, 5))
def test_what_is_found_is_alike_enough_and_most_alike_first(
    vocabulary: list[str], word: str, least: float, most: int
) -> None:
    found = SimilarWords(vocabulary).find(word, least, most)
    likeness = [value for _, value in found]
    assert len(found) <= most
    assert all(least <= value <= 1 for value in likeness)
    assert likeness == sorted(likeness, reverse=True)
    assert {name for name, _ in found} <= set(vocabulary)


@given(st.lists(words, unique=True), words, st.randoms(use_true_random=False))
def test_the_order_of_the_vocabulary_changes_nothing(
    vocabulary: list[str], word: str, random: Random
) -> None:
    shuffled = random.sample(vocabulary, len(vocabulary))
    assert SimilarWords(shuffled).find(word, 0.2, 3) == SimilarWords(vocabulary).find(word, 0.2, 3)


def test_an_unlike_word_finds_nothing() -> None:
    assert SimilarWords(VOCABULARY).find("qqqq", 0.1, 3) == []
    assert SimilarWords(()).find("law", 0.1, 3) == []


def test_a_short_word_is_not_taken_for_a_misspelling() -> None:
    assert SimilarWords(["xbi"]).find("xai", 0.6, 3) == []


def trigrams(word: str) -> set[str]:
    return {f"^{word}$"[at : at + 3] for at in range(len(word))}


@given(st.sets(words, min_size=1), words)
def test_likeness_is_that_of_trigrams_or_of_spelling(vocabulary: set[str], word: str) -> None:
    found = dict(SimilarWords(vocabulary).find(word, 0.0, len(vocabulary)))
    for other in vocabulary:
        shared = 2 * len(trigrams(word) & trigrams(other))
        dice = shared / (len(trigrams(word)) + len(trigrams(other)))
        spelt = word[0] == other[0] and min(len(word), len(other)) >= 4
        spelling = OSA.normalized_similarity(word, other) if spelt else 0.0
        assert found.get(other, 0.0) == pytest.approx(max(dice, spelling) if shared else 0.0)


@given(st.sets(words), st.sets(words), st.sets(st.sampled_from(("en", "it", "es")), min_size=1))
def test_changed_words_are_as_if_all_were_new(
    before: set[str], now: set[str], languages: set[str]
) -> None:
    def terms(found: set[str]) -> set[str]:
        return {f"{language}:{word}" for language in languages for word in found} | {"#4"}

    wanted = sorted(languages | {"de"})
    known = similar_arrays(terms(before), sorted(languages))
    new, gone = terms(now) - terms(before), terms(before) - terms(now)
    found = similar_arrays_again(terms(now), wanted, new, gone, known)
    expected = similar_arrays(terms(now), wanted)
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert found[name].tolist() == values.tolist()
        assert found[name].dtype == values.dtype


def test_the_same_words_are_found_in_every_process() -> None:
    program = (
        "from bot.search.similar import SimilarWords\n"
        f"similar = SimilarWords({{*{VOCABULARY!r}}})\n"
        "print([similar.find(word, 0.1, 5) for word in ('lawsiut', 'agust', 'consin', 'an')])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
    assert "lawsuit" in told.pop()
