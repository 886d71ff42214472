"""How moderation looks in a terminal: previews, lists, figures.

It must not know how anything is done, nor read or write files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from bot.articles.importing import Outcome, Status
from bot.articles.model import Article, Passage
from bot.errors import Fault

if TYPE_CHECKING:
    from bot.articles.clean import Removed
    from bot.moderation.drafting import Drafted
    from bot.moderation.gaps import GapGroup
    from bot.moderation.proposal import Proposal
    from bot.moderation.refreshing import Refreshed
    from bot.moderation.status import Status as KnowledgeStatus
    from bot.records.model import Report
    from bot.revisions.diff import RevisionDiff
    from bot.revisions.model import FolderState, HandEdit, Revision

_SHOWN = 72
STYLES: dict[Status, str] = {
    "imported": "green",
    "unchanged": "dim",
    "duplicate": "yellow",
    "refused": "red",
}
_UNITS = ("B", "KB", "MB", "GB")


def console(*, stderr: bool = False) -> Console:
    """A console on which nothing that comes from files is markup."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def print_error(error: Exception) -> None:
    """Tell a fault, in its sentence."""
    console(stderr=True).print(str(error), style="red", soft_wrap=True)


def print_outcome(out: Console, outcome: Outcome) -> None:
    """What became of one imported file."""
    out.print(outcome.status, style=STYLES[outcome.status], end=" ")
    holder = f" -> {outcome.article}" if outcome.article else ""
    detail = f": {outcome.detail}" if outcome.detail else ""
    _line(out, f"{visible(str(outcome.path))}{holder}{detail}")
    _print_removed(out, outcome.removed)


def print_faults(out: Console, faults: Iterable[Fault]) -> None:
    """Each fault on its line."""
    for fault in faults:
        out.print(f"{fault.path}:{fault.line}: ", style="bold", end="", soft_wrap=True)
        out.print(fault.problem, style="red", end=" ", soft_wrap=True)
        _line(out, fault.advice)


def print_drafted(out: Console, drafted: Drafted, passages: int) -> None:
    """An article as it would be stored."""
    article = drafted.article
    out.print(visible(article.title), style="bold", soft_wrap=True)
    told = {
        "id": article.id,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "passages": passages,
    }
    for name, value in told.items():
        _line(out, f"  {name}: {'not known' if value is None else visible(str(value))}")
    _print_removed(out, drafted.removed)
    notes = [*drafted.notes]
    if drafted.wall:
        notes.append(f"The page {drafted.wall}; look whether this is its article.")
    notes += [f"Its text is that of the article `{drafted.same}`."] if drafted.same else []
    notes += [f"Its text is nearly that of the article `{one}`." for one in drafted.near]
    for note in notes:
        out.print(note, style="yellow", soft_wrap=True)


def print_refreshed(out: Console, refreshed: Refreshed) -> None:
    """What became of each page."""
    styles = {"new": "green", "changed": "green", "failed": "red", "gone": "red", "kept": "yellow"}
    for page in refreshed.pages:
        out.print(page.outcome, style=styles.get(page.outcome, "dim"), end=" ")
        holder = f" -> {page.article}" if page.article else ""
        _line(out, f"{visible(page.url)}{holder}{f': {page.detail}' if page.detail else ''}")


def print_proposal(out: Console, proposal: Proposal) -> None:
    """What a change would do."""
    print_diff(out, proposal.diff)
    for change in proposal.moved:
        out.print("question ", style="yellow", end="")
        _line(out, f"{visible(change.question)}: {_id(change.before)} -> {_id(change.after)}")
    if proposal.share_lost:
        _line(out, f"passages lost: {proposal.share_lost:.0%}")
    print_faults(out, proposal.outdated)
    print_faults(out, proposal.faults)
    if proposal.held:
        out.print(f"Look at it: {proposal.held}", style="yellow", soft_wrap=True)


