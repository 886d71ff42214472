from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import Answer, Citation
from bot.articles.model import Reference
from bot.cogs import cards
from bot.sandbox.rules import messages as rules
from tests.support.answers import TEXT, answered, article, citation, passage, unanswered
from tests.support.reading import as_read, set_off

V2 = 1 << 15
Json = dict[str, Any]


def shown(answer: Answer) -> list[list[Json]]:
    """The containers of each message, as Discord gets them; every message keeps to the rules."""
    told = [[one.to_component_dict() for one in message] for message in cards.messages(answer)]
    for containers in told:
        assert rules.message({"flags": V2, "components": containers}) == []
    return told


def head(container: Json) -> str:
    first = container["components"][0]
    return str(first["components"][0]["content"] if first["type"] == 9 else first["content"])


def body(container: Json) -> str:
    return str(container["components"][1]["content"])


def foot(container: Json) -> str:
    return str(container["components"][2]["content"])


def test_a_card_shows_the_passage_word_for_word_and_where_it_is_from() -> None:
    [[card]] = shown(answered())

    assert as_read(body(card)) == TEXT
    assert head(card) == "### 1 · The parting\n-# The Example · 2024-03-05 · passage 1 of 1"
    assert card["components"][0]["accessory"]["url"] == "https://example.org/parting"


def test_the_best_sentence_is_bold_and_the_matched_words_are_underlined() -> None:
    sentence = TEXT.index("Musk left"), TEXT.index(" He gave")
    words = (sentence[0], sentence[0] + 4), (sentence[0] + 5, sentence[0] + 9)

    [[card]] = shown(answered(citation(best=sentence, words=words)))

    assert set_off(body(card)) == (["Musk left OpenAI in 2018."], ["Musk", "left"])


def test_the_link_of_a_passage_leads_to_its_best_sentence() -> None:
    sentence = TEXT.index("Musk left"), TEXT.index(" He gave")

    [[card]] = shown(answered(citation(best=sentence)))

    link = card["components"][0]["accessory"]["url"]
    assert link == "https://example.org/parting#:~:text=Musk%20left%20OpenAI%20in%202018."


def test_passages_come_in_their_order_in_one_message() -> None:
    [[first, second]] = shown(answered(citation(), citation(rank=2)))

    assert (head(first)[:5], head(second)[:5]) == ("### 1", "### 2")


def test_other_articles_with_the_same_passage_are_named() -> None:
    twin = passage(article(title="The parting, again", url=None))

    [[card]] = shown(answered(citation(also_in=(twin, twin))))

    assert foot(card) == "-# Also in: The parting, again (The Example)"


def test_an_article_without_an_address_names_its_sources() -> None:
    sources = (
        Reference("A post", "OpenAI", "https://openai.com/blog/a_(b)"),
        Reference(publisher="The Other"),
    )

    [[card]] = shown(answered(citation(passage(article(url=None, sources=sources)))))

    assert foot(card) == (
        "-# Sources: [A post](<https://openai.com/blog/a_%28b%29>) (OpenAI) · The Other"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.b", "https:///x", "a page", ""])
def test_what_is_no_web_address_is_not_linked(url: str) -> None:
    [[card]] = shown(answered(citation(passage(article(url=url)))))

    assert card["components"][0]["type"] == 10


def test_titles_and_publishers_cannot_format_or_ping() -> None:
    hostile = article(title="**@everyone** <@1>\n# [x](https://a.b)")

    [[card]] = shown(answered(citation(passage(hostile))))

    title = head(card).removeprefix("### 1 · ").splitlines()[0]
    assert as_read(title) == "**@everyone** <@1> # [x](https://a.b)"


def long_passage(sentences: int) -> Citation:
    text = " ".join(f"Sentence number {n} says *something* of its own." for n in range(sentences))
    return citation(passage(article(text)), best=(0, 48), words=((0, 8),))


def test_a_long_passage_goes_on_in_further_cards_split_between_sentences() -> None:
    messages = shown(answered(long_passage(200)))

    containers = [container for message in messages for container in message]
    pieces = [as_read(body(one)) for one in containers]
    assert len(pieces) > 1
    assert "".join(pieces) == long_passage(200).passage.text
    assert all(piece.rstrip().endswith("own.") for piece in pieces)
    assert f"part 1 of {len(pieces)}" in head(containers[0])
    assert foot(containers[0]) == "-# The passage goes on in the next card."


def test_a_sentence_too_long_for_any_card_is_split_between_words() -> None:
    text = "word " * 3000 + "end"
    messages = shown(answered(citation(passage(article(text)))))

    pieces = [as_read(body(one)) for message in messages for one in message]
    assert "".join(pieces) == text
    assert all(piece.endswith((" ", "end")) for piece in pieces)


def test_many_long_passages_take_several_messages() -> None:
    messages = shown(answered(*(citation(long_passage(60).passage, rank=n) for n in range(1, 6))))

    assert [len(message) for message in messages] == [1, 1, 1, 1, 1]


def test_many_short_passages_share_messages() -> None:
    messages = shown(answered(*(citation(rank=n) for n in range(1, 11))))

    assert [len(message) for message in messages] == [6, 4]


names = st.text(st.sampled_from(list("ab*_ `[]()<>@#:/\n")), max_size=300)


@settings(deadline=None)
@given(
    names,
    names,
    st.text(st.sampled_from(list("ab.!? *_\n")), max_size=9000).map(lambda text: f"a{text}b"),
    st.lists(names, max_size=8),
)
def test_whatever_it_holds_a_card_keeps_to_the_rules_and_to_the_text(
    title: str, publisher: str, text: str, others: list[str]
) -> None:
    sources = tuple(Reference(one, publisher, "https://a.b/" + "c" * 400) for one in others)
    cited = passage(article(text, title=title, url=None, sources=sources))
    best = (len(text) // 3, len(text) // 2)
    twins = tuple(passage(article(title=one)) for one in others)

    messages = shown(answered(citation(cited, best=best, words=(best,), also_in=twins)))

    pieces = [as_read(body(one)) for message in messages for one in message]
    assert "".join(pieces) == text


def test_when_nothing_is_known_the_card_says_what_and_names_what_is_near() -> None:
    near = passage(), passage(article(title="Another"))

    [[card]] = shown(unanswered(words=("Zaphod", "*"), nearest=(*near, *near)))

    text = card["components"][0]["content"]
    assert text.splitlines() == [
        "### No article here answers that.",
        "No article mentions “Zaphod”, “\\*”.",
        "The closest articles by title:",
        "- [The parting](<https://example.org/parting>) (The Example)",
        "- [Another](<https://example.org/parting>) (The Example)",
        "-# Names, dates and other words for the same thing often help.",
    ]


def test_a_completed_question_is_told() -> None:
    for one in (answered(), unanswered()):
        completed = Answer(
            one.question,
            "en",
            one.answered,
            0.5,
            one.citations,
            understood_as="Why did *Musk* leave?",
        )

        [[card]] = shown(completed)

        assert head(card).startswith("-# Understood as: Why did \\*Musk\\* leave?\n### ")


def test_a_long_list_of_unknown_words_says_how_many_more_there_are() -> None:
    [[card]] = shown(unanswered(words=tuple(f"word{n}" for n in range(9))))

    assert "“word4”, and 4 more." in card["components"][0]["content"]


def test_nothing_shown_lacks_a_limit() -> None:
    endless = "x" * 20_000
    far = passage(article(title=endless, url="https://a.b/" + endless))

    shown(unanswered(words=(endless,) * 9, nearest=(far,) * 9))
    shown(answered(citation(far, also_in=(far,) * 9)))
