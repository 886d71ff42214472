"""In any order of publishing, going back, writing by hand, crashing and starting again, what is
served is the last revision, and what was told is what the history says."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.answers.knowledge_base import KnowledgeBase, Parts
from bot.answers.served import Served
from bot.articles.model import Dispute
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.errors import InputError, KnowledgeError, RevisionConflict
from bot.moderation.audit import Audit, Entry
from bot.moderation.proposal import Proposal
from bot.moderation.publishing import Publisher
from bot.revisions.disk import Disk
from bot.revisions.store import RevisionStore
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer
from tests.moderation.small_mill import adding as changed
from tests.moderation.small_mill import article, publish_hand_edits

IDS = ("one", "two", "three")
TEXTS = ("Stone by stone the weir was built.", "Eels came back.", "Oxen ploughed the field.")


class Crashed(BaseException):
    """The process ended here."""


class CrashingDisk(Disk):
    """A disk at whose n-th step from now the process ends."""

    def __init__(self) -> None:
        super().__init__(self._step)
        self.left: int | None = None

    def _step(self, step: str) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Crashed


def build(folder: Path, name: str) -> KnowledgeBase:
    """A knowledge base without lexicon and names, which cost a second to read."""
    store, analyzer = ArticleStore(folder), Analyzer()
    passages = tuple(passage for one in store.read() for passage in split(one))
    answerer = build_answerer(passages, analyzer)
    return KnowledgeBase(Parts(name, passages, Dispute("mill"), answerer, analyzer, store))


ids = st.sampled_from(IDS)
texts = st.sampled_from(TEXTS)


class Moderation(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.aside = tempfile.TemporaryDirectory()
        self.home = Path(self.aside.name)
        self.disk = CrashingDisk()
        self.proposal: Proposal | None = None
        self.told: list[Entry] = []

    def teardown(self) -> None:
        self.aside.cleanup()

    @initialize()
    def begin(self) -> None:
        for name in ("articles", "lexicon"):
            (self.home / "knowledge" / name).mkdir(parents=True)
        path = self.home / "knowledge" / "dispute.yaml"
        path.write_text("name: The mill\n", encoding="utf-8")
        path.with_name("questions.yaml").write_text("questions: []\n", encoding="utf-8")
        ArticleStore(self.home / "knowledge").write(article("first", TEXTS[0]))
        self.open()

    def open(self) -> None:
        self.disk.left = None
        place = self.home / "data" / "revisions.sqlite3"
        store = RevisionStore.open(place, self.home / "knowledge", disk=self.disk)
        head = store.head
        served = Served(build(store.folder(head.number), head.label))
        self.publisher = Publisher(store, served, build, Audit([self.told.append]), tidies=True)
        self.store = store

    @rule(article_id=ids, text=texts)
    def propose(self, article_id: str, text: str) -> None:
        changes: Mapping[str, bytes | None] = changed(article(article_id, text))
        self.proposal = self.publisher.propose(changes, what="edit", why="")

    @rule(article_id=ids)
    def propose_to_remove(self, article_id: str) -> None:
        with suppress(KnowledgeError):
            self.proposal = self.publisher.remove(article_id, why="")

    @rule()
    def publish(self) -> None:
        if self.proposal is not None:
            with suppress(RevisionConflict):
                self.publisher.publish(self.proposal, who="a")

    @rule()
    def undo(self) -> None:
        with suppress(InputError):
            self.publisher.undo(who="b", why="")

    @rule(number=st.integers(1, 6))
    def restore(self, number: int) -> None:
        with suppress(InputError):
            self.publisher.restore(number, who="c", why="")

    @rule(article_id=ids, text=texts)
    def write_by_hand(self, article_id: str, text: str) -> None:
        ArticleStore(self.home / "knowledge").write(article(article_id, f"{text} By hand."))

    @rule(conflicts=st.booleans())
    def publish_hand_edits(self, conflicts: bool) -> None:
        publish_hand_edits(self.publisher, who="d", conflicts=conflicts)

    @rule(conflicts=st.booleans())
    def discard_hand_edits(self, conflicts: bool) -> None:
        self.publisher.discard_hand_edits(who="e", conflicts=conflicts)

    @rule(left=st.integers(0, 6), text=texts)
    def crash_while_publishing(self, left: int, text: str) -> None:
        self.disk.left = left
        with suppress(Crashed):
            proposal = self.publisher.propose(
                changed(article("one", f"{text} {left}")), what="edit", why=""
            )
            self.publisher.publish(proposal, who="f")
        self.open()

    @rule()
    def restart(self) -> None:
        self.open()

    @invariant()
    def what_is_served_is_the_last_revision(self) -> None:
        head = self.store.head
        assert self.publisher.current.revision == head.label
        stored = ArticleStore(self.store.folder(head.number)).read()
        assert self.publisher.current.articles == stored

    @invariant()
    def the_history_is_without_gaps_and_what_was_told_is_in_it(self) -> None:
        history = {one.label: one for one in self.store.history(1000)}
        assert [one.number for one in history.values()] == list(range(len(history), 0, -1))
        for entry in self.told:
            if entry.revision is not None:
                assert history[entry.revision].who == entry.who


Moderation.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_moderation = Moderation.TestCase
