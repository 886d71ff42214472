"""A server with moderators: the small quarrel in a store, an office over it, people with and
without a say, and articles to add."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.client import ReceiptsClient
from bot.cogs.desk import Desk
from bot.cogs.kb.office import Office
from bot.fetching.fetcher import Fetcher
from bot.moderation.audit import Audit
from bot.moderation.publishing import Publisher
from bot.moderation.source_state import SourceStates
from bot.revisions.store import RevisionStore
from bot.sandbox import Exchange, File, Message, Sandbox, User
from bot.sandbox.model import each_component
from bot.sandbox.permissions import Permission
from bot.wiring import open_knowledge_base
from tests.fetching.site import AGENT, QUICK, Site, only_here
from tests.support.desk import client, open_desk
from tests.support.quarrel import write_quarrel
from tests.support.wire import online

MANAGES = int(Permission.MANAGE_GUILD)

FERRY = """\
In August 2022 the ferry of the valley sank beside the old quay. Clara Denti said that the rope \
had been cut with a knife. The harbour office counted nine passengers, and all of them swam ashore.

A new ferry was bought in Lugano for sixty thousand crowns. Clara Denti paid half of it herself.
"""
FERRY_ASKED = "How much was paid for the new ferry in Lugano?"
MARKDOWN = f"---\ntitle: The ferry of the valley\n---\n\n{FERRY}"
HTML = (
    "<!doctype html><html lang=en><head><title>The ferry of the valley</title></head><body>"
    "<article><h1>The ferry of the valley</h1>"
    + "".join(f"<p>{part}</p>" for part in FERRY.split("\n\n"))
    + "</article></body></html>"
)


def build(folder: Path, label: str) -> KnowledgeBase:
    return open_knowledge_base(folder, name=label)


@dataclass(frozen=True)
class Place:
    """The office, and the folders that it works on."""

    home: Path
    desk: Desk
    office: Office

    @property
    def knowledge(self) -> Path:
        return self.home / "knowledge"

    @property
    def head(self) -> str:
        [last] = self.office.publisher.history(1)
        return last.label

    def started_again(self) -> Place:
        """As after a restart: the same folders, and nothing in memory."""
        return Place(self.home, *_made(self.home, self.office.open_fetcher, self.desk))

    def with_(self, **changes: object) -> Place:
        office = replace(self.office, **changes)  # type: ignore[arg-type]
        return Place(self.home, replace(self.desk, office=office), office)


def _made(home: Path, open_fetcher: Callable[[], Fetcher], desk: Desk) -> tuple[Desk, Office]:
    store = RevisionStore.open(home / "data" / "revisions.sqlite3", home / "knowledge")
    served = Served(build(store.folder(store.head.number), store.head.label))
    publisher = Publisher(store, served, build, Audit())
    office = Office(publisher, SourceStates(home / "data" / "sources.json"), open_fetcher)
    return replace(desk, knowledge=served, office=office), office


@contextmanager
def open_place(home: Path, site: Site | None = None) -> Iterator[Place]:
    """The quarrel in a store, with a fetcher that reaches the site alone."""
    write_quarrel(home / "knowledge")
    (home / "data").mkdir()
    first = Served(build(home / "knowledge", "r0"))

    async def sleep(seconds: float) -> None:
        return None

    def open_fetcher() -> Fetcher:
        names = site.names if site else None
        limits = replace(QUICK, attempts=1)
        return Fetcher(AGENT, limits, resolver=names, allow=only_here, sleep=sleep)

    with open_desk(first) as desk:
        made, office = _made(home, open_fetcher, desk)
        try:
            yield Place(home, made, office)
        finally:
            office.turns.close()


@asynccontextmanager
async def served(place: Place, discord: Sandbox) -> AsyncIterator[ReceiptsClient]:
    """A client at work in the place."""
    async with online(client(place.desk), discord) as started:
        yield started


def moderator(discord: Sandbox, name: str = "Mona", *, locale: str = "en-US") -> User:
    return discord.user(name, permissions=MANAGES, locale=locale)


def found(message: Message, name: str) -> str:
    """The custom id of a moderators' button that can be pressed."""
    return next(
        str(part["custom_id"])
        for part in each_component(message.components)
        if str(part.get("custom_id", "")).startswith(f"r:kb-{name}:") and not part.get("disabled")
    )


async def press(
    discord: Sandbox, user: User, on: Exchange | Message, name: str, until: str = ""
) -> Exchange:
    """Presses a moderators' button by what it does, and waits until that is to be read."""
    message = on.messages[0] if isinstance(on, Exchange) else on
    exchange = await discord.press(user, message, found(message, name))
    await discord.until(lambda: until in message.text + exchange.text)
    return exchange


def ferry_file(
    name: str = "ferry.md", content: str | bytes = MARKDOWN, kind: str = "text/markdown"
) -> File:
    data = content.encode() if isinstance(content, str) else content
    return File(name, data, kind)
