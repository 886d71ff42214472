"""`python -m bot kb`: the knowledge base in the terminal, for moderators.

Every command does what its namesake in Discord does, through the same parts. It must not know how
files are read or checked, nor how things look (`kb_printing`).
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import ArticleNotFound, InputError, why_not_written
from bot.kb_desk import (
    FAULT,
    NOT_DONE,
    WHO,
    ask,
    drafted_from,
    open_desk,
    open_gaps,
    refreshed,
    say_published,
    settings_for,
    settle,
    told,
)

app = typer.Typer(
    help="Add, refresh, check and publish articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
gaps_app = typer.Typer(help="Questions that found no answer.", invoke_without_command=True)
app.add_typer(gaps_app, name="gaps")

Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="The knowledge folder, instead of RECEIPTS_KNOWLEDGE."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Publish without asking, if nobody must look.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for the history.")]


@app.command("import")
@told
def import_(
    names: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    knowledge: Knowledge = None,
) -> None:
    """Import files into the folder, unpublished, as by hand; exit 2 if one is refused."""
    from rich.progress import Progress

    from bot.articles.importing import import_files
    from bot.articles.starter import writable_folder
    from bot.articles.store import ArticleStore
    from bot.kb_printing import STYLES, console, print_outcome, visible

    if "" in names:
        # As a path it would be the folder that one is in.
        raise InputError("A name is empty; name files and folders, or . for this folder.")
    out = console()
    store = ArticleStore(writable_folder(settings_for(knowledge).knowledge))
    with Progress(console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=None)

        def show(done: int, of: int, path: Path) -> None:
            progress.update(task, completed=done, total=of, description=visible(path.name))

        report = import_files(map(Path, names), store, show)
    for outcome in report.outcomes:
        print_outcome(out, outcome)
    counts = [f"{len(report.of(status))} {status}" for status in STYLES if report.of(status)]
    out.print(f"{', '.join(counts) or 'no files'}, in {store.articles}", soft_wrap=True)
    if report.of("refused"):
        raise typer.Exit(FAULT)


@app.command()
@told
def check(
    knowledge: Knowledge = None,
    stamp: Annotated[
        bool, typer.Option("--stamp", help="Accept all texts: write their sha256 first.")
    ] = False,
) -> None:
    """Check every file and tell all faults, with file, line and advice; exit 2 if there are any."""
    from bot.articles.checking import check as find_faults
    from bot.articles.starter import knowledge_folder, writable_folder
    from bot.articles.store import ArticleStore
    from bot.kb_printing import console, print_faults

    out, chosen = console(), settings_for(knowledge).knowledge
    folder = knowledge_folder(chosen)
    if stamp:
        for path in ArticleStore(writable_folder(chosen)).stamp():
            out.print(f"stamped {path}", style="green", soft_wrap=True)
    faults = find_faults(folder)
    count = len(ArticleStore(folder).scan()[0])
    print_faults(out, faults)
    if faults:
        out.print(f"{len(faults)} fault{'s' * (len(faults) > 1)}, {count} articles, in {folder}")
        raise typer.Exit(FAULT)
    out.print(f"no faults, {count} articles, in {folder}", style="green", soft_wrap=True)


@app.command()
@told
def add(
    name: Annotated[str, typer.Argument(metavar="ADDRESS|FILE|-", help="- is standard input.")],
    title: Annotated[str | None, typer.Option()] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS")] = None,
    knowledge: Knowledge = None,
    yes: Yes = False,
) -> None:
    """Add an article: show it as it would be stored and what it changes, and publish it."""
    from bot.articles.split import split
    from bot.kb_printing import console, print_drafted
    from bot.moderation.drafting import changes_of, edited

    desk = open_desk(knowledge)
    base = desk.publisher.base()
    drafted = edited(
        drafted_from(name, base.shelf, title or ""),
        title=title or None,
        publisher=publisher,
        published=published,
        language=language,
        url=url,
    )
    print_drafted(console(), drafted, len(split(drafted.article)))
    if drafted.same:
        raise InputError(f"The knowledge base holds this text already, as `{drafted.same}`.")
    why = f"{drafted.article.title} ({drafted.origin or 'pasted'})"
    proposal = desk.publisher.propose(
        changes_of(drafted), what="add", why=why, parent=base.revision.number
    )
    settle(desk.publisher, proposal, yes=yes and drafted.wall is None)


@app.command()
@told
def refresh(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="All without one.")
    ] = None,
    knowledge: Knowledge = None,
    yes: Yes = False,
) -> None:
    """Fetch what sources.yaml names, show what is new, gone and failed, and publish it."""
    from bot.kb_printing import console, print_refreshed

    desk = open_desk(knowledge)
    sources = desk.publisher.sources()
    known = {source.id for source in sources}
    if missing := [one for one in ids or () if one not in known]:
        raise InputError(f"There is no source `{missing[0]}`; look into sources.yaml.")
    wanted = tuple(source for source in sources if not ids or source.id in ids)
    out = console()
    if not wanted:
        out.print("There are no sources; add some to sources.yaml.")
        return
    found = asyncio.run(refreshed(wanted, desk))
    print_refreshed(out, found)
    if found.proposal is None:
        for reason in found.held:
            out.print(f"Look at it: {reason}", style="yellow", soft_wrap=True)
        out.print("Nothing is new.")
        raise typer.Exit(NOT_DONE if found.held else 0)
    settle(desk.publisher, found.proposal, yes=yes)


@app.command("list")
@told
def list_(knowledge: Knowledge = None) -> None:
    """List the articles of the last revision."""
    from bot.kb_printing import console, print_articles

    print_articles(console(), open_desk(knowledge).publisher.current.articles)


@app.command()
@told
def show(article: str, knowledge: Knowledge = None) -> None:
    """Show an article of the last revision, passage by passage."""
    from bot.kb_printing import console, print_article

    publisher = open_desk(knowledge).publisher
    passages = publisher.current.passages_of(article)
    if not passages:
        raise ArticleNotFound(f"There is no article `{article}`; `kb list` names them.")
    print_article(console(), passages[0].article, passages)


@app.command()
@told
def remove(article: str, why: Why = "", knowledge: Knowledge = None, yes: Yes = False) -> None:
    """Remove an article; `undo` brings it back."""
    publisher = open_desk(knowledge).publisher
    # Whoever removes has looked: what is lost is what was asked for.
    settle(publisher, publisher.remove(article, why=why or f"`{article}` removed"), yes=yes)


@app.command()
@told
def edits(
    discard: Annotated[
        bool, typer.Option("--discard", help="Put the last revision's files over them.")
    ] = False,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Also where a revision changed the same file.")
    ] = False,
    knowledge: Knowledge = None,
    yes: Yes = False,
) -> None:
    """Show what was changed by hand in the knowledge folder, and publish or discard it."""
    from bot.kb_printing import console, print_edits

    publisher, out = open_desk(knowledge).publisher, console()
    state = publisher.hand_edits().state
    print_edits(out, state)
    if not state.edits and not (conflicts and state.conflicts):
        out.print("Nothing to publish was changed by hand.")
    elif discard:
        if not yes and not typer.confirm("Discard them?"):
            raise typer.Exit(NOT_DONE)
        publisher.discard_hand_edits(who=WHO, conflicts=conflicts)
        out.print("Discarded.")
    elif (proposal := publisher.propose_hand_edits(conflicts=conflicts)) is not None:
        settle(publisher, proposal, yes=yes)


@app.command()
@told
def history(
    most: Annotated[int, typer.Option(min=1, help="How many.")] = 20, knowledge: Knowledge = None
) -> None:
    """List the last revisions: when, who, what and why."""
    from bot.kb_printing import console, print_history

    print_history(console(), open_desk(knowledge).publisher.history(most))


@app.command()
@told
def undo(why: Why = "", knowledge: Knowledge = None, yes: Yes = False) -> None:
    """Take back the last revision; again, the one before it."""
    from bot.kb_printing import console, print_diff

    publisher = open_desk(knowledge).publisher
    wanted = publisher.to_undo()
    if wanted is None:
        raise InputError("There is nothing left to undo; `restore` names any revision.")
    print_diff(console(), publisher.diff(publisher.history(1)[0].number, wanted.number - 1))
    ask(f"Undo revision {wanted.label}?", yes=yes)
    say_published(publisher.undo(who=WHO, why=why))


@app.command()
@told
def restore(number: int, why: Why = "", knowledge: Knowledge = None, yes: Yes = False) -> None:
    """Publish an earlier revision's state once more."""
    from bot.kb_printing import console, print_diff

    publisher = open_desk(knowledge).publisher
    print_diff(console(), publisher.diff(publisher.history(1)[0].number, number))
    ask(f"Restore revision {number}?", yes=yes)
    say_published(publisher.restore(number, who=WHO, why=why))


