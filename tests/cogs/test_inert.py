from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cogs.inert import inert, inert_line, marked
from tests.support.reading import as_read, set_off

signs = st.sampled_from(list("\\`*_~|<>#@[]():;/-+.!0123aäЖ漢 \n"))
texts = st.text(signs | st.characters(codec="utf-8"), max_size=200)


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _italic_ ~~gone~~ ||hidden|| `code`",
        "# Heading\n-# small\n> quote\n>>> quote",
        "- one\n* two\n+ three\n1. four\n  2) five",
        "<@123> <@&456> <#789> <t:0:R> </ask:1> @everyone @here",
        "[click](https://example.org) https://example.org http://a.b",
        ":smile: <:emoji:1> 10:30",
        "a\\b \\*not bold\\*",
        "¯\\_(ツ)_/¯",
        "```\nblock\n```",
    ],
)
def test_what_would_mean_something_to_discord_is_read_as_it_stands(text: str) -> None:
    assert as_read(inert(text)) == text


@given(texts)
def test_any_text_is_read_as_it_stands(text: str) -> None:
    assert as_read(inert(text)) == text


def test_plain_prose_is_left_alone() -> None:
    prose = "Musk left in 2018 (he said): no reason, “none”. It cost $38m - or more."

    assert inert(prose) == prose


@given(texts, st.data())
def test_setting_parts_off_changes_nothing_that_is_read(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda pair: (min(pair), max(pair)))
    bold, lined = data.draw(spans), data.draw(st.lists(spans, max_size=4))
    shown = data.draw(spans)

    markdown = marked(text, shown, bold=[bold], underlined=lined)

    assert as_read(markdown) == text[slice(*shown)]


def test_a_word_that_reaches_beyond_the_sentence_is_set_off_on_both_sides() -> None:
    markdown = marked("one two three", (0, 13), bold=[(0, 5)], underlined=[(4, 7)])

    assert markdown == "**one __t__**__wo__ three"
    assert set_off(markdown) == (["one t"], ["t", "wo"])


def test_a_slice_is_escaped_as_the_beginning_of_a_line() -> None:
    assert marked("see - this", (4, 10)) == "\\- this"


def test_a_long_line_is_cut_visibly() -> None:
    assert inert_line("one\n two", 20) == "one two"
    assert inert_line("one two three", 8) == "one two…"
