"""Near-identical texts are found; others are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.duplicates import NEAR, likeness, near_duplicates, normalised, shingles
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
