"""How an addition looks before it is published: as it would be stored, and what to know of it.

Must not know where it came from, nor who may publish it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.cogs.cards.block import ANSWER, Container, notice, row, small
from bot.cogs.cards.kb_pages import action, fitting, some
from bot.cogs.cards.naming import MOST_NAME, MOST_TITLE, origin
from bot.cogs.inert import inert_line
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.drafting import Drafted

_PASSAGES = 3
_MOST_PASSAGE = 500
_MOST_KNOWN = 600
_MOST_REMOVED = 500


def draft_card(key: str, drafted: Drafted, wording: Wording) -> Container:
    """The article as it would be stored, with buttons to publish, edit or discard it."""
    from bot.articles.split import split

    article = drafted.article
    passages = split(article)
    told = [*origin(article), wording.language_name(article.language)]
    if article.url:
        told.append(inert_line(article.url, 150))
    told.append(wording.count("sources.passages", len(passages)))
    if drafted.origin and drafted.origin != article.url:
        told.append(wording.say("kb.draft.origin", origin=inert_line(drafted.origin, MOST_NAME)))
    card = notice(
        f"### {wording.say('kb.draft.heading', title=inert_line(article.title, MOST_TITLE))}",
        small(" · ".join(told)),
        some(_known(drafted, wording), _MOST_KNOWN, wording),
        f"**{wording.say('kb.draft.passages')}**",
        "\n".join(
            f"{passage.number}. {fitting(passage.text, _MOST_PASSAGE)}"
            for passage in passages[:_PASSAGES]
        ),
        _removed(drafted, wording),
        colour=ANSWER,
    )
    publish = action("publish", key, wording=wording, style=ButtonStyle.success)
    # What is there already, word for word, would only be found twice.
    publish.disabled = drafted.same is not None
    buttons = row(
        publish,
        action("edit", key, wording=wording, style=ButtonStyle.secondary),
        action("discard", key, wording=wording, style=ButtonStyle.danger),
    )
    if buttons is not None:
        card.add_item(buttons)
    return card


def _known(drafted: Drafted, wording: Wording) -> list[str]:
    known = []
    if drafted.same is not None:
        known.append(wording.say("kb.draft.same", article=f"`{drafted.same}`"))
    if drafted.near:
        names = ", ".join(f"`{one}`" for one in drafted.near)
        known.append(wording.say("kb.draft.near", articles=names))
    if drafted.wall is not None:
        known.append(wording.say("kb.draft.wall", wall=inert_line(drafted.wall, 200)))
    return [*known, *(inert_line(note, 200) for note in drafted.notes)]


def _removed(drafted: Drafted, wording: Wording) -> str:
    if not drafted.removed:
        return small(wording.say("kb.draft.whole"))
    lines = [
        f"- {one.line}: {inert_line(one.text, 70)} ({inert_line(one.why, 60)})"
        for one in drafted.removed
    ]
    heading = wording.count("kb.draft.removed", len(lines))
    return f"**{heading}**\n{some(lines, _MOST_REMOVED, wording)}"
