"""Named arrays in one file: written whole or not at all, checked whole, then memory-mapped.

    magic (8 bytes) | SHA-256 of the head and its length | length of the head | head, JSON | arrays

The head holds the XXH3 of all that follows it, 128 bits, which takes an eighth of the time of
reading; CRC-32 takes three times that of reading, SHA-256 five times. A file that is cut short,
damaged, of another kind or another user's is as good as none. That tells damage, not intent. It
must not know what the arrays mean.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from xxhash import xxh3_128

from bot.search.merging import Pieces
from bot.search.ragged import Numbers

MAGIC = b"RECEIPT3"
_BEGIN, _END = ".", ".part"
UNFINISHED = f"{_BEGIN}*{_END}"
"""The names of files that are being written, beside those that are whole."""
_DIGEST = slice(8, 40)
_LENGTH = slice(40, 48)
_HEAD = 48
_ALIGNED = 64
_AT_ONCE = 1 << 18
"""Bytes that are summed and written together, while the processor has them at hand."""

_Table = list[tuple[str, str, int, int]]
"""Of each array its name, type, length, and place among the arrays."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds.

    Attributes:
        head: what the writer says about it.
        arrays: by name; read-only, and read from the file when they are touched.
        digest: of the file's head, and so of the sum of all arrays; none if it is of no file.
    """

    head: Mapping[str, Any]
    arrays: Mapping[str, Numbers]
    digest: bytes = b""


def save(
    path: Path, head: Mapping[str, Any], arrays: Mapping[str, Numbers | Pieces]
) -> bytes | None:
    """Write a file, in one step for whoever reads it.

    Args:
        arrays: whole or in pieces, of which none is held a second time.

    Returns:
        its digest; None if it could not be written, which is no fault of the asker.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEGIN, suffix=_END)
        try:
            with os.fdopen(handle, "wb") as file:
                digest = _write(file, head, arrays)
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
            found = os.fstat(file.fileno())
            if not _is_ours(found):
                return None
            begin = file.read(_HEAD)
            start = _HEAD + int.from_bytes(begin[_LENGTH], "little")
            if len(begin) < _HEAD or begin[:8] != MAGIC or start > found.st_size:
                return None
            written = file.read(start - _HEAD)
            if hashlib.sha256(begin[_LENGTH] + written).digest() != begin[_DIGEST]:
                return None
            content = json.loads(written)
            if begin[_DIGEST] != digest and _sum_of_rest(file) != content["sum"]:
                return None
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
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


def _write(
    file: IO[bytes], head: Mapping[str, Any], arrays: Mapping[str, Numbers | Pieces]
) -> bytes:
    table: _Table = []
    contents: list[Pieces] = []
    at = 0
    for name, values in arrays.items():
        pieces = values if isinstance(values, list) else [values]
        kind, count = pieces[0].dtype, sum(map(len, pieces))
        contents.append(pieces)
        table.append((name, kind.str, count, at))
        at += _aligned(kind.itemsize * count)
    found = xxh3_128()
    # As long as with the sum, which is known when the arrays are written.
    start = _HEAD + len(_head(head, table, found.hexdigest()))
    if hasattr(os, "posix_fallocate"):
        # Room that is found all at once is filled in three quarters of the time.
        with suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, start + at)
    file.write(bytes(start))
    for pieces in contents:
        for part in _parts(pieces):
            found.update(part)
            file.write(part)
    written = _head(head, table, found.hexdigest())
    length_of_head = len(written).to_bytes(8, "little")
    digest = hashlib.sha256(length_of_head + written).digest()
    file.seek(0)
    file.write(MAGIC + digest + length_of_head + written)
    return digest


def _head(head: Mapping[str, Any], table: _Table, sum_: str) -> bytes:
    written = json.dumps({"head": dict(head), "arrays": table, "sum": sum_}).encode()
    # Spaces after the JSON bring the arrays to a multiple of the alignment.
    return written.ljust(_aligned(_HEAD + len(written)) - _HEAD)


def _parts(pieces: Pieces) -> Iterator[memoryview]:
    """The bytes of an array, and zeros up to where the next one is aligned."""
    length = 0
    for piece in pieces:
        content = np.ascontiguousarray(piece).view(np.uint8).data
        length += len(content)
        for start in range(0, len(content), _AT_ONCE):
            yield content[start : start + _AT_ONCE]
    yield memoryview(bytes(_aligned(length) - length))


def _aligned(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _sum_of_rest(file: IO[bytes]) -> str:
    # Read, not mapped: what is only checked need not stay in memory.
    found = xxh3_128()
    while part := file.read(_AT_ONCE):
        found.update(part)
    return found.hexdigest()
