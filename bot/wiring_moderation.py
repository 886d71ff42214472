"""The parts of moderation, picked and handed to each other.

Apart from `wiring`, so that a question in the terminal need not load what fetches pages. It must
not know the terminal or Discord.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.starter import plant, writable_folder
from bot.errors import KnowledgeError, ReceiptsError
from bot.moderation.audit import Audit
from bot.moderation.publishing import Publisher
from bot.moderation.serving import here
from bot.moderation.source_state import FILE as SOURCE_STATES
from bot.moderation.source_state import SourceStates
from bot.revisions.store import RevisionStore
from bot.wiring import PLAIN, Extras, open_answerer, open_knowledge_base

if TYPE_CHECKING:
    from bot.fetching.fetcher import Fetcher

REVISIONS = "revisions.sqlite3"
_NICER = 10
"""By how much building gives way to answering."""

T = TypeVar("T")

log = logging.getLogger(__name__)


def open_revisions(folder: Path | None, data: Path) -> RevisionStore:
    """The revisions of a knowledge folder, or of the shipped one; made where there are none yet.

    Args:
        folder: the knowledge folder, planted where neither it nor any revision exists.
        data: the data folder.

    Raises:
        KnowledgeError: there are no revisions yet, and the folder has faults; it carries them.
        RevisionsError: the store cannot be used.
    """
    moderated = moderated_folder(folder, data)
    place = data / REVISIONS
    if not place.exists():
        # Where there are revisions, a planted folder would be taken for hand edits that take back
        # all that was published since.
        from bot.articles.checking import unsound

        plant(moderated)
        if faults := unsound(moderated):
            raise KnowledgeError(f"The knowledge base in {moderated} has faults:", faults)
    return RevisionStore.open(place, moderated)


def moderated_folder(folder: Path | None, data: Path) -> Path:
    """The folder that revisions are put in place in: the one given, or one that may be changed.

    Raises:
        KnowledgeError: this installation holds no knowledge base.
    """
    if folder is not None:
        return folder
    try:
        return writable_folder(None)
    except KnowledgeError:
        return data / "knowledge"


def open_publisher(
    store: RevisionStore, *, extras: Extras = PLAIN, serves: bool = False
) -> Publisher:
    """Who publishes to a store, with its last revision served.

    Args:
        extras: optional parts that are wanted.
        serves: this is the one process that answers others: it builds aside, in a process of its
            own, and laid out revisions are removed after use.

    Raises:
        KnowledgeError: the last revision has faults; it carries all of them.
        SettingsError: an extra is wanted and cannot be used.
    """

    head = store.head
    newest = store.laid_out(head.number)
    # Each revision has a folder of its own, but most of its articles are those of the one before.
    line = newest.folder.parent.resolve()

    def build(folder: Path, name: str) -> KnowledgeBase:
        if serves:
            _in_another_process(_prepare, folder, line)
        return open_knowledge_base(folder, name=name, extras=extras, succeeds=str(line))

    first = open_knowledge_base(
        newest.folder, name=head.label, extras=extras, succeeds=str(line), files=newest.files
    )
    aside = _in_another_process if serves else here
    return Publisher(store, Served(first), build, Audit(), tidies=serves, aside=aside)


def _in_another_process(work: Callable[[Path, Path], T], folder: Path, other: Path, /) -> T:
    """Does work in another process, as it holds the interpreter's lock, for which answers wait.

    Where the other process cannot, it is done here.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=context, initializer=_give_way) as aside:
            return aside.submit(work, folder, other).result()
    except (BrokenProcessPool, OSError) as error:
        log.warning("What is published is looked at while answering (%s).", error)
        return work(folder, other)


def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICER)


def _prepare(folder: Path, line: Path) -> None:
    """Makes and saves a folder's index, so that it need only be opened."""
    with suppress(ReceiptsError):  # told by whoever opens the folder next
        open_answerer(folder, succeeds=str(line))


def open_source_states(data: Path) -> SourceStates:
    """What is remembered of sources, in the data folder."""
    return SourceStates(data / SOURCE_STATES)


def open_fetcher(contact: str | None = None) -> Fetcher:
    """A fetcher of the public web, to be entered.

    Args:
        contact: an address where those who run a server learn who fetches.
    """
    from bot.fetching.fetcher import Fetcher, user_agent

    return Fetcher(user_agent(contact))
