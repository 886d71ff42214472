"""The moderators' buttons: every one goes through the gate, whoever made its custom id.

Must not know what a button does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from discord import ui

from bot.cogs.button_ids import NUMBER, PASSAGE
from bot.cogs.kb import drafts, going_back, members, proposals, reading
from bot.cogs.kb.acting import act
from bot.cogs.pressing import Button, Press, pressed

KEY = r"[\w-]{11}"
"""The form of a preview's key."""
_ID = r"\d{1,18}"
_REVISION = r"\d{1,9}"
_TURN = "previous|next"
_EDITS = "edits|all"


def kb_buttons() -> list[type[ui.DynamicItem[Button]]]:
    """The items for all buttons of moderators."""
    return [
        _gated("publish", proposals.publish, key=KEY),
        _gated("discard", proposals.discard, key=KEY),
        _gated("edit", drafts.edit, key=KEY),
        _gated("open", proposals.open_preview, key=KEY),
        _gated("look", proposals.look, key=KEY, page=NUMBER, turn=_TURN),
        _gated("hand", proposals.look_at_hand_edits, what=_EDITS),
        _gated("drop", proposals.ask_to_drop, what=_EDITS),
        _gated("dropped", proposals.drop, what=_EDITS),
        _gated("undo", going_back.undo_one, number=_REVISION),
        _gated("list", reading.list_articles, page=NUMBER, turn=_TURN),
        _gated("show", reading.turn_article, passage=PASSAGE, page=NUMBER, turn=_TURN),
        _gated("history", reading.history, page=NUMBER, turn=_TURN),
        _gated("diff", reading.diff, before=_REVISION, after=_REVISION, page=NUMBER, turn=_TURN),
        _gated("check", reading.check, page=NUMBER, turn=_TURN),
        _gated("gaps", members.gaps, page=NUMBER, turn=_TURN),
        _gated("draft", members.draft, gap=_ID),
        _gated("close", members.close, gap=_ID),
        _gated("reports", members.reports, page=NUMBER, turn=_TURN),
        _gated("settle", members.settle, report=_ID),
    ]


def _gated(
    name: str, work: Callable[..., Awaitable[None]], **state: str
) -> type[ui.DynamicItem[Button]]:
    async def handle(press: Press, **found: str) -> None:
        await act(press.interaction, work, **found)

    return pressed(f"kb-{name}", handle, **state)
