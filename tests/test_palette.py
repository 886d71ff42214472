"""Colours can be told from what is behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.palette import DARK, LIGHT, TEXT_CONTRAST, Palette, contrast, distinct, mixed, rgb

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_what_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_text_is_legible(palette: Palette) -> None:
    for colour in (palette.text, palette.muted, palette.accent):
        assert contrast(colour, palette.background) >= TEXT_CONTRAST
    assert contrast(palette.line, palette.background) >= 3


@given(COLOURS, st.sampled_from([DARK, LIGHT]))
def test_any_colour_is_made_legible_and_kept_if_it_is(colour: str, palette: Palette) -> None:
    found = distinct(colour, palette, TEXT_CONTRAST)
    assert contrast(found, palette.background) >= TEXT_CONTRAST
    if contrast(colour, palette.background) >= TEXT_CONTRAST:
        assert found == colour


@given(COLOURS, COLOURS)
def test_mixing_goes_from_one_colour_to_the_other(one: str, other: str) -> None:
    assert (mixed(one, other, 0), mixed(one, other, 1)) == (one, other)
    for low, between, high in zip(rgb(one), rgb(mixed(one, other, 0.5)), rgb(other), strict=True):
        assert min(low, high) <= between <= max(low, high)
