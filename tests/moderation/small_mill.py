"""The small knowledge base of the mill, as revisions that can be published to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.model import Article
from bot.articles.store import digest
from bot.moderation.audit import Audit, Entry
from bot.moderation.drafting import file_of
from bot.moderation.publishing import Publisher
from bot.revisions.disk import Disk
from bot.revisions.model import Revision
from bot.revisions.store import RevisionStore
from bot.wiring import open_knowledge_base
from tests.answers.small_knowledge import write_knowledge

QUESTIONS = """\
questions:
- {id: anna, kind: same, lang: en, q: Why did Anna leave the mill?, relevant: [left the mill]}
- {id: jury, kind: same, lang: en, q: What did the jury find?, relevant: [waited too long]}
"""
WEIR = """\
## The weir

The weir above the mill broke in the spring flood of 2027. Stones and timber lay across the road \
for nine days. The valley paid for a new one of concrete, and the miller lent his oxen to it.

## The eels

Eels came back to the river two years after the weir was rebuilt. Children caught them at night \
with lanterns and sold them at the market for a copper coin each.
"""


@dataclass
class Mill:
    """A home folder with `knowledge/` and `data/`, and what was told of it."""

    home: Path
    built: list[str] = field(default_factory=list)
    told: list[Entry] = field(default_factory=list)

    @property
    def knowledge(self) -> Path:
        return self.home / "knowledge"

    def build(self, folder: Path, name: str) -> KnowledgeBase:
        self.built.append(name)
        return open_knowledge_base(folder, name=name)

    def store(self, disk: Disk | None = None) -> RevisionStore:
        place = self.home / "data" / "revisions.sqlite3"
        return RevisionStore.open(place, self.knowledge, disk=disk)

    def publisher(self, store: RevisionStore | None = None, *, tidies: bool = False) -> Publisher:
        store = store or self.store()
        head = store.head
        served = Served(self.build(store.folder(head.number), head.label))
        self.built.clear()
        return Publisher(store, served, self.build, Audit([self.told.append]), tidies=tidies)


def write_mill(home: Path) -> Path:
    """A knowledge folder that is ready for revision 1."""
    folder = home / "knowledge"
    folder.mkdir(parents=True)
    write_knowledge(folder)
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return home


def copied(written: Path, home: Path) -> Mill:
    shutil.copytree(written, home)
    return Mill(home)


def article(article_id: str = "weir", text: str = WEIR, title: str = "The weir") -> Article:
    text = text.strip()
    return Article(article_id, title, text, "en", sha256=digest(text))


def adding(one: Article | None = None) -> dict[str, bytes | None]:
    return dict([file_of(one or article())])


def publish_hand_edits(
    publisher: Publisher, *, who: str, conflicts: bool = False
) -> Revision | None:
    """What a moderator does who looks at what was done in the folder, and agrees."""
    proposal = publisher.propose_hand_edits(conflicts=conflicts)
    return None if proposal is None else publisher.publish(proposal, who=who)
