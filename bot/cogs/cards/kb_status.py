"""How the state of the knowledge base looks: figures, sources, hand edits, what waits.

Must not know how any of it is found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from discord import ButtonStyle, ui

from bot.cogs.cards.block import NOTICE, Container, notice, row, small
from bot.cogs.cards.kb_lists import who
from bot.cogs.cards.kb_pages import action, fitting, some
from bot.revisions.model import HandEdit
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.status import SourceStatus, Status

_ROOM = 400
_MOST_WAITING = 5
EDITS, ALL = "edits", "all"


def status_card(status: Status, waiting: Sequence[tuple[str, str]], wording: Wording) -> Container:
    """Figures, sources, what people did in the knowledge folder, and what waits for a word.

    Args:
        waiting: previews, newest first: the key, and what it is, escaped.
    """
    revision = status.revision
    languages = ", ".join(
        f"{wording.language_name(code)} {count}" for code, count in sorted(status.languages.items())
    )
    figures = [
        wording.say(
            "kb.status.revision",
            revision=revision.label,
            when=_when(revision.at),
            who=who(revision.who),
        ),
        wording.say(
            "kb.status.articles",
            articles=status.articles,
            passages=status.passages,
            languages=languages or "–",
        ),
    ]
    if status.memory_bytes is not None:
        figures.append(wording.say("kb.status.memory", megabytes=status.memory_bytes // 1_000_000))
    if status.served != revision.label:
        figures.append(wording.say("kb.status.serves", revision=status.served))
    card = notice(
        f"### {wording.say('kb.status.heading')}",
        "\n".join(figures),
        _listed("kb.status.sources", (_source(one, wording) for one in status.sources), wording),
        _listed("kb.status.problems", (fitting(one, 300) for one in status.problems), wording),
        _listed("kb.status.edits", map(_edit, status.hand_edits), wording),
        _listed("kb.status.conflicts", map(_edit, status.conflicts), wording),
        colour=NOTICE,
    )
    if status.last_error:
        told = wording.say("kb.status.error", error=fitting(status.last_error, 300))
        card.add_item(ui.TextDisplay(small(told)))
    for there, what, style in (
        (status.hand_edits, EDITS, ButtonStyle.primary),
        (status.conflicts, ALL, ButtonStyle.secondary),
    ):
        buttons = row(
            action("hand", what, wording=wording, style=style),
            action("drop", what, wording=wording, style=ButtonStyle.danger),
        )
        if there and buttons is not None:
            card.add_item(buttons)
    _add_waiting(card, waiting, wording)
    return card


def drop_card(edits: Iterable[HandEdit], what: str, wording: Wording) -> Container:
    """What would be lost if hand edits were discarded, and a button that does it."""
    card = notice(
        f"### {wording.say('kb.drop.heading')}",
        _listed("kb.drop.lost", map(_edit, edits), wording),
        colour=NOTICE,
    )
    button = row(action("dropped", what, wording=wording, style=ButtonStyle.danger))
    if button is not None:
        card.add_item(button)
    return card


def _add_waiting(card: Container, waiting: Sequence[tuple[str, str]], wording: Wording) -> None:
    if not waiting:
        return
    card.add_item(ui.TextDisplay(f"**{wording.say('kb.status.waiting')}**"))
    for key, told in waiting[:_MOST_WAITING]:
        card.add_item(ui.TextDisplay(told))
        button = row(action("open", key, wording=wording, style=ButtonStyle.primary))
        if button is not None:
            card.add_item(button)


def _listed(key: str, lines: Iterable[str], wording: Wording) -> str:
    every = [f"- {line}" for line in lines]
    return f"**{wording.say(key)}**\n{some(every, _ROOM, wording)}" if every else ""


def _source(one: SourceStatus, wording: Wording) -> str:
    seen = _when(one.checked) if one.checked else wording.say("kb.status.never")
    error = f" · {fitting(one.error, 150)}" if one.error else ""
    return f"`{one.id}` {seen}{error}"


def _edit(edit: HandEdit) -> str:
    return f"`{edit.path}`" if edit.content is not None else f"~~`{edit.path}`~~"


def _when(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:R>"
