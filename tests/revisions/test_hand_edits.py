"""People write in the knowledge folder; it is noticed, and nothing they wrote is written over."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.errors import Fault, KnowledgeError, RevisionConflict
from bot.revisions.disk import Disk
from bot.revisions.model import FolderState, HandEdit, Revision, digest
from bot.revisions.store import RevisionStore
from tests.revisions.small_store import (
    A,
    B,
    C,
    check_in_step,
    held,
    on_disk,
    opened,
    published,
    undone,
    write,
)

FIRST = {A: b"one", C: b"name: x"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "knowledge", FIRST)


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> RevisionStore:
    return opened(tmp_path)


def edit(path: str, content: bytes | None) -> HandEdit:
    return HandEdit(path, content, None if content is None else digest(content))


def taken_up(
    store: RevisionStore, state: FolderState, instead: Mapping[str, bytes] | None = None
) -> Revision:
    edits = (*state.edits, *state.conflicts)
    changes = {one.path: one.content for one in edits} | dict(instead or {})
    return store.publish(
        changes, parent=state.head, who="Ada", what="hand edit", why="", took=edits
    )


def test_files_written_changed_and_removed_by_hand_are_told(
    store: RevisionStore, folder: Path
) -> None:
    write(folder, {B: b"new", C: b"name: y"})
    (folder / A).unlink()
    state = store.sync()
    assert state == FolderState(1, (edit(A, None), edit(B, b"new"), edit(C, b"name: y")))
    assert taken_up(store, state).what == "hand edit"
    assert held(store, 2) == on_disk(folder) == {B: b"new", C: b"name: y"}
    assert store.sync() == FolderState(2)


def test_an_edit_of_the_same_length_within_a_tick_is_noticed(
    store: RevisionStore, folder: Path
) -> None:
    for content in (b"two", b"six", b"ten"):
        stamp = (folder / A).stat()
        write(folder, {A: content})
        os.utime(folder / A, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        assert store.sync().edits == (edit(A, content),)


def test_an_edit_is_told_until_it_is_settled_however_often_the_folder_is_looked_at(
    store: RevisionStore, tmp_path: Path, folder: Path
) -> None:
    write(folder, {A: b"mine"})
    for _ in range(3):
        assert store.sync().edits == opened(tmp_path).sync().edits == (edit(A, b"mine"),)


def test_an_edit_with_faults_is_told_and_the_last_revision_serves(
    store: RevisionStore, folder: Path
) -> None:
    write(folder, {A: b"bad"})
    with pytest.raises(KnowledgeError, match="It is bad"):
        store.publish(
            {A: b"bad"}, parent=1, who="Ada", what="hand edit", why="", took=store.sync().edits,
            validate=lambda laid_out: [Fault(laid_out / A, 1, "It is bad.", "Mend it.")],
        )  # fmt: skip
    assert (store.head.number, store.sync().edits) == (1, (edit(A, b"bad"),))
    assert on_disk(folder)[A] == b"bad"


@pytest.mark.parametrize("by_hand", [b"mine", None])
@pytest.mark.parametrize("then", [b"theirs", None])
def test_a_file_that_hand_and_revision_changed_is_a_conflict(
    store: RevisionStore, tmp_path: Path, folder: Path, by_hand: bytes | None, then: bytes | None
) -> None:
    if by_hand is None:
        (folder / A).unlink()
    else:
        write(folder, {A: by_hand})
    published(store, {A: then, B: b"two"})
    left = {C: FIRST[C], B: b"two"} | ({} if by_hand is None else {A: by_hand})
    assert on_disk(folder) == left
    if by_hand == then:
        assert store.sync() == FolderState(2)
        return
    assert store.sync() == FolderState(2, conflicts=(edit(A, by_hand),))
    assert opened(tmp_path).sync().conflicts == (edit(A, by_hand),)
    assert held(store, 2).get(A) == then
    undone(store)
    assert store.sync() == FolderState(3, edits=(edit(A, by_hand),))


def test_a_conflict_is_settled_for_the_hand(store: RevisionStore, tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"mine"})
    published(store, {A: b"theirs"})
    taken_up(store, store.sync())
    assert check_in_step(tmp_path).read(3, A) == b"mine"


def test_a_conflict_is_settled_for_the_revision(store: RevisionStore, tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"mine"})
    published(store, {A: b"theirs"})
    assert store.discard(store.sync().conflicts) == FolderState(2)
    assert check_in_step(tmp_path).read(2, A) == b"theirs"


def test_a_conflict_is_settled_with_both(store: RevisionStore, tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"mine"})
    published(store, {A: b"theirs"})
    taken_up(store, store.sync(), {A: b"theirs and mine"})
    assert check_in_step(tmp_path).read(3, A) == b"theirs and mine"


def test_what_was_written_since_it_was_told_is_not_discarded(
    store: RevisionStore, folder: Path
) -> None:
    write(folder, {A: b"mine"})
    told = store.sync().edits
    write(folder, {A: b"newer"})
    state = store.discard(told)
    assert (*state.edits, *state.conflicts) == (edit(A, b"newer"),)
    assert on_disk(folder)[A] == b"newer"


def test_what_was_written_since_it_was_told_is_the_next_edit(
    store: RevisionStore, folder: Path
) -> None:
    write(folder, {A: b"mine"})
    told = store.sync()
    write(folder, {A: b"newer"})
    taken_up(store, told)
    assert store.sync() == FolderState(2, edits=(edit(A, b"newer"),))


def test_an_edit_of_a_file_that_was_changed_since_is_shown(
    store: RevisionStore, folder: Path
) -> None:
    write(folder, {A: b"mine"})
    told = store.sync()
    published(store, {A: b"theirs"})
    with pytest.raises(RevisionConflict, match="others changed"):
        taken_up(store, told)
    assert store.sync().conflicts == (edit(A, b"mine"),)


def test_what_is_saved_while_a_revision_is_put_in_place_stays(tmp_path: Path, folder: Path) -> None:
    def save(step: str) -> None:
        if step == "sync file":
            write(folder, {A: b"mine"})

    store = opened(tmp_path, Disk(save))
    published(store, {A: b"theirs"})
    assert on_disk(folder) == {**FIRST, A: b"mine"}
    assert store.sync() == FolderState(2, conflicts=(edit(A, b"mine"),))


def test_a_folder_that_is_gone_is_told_and_left_alone(store: RevisionStore, folder: Path) -> None:
    shutil.rmtree(folder)
    published(store, {A: b"two"})
    state = store.sync()
    assert (state.edits, state.conflicts, state.behind) == ((), (), (A, C))
    assert "is gone" in state.problems[0]
    assert not folder.exists()
    write(folder, FIRST)
    assert store.sync() == FolderState(2)
    assert on_disk(folder) == held(store, 2)


def test_an_empty_folder_is_filled(store: RevisionStore, folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    check_in_step(tmp_path)


def test_a_link_is_told_and_never_written_through(
    store: RevisionStore, folder: Path, tmp_path: Path
) -> None:
    outside = write(tmp_path / "outside", {"x.md": b"private", "y/z.md": b"private"})
    (folder / A).unlink()
    (folder / A).symlink_to(outside / "x.md")
    (folder / "lexicon").symlink_to(outside / "y")
    published(store, {A: b"two", "lexicon/z.md": b"two"})
    state = store.sync()
    assert state.behind == (A, "lexicon/z.md")
    assert sum("is a link" in problem for problem in state.problems) == 2
    assert on_disk(outside) == {"x.md": b"private", "y/z.md": b"private"}
    assert (state.edits, state.conflicts) == ((), ())


def test_names_that_cannot_be_published_are_told(store: RevisionStore, folder: Path) -> None:
    write(folder, {"articles/A.md": b"", "articles/what?.md": b"", "notes.txt": b"", ".x.md": b""})
    state = store.sync()
    assert len(state.problems) == 2
    assert "is articles/A.md on some disks" in "\n".join(state.problems)
    assert "what?.md holds a control character" in "\n".join(state.problems)
    assert [one.path for one in state.edits] == ["articles/A.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_that_is_not_utf_8_is_told_in_utf_8(store: RevisionStore, folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.md")).write_bytes(b"")
    (problem,) = store.sync().problems
    assert "caf?.md holds" in problem.encode().decode()


def test_a_file_may_be_spelt_as_another_system_spells_it(
    store: RevisionStore, folder: Path
) -> None:
    spelt = unicodedata.normalize("NFD", "articles/più.md")
    write(folder, {spelt: b"one"})
    state = store.sync()
    assert state.edits == (edit("articles/più.md", b"one"),)
    taken_up(store, state)
    published(store, {"articles/più.md": b"two"})
    assert on_disk(folder)[spelt] == b"two"
    published(store, {"articles/più.md": None})
    assert on_disk(folder) == FIRST
    assert store.sync() == FolderState(4)


def test_a_file_where_a_folder_should_be_is_told(store: RevisionStore, folder: Path) -> None:
    write(folder, {"lexicon": b"a file"})
    published(store, {"lexicon/x.yaml": b"x", B: b"two"})
    state = store.sync()
    assert state.behind == ("lexicon/x.yaml",)
    assert "cannot be written" in state.problems[0]
    assert on_disk(folder)[B] == b"two"


def test_files_that_rest_are_not_read_again(tmp_path: Path, folder: Path) -> None:
    for path in FIRST:
        os.utime(folder / path, ns=(0, 0))
    store = opened(tmp_path)
    found = store._copy._worktree.scan({})
    rested = found.files[C]
    assert not rested.holds_for((folder / C).stat())
    later = type(rested)(rested.sha256, rested.size, rested.mtime, rested.ctime,
                         rested.seen + 10_000_000_000)  # fmt: skip
    assert store._copy._worktree.scan({C: later}).files[C] is later
    write(folder, {C: b"name: z"})
    assert store._copy._worktree.scan({C: later}).files[C].sha256 == digest(b"name: z")
