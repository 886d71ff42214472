from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import Answer, Citation, Claim, Disagreement
from bot.articles.model import Reference
from tests.support.answers import TEXT, answered, article, citation, passage, unanswered
from tests.support.cards import body, foot, head, passages, shown
from tests.support.reading import as_read, set_off


def test_a_card_shows_the_passage_word_for_word_and_where_it_is_from() -> None:
    [[card, *_]] = shown(answered())

    assert as_read(body(card)) == TEXT
    assert head(card) == (
        "### 1 · The parting\n"
        "-# The Example · 2024-03-05 · passage 1 of 1 · told by the article itself"
    )
    assert card["components"][0]["accessory"]["url"] == "https://example.org/parting"


def test_the_best_sentence_is_bold_and_the_matched_words_are_underlined() -> None:
    sentence = TEXT.index("Musk left"), TEXT.index(" He gave")
    words = (sentence[0], sentence[0] + 4), (sentence[0] + 5, sentence[0] + 9)

    [[card, *_]] = shown(answered(citation(best=sentence, words=words)))

    assert set_off(body(card)) == (["Musk left OpenAI in 2018."], ["Musk", "left"])


def test_the_link_of_a_passage_leads_to_its_best_sentence() -> None:
    sentence = TEXT.index("Musk left"), TEXT.index(" He gave")

    [[card, *_]] = shown(answered(citation(best=sentence)))

    link = card["components"][0]["accessory"]["url"]
    assert link == "https://example.org/parting#:~:text=Musk%20left%20OpenAI%20in%202018."


def several(number: int) -> list[Citation]:
    texts = [f"{TEXT} It was said {n} times." for n in range(1, number + 1)]
    return [citation(passage(article(text)), rank=n) for n, text in enumerate(texts, 1)]


def test_passages_come_in_their_order_in_one_message() -> None:
    [[first, second, _]] = shown(answered(*several(2)))

    assert (head(first)[:5], head(second)[:5]) == ("### 1", "### 2")


def test_other_articles_with_the_same_passage_are_named() -> None:
    twin = passage(article(title="The parting, again", url=None))

    [[card, *_]] = shown(answered(citation(also_in=(twin, twin))))

    assert foot(card) == "-# Also in: The parting, again (The Example)"


def test_an_article_without_an_address_names_its_sources() -> None:
    sources = (
        Reference("A post", "OpenAI", "https://openai.com/blog/a_(b)"),
        Reference(publisher="The Other"),
    )

    [[card, *_]] = shown(answered(citation(passage(article(url=None, sources=sources)))))

    assert foot(card) == (
        "-# Sources: [A post](<https://openai.com/blog/a_%28b%29>) (OpenAI) · The Other"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.b", "https:///x", "a page", ""])
def test_what_is_no_web_address_is_not_linked(url: str) -> None:
    [[card, *_]] = shown(answered(citation(passage(article(url=url)))))

    assert card["components"][0]["type"] == 10


def test_titles_and_publishers_cannot_format_or_ping() -> None:
    hostile = article(title="**@everyone** <@1>\n# [x](https://a.b)")

    [[card, *_]] = shown(answered(citation(passage(hostile))))

    title = head(card).removeprefix("### 1 · ").splitlines()[0]
    assert as_read(title) == "**@everyone** <@1> # [x](https://a.b)"


def long_passage(sentences: int) -> Citation:
    text = " ".join(f"Sentence number {n} says *something* of its own." for n in range(sentences))
    return citation(passage(article(text)), best=(0, 48), words=((0, 8),))


def test_a_long_passage_goes_on_in_further_cards_split_between_sentences() -> None:
    messages = shown(answered(long_passage(200)))

    containers = passages(messages)
    pieces = [as_read(body(one)) for one in containers]
    assert len(pieces) > 1
    assert "".join(pieces) == long_passage(200).passage.text
    assert all(piece.rstrip().endswith("own.") for piece in pieces)
    assert f"part 1 of {len(pieces)}" in head(containers[0])
    assert foot(containers[0]) == "-# The passage goes on in the next card."


def test_a_sentence_too_long_for_any_card_is_split_between_words() -> None:
    text = "word " * 3000 + "end"
    messages = shown(answered(citation(passage(article(text)))))

    pieces = [as_read(body(one)) for one in passages(messages)]
    assert "".join(pieces) == text
    assert all(piece.endswith((" ", "end")) for piece in pieces)


def test_many_long_passages_take_several_messages() -> None:
    messages = shown(
        answered(*(citation(long_passage(60 + n).passage, rank=n) for n in range(1, 6)))
    )

    assert [len(passages([message])) for message in messages[:5]] == [1, 1, 1, 1, 1]


def test_many_short_passages_share_messages() -> None:
    messages = shown(answered(*several(10)))

    assert [len(passages([message])) for message in messages] == [4, 4, 2]


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

    pieces = [as_read(body(one)) for one in passages(messages)]
    assert "".join(pieces) == text


def test_when_nothing_is_known_the_card_says_what_and_names_what_is_near() -> None:
    near = passage(), passage(article(title="Another"))

    [[card, *_]] = shown(unanswered(words=("Zaphod", "*"), nearest=(*near, *near)))

    text = card["components"][0]["content"]
    assert text.splitlines() == [
        "### No article here answers that.",
        "No article mentions “Zaphod”, “\\*”.",
        "The closest articles by title:",
        "- [The parting](<https://example.org/parting>) (The Example)",
        "- [Another](<https://example.org/parting>) (The Example)",
        "-# Names, dates and other words for the same thing often help.",
        "-# Moderators will see that this question found no answer, without your name.",
        "-# Knowledge base r0 · 0 articles",
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

        [[card, *_]] = shown(completed)

        assert head(card).startswith("-# Understood as: Why did \\*Musk\\* leave?\n### ")


def test_a_long_list_of_unknown_words_says_how_many_more_there_are() -> None:
    [[card, *_]] = shown(unanswered(words=tuple(f"word{n}" for n in range(9))))

    assert "“word4”, and 4 more." in card["components"][0]["content"]


def test_what_moderators_chose_says_so() -> None:
    [[card, _]] = shown(answered(replace(citation(), pinned=True)))

    assert head(card).splitlines()[1] == "-# Chosen by the moderators for this question."


def test_claims_of_one_sentence_are_put_in_one_quotation_each_in_bold() -> None:
    told = passage(article("Some say nine jurors, others say twelve. One paper says ten."))
    claims = tuple(
        Claim(told, start, end, sentence, told.text[start:end])
        for start, end, sentence in [(9, 13, (0, 40)), (33, 39, (0, 40)), (56, 59, (41, 60))]
    )
    found = replace(answered(citation(told)), disagreements=(Disagreement("amount", claims),))

    [[_, card, _]] = shown(found)

    assert [line for line in head(card).splitlines() if line.startswith(">")] == [
        "> Some say **nine** jurors, others say **twelve**.",
        "> One paper says **ten**.",
    ]
