"""What every command of `kb` needs: the parts opened, changes shown and settled, faults told.

It must not know the commands, nor how things look (`kb_printing`).
"""

from __future__ import annotations

import asyncio
import functools
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from bot.config import Settings, read_settings
from bot.errors import InputError, ReceiptsError, why_not_read

if TYPE_CHECKING:
    from bot.articles.importing import Shelf
    from bot.articles.sources import Source
    from bot.fetching.model import Fetched
    from bot.moderation.drafting import Drafted
    from bot.moderation.gaps import GapGroup
    from bot.moderation.proposal import Proposal
    from bot.moderation.publishing import Publisher
    from bot.moderation.refreshing import Refreshed
    from bot.revisions.model import Revision

P = ParamSpec("P")

NOT_DONE, FAULT = 1, 2
WHO = "terminal"


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Tells a command's fault in its sentence, and ends with 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from bot.kb_printing import print_error

        try:
            command(*args, **kwargs)
        except ReceiptsError as error:
            print_error(error)
            raise typer.Exit(FAULT) from error

    return run


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with."""

    settings: Settings
    publisher: Publisher


def settings_for(knowledge: Path | None) -> Settings:
    """The settings, with the knowledge folder that was named."""
    settings = read_settings()
    return replace(settings, knowledge=knowledge or settings.knowledge)


def open_desk(knowledge: Path | None) -> Desk:
    """Open the revisions of a knowledge folder, and serve the last one."""
    from bot.wiring import Extras
    from bot.wiring_moderation import open_publisher, open_revisions

    settings = settings_for(knowledge)
    store = open_revisions(settings.knowledge, settings.data)
    return Desk(settings, open_publisher(store, extras=Extras(settings.semantic)))


def drafted_from(name: str, shelf: Shelf, title: str) -> Drafted:
    """Read an address, a file, or standard input, which is called `-`.

    Raises:
        InputError: it cannot become an article, or cannot be read.
        FetchRefused, FetchFailed: the address cannot be fetched.
    """
    from bot.moderation.drafting import draft_attached, draft_page, draft_text, read_page

    if not name:
        raise InputError("The name is empty; give an address, a file, or - for standard input.")
    if name.startswith(("http://", "https://")):
        return draft_page(read_page(asyncio.run(_fetched(name))), shelf)
    try:
        if name == "-":
            return draft_text(title, sys.stdin.read(), shelf)
        return draft_attached(Path(name).name, Path(name).read_bytes(), shelf)
    except (OSError, UnicodeDecodeError) as error:
        what = "Standard input" if name == "-" else name
        raise InputError(f"{what} {why_not_read(error)}") from error


async def _fetched(address: str) -> Fetched:
    from bot.fetching.model import Fetched
    from bot.wiring_moderation import open_fetcher

    async with open_fetcher() as fetcher:
        found = await fetcher.fetch(address)
    if not isinstance(found, Fetched):
        raise InputError("The page says that it has not changed; try again later.")
    return found


async def refreshed(sources: Sequence[Source], desk: Desk) -> Refreshed:
    """Fetch sources, with a bar that moves."""
    from rich.progress import Progress

    from bot.kb_printing import console, visible
    from bot.moderation.refreshing import refresh as fetch_all
    from bot.wiring_moderation import open_fetcher, open_source_states

    states = open_source_states(desk.settings.data)
    with Progress(console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("Fetching", total=None)

        def show(done: int, of: int, url: str) -> None:
            progress.update(task, completed=done, total=of, description=visible(url))

        async with open_fetcher() as fetcher:
            return await fetch_all(sources, fetcher, desk.publisher, states, show)


def open_gaps(settings: Settings, most: int) -> tuple[GapGroup, ...]:
    """The most frequent gaps, grouped."""
    from bot.articles.starter import knowledge_folder
    from bot.moderation.gaps import grouped
    from bot.wiring import open_analyzer, open_records

    with closing(open_records(settings.data)) as records:
        found = records.gaps(most)
    return grouped(found, open_analyzer(knowledge_folder(settings.knowledge)))


def settle(publisher: Publisher, proposal: Proposal, *, yes: bool) -> None:
    """Show a change, ask, and publish it."""
    from bot.kb_printing import console, print_proposal

    out = console()
    if proposal.changes_nothing:
        out.print("Nothing would change.")
        return
    print_proposal(out, proposal)
    if proposal.faults:
        raise typer.Exit(FAULT)
    if yes and proposal.held and proposal.what != "remove":
        out.print("Not published: a person must look at it; run it again without --yes.")
        raise typer.Exit(NOT_DONE)
    ask("Publish it?", yes=yes)
    say_published(publisher.publish(proposal, who=WHO))


def ask(question: str, *, yes: bool) -> None:
    """Go on only if the answer is yes."""
    if not yes and not typer.confirm(question):
        raise typer.Exit(NOT_DONE)


def say_published(revision: Revision) -> None:
    """Tell the revision that was published."""
    from bot.kb_printing import console

    console().print(f"revision {revision.label}", style="green")
