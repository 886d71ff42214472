"""How the knowledge base is doing, in figures.

It must not know how they are shown.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import KnowledgeError
from bot.moderation.publishing import Publisher
from bot.moderation.source_state import SourceStates
from bot.revisions.model import HandEdit, Revision

_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source, and when it was looked at last.

    Attributes:
        checked: in UTC; None for never.
        error: what failed then, as a sentence.
    """

    id: str
    url: str
    checked: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the knowledge base is doing.

    Attributes:
        revision: the last one.
        served: the name of the one that answers.
        languages: how many articles each language has.
        memory_bytes: what this process holds now, or held at most; None where nobody tells.
        hand_edits, conflicts: what people did in the knowledge folder, not published yet.
        problems: sentences on what keeps the folder or the sources from being read or written.
    """

    revision: Revision
    served: str
    articles: int
    passages: int
    languages: Mapping[str, int]
    memory_bytes: int | None
    sources: tuple[SourceStatus, ...]
    hand_edits: tuple[HandEdit, ...]
    conflicts: tuple[HandEdit, ...]
    problems: tuple[str, ...]

    @property
    def last_error(self) -> str | None:
        """What failed at the source that was looked at last of all that failed."""
        failed = [one for one in self.sources if one.error and one.checked]
        return max(failed, key=lambda one: str(one.checked)).error if failed else None


def status_of(publisher: Publisher, states: SourceStates) -> Status:
    """How the knowledge base is doing now.

    Raises:
        RevisionsError: the store cannot be read.
    """
    current = publisher.current
    state = publisher.hand_edits()
    problems = list(state.state.problems)
    known = states.read().sources
    try:
        sources = publisher.sources()
    except KnowledgeError as error:
        sources = ()
        problems.append(str(error))
    checked = [(source, known.get(source.id)) for source in sources]
    [revision] = publisher.history(1)
    return Status(
        revision=revision,
        served=current.revision,
        articles=len(current.articles),
        passages=len(current.passages),
        languages=Counter(article.language for article in current.articles),
        memory_bytes=memory_bytes(),
        sources=tuple(
            SourceStatus(one.id, one.url, seen.checked if seen else None,
                         seen.error if seen else None)
            for one, seen in checked
        ),
        hand_edits=state.state.edits,
        conflicts=state.state.conflicts,
        problems=(*problems, *map(str, state.faults)),
    )  # fmt: skip


def memory_bytes() -> int | None:
    """What this process holds in memory; where only that is told, what it held at most."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
