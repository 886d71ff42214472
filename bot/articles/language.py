"""The language of a text, told from the text alone.

It must not know articles; a text that is too short or too mixed to tell is undetermined.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.model import UNDETERMINED

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FEWEST_LETTERS = 40
LEAST_SURE = 0.8
_MOST_CHARACTERS = 20_000
_NOT_WORDS = re.compile(r"https?://\S+|[\d\W_]+")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that most of the text is in, or `UNDETERMINED`."""
    words = _NOT_WORDS.sub(" ", text[:_MOST_CHARACTERS]).strip()
    if sum(map(str.isalpha, words)) < FEWEST_LETTERS:
        return UNDETERMINED
    code, sureness = _identifier().classify(words)
    return str(code) if sureness >= LEAST_SURE else UNDETERMINED


def is_language_code(text: str) -> bool:
    """Whether a text has the shape of an ISO 639-1 code."""
    return len(text) == 2 and text.isascii() and text.isalpha() and text.islower()


@cache
def _identifier() -> LanguageIdentifier:
    # Loading the model takes longer than answering a question: only imports pay for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
