"""How a timeline looks: a picture, and the same statements as text with their citations.

Must not know how the picture is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.button_ids import button_id
from bot.cogs.cards.accounts import account_name
from bot.cogs.cards.block import (
    NO_ANSWER,
    NOTICE,
    Button,
    Container,
    notice,
    pages_of,
    row,
    small,
)
from bot.cogs.cards.naming import MOST_NAME, MOST_TITLE, article_name, listed
from bot.cogs.inert import inert_line, marked
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.answers.timeline import Entry, Timeline

PICTURE = "timeline.png"
PAGE = 8
"""Statements on one page, if they are not too long for it."""

_ROOM = 3300
"""Characters for them; the rest is for what stands around them."""

_MOST_STATEMENT = 260


def timeline_message(
    found: Timeline,
    key: str,
    page: int,
    knowledge: KnowledgeBase,
    wording: Wording,
    *,
    alt: str | None,
) -> list[Container]:
    """One page of a timeline.

    Args:
        key: of the topic, for the buttons.
        page: from 0; beyond the last it is the last.
        alt: what the picture shows, in words, or None if there is no picture.
    """
    heading = wording.say("timeline.heading")
    if found.topic:
        topic = inert_line(found.topic, MOST_TITLE)
        heading = wording.say("timeline.heading_about", topic=topic)
    if not found.entries:
        return [notice(f"### {heading}\n{wording.say('timeline.none')}", colour=NO_ANSWER)]
    entries = [_entry(entry, knowledge, wording) for entry in found.entries]
    pages = pages_of(entries, PAGE, _ROOM)
    page = min(page, len(pages) - 1)
    here = pages[page]
    card = notice(f"### {heading}", colour=NOTICE)
    if alt is not None:
        gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt)
        )
        card.add_item(gallery)
    for entry in entries[here.start : here.stop]:
        card.add_item(ui.TextDisplay(entry))
    told = [wording.say("timeline.page", first=here.start + 1, last=here.stop, of=len(entries))]
    if found.left_out:
        told.append(wording.count("timeline.left_out", found.left_out))
    told.append(
        wording.say(
            "answer.revision", revision=knowledge.revision, articles=len(knowledge.articles)
        )
    )
    card.add_item(ui.TextDisplay(small(" · ".join(told))))
    if len(pages) > 1:
        buttons = row(
            _turn("earlier", key, page - 1, wording, off=page == 0),
            _turn("later", key, page + 1, wording, off=page == len(pages) - 1),
        )
        if buttons is not None:
            card.add_item(buttons)
    return [card]


def _turn(name: str, key: str, page: int, wording: Wording, *, off: bool) -> Button:
    # The two have to differ, also where one of them is off.
    state = max(page, 0)
    return ui.Button(
        label=wording.say(f"button.{name}"),
        custom_id=button_id("timeline", key, state, name),
        disabled=off,
    )


def _entry(entry: Entry, knowledge: KnowledgeBase, wording: Wording) -> str:
    statement = entry.statement
    passage = statement.passage
    end = statement.end
    if end - statement.start > _MOST_STATEMENT:
        end = passage.text.rfind(" ", statement.start, statement.start + _MOST_STATEMENT)
        end = end if end > statement.start else statement.start + _MOST_STATEMENT
    bold = [statement.dated] if statement.dated else []
    quote = " ".join(marked(passage.text, (statement.start, end), bold=bold).split())
    when = f"{statement.when}–{statement.until}" if statement.until else str(statement.when)
    place = wording.say("answer.passage", number=passage.number, of=passage.of)
    told = [article_name(passage.article), place]
    if passage.article.language != wording.language:
        language = wording.language_name(passage.article.language)
        told.append(wording.say("answer.in_language", language=language))
    # The picture tells it by a colour, which not everybody sees.
    account = knowledge.account_at(passage, statement.start)
    told.append(inert_line(account_name(account, knowledge, wording), 2 * MOST_NAME))
    if entry.also_in:
        others = (article_name(one.article) for one in entry.also_in)
        told.append(wording.say("answer.also_in", names=listed(others, wording)))
    return f"**{when}** {quote}{' …' if end < statement.end else ''}\n{small(' · '.join(told))}"
