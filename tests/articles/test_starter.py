"""The shipped knowledge base is copied, never written."""

from __future__ import annotations

from pathlib import Path

from bot.articles.starter import plant, starter_folder, writable_folder


def test_a_folder_is_made_from_the_shipped_one_once(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "kb"
    assert plant(folder)
    assert {p.name for p in folder.iterdir()} == {p.name for p in starter_folder().iterdir()}
    (folder / "dispute.yaml").unlink()
    assert not plant(folder)
    assert not (folder / "dispute.yaml").exists()
    assert [p.name for p in folder.parent.iterdir()] == ["kb"]


def test_a_folder_that_is_named_is_the_one_to_write(tmp_path: Path) -> None:
    assert writable_folder(tmp_path / "own") == tmp_path / "own"
