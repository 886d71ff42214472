"""Publishing, going back, and reading what was published."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import Fault, InputError, KnowledgeError, RevisionConflict, RevisionsError
from bot.revisions.model import FolderState
from bot.revisions.store import LEAST_KEPT, RevisionStore
from tests.revisions.small_store import (
    A,
    B,
    C,
    check_in_step,
    check_whole,
    held,
    on_disk,
    opened,
    published,
    undone,
    write,
)

FIRST = {A: b"one", C: b"name: x"}


@pytest.fixture
def store(tmp_path: Path) -> RevisionStore:
    write(tmp_path / "knowledge", FIRST)
    return opened(tmp_path)


def test_an_empty_store_takes_the_folder_as_it_is(store: RevisionStore, tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {".git/config.yaml": b"", "readme.txt": b""})
    assert held(store, 1) == FIRST
    assert (store.head.number, store.head.what, store.head.who) == (1, "import", "terminal")
    assert store.sync() == FolderState(1)
    assert opened(tmp_path).head == store.head


def test_a_revision_says_who_when_what_and_why(store: RevisionStore) -> None:
    new = store.publish({B: b"two"}, parent=1, who="<@7>", what="add", why=" a\nreason \udcff")
    assert store.head == new == store.revision(2)
    assert (new.number, new.who, new.what, new.why) == (2, "<@7>", "add", "a reason ?")
    assert new.at.isoformat().startswith("2026-01-01T00:0")
    assert list(new.changed) == [B]
    assert new.label == f"2·{new.manifest[:7]}"


def test_publishing_changes_the_folder_too(store: RevisionStore, tmp_path: Path) -> None:
    published(store, {A: None, "lexicon/new.yaml": b"a: b", B: b""})
    wanted = {C: b"name: x", "lexicon/new.yaml": b"a: b", B: b""}
    assert held(store, 2) == on_disk(tmp_path / "knowledge") == wanted
    check_in_step(tmp_path)


def test_equal_knowledge_has_one_manifest_wherever_it_is(tmp_path: Path) -> None:
    write(tmp_path / "one" / "knowledge", FIRST)
    write(tmp_path / "two" / "knowledge", {A: b"other"})
    one, two = opened(tmp_path / "one"), opened(tmp_path / "two")
    assert one.head.manifest != two.head.manifest
    assert published(two, FIRST).manifest == one.head.manifest


def test_what_changes_nothing_is_no_revision(store: RevisionStore) -> None:
    assert published(store, {A: b"one", B: None}) == store.head
    assert store.restore(1, parent=1, who="x", why="").number == 1
    assert len(store.history(10)) == 1


@pytest.mark.parametrize("path", ["../out.md", "/abs.md", "articles\\a.md", "a.txt"])
def test_a_path_out_of_the_folder_is_refused(store: RevisionStore, path: str) -> None:
    with pytest.raises(InputError):
        published(store, {path: b"x"})
    assert store.head.number == 1


def test_a_path_that_differs_by_case_is_refused(store: RevisionStore) -> None:
    with pytest.raises(InputError, match=r"articles/A\.md and articles/a\.md"):
        published(store, {"articles/A.md": b"x"})
    published(store, {"articles/A.md": b"x", A: None})


def test_undo_walks_back_and_restore_goes_anywhere(store: RevisionStore) -> None:
    for n in range(2, 6):
        published(store, {A: b"%d" % n})
    for n in (4, 3, 2):
        assert undone(store).undoes == n + 1
        assert held(store, store.head.number)[A] == b"%d" % n
    published(store, {B: b"new"})
    assert undone(store).undoes == 9
    assert undone(store).undoes == 2
    assert held(store, store.head.number) == FIRST
    assert store.to_undo() is None
    with pytest.raises(InputError, match="nothing left to undo"):
        undone(store)
    assert held(store, store.restore(5, parent=11, who="x", why="").number)[A] == b"5"
    undone(store)
    assert held(store, store.head.number) == FIRST
    check_whole(store)
    assert [one.what for one in store.history(3)] == ["undo", "restore", "undo"]


def test_undo_reaches_back_twenty_revisions_where_the_fewest_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "knowledge", FIRST)
    store = opened(tmp_path, keep=1)
    for n in range(100):
        published(store, {A: b"%d" % n, f"articles/{n}.md": b"%d" % n})
    before = held(store, 81)
    for _ in range(20):
        undone(store)
    assert held(store, store.head.number) == before
    check_whole(store)


def test_what_no_kept_revision_needs_is_forgotten(tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {**FIRST, B: b"stays"})
    store = opened(tmp_path, keep=LEAST_KEPT)
    published(store, {"articles/short.md": b"lived"})
    published(store, {"articles/short.md": None})
    for n in range(60):
        published(store, {A: b"%d" % n} | ({B: b"new"} if n == 59 else {}))
    assert len(store.history(1000)) == LEAST_KEPT
    check_whole(store)
    assert held(store, 63 - LEAST_KEPT + 1)[B] == b"stays"
    with sqlite3.connect(tmp_path / "data" / "revisions.sqlite3") as connection:
        (blobs,) = connection.execute("SELECT count(*) FROM blobs").fetchone()
    connection.close()
    assert blobs == LEAST_KEPT + 3
    with pytest.raises(InputError, match="There is no revision 1; 23 to 63 are kept"):
        store.files(1)
    with pytest.raises(RevisionConflict):
        published(store, {A: b"old"}, parent=1)
    assert published(store, {"articles/new.md": b"new"}, parent=1).number == 64


def test_changes_to_other_files_are_merged(store: RevisionStore, tmp_path: Path) -> None:
    published(store, {B: b"theirs", A: b"same"})
    merged = published(store, {C: b"mine", A: b"same"}, parent=1)
    assert list(merged.changed) == [C]
    assert held(store, 3) == {A: b"same", B: b"theirs", C: b"mine"}
    check_in_step(tmp_path)


@pytest.mark.parametrize("mine", [b"mine", None])
@pytest.mark.parametrize("theirs", [b"theirs", None])
def test_changes_to_one_file_are_shown(
    store: RevisionStore, mine: bytes | None, theirs: bytes | None
) -> None:
    published(store, {A: theirs})
    if mine == theirs:
        assert published(store, {A: mine}, parent=1).number == 2
        return
    with pytest.raises(
        RevisionConflict, match=r"Since revision 1, others changed articles/a\.md;"
    ) as e:
        published(store, {A: mine, B: b"x"}, parent=1)
    assert (e.value.head, e.value.paths) == (2, (A,))
    assert store.head.number == 2


def test_going_back_from_what_is_not_the_last_is_refused(store: RevisionStore) -> None:
    published(store, {A: b"two"})
    with pytest.raises(RevisionConflict, match="Revision 2·"):
        store.undo(parent=1, who="x", why="")
    with pytest.raises(RevisionConflict):
        store.restore(1, parent=1, who="x", why="")


@pytest.mark.parametrize("number", [0, -1, 2, 99])
def test_an_unknown_revision_is_told(store: RevisionStore, number: int) -> None:
    for ask in (store.files, store.revision, store.folder):
        with pytest.raises(InputError, match=f"There is no revision {number}; 1 to 1 are kept"):
            ask(number)
    with pytest.raises(InputError, match="There is no revision"):
        published(store, {A: b"x"}, parent=number)
    with pytest.raises(InputError, match=r"holds no file articles/none\.md"):
        store.read(1, "articles/none.md")


def test_what_has_faults_is_not_published(store: RevisionStore) -> None:
    looked = []

    def validate(folder: Path) -> tuple[Fault, ...]:
        looked.append(on_disk(folder))
        return (Fault(folder / A, 3, "It is wrong.", "Right it."),)

    with pytest.raises(KnowledgeError, match=r"revision 1·\w{7} keeps serving") as caught:
        store.publish(
            {A: b"", B: b"two"}, parent=1, who="x", what="edit", why="", validate=validate
        )
    assert looked == [{A: b"", B: b"two", C: b"name: x"}]
    assert [fault.path for fault in caught.value.faults] == [Path(A)]
    assert store.head.number == 1


def test_what_others_publish_during_validation_is_validated_with_it(store: RevisionStore) -> None:
    looked = []

    def validate(folder: Path) -> tuple[Fault, ...]:
        looked.append(on_disk(folder))
        if len(looked) == 1:
            published(store, {B: b"theirs"})
        return ()

    new = store.publish({A: b"mine"}, parent=1, who="x", what="edit", why="", validate=validate)
    assert new.number == 3
    assert looked == [{**FIRST, A: b"mine"}, {**FIRST, A: b"mine", B: b"theirs"}]


def test_a_revision_is_laid_out_as_a_folder(store: RevisionStore, tmp_path: Path) -> None:
    published(store, {A: None, B: b"two"})
    first, second = store.folder(1), store.folder(2)
    assert (on_disk(first), on_disk(second)) == (FIRST, {B: b"two", C: b"name: x"})
    assert store.folder(undone(store).number) == first
    (first / A).write_bytes(b"somebody's")
    (second / "extra.md").write_bytes(b"somebody's")
    assert (on_disk(store.folder(1)), on_disk(store.folder(2))) == (FIRST, held(store, 2))
    store.clean([2])
    assert list((tmp_path / "data" / "revisions").iterdir()) == [second]


def emptied(folder: Path) -> None:
    (folder / A).write_bytes(b"")


def removed(folder: Path) -> None:
    (folder / A).unlink()


def replaced_by_a_folder(folder: Path) -> None:
    removed(folder)
    (folder / A).mkdir()


def added(folder: Path) -> None:
    (folder / B).write_bytes(b"somebody's")


def added_in_a_folder(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "more.md").write_bytes(b"somebody's")


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "damaged", [emptied, removed, replaced_by_a_folder, added, added_in_a_folder, gone]
)
def test_a_laid_out_revision_that_was_damaged_is_laid_out_anew(
    store: RevisionStore, damaged: Callable[[Path], None]
) -> None:
    damaged(store.folder(1))
    assert on_disk(store.folder(1)) == FIRST


def test_a_file_that_a_system_hides_beside_a_laid_out_revision_is_left_alone(
    store: RevisionStore,
) -> None:
    hidden = store.folder(1) / "articles" / ".DS_Store"
    hidden.write_bytes(b"")
    store.folder(1)
    assert hidden.exists()


def test_an_export_depends_on_the_articles_only(store: RevisionStore) -> None:
    first, again, everything = io.BytesIO(), io.BytesIO(), io.BytesIO()
    store.export(1, first)
    published(store, {C: b"other"})
    store.export(2, again)
    store.export(2, everything, below="")
    assert first.getvalue() == again.getvalue()
    with zipfile.ZipFile(everything) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == held(store, 2)
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == [A]


@pytest.mark.parametrize("content", [b"not a database" * 400, b"x", b"SQLite format 3\0" * 300])
def test_another_file_is_not_taken_for_a_store(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"data/revisions.sqlite3": content, "knowledge/a.md": b""})
    with pytest.raises(RevisionsError, match=r"revisions\.sqlite3 .*; "):
        opened(tmp_path)
    assert (tmp_path / "data" / "revisions.sqlite3").read_bytes() == content


def test_another_programs_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    write(tmp_path, {"data/x": b"", "knowledge/a.md": b""})
    with sqlite3.connect(tmp_path / "data" / "revisions.sqlite3") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(RevisionsError, match="is not a store of revisions; move it away"):
        opened(tmp_path)


def test_a_newer_store_is_told(store: RevisionStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data" / "revisions.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(RevisionsError, match="newer Receipts"):
        opened(tmp_path)


def test_a_store_that_vanished_is_told_and_not_begun_anew(
    store: RevisionStore, tmp_path: Path
) -> None:
    (tmp_path / "data" / "revisions.sqlite3").unlink()
    with pytest.raises(RevisionsError, match="cannot be used"):
        published(store, {A: b"x"}, parent=1)
    assert not (tmp_path / "data" / "revisions.sqlite3").exists()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE blobs SET data = x'00'", "DELETE FROM blobs", "UPDATE changes SET sha256 = 'f'",
     "UPDATE blobs SET data = (SELECT max(data) FROM blobs)", "DELETE FROM changes"],
)  # fmt: skip
def test_damage_is_noticed_when_it_is_read(
    store: RevisionStore, tmp_path: Path, damage: str
) -> None:
    with sqlite3.connect(tmp_path / "data" / "revisions.sqlite3") as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(RevisionsError, match="damaged; put a copy of it back"):
        held(store, 1)


def test_there_has_to_be_a_folder_to_begin_with(tmp_path: Path) -> None:
    with pytest.raises(RevisionsError, match=r"The knowledge folder .* is gone;"):
        opened(tmp_path)
    write(tmp_path / "knowledge", FIRST)
    assert held(opened(tmp_path), 1) == FIRST


def test_a_commit_is_on_the_disk_when_it_returns(store: RevisionStore) -> None:
    with store._database.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