@app.command()
@told
def diff(before: int, after: int, knowledge: Knowledge = None) -> None:
    """Show what changed from one revision to another."""
    from bot.kb_printing import console, print_diff

    print_diff(console(), open_desk(knowledge).publisher.diff(before, after))


@app.command()
@told
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip")],
    revision: Annotated[int | None, typer.Option(help="The last one unless told.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Write the articles of a revision as a zip."""
    publisher, packed = open_desk(knowledge).publisher, BytesIO()
    # Whole before the file is opened: an earlier export must not be lost to a wrong number.
    publisher.export(revision or publisher.history(1)[0].number, packed)
    try:
        file.write_bytes(packed.getvalue())
    except OSError as error:
        raise InputError(f"{file} {why_not_written(error)}") from error


@app.command()
@told
def status(knowledge: Knowledge = None) -> None:
    """Show revision, articles, memory, sources, hand edits and problems."""
    from bot.kb_printing import console, print_status
    from bot.moderation.status import status_of
    from bot.wiring_moderation import open_source_states

    desk = open_desk(knowledge)
    print_status(console(), status_of(desk.publisher, open_source_states(desk.settings.data)))


@gaps_app.callback()
@told
def gaps(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, help="How many questions to group.")] = 200,
    knowledge: Knowledge = None,
) -> None:
    """List questions that found no answer, those that ask the same together."""
    from bot.kb_printing import console, print_gaps

    if context.invoked_subcommand is None:
        print_gaps(console(), open_gaps(settings_for(knowledge), most))


