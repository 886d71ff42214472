"""What the moderators' cards are made of: texts that fit, and pages to turn.

Must not know what stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from discord import ButtonStyle, ui

from bot.cogs.button_ids import button_id
from bot.cogs.cards.block import NOTICE, Button, Container, notice, pages_of, row, small
from bot.cogs.inert import inert
from bot.wording import Wording

PAGE = 10
"""Blocks on one page, if they are not too long for it."""
LONGEST_BLOCK = 1500
_ROOM = 3000
"""Characters for them; the rest is for what stands around them."""
_MOST_FOOT = 600


def fitting(text: str, room: int) -> str:
    """The text, escaped, cut with an ellipsis so that it takes up to so many characters."""
    shown = inert(text)
    while len(shown) > room:
        text = text[: len(text) * 3 // 4].rstrip()
        shown = inert(text) + "…"
    return shown


def some(lines: Iterable[str], room: int, wording: Wording) -> str:
    """As many of the lines, one under the other, as there is room for, and how many more."""
    shown: list[str] = []
    every = list(lines)
    used = 0
    for number, line in enumerate(every):
        used += len(line) + 1
        if used > room:
            return "\n".join([*shown, wording.say("answer.and_more", number=len(every) - number)])
        shown.append(line)
    return "\n".join(shown)


def action(name: str, *state: str | int, wording: Wording, style: ButtonStyle) -> Button:
    """A button of the moderators', labelled `kb.button.<name>`."""
    label = wording.say(f"kb.button.{name}")
    return ui.Button(label=label, style=style, custom_id=button_id(f"kb-{name}", *state))


def paged(
    heading: str,
    blocks: Sequence[str],
    page: int,
    turn: Callable[[int, str], str],
    wording: Wording,
    *,
    foot: str = "",
    buttons: Sequence[Button] = (),
) -> Container:
    """One page of blocks of text, and buttons to turn it if there are several.

    Args:
        blocks: each up to `LONGEST_BLOCK` characters.
        page: from 0; beyond the last it is the last.
        turn: the custom id of a button, from the page that it leads to and `previous` or `next`.
        buttons: of the card itself, above those that turn pages.
    """
    pages = pages_of(blocks, PAGE, _ROOM)
    page = min(page, len(pages) - 1)
    here = pages[page]
    texts = [*blocks[here.start : here.stop]]
    place = wording.say("kb.page", page=page + 1, of=len(pages)) if len(pages) > 1 else ""
    below = " · ".join(filter(None, [place, foot]))[:_MOST_FOOT]
    card = notice(f"### {heading}", "\n".join(texts), small(below) if below else "", colour=NOTICE)
    own = row(*buttons)
    if own is not None:
        card.add_item(own)
    if len(pages) > 1:
        card.add_item(turning(page, len(pages), turn, wording))
    return card


def turning(
    page: int, of: int, turn: Callable[[int, str], str], wording: Wording
) -> ui.ActionRow[ui.LayoutView]:
    """The buttons to the page before and the page after."""
    return ui.ActionRow(
        ui.Button(
            label=wording.say("button.previous"),
            custom_id=turn(max(page - 1, 0), "previous"),
            disabled=page == 0,
        ),
        ui.Button(
            label=wording.say("button.next"),
            custom_id=turn(page + 1, "next"),
            disabled=page >= of - 1,
        ),
    )
