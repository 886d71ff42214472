"""A refresh: what the sources hold now, compared with what is stored, as one proposal.

One bad page never stops the others, and nothing is published here. It must not know when
refreshes are due, nor who looks at what they find.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.articles.model import Article
from bot.articles.sources import LOSE_AT_MOST, Source
from bot.articles.store import FOLDER
from bot.errors import FetchFailed, FetchRefused, ImportRefused, PageGone
from bot.fetching.feeds import entries_of
from bot.fetching.fetcher import Fetcher
from bot.fetching.model import FEEDS, Fetched, NotModified
from bot.moderation import guard
from bot.moderation.comparing import Compared, Comparer, Outcome, Page
from bot.moderation.drafting import ReadPage, changes_of, read_page
from bot.moderation.proposal import Proposal
from bot.moderation.publishing import Publisher
from bot.moderation.serving import Base
from bot.moderation.source_state import PageState, SourceState, SourceStates, States

AT_ONCE = 4
"""Pages fetched side by side; one host's are fetched one after another all the same."""
MOST_BY_ITSELF = 20
"""Articles that a refresh may bring or change without a person."""
_HISTORY = 200

OnPage = Callable[[int, int, str], None]
"""Told the number of pages done, of all, and the address that was done last."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found.

    Attributes:
        pages: what became of each, in the order of the sources.
        proposal: what to publish; None where nothing is new.
        held: why a person must look at it, as sentences; empty where nobody must.
    """

    pages: tuple[Page, ...]
    proposal: Proposal | None = None
    held: tuple[str, ...] = ()

    @property
    def may_publish_itself(self) -> bool:
        """Whether it is so small and clean that it needs no person, if its sources allow that."""
        return self.proposal is not None and not self.held

    def of(self, *outcomes: Outcome) -> tuple[Page, ...]:
        """The pages that ended this way."""
        return tuple(page for page in self.pages if page.outcome in outcomes)


@dataclass(frozen=True, slots=True)
class _Got:
    """What came from an address: a page that was read, nothing new, or an error."""

    source: Source
    url: str
    read: ReadPage | None = None
    error: FetchFailed | FetchRefused | ImportRefused | None = None


async def refresh(
    sources: Sequence[Source],
    fetcher: Fetcher,
    publisher: Publisher,
    states: SourceStates,
    on_progress: OnPage | None = None,
) -> Refreshed:
    """Fetch what sources name, and propose what is new.

    Raises:
        KnowledgeError: the articles that are there cannot be read.
        RevisionsError: the store cannot be used, or somebody changed the same files meanwhile.
        RecordsError: what was seen cannot be remembered.
    """
    known = await asyncio.to_thread(states.read)
    base = await asyncio.to_thread(publisher.base)
    taken_back = await asyncio.to_thread(_taken_back, publisher)
    comparer = await asyncio.to_thread(Comparer, base.shelf, known.pages, taken_back)
    feeds, wanted = await _expanded(sources, fetcher, known.pages)
    turns = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def get(source: Source, url: str) -> _Got:
        nonlocal done
        async with turns:
            got = await _got(source, url, fetcher, comparer, known.pages)
        done += 1
        if on_progress:
            on_progress(done, len(wanted), url)
        return got

    found = await asyncio.gather(*(get(source, url) for url, source in wanted.items()))
    compared = [*feeds, *await asyncio.to_thread(_compare, found, comparer)]
    # Before anything is proposed: what was fetched is known, whatever becomes of the proposal.
    await asyncio.to_thread(states.remember, _seen(sources, compared))
    return await asyncio.to_thread(_propose, sources, compared, base, publisher)


async def _expanded(
    sources: Iterable[Source], fetcher: Fetcher, known: Mapping[str, PageState]
) -> tuple[list[Compared], dict[str, Source]]:
    """What became of the feeds, and the pages to fetch, each once."""
    feeds: list[Compared] = []
    wanted: dict[str, Source] = {}
    for source in sources:
        if source.kind == "page":
            wanted.setdefault(source.url, source)
            continue
        before = known.get(source.url, PageState())
        try:
            entries = before.entries
            fetched = await fetcher.fetch(
                source.url, FEEDS, etag=before.etag, last_modified=before.last_modified
            )
            if isinstance(fetched, Fetched):
                named = await asyncio.to_thread(entries_of, fetched.text, fetched.final_url)
                entries = tuple(entry.url for entry in named)
                before = PageState(fetched.etag, fetched.last_modified, entries=entries)
        except (FetchFailed, FetchRefused) as error:
            feeds.append(Compared(Page(source.id, source.url, "failed", detail=str(error))))
            continue
        if entries:
            page = Page(source.id, source.url, "unchanged", detail=f"It names {len(entries)}.")
        else:
            page = Page(source.id, source.url, "failed", detail="The feed names no article.")
        feeds.append(Compared(page, state=before))
        for url in entries:
            wanted.setdefault(url, source)
    return feeds, wanted


