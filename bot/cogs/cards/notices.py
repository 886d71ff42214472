"""The cards that say what there is: the articles, what the bot can do, what it keeps.

Must not know where the figures come from.
"""

from __future__ import annotations

from collections.abc import Mapping

from discord import ButtonStyle, ui

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.button_ids import button_id
from bot.cogs.cards.block import Button, Container, notice, pages_of, row, small
from bot.cogs.cards.naming import article_name, origin
from bot.records.model import Kept
from bot.wording import Wording

PAGE = 12
"""Articles on one page, if they are not too long for it."""

_ROOM = 3600
"""Characters for them; the rest is for what stands around them."""


def sources_card(knowledge: KnowledgeBase, page: int, wording: Wording) -> Container:
    """One page of the articles, with publisher, date, language and size.

    Args:
        page: from 0; beyond the last it is the last.
    """
    articles = knowledge.articles
    lines = []
    for article in articles:
        told = origin(article)[1:] if article.publisher else origin(article)
        told.append(wording.language_name(article.language))
        count = len(knowledge.passages_of(article.id))
        told.append(wording.count("sources.passages", count))
        if not article.url and article.sources:
            told.append(wording.count("sources.own", len(article.sources)))
        lines.append(f"{article_name(article)}\n{small(' · '.join(told))}")
    pages = pages_of(lines, PAGE, _ROOM)
    page = min(page, len(pages) - 1)
    here = pages[page]
    place = wording.say("sources.page", first=here.start + 1, last=here.stop, of=len(articles))
    revision = wording.say("answer.revision", revision=knowledge.revision, articles=len(articles))
    card = notice(
        f"### {wording.say('sources.heading')}",
        "\n".join(lines[here.start : here.stop]),
        small(f"{place} · {revision}"),
    )
    buttons = row(
        _turn("previous", page - 1, wording, off=page == 0),
        _turn("next", page + 1, wording, off=page == len(pages) - 1),
    )
    if len(pages) > 1 and buttons is not None:
        card.add_item(buttons)
    return card


def _turn(name: str, page: int, wording: Wording, *, off: bool) -> Button:
    return ui.Button(
        label=wording.say(f"button.{name}"),
        custom_id=button_id("sources", max(page, 0), name),
        disabled=off,
    )


def help_card(mentions: Mapping[str, str], wording: Wording) -> Container:
    """What the bot can do, in four lines.

    Args:
        mentions: how Discord shows each command, by its name.
    """
    lines = [
        wording.say(f"help.{line}", find=wording.texts["command.find.name"], **mentions)
        for line in ("ask", "passages", "views", "privacy")
    ]
    return notice(f"### {wording.say('help.heading')}", "\n".join(f"- {line}" for line in lines))


def privacy_card(kept: Kept, wording: Wording) -> Container:
    """What is kept, for how long, and what of it belongs to whoever asks."""
    lines = [f"- {wording.say(f'privacy.{line}')}" for line in _KEPT]
    yours = wording.say(
        "privacy.yours",
        questions=kept.questions,
        feedback=kept.feedback,
        reports=kept.reports,
    )
    nothing = not (kept.questions or kept.feedback or kept.reports)
    card = notice(
        f"### {wording.say('privacy.heading')}",
        "\n".join(lines),
        wording.say("privacy.nothing") if nothing else yours,
    )
    forget: Button = ui.Button(
        label=wording.say("button.forget"),
        style=ButtonStyle.danger,
        custom_id=button_id("forget"),
    )
    buttons = row(None if nothing else forget)
    if buttons is not None:
        card.add_item(buttons)
    return card


_KEPT = ("questions", "feedback", "gaps", "logs")
