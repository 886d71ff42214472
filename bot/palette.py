"""Colours of pictures, dark and light, with the contrast that people need (WCAG 2.2).

It must not know what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageColor

TEXT_CONTRAST = 4.5
"""The least contrast of text (1.4.3)."""
_STEPS = 10


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`; all but `line` are legible as text on the background."""

    background: str
    text: str
    muted: str
    accent: str
    line: str


DARK = Palette("#1e1f22", "#f2f3f5", "#b5bac1", "#8ea1ff", "#6d6f78")
LIGHT = Palette("#ffffff", "#1e1f22", "#4e5058", "#3b4fd8", "#80848e")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def distinct(colour: str, palette: Palette, least: float) -> str:
    """A colour that stands out from the background: mixed with the text's until it does."""
    steps = (mixed(colour, palette.text, step / _STEPS) for step in range(_STEPS + 1))
    return next(one for one in steps if contrast(one, palette.background) >= least)


def mixed(one: str, other: str, share: float) -> str:
    """Two colours mixed.

    Args:
        share: of the other one, 0 to 1.
    """
    pairs = zip(rgb(one), rgb(other), strict=True)
    parts = [round(mine + (theirs - mine) * share) for mine, theirs in pairs]
    return "#" + "".join(f"{part:02x}" for part in parts)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return red, green, blue


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