def print_diff(out: Console, diff: RevisionDiff) -> None:
    """Articles that come, go and change, with their passages."""
    for article in diff.new:
        _line(out, f"new {article.id}: {visible(article.title)}", "green")
    for article in diff.gone:
        _line(out, f"gone {article.id}: {visible(article.title)}", "red")
    for change in diff.changed:
        _line(out, f"changed {change.after.id}", "bold")
        for field in change.fields:
            before, after = visible(str(field.before)), visible(str(field.after))
            _line(out, f"  {field.name}: {before} -> {after}")
        for passage in change.minus:
            _line(out, f"  - {_start(passage.text)}", "red")
        for passage in change.plus:
            _line(out, f"  + {_start(passage.text)}", "green")
    for path in diff.files:
        _line(out, f"changed {visible(path)}", "bold")


def print_articles(out: Console, articles: Iterable[Article]) -> None:
    """One article on each line."""
    for article in articles:
        day = article.published.isoformat() if article.published else "no day"
        title = visible(article.title)
        _line(out, f"{article.id}  {day}  {article.language}  {title}")


def print_article(out: Console, article: Article, passages: Sequence[Passage]) -> None:
    """An article with its passages, each under its id."""
    out.print(visible(article.title), style="bold", soft_wrap=True)
    for passage in passages:
        _line(out, f"\n{passage.id}", "dim")
        _line(out, passage.text)


def print_history(out: Console, revisions: Iterable[Revision]) -> None:
    """One revision on each line: when, who, what, why."""
    for one in revisions:
        at = one.at.strftime("%Y-%m-%d %H:%M")
        undone = f" of {one.undoes}" if one.undoes else ""
        why = f": {visible(one.why)}" if one.why else ""
        _line(out, f"{one.label}  {at}  {visible(one.who)}  {one.what}{undone}{why}")


def print_edits(out: Console, state: FolderState) -> None:
    """What people did in the knowledge folder."""
    for name, edits in (("edited", state.edits), ("conflict", state.conflicts)):
        for edit in edits:
            _line(out, f"{name} {_edited(edit)}", "yellow")
    for problem in state.problems:
        _line(out, problem, "red")


def print_status(out: Console, status: KnowledgeStatus) -> None:
    """The figures of the knowledge base."""
    languages = ", ".join(f"{name} {count}" for name, count in sorted(status.languages.items()))
    _line(out, f"revision  {status.revision.label}, served {status.served}")
    _line(out, f"articles  {status.articles} ({languages}), {status.passages} passages")
    if status.memory_bytes is not None:
        _line(out, f"memory    {_size(status.memory_bytes)}")
    for source in status.sources:
        at = source.checked.strftime("%Y-%m-%d %H:%M") if source.checked else "never"
        _line(out, f"source    {source.id}: {at}{f', {source.error}' if source.error else ''}")
    for edit in status.hand_edits:
        _line(out, f"edited    {_edited(edit)}", "yellow")
    for edit in status.conflicts:
        _line(out, f"conflict  {_edited(edit)}", "yellow")
    for problem in status.problems:
        _line(out, f"problem   {problem}", "red")


def print_gaps(out: Console, groups: Iterable[GapGroup]) -> None:
    """Questions without an answer, those that ask the same under one number."""
    for number, group in enumerate(groups, 1):
        _line(out, f"{number}  {group.count} × {visible(group.question)}", "bold")
        for gap in group.gaps[1:]:
            _line(out, f"   {gap.count} × {visible(gap.question)}")


def print_reports(out: Console, reports: Iterable[tuple[Report, Passage | None]]) -> None:
    """What members reported, with the passage if it is still there."""
    for report, passage in reports:
        where = passage.id if passage else "a passage that is gone"
        _line(out, f"{report.id}  {report.day}  {where}: {visible(report.reason)}")


def visible(text: str) -> str:
    """A text on one line, its line ends and control characters escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def _print_removed(out: Console, removed: Iterable[Removed]) -> None:
    for gone in removed:
        _line(out, f"    line {gone.line}: left out {gone.why}: {_start(gone.text)}", "dim")


def _line(out: Console, text: str, style: str | None = None) -> None:
    out.print(text, style=style, soft_wrap=True)


def _start(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _edited(edit: HandEdit) -> str:
    return visible(edit.path) + (" (removed)" if edit.content is None else "")


def _id(passage: Passage | None) -> str:
    return passage.id if passage else "no answer"


def _size(count: float) -> str:
    for unit in _UNITS:
        if count < 1000 or unit == _UNITS[-1]:
            break
        count /= 1000
    return f"{count:.0f} {unit}"
