"""A staged state is laid out as it would be published, and is not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InputError, RevisionConflict
from tests.revisions.small_store import A, B, C, held, on_disk, opened, published, write


def test_what_is_staged_is_what_publishing_would_make_and_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"one", C: b"name: x"})
    store = opened(tmp_path)
    changes = {A: None, B: b"two"}
    staged = store.stage(changes, parent=1)
    assert on_disk(staged.folder) == {B: b"two", C: b"name: x"}
    assert staged.folder.name == staged.manifest
    assert staged.head == store.head
    assert (store.head.number, on_disk(tmp_path / "knowledge")) == (1, held(store, 1))
    assert published(store, changes).manifest == staged.manifest
    assert store.folder(2) == staged.folder


def test_what_is_staged_is_merged_with_what_others_published(tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"one"})
    store = opened(tmp_path)
    published(store, {C: b"name: x"})
    staged = store.stage({B: b"two"}, parent=1)
    assert on_disk(staged.folder) == {A: b"one", B: b"two", C: b"name: x"}
    assert staged.diff.files == (B,)


def test_what_cannot_be_published_cannot_be_staged(tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {A: b"one"})
    store = opened(tmp_path)
    published(store, {A: b"two"})
    with pytest.raises(RevisionConflict):
        store.stage({A: b"three"}, parent=1)
    with pytest.raises(InputError):
        store.stage({"../x.md": b""}, parent=2)
    with pytest.raises(InputError):
        store.stage({}, parent=9)
