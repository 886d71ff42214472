"""p50 over size as a picture, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 1000, 640
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 190, 30, 60
_COLOURS = (
    *("#dc2626", "#ea580c", "#1d4ed8", "#0891b2", "#15803d", "#7c3aed", "#a16207", "#111111"),
    "#9ca3af",
)
_LINE = 18
"""Pixels between two names, so that none is written over another."""

Times = Mapping[str, Mapping[int, float]]
"""Engine to size to microseconds."""


def plot(times: Times, path: Path) -> None:
    """Write the picture as PNG.

    Raises:
        OSError: it cannot be written.
    """
    sizes = [log10(size) for row in times.values() for size in row]
    spans = [log10(max(value, 0.1)) for row in times.values() for value in row.values()]
    low, high = int(min(spans) // 1), int(max(spans) // 1) + 1
    first, last = min(sizes), max(max(sizes), min(sizes) + 1)
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(16)

    def place(size: float, micros: float) -> tuple[float, float]:
        across = (log10(size) - first) / (last - first)
        up = (log10(max(micros, 0.1)) - low) / (high - low)
        return (
            _LEFT + across * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM),
        )

    for power in range(low, high + 1):
        _, y = place(10**first, 10**power)
        draw.line([(_LEFT, y), (_WIDTH - _RIGHT, y)], fill="#dddddd")
        draw.text((_LEFT - 8, y), f"{10**power:,g}", fill="black", font=font, anchor="rm")
    for size in sorted({size for row in times.values() for size in row}):
        x, y = place(size, 10**low)
        draw.text((x, y + 8), f"{size:,}", fill="black", font=font, anchor="ma")
    draw.text((_LEFT, 4), "microseconds a query, p50", fill="black", font=font)
    draw.text((_WIDTH - _RIGHT, _HEIGHT - 24), "passages", fill="black", font=font, anchor="ra")
    ends: list[tuple[float, float, str, str]] = []
    for colour, (name, row) in zip(_COLOURS * 2, times.items(), strict=False):
        points = [place(size, micros) for size, micros in sorted(row.items())]
        draw.line(points, fill=colour, width=3)
        for x, y in points:
            draw.ellipse([x - 4, y - 4, x + 4, y + 4], fill=colour)
        ends += [(*points[-1], name, colour)] if points else []
    below: dict[float, float] = {}
    for x, y, name, colour in sorted(ends):
        written = max(y, below.get(x, 0.0) + _LINE)
        below[x] = written
        draw.text((x + 10, written), name, fill=colour, font=font, anchor="lm")
    image.save(path)
