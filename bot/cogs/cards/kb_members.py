"""How moderators see what members left behind: questions without an answer, and reports.

Must not know who asked or reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from discord import ButtonStyle, ui

from bot.articles.passage_key import Found
from bot.cogs.cards.block import NOTICE, Button, Container, notice, row, small
from bot.cogs.cards.kb_change import turn_to
from bot.cogs.cards.kb_pages import action, fitting, turning
from bot.cogs.cards.naming import article_name
from bot.cogs.inert import inert_line
from bot.records.model import Report
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.gaps import GapGroup

T = TypeVar("T")

PAGE = 4
_OTHERS = 3


def gaps_card(groups: Sequence[GapGroup], private: int, page: int, wording: Wording) -> Container:
    """One page of questions without an answer, grouped, each with its buttons.

    Args:
        private: how many private questions found no answer; their words are not kept.
    """

    def entry(group: GapGroup) -> tuple[str, list[Button]]:
        last = max(gap.last_day for gap in group.gaps)
        told = wording.count("kb.gaps.asked", group.count, day=last.isoformat())
        others = "; ".join(inert_line(gap.question, 120) for gap in group.gaps[1 : _OTHERS + 1])
        also = f"\n{small(wording.say('kb.gaps.also', questions=others))}" if others else ""
        first = group.gaps[0].id
        return f"**{inert_line(group.question, 200)}**\n{small(told)}{also}", [
            action("draft", first, wording=wording, style=ButtonStyle.primary),
            action("close", first, wording=wording, style=ButtonStyle.secondary),
        ]

    heading = wording.say("kb.gaps.heading" if groups else "kb.gaps.none")
    card = _entries(heading, groups, entry, page, "gaps", wording)
    if private:
        card.add_item(ui.TextDisplay(small(wording.count("kb.gaps.private", private))))
    return card


def reports_card(reports: Sequence[tuple[Report, Found]], page: int, wording: Wording) -> Container:
    """One page of what members say is wrong with passages.

    Args:
        reports: each with what its passage is now.
    """

    def entry(one: tuple[Report, Found]) -> tuple[str, list[Button]]:
        report, found = one
        if found.passage is not None:
            number = f"`{found.passage.id}`"
            about = f"{article_name(found.passage.article)} · {number}"
            about += f"\n> {inert_line(found.passage.text, 200)}"
        elif found.article is not None:
            about = f"{article_name(found.article)}\n{wording.say('kb.reports.changed')}"
        else:
            about = wording.say("kb.reports.gone")
        told = f"{about}\n**{fitting(report.reason, 400)}**\n{small(report.day.isoformat())}"
        return told, [action("settle", report.id, wording=wording, style=ButtonStyle.primary)]

    heading = wording.say("kb.reports.heading" if reports else "kb.reports.none")
    return _entries(heading, reports, entry, page, "reports", wording)


def _entries(
    heading: str,
    entries: Sequence[T],
    entry: Callable[[T], tuple[str, list[Button]]],
    page: int,
    view: str,
    wording: Wording,
) -> Container:
    of = max(1, -(-len(entries) // PAGE))
    page = min(page, of - 1)
    card = notice(f"### {heading}", colour=NOTICE)
    for one in entries[page * PAGE : (page + 1) * PAGE]:
        told, buttons = entry(one)
        card.add_item(ui.TextDisplay(told))
        own = row(*buttons)
        if own is not None:
            card.add_item(own)
    if of > 1:
        card.add_item(turning(page, of, turn_to(view), wording))
    return card
