"""What recurs is found in its order, and all of it where that can be told."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article
from bot.articles.split import split
from bot.search.recurring import Before, recurring
from bot.search.shelf import Columns

letters = st.text("abcdefg", max_size=8)
different = st.lists(st.sampled_from("abcdefg"), unique=True)


@given(letters, letters)
def test_places_ascend_and_hold_the_same(before: str, now: str) -> None:
    places = recurring(before, now)
    assert len(places) == len(now)
    kept = [place for place in places if place >= 0]
    assert kept == sorted(set(kept))
    for place, one in zip(places, now, strict=True):
        assert place < 0 or before[place] == one


@given(different, different)
def test_as_many_are_found_as_stand_in_the_same_order(before: list[str], now: list[str]) -> None:
    found = sum(place >= 0 for place in recurring(before, now))
    common = [one for one in now if one in before]
    longest = max(
        count
        for count in range(len(common) + 1)
        if any(list(some) == sorted(some, key=before.index) for some in combinations(common, count))
    )
    assert found == longest


@given(letters)
def test_nothing_that_stays_is_new(text: str) -> None:
    assert recurring(text, text) == list(range(len(text)))


@given(letters, st.text("hij"), st.integers(0, 8))
def test_what_is_put_in_leaves_the_rest_as_it_was(text: str, more: str, at: int) -> None:
    now = text[:at] + more + text[at:]
    assert [place for place in recurring(text, now) if place >= 0] == list(range(len(text)))


def test_passages_are_found_by_their_article_and_counted_over_all() -> None:
    def article(name: str, *words: str, title: str = "Mill") -> Article:
        text = "\n\n".join(" ".join([word] * 40) for word in words)
        return Article(name, title, text, "en")

    articles = [article("one", "mill", "river"), article("two", "flour", "mill", "snow")]
    before = Before(["one", "two"], Columns.of(articles, [split(one) for one in articles]))

    def places(changed: Article) -> list[int]:
        return before.places(changed, split(changed))

    assert places(article("two", "flour", "wind", "snow")) == [2, -1, 4]
    assert places(article("one", "river", "snow")) == [1, -1]
    assert places(article("one", "river", title="River")) == [-1]
    assert places(article("three", "mill", "river")) == [-1, -1]
