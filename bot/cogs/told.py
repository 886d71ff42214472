"""What a member is told instead of an answer, as a key of the wordings, so in their language.

Must not know how it is sent.
"""

from __future__ import annotations

from bot.errors import ReceiptsError
from bot.wording import Wording


class Told(ReceiptsError):
    """A sentence of the wordings, with its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def sentence(self, wording: Wording) -> str:
        """The sentence in a language."""
        return wording.say(self.key, **self.values)
