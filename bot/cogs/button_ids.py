"""The custom ids of buttons: what one does, and all that it needs to do it after a restart.

Discord hands a custom id back when its button is pressed, for as long as the message stands, and
takes up to 100 characters. Must not know what pressing does.
"""

from __future__ import annotations

import re

from bot.articles.passage_key import KEY

QUESTION = r"[\w-]{4,22}"
"""The form of a question's key."""

_LONGEST = 100


def button_id(action: str, *state: str | int) -> str:
    """The custom id of a button.

    Raises:
        ValueError: it would be longer than Discord takes.
    """
    made = ":".join(("r", action, *map(str, state)))
    if len(made) > _LONGEST:
        raise ValueError(f"a custom id of {len(made)} characters")
    return made


def template(action: str, **state: str) -> re.Pattern[str]:
    """The pattern of an action's custom ids, with the state in groups."""
    groups = "".join(f":(?P<{name}>{form})" for name, form in state.items())
    return re.compile(f"r:{action}{groups}")


PASSAGE = KEY
NUMBER = r"\d{1,4}"
