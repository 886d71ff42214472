"""What was lately asked and answered in a channel, for all to see; forgotten with the process.

Must not know who asked. What was asked in private never comes here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

_QUESTIONS = 20
_CHANNELS = 500


class Recent:
    """The latest questions by channel; the channels that were quiet longest are forgotten.

    Safe to use from any thread.
    """

    def __init__(self) -> None:
        self._channels: OrderedDict[int, deque[str]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, channel: int, question: str) -> None:
        """Notes a question that was answered there."""
        with self._lock:
            asked = self._channels.setdefault(channel, deque(maxlen=_QUESTIONS))
            if question in asked:
                asked.remove(question)
            asked.append(question)
            self._channels.move_to_end(channel)
            if len(self._channels) > _CHANNELS:
                self._channels.popitem(last=False)

    def of(self, channel: int | None) -> tuple[str, ...]:
        """The questions of a channel, the latest first."""
        with self._lock:
            return tuple(reversed(self._channels.get(channel or 0, ())))
