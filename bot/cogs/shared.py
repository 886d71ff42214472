"""Which private answers were shared just now, so that two quick presses share one once.

Must not know who shared, nor what.
"""

from __future__ import annotations

from collections import OrderedDict

_MOST = 1000


class Shared:
    """The keys of the questions whose answers were shared last."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def first(self, question: str) -> bool:
        """Notes it, and says whether it was not shared before."""
        if question in self._keys:
            return False
        self._keys[question] = None
        if len(self._keys) > _MOST:
            self._keys.popitem(last=False)
        return True
