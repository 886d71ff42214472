"""`python -m bot kb`: the knowledge base in the terminal, for moderators.

It must not know how files are read or checked; it prints what the articles' modules report.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.errors import InputError, ReceiptsError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.articles.importing import Outcome, Status

app = typer.Typer(help="Import and check articles.", no_args_is_help=True)

FAULT = 2
_SHOWN = 72
_STYLES: dict[Status, str] = {
    "imported": "green",
    "unchanged": "dim",
    "duplicate": "yellow",
    "refused": "red",
}

Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="The knowledge folder, instead of RECEIPTS_KNOWLEDGE."
    ),
]


@app.command("import")
def import_(
    names: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    knowledge: Knowledge = None,
) -> None:
    """Import text, Markdown and HTML files as clean articles; exit 2 if one is refused."""
    from rich.progress import Progress

    from bot.articles.importing import import_files
    from bot.articles.starter import writable_folder
    from bot.articles.store import ArticleStore

    out = _console()
    try:
        if "" in names:
            # As a path it would be the folder that one is in.
            raise InputError("A name is empty; name files and folders, or . for this folder.")
        store = ArticleStore(writable_folder(_chosen(knowledge)))
        with Progress(console=_console(stderr=True), transient=True) as progress:
            task = progress.add_task("Importing", total=None)

            def show(done: int, of: int, path: Path) -> None:
                progress.update(task, completed=done, total=of, description=_visible(path.name))

            report = import_files(map(Path, names), store, show)
    except ReceiptsError as error:
        _fail(error)
    for outcome in report.outcomes:
        _print_outcome(out, outcome)
    counts = [f"{len(report.of(status))} {status}" for status in _STYLES if report.of(status)]
    out.print(f"{', '.join(counts) or 'no files'}, in {store.articles}", soft_wrap=True)
    if report.of("refused"):
        raise typer.Exit(FAULT)


@app.command()
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

    out = _console()
    try:
        folder = knowledge_folder(_chosen(knowledge))
        if stamp:
            store = ArticleStore(writable_folder(_chosen(knowledge)))
            for path in store.stamp():
                out.print(f"stamped {path}", style="green", soft_wrap=True)
        faults = find_faults(folder)
        count = len(ArticleStore(folder).scan()[0])
    except ReceiptsError as error:
        _fail(error)
    for fault in faults:
        out.print(f"{fault.path}:{fault.line}: ", style="bold", end="", soft_wrap=True)
        out.print(fault.problem, style="red", end=" ", soft_wrap=True)
        out.print(fault.advice, soft_wrap=True)
    if faults:
        out.print(f"{len(faults)} fault{'s' * (len(faults) > 1)}, {count} articles, in {folder}")
        raise typer.Exit(FAULT)
    out.print(f"no faults, {count} articles, in {folder}", style="green", soft_wrap=True)


def _chosen(knowledge: Path | None) -> Path | None:
    from bot.config import read_settings

    return knowledge or read_settings().knowledge


def _print_outcome(out: Console, outcome: Outcome) -> None:
    out.print(outcome.status, style=_STYLES[outcome.status], end=" ")
    holder = f" -> {outcome.article}" if outcome.article else ""
    detail = f": {outcome.detail}" if outcome.detail else ""
    out.print(f"{_visible(str(outcome.path))}{holder}{detail}", soft_wrap=True)
    for gone in outcome.removed:
        start = " ".join(gone.text.split())
        shown = start if len(start) <= _SHOWN else f"{start[:_SHOWN]}…"
        out.print(
            f"    line {gone.line}: left out {gone.why}: {shown}", style="dim", soft_wrap=True
        )


def _visible(name: str) -> str:
    """A file's name on one line, its line ends and control characters escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in name
    )


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    # What is printed comes from files: nothing of it is markup.
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def _fail(error: ReceiptsError) -> NoReturn:
    _console(stderr=True).print(str(error), style="red", soft_wrap=True)
    raise typer.Exit(FAULT)
