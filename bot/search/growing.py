"""Arrays that grow part by part and are held once: not in parts first and then whole.

It must not know what they hold.
"""

from __future__ import annotations

import numpy as np

from bot.search.ragged import Numbers, Ragged


class Growing:
    """Numbers of the widest type that was added."""

    def __init__(self) -> None:
        # Bytes grow where they lie; joining arrays would hold all of them twice.
        self._bytes = bytearray()
        self._kind: np.dtype[np.generic] | None = None

    def add(self, values: Numbers) -> None:
        """Add numbers after those that are there."""
        kind = values.dtype if self._kind is None else np.result_type(self._kind, values.dtype)
        if self._kind is not None and kind != self._kind:
            self._bytes = bytearray(self.whole().astype(kind).tobytes())
        self._kind = kind
        self._bytes += values.astype(kind, copy=False).tobytes()

    def whole(self) -> Numbers:
        """All of them; nothing can be added any more."""
        if not self._bytes:
            return np.zeros(0, dtype=self._kind or np.uint8)
        return np.frombuffer(self._bytes, dtype=self._kind)


class GrowingRows:
    """Rows of such numbers."""

    def __init__(self) -> None:
        self._values, self._lengths = Growing(), Growing()

    def add(self, rows: Ragged) -> None:
        """Add rows after those that are there."""
        self._values.add(rows.values)
        self._lengths.add(rows.lengths)

    def whole(self) -> Ragged:
        """All of them; nothing can be added any more."""
        return Ragged.of(self._values.whole(), self._lengths.whole())
