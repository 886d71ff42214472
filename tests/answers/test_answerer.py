"""An answer cites passages word for word, or says that there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.model import Answer
from bot.articles.model import Article, Passage
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer
from tests.answers.small_knowledge import answerer_of, whole_passages

WORDS = (
    "why", "did", "anna", "leave", "the", "mill", "who", "offered", "crowns", "jury", "judge",
    "97.4", "million", "2018", "perché", "ha", "lasciato", "il", "mulino", "fiume", "lawsiut",
    "ofered", "zaphod", "and,", "?", "L'addio",
)  # fmt: skip
questions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def cited(answer: Answer) -> list[str]:
    return [citation.passage.id for citation in answer.citations]


@given(questions)
def test_what_is_cited_is_the_article_word_for_word(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question, top=10)
    for citation in answer.citations:
        passage = citation.passage
        assert passage in answerer.passages
        assert passage.text == passage.article.text[passage.start : passage.end] != ""


@given(questions)
def test_marked_words_are_ordered_and_apart_and_inside_the_passage(
    answerer: Answerer, question: str
) -> None:
    for citation in answerer.answer(question, top=10).citations:
        end = 0
        for start, stop in citation.highlights:
            assert end <= start < stop <= len(citation.passage.text)
            end = stop
        for match in citation.matches:
            assert citation.passage.text[match.start : match.end] == match.met
            assert match.word in question
            assert match.score >= 0


@given(questions)
def test_the_best_sentence_is_inside_the_passage(answerer: Answerer, question: str) -> None:
    for citation in answerer.answer(question, top=10).citations:
        start, end = citation.best
        assert 0 <= start < end <= len(citation.passage.text)
        assert citation.passage.text[start:end] == citation.passage.text[start:end].strip()


@given(questions)
def test_citations_are_ranked_by_score_and_their_parts_add_up(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question, top=10)
    scores = [citation.score for citation in answer.citations]
    assert scores == sorted(scores, reverse=True)
    assert [citation.rank for citation in answer.citations] == list(range(1, len(scores) + 1))
    assert len(set(cited(answer))) == len(scores)
    for citation in answer.citations:
        assert sum(value for _, value in citation.parts) == pytest.approx(citation.score)
    assert 0 <= answer.confidence <= 1


@given(questions)
def test_asking_twice_gives_the_same_answer(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question) == answerer.answer(question)


@given(questions, st.integers(0, 7))
def test_no_more_is_cited_than_asked_for(answerer: Answerer, question: str, top: int) -> None:
    few, all_of_them = answerer.answer(question, top=top), answerer.answer(question, top=50)
    assert cited(few) == cited(all_of_them)[:top]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Why did Anna leave the mill?", "mill-quarrel#1"),
        ("who offered 97.4 million crowns", "mill-quarrel#2"),
        ("who bid 97,400,000 crowns", "mill-quarrel#2"),
        ("did the owners turn down the bid?", "mill-quarrel#2"),
        ("who spoke about rye at the harbuor", "mill-in-court#1"),
        ("why was the suit dismissed", "mill-in-court#2"),
        ("perche anna ha lasciato il mulino", "il-mulino#1"),
        ("when did the miller quit?", "mill-quarrel#1"),
        ("does wheat or rye taste sweeter", "bread#1"),
    ],
)
def test_the_right_passage_comes_first(answerer: Answerer, question: str, first: str) -> None:
    assert cited(answerer.answer(question))[0] == first


def test_a_question_in_one_language_finds_passages_in_another(answerer: Answerer) -> None:
    assert "il-mulino#1" in cited(answerer.answer("Why did Anna leave the mill?"))
    assert "mill-quarrel#1" in cited(answerer.answer("¿Por qué Anna dejó el molino?"))


def test_what_met_what_is_told(answerer: Answerer) -> None:
    first = answerer.answer("Why did the miller quit the mil in 2018?").citations[0]
    assert {(match.word, match.met, match.through) for match in first.matches} >= {
        ("the miller", "Anna Bello", "name anna"),
        ("quit", "left", "concept leave"),
        ("2018", "2018", "same value"),
    }


def test_a_question_about_nothing_known_is_not_answered(answerer: Answerer) -> None:
    answer = answerer.answer("Which glacier thaws fastest?")
    assert not answer.answered
    assert answer.confidence == 0
    assert answer.citations == ()
    assert answer.nearest == ()
    assert answer.unknown_words == ("glacier", "thaws", "fastest")


def test_words_that_no_article_has_are_named_as_the_asker_wrote_them(answerer: Answerer) -> None:
    assert answerer.answer("Did ZAPHOD leave the mill, Zaphod?").unknown_words[0] == "ZAPHOD"
    assert answerer.answer("Did Anna leave the mill?").unknown_words == ()


def test_the_nearest_titles_are_one_for_each_article_in_order(answerer: Answerer) -> None:
    answer = answerer.answer("Who sued over the mill, and who was the judge?", top=6)
    ids = [passage.article.id for passage in answer.nearest]
    assert ids == list(dict.fromkeys(c.passage.article.id for c in answer.citations))


def test_only_stop_words_are_not_answered(answerer: Answerer) -> None:
    answer = answerer.answer("and what of it?")
    assert (answer.answered, answer.citations, answer.language) == (False, (), "en")


def test_a_follow_up_is_understood_from_the_question_before_and_says_so(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("and did he appeal?", previous="Why did Carta bid for the mill?")
    assert answer.question == "and did he appeal?"
    assert answer.understood_as is not None
    assert "Carta" in answer.understood_as
    assert cited(answer)[0] == "mill-in-court#2"


def test_a_question_that_needs_nothing_is_asked_as_it_is(answerer: Answerer) -> None:
    answer = answerer.answer("Who is Dora Levi?", previous="Why did Anna leave the mill?")
    assert answer.understood_as is None
    assert answer == answerer.answer("Who is Dora Levi?")


def test_the_question_is_given_back_as_it_was_asked(answerer: Answerer) -> None:
    assert answerer.answer("  Why\tAnna\u200b? ").question == "  Why\tAnna\u200b? "


COPIED = "The old mill by the river was sold to a baker from the valley for nine hundred crowns."


def test_a_passage_that_only_repeats_another_appears_once_as_also_in() -> None:
    twin = COPIED.replace(".", "!")
    other = "The harbour froze in winter, and the old fishermen of the valley went home."
    answer = answerer_of([COPIED, other, twin]).answer("Who sold the old mill?")
    assert cited(answer) == ["a0#1", "a1#1"]
    assert [passage.id for passage in answer.citations[0].also_in] == ["a2#1"]
    assert answer.citations[1].also_in == ()


def test_an_article_that_repeats_itself_is_not_also_in_itself() -> None:
    article = Article("a", "A", f"{COPIED}\n\n{COPIED}", "en")
    size = len(COPIED)
    both = [Passage(article, 0, size, 1, 2), Passage(article, size + 2, 2 * size + 2, 2, 2)]
    elsewhere = whole_passages(["Nobody spoke of the river.", COPIED])
    answer = build_answerer([*both, *elsewhere], Analyzer()).answer("old mill")
    assert cited(answer) == ["a#1"]
    assert [passage.id for passage in answer.citations[0].also_in] == ["a1#1"]


def test_the_knowledge_base_s_main_language_is_taken_where_no_word_tells() -> None:
    assert answerer_of(["Zaphod xyzzy.", "Xyzzy."], "it").answer("Zaphod?").language == "it"


def test_an_empty_knowledge_base_answers_nothing() -> None:
    answer = build_answerer([], Analyzer()).answer("Why did Anna leave?")
    assert not answer.answered
    assert answer.citations == ()


def test_a_withheld_passage_is_no_candidate(answerer: Answerer) -> None:
    question = "Why did Anna leave the mill?"
    english = [
        number
        for number, passage in enumerate(answerer.passages)
        if passage.article.language == "en"
    ]
    found = answerer.consider(question, withheld=english)
    ids = [candidate.passage.id for candidate in found.ranking.candidates]
    assert ids
    assert all(name.startswith("il-mulino") for name in ids)
    nothing = answerer.consider(question, withheld=range(len(answerer.passages)))
    assert (nothing.confidence, nothing.signs, nothing.answered) == (0, None, False)
