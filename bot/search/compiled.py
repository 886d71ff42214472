"""Postings summed to the best passages, compiled: with the extra `fast`, by numba.

One loop adds and one keeps the best, some thousand passages at a time. Adding branches on nothing
that cannot be foreseen: a passage is always written behind those that were touched, and counted
only if it is new. Each of the two takes off a good part of the time; leaving out what cannot be
among the best (MaxScore) took .9 to 1.5 times as long. It must not know words or weights.
"""

from __future__ import annotations

import os
import shutil
import threading
from array import array
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.errors import SettingsError
from bot.search.cache import files_digest
from bot.search.postings import Postings
from bot.search.summing import Best, Part, Sums

Numbers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

Find = Callable[
    [Numbers, Floats, int, npt.NDArray[np.float64], Floats, Floats, Numbers, Numbers, Floats], int
]
"""What `find` is when it is compiled."""

BLOCK = 8192
"""Passages that are summed at once: what is written stays in the processor's nearest caches."""

_SIGNATURE = (
    "int64(Array(uint32, 1, 'C', readonly=True), Array(float32, 1, 'C', readonly=True),"
    " int64, float64[::1], float32[::1], float32[::1], uint32[::1], uint32[::1], float32[::1])"
)


class CompiledSums:
    """Sums postings by compiled code, which lets other threads run meanwhile.

    A word is bytes: as 64-bit floats how many parts it has, and for each part where its postings
    begin and end, and by what their scores are multiplied; whole numbers below 2^53 are exact.
    The words of a question are joined in a fifth of the time that making an array of a list takes.

    Args:
        find: the function of that name here, compiled.
        block: how many passages are summed at once.
    """

    def __init__(self, postings: Postings, find: Find, block: int = BLOCK) -> None:
        self._passages = _readonly(postings.passages).view(np.uint32)
        self._scores = _readonly(postings.scores)
        self._size = postings.size
        self._find = find
        self._room = _Room(block)

    def word(self, parts: Sequence[Part]) -> bytes:
        """A word, as `Sums` says."""
        return array("d", [len(parts), *chain.from_iterable(parts)]).tobytes()

    def top(self, words: Sequence[bytes], k: int) -> Best:
        """The best `k` passages, as `Sums` says."""
        room = self._room
        k = min(k, self._size)
        if k < 1:
            return (), ()
        if k != room.k:
            room.keep(k)
        joined = np.frombuffer(bytearray().join(words))
        count = self._find(self._passages, self._scores, self._size, joined, *room.arrays)
        return room.numbers[:count].tolist(), room.reached[:count].tolist()


