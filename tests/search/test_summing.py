"""However many passages there are, the best sums are those that sorting all of them would give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.compiled import CompiledSums, find
from bot.search.postings import Postings
from bot.search.ragged import Ragged
from bot.search.summing import Part, PostingSums, RowSums, Sums, numpy_sums

_WORDS = 12
_SUMS: tuple[Callable[[Postings], Sums[Any]], ...] = (
    RowSums,
    PostingSums,
    numpy_sums,
    lambda postings: CompiledSums(postings, find),
)


def postings_of(size: int, seed: int) -> Postings:
    """Passages of one to four words, so that a great many score alike."""
    drawn = np.random.default_rng(seed)
    lengths = drawn.integers(1, 5, size)
    # Each word half as often as the one before.
    values = np.minimum(drawn.geometric(0.5, lengths.sum()) - 1, _WORDS - 1)
    return Postings.of(Ragged.of(values.astype(np.int32), lengths), _WORDS)


@pytest.mark.parametrize("size", [1, 2, 2_048, 2_049, 32_767, 33_000])
@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    words=st.lists(st.integers(0, _WORDS - 1), min_size=1, max_size=5, unique=True),
    of_two=st.integers(0, 5),
    worth=st.sampled_from([1.0, 0.5, 0.0]),
    k=st.sampled_from([1, 10, 50, 700]),
)
def test_the_best_are_those_of_sorting_all_sums(
    size: int, seed: int, words: list[int], of_two: int, worth: float, k: int
) -> None:
    postings = postings_of(size, seed)
    parts = [[Part(*postings.place(word), 1.0)] for word in words]
    # A word that another one stands for, too.
    parts.insert(of_two, [*parts[0], Part(*postings.place(_WORDS - 1), worth)])
    total = _summed(postings, parts)
    best = np.sort(total[total > 0])[::-1][:k]
    for make in _SUMS:
        sums = make(postings)
        numbers, scores = sums.top([sums.word(one) for one in parts], k)
        # In whatever order a passage's scores are added.
        assert scores == pytest.approx(best, rel=1e-6)
        assert scores == pytest.approx(total[list(numbers)], rel=1e-6)
        ranked = list(zip(scores, numbers, strict=True))
        assert ranked == sorted(ranked, key=lambda one: (-one[0], one[1]))
        assert len(set(numbers)) == len(numbers)


def _summed(postings: Postings, words: list[list[Part]]) -> npt.NDArray[np.float32]:
    total = np.zeros(postings.size, dtype=np.float32)
    for parts in words:
        best = np.zeros_like(total)
        for start, end, worth in parts:
            here = postings.passages[start:end]
            best[here] = np.maximum(best[here], postings.scores[start:end] * np.float32(worth))
        total += best
    return total
