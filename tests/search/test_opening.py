"""A saved index answers as one made anew, and is never used once anything has changed."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError
from bot.revisions.disk import file_digest
from bot.search.analyzer import Analyzer
from bot.search.cache import Cache, code_digest
from bot.search.lexicon import Row
from bot.search.opening import open_index, open_lexicon, open_plain
from tests.search.stores import ANALYZER, ROWS, Watched, analysed, same, small, write


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
