"""A revision is whole or absent: killed at any write, on a full disk, with the power lost."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import RevisionsError
from tests.revisions.small_store import (
    A,
    B,
    check_in_step,
    check_whole,
    held,
    on_disk,
    opened,
    published,
    write,
)
from tests.revisions.tracing import Stop, Synced, can_trace, stops

PROJECT = Path(__file__).resolve().parents[2]
# No file lies in the folder itself, so that nothing but a new folder there makes it be synced.
C, GONE = "lists/c.yaml", "articles/gone.md"
FIRST = {A: b"one", C: b"name: x", GONE: b"gone"}
traced = pytest.mark.skipif(not can_trace(), reason="this system traces no processes")

LOOP = """
import sys
from pathlib import Path
from tests.revisions.small_store import opened, published
store = opened(Path(sys.argv[1]))
while True:
    number = store.head.number + 1
    changes = {"articles/a.md": b"%d" % number, "articles/b.md": b"%d" % number}
    changes[f"articles/n{number % 5}.md"] = None if number % 3 else b"x" * 20_000
    new = published(store, changes)
    print(new.number, flush=True)
"""


def published_one(home: Path) -> None:
    """A revision that adds, changes and removes, in a folder that was there and in a new one."""
    published(opened(home), {A: b"two", B: b"b" * 9000, "lexicon/x.yaml": b"x", GONE: None})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    write(home / "knowledge", FIRST)
    opened(home)
    return home


def killed_before(
    write_number: int, action: Callable[[], object], follow: Callable[[Stop], None]
) -> bool:
    """Run an action, and kill it at a write, counted from 0; whether it came so far."""
    entered = 0
    with closing(stops(action)) as walk:
        for stop in walk:
            if entered == write_number and stop.entering:
                return True
            entered += stop.entering
            follow(stop)
    return False


@traced
def test_killed_at_every_write_and_the_power_lost_after_the_next_start(
    home: Path, tmp_path: Path
) -> None:
    heads = []
    for n in itertools.count():
        here = Path(shutil.copytree(home, tmp_path / str(n)))
        synced = Synced(here)
        killed = killed_before(n, partial(published_one, here), synced.follow)
        for stop in stops(partial(opened, here)):
            synced.follow(stop)
        synced.restore(tmp_path / "left")
        heads.append(check_in_step(here).head.number)
        assert check_in_step(tmp_path / "left").head.number == heads[-1]
        if not killed:
            break
    assert heads == sorted(heads)
    assert set(heads) == {1, 2}


@traced
def test_killed_at_every_write_of_the_first_start(tmp_path: Path) -> None:
    for n in itertools.count():
        here = tmp_path / str(n)
        write(here / "knowledge", FIRST)
        killed = killed_before(n, partial(opened, here), lambda stop: None)
        assert held(check_in_step(here), 1) == FIRST
        if not killed:
            break
    assert n > 5


@traced
def test_the_power_lost_at_every_write(home: Path, tmp_path: Path) -> None:
    synced, heads = Synced(home), []
    for stop in stops(partial(published_one, home)):
        if stop.entering:
            synced.restore(tmp_path / "left")
            heads.append(check_in_step(tmp_path / "left").head.number)
        synced.follow(stop)
    synced.restore(tmp_path / "left")
    assert check_in_step(tmp_path / "left").head.number == 2
    assert heads == sorted(heads)
    assert set(heads) == {1, 2}


@traced
def test_what_was_not_synced_is_lost_where_this_is_tried(tmp_path: Path) -> None:
    def careless() -> None:
        (tmp_path / "a").write_bytes(b"new")
        (tmp_path / "b").write_bytes(b"new")

    write(tmp_path, {"a": b"old"})
    synced = Synced(tmp_path)
    for stop in stops(careless):
        synced.follow(stop)
    left = tmp_path.parent / "left"
    synced.restore(left)
    assert on_disk(left) == {"a": b"old"}
    assert on_disk(tmp_path) == {"a": b"new", "b": b"new"}


def test_killed_at_any_instant(home: Path) -> None:
    said = 1
    chance = random.Random(6)
    for _ in range(25):
        child = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        with child, child.stdout:
            for _ in range(chance.randint(1, 4)):
                said = int(child.stdout.readline())
            # Anywhere within the next publishing.
            for _ in range(chance.randint(0, 60_000)):
                pass
            child.kill()
            rest = child.stdout.read().split()
        said = int(rest[-1]) if rest and rest[-1] else said
        head = check_in_step(home).head
        assert head.number in (said, said + 1)
        assert (
            on_disk(home / "knowledge")[A] == on_disk(home / "knowledge")[B] == b"%d" % head.number
        )


CROWD = """
import sys
from pathlib import Path
from bot.errors import RevisionConflict
from tests.revisions.small_store import opened, published
home, me = Path(sys.argv[1]), sys.argv[2]
store = opened(home)
print("ready", flush=True)
sys.stdin.readline()
seen = store.head.number
for n in range(10):
    published(store, {f"articles/{me}-{n}.md": me.encode()}, seen)
    try:
        published(store, {"articles/a.md": f"{me} {n}".encode()}, seen)
        print("published", n, flush=True)
    except RevisionConflict:
        print("told", n, flush=True)
    seen = store.head.number
