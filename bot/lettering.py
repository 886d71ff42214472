"""Text for pictures: fonts, lines that fit a width, and no glyph that the font does not have.

The font is Inter, from the package fontpkg-inter (OFL-1.1): Pillow's own has neither accents nor
the euro sign. It must not know what is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from io import BytesIO

from PIL import ImageFont

OMITTED = "[…]"
"""Stands for characters that the font lacks, as an editor marks what a quotation leaves out."""
ELLIPSIS = "…"

_PACKAGE, _FILE = "fontpkg_inter", "files/Inter[opsz,wght].ttf"
_MISSING = "\uffff"
_LARGEST_OPTICAL, _SMALLEST_OPTICAL = 32, 14


class Lettering:
    """One size and weight of the font. Not to be shared between threads.

    Args:
        size: in pixels.
        weight: 400 is regular, 700 bold.
    """

    def __init__(self, size: int, weight: int = 400) -> None:
        file = resources.files(_PACKAGE).joinpath(_FILE)
        self.font = ImageFont.truetype(BytesIO(file.read_bytes()), size)
        optical = min(_LARGEST_OPTICAL, max(_SMALLEST_OPTICAL, size))
        self.font.set_variation_by_axes([optical, weight])
        self.size = size
        self._known: dict[str, bool] = {}

    @property
    def line(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * 1.35)

    def width(self, text: str) -> float:
        """In pixels."""
        return self.font.getlength(text)

    def drawable(self, text: str) -> str:
        """A text on one line as the font can draw it; a run of what it lacks becomes `OMITTED`."""
        letters: list[str] = []
        for letter in unicodedata.normalize("NFC", " ".join(text.split())):
            if unicodedata.category(letter) in {"Cc", "Cf", "Mn", "Me"}:
                continue
            if self._has(letter):
                letters.append(letter)
            elif letters[-1:] != [OMITTED]:
                letters.append(OMITTED)
        return "".join(letters)

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """A text in lines no wider than that; what does not fit is cut at a word, with an ellipsis.

        A word that is wider than a line is broken where it has to be.
        """
        lines: list[str] = []
        for word in self._pieces(self.drawable(text), width):
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(joined) <= width:
                lines[-1] = joined
            elif len(lines) < most:
                lines.append(word)
            else:
                lines[-1] = self._shortened(lines[-1], width)
                break
        return lines

    def _shortened(self, line: str, width: float) -> str:
        words = line.split()
        while len(words) > 1 and self.width(" ".join(words) + ELLIPSIS) > width:
            words.pop()
        kept = " ".join(words).rstrip(",;:–—-")
        while kept and self.width(kept + ELLIPSIS) > width:
            kept = kept[:-1]
        return kept + ELLIPSIS

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """Words, those that are wider than a line in parts."""
        for word in text.split():
            part = ""
            for letter in word if self.width(word) > width else ():
                if part and self.width(part + letter) > width:
                    yield part
                    part = ""
                part += letter
            yield part or word

    def _has(self, letter: str) -> bool:
        known = self._known.get(letter)
        if known is None:
            known = letter.isspace() or self._shape(letter) != self._box
            self._known[letter] = known
        return known

    @cached_property
    def _box(self) -> tuple[float, bytes]:
        return self._shape(_MISSING)

    def _shape(self, letter: str) -> tuple[float, bytes]:
        return self.font.getlength(letter), bytes(self.font.getmask(letter))
