"""Going back: undoing the last revision, and publishing an earlier one again.

Must not know how revisions are kept.
"""

from __future__ import annotations

from bot.cogs.cards.kb_lists import published_card
from bot.cogs.kb.acting import Acting
from bot.cogs.told import Told
from bot.revisions.model import Revision


async def undo(acting: Acting, why: str) -> None:
    """Takes back the last revision that is not taken back yet."""
    await acting.defer()
    publisher, who = acting.office.publisher, acting.who
    revision = await acting.office.turns.take(lambda: publisher.undo(who=who, why=why))
    await acting.show(published_card(revision, acting.wording, undo=False))


async def undo_one(acting: Acting, number: str) -> None:
    """Takes back a revision, if it is the one that an undo would take back."""
    await acting.defer(anew=True)
    publisher, who = acting.office.publisher, acting.who

    def work() -> Revision:
        last = publisher.to_undo()
        if last is None or last.number != int(number):
            raise Told("kb.undo.not_last")
        return publisher.undo(who=who, why="")

    revision = await acting.office.turns.take(work)
    await acting.show(published_card(revision, acting.wording, undo=False))


async def restore(acting: Acting, number: int, why: str) -> None:
    """Publishes an earlier revision's state once more."""
    await acting.defer()
    publisher, who = acting.office.publisher, acting.who
    reason = why or f"revision {number}"
    revision = await acting.office.turns.take(
        lambda: publisher.restore(number, who=who, why=reason)
    )
    await acting.show(published_card(revision, acting.wording))