def _readonly(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same, as those are that were read from a file, so that one compiled form serves both."""
    shown = values.view()
    shown.flags.writeable = False
    return shown


class _Room(threading.local):
    """Room for a number for each passage of a block, for each thread its own.

    Attributes:
        k: how many are kept.
        arrays: what `find` takes from `sums` on.
        numbers, reached: the last two of them, as views, which make lists in half the time.
    """

    def __init__(self, block: int) -> None:
        self._summing = (
            np.zeros(block, dtype=np.float32),
            np.zeros(block, dtype=np.float32),
            np.empty(block + 1, dtype=np.uint32),
        )
        self.keep(0)

    def keep(self, k: int) -> None:
        """Make room for so many to be found."""
        self.k = k
        numbers, reached = np.empty(k, dtype=np.uint32), np.empty(k, dtype=np.float32)
        self.arrays = (*self._summing, numbers, reached)
        self.numbers, self.reached = numbers.data, reached.data


def compiled_sums(cache: Path) -> Callable[[Postings], Sums[bytes]]:
    """What makes compiled sums. Compiling takes seconds, once; what was compiled is kept.

    Args:
        cache: the folder to keep it in.

    Raises:
        SettingsError: numba is not installed.
    """
    try:
        import numba
    except ImportError as error:
        advice = 'install it with `pip install ".[fast]"`, or set RECEIPTS_FAST=false.'
        raise SettingsError(f"numba cannot be used ({error}); {advice}") from error
    compiled = _compiled(numba, cache / "compiled")
    return lambda postings: CompiledSums(postings, compiled)


def _compiled(numba: Any, folder: Path) -> Find:
    """`find`, compiled; numba runs what it finds in the folder, so that is checked before."""
    digest = folder / "digest"
    try:
        if not digest.is_file() or digest.read_text() != _digest(folder):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
        numba.config.CACHE_DIR = str(folder)
        found: Find = numba.njit(_SIGNATURE, nogil=True, cache=True)(find)
        digest.write_text(_digest(folder))
    except (OSError, UnicodeDecodeError):
        # What cannot be kept is compiled each time.
        found = numba.njit(_SIGNATURE, nogil=True)(find)
    return found


def _digest(folder: Path) -> str:
    return files_digest(path for path in folder.rglob("*.nb?") if path.is_file())


def find(
    passages: Numbers,
    scores: Floats,
    size: int,
    words: npt.NDArray[np.float64],
    sums: Floats,
    best: Floats,
    touched: Numbers,
    numbers: Numbers,
    reached: Floats,
) -> int:
    """Sum postings and keep the best passages, best first, equal ones in order.

    Indices are unsigned throughout, so that no code is made for negative ones.

    Args:
        passages, scores: all postings.
        size: how many passages there are.
        words: all of the question's, as `CompiledSums` says; where postings begin is moved on.
        sums, best: room for the passages of a block; zero, and left so.
        touched: room for one passage more.
        numbers, reached: take the passages found and their scores, at most as many as they hold.

    Returns:
        how many were found.
    """
    none = np.float32(0)
    most, found = len(numbers), 0
    least = none
    for first in range(0, size, len(sums)):
        begin, limit = np.uint32(first), np.uint64(first + len(sums))
        count = np.uint64(0)
        place = 0
        while place < len(words):
            parts = int(words[place])
            opening = place + 1
            place = opening + 3 * parts
            if parts == 1:
                at, end = np.uint64(words[opening]), np.uint64(words[opening + 1])
                worth = np.float32(words[opening + 2])
                while at < end and passages[at] < limit:
                    passage = passages[at] - begin
                    value = sums[passage]
                    touched[count] = passage
                    count += np.uint64(value == none)
                    sums[passage] = value + scores[at] * worth
                    at += np.uint64(1)
                words[opening] = at
                continue
            for part in range(opening, place, 3):
                at, end = np.uint64(words[part]), np.uint64(words[part + 1])
                worth = np.float32(words[part + 2])
                while at < end and passages[at] < limit:
                    passage = passages[at] - begin
                    best[passage] = max(best[passage], scores[at] * worth)
                    at += np.uint64(1)
            for part in range(opening, place, 3):
                at, end = np.uint64(words[part]), np.uint64(words[part + 1])
                while at < end and passages[at] < limit:
                    passage = passages[at] - begin
                    value, more = sums[passage], best[passage]
                    # The second time that a passage is met there is nothing more.
                    best[passage] = none
                    touched[count] = passage
                    count += np.uint64((value == none) & (more > none))
                    sums[passage] = value + more
                    at += np.uint64(1)
                words[part] = at
        for which in range(np.uint64(0), count):
            passage = touched[which]
            score = sums[passage]
            sums[passage] = none
            number = passage + begin
            if score < least or (found == most and score == least and number > numbers[most - 1]):
                continue
            if found < most:
                found += 1
            rank = found - 1
            while rank > 0 and (
                reached[rank - 1] < score
                or (reached[rank - 1] == score and numbers[rank - 1] > number)
            ):
                reached[rank], numbers[rank] = reached[rank - 1], numbers[rank - 1]
                rank -= 1
            reached[rank], numbers[rank] = score, number
            if found == most:
                least = reached[most - 1]
    return found