"""


def test_two_who_publish_at_once_are_put_in_one_order(home: Path) -> None:
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", CROWD, str(home), me], cwd=PROJECT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for me in ("ada", "bob")
    ]  # fmt: skip
    for one in crowd:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in crowd:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split("\n") for one in crowd]
    assert [one.returncode for one in crowd] == [0, 0]
    store = check_in_step(home)
    lines = [line for told in said for line in told if line]
    assert len(lines) == 20
    of_a = [one for one in store.history(100) if A in one.changed]
    assert len(of_a) == 1 + sum(line.startswith("published") for line in lines)
    assert store.head.number == 1 + 20 + len(of_a) - 1
    assert sum(path.startswith(("articles/ada-", "articles/bob-")) for path in store.files(
        store.head.number)) == 20  # fmt: skip


LIMITED = """
import resource, sys
from pathlib import Path
from bot.errors import RevisionsError
from tests.revisions.small_store import opened, published
store = opened(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    published(store, {"articles/a.md": bytes(range(256)) * 200, "articles/b.md": b"two"})
    print("published", *store.sync().behind)
except RevisionsError as error:
    print("refused", error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are a matter of POSIX")
@pytest.mark.parametrize("pages", [0, 1, 4, 11, 12, 40])
def test_a_disk_that_takes_no_more(home: Path, pages: int) -> None:
    size = str(pages * 4096)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home), size], cwd=PROJECT, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    if pages == 40:
        assert done.stdout == "published\n"
    elif pages < 8:
        assert done.stdout.startswith("refused The store ")
        assert "; check" in done.stdout
    store = check_in_step(home)
    assert store.head.number == (2 if done.stdout.startswith("published") else 1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root may mount a file system")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("full", ["data", "knowledge"])
def test_out_of_space(small_disk: Path, tmp_path: Path, full: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (small_disk / full).mkdir()
    (home / full).symlink_to(small_disk / full)
    write(home / "knowledge", FIRST)
    store = opened(home)
    noise = random.Random(1)
    refused: list[str] = []
    for n in range(20):
        try:
            published(store, {f"articles/{n}.md": noise.randbytes(20_000)})
        except RevisionsError as error:
            refused.append(str(error))
        check_whole(store)
    state = store.sync()
    if full == "data":
        assert refused
        assert all("check the disk and the space left" in told for told in refused)
        assert state.behind == ()
    else:
        assert (refused, store.head.number) == ([], 21)
        assert state.behind
        assert "No space left" in state.problems[0]
        assert (state.edits, state.conflicts) == ((), ())
    files = held(store, store.head.number)
    for path, content in on_disk(home / "knowledge").items():
        assert files[path] == content or path in state.behind
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    published(store, {A: b"room again"})
    check_in_step(home)


def test_a_folder_that_may_not_be_written(small_disk: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(small_disk / "knowledge", FIRST)
    home.mkdir()
    (home / "knowledge").symlink_to(small_disk / "knowledge")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = opened(home)
    published(store, {A: b"two", B: b"two", C: None, GONE: None})
    assert held(store, 2) == {A: b"two", B: b"two"}
    state = store.sync()
    assert state.behind == (A, B, GONE, C)
    assert len(state.problems) == 1
    assert "Read-only file system" in state.problems[0]
    assert held(opened(home), 2) == held(store, 2)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    check_in_step(home)


def test_a_copy_of_the_files_of_a_stopped_process_is_whole(home: Path, tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", LOOP, str(home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    chance = random.Random(3)
    with child:
        assert child.stdout is not None
        for n in range(10):
            said = int(child.stdout.readline())
            for _ in range(chance.randint(0, 60_000)):
                pass
            child.send_signal(signal.SIGSTOP)
            os.waitpid(child.pid, os.WUNTRACED)
            copy = Path(shutil.copytree(home, tmp_path / f"copy{n}"))
            child.send_signal(signal.SIGCONT)
            assert check_in_step(copy).head.number >= said
        child.kill()
