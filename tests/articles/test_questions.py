"""Judged questions are read strictly, and compared with texts as people would."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.checking import check
from bot.articles.folding import folded
from bot.articles.model import Article
from bot.articles.questions import JudgedQuestion, read_questions, scan_questions
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError

WHOLE = """\
questions:
- {id: a, kind: same, lang: en, q: "Who sold it?", relevant: ["Anna sold", "Anna’s mill"]}
- id: b
  kind: followup
  lang: it
  want: en
  after: "Chi l'ha venduto?"
  q: "e quando?"
  relevant:
  - in 2018
- {id: c, kind: unanswerable, lang: en, q: "Which glacier?"}
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "questions.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def told(path: Path) -> list[tuple[int, str]]:
    return [(fault.line, fault.problem) for fault in scan_questions(path)[1]]


def test_questions_are_read_with_everything_that_is_known(tmp_path: Path) -> None:
    one, two, three = read_questions(write(tmp_path, WHOLE))
    assert one == JudgedQuestion("a", "same", "en", "Who sold it?", ("Anna sold", "Anna’s mill"))
    assert (two.kind, two.language, two.want) == ("followup", "it", "en")
    assert (two.after, two.question) == ("Chi l'ha venduto?", "e quando?")
    assert two.relevant == ("in 2018",)
    assert (three.kind, three.relevant) == ("unanswerable", ())
    assert (three.after, three.want) == (None, None)
    assert [question.line for question in (one, two, three)] == [2, 3, 11]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("- {id: a, kind: same, lang: en}", "The question has no `q`."),
        ("- {id: a, kind: same, lang: no, q: x}", "`lang`: YAML reads no as a truth value"),
        ("- {id: a, kind: same, lang: en, q: x, answer: y}", "the unknown field `answer`"),
        ("- {id: a, kind: same, lang: en, q: x, relevant: y}", "`relevant` is not a list."),
        ("- {id: a, kind: same, lang: en, q: x, relevant: [2018]}", "YAML reads 2018 as a number"),
        ("- just words", "The question is a text."),
        ("- {id: a, kind: odd, lang: en, q: x, relevant: [y]}", "`odd` is not a kind of question."),
        ("- {id: a, kind: same, lang: EN, q: x, relevant: [y]}", "`EN` is not a language's code."),
        ("- {id: a, kind: same, lang: en, want: english, q: x, relevant: [y]}", "`english` is not"),
        ('- {id: a, kind: same, lang: en, q: "", relevant: [y]}', "The question has no `q`."),
        ('- {id: a, kind: same, lang: en, q: "\\u200b", relevant: [y]}', "nothing to read"),
        ("- {id: a, kind: same, lang: en, q: x, relevant: []}", "What answers the question"),
        ("- {id: a, kind: unanswerable, lang: en, q: x, relevant: [y]}", "What answers the"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_with_its_line(
    tmp_path: Path, line: str, problem: str
) -> None:
    path = write(tmp_path, f"questions:\n{line}\n")
    faults = told(path)
    assert {number for number, _ in faults} == {2}
    assert any(problem in words for _, words in faults)
    with pytest.raises(KnowledgeError, match="has faults"):
        read_questions(path)


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    faults = told(write(tmp_path, "other: x\nquestions:\n- {id: a}\n- {kind: same}\n"))
    lines = [line for line, _ in faults]
    assert lines == sorted(lines)
    assert set(lines) == {1, 3, 4}


@pytest.mark.parametrize("content", ["", "questions: [", "- a"])
def test_a_file_that_is_no_list_of_questions_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(KnowledgeError, match=r"questions\.yaml:\d: "):
        read_questions(write(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_questions(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("relevant", "text"),
    [
        ("Anna sold", "In 2018 ANNA\n  sold the mill."),
        ("Anna's mill", "It was Anna’s mill."),
        ('"old" mill', "The «old» mill"),
        ("perche lascio", "Perché lasciò"),
        ("perché lasciò", "perche\u0301 lascio\u0300"),
        ("ﬁnance", "Finance"),
    ],
)
def test_a_passage_is_right_whatever_its_case_accents_quotes_and_spaces(
    relevant: str, text: str
) -> None:
    assert JudgedQuestion("a", "same", "en", "?", (relevant,)).is_answered_by(text)


def test_a_passage_is_right_if_it_has_one_of_the_words_and_only_then() -> None:
    question = JudgedQuestion("a", "same", "en", "?", ("Anna sold", "sold by Anna"))
    assert question.is_answered_by("It was sold by Anna.")
    assert not question.is_answered_by("Anna, who sold it")
    assert not JudgedQuestion("a", "unanswerable", "en", "?").is_answered_by("Anna sold")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.text(), st.text())
def test_what_stands_in_a_text_is_found_in_it(before: str, words: str, after: str) -> None:
    question = JudgedQuestion("a", "same", "en", "?", (words,))
    assert question.is_answered_by(f"{before} {words} {after}")


def checked(tmp_path: Path, content: str) -> list[tuple[int, str]]:
    """What the check of a folder says of its questions."""
    ArticleStore(tmp_path).write(Article("mill", "Mill", "Anna sold the mill in 2018.", "en"))
    path = write(tmp_path, content)
    return [(fault.line, fault.problem) for fault in check(tmp_path) if fault.path == path]


def test_the_check_finds_no_fault_in_questions_that_articles_answer(tmp_path: Path) -> None:
    content = WHOLE.replace(', "Anna’s mill"', "")
    assert checked(tmp_path, content) == []


def test_the_check_tells_ids_that_stand_twice(tmp_path: Path) -> None:
    twice = "- {id: a, kind: unanswerable, lang: en, q: x}\n"
    assert checked(tmp_path, f"questions:\n{twice}{twice}") == [
        (3, "The id `a` stands twice, first in line 2.")
    ]


def test_the_check_tells_questions_whose_answer_is_not_clear(tmp_path: Path) -> None:
    content = (
        "questions:\n- {id: a, kind: same, lang: en, q: x}\n"
        "- {id: b, kind: unanswerable, lang: en, q: x, relevant: [Anna sold]}\n"
    )
    assert checked(tmp_path, content) == [
        (2, "What answers the question is not clear."),
        (3, "What answers the question is not clear."),
    ]


def test_the_check_tells_words_that_stand_in_no_article(tmp_path: Path) -> None:
    assert checked(tmp_path, WHOLE) == [(2, "No article holds `Anna’s mill`.")]


def test_the_check_tells_what_cannot_be_read_and_goes_on(tmp_path: Path) -> None:
    content = (
        "questions:\n- {id: a, kind: unanswerable, lang: en}\n"
        "- {id: a, kind: same, lang: en, q: x}\n"
    )
    assert checked(tmp_path, content) == [
        (2, "The question has no `q`."),
        (3, "What answers the question is not clear."),
        (3, "The id `a` stands twice, first in line 2."),
    ]


def test_the_shipped_questions_are_of_every_kind_and_language() -> None:
    questions = read_questions(starter_folder() / "questions.yaml")
    kinds = {question.kind for question in questions}
    assert kinds == {"same", "paraphrase", "cross", "typo", "followup", "unanswerable"}
    assert {question.language for question in questions} == {"en", "it", "es", "de", "fr"}
    assert len(questions) >= 80
    assert sum(question.kind == "unanswerable" for question in questions) >= 20
    assert all((question.kind == "followup") == bool(question.after) for question in questions)
