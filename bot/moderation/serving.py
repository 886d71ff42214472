"""What is published is served: going back, reading what there is, and following the store.

It must not know what a change is made of, nor who asks.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.store import ArticleStore
from bot.errors import Fault, RevisionsError
from bot.moderation.audit import Audit, Entry
from bot.revisions.model import Revision
from bot.revisions.store import RevisionStore, Validate

if TYPE_CHECKING:
    from bot.articles.importing import Shelf
    from bot.articles.sources import Source
    from bot.revisions.diff import RevisionDiff

log = logging.getLogger(__name__)

T = TypeVar("T")

Build = Callable[[Path, str], KnowledgeBase]
"""Makes a folder's knowledge base, under a name."""


class Aside(Protocol):
    """Does work that holds the interpreter's lock for long where that hurts nobody."""

    def __call__(self, work: Callable[[Path, Path], T], folder: Path, other: Path, /) -> T:
        """What the work, a function of a module, gives for two folders."""


def here(work: Callable[[Path, Path], T], folder: Path, other: Path, /) -> T:
    """Does the work in this process, where nobody else needs the lock."""
    return work(folder, other)


@dataclass(frozen=True, slots=True)
class Base:
    """What changes are made to.

    Attributes:
        shelf: its articles.
    """

    revision: Revision
    folder: Path
    shelf: Shelf


class Serving:
    """One store, and the knowledge base that follows it.

    Args:
        served: who answers; follows the store from the first call on.
        build: makes a knowledge base; may take long.
        audit: is told of all that is done.
        tidies: removes laid out revisions that nobody needs; for the one process that serves.
        aside: where all files of a revision are looked at.
    """

    def __init__(
        self,
        store: RevisionStore,
        served: Served,
        build: Build,
        audit: Audit,
        *,
        tidies: bool = False,
        aside: Aside = here,
    ) -> None:
        self._aside = aside
        self._store = store
        self._served = served
        self._build = build
        self._tidies = tidies
        self._lock = threading.RLock()
        self.audit = audit

    @property
    def served(self) -> Served:
        """Who answers."""
        return self._served

    @property
    def current(self) -> KnowledgeBase:
        """What is served."""
        return self._served.current

    def catch_up(self) -> bool:
        """Serve the last revision, whoever published it.

        Returns:
            whether another one was served.

        Raises:
            KnowledgeError: it cannot be built; what was served goes on.
        """
        with self._lock:
            head = self._store.head
            if self._served.current.revision == head.label:
                return False
            self._served.swap(self._build(self._store.folder(head.number), head.label))
            return True

    def base(self) -> Base:
        """The last revision, to make changes to.

        Raises:
            KnowledgeError: its articles cannot be listed.
        """
        from bot.articles.importing import Shelf

        with self._lock:
            head = self._store.head
            folder = self._store.folder(head.number)
            return Base(head, folder, Shelf(ArticleStore(folder)))

    def sources(self) -> tuple[Source, ...]:
        """Where the last revision says that articles are fetched from.

        Raises:
            KnowledgeError: its file of sources has faults.
        """
        from bot.articles.sources import FILE, read_sources

        with self._lock:
            path = self._store.folder(self._store.head.number) / FILE
            return read_sources(path) if path.exists() else ()

    def undo(self, *, who: str, why: str) -> Revision:
        """Take back the last revision that is not taken back yet.

        Raises:
            InputError: nothing is left to undo.
            RevisionConflict: another process published this very moment.
            KnowledgeError: the state before it has faults, by what is known today.
        """
        return self._serve_published(
            lambda validate: self._store.undo(
                parent=self._store.head.number, who=who, why=why, validate=validate
            ),
            {},
        )

    def restore(self, number: int, *, who: str, why: str) -> Revision:
        """Publish an earlier revision's state once more.

        Raises:
            InputError: there is no such revision.
            RevisionConflict: another process published this very moment.
            KnowledgeError: that state has faults, by what is known today.
        """
        return self._serve_published(
            lambda validate: self._store.restore(
                number, parent=self._store.head.number, who=who, why=why, validate=validate
            ),
            {},
        )

    def history(self, most: int) -> tuple[Revision, ...]:
        """The last revisions, newest first."""
        return self._store.history(most)

    def to_undo(self) -> Revision | None:
        """The revision that `undo` would take back; None where none is left."""
        return self._store.to_undo()

    def diff(self, before: int, after: int) -> RevisionDiff:
        """What changed from one revision to another.

        Raises:
            InputError: there is no such revision.
        """
        return self._store.diff(before, after)

    def export(self, number: int, to: BinaryIO) -> None:
        """Write a revision's articles as a zip.

        Raises:
            InputError: there is no such revision.
        """
        self._store.export(number, to)

    def read(self, path: str) -> bytes | None:
        """A file of the last revision, or None where it has none."""
        head = self._store.head.number
        return self._store.read(head, path) if path in self._store.files(head) else None

    def _serve_published(
        self, publish: Callable[[Validate], Revision], ready: dict[str, KnowledgeBase]
    ) -> Revision:
        """Publish, and serve what was built for it.

        Args:
            ready: knowledge bases that are built already, by manifest.
        """
        from bot.articles.checking import unsound

        looked_at = False

        def validate(folder: Path) -> Sequence[Fault]:
            nonlocal looked_at
            looked_at = True
            faults = unsound(folder)
            if not faults and folder.name not in ready:
                ready[folder.name] = self._build(folder, folder.name[:7])
            return faults

        with self._lock:
            published = publish(validate)
            built = ready.get(published.manifest)
            if not looked_at or built is None:
                self.catch_up()
                return published
            self._served.swap(built.named(published.label))
            self.audit.tell(
                Entry(published.at, published.who, published.what, published.why, published.label)
            )
            self._tidy(published.number)
            return published

    def _tidy(self, head: int) -> None:
        if not self._tidies:
            return
        try:
            # Whoever is answering may still re-read an article of the one before.
            self._store.clean([head, head - 1])
        except RevisionsError as error:
            log.warning("%s", error)
