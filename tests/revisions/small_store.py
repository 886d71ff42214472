"""A store over a small knowledge folder, and whether everything about it is whole."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.revisions.disk import Disk
from bot.revisions.model import FolderState, Revision, applied, digest, manifest_of
from bot.revisions.store import KEPT, RevisionStore

A, B, C = "articles/a.md", "articles/b.md", "dispute.yaml"


def ticking() -> Callable[[], datetime]:
    """A clock that is a minute later each time."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    minutes = itertools.count()
    return lambda: start + timedelta(minutes=next(minutes))


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def opened(home: Path, disk: Disk | None = None, keep: int = KEPT) -> RevisionStore:
    """The store of a home folder: `data/` and `knowledge/` in it."""
    place = home / "data" / "revisions.sqlite3"
    return RevisionStore.open(place, home / "knowledge", keep=keep, disk=disk, clock=ticking())


def published(
    store: RevisionStore, changes: Mapping[str, bytes | None], parent: int | None = None
) -> Revision:
    number = store.head.number if parent is None else parent
    return store.publish(changes, parent=number, who="<@1>", what="edit", why="a reason")


def undone(store: RevisionStore) -> Revision:
    return store.undo(parent=store.head.number, who="<@1>", why="")


def held(store: RevisionStore, number: int) -> dict[str, bytes]:
    """What a revision holds, read file by file."""
    return {path: store.read(number, path) for path in store.files(number)}


def on_disk(folder: Path) -> dict[str, bytes]:
    """All that lies below a folder, hidden files included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check_whole(store: RevisionStore) -> None:
    """Every revision that is kept is there, and holds what its manifest and its changes say."""
    history = store.history(10_000)
    head = store.head.number
    assert [one.number for one in history] == list(range(head, head - len(history), -1))
    before: Mapping[str, str] | None = None
    for one in reversed(history):
        files = store.files(one.number)
        assert manifest_of(files) == one.manifest
        assert {path: digest(content) for path, content in held(store, one.number).items()} == files
        if before is not None:
            assert applied(before, one.changed) == files
            assert one.changed
        before = files


def check_in_step(home: Path) -> RevisionStore:
    """After a restart the folder is the last revision's, whole, and nothing is left lying about."""
    store = opened(home)
    check_whole(store)
    assert store.sync() == FolderState(store.head.number)
    assert on_disk(home / "knowledge") == held(store, store.head.number)
    assert [path.name for path in (home / "data").glob("*-journal")] == []
    return store
