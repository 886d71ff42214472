"""Postings say which passages have a term, and score it by how often they do."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.postings import K1, B, Postings, lucene_idf
from bot.search.ragged import Ragged

VOCABULARY = 9

passages = st.lists(st.lists(st.integers(0, VOCABULARY - 1), max_size=8), max_size=12)


def ragged(found: list[list[int]]) -> Ragged:
    values = np.array([term for passage in found for term in passage], dtype=np.int32)
    return Ragged.of(values, [len(passage) for passage in found])


@given(passages)
def test_every_passage_of_a_term_is_there_with_its_score(found: list[list[int]]) -> None:
    postings = Postings.of(ragged(found), VOCABULARY)
    average = sum(map(len, found)) / len(found) if any(found) else 1.0
    for term in range(VOCABULARY):
        having = [number for number, passage in enumerate(found) if term in passage]
        here = slice(*postings.place(term))
        numbers, scores = postings.passages[here], postings.scores[here]
        assert numbers.tolist() == having
        for number, score in zip(having, scores.tolist(), strict=True):
            often = Counter(found[number])[term]
            norm = K1 * (1 - B + B * len(found[number]) / average)
            expected = lucene_idf(len(found), len(having)) * often * (K1 + 1) / (often + norm)
            assert score == pytest.approx(expected, rel=1e-5)


@given(passages, st.data())
def test_postings_made_again_are_those_made_anew(
    found: list[list[int]], data: st.DataObject
) -> None:
    now: list[list[int]] = []
    before: list[int] = []
    new = st.lists(st.integers(0, VOCABULARY + 2), max_size=300)
    for number, passage in enumerate(found):
        if data.draw(st.booleans()):
            now.append(data.draw(new))
            before.append(-1)
        if data.draw(st.booleans()):
            now.append(passage)
            before.append(number)
    # Terms that no passage has any more go, but for some that a title may have.
    there = {term for passage in now for term in passage} | data.draw(
        st.sets(st.integers(0, VOCABULARY - 1))
    )
    used = np.array([term in there for term in range(VOCABULARY + 3)])
    ids = np.cumsum(used) - 1
    again = (
        Postings.of(ragged(found), VOCABULARY)
        .again(
            ragged(found),
            ragged([passage for passage, number in zip(now, before, strict=True) if number < 0]),
            ragged(now).lengths,
            VOCABULARY + 3,
            np.array(before, dtype=np.int64),
        )
        .only_used(used)
    )
    terms = ragged([[int(ids[term]) for term in passage] for passage in now])
    anew = Postings.of(terms, len(there))
    assert again.size == anew.size
    for name, values in anew.arrays().items():
        assert values.dtype == again.arrays()[name].dtype
        assert values.tolist() == again.arrays()[name].tolist()


@given(passages, st.integers(1, 20))
def test_it_is_all_one_how_many_terms_are_sorted_together(
    found: list[list[int]], at_once: int
) -> None:
    whole = Postings.of(ragged(found), VOCABULARY).arrays()
    parts = Postings.of(ragged(found), VOCABULARY, at_once).arrays()
    for name, values in whole.items():
        assert values.dtype == parts[name].dtype
        assert values.tolist() == parts[name].tolist()