async def _got(
    source: Source,
    url: str,
    fetcher: Fetcher,
    comparer: Comparer,
    known: Mapping[str, PageState],
) -> _Got:
    state = PageState()
    if comparer.may_ask_for_changes_only(url):
        state = known[url]
    try:
        fetched = await fetcher.fetch(url, etag=state.etag, last_modified=state.last_modified)
        if isinstance(fetched, NotModified):
            return _Got(source, url)
        return _Got(source, url, await asyncio.to_thread(read_page, fetched))
    except (FetchFailed, FetchRefused, ImportRefused) as error:
        return _Got(source, url, error=error)


def _compare(found: Iterable[_Got], comparer: Comparer) -> list[Compared]:
    compared = []
    for got in found:
        source, url, error = got.source, got.url, got.error
        if isinstance(error, PageGone):
            compared.append(comparer.gone(source, url, str(error)))
        elif isinstance(error, FetchFailed):
            compared.append(comparer.failed(source, url, str(error)))
        elif error is not None:
            compared.append(comparer.not_an_article(source, url, str(error)))
        elif got.read is None:
            compared.append(comparer.unchanged(source, url))
        else:
            compared.append(comparer.read(source, url, got.read))
    return compared


def _seen(sources: Iterable[Source], compared: Iterable[Compared]) -> States:
    now = datetime.now(UTC)
    errors = {one.page.source: one.page.detail for one in compared if one.page.outcome == "failed"}
    return States(
        {one.page.url: one.state for one in compared if one.state is not None},
        {source.id: SourceState(now, errors.get(source.id)) for source in sources},
    )


def _propose(
    sources: Sequence[Source], compared: Sequence[Compared], base: Base, publisher: Publisher
) -> Refreshed:
    pages = tuple(one.page for one in compared)
    drafted = {
        one.drafted.article.id for one in compared if one.page.outcome == "new" and one.drafted
    }
    stored = [article for article in base.shelf.articles if article.id not in drafted]
    changes: dict[str, bytes | None] = dict(
        changes_of(*(one.drafted for one in compared if one.drafted is not None))
    )
    for page in pages:
        if page.outcome == "gone":
            changes[f"{FOLDER}/{page.article}.md"] = None
    held = [page.held for page in pages if page.held]
    if not changes:
        return Refreshed(pages, held=tuple(held))
    counts = Counter(page.outcome for page in pages)
    told = [f"{counts[one]} {one}" for one in ("new", "changed", "gone") if counts[one]]
    proposal = publisher.propose(
        changes,
        what="refresh",
        why=f"{', '.join(told)}, from {', '.join(source.id for source in sources)}",
        parent=base.revision.number,
        lose_at_most=min((one.lose_at_most for one in sources), default=LOSE_AT_MOST),
    )
    held += _held_by_sources(sources, pages, proposal, stored)
    held += _held_by_proposal(proposal, counts)
    if held:
        proposal = replace(proposal, held=" ".join(held))
    return Refreshed(pages, proposal, tuple(held))


def _held_by_sources(
    sources: Iterable[Source],
    pages: Iterable[Page],
    proposal: Proposal,
    articles: Iterable[Article],
) -> list[str]:
    """Which sources lose more of their own passages than they may."""
    owner = {page.article: page.source for page in pages if page.article}
    lost: Counter[str] = Counter()
    for article_id, count in guard.lost_by_article(proposal.diff).items():
        lost[owner.get(article_id, "")] += count
    before: Counter[str] = Counter()
    for article in articles:
        if article.id in owner:
            before[owner[article.id]] += guard.passages_of([article])
    held = (
        guard.why_held(f"The source `{one.id}`", lost[one.id], before[one.id], one.lose_at_most)
        for one in sources
    )
    return [one for one in held if one]


def _held_by_proposal(proposal: Proposal, counts: Mapping[Outcome, int]) -> list[str]:
    held = [proposal.held] if proposal.held else []
    if proposal.faults:
        held.append(f"It has faults, the first: {proposal.faults[0]}")
    if proposal.outdated:
        held.append(f"Words are lost that questions or pins name: {proposal.outdated[0].problem}")
    if proposal.moved:
        held.append(f"Judged questions get another first passage: {len(proposal.moved)}.")
    many = counts.get("new", 0) + counts.get("changed", 0)
    if many > MOST_BY_ITSELF:
        held.append(f"It brings {many} articles, more than {MOST_BY_ITSELF}.")
    return held


def _taken_back(publisher: Publisher) -> frozenset[str]:
    """The ids of articles that people removed, or put back to what they were."""
    return frozenset(
        path.removeprefix(f"{FOLDER}/").removesuffix(".md")
        for revision in publisher.history(_HISTORY)
        for path, sha256 in revision.changed.items()
        if sha256 is None or revision.what in {"undo", "restore"}
    )
