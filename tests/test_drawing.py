"""The picture of a timeline shows what it can, tells what it cannot, and can be read aloud."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.answers.timeline import Entry, Timeline
from bot.articles.model import Article, Passage
from bot.articles.moments import When
from bot.articles.occurrences import Statement
from bot.drawing import LONGEST_ALT, TALLEST, Account, alt_text, draw_timeline
from bot.palette import DARK, LIGHT, rgb

SENTENCE = "L’offerta “ostile” da 97,4 miliardi di € fu respinta, è scritto, il giorno stesso."
DISCORD_IMAGE = 1_000_000


def entries(count: int, sentence: str = SENTENCE) -> tuple[Entry, ...]:
    passage = Passage(
        Article("a", "Un titolo", sentence, "it", publisher="L’Editore"), 0, len(sentence), 1, 1
    )
    return tuple(
        Entry(Statement(When(2000 + n // 4, 1 + n % 4), None, passage, 0, len(sentence), None))
        for n in range(count)
    )


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content), formats=["PNG"])
    image.load()
    return image


def colours_of(content: bytes) -> set[object]:
    return {colour for _, colour in opened(content).convert("RGB").getcolors(1 << 24) or ()}


@pytest.mark.parametrize("count", [0, 1, 5, 20, 60])
@pytest.mark.parametrize("dark", [True, False])
def test_the_picture_is_a_light_file_of_bounded_height(count: int, dark: bool) -> None:
    content = draw_timeline(Timeline("l'offerta", entries(count), 3), dark=dark)
    image = opened(content)
    assert image.width == 1200
    assert image.height <= TALLEST * 1200
    assert len(content) < DISCORD_IMAGE
    corner = image.convert("RGB").getpixel((0, 0))
    assert corner == rgb((DARK if dark else LIGHT).background)


def test_more_entries_make_a_taller_picture_until_they_no_longer_fit() -> None:
    heights = [opened(draw_timeline(Timeline(None, entries(n)))).height for n in (1, 2, 8)]
    assert heights == sorted(set(heights))
    full = [opened(draw_timeline(Timeline(None, entries(n)))).height for n in (40, 80)]
    assert full[0] == full[1]


def test_everything_scales_with_the_width() -> None:
    small = opened(draw_timeline(Timeline("x", entries(3)), width=600))
    large = opened(draw_timeline(Timeline("x", entries(3)), width=1200))
    assert small.width == 600
    assert small.height == pytest.approx(large.height / 2, rel=0.1)


def test_an_account_has_its_colour() -> None:
    shown = entries(2)
    colours = {shown[0].statement: Account("Parte di Musk", "#ff9900")}
    wanted = rgb("#ff9900")
    assert wanted not in colours_of(draw_timeline(Timeline(None, shown)))
    assert wanted in colours_of(draw_timeline(Timeline(None, shown), colours=colours))


def test_nothing_is_drawn_outside_the_margins() -> None:
    image = opened(draw_timeline(Timeline("w" * 300, entries(5, "In 2018 " + "W" * 500)))).convert(
        "L"
    )
    edge = image.crop((1160, 0, 1200, image.height))
    assert edge.getextrema()[0] == edge.getextrema()[1]


def test_alt_text_names_dates_and_beginnings() -> None:
    text = alt_text(Timeline("l'offerta", entries(2), 3), language="it")
    assert text == (
        f"Cronologia: l'offerta. (e altre 3)\ngennaio 2000: {SENTENCE}\nfebbraio 2000: {SENTENCE}"
    )


@pytest.mark.parametrize(
    ("language", "told"), [("en", "(and 1 more)"), ("it", "(e un'altra)"), ("xx", "(and 1 more)")]
)
def test_one_more_is_told_as_one(language: str, told: str) -> None:
    assert told in alt_text(Timeline(None, entries(1), 1), language=language)


def test_alt_text_of_nothing_says_so() -> None:
    assert alt_text(Timeline("pizza", ())) == "Timeline: pizza. No dated statement."


@given(st.text(max_size=400), st.text(min_size=1, max_size=600), st.integers(0, 90))
def test_alt_text_is_never_longer_than_discord_takes(topic: str, text: str, count: int) -> None:
    alt = alt_text(Timeline(topic, entries(count, text), 1000))
    assert 0 < len(alt.encode("utf-16-le")) // 2 <= LONGEST_ALT


@settings(deadline=None, max_examples=15)
@given(st.text(max_size=80), st.text(min_size=1, max_size=200))
def test_any_text_can_be_drawn(topic: str, text: str) -> None:
    assert opened(draw_timeline(Timeline(topic, entries(2, text)), width=400)).width == 400
