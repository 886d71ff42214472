"""Text for pictures: every glyph is there or is marked as left out, and lines fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lettering import ELLIPSIS, OMITTED, Lettering

FONT = Lettering(30)


@pytest.mark.parametrize(
    "letters",
    ["àèéìòùÀÈÉÌÒÙ", "äöüßÄÖÜẞ", "ñáéíóú¿¡çœæêëîôû", "€£$¥%‰½×", "“”‘’«»„‚–—…·•→©™№", "łęğşčřžΩЖ"],
)
def test_the_font_has_what_our_languages_need(letters: str) -> None:
    assert FONT.drawable(letters) == letters


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("中文", OMITTED),
        ("so 😀👍🏽 it is", f"so {OMITTED} it is"),
        ("e\u0300 la\nvita\tè", "è la vita è"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_is_marked_as_left_out(text: str, drawn: str) -> None:
    assert FONT.drawable(text) == drawn


def test_a_text_that_is_too_long_ends_at_a_word_with_an_ellipsis() -> None:
    lines = FONT.lines("one two three four five six seven eight nine ten", 200, 2)
    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)
    assert "one two three four five six".startswith(" ".join(lines).removesuffix(ELLIPSIS))


def test_a_long_word_is_broken() -> None:
    lines = FONT.lines("a" * 100, 200, 20)
    assert len(lines) > 1
    assert "".join(lines) == "a" * 100


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.integers(60, 500), st.integers(1, 4))
def test_lines_fit_and_say_what_the_text_says(text: str, width: int, most: int) -> None:
    lines = FONT.lines(text, width, most)
    assert len(lines) <= most
    for line in lines:
        assert FONT.width(line) <= width
    drawable = "".join(FONT.drawable(text).split())
    joined = "".join("".join(lines).split())
    assert drawable == joined or drawable.startswith(joined.removesuffix(ELLIPSIS))
