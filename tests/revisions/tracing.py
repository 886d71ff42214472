"""Stops a process at each of its writes, to kill it there or to see what is on the disk by then.

Linux only: the kernel stops the process (ptrace), so nothing in it has to be prepared.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

_TRACEME, _SYSCALL, _SETOPTIONS, _SYSCALL_INFO = 0, 24, 0x4200, 0x420E
_LEAVING = 2
_OPTIONS = 0x1 | 0x100000  # mark stops at system calls; kill the process if the tracer ends
_WRITES = {
    "x86_64": {1: "write", 18: "write", 74: "sync", 75: "sync", 76: "cut", 77: "cut",
               82: "rename", 264: "rename", 316: "rename", 87: "remove", 263: "remove",
               83: "make folder", 258: "make folder"},
    "aarch64": {64: "write", 68: "write", 82: "sync", 83: "sync", 45: "cut", 46: "cut",
                38: "rename", 276: "rename", 35: "remove", 34: "make folder"},
}.get(platform.machine(), {})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """A process about to write (`entering`), or having written.

    Attributes:
        target: what it syncs, or nothing.
    """

    pid: int
    name: str
    entering: bool
    target: Path | None


def can_trace() -> bool:
    """This system lets a process trace its child, and we know its numbers."""
    if sys.platform != "linux" or not _WRITES:
        return False
    return any(
        stop.name == "write" for stop in stops(lambda: os.write(os.open(os.devnull, 1), b"x"))
    )


def stops(action: Callable[[], object]) -> Generator[Stop, None, None]:
    """Run an action in a child process that stops at each write until the next is asked for.

    The child is killed if the iterator is closed before its end.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    with warnings.catch_warnings():
        # From Python 3.12 on it is warned of threads; the child waits for none that tests run in.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        code = 1
        try:
            libc.ptrace(_TRACEME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
            action()
            code = 0
        finally:
            os._exit(code)
    ended, writing = False, ""
    try:
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status) or libc.ptrace(_SETOPTIONS, pid, None, _OPTIONS):
            return
        while True:
            libc.ptrace(_SYSCALL, pid, None, None)
            _, status = os.waitpid(pid, 0)
            if not os.WIFSTOPPED(status):
                ended = True
                assert os.WIFEXITED(status), status
                assert os.WEXITSTATUS(status) == 0, "the action failed"
                return
            if os.WSTOPSIG(status) == signal.SIGTRAP | 0x80:
                if (stop := _stop(libc, pid, writing)) is not None:
                    yield stop
                    writing = stop.name if stop.entering else ""
                    continue
                writing = ""
    finally:
        if not ended:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _stop(libc: ctypes.CDLL, pid: int, writing: str) -> Stop | None:
    """The stop that the process is at, if it is at a write; `writing` is the one it began."""
    info = (ctypes.c_uint8 * 88)()
    libc.ptrace(_SYSCALL_INFO, pid, 88, ctypes.addressof(info))
    raw = bytes(info)
    if raw[0] == _LEAVING:
        return Stop(pid, writing, False, None) if writing else None
    number, first = (int.from_bytes(raw[at : at + 8], sys.byteorder) for at in (24, 32))
    name = _WRITES.get(number)
    if name is None:
        return None
    target = Path(os.readlink(f"/proc/{pid}/fd/{first}")) if name == "sync" else None
    return Stop(pid, name, True, target)


class Synced:
    """What a power loss leaves where the disk keeps nothing but what was synced.

    A file holds what it held when it was last synced, and a folder the names that it had when the
    folder itself was. Real disks keep more, but promise no more.

    Args:
        folder: what is watched; all that is in it now counts as synced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokens: dict[int, object] = {}
        self._contents: dict[object, bytes] = {}
        self._names: dict[Path, dict[str, object | None]] = {}
        for path in [folder, *folder.rglob("*")]:
            self._sync(path)

    def follow(self, stop: Stop) -> None:
        """Note what a stop says."""
        if stop.entering and stop.target is not None and stop.target.is_relative_to(self._folder):
            self._sync(stop.target)
        if not stop.entering and stop.name in {"remove", "rename"}:
            # A number of a removed file may be given to the next one.
            alive = {path.lstat().st_ino for path in self._folder.rglob("*")}
            self._tokens = {n: token for n, token in self._tokens.items() if n in alive}

    def restore(self, to: Path) -> None:
        """Write what is left into another folder."""
        shutil.rmtree(to, ignore_errors=True)
        self._restore(self._folder, to)

    def _sync(self, path: Path) -> None:
        if path.is_dir():
            self._names[path] = {
                found.name: None if found.is_dir() else self._token(found)
                for found in path.iterdir()
            }
        else:
            self._contents[self._token(path)] = path.read_bytes()

    def _token(self, path: Path) -> object:
        return self._tokens.setdefault(path.lstat().st_ino, object())

    def _restore(self, folder: Path, to: Path) -> None:
        to.mkdir()
        for name, token in self._names.get(folder, {}).items():
            if token is None:
                self._restore(folder / name, to / name)
            else:
                (to / name).write_bytes(self._contents.get(token, b""))
