"""A link lands on the very sentence that is quoted."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citation
from bot.answers.quoting import quote_url
from bot.articles.model import Article, Passage


def link(
    text: str, best: tuple[int, int] | None = None, url: str | None = "https://example.org/a"
) -> str | None:
    article = Article("a", "A", text, "en", url=url)
    passage = Passage(article, 0, len(text), 1, 1)
    return quote_url(Citation(1, passage, 1.0, best or (0, len(text))))


def test_a_short_sentence_is_quoted_whole() -> None:
    assert link("Anna left the mill.") == "https://example.org/a#:~:text=Anna%20left%20the%20mill."


def test_a_long_sentence_is_quoted_by_its_ends() -> None:
    found = link("One two three four five six seven eight nine ten.")
    assert found == (
        "https://example.org/a#:~:text=One%20two%20three%20four,seven%20eight%20nine%20ten."
    )


def test_only_the_best_sentence_is_quoted() -> None:
    found = link("It rained. Anna left.", (11, 21))
    assert found == "https://example.org/a#:~:text=Anna%20left."


def test_what_has_a_meaning_in_a_text_directive_is_encoded() -> None:
    found = link("No-profit, R&D")
    assert found == "https://example.org/a#:~:text=No%2Dprofit%2C%20R%26D"


def test_an_older_fragment_gives_way() -> None:
    found = link("Anna left.", url="https://example.org/a?b=c#part")
    assert found == "https://example.org/a?b=c#:~:text=Anna%20left."


def test_a_heading_is_quoted_without_its_mark() -> None:
    assert link("## The parting") == "https://example.org/a#:~:text=The%20parting"


@pytest.mark.parametrize("text", ["", "##", "  \n "])
def test_without_words_the_link_is_the_article_s(text: str) -> None:
    assert link(text, (0, len(text))) == "https://example.org/a"


def test_without_an_address_there_is_no_link() -> None:
    assert link("Anna left.", url=None) is None


@given(st.lists(st.text("ab-,&é'", min_size=1), min_size=1, max_size=12))
def test_the_quoted_ends_are_the_ends_of_the_sentence(words: list[str]) -> None:
    sentence = " ".join(words)
    found = link(sentence) or ""
    first, *_, last = found.partition("#:~:text=")[2].split(",") * 2
    assert sentence.startswith(unquote(first))
    assert sentence.endswith(unquote(last))
    assert found.isascii()
    assert not set(" &-'") & set(found.partition("#:~:text=")[2])