@gaps_app.command("draft")
@told
def draft_gap(
    number: Annotated[int, typer.Argument(min=1, help="As `kb gaps` counts.")],
    knowledge: Knowledge = None,
) -> None:
    """Print an article's file for a gap, to write the text below it."""
    from bot.moderation.gaps import skeleton

    groups = open_gaps(settings_for(knowledge), 200)
    if number > len(groups):
        raise InputError(f"There is no gap {number}; `kb gaps` lists {len(groups)}.")
    print(skeleton(groups[number - 1]), end="")


@app.command()
@told
def reports(knowledge: Knowledge = None) -> None:
    """List the passages that members reported."""
    from bot.kb_printing import console, print_reports
    from bot.wiring import open_records

    desk = open_desk(knowledge)
    with closing(open_records(desk.settings.data)) as records:
        found = records.reports()
    current = desk.publisher.current
    print_reports(console(), [(one, current.find(one.passage).passage) for one in found])


@app.command()
@told
def pin(
    question: str,
    passage: Annotated[
        str | None, typer.Argument(metavar="ARTICLE#NUMBER", help="As `kb show` tells.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the question's pin away.")] = False,
    knowledge: Knowledge = None,
    yes: Yes = False,
) -> None:
    """Have a question answered with a passage first, which the answer says."""
    from bot.moderation.pins import propose_pin, propose_unpin

    if (passage is None) != remove:
        raise InputError("Name the passage, as in mill#3, or give --remove.")
    publisher = open_desk(knowledge).publisher
    if passage is None:
        settle(publisher, propose_unpin(publisher, question), yes=yes)
        return
    passages = publisher.current.passages_of(passage.rpartition("#")[0])
    wanted = next((one for one in passages if one.id == passage), None)
    if wanted is None:
        raise InputError(f"There is no passage {passage}; `kb show ARTICLE` lists them.")
    settle(publisher, propose_pin(publisher, question, wanted, passages), yes=yes)
