"""A laid out revision is a folder that holds exactly its files."""

from __future__ import annotations

from pathlib import Path

from bot.revisions.model import digest
from bot.revisions.shelf import Shelf

CONTENTS = {"articles/mill.md": b"The mill.", "dispute.yaml": b"sides: []"}
FILES = {path: digest(content) for path, content in CONTENTS.items()}


def read(sha256: str) -> bytes:
    return next(content for content in CONTENTS.values() if digest(content) == sha256)


def unread(sha256: str) -> bytes:
    raise AssertionError("It was laid out already.")


def held(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def test_it_holds_its_files_and_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    place = shelf.lay_out(FILES, read)
    assert held(place) == CONTENTS
    assert shelf.lay_out(FILES, unread) == place


def test_one_without_files_is_an_empty_folder(tmp_path: Path) -> None:
    place = Shelf(tmp_path).lay_out({}, unread)
    assert place.is_dir()
    assert held(place) == {}


def test_what_a_system_hides_in_it_does_not_matter(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    place = shelf.lay_out(FILES, read)
    (place / ".hidden").mkdir()
    for name in (".DS_Store", ".hidden/file", "articles/.hidden"):
        (place / name).write_bytes(b"")
    assert shelf.lay_out(FILES, unread) == place
