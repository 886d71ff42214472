"""Near-identical texts are found; others are not."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.duplicates import (
    SHINGLE,
    likeness,
    near_duplicates,
    normalised,
    numbered,
    shingles,
)
from bot.articles.meeting import NEAR
from bot.articles.model import Article, Passage

TEXT = (
    "Musk and a group of investors offered a sum for the organisation, and its head refused on the"
    " same day with a joke about another company that nobody found funny except his own employees"
)


def passage(text: str, article: str = "one") -> Passage:
    return Passage(Article(article, article, text), 0, len(text), 1, 1)


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert normalised("Perché, “SÌ”!") == normalised("perche si")


def test_nearly_the_same_passages_are_grouped_in_order() -> None:
    first, changed = passage(TEXT), passage(TEXT.replace("funny", "good"), "two")
    strange = passage(
        "Something else entirely stands here and shares no run of words with it", "three"
    )
    assert near_duplicates([first, strange, changed]) == ((first, changed), (strange,))


def test_a_text_that_shares_half_is_not_the_same() -> None:
    half = passage(
        TEXT[: len(TEXT) // 2] + " and then it goes on in quite another way for a while", "two"
    )
    assert len(near_duplicates([passage(TEXT), half])) == 2


texts = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=14).map(" ".join)


@given(st.lists(texts, max_size=12))
def test_groups_are_those_of_comparing_all_with_all(found: list[str]) -> None:
    passages = [passage(text, f"a{number}") for number, text in enumerate(found)]
    expected: list[list[Passage]] = []
    for one in passages:
        mine = shingles(one.text)
        alike = (g for g in expected if likeness(mine, shingles(g[0].text)) >= NEAR)
        group = next(alike, None)
        if group is None:
            expected.append([one])
        else:
            group.append(one)
    assert near_duplicates(passages) == tuple(map(tuple, expected))


def grouped_one_by_one(passages: list[Passage]) -> list[list[Passage]]:
    """Every passage compared with the first of every group before it."""
    groups: list[list[Passage]] = []
    for one in passages:
        text = shingles(one.text)
        near = (g for g in groups if likeness(text, shingles(g[0].text)) >= NEAR)
        group = next(near, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


sentences = st.sampled_from([" ".join(TEXT.split()[at : at + 9]) for at in range(0, 30, 3)])


@given(st.lists(st.lists(sentences, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_passages_that_share_whole_sentences_are_told_apart_as_by_comparing_all(
    texts: list[str],
) -> None:
    passages = [passage(text, f"article-{number}") for number, text in enumerate(texts)]
    assert [list(group) for group in near_duplicates(passages)] == grouped_one_by_one(passages)


written = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aàÀß’'.,_-  \n\t\xa0´\u0301\u0345\u2028ﬁ½ﷺ𝔸"),
    ),
    max_size=40,
)


@given(st.lists(written, max_size=5))
def test_texts_have_as_many_numbers_as_shingles_and_share_them(texts: list[str]) -> None:
    values, pointer = numbered(texts)
    rows = [values[start:end].tolist() for start, end in pairwise(pointer.tolist())]
    number_of: dict[str, set[int]] = {}
    for text, row in zip(texts, rows, strict=True):
        assert row == sorted(set(row))
        assert len(row) == len(shingles(text))
        for shingle in shingles(text):
            number_of.setdefault(shingle, set(row)).intersection_update(row)
    assert all(len(numbers) >= 1 for numbers in number_of.values())


def test_a_row_does_not_depend_on_the_rows_around_it() -> None:
    alone = [numbered([text])[0].tolist() for text in ("", "one", "one two", TEXT)]
    values, pointer = numbered(["", "one", "one two", TEXT])
    assert [values[a:b].tolist() for a, b in pairwise(pointer.tolist())] == alone
    assert len(alone[3]) == len(TEXT.split()) - SHINGLE + 1
