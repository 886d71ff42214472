"""An index made of one that was saved and of what has changed is as one made anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.store import ArticleStore
from bot.search.cache import Cache
from bot.search.opening import open_index
from tests.search.stores import ANALYZER, WORDS, Contents, analysed, same, small, write

PARAGRAPHS = tuple(" ".join(random.Random(number).choices(WORDS, k=40)) for number in range(6))
"""Each long enough to be a passage of its own."""


def paragraphs(*numbers: int) -> str:
    return "\n\n".join(PARAGRAPHS[number] for number in numbers)


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
several = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5).map("\n\n".join)
texts = words | several
NAMES = ("one", "two", "three", "four", "five", "six")
contents = st.tuples(texts, st.sampled_from(["en", "it"]), st.sampled_from(["Mill", "Anna"]))
states = st.dictionaries(st.sampled_from(NAMES), contents, min_size=1)


def added(state: dict[str, Contents], data: st.DataObject) -> None:
    state[data.draw(st.sampled_from(NAMES))] = data.draw(contents)


def removed(state: dict[str, Contents], data: st.DataObject) -> None:
    if len(state) > 1:
        del state[data.draw(st.sampled_from(sorted(state)))]


def renamed(state: dict[str, Contents], data: st.DataObject) -> None:
    content = state.pop(data.draw(st.sampled_from(sorted(state))))
    state[data.draw(st.sampled_from(NAMES))] = content


def repeated(state: dict[str, Contents], data: st.DataObject) -> None:
    state[data.draw(st.sampled_from(NAMES))] = state[data.draw(st.sampled_from(sorted(state)))]


def edited(state: dict[str, Contents], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(state)))
    text, language, title = state[name]
    found = text.split("\n\n")
    at = data.draw(st.integers(0, len(found)))
    # Taken out, put in, or one in place of another; what comes after moves.
    found[at : at + data.draw(st.integers(0, 1))] = data.draw(st.lists(texts, max_size=2))
    state[name] = "\n\n".join(found) or text, language, title


CHANGES = (added, removed, renamed, repeated, edited)


@given(st.lists(states, min_size=1, max_size=4))
def test_whatever_changes_it_is_as_if_made_anew(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, Contents]]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store, cache = ArticleStore(folder), Cache(folder / "cache")
    for state in history:
        write(store, state)
        same(open_index(store, ANALYZER, "key", cache), store)


@given(states, st.integers(1, 3), st.data())
def test_small_changes_in_a_row_are_as_if_made_anew(
    tmp_path_factory: pytest.TempPathFactory,
    state: dict[str, Contents],
    steps: int,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store, cache = ArticleStore(folder), Cache(folder / "cache")
    write(store, state)
    same(open_index(store, ANALYZER, "key", cache), store)
    for _ in range(steps):
        for change in data.draw(st.lists(st.sampled_from(CHANGES), max_size=2)):
            change(state, data)
        write(store, state)
        same(open_index(store, ANALYZER, "key", cache), store)


def test_one_of_many_articles_changes_as_if_made_anew(tmp_path: Path) -> None:
    drawn = random.Random(0)
    store, cache = ArticleStore(tmp_path / "knowledge"), Cache(tmp_path / "cache")

    def content() -> Contents:
        # Of few enough texts that many articles are the first of several that are the same.
        return " ".join(random.Random(drawn.randrange(60)).choices(WORDS, k=9)), "en", "Mill"

    state = {f"article-{number:03}": content() for number in range(150)}
    write(store, state)
    same(open_index(store, ANALYZER, "key", cache), store)
    for _ in range(4):
        name = drawn.choice(sorted(state))
        state[name] = content()
        state[f"{name}-again"] = state.pop(drawn.choice(sorted(state)))
        write(store, state)
        same(open_index(store, ANALYZER, "key", cache), store)


def test_words_that_go_and_come_back_are_as_if_made_anew(tmp_path: Path) -> None:
    store, cache = ArticleStore(tmp_path / "knowledge"), Cache(tmp_path / "cache")
    few = [f"zyx{letter}" for letter in "bcdfg"]
    many = " ".join(f"{one}{other}" for one in few for other in "klmnprst")
    state = {"many": (many, "en", "Mill"), "few": (" ".join(few), "it", "Zyxa")}

    def changed(text: str, language: str, title: str) -> None:
        state["few"] = text, language, title
        write(store, state)
        same(open_index(store, ANALYZER, "key", cache), store)

    write(store, state)
    same(open_index(store, ANALYZER, "key", cache), store)
    changed(" ".join(few[:4]), "it", "Zyxa")
    changed(" ".join(few[1:]), "it", "Zyxa")
    changed(" ".join(few), "it", "River")
    changed(many, "it", "Zyxa")
    changed("river", "en", "River")
    changed(" ".join(few), "it", "Zyxa")


def test_what_has_not_changed_is_not_analysed_again(tmp_path: Path) -> None:
    store, cache, state = small(tmp_path)
    assert analysed(store, cache) == 3
    assert analysed(store, cache) == 0
    state["two"] = ("The river was low.", "en", "River")
    write(store, state)
    assert analysed(store, cache) == 1
    del state["one"]
    write(store, state)
    assert analysed(store, cache) == 0
    state["four"] = ("Snow fell.", "en", "Snow")
    write(store, state)
    assert analysed(store, cache) == 1


def test_of_an_article_that_has_changed_only_new_passages_are_analysed(tmp_path: Path) -> None:
    store, cache, state = small(tmp_path)

    def changed(*numbers: int, language: str = "en", title: str = "Mill") -> int:
        write(store, {**state, "one": (paragraphs(*numbers), language, title)})
        return analysed(store, cache)

    assert analysed(store, cache) == 3
    assert changed(0, 1, 2, 3) == 4
    assert changed(0, 1, 4, 2, 3) == 1
    assert changed(1, 4, 3) == 0
    assert changed(1, 5, 3, 3) == 2
    assert changed(3, 1, 5) == 1
    assert changed(3, 1, 5, title="River") == 3
    assert changed(3, 1, 5, language="it", title="River") == 3


def test_ids_of_words_that_are_gone_do_not_pile_up(tmp_path: Path) -> None:
    store, cache = ArticleStore(tmp_path / "knowledge"), Cache(tmp_path / "cache")
    many = " ".join(f"zyx{number:02}" for number in range(60))
    state: dict[str, Contents] = {"many": (many, "en", "Mill")}
    for number in range(30):
        state["one"] = f"abc{number} river", "en", "Mill"
        write(store, state)
        found = open_index(store, ANALYZER, "key", cache).forward.vocabulary
        assert found.size <= len(found) / 0.9
