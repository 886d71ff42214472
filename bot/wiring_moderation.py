"""The parts of moderation, picked and handed to each other.

Apart from `wiring`, so that a question in the terminal need not load what fetches pages. It must
not know the terminal or Discord.
"""

from __future__ import annotations

import logging
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.checking import unsound
from bot.articles.starter import plant, writable_folder
from bot.errors import KnowledgeError, ReceiptsError
from bot.fetching.fetcher import NAME, Fetcher, user_agent
from bot.moderation.audit import Audit
from bot.moderation.publishing import Publisher
from bot.moderation.source_state import FILE as SOURCE_STATES
from bot.moderation.source_state import SourceStates
from bot.revisions.store import RevisionStore
from bot.wiring import open_answerer, open_knowledge_base

REVISIONS = "revisions.sqlite3"
_NICER = 10
"""By how much building gives way to answering."""

log = logging.getLogger(__name__)


def open_revisions(folder: Path | None, data: Path) -> RevisionStore:
    """The revisions of a knowledge folder, or of the shipped one; made where there are none yet.

    Args:
        folder: the knowledge folder, planted where it does not exist.
        data: the data folder.

    Raises:
        KnowledgeError: there are no revisions yet, and the folder has faults; it carries them.
        RevisionsError: the store cannot be used.
    """
    moderated = moderated_folder(folder, data)
    plant(moderated)
    place = data / REVISIONS
    if not place.exists() and (faults := unsound(moderated)):
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
    store: RevisionStore, *, semantic: bool = False, serves: bool = False
) -> Publisher:
    """Who publishes to a store, with its last revision served.

    Args:
        semantic: whether nearness in meaning counts, too.
        serves: this is the one process that answers others: it builds aside, in a process of its
            own, and laid out revisions are removed after use.

    Raises:
        KnowledgeError: the last revision has faults; it carries all of them.
        SettingsError: the encoder is wanted and cannot be used.
    """

    head = store.head
    newest = store.folder(head.number)
    # Each revision has a folder of its own, but most of its articles are those of the one before.
    line = str(newest.parent.resolve())

    def build(folder: Path, name: str) -> KnowledgeBase:
        if serves:
            _prepare_aside(folder, line)
        return open_knowledge_base(folder, name=name, semantic=semantic, succeeds=line)

    first = open_knowledge_base(newest, name=head.label, semantic=semantic, succeeds=line)
    return Publisher(store, Served(first), build, Audit(), tidies=serves)


def _prepare_aside(folder: Path, line: str) -> None:
    """Have another process make and save a folder's index, so that it is only opened here.

    Making it holds the interpreter's lock, for which answers would wait. Where the other process
    cannot, it is made here.
    """
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=context) as aside:
            aside.submit(_prepare, folder, line).result()
    except (BrokenProcessPool, OSError) as error:
        log.warning("The index is made while answering (%s).", error)


def _prepare(folder: Path, line: str) -> None:
    if hasattr(os, "nice"):
        os.nice(_NICER)
    with suppress(ReceiptsError):  # told by whoever opens the folder next
        open_answerer(folder, succeeds=line)


def open_source_states(data: Path) -> SourceStates:
    """What is remembered of sources, in the data folder."""
    return SourceStates(data / SOURCE_STATES)


def open_fetcher(contact: str | None = None) -> Fetcher:
    """A fetcher of the public web, to be entered.

    Args:
        contact: an address where those who run a server learn who fetches.
    """
    try:
        here = version("receipts")
    except PackageNotFoundError:
        here = "0"  # run from its folder, without being installed
    return Fetcher(user_agent(here, contact) if contact else f"{NAME}/{here}")
