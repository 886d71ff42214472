"""Who did what: told to everybody who listens, the moment it is done.

Revisions are kept by their store; nothing is kept here. It must not know who listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a moderator, or the schedule, did.

    Attributes:
        at: in UTC.
        who: a mention, a name, or `terminal`.
        what: a revision's kind, or `discard`.
        revision: the label of the revision that it made, or None.
    """

    at: datetime
    who: str
    what: str
    why: str
    revision: str | None


Listener = Callable[[Entry], None]
"""Called in the thread that did it, after it is done; must not raise."""


class Audit:
    """Tells entries to listeners.

    Args:
        listeners: those that listen from the start.
    """

    def __init__(self, listeners: Iterable[Listener] = ()) -> None:
        self._listeners = tuple(listeners)

    def listen(self, listener: Listener) -> None:
        """Tell one more."""
        self._listeners += (listener,)

    def ignore(self, listener: Listener) -> None:
        """Tell one no more."""
        self._listeners = tuple(one for one in self._listeners if one != listener)

    def tell(self, entry: Entry) -> None:
        """Tell all of them."""
        for listener in self._listeners:
            listener(entry)
