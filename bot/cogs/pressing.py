"""Buttons that work for ever: found by their custom ids, also those from before a restart.

A press is counted, and whatever goes wrong is told to whoever pressed, here for all of them. Must
not know what a button does.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.cogs.button_ids import template
from bot.cogs.desk import Desk, desk_of
from bot.cogs.telling import telling
from bot.wording import Wording

Button = ui.Button[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button.

    Attributes:
        wording: our words in the language of whoever pressed.
    """

    interaction: discord.Interaction
    desk: Desk
    wording: Wording

    @property
    def ephemeral(self) -> bool:
        """The message with the button is seen by the one who pressed alone."""
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    async def defer(self) -> None:
        """Says at once that an answer for them alone is being made."""
        await self.interaction.response.defer(ephemeral=True, thinking=True)


Handler = Callable[..., Awaitable[None]]


def pressed(action: str, handler: Handler, **state: str) -> type[ui.DynamicItem[Button]]:
    """The item that answers an action's buttons.

    Args:
        handler: is given the `Press` and the state by name.
        state: the form of each part of the custom id after the action, as a regular expression.
    """

    class Pressed(ui.DynamicItem[Button], template=template(action, **state)):
        def __init__(self, item: Button, state: dict[str, str]) -> None:
            super().__init__(item)
            self._state = state

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],
            item: ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Pressed:
            if not isinstance(item, ui.Button):
                raise TypeError(f"{action} is a button's action, not of a {type(item).__name__}")
            return cls(item, match.groupdict())

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            desk = desk_of(interaction)
            async with telling(interaction):
                desk.in_flight.join()
                desk.cooldowns.press(interaction.user.id)
                await handler(Press(interaction, desk, desk.wording(interaction)), **self._state)

    Pressed.__name__ = f"Pressed{action.title()}"
    return Pressed
