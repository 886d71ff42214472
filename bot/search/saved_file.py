"""Named arrays in one file: written whole or not at all, checked whole, then memory-mapped.

    magic (8 bytes) | SHA-256 of all that follows | length of the head | head, JSON | arrays

A file that is damaged at any byte, cut short, of another kind or another user's is as good as none:
its digest tells damage, not intent. It must not know what the arrays mean.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from bot.search.ragged import Numbers

MAGIC = b"RECEIPT1"
_DIGEST = slice(8, 40)
_LENGTH = slice(40, 48)
_HEAD = 48
_ALIGNED = 64
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds.

    Attributes:
        head: what the writer says about it.
        arrays: by name; read-only, and read from the file when they are touched.
        digest: of the file; none if it is of no file.
    """

    head: Mapping[str, Any]
    arrays: Mapping[str, Numbers]
    digest: bytes = b""


def save(path: Path, head: Mapping[str, Any], arrays: Mapping[str, Numbers]) -> bytes | None:
    """Write a file, in one step for whoever reads it.

    Returns:
        its digest; None if it could not be written, which is no fault of the asker.
    """
    table: list[tuple[str, str, int, int]] = []
    at = 0
    for name, values in arrays.items():
        table.append((name, values.dtype.str, len(values), at))
        at += -(-values.nbytes // _ALIGNED) * _ALIGNED
    written = json.dumps({"head": dict(head), "arrays": table}).encode()
    # Spaces after the JSON bring the arrays to a multiple of the alignment.
    written += b" " * (-(_HEAD + len(written)) % _ALIGNED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                digest = _write(file, written, arrays)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return None
    return digest


def opened(path: Path, digest: bytes | None = None) -> Saved | None:
    """What a file holds; None if it is not there, cannot be read, or is not as it was written.

    Args:
        digest: of what this process has just written there; that is not read to check it again.
    """
    try:
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            begin = file.read(_HEAD)
            if len(begin) < _HEAD or begin[:8] != MAGIC:
                return None
            if begin[_DIGEST] != digest and _digest(file, begin) != begin[_DIGEST]:
                return None
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    start = _HEAD + int.from_bytes(begin[_LENGTH], "little")
    content = json.loads(mapped[_HEAD:start])
    arrays = {
        name: np.frombuffer(mapped, dtype=kind, count=count, offset=start + at)
        if count
        else np.zeros(0, dtype=kind)
        for name, kind, count, at in content["arrays"]
    }
    return Saved(content["head"], arrays, begin[_DIGEST])


def _is_ours(found: os.stat_result) -> bool:
    """Whether nobody else can have written it; who is root could change the program, too."""
    return not hasattr(os, "geteuid") or found.st_uid in {os.geteuid(), 0}


def _write(file: IO[bytes], head: bytes, arrays: Mapping[str, Numbers]) -> bytes:
    length = len(head).to_bytes(8, "little")
    digest = hashlib.sha256(length + head)
    file.write(MAGIC + bytes(32) + length + head)
    for values in arrays.values():
        content = np.ascontiguousarray(values).data.cast("B") if len(values) else memoryview(b"")
        # A part at a time, so that it is written while the processor has it at hand.
        for start in range(0, len(content), _AT_ONCE):
            part = content[start : start + _AT_ONCE]
            digest.update(part)
            file.write(part)
        rest = bytes(-values.nbytes % _ALIGNED)
        digest.update(rest)
        file.write(rest)
    file.seek(_DIGEST.start)
    file.write(digest.digest())
    return digest.digest()


def _digest(file: IO[bytes], begin: bytes) -> bytes:
    # Read, not mapped: what is only checked need not stay in memory.
    digest = hashlib.sha256(begin[_LENGTH])
    while part := file.read(_AT_ONCE):
        digest.update(part)
    return digest.digest()
