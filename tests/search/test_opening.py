"""A saved index answers as one made anew, and is never used once anything has changed."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.duplicates import near_duplicates
from bot.articles.model import Article
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError
from bot.search.analyzer import Analyzer
from bot.search.cache import Cache, code_digest, file_digest
from bot.search.embedded import EmbeddedIndex
from bot.search.forward import ForwardIndex
from bot.search.index import QueryTerm
from bot.search.lexicon import Row
from bot.search.opening import Opened, open_index, open_lexicon, open_plain
from bot.search.postings import Postings
from bot.search.similar import SimilarWords

ROWS = (Row("leave", {"en": ("leave", "left", "walk away"), "it": ("lasciare",)}),)
ANALYZER = Analyzer(ROWS)
WORDS = ("mill", "river", "Anna", "leaves", "walked", "away", "left", "97.4 million", "flour", "a")

PARAGRAPHS = tuple(" ".join(random.Random(number).choices(WORDS, k=40)) for number in range(6))
"""Each long enough to be a passage of its own."""


def paragraphs(*numbers: int) -> str:
    return "\n\n".join(PARAGRAPHS[number] for number in numbers)


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
several = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5).map("\n\n".join)
texts = words | several
Contents = tuple[str, str, str]
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


class Watched:
    """Counts the passages that were analysed."""

    def __init__(self) -> None:
        self.steps = 0

    @contextmanager
    def __call__(self, name: str, total: int) -> Iterator[Callable[[], None]]:
        before = self.steps
        yield self._step
        assert self.steps - before == total

    def _step(self) -> None:
        self.steps += 1


def write(store: ArticleStore, state: dict[str, Contents]) -> None:
    shutil.rmtree(store.articles, ignore_errors=True)
    for name, (text, language, title) in state.items():
        store.write(Article(name, title, text, language))


def same(opened: Opened, store: ArticleStore) -> None:
    """Whether it is what an index made in memory is."""
    passages = tuple(passage for article in store.read() for passage in split(article))
    assert tuple(opened.passages) == passages
    forward = ForwardIndex(passages, ANALYZER)
    assert opened.forward.languages == forward.languages
    assert set(opened.forward.vocabulary) == set(forward.vocabulary)
    mine, other = list(opened.forward.vocabulary), list(forward.vocabulary)
    one, two = opened.forward.analysis, forward.analysis
    assert one.sentences.tolist() == two.sentences.tolist()
    assert one.positions.tolist() == two.positions.tolist()
    for number in range(len(passages)):
        assert [mine[n] for n in one.terms[number]] == [other[n] for n in two.terms[number]]
        assert one.cues[number].tolist() == two.cues[number].tolist()
        assert {mine[n] for n in one.titles[number]} == {other[n] for n in two.titles[number]}
    anew = Postings.of(two.terms, len(two.vocabulary))
    for number, term in enumerate(other):
        here, there = (
            slice(*found.place(at))
            for found, at in ((opened.postings, one.vocabulary[term]), (anew, number))
        )
        for name, values in anew.arrays().items():
            if name != "posting_pointer":
                assert opened.postings.arrays()[name][here].tolist() == values[there].tolist()
    saved, made = EmbeddedIndex(opened.forward, opened.postings), EmbeddedIndex(forward)
    for term in forward.vocabulary:
        query = [QueryTerm(term, ((term, 1.0),))]
        assert saved.search(query, 10) == made.search(query, 10)
    groups = [[passages[n] for n in opened.twins[row]] for row in range(len(opened.twins))]
    assert groups == [list(group) for group in near_duplicates(passages) if len(group) > 1]
    for language in forward.languages:
        (words,) = [opened.similar[language]]
        stems = {t.partition(":")[2] for t in forward.vocabulary if t.startswith(f"{language}:")}
        for name, values in SimilarWords(stems).arrays.items():
            assert words.arrays[name].tolist() == values.tolist()


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


def small(tmp_path: Path) -> tuple[ArticleStore, Cache, dict[str, Contents]]:
    state = {
        "one": ("Anna left the mill. It was cold.", "en", "Mill"),
        "two": ("The river was high.", "en", "River"),
        "three": ("Anna lasciò il mulino.", "it", "Mulino"),
    }
    store = ArticleStore(tmp_path / "knowledge")
    write(store, state)
    return store, Cache(tmp_path / "cache"), state


def analysed(store: ArticleStore, cache: Cache, key: str = "key") -> int:
    """How many passages had to be analysed."""
    watched = Watched()
    same(open_index(store, ANALYZER, key, cache, watched), store)
    return watched.steps


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


def told(store: ArticleStore) -> dict[str, str]:
    paths = [*store.articles.rglob("*.md"), *store.folder.glob("*.yaml")]
    return {path.relative_to(store.folder).as_posix(): file_digest(path) for path in paths}


def test_what_files_hold_is_read_once_where_somebody_tells_it(tmp_path: Path) -> None:
    store, cache, state = small(tmp_path)
    (store.folder / "dispute.yaml").write_text("no article")
    (store.articles / "deeper").mkdir()
    (store.articles / "deeper" / "one.md").write_text("no article either")
    watched = Watched()
    same(open_index(store, ANALYZER, "key", cache, watched, files=told(store)), store)
    same(open_index(store, ANALYZER, "key", cache, watched, files=told(store)), store)
    same(open_index(store, ANALYZER, "key", cache, watched), store)
    assert watched.steps == 3
    state["two"] = ("The river was low.", "en", "River")
    write(store, state)
    same(open_index(store, ANALYZER, "key", cache, watched, files=told(store)), store)
    assert watched.steps == 4


def test_what_is_told_of_files_that_hold_something_else_is_not_kept(tmp_path: Path) -> None:
    store, cache, state = small(tmp_path)
    before = told(store)
    state["two"] = ("The river was low.", "en", "River")
    write(store, state)
    watched = Watched()
    same(open_index(store, ANALYZER, "key", cache, watched, files=before), store)
    same(open_index(store, ANALYZER, "key", cache, watched, files=before), store)
    assert watched.steps == 6
    assert analysed(store, cache) == 3


def test_an_index_whose_files_were_not_known_is_made_anew(tmp_path: Path) -> None:
    store, cache, _ = small(tmp_path)
    assert analysed(store, cache) == 3
    place = str(store.folder.resolve())
    saved = cache.read("index", place, "key")
    assert saved is not None
    # As it is where files change while they are read.
    assert cache.write("index", place, "key", {**saved.head, "articles": []}, saved.arrays)
    assert analysed(store, cache) == 3
    assert analysed(store, cache) == 0


def test_another_analyzer_trusts_nothing(tmp_path: Path) -> None:
    store, cache, _ = small(tmp_path)
    assert analysed(store, cache) == 3
    assert analysed(store, cache, "other") == 3


@pytest.mark.parametrize("at", [0, 8, 40, 48, 100, None, -1])
def test_an_index_that_differs_anywhere_is_made_anew(tmp_path: Path, at: int | None) -> None:
    store, cache, _ = small(tmp_path)
    assert analysed(store, cache) == 3
    [path] = (tmp_path / "cache").iterdir()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    path.write_bytes(content)
    assert analysed(store, cache) == 3
    path.write_bytes(content[: len(content) // 2])
    assert analysed(store, cache) == 3
    assert analysed(store, cache) == 0


@pytest.mark.parametrize("kept", [True, False])
def test_where_nothing_can_be_kept_all_works(tmp_path: Path, kept: bool) -> None:
    store, _, _ = small(tmp_path)
    (tmp_path / "taken").write_text("a file where a folder is wanted")
    cache = Cache(tmp_path / "taken" if kept else None)
    assert analysed(store, cache) == 3
    assert analysed(store, cache) == 3


def test_faults_are_told_even_where_an_index_was_saved(tmp_path: Path) -> None:
    store, cache, _ = small(tmp_path)
    assert analysed(store, cache) == 3
    store.path_of("two").write_text("no front matter")
    with pytest.raises(KnowledgeError, match="1 fault"):
        open_index(store, ANALYZER, "key", cache)
    shutil.rmtree(store.articles)
    with pytest.raises(KnowledgeError, match="no articles"):
        open_index(store, ANALYZER, "key", cache)


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    store, cache, _ = small(tmp_path)
    (tmp_path / "cache").mkdir()
    for number in range(80):
        path = tmp_path / "cache" / f"index-{number}.bin"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    assert analysed(store, cache) == 3
    left = {path.name for path in (tmp_path / "cache").iterdir()}
    assert "index-79.bin" in left
    assert "index-0.bin" not in left
    assert len(left) < 80
    assert analysed(store, cache) == 0


def test_what_was_broken_off_long_ago_is_removed(tmp_path: Path) -> None:
    store, cache, _ = small(tmp_path)
    (tmp_path / "cache").mkdir()
    began, long_ago = tmp_path / "cache" / ".one.part", tmp_path / "cache" / ".two.part"
    for path in (began, long_ago):
        path.write_bytes(b"half")
    os.utime(long_ago, (0, 0))
    assert analysed(store, cache) == 3
    assert began.exists()
    assert not long_ago.exists()


def test_a_saved_lexicon_is_the_one_that_was_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.yaml"
    file.write_text("one")
    cache = Cache(tmp_path / "cache")
    first, key = open_lexicon([file], lambda: ROWS, cache)
    again, same_key = open_lexicon([file], list, cache)
    assert key == same_key
    assert again.languages() == first.languages()
    text = "They left and walked away."
    units = list(Analyzer(ROWS).units(text, "en", asked=True))
    assert list(Analyzer(again).units(text, "en", asked=True)) == units


@pytest.mark.parametrize("part", ["search", "articles"])
def test_what_other_code_saved_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr("bot.search.cache._CODE", tmp_path)
    (tmp_path / part).mkdir()
    digests = []
    for code in ("one = 1", "one = 2", "one = 1"):
        (tmp_path / part / "module.py").write_text(code)
        # Each process takes it once.
        code_digest.cache_clear()
        digests.append(code_digest())
    code_digest.cache_clear()
    assert digests[0] == digests[2] != digests[1]
    store, cache, _ = small(tmp_path)
    assert analysed(store, cache, digests[0]) == 3
    assert analysed(store, cache, digests[1]) == 3


def test_what_a_file_says_is_kept_until_it_changes(tmp_path: Path) -> None:
    file, cache = tmp_path / "file.yaml", Cache(tmp_path / "cache")
    reads: list[str] = []

    def read() -> list[str]:
        reads.append(file.read_text())
        return reads[-1].split()

    file.write_text("mill river")
    assert [open_plain("words", file, read, cache) for _ in range(2)] == [["mill", "river"]] * 2
    assert reads == ["mill river"]
    [kept] = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"river", b"rover"))
    assert open_plain("words", file, read, cache) == ["mill", "river"]
    file.write_text("snow")
    assert open_plain("words", file, read, cache) == ["snow"]
    assert reads == ["mill river", "mill river", "snow"]


def test_what_cannot_be_read_is_told_by_its_reader(tmp_path: Path) -> None:
    def read() -> None:
        raise KnowledgeError("There is no such file.")

    with pytest.raises(KnowledgeError, match="no such file"):
        open_plain("words", tmp_path / "none.yaml", read, Cache(tmp_path / "cache"))


def test_a_lexicon_whose_file_has_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "rows.yaml"
    file.write_text("one")
    cache = Cache(tmp_path / "cache")
    open_lexicon([file], lambda: ROWS, cache)
    file.write_text("two")
    changed = [replace(ROWS[0], concept="depart")]
    again, _ = open_lexicon([file], lambda: changed, cache)
    assert again.concepts("leave", "leav", "en", name=False) == ("depart",)


def test_what_was_read_while_a_file_changed_is_not_kept_as_what_it_was(tmp_path: Path) -> None:
    file, cache = tmp_path / "rows.yaml", Cache(tmp_path / "cache")
    file.write_text("one")

    def read_as_it_changes() -> list[str]:
        file.write_text("two")
        return ["two"]

    assert open_plain("words", file, read_as_it_changes, cache) == ["two"]
    file.write_text("one")
    assert open_plain("words", file, lambda: ["one"], cache) == ["one"]

    def rows_as_it_changes() -> list[Row]:
        file.write_text("two")
        return [replace(ROWS[0], concept="depart")]

    open_lexicon([file], rows_as_it_changes, cache)
    file.write_text("one")
    again, _ = open_lexicon([file], lambda: ROWS, cache)
    assert again.concepts("leave", "leav", "en", name=False) == (ROWS[0].concept,)
