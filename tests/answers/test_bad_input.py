"""Whatever is typed gets an answer or one sentence, never a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import LONGEST_QUESTION, Answerer, readable
from bot.answers.model import Answer
from bot.errors import InputError

ODD = {
    "only stop words": "what is it that they have been and why",
    "emoji": "🙂🙃👩‍👩‍👧‍👦🇮🇹",
    "emoji in words": "why did 🙂 anna 🏃 the mill?",
    "control characters": "why\x00 did\x07 anna\x1b[31m leave\x7f the mill",
    "line separators": "why did\u2028anna\u2029leave\x85the mill",
    "right-to-left marks": "\u202ewhy did \u2066anna\u2069 leave\u200f the mill",
    "zero width": "an\u200bna le\u200dave\ufeff the mi\u00adll",
    "look-alike letters": "Аnnа lеft thе mіll",
    "full width": "ａｎｎａ　ｌｅｆｔ",
    "combining marks": "a" + "\u0301" * 500,
    "lone surrogate": "anna \ud800 mill",
    "private use": "anna \ue000 mill",
    "Markdown": "**why** did [anna](http://x.example) `leave` > # the ||mill||?",
    "everyone": "@everyone why did @here <@1234> anna leave <#5> the mill?",
    "SQL": "'; DROP TABLE passages; -- anna",
    "query syntax": 'title:anna AND (mill OR "left"~2)^3 -rye +_exists_:x *:* /a.*/ {!lucene}',
    "regular expression": "(((a+)+)+)$ [[:alpha:]] \\",
    "template": "{{7*7}} ${x} %s %(a)s {0}",
    "markup": "<script>alert(1)</script> [bold red]anna[/]",
    "YAML": "--- &a [*a, !!python/object:x {}]",
    "numbers": "1e309 NaN -0 ½ ٣ ² 1.2.3.4 1,,2 0x1F 99999999999999999999 billion billion",
    "dots": "." * 4000,
    "one long word": "a" * 4000,
    "many words": "anna " * 800,
    "many unknown words": " ".join(f"q{number}z" for number in range(600)),
    "ligatures that hold spaces": "ﷺ ﷲ ½ anna",
    "Chinese": "安娜为什么离开磨坊？",
    "Arabic": "لماذا تركت آنا المطحنة؟",
    "Hindi": "अन्ना ने चक्की क्यों छोड़ी?",
}  # fmt: skip


@pytest.mark.parametrize("question", ODD.values(), ids=ODD.keys())
def test_an_odd_question_gets_an_answer(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.question == question
    assert answer.answered <= bool(answer.citations)


@pytest.mark.parametrize(
    "question",
    ["", " ", "\n\t\r\n", "\x00", "\u200b\u202e\ufeff", "\ud800", "\u2028"],
    ids=["empty", "space", "white space", "control", "format", "surrogate", "separator"],
)
def test_nothing_to_read_gets_one_sentence(answerer: Answerer, question: str) -> None:
    with pytest.raises(InputError, match=r"\AAsk a question, [^\n]*\Z"):
        answerer.answer(question)


@pytest.mark.parametrize("size", [LONGEST_QUESTION + 1, 1_000_000])
def test_too_long_a_question_gets_one_sentence(answerer: Answerer, size: int) -> None:
    with pytest.raises(InputError, match=r"\AAsk in at most 4000 characters\.\Z"):
        answerer.answer("mill " * (size // 5) + "mill!"[: size % 5])


def test_the_longest_question_is_answered(answerer: Answerer) -> None:
    question = "Why did Anna leave the mill? " + "x" * (LONGEST_QUESTION - 29)
    assert len(question) == LONGEST_QUESTION
    assert answerer.answer(question).citations[0].passage.id == "mill-quarrel#1"


def ask(answerer: Answerer, question: str, previous: str | None = None) -> Answer | str:
    """The answer, or the sentence that is told instead; anything else fails the test."""
    try:
        return answerer.answer(question, previous=previous)
    except InputError as error:
        return str(error)


def is_well_told(told: Answer | str, question: str) -> bool:
    if isinstance(told, str):
        return len(told.splitlines()) == 1 and told.endswith((".", "?"))
    return told.question == question and told.answered <= bool(told.citations)


@given(st.text())
def test_any_text_gets_an_answer_or_a_sentence(answerer: Answerer, question: str) -> None:
    assert is_well_told(ask(answerer, question), question)


@given(st.text(), st.text(min_size=1))
def test_any_two_questions_get_an_answer_or_a_sentence(
    answerer: Answerer, question: str, previous: str
) -> None:
    assert is_well_told(ask(answerer, question, previous), question)


@given(st.text())
def test_what_is_readable_is_one_line_without_unseen_characters(text: str) -> None:
    try:
        found = readable(text)
    except InputError:
        assert not text.strip() or not any(letter.isalnum() for letter in text)
    else:
        assert found.split() == found.split(" ")
        assert readable(found) == found


def test_unseen_characters_do_not_hide_words() -> None:
    assert readable("an\u200bna\u202e le\u00adft\n\nthe \x00 mill") == "anna left the mill"
