"""How both sides look, one under the other, with the same room for each.

Must not know how statements were found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import ui

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.model import Side
from bot.articles.passage_key import key_of
from bot.cogs.button_ids import button_id
from bot.cogs.cards.block import (
    ANSWER,
    NO_ANSWER,
    NOTICE,
    Button,
    Container,
    Message,
    notice,
    packed,
    row,
    small,
)
from bot.cogs.cards.naming import MOST_TITLE, article_name, origin
from bot.cogs.inert import inert_line, marked
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.answers.sides import SideBySide, SideStatement

_MOST_STATEMENT = 900
_ROOM = 3600
"""Characters for the statements of one side; the rest is for what stands around them."""
_MOST_MARK = 60
_COLOURS = (ANSWER, NOTICE)


def sides_messages(found: SideBySide, knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    """What each side says, each statement with its citation; says aloud which side is missing."""
    topic = inert_line(found.topic, MOST_TITLE)
    revision = small(
        wording.say(
            "answer.revision", revision=knowledge.revision, articles=len(knowledge.articles)
        )
    )
    heading = f"### {wording.say('sides.heading', topic=topic)}"
    if found.empty:
        none = wording.say("sides.none")
        return [[notice(f"{heading}\n{none}\n{revision}", colour=NO_ANSWER)]]
    cards = [notice(heading, colour=NOTICE)]
    # A passage that holds words of both sides has one button; Discord takes no custom id twice.
    offered: set[str] = set()
    for number, (side, statements) in enumerate(found.sides):
        cards.append(_side(side, statements, wording, number, offered))
    note = small(wording.say("sides.note"))
    cards.append(notice(f"{note}\n{revision}" if not found.missing else revision, colour=NOTICE))
    return packed(cards)


def _side(
    side: Side,
    statements: tuple[SideStatement, ...],
    wording: Wording,
    number: int,
    offered: set[str],
) -> Container:
    name = inert_line(side.name_in(wording.language), 80)
    heading = f"### {name}"
    if not statements:
        missing = wording.say("sides.missing", side=name)
        return notice(f"{heading}\n{missing}", colour=NO_ANSWER)
    card = notice(heading, colour=_COLOURS[number % len(_COLOURS)])
    buttons = []
    for rank, statement in enumerate(statements, 1):
        room = _ROOM // len(statements)
        card.add_item(ui.TextDisplay(f"{rank}. {_statement(statement, wording, room)}"))
        if statement.passage.id not in offered:
            offered.add(statement.passage.id)
            buttons.append(_context(statement, rank, wording))
    shown = row(*buttons)
    if shown is not None:
        card.add_item(shown)
    return card


def _context(statement: SideStatement, rank: int, wording: Wording) -> Button:
    key = key_of(statement.passage)
    label = f"{wording.say('button.context')} {rank}"
    return ui.Button(label=label, custom_id=button_id("context", key))


def _statement(statement: SideStatement, wording: Wording, room: int) -> str:
    """The sentence, cut visibly if it does not fit, and where it stands."""
    place = _place(statement, wording)
    text, start = statement.passage.text, statement.start
    end = min(statement.end, start + _MOST_STATEMENT)
    while len(quote := " ".join(marked(text, (start, end)).split())) > room - len(place):
        end = start + (end - start) * 3 // 4
    return f"{quote}{' …' if end < statement.end else ''}\n{place}"


def _place(statement: SideStatement, wording: Wording) -> str:
    text, passage = statement.passage.text, statement.passage
    place = wording.say("answer.passage", number=passage.number, of=passage.of)
    told = [article_name(passage.article), *origin(passage.article)[1:], place]
    if passage.article.language != wording.language:
        language = wording.language_name(passage.article.language)
        told.append(wording.say("answer.in_language", language=language))
    mark = statement.attribution.mark
    if mark is not None:
        words = inert_line(text[slice(*mark)], _MOST_MARK)
        told.append(wording.say("sides.because", words=words))
    return small(" · ".join(told))
