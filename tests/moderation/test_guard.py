"""What a change loses, and from when on a person has to look."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article
from bot.articles.split import split
from bot.moderation import guard
from bot.revisions.diff import RevisionDiff, diff

WORDS = (
    "river", "mill", "stone", "bread", "court", "judge", "winter", "oxen", "market", "lantern",
    "harbour", "valley",
)  # fmt: skip


def paragraph(number: int) -> str:
    """A passage of its own: forty words that no other paragraph has in this order."""
    return " ".join(f"{WORDS[(number * 7 + n) % 12]}{number}" for n in range(40)) + "."


def of(article_id: str, numbers: list[int]) -> Article:
    return Article(article_id, article_id, "\n\n".join(map(paragraph, numbers)), "en")


states = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True),
)


def articles(state: dict[str, list[int]]) -> list[Article]:
    return [of(name, numbers) for name, numbers in state.items()]


@given(states, states)
def test_what_is_lost_are_the_passages_that_are_there_no_more(
    before: dict[str, list[int]], after: dict[str, list[int]]
) -> None:
    lost = guard.lost_by_article(diff(articles(before), articles(after)))
    gone = {name: set(numbers) - set(after.get(name, [])) for name, numbers in before.items()}
    assert lost == {name: len(numbers) for name, numbers in gone.items() if numbers}


@given(states)
def test_nothing_is_lost_by_what_only_comes_and_all_by_what_all_goes(
    state: dict[str, list[int]],
) -> None:
    assert guard.lost_by_article(diff([], articles(state))) == {}
    lost = sum(guard.lost_by_article(diff(articles(state), [])).values())
    assert lost == guard.passages_of(articles(state))
    assert guard.share(lost, lost) == (1.0 if lost else 0.0)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 1))
def test_a_change_is_held_exactly_where_it_loses_more_than_it_may(
    lost: int, before: int, most: float
) -> None:
    held = guard.why_held("It", lost, before, most)
    assert (held is not None) == (before > 0 and min(lost / before, 1) > most)


def test_a_mended_word_loses_nothing_and_a_rewritten_passage_is_lost() -> None:
    old = of("a", [1, 2, 3])
    mended = replace(old, text=old.text.replace("river1 ", "rivers1 ", 1))
    assert split(mended) != split(old)
    assert guard.lost_by_article(diff([old], [mended])) == {}
    assert guard.lost_by_article(diff([old], [of("a", [1, 2, 4])])) == {"a": 1}


def test_a_passage_that_stood_twice_and_stands_once_is_lost_once() -> None:
    old = Article("a", "a", f"{paragraph(1)}\n\n{paragraph(1)}", "en")
    assert guard.lost_by_article(diff([old], [of("a", [1])])) == {"a": 1}


def test_an_empty_difference_loses_nothing() -> None:
    assert guard.lost_by_article(RevisionDiff()) == {}
    assert guard.why_held("It", 0, 0, 0.0) is None
