"""A file is ours and whole, or it is refused in a sentence and left as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import RecordsError
from bot.records.model import Asked
from bot.records.store import Records


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a file with 300 gaps."""
    path = tmp_path_factory.mktemp("whole") / "records"
    with closing(Records.open(path)) as records:
        for number in range(300):
            records.note_gap(f"{number} " * 20, "en", private=False)
    return path.read_bytes()


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; it must not have been touched."""
    path.chmod(0o644)
    before = path.read_bytes()
    with pytest.raises(RecordsError) as refused:
        Records.open(path)
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o644
    assert [one for one in path.parent.iterdir() if one != path] == []
    return str(refused.value)


def write_text(path: Path) -> None:
    path.write_text("No database at all, but a note that somebody wants to keep. " * 50)


def write_other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def write_other_application(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 7")


@pytest.mark.parametrize("write", [write_text, write_other_database, write_other_application])
def test_a_foreign_file_is_refused(path: Path, write: Callable[[Path], None]) -> None:
    write(path)
    assert "was not written by Receipts; name another file." in refusal(path)


@pytest.mark.parametrize("left", [1, 16, 99, 100, 511, 512, 1000, 4095, 4096, 5000, 8192, 40_000])
def test_a_truncated_file_is_refused(path: Path, whole: bytes, left: int) -> None:
    assert left < len(whole)
    path.write_bytes(whole[:left])
    assert "are damaged; put back a copy" in refusal(path)


def test_a_file_with_a_page_of_noise_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:-8192] + b"\xa5" * 4096 + whole[-4096:])
    assert "are damaged; put back a copy" in refusal(path)


def test_a_file_of_a_newer_version_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        [version] = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version + 1}")
    assert "newer Receipts; update this one" in refusal(path)


def test_a_file_without_its_tables_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE secrets")
    assert "cannot be used (no such table: secrets)" in refusal(path)


def test_a_file_without_its_secret_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM secrets")
    assert "are damaged; put back a copy" in refusal(path)


def test_an_empty_file_becomes_ours(path: Path) -> None:
    path.touch()
    with closing(Records.open(path)) as records:
        assert records.gaps() == ()


def test_a_missing_folder_and_a_folder_for_a_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match=r"there is no folder .*none; make it"):
        Records.open(tmp_path / "none" / "records")
    with pytest.raises(RecordsError, match="are not a file; name a file"):
        Records.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(RecordsError, match="cannot be written"):
        Records.open(tmp_path / "file" / "records")
    assert (tmp_path / "file").read_bytes() == b""


# Who may do everything becomes somebody who may not.
OPEN_AS_A_STRANGER = """
import os, sys
from pathlib import Path
from bot.errors import RecordsError
from bot.records.store import Records
if os.getuid() == 0:
    os.setuid(65534)
try:
    Records.open(Path(sys.argv[1]))
except RecordsError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there permissions are something else")
@pytest.mark.parametrize("there", [False, True], ids=["no file yet", "a file"])
def test_a_folder_that_cannot_be_written_is_told(
    path: Path, whole: bytes, there: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if there:
        path.write_bytes(whole)
        path.chmod(0o400)
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
    path.parent.chmod(0o555)
    # The folders above are the test's own, and shut to a stranger.
    above = [one for one in path.parents[1:] if one.is_relative_to(tmp_path_factory.getbasetemp())]
    above.append(tmp_path_factory.getbasetemp().parent)
    modes = {one: one.stat().st_mode for one in above}
    try:
        for one in above:
            one.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", OPEN_AS_A_STRANGER, path],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for one, mode in modes.items():
            one.chmod(mode)
        path.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout
    assert str(path) in done.stdout
    assert path.exists() == there


@pytest.mark.skipif(sys.platform == "win32", reason="there permissions are something else")
def test_only_the_owner_may_read_the_files(path: Path, whole: bytes) -> None:
    old = os.umask(0)
    try:
        for write in (False, True):
            if write:
                path.write_bytes(whole)
                path.chmod(0o666)
            with closing(Records.open(path)) as records:
                records.remember(Asked("Who?", "en"), 1)
                records.flush()
                files = sorted(path.parent.iterdir())
                assert len(files) == 3
                assert {one.stat().st_mode & 0o777 for one in files} == {0o600}
    finally:
        os.umask(old)
