"""Sources are refreshed when they are due; what may publishes itself, the rest is told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sources import Source
from bot.fetching.fetcher import Fetcher
from bot.moderation.publishing import Publisher
from bot.moderation.schedule import WHO, Told, due, keep_fresh
from bot.moderation.source_state import SourceState, SourceStates, States
from tests.fetching.site import AGENT, QUICK, Site, only_here
from tests.moderation.small_mill import Mill, publish_hand_edits
from tests.moderation.test_refreshing import LATER, SENTENCES, html

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(
    st.none() | st.integers(1, 48),
    st.none() | st.integers(-48, 48),
)
def test_a_source_is_due_when_its_time_has_passed(every: int | None, ago: int | None) -> None:
    source = Source("a", "https://example.org", "page", every * HOUR if every else None)
    known = {} if ago is None else {"a": SourceState(NOW - ago * HOUR)}
    never, passed = ago is None, every is not None and ago is not None and ago >= every
    in_future = ago is not None and ago < 0
    wanted = every is not None and (never or passed or in_future)
    assert (due([source], States(sources=known), NOW) == (source,)) == wanted


class Schedule:
    """The loop over the mill, with a clock that moves an hour each round."""

    def __init__(self, mill: Mill, site: Site, states: SourceStates) -> None:
        self.mill, self.site, self.states = mill, site, states
        self.publisher: Publisher = mill.publisher()
        self.told: list[Told] = []

    def fetcher(self) -> Fetcher:
        return Fetcher(AGENT, QUICK, resolver=self.site.names, allow=only_here)

    async def tell(self, told: Told) -> None:
        self.told.append(told)

    async def rounds(self, count: int) -> list[Told]:
        """What is told in so many rounds."""
        self.told = []
        left, enough = count, asyncio.Event()
        start = datetime.now(UTC)

        async def pause() -> None:
            nonlocal left
            left -= 1
            if not left:
                enough.set()
                await asyncio.Event().wait()

        def now() -> datetime:
            return start + (count - left + 1) * HOUR

        loop = asyncio.create_task(
            keep_fresh(self.publisher, self.fetcher, self.states, self.tell, pause=pause, now=now)
        )
        await enough.wait()
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        return self.told

    def write_sources(self, *rows: str) -> None:
        lines = "".join(f"  - {{{row}}}\n" for row in rows)
        path = self.mill.knowledge / "sources.yaml"
        path.write_text(f"sources:\n{lines}", encoding="utf-8")
        publish_hand_edits(self.publisher, who="x")

    def row(self, path: str, publish: str) -> str:
        told = f"id: {path[1:]}, address: '{self.site.url(path)}', every: 1h, publish: {publish}"
        return told + ", lose_at_most: 90%"


@pytest.fixture
def schedule(mill: Mill, site: Site, tmp_path: Path) -> Schedule:
    return Schedule(mill, site, SourceStates(tmp_path / "sources.json"))


async def test_auto_publishes_itself_and_review_is_told(schedule: Schedule) -> None:
    schedule.site.says(html(SENTENCES), "/a")
    schedule.site.says(html([LATER, *SENTENCES[::-1]], "The harbour"), "/b")
    schedule.write_sources(schedule.row("/a", "auto"), schedule.row("/b", "review"))
    itself, asked = await schedule.rounds(1)
    assert itself.published is not None
    assert itself.published.who == WHO
    assert asked.published is None
    assert asked.refreshed is not None
    assert asked.refreshed.proposal is not None
    ids = {one.id for one in schedule.publisher.current.articles}
    assert "the-weir-of-the-valley" in ids
    assert "the-harbour" not in ids


async def test_what_is_held_does_not_publish_itself(schedule: Schedule) -> None:
    schedule.site.says(html(SENTENCES), "/a")
    schedule.write_sources(schedule.row("/a", "auto"))
    await schedule.rounds(1)
    schedule.site.sends("/a", 410)
    [told] = await schedule.rounds(1)
    assert told.published is None
    assert told.refreshed is not None
    assert told.refreshed.held
    assert "the-weir-of-the-valley" in {one.id for one in schedule.publisher.current.articles}


async def test_no_error_ends_the_loop_and_each_is_told_once(schedule: Schedule) -> None:
    schedule.write_sources(schedule.row("/a", "auto"))
    schedule.site.says(html(SENTENCES), "/a")
    path = schedule.mill.home / "data" / "revisions.sqlite3"
    aside = path.rename(path.with_suffix(".aside"))
    told = await schedule.rounds(3)
    assert len(told) == 1
    assert told[0].error is not None
    aside.rename(path)
    [told_later] = await schedule.rounds(1)
    assert told_later.published is not None


async def test_nothing_is_fetched_before_it_is_due(schedule: Schedule) -> None:
    schedule.site.says(html(SENTENCES), "/a")
    row = schedule.row("/a", "auto").replace("every: 1h", "every: 2h")
    schedule.write_sources(row)
    await schedule.rounds(2)
    assert schedule.site.asked("/a") == 1


async def test_who_is_told_may_fail_and_the_loop_goes_on(schedule: Schedule) -> None:
    schedule.write_sources(schedule.row("/a", "auto"))
    schedule.site.says(html(SENTENCES), "/a")
    heard: list[Told] = []

    async def fail(told: Told) -> None:
        heard.append(told)
        raise RuntimeError("nobody listens")

    schedule.tell = fail  # type: ignore[method-assign]
    await schedule.rounds(1)
    schedule.site.says(html([*SENTENCES, LATER]), "/a")
    await schedule.rounds(2)
    assert [told.published is not None for told in heard] == [True, True]
