"""A change that somebody may publish: what it would do, looked at from all sides. Plain data.

It must not know how it is made or published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.knowledge_base import KnowledgeBase
from bot.errors import Fault
from bot.revisions.diff import RevisionDiff
from bot.revisions.model import HandEdit, Kind

if TYPE_CHECKING:
    from bot.moderation.judged import QuestionChange


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is not published.

    Attributes:
        id: tells it from all others.
        parent: the number of the revision that it was made to.
        changes: path to content; None removes.
        moved: judged questions whose first passage changes.
        faults: why it cannot be published; empty if it can.
        outdated: judged questions and pins that lose their words by it.
        share_lost: passages lost, of all that there were, 0 to 1.
        held: why a person must look at it, as a sentence.
        took: hand edits that it settles.
        manifest: of the state that it would make.
        built: that state, ready to be asked, where there are no faults.
    """

    id: str
    parent: int
    changes: Mapping[str, bytes | None]
    what: Kind
    why: str
    diff: RevisionDiff
    moved: tuple[QuestionChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    outdated: tuple[Fault, ...] = ()
    share_lost: float = 0.0
    held: str | None = None
    took: tuple[HandEdit, ...] = ()
    manifest: str = ""
    built: KnowledgeBase | None = field(default=None, repr=False, compare=False)

    @property
    def changes_nothing(self) -> bool:
        """Whether the knowledge base holds all of it already."""
        return self.diff == RevisionDiff()
