"""Passages are ordered slices of the text that lose nothing and never cut a sentence."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article
from bot.articles.sentences import sentence_spans
from bot.articles.split import FEWEST_WORDS, MOST_WORDS, split

WORDS = [
    "court",
    "offer",
    "board",
    "mission",
    "money",
    "letter",
    "judge",
    "company",
    "partner",
    "answer",
    "question",
    "reason",
]
sentence = st.lists(st.sampled_from(WORDS), min_size=6, max_size=25).map(
    lambda w: " ".join(w).capitalize() + "."
)
paragraph = st.lists(sentence, min_size=1, max_size=9).map(" ".join)
heading = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(
    lambda w: f"## {' '.join(w)}"
)
ordinary = st.lists(st.one_of(paragraph, paragraph, heading), min_size=1, max_size=8).map(
    "\n\n".join
)
anything = st.one_of(
    ordinary,
    st.text(),
    st.lists(st.sampled_from(["#", "# a", "\n", "\n\n", "x. ", " \n", "…"])).map("".join),
)


def article(text: str) -> Article:
    return Article("an-article", "An article", text, "en")


@given(anything)
def test_passages_are_ordered_and_apart(text: str) -> None:
    passages = split(article(text))
    ends = [0, *(passage.end for passage in passages)]
    assert all(before <= p.start < p.end for before, p in zip(ends, passages, strict=False))
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert {p.of for p in passages} <= {len(passages)}


@given(anything)
def test_only_white_space_is_lost(text: str) -> None:
    left, position = "", 0
    for passage in split(article(text)):
        left += text[position : passage.start]
        position = passage.end
    assert not (left + text[position:]).strip()


@given(anything)
def test_a_passage_shows_a_slice_of_the_stored_text(text: str) -> None:
    for passage in split(article(text)):
        assert passage.text == text[passage.start : passage.end]
        assert passage.text == passage.text.strip()


@given(ordinary)
def test_no_sentence_is_cut(text: str) -> None:
    inside: set[int] = set()
    for block in re.finditer(r".+", text):
        for start, end in sentence_spans(block.group(), "en"):
            inside.update(range(block.start() + start + 1, block.start() + end))
    for passage in split(article(text)):
        assert passage.start not in inside
        assert passage.end not in inside


@given(ordinary)
def test_passages_are_of_a_size_to_read(text: str) -> None:
    """No passage is above the limit, headings not counted: each stands with what it heads."""
    for passage in split(article(text)):
        told = re.sub(r"^#.*", "", passage.text, flags=re.MULTILINE)
        assert len(re.findall(r"\w+", told)) <= MOST_WORDS


@given(st.lists(paragraph, min_size=3, max_size=8).map("\n\n".join))
def test_a_passage_is_short_only_where_its_neighbours_have_no_room(text: str) -> None:
    sizes = [len(passage.text.split()) for passage in split(article(text))]
    for one, next_one in pairwise(sizes):
        assert min(one, next_one) >= FEWEST_WORDS or one + next_one > MOST_WORDS


@pytest.mark.parametrize("text", ["", "  \n\n "])
def test_an_empty_text_has_no_passages(text: str) -> None:
    assert split(article(text)) == ()


def test_a_heading_stands_in_the_passage_that_it_heads() -> None:
    first, second = split(
        article(f"## One\n\n{'Word one. ' * 20}\n\n## Two\n\n{'Word two. ' * 20}")
    )
    assert (first.heading, second.heading) == ("One", "Two")
    assert second.text.startswith("## Two")
