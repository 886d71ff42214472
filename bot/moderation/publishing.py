"""Publishing: a change is built and looked at aside, becomes a revision, and is served.

The store decides what is published, in one transaction; what is served follows it. It must not
know who asks, nor how a change is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.articles.sources import LOSE_AT_MOST
from bot.articles.store import FOLDER, stamped
from bot.errors import ArticleNotFound, Fault
from bot.moderation.audit import Entry
from bot.moderation.serving import Serving
from bot.revisions.model import FolderState, HandEdit, Kind, Revision
from bot.revisions.store import Validate, now

if TYPE_CHECKING:
    from bot.moderation.proposal import Proposal

Step = Literal["stage", "check", "build", "compare"]
OnProgress = Callable[[Step], None]
"""Told each step before it begins."""


@dataclass(frozen=True, slots=True)
class HandEdits:
    """What people did in the knowledge folder, and what is wrong with it."""

    state: FolderState
    faults: tuple[Fault, ...] = ()


class Publisher(Serving):
    """Publishes to one store and serves what is published. One for each process, for all threads.

    Whatever it does takes its turn, so that one knowledge base at a time is built. Its methods
    block; they raise RevisionsError where the store cannot be used.
    """

    def propose(
        self,
        changes: Mapping[str, bytes | None],
        *,
        what: Kind,
        why: str,
        parent: int | None = None,
        lose_at_most: float = LOSE_AT_MOST,
        took: Iterable[HandEdit] = (),
        on_progress: OnProgress | None = None,
    ) -> Proposal:
        """Look at a change from all sides, without publishing it.

        Args:
            changes: path to content; None removes.
            parent: the number of the revision that they are made to, the last one unless told.
            lose_at_most: the share of passages, 0 to 1, whose loss holds it back for a person.
            took: hand edits that it settles.

        Raises:
            InputError: a path cannot be used.
            RevisionConflict: somebody else changed one of the files since `parent`.
            KnowledgeError: it cannot be built, although its files have no faults.
        """
        from bot.moderation import guard
        from bot.moderation.judged import moved_questions
        from bot.moderation.proposal import Proposal

        tell = on_progress or _tell_nobody
        with self._lock:
            self.catch_up()
            tell("stage")
            before = self._served.current
            number = self._store.head.number if parent is None else parent
            staged = self._store.stage(changes, parent=number)
            proposal = Proposal(
                id=secrets.token_urlsafe(8),
                parent=number,
                changes=dict(changes),
                what=what,
                why=why,
                diff=staged.diff,
                took=tuple(took),
                manifest=staged.manifest,
            )
            if staged.manifest == staged.head.manifest:
                return proposal
            tell("check")
            head = self._store.folder(staged.head.number)
            found = self._aside(_examined, staged.folder, head)
            lost = sum(guard.lost_by_article(staged.diff).values())
            count = len(before.passages)
            proposal = replace(
                proposal,
                faults=_named_within(staged.folder, found.faults),
                outdated=_named_within(staged.folder, found.outdated),
                share_lost=guard.share(lost, count),
                held=guard.why_held("The knowledge base", lost, count, lose_at_most),
            )
            if proposal.faults:
                return proposal
            tell("build")
            built = self._build(staged.folder, staged.manifest[:7])
            tell("compare")
            return replace(
                proposal, built=built, moved=moved_questions(staged.folder, before, built)
            )

    def publish(self, proposal: Proposal, *, who: str) -> Revision:
        """Publish a change and serve it.

        Where somebody published meanwhile, it is merged with that and built again.

        Returns:
            the new revision, or the last one where nothing would change.

        Raises:
            RevisionConflict: somebody else changed one of the files.
            KnowledgeError: it has faults; it carries all of them.
        """
        ready = {} if proposal.built is None else {proposal.manifest: proposal.built}

        def publish(validate: Validate) -> Revision:
            return self._store.publish(
                proposal.changes,
                parent=proposal.parent,
                who=who,
                what=proposal.what,
                why=proposal.why,
                took=proposal.took,
                validate=validate,
            )

        return self._serve_published(publish, ready)

    def remove(
        self, article_id: str, *, why: str, on_progress: OnProgress | None = None
    ) -> Proposal:
        """Propose to remove an article.

        Raises:
            ArticleNotFound: there is none with that id.
        """
        path = f"{FOLDER}/{article_id}.md"
        with self._lock:
            head = self._store.head
            if path not in self._store.files(head.number):
                problem = f"There is no article `{article_id}` in revision {head.label}."
                raise ArticleNotFound(problem)
            return self.propose({path: None}, what="remove", why=why, on_progress=on_progress)

    def hand_edits(self) -> HandEdits:
        """What people did in the knowledge folder since, with its faults.

        The folder is brought up to the last revision first, but never over what somebody wrote.
        """
        from bot.articles.checking import unsound

        with self._lock:
            state = self._store.sync()
            if not state.edits:
                return HandEdits(state)
            staged = self._store.stage(_accepted(state.edits), parent=state.head)
            return HandEdits(state, _named_within(staged.folder, unsound(staged.folder)))

    def propose_hand_edits(
        self, *, conflicts: bool = False, on_progress: OnProgress | None = None
    ) -> Proposal | None:
        """Propose what people did in the knowledge folder; their texts are taken as they stand.

        Args:
            conflicts: also where a revision changed the same file; what it says is replaced.

        Returns:
            the proposal, or None where nothing was done.
        """
        with self._lock:
            state = self._store.sync()
            edits = state.edits + (state.conflicts if conflicts else ())
            if not edits:
                return None
            why = f"Changed in the knowledge folder: {', '.join(edit.path for edit in edits)}."
            return self.propose(
                _accepted(edits),
                what="hand edit",
                why=why,
                parent=state.head,
                took=edits,
                on_progress=on_progress,
            )

    def discard_hand_edits(self, *, who: str, conflicts: bool = False) -> FolderState:
        """Put the last revision's files over what people did in the knowledge folder.

        Args:
            conflicts: also where a revision changed the same file.
        """
        with self._lock:
            state = self._store.sync()
            edits = state.edits + (state.conflicts if conflicts else ())
            after = self._store.discard(edits)
            if edits:
                why = ", ".join(edit.path for edit in edits)
                self.audit.tell(Entry(now(), who, "discard", why, None))
            return after


@dataclass(frozen=True, slots=True)
class _Examined:
    """What is wrong with a state, and which words it lost that questions and pins name."""

    faults: tuple[Fault, ...]
    outdated: tuple[Fault, ...]


def _examined(folder: Path, before: Path) -> _Examined:
    from bot.articles.checking import outdated, unsound

    known = {fault.problem for fault in outdated(before)}
    lost = tuple(fault for fault in outdated(folder) if fault.problem not in known)
    return _Examined(unsound(folder), lost)


def _accepted(edits: Iterable[HandEdit]) -> dict[str, bytes | None]:
    """Hand edits as changes, articles with the digests of their texts."""
    changes: dict[str, bytes | None] = {}
    for edit in edits:
        changes[edit.path] = edit.content
        if edit.content is not None and edit.path.startswith(f"{FOLDER}/"):
            try:
                content = edit.content.decode("utf-8-sig").replace("\r\n", "\n")
                changes[edit.path] = stamped(content).encode()
            except UnicodeDecodeError:
                continue  # told as a fault of the file
    return changes


def _named_within(folder: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults with paths within the folder, where they lie in it."""
    return tuple(
        replace(one, path=one.path.relative_to(folder)) if one.path.is_relative_to(folder) else one
        for one in faults
    )


def _tell_nobody(step: Step) -> None:
    """What is done with progress that nobody wants to know."""
