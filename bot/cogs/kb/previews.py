"""Changes that wait for a moderator's word: few, in memory, for an hour.

Nothing is lost with them: a preview can be made again. Used on the event loop alone. Must not know
how a preview looks, nor how it is published.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.cogs.told import Told

if TYPE_CHECKING:
    from bot.moderation.drafting import Drafted
    from bot.moderation.proposal import Proposal
    from bot.moderation.refreshing import Refreshed

MOST = 20
SECONDS = 3600.0
_SETTLED = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """A change that waits: a drafted article, or a proposal.

    Attributes:
        owner: the id of the moderator who made it, or None for the schedule.
        parent: the number of the revision that it was made to.
        why: for the history, where it is a drafted article.
        refreshed: what else a refresh found.
    """

    owner: int | None
    parent: int
    why: str = ""
    drafted: Drafted | None = None
    proposal: Proposal | None = None
    refreshed: Refreshed | None = None


@dataclass(slots=True)
class _Kept:
    preview: Preview
    until: float
    taken: bool = False


class Previews:
    """The previews by their keys; the oldest goes when there are too many.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._settled: OrderedDict[str, str | None] = OrderedDict()

    def add(self, preview: Preview) -> str:
        """Keep a preview, and give it a key."""
        # What was built for an older one is let go: it is large, and can be built again.
        for kept in self._kept.values():
            kept.preview = _slim(kept.preview)
        key = secrets.token_urlsafe(8)
        self._kept[key] = _Kept(preview, self._clock() + SECONDS)
        idle = [one for one, kept in self._kept.items() if not kept.taken]
        for one in idle[: max(0, len(self._kept) - self._most)]:
            del self._kept[one]
        return key

    def get(self, key: str) -> Preview:
        """The preview under a key.

        Raises:
            Told: it is not there, or being published; the sentence says which.
        """
        return self._find(key).preview

    def put(self, key: str, preview: Preview) -> None:
        """Keep another preview under a key that is there.

        Raises:
            Told: it is not there, or being published.
        """
        self._find(key).preview = preview

    def discard(self, key: str) -> None:
        """Let a preview go.

        Raises:
            Told: it is not there, or being published.
        """
        self._find(key)
        self._settle(key, None)

    @contextmanager
    def publishing(self, key: str) -> Iterator[Preview]:
        """A preview that nobody else may have meanwhile; it stays where the block fails.

        Raises:
            Told: it is not there, or somebody else has it.
        """
        kept = self._find(key)
        kept.taken = True
        try:
            yield kept.preview
        finally:
            kept.taken = False

    def published(self, key: str, label: str) -> None:
        """A preview became a revision; whoever asks for it is told so from now on."""
        self._settle(key, label)

    def waiting(self) -> tuple[tuple[str, Preview], ...]:
        """All previews with their keys, newest first."""
        self._expire()
        return tuple((key, kept.preview) for key, kept in reversed(self._kept.items()))

    def _find(self, key: str) -> _Kept:
        self._expire()
        kept = self._kept.get(key)
        if kept is None:
            label = self._settled.get(key)
            if label is not None:
                raise Told("kb.preview.published", revision=label)
            raise Told("kb.preview.discarded" if key in self._settled else "kb.preview.gone")
        if kept.taken:
            raise Told("kb.preview.taken")
        return kept

    def _expire(self) -> None:
        now = self._clock()
        for key, kept in list(self._kept.items()):
            if kept.until <= now and not kept.taken:
                del self._kept[key]

    def _settle(self, key: str, label: str | None) -> None:
        self._kept.pop(key, None)
        self._settled[key] = label
        if len(self._settled) > _SETTLED:
            self._settled.popitem(last=False)


def _slim(preview: Preview) -> Preview:
    if preview.proposal is None:
        return preview
    refreshed = preview.refreshed
    slim = replace(preview.proposal, built=None)
    if refreshed is not None:
        refreshed = replace(refreshed, proposal=slim)
    return replace(preview, proposal=slim, refreshed=refreshed)
